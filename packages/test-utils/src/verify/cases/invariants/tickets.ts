import type { JsonObject } from '@ai-ticket-creator/domain'
import type { Invariant, Mismatch } from '../../model/case.ts'
import { SPEC } from '../../model/spec-references.ts'
import { each, showsTickets } from './selectors.ts'

/** Tickets in replies. */
export const ticketInvariants: readonly Invariant[] = [
  {
    id: 'tickets/derived-fields',
    title: 'Derived fields of a ticket agree with the fields they derive from',
    specReference: SPEC.fields,
    appliesTo: showsTickets,
    check: (reply) => each(reply, checkDerivedFields),
  },
]

function checkDerivedFields(row: JsonObject): Mismatch | undefined {
  const expected = derivedFields(row)
  const wrong = Object.keys(expected).find((name) => row[name] !== expected[name])
  if (wrong === undefined && Number(row['age_in_hours']) >= 0) return undefined
  return {
    expected: `\`${wrong ?? 'age_in_hours'}\` in agreement with the other fields`,
    actual: 'another value',
  }
}

function derivedFields({
  title,
  priority,
  status,
  created_at: from,
  resolved_at: to,
  is_overdue,
}: JsonObject): JsonObject {
  const characters = [...String(title)]
  const minutes = typeof to === 'string' ? Math.floor((Date.parse(to) - Date.parse(String(from))) / 60_000) : null
  return {
    is_high_priority: priority === 'high' || priority === 'critical',
    can_be_closed: status === 'resolved' || status === 'pending',
    display_title: characters.length > 100 ? `${characters.slice(0, 100).join('')}...` : title,
    resolution_time_minutes: minutes,
    resolution_time_hours: minutes === null ? null : Math.round((minutes / 60) * 100) / 100,
    sla_breached: is_overdue,
  }
}
