import type { EndpointId, Generation, Issue, JsonObject, ReplyOf } from '@ai-ticket-creator/domain'
import type { Handler, HandlerCall, HandlerResult } from '../ports/handler.ts'
import type { Clock } from '../ports/ports.ts'
import type { HookTarget, ParsedPart, QueryPairs } from './parsing-hooks.ts'
import type { Profile } from './profile.ts'
import type { RateLimit } from './rate-limit-option.ts'

/** One way in which the existing backend differs from the reference app. */
export interface Deviation {
  /** The name of the deviation, in tests and docs. */
  readonly id: string
  /** The profiles that have it. */
  readonly profiles: readonly Profile[]
  /** The anchor of the heading in `docs/existing-backend.md` that describes it. */
  readonly source: string
  /** What the existing backend does. */
  readonly summary: string
  /** `existing-legacy` was not recorded; the deviation is assumed to be the same as in `existing-refactored`. */
  readonly assumed?: true
  /** What is not recorded, and how the profile fills the gap. */
  readonly note?: string
  /** Why the profiles do not reproduce it. */
  readonly notReproduced?: string
}

/** A deviation with the hooks that reproduce it. */
export interface Row extends Deviation, Hooks {}

/** The hooks of the app, in the order in which a request reaches them. Hooks of one kind run in the order of the table. */
export interface Hooks {
  /** Runs around every request, also for unknown paths. */
  readonly middleware?: (policy: RateLimit | undefined, clock: Clock) => Middleware
  /** Endpoints without a route: it was removed, was not added yet, or is shadowed by another route. */
  readonly removedRoutes?: readonly EndpointId[]
  readonly ignoredRequestHeaders?: readonly string[]
  /** Endpoints that need no token. */
  readonly publicEndpoints?: readonly EndpointId[]
  /** Endpoints that treat `null` in a body like any other value. */
  readonly nullIsValue?: readonly EndpointId[]
  /** Changes a body before it is parsed. */
  readonly body?: (fields: JsonObject, target: HookTarget) => JsonObject
  /** Changes a query before it is parsed. */
  readonly query?: (pairs: QueryPairs, target: HookTarget) => QueryPairs
  /** Changes the issues of a body or a query. It may throw a `RawFailureError`. */
  readonly issues?: (issues: readonly Issue[], parsed: ParsedPart) => readonly Issue[]
  /** Wraps or replaces handlers. */
  readonly handlers?: HandlerWrappers
  /** The generation of the replies of an endpoint, if it is not the generation of the app. */
  readonly replyGeneration?: (endpointId: EndpointId) => Generation | undefined
  /** Changes an encoded reply. */
  readonly reply?: (reply: unknown, target: HookTarget) => unknown
  /** Changes an error reply. */
  readonly error?: (reply: ErrorReply, failed: FailedRequest) => ErrorReply
  readonly omittedResponseHeaders?: readonly string[]
  /** Changes a parameter of the path before it is validated. */
  readonly pathParam?: (value: string) => string
  /**
   * Fixed paths whose other methods fall through to a route with a parameter: GET /tickets/ai-create is read as a ticket id.
   */
  readonly fallThroughPaths?: readonly string[]
  /** HEAD is refused with 405. */
  readonly refusesHead?: true
  /** `Location` of the slash redirect has scheme and host. */
  readonly absoluteRedirects?: true
  /** `false`: no health check becomes due or runs on its own. */
  readonly runsHealthChecks?: false
}

/** Answers a request itself, or by calling `next`. */
export type Middleware = (request: Request, next: () => Promise<Response>) => Promise<Response>

/** By endpoint, the function that replaces its handler. `next` is the replaced handler. */
export type HandlerWrappers = {
  readonly [Id in EndpointId]?: (call: HandlerCall<Id>, next: Handler<Id>) => Promise<HandlerResult<ReplyOf<Id>>>
}

/** An error reply: the body is sent as JSON, unless the headers have another type. */
export interface ErrorReply {
  readonly status: number
  readonly body: unknown
  readonly headers: Readonly<Record<string, string>>
}

/** A request that failed. A part that was not read yet is absent. */
export interface FailedRequest {
  readonly error: unknown
  readonly request: Request
  readonly endpointId?: EndpointId | undefined
  readonly params?: Readonly<Record<string, string>> | undefined
  readonly json?: unknown
  /** Whether the token was accepted, so that the failure comes from the route's own code. */
  readonly authenticated: boolean
}

export const LEGACY: readonly Profile[] = ['existing-legacy']
export const REFACTORED: readonly Profile[] = ['existing-refactored']
export const LATEST: readonly Profile[] = ['existing-latest']
export const BEFORE_LATEST: readonly Profile[] = ['existing-legacy', 'existing-refactored']
/** The profiles of the current generation. */
export const CURRENT: readonly Profile[] = ['existing-refactored', 'existing-latest']
export const ALL: readonly Profile[] = ['existing-legacy', 'existing-refactored', 'existing-latest']
