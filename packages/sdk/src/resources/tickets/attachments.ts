import type { Attachment, Ticket } from '@ai-ticket-creator/domain'
import type { CallContext } from '../../core/call-context.ts'
import { isAnnounced } from '../../core/capabilities.ts'
import type { WithResponse } from '../../core/result.ts'
import type { RequestInput } from '../../core/sent-request.ts'
import { isApiError } from '../../errors/guards.ts'
import { request } from '../../request.ts'
import { parseInput } from '../parse-input.ts'
import { fieldsIn, retrieveTicket } from './write.ts'

/** Adds files to a ticket, in the form that the backend reads. */
export async function addAttachments(
  call: CallContext,
  id: string,
  attachments: readonly Attachment[],
): Promise<WithResponse<Ticket>> {
  const { body } = parseInput(call, 'tickets.addAttachments', { attachments })
  const add = (input: Pick<RequestInput, 'deployedBody' | 'stored'>): Promise<WithResponse<Ticket>> =>
    request(call, 'tickets.addAttachments', { params: { ticket_id: id }, body, ...input })
  if (call.state.backend.capabilities.length > 0) return add({})

  // The last reply announced no capabilities, or there was none yet. The ticket is read to see whether the backend does.
  const ticket = await retrieveTicket(call, id)
  const stored = fieldsIn(ticket)
  if (isAnnounced(ticket.response)) return add({ stored })

  // The existing backend reads `file_ids` here, saves them and answers 500 (existing backend: attachments of a ticket).
  const deployedBody = { file_ids: attachments.map(({ file_id }) => file_id) }
  return add({ stored, deployedBody }).catch((error: unknown) => {
    // A backend that follows the contract, behind a proxy that removes its headers, refuses `file_ids`.
    if (isApiError(error) && error.status === 422) return add({ stored })
    throw error
  })
}

/** The files of a ticket. */
export async function listAttachments(call: CallContext, id: string): Promise<WithResponse<Attachment[]>> {
  const listed = await request<Attachment[]>(call, 'tickets.listAttachments', { params: { ticket_id: id } })
  // The existing backend lists files of any organization here (existing backend: attachments of a ticket). Its answer counts
  // only if the caller may read the ticket.
  if (!isAnnounced(listed.response)) await retrieveTicket(call, id)
  return listed
}
