import { availableEvents, type IntegrationEvent } from '@ai-ticket-creator/domain'
import type { HealthCheckOutcome } from '../ports/ports.ts'
import type { IntegrationRow } from '../ports/rows.ts'
import { applyTransition } from './apply-transition.ts'
import { redactMessage } from './redact-message.ts'

/** How a request to a platform ended. */
export type Verdict = HealthCheckOutcome['outcome']

/** Fixed messages, for outcomes without a message that can be shown. */
const messages: Readonly<Record<Verdict, string>> = {
  passed: 'passed',
  failed: 'the platform reports a failure',
  unauthorized: 'the platform refuses the credentials',
  rate_limited: 'the rate limit of the platform is reached',
  timeout: 'the platform did not answer',
  not_checked: 'the platform was not checked',
}

/** The message of an outcome, without secrets. */
export const describeOutcome = ({ outcome, message }: HealthCheckOutcome, row: IntegrationRow): string =>
  redactMessage(message, row) ?? messages[outcome]

// A test of several kinds has one verdict: the most severe.
const bySeverity: readonly Verdict[] = ['unauthorized', 'failed', 'timeout', 'rate_limited', 'not_checked']

/** The outcome of several checks: the most severe failure, or passed. */
export const worstOf = (outcomes: readonly HealthCheckOutcome[]): HealthCheckOutcome =>
  bySeverity.flatMap((verdict) => outcomes.find(({ outcome }) => outcome === verdict) ?? [])[0] ?? { outcome: 'passed' }

/**
 * Returns the integration with the outcome of a request to its platform: counts consecutive failures, and applies the event
 * that results. `mayActivate`: whether a passed check activates the integration.
 */
export function recordHealth(
  row: IntegrationRow,
  verdict: Verdict,
  at: string,
  { mayActivate }: { readonly mayActivate: boolean },
): IntegrationRow {
  const counted = { ...row, consecutive_failures: countFailures(row, verdict) }
  const event = eventOf(counted, verdict, mayActivate)
  // A status that is newer than this version has no events; only the count changes.
  if (event === undefined || !availableEvents(row.status).includes(event)) return counted

  const changed = applyTransition(counted, event, at)
  return changed.status === row.status ? changed : { ...changed, revision: row.revision + 1, updated_at: at }
}

function countFailures({ consecutive_failures }: IntegrationRow, verdict: Verdict): number {
  if (verdict === 'passed') return 0
  return verdict === 'not_checked' ? consecutive_failures : consecutive_failures + 1
}

function eventOf(
  { auto_disable_on_error, consecutive_failures, failure_threshold }: IntegrationRow,
  verdict: Verdict,
  mayActivate: boolean,
): IntegrationEvent | undefined {
  switch (verdict) {
    case 'passed':
      return mayActivate ? 'check_passed' : undefined
    case 'unauthorized':
      return 'credentials_expired'
    case 'failed':
      return auto_disable_on_error && consecutive_failures >= failure_threshold ? 'check_failed' : undefined
    // Even if such an outcome counts as a failure, it proves no fault of the integration, so the status does not change.
    case 'rate_limited':
    case 'timeout':
    case 'not_checked':
      return undefined
  }
}

/** The fields of a row about its last check. */
export function healthFields(outcome: HealthCheckOutcome, row: IntegrationRow, at: string) {
  const passed = outcome.outcome === 'passed'
  const conclusive = passed || outcome.outcome === 'failed' || outcome.outcome === 'unauthorized'
  return {
    last_health_check_at: at,
    health_check_status: passed ? 'healthy' : conclusive ? 'unhealthy' : 'unknown',
    health_check_error: passed ? null : describeOutcome(outcome, row),
  }
}
