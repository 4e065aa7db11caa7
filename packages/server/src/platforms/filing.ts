import type { ExternalOutcome, TicketRow } from '@ai-ticket-creator/reference-api'
import type { IntegrationValues } from './integration-values.ts'
import type { PlatformRequest } from './send.ts'

/** How a ticket is filed on a platform. */
export interface Filing {
  /** The request that creates the ticket. @throws PlatformError when the integration lacks what the request needs. */
  readonly request: (ticket: TicketRow, integration: IntegrationValues) => PlatformRequest
  /** The ticket in the JSON of a reply with a 2xx status; undefined when the reply is not documented. */
  readonly filed: (json: unknown, ticket: TicketRow, integration: IntegrationValues) => FiledTicket | undefined
}

/** A ticket as its platform has it. Callers get all of it, so it holds no text that is not checked. */
export type FiledTicket = Pick<Extract<ExternalOutcome, { outcome: 'created' }>, 'id' | 'url' | 'response'>
