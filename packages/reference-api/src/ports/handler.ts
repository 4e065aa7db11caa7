import type { BodyOf, EndpointId, JsonObject, ParamsOf, QueryOf, ReplyOf } from '@ai-ticket-creator/domain'
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
export interface HandlerCall<Id extends EndpointId> extends Ports {
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
export interface HandlerResult<Reply = unknown> {
  /** In the current form. */
  readonly reply: Reply
  /** Of the row that the reply shows. */
  readonly version?: number
  /** The cursor of the page that follows. */
  readonly next?: string
}

export type Handler<Id extends EndpointId> = (call: HandlerCall<Id>) => Promise<HandlerResult<ReplyOf<Id>>>
