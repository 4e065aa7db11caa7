import type { TicketRow } from '@ai-ticket-creator/reference-api'
import * as z from 'zod'
import type { Filing } from '../filing.ts'
import { toNotification } from '../requests.ts'

/**
 * A notification, which the receiver accepts with any 2xx status. Its id is the one of the ticket, so a receiver can
 * recognize a ticket that it already has.
 *
 * https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export const webhookFiling: Filing = {
  request: (ticket, integration) => toNotification(integration, 'ticket.created', toData(ticket)),

  ticketFrom(json, { id }, { quotesSecret }) {
    const { success, data } = Accepted.safeParse(json)
    return success && !quotesSecret(`${data.id} ${data.url}`)
      ? { id: String(data.id), url: data.url }
      : { id, url: null }
  },
}

/** A receiver may answer with its own id of the ticket, and with the URL of the ticket. */
const Accepted = z.object({
  id: z.union([z.string().regex(/^[\w.:-]{1,255}$/), z.int()]),
  url: z.nullable(z.url({ protocol: /^https?$/ }).check(z.maxLength(500))).default(null),
})

const toData = (ticket: TicketRow) => ({
  id: ticket.id,
  title: ticket.title,
  description: ticket.description,
  category: ticket.category,
  subcategory: ticket.subcategory,
  priority: ticket.priority,
  urgency: ticket.urgency,
  department: ticket.department,
  source_channel: ticket.source_channel,
  due_date: ticket.sla_due_date,
  custom_fields: ticket.custom_fields,
  created_at: ticket.created_at,
})
