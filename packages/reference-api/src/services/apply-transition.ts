import { type IntegrationEvent, transition } from '@ai-ticket-creator/domain'
import { Refusal } from '../errors/problem-error.ts'
import type { IntegrationRow } from '../ports/rows.ts'

/**
 * An integration after an event, with the checks that follow from it: they are written with the row, so none is lost and
 * none runs for a change that was not kept. Refused with 409 where the status does not allow the event.
 */
export function move(row: IntegrationRow, event: IntegrationEvent, at: string): IntegrationRow {
  const next = transition(row.status, event)
  if (next.code !== undefined) throw new Refusal(next.code, next.message, { reason: next.reason })

  // Rows of the existing backend may be active and disabled at once; an event that moves nothing leaves that alone.
  const asked = event === 'enable' || event === 'disable' || next.status !== row.status
  const moved = { ...row, status: next.status, enabled: asked ? next.enabled : row.enabled }
  if (next.effects.length > 0) return { ...moved, checks_due_at: at, due_checks: next.effects }
  return isWatched(moved) ? moved : { ...moved, ...nothingDue }
}

/** No check is due. */
export const nothingDue = { checks_due_at: null, due_checks: [] } as const

/** Whether a check that passes says anything: of an expired or a suspended integration it does not. */
export function isWatched({ status, enabled }: IntegrationRow): boolean {
  const next = transition(status, 'check_passed')
  return enabled && next.code === undefined && next.status === 'active'
}
