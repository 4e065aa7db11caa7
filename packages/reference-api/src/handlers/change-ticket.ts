import type { EndpointId, ParamsOf, Ticket } from '@ai-ticket-creator/domain'
import { ticketNotFound } from '../errors/problem-error.ts'
import type { HandlerCall, Ports } from '../ports/handler.ts'
import type { TicketRow } from '../ports/rows.ts'
import { serializeTicket } from '../serializers/entities.ts'
import { toTimestamp } from '../serializers/timestamps.ts'
import { optimisticUpdate } from '../store/optimistic-update.ts'

/** The endpoints whose path has the id of a ticket. */
type TicketEndpoint = { [Id in EndpointId]: 'ticket_id' extends keyof ParamsOf<Id> ? Id : never }[EndpointId]

/** The parts of a call that a change of a ticket uses. */
export type TicketCall = Pick<
  HandlerCall<TicketEndpoint>,
  keyof Ports | 'claim' | 'organizationId' | 'params' | 'expectVersion'
>

/** Applies a caller's change to the ticket of a call. The reply is the changed ticket. */
export async function changeTicket(
  call: TicketCall,
  change: (row: TicketRow, now: Date) => Promise<TicketRow>,
): Promise<{ reply: Ticket; version: number }> {
  const { store, organizationId, params } = call
  const toResult = async (row: TicketRow) => ({
    reply: await toTicketReply(call, row, new Date(row.updated_at)),
    version: row.version,
  })
  const after = await optimisticUpdate(
    store.tickets,
    { organizationId, id: params.ticket_id },
    async (before) => {
      call.expectVersion(before.version)
      const now = call.clock()
      const at = toTimestamp(now)
      const changed = { ...(await change(before, now)), updated_at: at, last_activity_at: at }
      await findUsers(call, changed)
      return changed
    },
    async (row) => call.claim?.completed(await toResult(row)),
  )
  if (after === undefined) throw ticketNotFound()
  return toResult(after)
}

/** Looks up the users in the reply before the write: a directory that failed afterwards would fail a completed call. */
async function findUsers({ users, organizationId }: TicketCall, row: TicketRow): Promise<void> {
  await users.find(organizationId, row.created_by_id)
  if (row.assigned_to_id !== null) await users.find(organizationId, row.assigned_to_id)
}

/** The ticket of a call; 404 when it does not exist or is deleted. */
export async function findTicket({
  store,
  organizationId,
  params,
}: Pick<TicketCall, 'store' | 'organizationId' | 'params'>): Promise<TicketRow> {
  const row = await store.tickets.find(organizationId, params.ticket_id)
  if (row === undefined || row.deleted_at !== null) throw ticketNotFound()
  return row
}

/** The reply form of a ticket, with its creator. */
export async function toTicketReply(
  { users, organizationId }: Pick<TicketCall, 'users' | 'organizationId'>,
  row: TicketRow,
  now: Date,
): Promise<Ticket> {
  const creator = await users.find(organizationId, row.created_by_id)
  // Shown when the creator has left the organization.
  const formerUser = {
    id: row.created_by_id,
    email: '',
    full_name: null,
    display_name: 'former user',
    avatar_url: null,
  }
  return serializeTicket(row, creator ?? formerUser, now)
}
