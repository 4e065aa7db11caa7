import type { EndpointId, IntegrationSummary, Ticket } from '@ai-ticket-creator/domain'
import { defineName, TicketCreatorError } from './base.ts'

/** An integration as lists show it; a legacy backend may not say whether it is enabled. */

export interface RecoveryCandidate extends Omit<IntegrationSummary, 'enabled'> {
  readonly enabled: boolean | undefined
}
/** What looks like the thing that a call may have created. */

export type Recovery =
  | { readonly found: 'none'; readonly items: readonly [] }
  | { readonly found: 'one'; readonly items: readonly [Ticket | RecoveryCandidate] }
  | { readonly found: 'many'; readonly items: readonly (Ticket | RecoveryCandidate)[] }
/** The facts of an `OutcomeUnknownError`, and how to find out. */

export interface OutcomeUnknownOptions {
  readonly endpoint: EndpointId
  readonly attempts: number
  readonly requestId?: string | undefined
  readonly ticket?: Ticket | undefined
  /** What the last attempt came to. */
  readonly cause?: unknown
  readonly find: (signal: AbortSignal | undefined) => Promise<readonly (Ticket | RecoveryCandidate)[]>
}
/**
 * A create whose answer was lost, or whose ticket may not have reached its platform. Sending it again could do it twice:
 * look first.
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
  readonly attempts: number
  readonly requestId: string | undefined
  /** The id of the ticket, when it is there and only its platform is in doubt. */
  readonly id: string | undefined
  // Not facts to be logged: people wrote them.
  readonly #ticket: Ticket | undefined
  readonly #find: OutcomeUnknownOptions['find']

  constructor(message: string, facts: OutcomeUnknownOptions) {
    super(message, facts.cause === undefined ? {} : { cause: facts.cause })
    this.endpoint = facts.endpoint
    this.attempts = facts.attempts
    this.requestId = facts.requestId
    this.id = facts.ticket?.id
    this.#ticket = facts.ticket
    this.#find = facts.find
  }

  /** The ticket, when it is there and only its platform is in doubt. Not in JSON and logs. */
  get ticket(): Ticket | undefined {
    return this.#ticket
  }

  /**
   * Looks for what may have been created, and decides nothing. The ticket that is known is read again. Else the newest
   * 1 000 rows are looked through for the same name and platform, or title and description. A drafted ticket has texts of
   * its own: of those the newest 100 with the same integration are given. What looked the same before the call is among
   * them, and a request that is still under way is not.
   */
  async resolve(options: { readonly signal?: AbortSignal | undefined } = {}): Promise<Recovery> {
    const items = await this.#find(options.signal)
    const [item] = items
    if (item === undefined) return { found: 'none', items: [] }
    return items.length === 1 ? { found: 'one', items: [item] } : { found: 'many', items }
  }
}
