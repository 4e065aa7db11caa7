import { type IntegrationResult, ifUsable, type Ticket, type TicketFilters } from '@ai-ticket-creator/domain'
import type { Call, Handler } from '../call.ts'
import { toWire } from '../moment.ts'
import { newTicket } from '../new-rows.ts'
import type { ExternalOutcome } from '../ports.ts'
import { cursorNotServed, invalid, Refusal, ticketNotFound } from '../refusal.ts'
import { toCandidate, unresolved } from '../resolve-names.ts'
import type { IntegrationRow, TicketRow } from '../rows.ts'
import { showTicket } from '../show.ts'

export const createTicket: Handler<'tickets.create'> = async (call) => {
  const body = await call.body()
  const integration = await usableIntegration(call, body.integration_id)
  await checkAssignee(call, body.assigned_to_id)

  const now = call.clock()
  const { organizationId } = call
  const row = newTicket(body, call.caller.user.id, { id: call.ids(), organizationId, at: toWire(now) })
  await call.store.tickets.insert(row)

  const filed =
    integration === undefined || body.create_externally === false ? row : await fileExternally(call, row, integration)
  return { reply: showTicket(filed, call.caller.user, now), version: filed.version }
}

export const listTickets: Handler<'tickets.list'> = async (call) => {
  const { page = 1, size = 20, cursor, ...asked } = call.query
  if (cursor !== undefined) throw cursorNotServed('page')

  const filters = withLowerCaseIds(asked)
  const now = call.clock()
  const window = { offset: (page - 1) * size, limit: size, now }
  const { rows, total } = await call.store.tickets.list(call.organizationId, filters, window)

  const pages = Math.ceil(total / size)
  return {
    reply: {
      items: await Promise.all(rows.map((row) => show(call, row, now))),
      total,
      page,
      size,
      pages,
      has_next: page < pages,
      has_prev: page > 1,
    },
  }
}

export const retrieveTicket: Handler<'tickets.retrieve'> = async (call) => {
  const row = await call.store.tickets.find(call.organizationId, call.params.ticket_id)
  if (row === undefined || row.deleted_at !== null) throw ticketNotFound()
  return { reply: await show(call, row, call.clock()), version: row.version }
}

// Rows hold ids in lower case; a UUID may be sent in either.
const withLowerCaseIds = <Query extends TicketFilters>(query: Query): Query => ({
  ...query,
  ...(query.integration_id !== undefined && { integration_id: query.integration_id.toLowerCase() }),
  ...(query.assigned_to_id !== undefined && { assigned_to_id: query.assigned_to_id.toLowerCase() }),
  ...(query.created_by_id !== undefined && { created_by_id: query.created_by_id.toLowerCase() }),
})

type TicketCall = Pick<Call<'tickets.create'>, 'store' | 'organizationId' | 'users' | 'external'>

async function show({ users, organizationId }: TicketCall, row: TicketRow, now: Date): Promise<Ticket> {
  const creator = await users.find(organizationId, row.created_by_id)
  // Someone who has left keeps their id on what they wrote.
  const gone = { id: row.created_by_id, email: '', full_name: null, display_name: 'former user', avatar_url: null }
  return showTicket(row, creator ?? gone, now)
}

async function usableIntegration(
  { store, organizationId }: TicketCall,
  id: string | null | undefined,
): Promise<IntegrationRow | undefined> {
  if (id === null || id === undefined) return undefined
  const row = await store.integrations.find(organizationId, id.toLowerCase())
  if (row === undefined)
    throw new Refusal('integration_not_found', 'no integration has this `integration_id`; list the integrations')

  const usable = ifUsable(toCandidate(row), 'name')
  if (usable.code !== undefined) throw unresolved(usable)
  return row
}

async function checkAssignee({ users, organizationId }: TicketCall, id: string | null | undefined): Promise<void> {
  if (id === null || id === undefined) return
  if ((await users.find(organizationId, id.toLowerCase())) !== undefined) return
  throw invalid([
    {
      type: 'value_error',
      loc: ['body', 'assigned_to_id'],
      msg: '`assigned_to_id` is not a user of the organization',
      code: 'validation_failed',
    },
  ])
}

/** Files a ticket on its platform. What the platform refuses is not kept; what it does not answer is. */
async function fileExternally(call: TicketCall, row: TicketRow, integration: IntegrationRow): Promise<TicketRow> {
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
