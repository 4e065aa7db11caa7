import type { EndpointId, Generation, Issue, JsonObject, ReplyOf } from '@ai-ticket-creator/domain'
import type { Answer, Call, Handler } from '../ports/handler.ts'
import type { Clock } from '../ports/ports.ts'
import type { About, Pairs, Reading } from './parsing-hooks.ts'
import type { Profile } from './profile.ts'
import type { RateLimit } from './rate-limit-option.ts'

/** One way in which the existing backend differs from the reference app. */
export interface Deviation {
  /** Its name, for tests and readers to point at. */
  readonly id: string
  /** The ages that have it. */
  readonly profiles: readonly Profile[]
  /** The paragraph of CONTRACT that tells of it. */
  readonly contract: string
  /** What the existing backend does. */
  readonly summary: string
  /** Of `existing-l` nothing is recorded here: it does as `existing-c1` does. */
  readonly assumed?: true
  /** What the paragraph leaves open, and what was taken. */
  readonly note?: string
  /** Why the profiles do not show it. */
  readonly notReproduced?: string
}

/** A row of the table: a deviation, and what makes it so. */
export interface Row extends Deviation, Hooks {}

/** The seams of the app, in the order in which a request meets them. Rows at one seam run in the order of the table. */
export interface Hooks {
  /** Around everything, also around paths that are not there. */
  readonly outside?: (policy: RateLimit | undefined, clock: Clock) => Layer
  /** Endpoints without a route of their own: removed, not there yet, or shadowed by another. */
  readonly unrouted?: readonly EndpointId[]
  /** Request headers that nobody reads. */
  readonly unheard?: readonly string[]
  /** Endpoints that ask for no token. */
  readonly open?: readonly EndpointId[]
  /** A body, before it is read. */
  readonly body?: (fields: JsonObject, about: About) => JsonObject
  /** A query, before it is read. */
  readonly query?: (pairs: Pairs, about: About) => Pairs
  /** What is wrong with a body or a query. It may throw a `Failure`. */
  readonly faults?: (issues: readonly Issue[], about: Reading) => readonly Issue[]
  /** Around a handler, or instead of it. */
  readonly around?: Around
  /** The words of the replies of an endpoint, when they are not those of the generation. */
  readonly speaks?: (endpointId: EndpointId) => Generation | undefined
  /** A reply, as it is about to be sent. */
  readonly reply?: (reply: unknown, about: About) => unknown
  /** An error, as it is about to be sent. */
  readonly error?: (reply: ErrorReply, about: Circumstances) => ErrorReply
  /** The headers of any reply. */
  readonly unsaid?: readonly string[]
  /** Whether checks become due and run by themselves. */
  readonly checks?: false
}

export type Layer = (request: Request, next: () => Promise<Response>) => Promise<Response>

export type Around = {
  readonly [Id in EndpointId]?: (call: Call<Id>, next: Handler<Id>) => Promise<Answer<ReplyOf<Id>>>
}

/** An error on its way out: a body is sent as JSON, unless the headers name another type. */
export interface ErrorReply {
  readonly status: number
  readonly body: unknown
  readonly headers: Readonly<Record<string, string>>
}

/** What is known of a request that failed: as much as was read of it. */
export interface Circumstances {
  readonly error: unknown
  readonly request: Request
  readonly endpointId?: EndpointId | undefined
  readonly params?: Readonly<Record<string, string>> | undefined
  readonly json?: unknown
  /** The token is known: the route's own code runs. */
  readonly entered: boolean
}

/** The ages that speak the current words. */
export const C: readonly Profile[] = ['existing-c1', 'existing-c2']
/** The ages before attachments and stored results. */
export const L_C1: readonly Profile[] = ['existing-l', 'existing-c1']
export const ALL: readonly Profile[] = ['existing-l', 'existing-c1', 'existing-c2']
export const L: readonly Profile[] = ['existing-l']
export const C1: readonly Profile[] = ['existing-c1']
export const C2: readonly Profile[] = ['existing-c2']

/** A hook for some endpoints: at others the value passes. */
export const on =
  <T, A extends { readonly endpointId?: EndpointId | undefined }>(
    endpoints: readonly EndpointId[],
    hook: (value: T, about: A) => T,
  ) =>
  (value: T, about: A): T =>
    about.endpointId !== undefined && endpoints.includes(about.endpointId) ? hook(value, about) : value
