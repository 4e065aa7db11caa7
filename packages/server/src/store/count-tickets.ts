import type { TicketCounts } from '@ai-ticket-creator/reference-api'
import { sql } from 'kysely'
import type { SqlConnection } from '../database/database.ts'
import { onlyRow } from '../database/only-row.ts'
import { liveRowsOf } from './conditions.ts'
import { isOverdue, minutesTo } from './ticket-expressions.ts'

interface CountRow {
  readonly total: number
  readonly overdue: number
  readonly minutes_to_resolve: number | null
  readonly minutes_to_respond: number | null
  readonly satisfaction: number | null
}

/** Counts the live tickets of an organization. */
export async function countTickets(db: SqlConnection, organizationId: string, now: Date): Promise<TicketCounts> {
  const live = sql.join(liveRowsOf(organizationId), sql` and `)
  const distribution = async (column: string): Promise<ReadonlyMap<string, number>> => {
    const { rows } = await sql<{ readonly value: string; readonly count: number }>`
      select ${sql.ref(column)}::text as value, count(*)::int as count
      from tickets where ${live} group by ${sql.ref(column)}`.execute(db)
    return new Map(rows.map(({ value, count }) => [value, count]))
  }
  const totals = sql<CountRow>`
    select count(*)::int as total,
      count(*) filter (where ${isOverdue(now)})::int as overdue,
      avg(${minutesTo('resolved_at')})::float8 as minutes_to_resolve,
      avg(${minutesTo('first_response_at')})::float8 as minutes_to_respond,
      avg(satisfaction_rating)::float8 as satisfaction
    from tickets where ${live}`.execute(db)

  const [{ rows }, byStatus, byPriority, byCategory] = await Promise.all([
    totals,
    distribution('status'),
    distribution('priority'),
    distribution('category'),
  ])
  const counts = onlyRow(rows)
  return {
    total: counts.total,
    overdue: counts.overdue,
    byStatus,
    byPriority,
    byCategory,
    averageMinutesToResolve: counts.minutes_to_resolve,
    averageMinutesToRespond: counts.minutes_to_respond,
    averageSatisfaction: counts.satisfaction,
  }
}
