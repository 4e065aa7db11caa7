import type { EndpointId, ParamsOf, Ticket } from '@ai-ticket-creator/domain'
import { ticketNotFound } from '../errors/problem-error.ts'
import type { Call, Ports } from '../ports/handler.ts'
import type { TicketRow } from '../ports/rows.ts'
import { showTicket } from '../serializers/entities.ts'
import { toWire } from '../serializers/timestamps.ts'
import { rewrite } from '../store/optimistic-update.ts'

/** The endpoints of one ticket. */
type TicketEndpoint = { [Id in EndpointId]: 'ticket_id' extends keyof ParamsOf<Id> ? Id : never }[EndpointId]

export type TicketCall = Pick<Call<TicketEndpoint>, keyof Ports | 'organizationId' | 'params' | 'expectVersion'>

/** Changes the ticket of a call. */
export async function changeTicket(
  call: TicketCall,
  change: (row: TicketRow, now: Date) => Promise<TicketRow>,
): Promise<{ reply: Ticket; version: number }> {
  const { store, organizationId, params } = call
  let now: Date | undefined
  const after = await rewrite(store.tickets, { organizationId, id: params.ticket_id }, async (before) => {
    call.expectVersion(before.version)
    now = call.clock()
    const at = toWire(now)
    const changed = { ...(await change(before, now)), updated_at: at, last_activity_at: at }
    await findPeople(call, changed)
    return changed
  })
  if (after === undefined || now === undefined) throw ticketNotFound()
  return { reply: await show(call, after, now), version: after.version }
}

/** Finds whom the reply will show: a directory that fails has to fail before the write. */
async function findPeople({ users, organizationId }: TicketCall, row: TicketRow): Promise<void> {
  await users.find(organizationId, row.created_by_id)
  if (row.assigned_to_id !== null) await users.find(organizationId, row.assigned_to_id)
}

/** The live ticket of a call. */
export async function findTicket({
  store,
  organizationId,
  params,
}: Pick<TicketCall, 'store' | 'organizationId' | 'params'>): Promise<TicketRow> {
  const row = await store.tickets.find(organizationId, params.ticket_id)
  if (row === undefined || row.deleted_at !== null) throw ticketNotFound()
  return row
}

/** A ticket as a reply shows it, with its creator. */
export async function show(
  { users, organizationId }: Pick<TicketCall, 'users' | 'organizationId'>,
  row: TicketRow,
  now: Date,
): Promise<Ticket> {
  const creator = await users.find(organizationId, row.created_by_id)
  // Someone who has left keeps their id on what they wrote.
  const gone = { id: row.created_by_id, email: '', full_name: null, display_name: 'former user', avatar_url: null }
  return showTicket(row, creator ?? gone, now)
}
