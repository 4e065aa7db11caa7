import type { Attachment, JsonObject, Ticket } from '@ai-ticket-creator/domain'
import type { CallContext } from '../../core/context.ts'
import type { WithResponse } from '../../core/result.ts'
import { request } from '../../request.ts'
import { parseInput } from '../parse-input.ts'

/** Adds files to a ticket. */
export async function addAttachments(
  call: CallContext,
  id: string,
  attachments: readonly Attachment[],
): Promise<WithResponse<Ticket>> {
  const { body } = parseInput('tickets.addAttachments', { attachments })
  return request(call, 'tickets.addAttachments', { params: { ticket_id: id }, body })
}

/** The files of a ticket. */
export async function listAttachments(call: CallContext, id: string): Promise<WithResponse<Attachment[]>> {
  const listed = await request<JsonObject[]>(call, 'tickets.listAttachments', { params: { ticket_id: id } })
  return { ...listed, data: listed.data.map(toAttachment) }
}

// The existing backend lists files with their id as `id` (existing backend: attachments of a ticket). Other fields of replies
// are not checked; the type is what the contract says.
const toAttachment = (file: JsonObject): Attachment =>
  (file['file_id'] === undefined && file['id'] !== undefined ? { ...file, file_id: file['id'] } : file) as Attachment
