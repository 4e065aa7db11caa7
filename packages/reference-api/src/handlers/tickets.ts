import { TICKET_CATEGORIES, TICKET_PRIORITIES, TICKET_STATUSES, type TicketFilters } from '@ai-ticket-creator/domain'
import type { Handler } from '../ports/handler.ts'
import { cursorStandsAlone, readCursor, writeCursor } from '../store/cursor.ts'
import { findTicket, show } from './change-ticket.ts'

export const listTickets: Handler<'tickets.list'> = async (call) => {
  const { page: asked, size = 20, cursor, ...filters } = call.query
  if (cursor !== undefined && asked !== undefined) throw cursorStandsAlone('page')
  const { sort_by = 'created_at', sort_order = 'desc' } = filters
  const order = { sort_by, sort_order }
  const place = cursor === undefined ? undefined : readCursor('tickets', order, cursor)

  const now = call.clock()
  const page = place?.page ?? asked ?? 1
  const window = { after: place?.after, offset: place === undefined ? (page - 1) * size : 0, limit: size, now }
  const query = { ...withLowerCaseIds(filters), ...order }
  const { rows, total, next } = await call.store.tickets.list(call.organizationId, query, window)

  return {
    reply: {
      items: await Promise.all(rows.map((row) => show(call, row, now))),
      total,
      page,
      size,
      pages: Math.ceil(total / size),
      // Of a list that changes meanwhile the rows know best.
      has_next: next !== undefined,
      has_prev: page > 1,
    },
    ...(next !== undefined && { next: writeCursor('tickets', order, { after: next, page: page + 1 }) }),
  }
}

export const retrieveTicket: Handler<'tickets.retrieve'> = async (call) => {
  const row = await findTicket(call)
  return { reply: await show(call, row, call.clock()), version: row.version }
}

export const countTickets: Handler<'tickets.stats'> = async (call) => {
  const counts = await call.store.tickets.count(call.organizationId, call.clock())
  const { byStatus, byPriority, byCategory, averageMinutesToResolve, averageMinutesToRespond } = counts
  return {
    reply: {
      total_tickets: counts.total,
      // CONTRACT §3.6.
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

const sum = (counts: ReadonlyMap<string, number>, words: readonly string[]): number =>
  words.reduce((total, word) => total + (counts.get(word) ?? 0), 0)

/** Every known word with its count, then the words that are newer than this version. */
const distribution = (words: readonly string[], counts: ReadonlyMap<string, number>): Record<string, number> =>
  Object.fromEntries([...words.map((word) => [word, 0] as const), ...counts])

const hundredths = (value: number): number => Math.round(value * 100) / 100
const toHours = (minutes: number | null): number | null => (minutes === null ? null : hundredths(minutes / 60))

// Rows hold ids in lower case; a UUID may be sent in either.
const withLowerCaseIds = <Query extends TicketFilters>(query: Query): Query => ({
  ...query,
  ...(query.integration_id !== undefined && { integration_id: query.integration_id.toLowerCase() }),
  ...(query.assigned_to_id !== undefined && { assigned_to_id: query.assigned_to_id.toLowerCase() }),
  ...(query.created_by_id !== undefined && { created_by_id: query.created_by_id.toLowerCase() }),
})
