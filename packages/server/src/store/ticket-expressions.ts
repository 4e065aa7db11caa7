import { type RawBuilder, sql } from 'kysely'

/** Past the due date and still open. */
export const isOverdue = (now: Date): RawBuilder<boolean> => sql<boolean>`
  (sla_due_date is not null and sla_due_date < ${now.toISOString()}
    and status::text not in ('resolved', 'closed', 'cancelled'))`

/** Minutes from the creation to another time, with fractions; null without that time. */
export const minutesTo = (column: string): RawBuilder<number | null> =>
  sql<number | null>`extract(epoch from ${sql.ref(column)} - tickets.created_at) / 60`
