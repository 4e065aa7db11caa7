import type { ExternalOutcome, TicketRow } from '@ai-ticket-creator/reference-api'
import type { IntegrationValues } from './integration-values.ts'
import type { PlatformRequest } from './send.ts'

/** How a ticket is filed on a platform. */
export interface Filing {
  /** The request that creates the ticket. @throws PlatformError if the integration lacks a value of the request. */
  readonly request: (ticket: TicketRow, integration: IntegrationValues) => PlatformRequest
  /** Reads the ticket from the JSON of a reply with a 2xx status. Returns undefined if the reply is not documented. */
  readonly ticketFrom: (json: unknown, ticket: TicketRow, integration: IntegrationValues) => FiledTicket | undefined
}

/** A ticket as its platform shows it. API callers receive all of it, so every text in it is validated. */
export type FiledTicket = Pick<Extract<ExternalOutcome, { outcome: 'created' }>, 'id' | 'url' | 'response'>
