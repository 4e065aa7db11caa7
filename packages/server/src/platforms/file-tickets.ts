import { isPlatform } from '@ai-ticket-creator/domain'
import type { Clock, ExternalOutcome, ExternalTickets } from '@ai-ticket-creator/reference-api'
import type { FiledTicket } from './filing.ts'
import { filings, SUPPORTED } from './filings.ts'
import { createIntegrationValues } from './integration-values.ts'
import { PlatformError } from './platform-error.ts'
import { isRateLimited, parseJson } from './replies.ts'
import type { PlatformReply, Send } from './send.ts'

/** Files tickets on the platforms that are supported. */
export const createTicketFiling =
  ({ send, clock }: { readonly send: Send; readonly clock: Clock }): ExternalTickets =>
  async (ticket, integration) => {
    const filing = isPlatform(integration.platform_name) ? filings[integration.platform_name] : undefined
    if (filing === undefined) return { outcome: 'not_supported', supported: SUPPORTED }

    try {
      const seconds = Math.floor(clock().getTime() / 1000)
      const values = createIntegrationValues(integration, { seconds, id: ticket.id })
      const reply = await send(filing.request(ticket, values))
      return outcomeOf(reply, () => filing.ticketFrom(parseJson(reply), ticket, values))
    } catch (error) {
      if (!(error instanceof PlatformError)) throw error
      return error.isSent ? { outcome: 'unknown' } : { outcome: 'not_sent', message: error.message }
    }
  }

/** Only a 3xx, or a 4xx other than 408, proves that no ticket was created. Any other failure leaves that unknown. */
function outcomeOf(reply: PlatformReply, readTicket: () => FiledTicket | undefined): ExternalOutcome {
  const { status } = reply
  if (isRateLimited(reply)) return { outcome: 'refused', reason: 'rate_limited' }
  if (status === 401 || status === 403) return { outcome: 'refused', reason: 'unauthorized' }
  if (status === 408 || status < 200 || status > 499) return { outcome: 'unknown' }
  if (status > 299) return { outcome: 'refused', message: `the platform answered with status ${status}` }

  const ticket = readTicket()
  return ticket === undefined ? { outcome: 'unknown' } : { outcome: 'created', ...ticket }
}
