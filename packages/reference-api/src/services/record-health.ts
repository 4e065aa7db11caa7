import { availableEvents, type IntegrationEvent } from '@ai-ticket-creator/domain'
import type { HealthCheckOutcome } from '../ports/ports.ts'
import type { IntegrationRow } from '../ports/rows.ts'
import { move } from './apply-transition.ts'
import { safeMessage } from './redact-message.ts'

export type Verdict = HealthCheckOutcome['outcome']

/** What a verdict means, for replies and rows, where the platform said nothing that can be shown. */
const sentences: Readonly<Record<Verdict, string>> = {
  passed: 'passed',
  failed: 'the platform reports a failure',
  unauthorized: 'the platform refuses the credentials',
  rate_limited: 'the platform takes no more calls for now',
  timeout: 'the platform gave no answer',
}

/** What can be said of an outcome. */
export const say = ({ outcome, message }: HealthCheckOutcome, row: IntegrationRow): string =>
  safeMessage(message, row) ?? sentences[outcome]

// What counts most comes first: a test of several things has one verdict.
const bySeverity: readonly Verdict[] = ['unauthorized', 'failed', 'timeout', 'rate_limited']

/** The one outcome that several checks come to: the worst, or passed. */
export const worstOf = (outcomes: readonly HealthCheckOutcome[]): HealthCheckOutcome =>
  bySeverity.flatMap((word) => outcomes.find(({ outcome }) => outcome === word) ?? [])[0] ?? { outcome: 'passed' }

/**
 * An integration after its platform gave an answer, or none: the failures in a row, and the event that they amount to.
 * `heals`: whether a pass activates it.
 */
export function learn(
  row: IntegrationRow,
  verdict: Verdict,
  at: string,
  { heals }: { readonly heals: boolean },
): IntegrationRow {
  const counted = { ...row, consecutive_failures: verdict === 'passed' ? 0 : row.consecutive_failures + 1 }
  const event = eventOf(counted, verdict, heals)
  // A status that is newer than this version takes no event; what is counted is still true.
  if (event === undefined || !availableEvents(row.status).includes(event)) return counted

  const moved = move(counted, event, at)
  return moved.status === row.status ? moved : { ...moved, revision: row.revision + 1, updated_at: at }
}

function eventOf(
  { auto_disable_on_error, consecutive_failures, failure_threshold }: IntegrationRow,
  verdict: Verdict,
  heals: boolean,
): IntegrationEvent | undefined {
  switch (verdict) {
    case 'passed':
      return heals ? 'check_passed' : undefined
    case 'unauthorized':
      return 'credentials_expired'
    case 'failed':
      return auto_disable_on_error && consecutive_failures >= failure_threshold ? 'check_failed' : undefined
    // They count, but say nothing about the integration: the failure that fires has to be a genuine one.
    case 'rate_limited':
    case 'timeout':
      return undefined
  }
}

/** What a check leaves in the row, beside what is learned from it. */
export function healthFields(outcome: HealthCheckOutcome, row: IntegrationRow, at: string) {
  const passed = outcome.outcome === 'passed'
  const told = passed || outcome.outcome === 'failed' || outcome.outcome === 'unauthorized'
  return {
    last_health_check_at: at,
    health_check_status: passed ? 'healthy' : told ? 'unhealthy' : 'unknown',
    health_check_error: passed ? null : say(outcome, row),
  }
}
