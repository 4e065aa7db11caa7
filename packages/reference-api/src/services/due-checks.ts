import type { Ports } from '../ports/handler.ts'
import { isolateFailures } from '../ports/isolate-failures.ts'
import type { HealthCheckOutcome, HealthChecks } from '../ports/ports.ts'
import type { IntegrationRow } from '../ports/rows.ts'
import { toTimestamp } from '../serializers/timestamps.ts'
import { optimisticUpdate } from '../store/optimistic-update.ts'
import { isWatched, nothingDue } from './apply-transition.ts'
import { healthFields, recordHealth } from './record-health.ts'

interface DueChecksContext extends Ports {
  readonly checkInterval: number
}

/**
 * Runs the due checks, the longest due first and a few integrations at a time; returns the number of integrations. A
 * failure of the store affects only the check of one integration. Never rejects: a timer would not catch the error.
 */
export async function runDueChecks(context: DueChecksContext, report: (error: unknown) => void): Promise<number> {
  const { health } = isolateFailures(context, report)
  const due = (await findDue(context).catch(report)) ?? []
  const queue = due.values()
  let checked = 0
  const work = async (): Promise<void> => {
    for (const key of queue) {
      const isChecked = await checkOne(
        { ...context, health },
        { organizationId: key.organization_id, id: key.id },
      ).catch(report)
      if (isChecked) checked++
    }
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, work))
  return checked
}

/** A platform may take seconds to answer. The checks of other integrations must not wait for it. */
const CONCURRENCY = 8

/** A check that was not possible is tried again after this many intervals: the integration may have been changed by then. */
const INTERVALS_UNTIL_POSSIBLE = 60

const findDue = async ({ store, clock }: DueChecksContext) => store.integrations.listDueChecks(toTimestamp(clock()))

interface Key {
  readonly organizationId: string
  readonly id: string
}

async function checkOne(context: DueChecksContext, key: Key): Promise<boolean> {
  const claimed = await claim(context, key)
  if (claimed === undefined) return false

  const outcome = await firstFailure(context.health, claimed)
  await saveOutcome(context, key, claimed, outcome)
  return true
}

/**
 * Claims the checks of an integration for one interval. If this process ends before the outcome is written, the checks
 * become due again.
 */
async function claim({ store, clock, checkInterval }: DueChecksContext, key: Key): Promise<IntegrationRow | undefined> {
  let isClaimed = false
  const row = await optimisticUpdate(store.integrations, key, async (before) => {
    const now = clock().getTime()
    isClaimed = before.checks_due_at !== null && Date.parse(before.checks_due_at) <= now
    return isClaimed ? { ...before, checks_due_at: toTimestamp(new Date(now + checkInterval)) } : undefined
  })
  return isClaimed ? row : undefined
}

async function firstFailure(health: HealthChecks, row: IntegrationRow): Promise<HealthCheckOutcome> {
  for (const kind of row.due_checks) {
    const outcome = await health(kind, row, null)
    if (outcome.outcome !== 'passed') return outcome
  }
  return { outcome: 'passed' }
}

async function saveOutcome(
  { store, clock, checkInterval }: DueChecksContext,
  key: Key,
  checked: IntegrationRow,
  outcome: HealthCheckOutcome,
): Promise<void> {
  await optimisticUpdate(store.integrations, key, async (row) => {
    // If the row was changed during the check, the outcome is about the old settings. The checks become due again.
    if (row.revision !== checked.revision) return undefined

    const now = clock()
    const at = toTimestamp(now)
    const updated = {
      ...recordHealth(row, outcome.outcome, at, { mayActivate: true }),
      ...healthFields(outcome, row, at),
    }
    if (outcome.outcome === 'passed' || !isWatched(updated)) return { ...updated, ...nothingDue }
    const pause = checkInterval * (outcome.outcome === 'not_checked' ? INTERVALS_UNTIL_POSSIBLE : 1)
    return { ...updated, checks_due_at: toTimestamp(new Date(now.getTime() + pause)) }
  })
}
