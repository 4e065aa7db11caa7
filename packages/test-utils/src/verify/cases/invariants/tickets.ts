import { changesOf, type JsonObject } from '@ai-ticket-creator/domain'
import type { Fault } from '../../model/case.ts'
import type { Reply } from '../../model/observed-reply.ts'

export function showsTickets({ endpoint, status }: Reply): boolean {
  const shown = changesOf(endpoint, 'reply').some(({ id }) => id === 'ticket-reply')
  return shown && status < 300
}
export function ticketFits(row: JsonObject): Fault | undefined {
  const {
    title,
    priority,
    status,
    resolution_time_minutes: minutes,
    resolution_time_hours: hours,
    created_at: from,
    resolved_at: to,
  } = row
  const letters = [...String(title)]
  const took = typeof to !== 'string' ? null : Math.floor((Date.parse(to) - Date.parse(String(from))) / 60000)
  const facts: readonly (readonly [string, boolean])[] = [
    ['is_high_priority', row['is_high_priority'] === (priority === 'high' || priority === 'critical')],
    ['can_be_closed', row['can_be_closed'] === (status === 'resolved' || status === 'pending')],
    ['display_title', row['display_title'] === (letters.length > 100 ? `${letters.slice(0, 100).join('')}...` : title)],
    ['resolution_time_minutes', minutes === took],
    ['resolution_time_hours', hours === (took === null ? null : Math.round((took / 60) * 100) / 100)],
    ['age_in_hours', Number(row['age_in_hours']) >= 0],
    ['sla_breached', row['sla_breached'] === row['is_overdue']],
  ]
  const wrong = facts.find(([, fits]) => !fits)
  return wrong === undefined
    ? undefined
    : { expected: `\`${wrong[0]}\` as the other fields say`, actual: 'something else' }
}
