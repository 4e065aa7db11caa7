import type { TicketRow } from './rows.ts'

/** Whether a ticket is past its due date and still open. */
export const isOverdue = (row: TicketRow, now: Date): boolean =>
  row.sla_due_date !== null &&
  Date.parse(row.sla_due_date) < now.getTime() &&
  !['resolved', 'closed', 'cancelled'].includes(row.status)

/** Whole minutes from creation to resolution; null while unresolved. */
export function minutesToResolve(row: TicketRow): number | null {
  const minutes = minutesSinceCreation(row, row.resolved_at)
  return minutes === null ? null : Math.floor(minutes)
}

/** Minutes from creation to another time, with fractions; null without that time. */
export const minutesSinceCreation = ({ created_at }: TicketRow, then: string | null): number | null =>
  then === null ? null : (Date.parse(then) - Date.parse(created_at)) / 60000
