import type {
  CreateTicket,
  CreateTicketWithAi,
  IntegrationEffect,
  IntegrationTestType,
  JsonObject,
  ListIntegrations,
  ListTickets,
  SyncIntegration,
  TicketAnalysis,
  User,
} from '@ai-ticket-creator/domain'
import type { IntegrationRow, TicketRow } from './rows.ts'

/** The time now. */
export type Clock = () => Date

/** A new UUID, lower-case and hyphenated. */
export type Ids = () => string

/** A place in a list: the value that a row is sorted by, and the row's id. */
export interface Position {
  /** Times as rows have them; a ticket's priority and status as their place in the order of their words, from 0. */
  readonly key: string | number | null
  readonly id: string
}

/** Which rows of a list to give. */
export interface Window {
  /** Begins behind this place, whether its row is still there or not. */
  readonly after?: Position | undefined
  /** Rows to pass over from there. */
  readonly offset: number
  readonly limit: number
  /** For filters that depend on the time. */
  readonly now: Date
}

/** Some rows of a list, and how many there are in all, whatever the window. */
export interface Rows<Row> {
  readonly rows: readonly Row[]
  readonly total: number
  /** The place of the last of these rows, when others follow it. */
  readonly next?: Position
}

/** What a store keeps of a call with an `Idempotency-Key`. */
export interface KeyRow {
  readonly organization_id: string
  readonly key: string
  /** A hash of what was asked. */
  readonly fingerprint: string
  /** From this moment on the key is free again. */
  readonly expires_at: string
  /** What was answered, as JSON; null while the call runs. */
  readonly answer: KeptAnswer | null
}

/** An answer in the current form: it is said again in the words of whoever asks again. */
export interface KeptAnswer {
  /** null for an empty reply. */
  readonly reply: unknown
  readonly version: number | null
}

/**
 * Where rows live. Every method but `due` sees one organization only, hands out copies, and does not depend on `this`.
 * A write is atomic: it happened when the promise resolves, and did not when it rejects. `replace` succeeds when the
 * stored version is the one given, so that two writers can not overwrite each other.
 */
export interface Store {
  readonly integrations: {
    /** Rejects when the id is taken, in whatever organization. */
    insert(row: IntegrationRow): Promise<void>
    /** Also deleted ones. */
    find(organizationId: string, id: string): Promise<IntegrationRow | undefined>
    /** Live ones; order as the query says, equal keys by id. */
    list(
      organizationId: string,
      query: Omit<ListIntegrations, 'offset' | 'limit' | 'cursor'>,
      window: Window,
    ): Promise<Rows<IntegrationRow>>
    /** Those whose name, trimmed, is the word, or whose platform is the word in lower case; also deleted ones. */
    called(organizationId: string, word: string): Promise<readonly IntegrationRow[]>
    /** False when the stored version is another. */
    replace(row: IntegrationRow, version: number): Promise<boolean>
    /** The live ones of all organizations whose `checks_due_at` has come, the earliest first, equal times by id. */
    due(at: string): Promise<readonly Pick<IntegrationRow, 'organization_id' | 'id'>[]>
  }
  readonly tickets: {
    /** Rejects when the id is taken, in whatever organization. */
    insert(row: TicketRow): Promise<void>
    /** Also deleted ones. */
    find(organizationId: string, id: string): Promise<TicketRow | undefined>
    /** Live ones; order as the query says, priority and status in the order of their words, equal keys by id. */
    list(
      organizationId: string,
      query: Omit<ListTickets, 'page' | 'size' | 'cursor'>,
      window: Window,
    ): Promise<Rows<TicketRow>>
    replace(row: TicketRow, version: number): Promise<boolean>
    /** Counts the live ones. */
    count(organizationId: string, now: Date): Promise<TicketCounts>
    /** Takes a row out for good: a ticket that its platform refused. */
    remove(organizationId: string, id: string): Promise<void>
  }
  /** The keys of calls that must not run twice. */
  readonly keys: {
    /**
     * Takes a key that is free, or whose row expires at `now` or before. Undefined: it is taken, with the row given; else
     * the row that has it. Of several claims at once, in whatever process, one takes it.
     */
    claim(row: KeyRow, now: string): Promise<KeyRow | undefined>
    /** Keeps the answer with the claim of the same `expires_at`; nothing happens when another one took its place. */
    complete(row: KeyRow): Promise<void>
    /** Gives up the claim of the same `expires_at`, if it is not complete. */
    release(row: KeyRow): Promise<void>
  }
}

/** Counts over the tickets of an organization. Averages are null over nothing. */
export interface TicketCounts {
  readonly total: number
  /** Past their due date and still open. */
  readonly overdue: number
  /** Word → how many; words that no ticket has may be left out. */
  readonly byStatus: ReadonlyMap<string, number>
  readonly byPriority: ReadonlyMap<string, number>
  readonly byCategory: ReadonlyMap<string, number>
  /** Over those that are resolved. */
  readonly averageMinutesToResolve: number | null
  /** Over those that had a first response. */
  readonly averageMinutesToRespond: number | null
  /** Over those that were rated. */
  readonly averageSatisfaction: number | null
}

/** Who calls. */
export interface Caller {
  readonly organizationId: string
  readonly user: User
}

/** The people of the organizations, and their tokens. */
export interface UserDirectory {
  /** The owner of a bearer token; undefined when it is unknown or revoked. */
  authenticate(token: string): Promise<Caller | undefined>
  find(organizationId: string, userId: string): Promise<User | undefined>
}

/**
 * What became of a ticket on its platform. `unknown`: no answer in time, so it may or may not be there; so it is when the
 * port throws. What is refused or not supported is not kept.
 */
export type ExternalOutcome =
  | { readonly outcome: 'created'; readonly id: string; readonly url: string | null; readonly response?: JsonObject }
  | {
      readonly outcome: 'refused'
      /** Absent: for what the ticket says, or for the platform's own reasons. */
      readonly because?: 'unauthorized' | 'rate_limited'
      /** What the platform said: kept as the last error when it quotes no secret. No error quotes it. */
      readonly message?: string
    }
  | { readonly outcome: 'unknown' }
  | { readonly outcome: 'not_supported' }

/** Files a ticket on an integration's platform. */
export type ExternalTickets = (ticket: TicketRow, integration: IntegrationRow) => Promise<ExternalOutcome>

/** What a check tries: an effect of a transition, or a type of test. */
export type HealthCheckKind = IntegrationEffect | IntegrationTestType

/**
 * What came of a check. `unauthorized`: the platform answers 401 or 403; `rate_limited`: 429; `timeout`: it gives no
 * answer. A check that throws counts as one without an answer.
 */
export interface HealthCheckOutcome {
  readonly outcome: 'passed' | 'failed' | 'unauthorized' | 'rate_limited' | 'timeout'
  /**
   * What the platform said, in words for users. Replies show it, unless it quotes a value of the credentials, of the
   * webhook's secret or of `test_data`: then they say in our words what the outcome means. What a port throws is never shown.
   */
  readonly message?: string
}

/** Runs one check of an integration on its platform. `data` is what a test was given along. */
export type HealthChecks = (
  kind: HealthCheckKind,
  integration: IntegrationRow,
  data: JsonObject | null,
) => Promise<HealthCheckOutcome>

/** What a synchronisation came to. */
export type SyncOutcome =
  | {
      readonly outcome: 'completed' | 'failed'
      readonly processed: number
      readonly created: number
      readonly updated: number
      readonly failed: number
      /** What went wrong, in words for users; shown when they quote no secret. */
      readonly errors?: readonly string[]
    }
  | { readonly outcome: 'not_supported' }

/** Synchronises an integration with its platform; a dry run only counts. One that throws has failed. */
export type Sync = (request: SyncIntegration, integration: IntegrationRow) => Promise<SyncOutcome>

/**
 * The fields of the tickets on an integration's platform; undefined when the platform has none to tell. One that throws
 * is answered with 500.
 */
export type PlatformFields = (integration: IntegrationRow) => Promise<readonly JsonObject[] | undefined>

/** A ticket as the AI drafter reads it out of a user's words. */
export interface Draft {
  readonly ticket: Pick<CreateTicket, 'title' | 'description' | 'category' | 'priority' | 'urgency' | 'department'>
  readonly analysis: TicketAnalysis
  /** 0 to 1. */
  readonly confidence: number
  readonly suggestedActions: readonly string[]
  readonly fileSummary: string | null
}

/**
 * Drafts a ticket from a user's words. The draft is held to the limits of any new ticket; one that breaks them, and one
 * that throws, is answered with 500, and nothing is written.
 */
export type Drafter = (request: CreateTicketWithAi, caller: Caller) => Promise<Draft>
