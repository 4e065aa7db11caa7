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
 * Runs the due checks, one integration after the other, the longest due first; returns the number of integrations. A
 * failure of the store affects only the check of one integration. Never rejects: a timer would not catch the error.
 */
export async function runDueChecks(context: DueChecksContext, report: (error: unknown) => void): Promise<number> {
  const { health } = isolateFailures(context, report)
  const due = await findDue(context).catch(report)
  let checked = 0
  for (const key of due ?? []) {
    try {
      if (await checkOne({ ...context, health }, { organizationId: key.organization_id, id: key.id })) checked++
    } catch (error) {
      report(error)
    }
  }
  return checked
}

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
 * Claims the checks of an integration until the interval is over. When this process ends before the outcome is written,
 * they become due again.
 */
async function claim({ store, clock, checkInterval }: DueChecksContext, key: Key): Promise<IntegrationRow | undefined> {
  let mine = false
  const row = await optimisticUpdate(store.integrations, key, async (before) => {
    const now = clock().getTime()
    mine = before.checks_due_at !== null && Date.parse(before.checks_due_at) <= now
    return mine ? { ...before, checks_due_at: toTimestamp(new Date(now + checkInterval)) } : undefined
  })
  return mine ? row : undefined
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
    // The row was changed during the check, so the outcome is about other settings. Its checks are due again.
    if (row.revision !== checked.revision) return undefined

    const now = clock()
    const at = toTimestamp(now)
    const updated = { ...recordHealth(row, outcome.outcome, at, { heals: true }), ...healthFields(outcome, row, at) }
    const again = outcome.outcome !== 'passed' && isWatched(updated)
    return again
      ? { ...updated, checks_due_at: toTimestamp(new Date(now.getTime() + checkInterval)) }
      : { ...updated, ...nothingDue }
  })
}
