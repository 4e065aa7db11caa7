import {
  type BodyOf,
  type Change,
  type DeprecatedUse,
  type EndpointId,
  endpointOf,
  type Generation,
  type JsonObject,
  type ParamsOf,
  type QueryOf,
  type ReadOptions,
  type ReadRequest,
  type ReplyOf,
  readBody,
  readQuery,
} from '@ai-ticket-creator/domain'
import { invalid } from '../errors/problem-error.ts'
import type { ReadingHabits } from '../profiles/parsing-hooks.ts'
import { resolveNames } from '../services/resolve-names.ts'
import type {
  Caller,
  Clock,
  Drafter,
  ExternalTickets,
  HealthChecks,
  Ids,
  PlatformFields,
  Store,
  Sync,
  UserDirectory,
} from './ports.ts'

/** What a handler can reach. */
export interface Ports {
  readonly store: Store
  readonly clock: Clock
  readonly ids: Ids
  readonly users: UserDirectory
  /** Files tickets on platforms. Default: every platform takes every ticket. */
  readonly external: ExternalTickets
  /** Checks integrations. Default: every check passes. */
  readonly health: HealthChecks
  /** Synchronises integrations. Default: there is nothing to do. */
  readonly sync: Sync
  /** Tells the fields of a platform's tickets. Default: some of Jira's, none elsewhere. */
  readonly fields: PlatformFields
  /** Drafts tickets from a user's words. Default: the words as they are. */
  readonly drafter: Drafter
}

/** One request to one endpoint, as a handler sees it: in the current words, whatever the caller's were. */
export interface Call<Id extends EndpointId> extends Ports {
  readonly caller: Caller
  readonly organizationId: string
  readonly params: ParamsOf<Id>
  readonly query: QueryOf<Id>
  /** The body, checked. On an update the stored row in its reply form says what can not be changed. */
  body(stored?: JsonObject): Promise<BodyOf<Understood<Id>>>
  /** Refuses with `version_conflict` when the caller has seen another version (`If-Match`). */
  expectVersion(version: number): void
  /** Tells the deployment of a failure that is not the caller's. */
  report(error: unknown): void
}

/** A body of a retired route comes as what it means: a body of the route that it moved to. */
type Understood<Id extends EndpointId> = Id extends 'tickets.setStatus' | 'tickets.assign' ? 'tickets.update' : Id

/** What a handler gives back. */
export interface Answer<Reply = unknown> {
  /** In the current form. */
  readonly reply: Reply
  /** Of the row that the reply shows. */
  readonly version?: number
  /** The cursor of the page that follows. */
  readonly next?: string
}

export type Handler<Id extends EndpointId> = (call: Call<Id>) => Promise<Answer<ReplyOf<Id>>>

/** What is to be said in headers about the words of a request. */
export interface Notes {
  used: readonly DeprecatedUse[]
  ignored: readonly string[]
  /** The change that a retired route belongs to. */
  moved: Change | undefined
}

/** Reads the query and the body of a request, resolves names, notes old words, and refuses what is wrong. */
export function createReader(
  endpointId: EndpointId,
  request: { readonly search: URLSearchParams; readonly json: unknown },
  {
    generation,
    strict,
    notes,
    store,
    organizationId,
    habits,
  }: {
    readonly generation: Generation
    readonly strict: boolean
    readonly notes: Notes
    readonly store: Store
    readonly organizationId: string
    readonly habits: ReadingHabits
  },
) {
  const options = { generation, strict }
  const about = { endpointId }
  const json = habits.body(request.json, about)
  const pairs = habits.query([...request.search], about)
  const accept = (part: 'body' | 'query', reading: ReadRequest): JsonObject => {
    notes.used = union(notes.used, reading.used)
    notes.ignored = [...new Set([...notes.ignored, ...reading.ignored])]
    const raw = part === 'body' ? json : Object.fromEntries(pairs)
    const issues = habits.faults(reading.issues, { endpointId, part, raw, sent: request.json })
    if (issues.length > 0) throw invalid(issues)
    return reading.body
  }
  const read = async (
    part: 'body' | 'query',
    attempt: (options: ReadOptions) => ReadRequest,
    stored?: JsonObject,
  ): Promise<JsonObject> => {
    const first = attempt({ ...options, stored })
    const body = accept(part, first)
    if (first.lookups.length === 0) return body

    const idOf = await resolveNames(first.lookups, { store, organizationId }, part)
    return accept(part, attempt({ ...options, stored, idOf }))
  }
  return {
    /** Notes the old words of the body, for a call that is refused before its handler reads it. */
    noteOldWords(): void {
      if (endpointOf(endpointId).body === undefined) return
      notes.used = union(notes.used, readBody(endpointId, json, options).used)
    },
    query: () => read('query', (settings) => readQuery(endpointId, pairs, settings)),
    body: (stored?: JsonObject) => read('body', (settings) => readBody(endpointId, json, settings), stored),
    /** The body in the current words, checked, its names not looked up but marked as such; none where none is read. */
    unresolvedBody: (): JsonObject | undefined => {
      if (endpointOf(endpointId).body === undefined) return undefined
      const reading = readBody(endpointId, json, options)
      const body = accept('body', reading)
      if (reading.lookups.length === 0) return body
      return readBody(endpointId, json, { ...options, idOf: (name) => `name: ${name.trim()}` }).body
    },
  }
}

const union = (a: readonly DeprecatedUse[], b: readonly DeprecatedUse[]): readonly DeprecatedUse[] => [
  ...new Map([...a, ...b].map((use) => [use.field, use])).values(),
]
