import type { ReplaceTicket, UpdateTicket } from '@ai-ticket-creator/domain'
import { parseTimestamp } from '@ai-ticket-creator/domain/internal'
import type { Handler, HandlerCall } from '../ports/handler.ts'
import type { TicketRow } from '../ports/rows.ts'
import { toTimestamp } from '../serializers/timestamps.ts'
import { dedupeAttachments } from '../store/dedupe-attachments.ts'
import { definedFields } from '../store/optimistic-update.ts'
import { changeTicket, type TicketCall, toTicketReply } from './change-ticket.ts'
import { checkAssignee, usableIntegration } from './ticket-references.ts'

export const replaceTicket: Handler<'tickets.replace'> = (call) =>
  changeTicket(call, async (row, now) => {
    const { integration_id: integration, ...fields } = await call.body(await toStoredForm(call, row, now))
    const integrationId = await toIntegrationId(call, row, integration)
    return { ...(await change(call, row, fields, now)), integration_id: integrationId }
  })

export const updateTicket: Handler<'tickets.update'> = (call) => changeFields(call)
// Retired routes. Their bodies are upgraded to bodies of PATCH /tickets/{ticket_id}.
export const setTicketStatus: Handler<'tickets.setStatus'> = (call) => changeFields(call)
export const assignTicket: Handler<'tickets.assign'> = (call) => changeFields(call)

export const deleteTicket: Handler<'tickets.delete'> = async (call) => {
  await changeTicket(call, async (row, now) => ({ ...row, deleted_at: toTimestamp(now) }))
  return { reply: undefined }
}

const changeFields = (
  call: HandlerCall<'tickets.update'> | HandlerCall<'tickets.setStatus'> | HandlerCall<'tickets.assign'>,
) => changeTicket(call, async (row, now) => change(call, row, await call.body(await toStoredForm(call, row, now)), now))

/** The reply form of the stored ticket: read-only fields that a caller sends back are compared with it. */
const toStoredForm = async (call: TicketCall, row: TicketRow, now: Date) => ({
  ...(await toTicketReply(call, row, now)),
})

async function change(
  call: TicketCall,
  row: TicketRow,
  body: Omit<ReplaceTicket, 'integration_id'> | UpdateTicket,
  now: Date,
): Promise<TicketRow> {
  const { assigned_to_id, assignment_reason, attachments, due_date, tags, status, ...fields }: UpdateTicket = body
  return {
    ...row,
    ...definedFields(fields),
    ...(await assign(call, row, { assigned_to_id, assignment_reason })),
    ...(status !== undefined && statusFields(status, row, toTimestamp(now))),
    ...(attachments !== undefined && { attachments: attachments === null ? null : dedupeAttachments(attachments) }),
    ...(due_date !== undefined && {
      sla_due_date: due_date === null ? null : toTimestamp(new Date(parseTimestamp(due_date))),
    }),
    ...(tags !== undefined && { tags: [...new Set(tags ?? [])] }),
  }
}

/** The new assignee. The present assignee is not checked again: the user may have left the organization. */
async function assign(
  call: TicketCall,
  row: TicketRow,
  { assigned_to_id: requested, assignment_reason: reason }: Pick<UpdateTicket, 'assigned_to_id' | 'assignment_reason'>,
): Promise<Partial<TicketRow>> {
  const assignee = requested === undefined ? row.assigned_to_id : (requested?.toLowerCase() ?? null)
  if (assignee === row.assigned_to_id) return reason === undefined ? {} : { assignment_reason: reason }

  await checkAssignee(call, assignee)
  return { assigned_to_id: assignee, assignment_reason: reason ?? null }
}

/** The new integration id. The present integration is not checked again, because it may have become unusable. */
async function toIntegrationId(
  call: TicketCall,
  row: TicketRow,
  requested: string | null | undefined,
): Promise<string | null> {
  const id = requested === undefined ? row.integration_id : (requested?.toLowerCase() ?? null)
  if (id !== row.integration_id) await usableIntegration(call, id)
  return id
}

/** The fields that a new status changes. A reopened ticket is neither resolved nor closed. */
function statusFields(status: NonNullable<UpdateTicket['status']>, row: TicketRow, at: string): Partial<TicketRow> {
  if (status === row.status) return {}
  const ended = status === 'resolved' || status === 'closed'
  return {
    status,
    // Closing also resolves the ticket.
    resolved_at: ended ? (row.resolved_at ?? at) : null,
    closed_at: status === 'closed' ? at : null,
  }
}
