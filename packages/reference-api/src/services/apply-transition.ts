import { type IntegrationEvent, transition } from '@ai-ticket-creator/domain'
import { ProblemError } from '../errors/problem-error.ts'
import type { IntegrationRow } from '../ports/rows.ts'

/**
 * Returns the integration after an event, with the checks that become due. The due checks are stored in the row, so that
 * none is lost and none runs for a change that was not written. Throws 409 if the status does not allow the event.
 */
export function applyTransition(row: IntegrationRow, event: IntegrationEvent, at: string): IntegrationRow {
  const next = transition(row.status, event)
  if (next.code !== undefined) throw new ProblemError(next.code, next.message, { reason: next.reason })

  // Rows of the existing backend can be active and disabled. Without a change of the status, `enabled` does not change either.
  const setsEnabled = event === 'enable' || event === 'disable' || next.status !== row.status
  const changed = { ...row, status: next.status, enabled: setsEnabled ? next.enabled : row.enabled }
  if (next.effects.length > 0) return { ...changed, checks_due_at: at, due_checks: next.effects }
  return isWatched(changed) ? changed : { ...changed, ...nothingDue }
}

/** The fields of a row without due checks. */
export const nothingDue = { checks_due_at: null, due_checks: [] } as const

/** Whether an integration is checked: only if it is enabled and a passed check makes or keeps it active. */
export function isWatched({ status, enabled }: IntegrationRow): boolean {
  const next = transition(status, 'check_passed')
  return enabled && next.code === undefined && next.status === 'active'
}
