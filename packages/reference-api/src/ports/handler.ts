import type { BodyOf, EndpointId, JsonObject, ParamsOf, QueryOf, ReplyOf } from '@ai-ticket-creator/domain'
import type {
  Caller,
  Clock,
  Drafter,
  ExternalTickets,
  HealthChecks,
  IdempotencyRecord,
  IdGenerator,
  PlatformFields,
  Store,
  Sync,
  UserDirectory,
} from './ports.ts'

/** Everything outside the app that handlers use. */
export interface Ports {
  readonly store: Store
  readonly clock: Clock
  readonly newId: IdGenerator
  readonly users: UserDirectory
  /** Files tickets on platforms. Default: every platform accepts every ticket. */
  readonly external: ExternalTickets
  /** Runs health checks of integrations. Default: every check passes. */
  readonly health: HealthChecks
  /** Synchronizes integrations. Default: no records. */
  readonly sync: Sync
  /** Lists the fields of a platform's tickets. Default: some of Jira's, none for other platforms. */
  readonly fields: PlatformFields
  /** Drafts tickets from a user's text. Default: the text as it is. */
  readonly drafter: Drafter
}

/** One request to one endpoint. It is in the current generation, whichever generation the caller used. */
export interface HandlerCall<Id extends EndpointId> extends Ports {
  readonly caller: Caller
  readonly organizationId: string
  readonly params: ParamsOf<Id>
  readonly query: QueryOf<Id>
  /** The validated body. An update passes the reply form of the row as `stored`: values that equal it are accepted. */
  body(stored?: JsonObject): Promise<BodyOf<UpgradedRoute<Id>>>
  /** Refuses with `version_conflict` when `If-Match` names another version. */
  expectVersion(version: number): void
  /** The claim of the call's `Idempotency-Key`; undefined without a key. */
  readonly claim?: Claim | undefined
  /** Passes a failure that is not the caller's fault to `onError`. */
  report(error: unknown): void
}

/** Makes the records to store together with a row, so that a repeat is answered correctly after any crash. */
export interface Claim {
  /** The call is complete with this result. */
  completed(result: HandlerResult): IdempotencyRecord
  /** The row is written and the call goes on. If it never completes, repeats get this result. */
  provisional(result: HandlerResult): IdempotencyRecord
}

/** A body of a retired route is upgraded to a body of its replacement. */
type UpgradedRoute<Id extends EndpointId> = Id extends 'tickets.setStatus' | 'tickets.assign' ? 'tickets.update' : Id

/** What a handler returns. */
export interface HandlerResult<Reply = unknown> {
  /** In the current generation. */
  readonly reply: Reply
  /** The version of the row in the reply. */
  readonly version?: number
  /** The cursor of the next page. */
  readonly next?: string
}

/** Answers the calls of one endpoint. */
export type Handler<Id extends EndpointId> = (call: HandlerCall<Id>) => Promise<HandlerResult<ReplyOf<Id>>>
