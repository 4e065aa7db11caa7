import { CreateTicket, check, type IntegrationResult, type Ticket } from '@ai-ticket-creator/domain'
import type { Call, Handler } from '../call.ts'
import { toWire } from '../moment.ts'
import { newTicket } from '../new-rows.ts'
import type { Draft, ExternalOutcome } from '../ports.ts'
import { Refusal } from '../refusal.ts'
import type { IntegrationRow, TicketRow } from '../rows.ts'
import { showTicket } from '../show.ts'
import { checkAssignee, usableIntegration } from './ticket-references.ts'

export const createTicket: Handler<'tickets.create'> = async (call) => {
  const body = await call.body()
  const integration = await usableIntegration(call, body.integration_id)
  await checkAssignee(call, body.assigned_to_id)

  const { row, reply } = await file(call, body, body.create_externally === false ? undefined : integration)
  return { reply, version: row.version }
}

export const createTicketWithAi: Handler<'tickets.createWithAi'> = async (call) => {
  const body = await call.body()
  const integration = await usableIntegration(call, body.integration_id)

  const draft = await call.drafter(body, call.caller)
  const attachments = body.uploaded_files?.map((file_id) => ({ file_id })) ?? null
  const ticket = checkDraft({ ...draft.ticket, integration_id: body.integration_id, attachments })

  const { row, reply } = await file(call, ticket, integration, draft)
  return {
    reply: {
      ticket: reply,
      ai_analysis: draft.analysis,
      confidence_score: draft.confidence,
      suggested_actions: [...draft.suggestedActions],
      file_analysis_summary: draft.fileSummary,
    },
    version: row.version,
  }
}

// Who drafts reads free text: what comes out is held to the limits of any ticket. The words stay out of the message.
function checkDraft(ticket: CreateTicket): CreateTicket {
  const issues = check(CreateTicket, ticket, 'body')
  if (issues.length === 0) return ticket
  throw new Error(`the drafter gave a ticket that breaks limits: ${issues.map(({ loc }) => loc.join('.')).join(', ')}`)
}

/** Writes a new ticket, and files it on a platform when there is one. */
async function file(
  call: Call<'tickets.create'> | Call<'tickets.createWithAi'>,
  ticket: CreateTicket,
  integration: IntegrationRow | undefined,
  draft?: Draft,
): Promise<{ row: TicketRow; reply: Ticket }> {
  const now = call.clock()
  const { organizationId, caller } = call
  const fresh = newTicket(ticket, caller.user.id, { id: call.ids(), organizationId, at: toWire(now) })
  const row = draft === undefined ? fresh : { ...fresh, ai_analysis: draft.analysis }
  await call.store.tickets.insert(row)

  const filed = integration === undefined ? row : await fileExternally(call, row, integration)
  return { row: filed, reply: showTicket(filed, caller.user, now) }
}

/** Files a ticket on its platform. What the platform refuses is not kept; what it does not answer is. */
async function fileExternally(
  call: Pick<Call<'tickets.create'>, 'store' | 'external'>,
  row: TicketRow,
  integration: IntegrationRow,
): Promise<TicketRow> {
  const outcome = await call.external(row, integration)
  if (outcome.outcome === 'refused' || outcome.outcome === 'not_supported') {
    await call.store.tickets.remove(row.organization_id, row.id)
    throw outcome.outcome === 'refused'
      ? new Refusal('external_creation_failed', 'the platform refused the ticket; nothing was kept')
      : new Refusal('not_supported', 'the platform of this integration takes no tickets; nothing was kept')
  }

  const filed = { ...row, version: row.version + 1, integration_result: toResult(outcome, integration) }
  await call.store.tickets.replace(filed, row.version)
  return filed
}

function toResult(
  outcome: Extract<ExternalOutcome, { outcome: 'created' | 'unknown' }>,
  { id, platform_name }: IntegrationRow,
): IntegrationResult {
  const about = { integration_id: id, platform_name }
  if (outcome.outcome === 'unknown') return { success: false, outcome: 'unknown', ...about }
  return {
    success: true,
    ...about,
    external_ticket_id: outcome.id,
    external_ticket_url: outcome.url,
    error_message: null,
    response: outcome.response ?? null,
  }
}
