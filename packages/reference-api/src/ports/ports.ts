import type {
  CreateTicket,
  CreateTicketWithAi,
  IntegrationEffect,
  IntegrationTestType,
  JsonObject,
  ListIntegrations,
  ListTickets,
  Platform,
  SyncIntegration,
  TicketAnalysis,
  User,
} from '@ai-ticket-creator/domain'
import type { IntegrationRow, TicketRow } from './rows.ts'

/** Returns the present time. */
export type Clock = () => Date

/** Returns a new UUID, lower-case and hyphenated. */
export type IdGenerator = () => string

/** A position in a list: the sort key of a row, and its id. */
export interface Position {
  /** The stored value; for priority and status of a ticket the index of the value in its enum. */
  readonly key: string | number | null
  readonly id: string
}

/** Which rows of a list to return. */
export interface Window {
  /** Start after this position, whether or not its row still exists. */
  readonly after?: Position | undefined
  /** Number of rows to skip after `after`, or from the start of the list. */
  readonly offset: number
  readonly limit: number
  /** The present time, for filters that depend on it. */
  readonly now: Date
}

/** A page of a list. */
export interface Rows<Row> {
  readonly rows: readonly Row[]
  /** The number of rows that match the query, on all pages. */
  readonly total: number
  /** The position of the last row of the page, if more rows follow. */
  readonly next?: Position
}

/** The stored record of a call with an `Idempotency-Key`. */
export interface IdempotencyRecord {
  readonly organization_id: string
  readonly key: string
  /** A hash of the request. */
  readonly fingerprint: string
  /** From this time on the key is free again. No two claims of a key have the same time, so the time identifies the claim. */
  readonly expires_at: string
  /** Until this time the call counts as running; null when it is complete. */
  readonly lease_until: string | null
  /**
   * The response; null while the call has written nothing. While the call is running, a response is provisional: repeats
   * get it if the call never completes.
   */
  readonly response: StoredResponse | null
}

/** A response in the current generation. A repeat of the call gets the response in the generation of the repeat. */
export interface StoredResponse {
  /** null for an empty body. */
  readonly reply: unknown
  readonly version: number | null
}

/**
 * Stores rows. Every method but `listDueChecks` is limited to one organization; methods return copies and do not depend
 * on `this`. A write is atomic: it is done when the promise resolves, and not done when it rejects. `replace` succeeds
 * only when the stored version is the given one, so two writers cannot overwrite each other. A `record` that is passed with
 * a row is stored together with the row, or neither is; the write rejects when another call has taken over the claim.
 */
export interface Store {
  readonly integrations: {
    /** Rejects when the id exists in any organization. */
    insert(row: IntegrationRow, record?: IdempotencyRecord): Promise<void>
    /** Includes deleted rows. */
    find(organizationId: string, id: string): Promise<IntegrationRow | undefined>
    /** Rows that are not deleted, in the order of the query; rows with equal sort keys by id. */
    list(
      organizationId: string,
      query: Omit<ListIntegrations, 'offset' | 'limit' | 'cursor'>,
      window: Window,
    ): Promise<Rows<IntegrationRow>>
    /** Rows with this name (trimmed), or with this platform in lower case; includes deleted rows. */
    findByNameOrPlatform(organizationId: string, name: string): Promise<readonly IntegrationRow[]>
    /** Writes the row and returns true; returns false if the stored version is not `version`. */
    replace(row: IntegrationRow, version: number, record?: IdempotencyRecord): Promise<boolean>
    /** Rows of all organizations, not deleted, with `checks_due_at` at or before a time; earliest first, then by id. */
    listDueChecks(at: string): Promise<readonly Pick<IntegrationRow, 'organization_id' | 'id'>[]>
  }
  readonly tickets: {
    /** Rejects when the id exists in any organization. */
    insert(row: TicketRow, record?: IdempotencyRecord): Promise<void>
    /** Includes deleted rows. */
    find(organizationId: string, id: string): Promise<TicketRow | undefined>
    /** As for integrations. Priorities and statuses are sorted by their position in the enum. */
    list(
      organizationId: string,
      query: Omit<ListTickets, 'page' | 'size' | 'cursor'>,
      window: Window,
    ): Promise<Rows<TicketRow>>
    /** As for integrations. */
    replace(row: TicketRow, version: number, record?: IdempotencyRecord): Promise<boolean>
    /** Counts rows that are not deleted. */
    count(organizationId: string, now: Date): Promise<TicketCounts>
    /** Removes a row completely, such as a ticket that its platform refused. */
    remove(organizationId: string, id: string): Promise<void>
  }
  /** Idempotency keys. */
  readonly keys: {
    /**
     * Claims a key that is free, or whose record expires at `now` or before. A claim whose lease has ended is taken over if
     * its call had the same fingerprint and has written nothing. Returns undefined when the claim succeeded, else the record
     * that holds the key. Of several simultaneous claims, in any process, one succeeds.
     */
    claim(row: IdempotencyRecord, now: string): Promise<IdempotencyRecord | undefined>
    /** Replaces the claim with the same `expires_at`. Does nothing if the claim is complete or was taken over. */
    complete(row: IdempotencyRecord): Promise<void>
    /** Frees the key of the claim with the same `expires_at`. Does nothing if the claim is complete or was taken over. */
    release(row: IdempotencyRecord): Promise<void>
  }
}

/** Statistics of the tickets of an organization. An average over no tickets is null. */
export interface TicketCounts {
  readonly total: number
  /** Tickets past their due date that are not resolved, closed or cancelled. */
  readonly overdue: number
  /** Value → count; values without tickets may be absent. */
  readonly byStatus: ReadonlyMap<string, number>
  readonly byPriority: ReadonlyMap<string, number>
  readonly byCategory: ReadonlyMap<string, number>
  /** Over resolved tickets. */
  readonly averageMinutesToResolve: number | null
  /** Over tickets with a first response. */
  readonly averageMinutesToRespond: number | null
  /** Over rated tickets. */
  readonly averageSatisfaction: number | null
}

/** The user who sent a request. */
export interface Caller {
  readonly organizationId: string
  readonly user: User
}

/** The users of all organizations, and their tokens. */
export interface UserDirectory {
  /** The owner of a bearer token; undefined when it is unknown or revoked. */
  authenticate(token: string): Promise<Caller | undefined>
  find(organizationId: string, userId: string): Promise<User | undefined>
  /** All organizations. Only profiles use it, to reproduce replies that mix organizations. */
  organizations?(): Promise<readonly string[]>
}

/**
 * The result of filing a ticket on its platform. `unknown`: no answer in time, so the platform may or may not have the
 * ticket; a port that throws counts as `unknown`. With `refused`, `not_sent` and `not_supported` the ticket is removed.
 */
export type ExternalOutcome =
  | { readonly outcome: 'created'; readonly id: string; readonly url: string | null; readonly response?: JsonObject }
  | {
      readonly outcome: 'refused'
      /** Absent for any other reason, such as an invalid ticket. */
      readonly reason?: 'unauthorized' | 'rate_limited'
      /** The platform's message. Stored as the last error unless it quotes a secret. Only error replies of profiles quote it. */
      readonly message?: string
    }
  | {
      /** The platform has received nothing, so it does not have the ticket. Counts as a timeout. */
      readonly outcome: 'not_sent'
      /** The reason, for users. Part of the error reply unless it quotes a secret. */
      readonly message?: string
    }
  | { readonly outcome: 'unknown' }
  | {
      readonly outcome: 'not_supported'
      /** The platforms on which tickets can be filed, for the error reply. */
      readonly supported?: readonly Platform[]
    }

/** Files a ticket on the platform of an integration. */
export type ExternalTickets = (ticket: TicketRow, integration: IntegrationRow) => Promise<ExternalOutcome>

/** What to check: an effect of a transition, or a type of test. */
export type HealthCheckKind = IntegrationEffect | IntegrationTestType

/**
 * The result of a check. `unauthorized`: the platform answered 401 or 403; `rate_limited`: 429; `timeout`: no answer;
 * `not_checked`: the platform was not asked, so the check did not fail. A check that throws counts as a timeout.
 */
export interface HealthCheckOutcome {
  readonly outcome: 'passed' | 'failed' | 'unauthorized' | 'rate_limited' | 'timeout' | 'not_checked'
  /**
   * The platform's message for users. Replies include it unless it quotes a value of the credentials, of the webhook
   * secret or of `test_data`, or a user or password in a URL of the integration; then they have a fixed message instead.
   * Errors that a port throws are never included.
   */
  readonly message?: string
}

/** Runs one check of an integration on its platform. `data` is the `test_data` of a test. */
export type HealthChecks = (
  kind: HealthCheckKind,
  integration: IntegrationRow,
  data: JsonObject | null,
) => Promise<HealthCheckOutcome>

/** The result of a synchronization. */
export type SyncOutcome =
  | {
      readonly outcome: 'completed' | 'failed'
      readonly processed: number
      readonly created: number
      readonly updated: number
      readonly failed: number
      /** Messages for users; included in the reply unless they quote a secret. */
      readonly errors?: readonly string[]
    }
  | { readonly outcome: 'not_supported' }

/** Synchronizes an integration with its platform; a dry run only counts. A port that throws counts as failed. */
export type Sync = (request: SyncIntegration, integration: IntegrationRow) => Promise<SyncOutcome>

/**
 * Lists the fields of tickets on the platform of an integration; undefined when the platform does not support it. An
 * error is answered with 500.
 */
export type PlatformFields = (integration: IntegrationRow) => Promise<readonly JsonObject[] | undefined>

/** A ticket drafted from a user's text. */
export interface Draft {
  readonly ticket: Pick<CreateTicket, 'title' | 'description' | 'category' | 'priority' | 'urgency' | 'department'>
  readonly analysis: TicketAnalysis
  /** 0 to 1. */
  readonly confidence: number
  readonly suggestedActions: readonly string[]
  readonly fileSummary: string | null
}

/**
 * Drafts a ticket from a user's text. The draft must respect the limits of a new ticket. A draft that does not, and an
 * error, are answered with 500, and nothing is written.
 */
export type Drafter = (request: CreateTicketWithAi, caller: Caller) => Promise<Draft>
