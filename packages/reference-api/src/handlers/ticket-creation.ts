import { CreateTicket, type Ticket } from '@ai-ticket-creator/domain'
import { checkSchema, REQUEST_DEFAULTS } from '@ai-ticket-creator/domain/internal'
import type { Handler, HandlerCall } from '../ports/handler.ts'
import type { IntegrationRow, TicketRow } from '../ports/rows.ts'
import { serializeTicket } from '../serializers/entities.ts'
import { toTimestamp } from '../serializers/timestamps.ts'
import { newTicket } from '../services/create-rows.ts'
import { insertAndFile } from '../services/file-ticket.ts'
import { checkAssignee, usableIntegration } from './ticket-references.ts'

export const createTicket: Handler<'tickets.create'> = async (call) => {
  const body = await call.body()
  const integration = await usableIntegration(call, body.integration_id)
  await checkAssignee(call, body.assigned_to_id)

  const filesTicket = body.create_externally ?? REQUEST_DEFAULTS['tickets.create'].create_externally
  const filingTarget = filesTicket ? integration : undefined
  return createAndFile(call, { ticket: body, analysis: null }, filingTarget, (ticket) => ticket)
}

export const createTicketWithAi: Handler<'tickets.createWithAi'> = async (call) => {
  const body = await call.body()
  const integration = await usableIntegration(call, body.integration_id)

  const draft = await call.drafter(body, call.caller)
  const attachments = body.uploaded_files?.map((file_id) => ({ file_id })) ?? null
  const ticket = checkDraft({ ...draft.ticket, integration_id: body.integration_id, attachments })

  return createAndFile(call, { ticket, analysis: draft.analysis }, integration, (created) => ({
    ticket: created,
    ai_analysis: draft.analysis,
    confidence_score: draft.confidence,
    suggested_actions: [...draft.suggestedActions],
    file_analysis_summary: draft.fileSummary,
  }))
}

// A draft made from free text may break the limits of a new ticket. The error does not quote the draft.
function checkDraft(ticket: CreateTicket): CreateTicket {
  const issues = checkSchema(CreateTicket, ticket, 'body')
  // The strings of requests are trimmed (existing backend: how requests are read), so those of the drafter are too.
  const { title, description } = ticket
  if (issues.length === 0) return { ...ticket, title: title.trim(), description: description.trim() }
  throw new Error(
    `the drafter returned a ticket that is not valid: ${issues.map(({ loc }) => loc.join('.')).join(', ')}`,
  )
}

/** Writes a new ticket, and files it on its platform when there is an integration. */
async function createAndFile<Reply>(
  call: HandlerCall<'tickets.create'> | HandlerCall<'tickets.createWithAi'>,
  { ticket, analysis }: { readonly ticket: CreateTicket; readonly analysis: TicketRow['ai_analysis'] },
  integration: IntegrationRow | undefined,
  toReply: (ticket: Ticket) => Reply,
): Promise<{ reply: Reply; version: number }> {
  const now = call.clock()
  const { organizationId, caller } = call
  const row: TicketRow = {
    ...newTicket(ticket, caller.user.id, { id: call.newId(), organizationId, at: toTimestamp(now) }),
    ai_analysis: analysis,
  }
  const toResult = (written: TicketRow) => ({
    reply: toReply(serializeTicket(written, caller.user, now)),
    version: written.version,
  })
  if (integration !== undefined) return toResult(await insertAndFile(call, row, integration, toResult))

  const result = toResult(row)
  await call.store.tickets.insert(row, call.claim?.completed(result))
  return result
}
