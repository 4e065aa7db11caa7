import type { EndpointId, IntegrationSummary, Ticket } from '@ai-ticket-creator/domain'
import { defineName, TicketCreatorError } from './base.ts'

/** An integration as lists show it. A legacy backend may not show whether it is enabled. */
export interface RecoveryCandidate extends Omit<IntegrationSummary, 'enabled'> {
  readonly enabled: boolean | undefined
}

/** Rows that the call may have created. */
export type Recovery =
  | { readonly found: 'none'; readonly items: readonly [] }
  | { readonly found: 'one'; readonly items: readonly [Ticket | RecoveryCandidate] }
  | { readonly found: 'many'; readonly items: readonly (Ticket | RecoveryCandidate)[] }

/** The details of an `OutcomeUnknownError`, and how to search for the created row. */
export interface OutcomeUnknownOptions {
  readonly endpoint: EndpointId
  readonly attempts: number
  readonly requestId?: string | undefined
  readonly ticket?: Ticket | undefined
  readonly id?: string | undefined
  /** The outcome of the last attempt. */
  readonly cause?: unknown
  readonly find: (signal: AbortSignal | undefined) => Promise<readonly (Ticket | RecoveryCandidate)[]>
}

/**
 * It is unknown whether a create was executed, or whether its ticket reached the integration's platform. Search
 * for the row with `resolve()` before you send the request again: a second request could create a second row.
 *
 * ```ts
 * import { type CreateTicket, type createClient, isOutcomeUnknownError } from '@ai-ticket-creator/sdk'
 *
 * async function createOnce(client: ReturnType<typeof createClient>, input: CreateTicket) {
 *   try {
 *     return await client.tickets.create(input)
 *   } catch (error) {
 *     if (!isOutcomeUnknownError(error)) throw error
 *     const { found, items } = await error.resolve()
 *     console.log(found, items)
 *   }
 * }
 * ```
 */
export class OutcomeUnknownError extends TicketCreatorError {
  static {
    defineName(OutcomeUnknownError, 'OutcomeUnknownError')
  }
  readonly endpoint: EndpointId
  /** How often the request was sent. */
  readonly attempts: number
  readonly requestId: string | undefined
  /**
   * The id of a row that exists: of a ticket whose filing on the platform is in doubt, or of the row that the last attempt
   * created while an earlier attempt may have created another one.
   */
  readonly id: string | undefined
  // Private: these hold what people wrote, which must not be logged.
  readonly #ticket: Ticket | undefined
  readonly #find: OutcomeUnknownOptions['find']

  constructor(message: string, options: OutcomeUnknownOptions) {
    super(message, options.cause === undefined ? {} : { cause: options.cause })
    this.endpoint = options.endpoint
    this.attempts = options.attempts
    this.requestId = options.requestId
    this.id = options.id ?? options.ticket?.id
    this.#ticket = options.ticket
    this.#find = options.find
  }

  /** The ticket, when it exists and only its filing on the platform is in doubt. Not in JSON and logs. */
  get ticket(): Ticket | undefined {
    return this.#ticket
  }

  /**
   * Searches for rows that the call may have created; it changes nothing. A known ticket is read again. Otherwise the
   * newest 1 000 rows are searched for the same name and platform, or the same title and description. The text of an
   * AI-drafted ticket differs from the input: then the newest 100 tickets with the same integration are returned.
   *
   * The results may contain equal rows from before the call. They lack the row of a request that is still running.
   */
  async resolve(options: { readonly signal?: AbortSignal | undefined } = {}): Promise<Recovery> {
    const items = await this.#find(options.signal)
    const [item] = items
    if (item === undefined) return { found: 'none', items: [] }
    return items.length === 1 ? { found: 'one', items: [item] } : { found: 'many', items }
  }
}
