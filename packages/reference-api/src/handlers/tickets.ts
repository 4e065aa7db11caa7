import { TICKET_CATEGORIES, TICKET_PRIORITIES, TICKET_STATUSES, type TicketFilters } from '@ai-ticket-creator/domain'
import { REQUEST_DEFAULTS } from '@ai-ticket-creator/domain/internal'
import type { Handler } from '../ports/handler.ts'
import { cursorConflict, readCursor, writeCursor } from '../store/cursor.ts'
import { findTicket, toTicketReply } from './change-ticket.ts'

const defaults = REQUEST_DEFAULTS['tickets.list']

export const listTickets: Handler<'tickets.list'> = async (call) => {
  const { page: requested, size = defaults.size, cursor, ...filters } = call.query
  if (cursor !== undefined && requested !== undefined) throw cursorConflict('page')
  const { sort_by = defaults.sort_by, sort_order = defaults.sort_order } = filters
  const order = { sort_by, sort_order }
  const start = cursor === undefined ? undefined : readCursor('tickets', order, cursor)

  const now = call.clock()
  const page = start?.page ?? requested ?? defaults.page
  const window = { after: start?.after, offset: start === undefined ? (page - 1) * size : 0, limit: size, now }
  const query = { ...withLowerCaseIds(filters), ...order }
  const { rows, total, next } = await call.store.tickets.list(call.organizationId, query, window)

  return {
    reply: {
      items: await Promise.all(rows.map((row) => toTicketReply(call, row, now))),
      total,
      page,
      size,
      pages: Math.ceil(total / size),
      // From the rows that were read: `total` may have changed meanwhile.
      has_next: next !== undefined,
      has_prev: page > 1,
    },
    ...(next !== undefined && { next: writeCursor('tickets', order, { after: next, page: page + 1 }) }),
  }
}

export const retrieveTicket: Handler<'tickets.retrieve'> = async (call) => {
  const row = await findTicket(call)
  return { reply: await toTicketReply(call, row, call.clock()), version: row.version }
}

export const countTickets: Handler<'tickets.stats'> = async (call) => {
  const counts = await call.store.tickets.count(call.organizationId, call.clock())
  const { byStatus, byPriority, byCategory, averageMinutesToResolve, averageMinutesToRespond } = counts
  return {
    reply: {
      total_tickets: counts.total,
      // The statuses that count as open are those of the existing backend (existing backend: ticket statistics).
      open_tickets: sum(byStatus, ['new', 'open', 'in_progress']),
      resolved_tickets: sum(byStatus, ['resolved']),
      overdue_tickets: counts.overdue,
      high_priority_tickets: sum(byPriority, ['high', 'critical']),
      avg_resolution_time_hours: toHours(averageMinutesToResolve),
      avg_first_response_time_hours: toHours(averageMinutesToRespond),
      satisfaction_score: counts.averageSatisfaction === null ? null : hundredths(counts.averageSatisfaction),
      category_distribution: distribution(TICKET_CATEGORIES, byCategory),
      priority_distribution: distribution(TICKET_PRIORITIES, byPriority),
      status_distribution: distribution(TICKET_STATUSES, byStatus),
    },
  }
}

const sum = (counts: ReadonlyMap<string, number>, values: readonly string[]): number =>
  values.reduce((total, value) => total + (counts.get(value) ?? 0), 0)

/** The count of every known value, then of values that are newer than this version. */
const distribution = (known: readonly string[], counts: ReadonlyMap<string, number>): Record<string, number> =>
  Object.fromEntries([...known.map((value) => [value, 0] as const), ...counts])

const hundredths = (value: number): number => Math.round(value * 100) / 100
const toHours = (minutes: number | null): number | null => (minutes === null ? null : hundredths(minutes / 60))

// Rows hold ids in lower case; callers may send UUIDs in upper case.
const withLowerCaseIds = <Query extends TicketFilters>(query: Query): Query => ({
  ...query,
  ...(query.integration_id !== undefined && { integration_id: query.integration_id.toLowerCase() }),
  ...(query.assigned_to_id !== undefined && { assigned_to_id: query.assigned_to_id.toLowerCase() }),
  ...(query.created_by_id !== undefined && { created_by_id: query.created_by_id.toLowerCase() }),
})
