import type { Ports } from '../ports/handler.ts'
import { guard } from '../ports/isolate-failures.ts'
import type { HealthCheckOutcome, HealthChecks } from '../ports/ports.ts'
import type { IntegrationRow } from '../ports/rows.ts'
import { toWire } from '../serializers/timestamps.ts'
import { rewrite } from '../store/optimistic-update.ts'
import { isWatched, nothingDue } from './apply-transition.ts'
import { healthFields, learn } from './record-health.ts'

interface Surroundings extends Ports {
  readonly checkInterval: number
}

/**
 * Runs the checks that are due by the clock, one integration after the other, the longest due first; says how many. A
 * failure of the store concerns one integration, not those after it. Never rejects: a timer has nobody to catch it.
 */
export async function runDueChecks(house: Surroundings, report: (error: unknown) => void): Promise<number> {
  const { health } = guard(house, report)
  const due = await findDue(house).catch(report)
  let checked = 0
  for (const key of due ?? []) {
    try {
      if (await checkOne({ ...house, health }, { organizationId: key.organization_id, id: key.id })) checked++
    } catch (error) {
      report(error)
    }
  }
  return checked
}

const findDue = async ({ store, clock }: Surroundings) => store.integrations.due(toWire(clock()))

interface Key {
  readonly organizationId: string
  readonly id: string
}

async function checkOne(house: Surroundings, key: Key): Promise<boolean> {
  const claimed = await claim(house, key)
  if (claimed === undefined) return false

  const outcome = await firstToFail(house.health, claimed)
  await keep(house, key, claimed, outcome)
  return true
}

/**
 * Takes the work: until the interval is over nobody else does. Should this process end before the outcome is written, the
 * checks are due again by themselves.
 */
async function claim({ store, clock, checkInterval }: Surroundings, key: Key): Promise<IntegrationRow | undefined> {
  let mine = false
  const row = await rewrite(store.integrations, key, async (before) => {
    const now = clock().getTime()
    mine = before.checks_due_at !== null && Date.parse(before.checks_due_at) <= now
    return mine ? { ...before, checks_due_at: toWire(new Date(now + checkInterval)) } : undefined
  })
  return mine ? row : undefined
}

async function firstToFail(health: HealthChecks, row: IntegrationRow): Promise<HealthCheckOutcome> {
  for (const kind of row.due_checks) {
    const outcome = await health(kind, row, null)
    if (outcome.outcome !== 'passed') return outcome
  }
  return { outcome: 'passed' }
}

async function keep(
  { store, clock, checkInterval }: Surroundings,
  key: Key,
  checked: IntegrationRow,
  outcome: HealthCheckOutcome,
): Promise<void> {
  await rewrite(store.integrations, key, async (row) => {
    // What was changed meanwhile is not what was checked. Its checks are due: those of the change, or these again.
    if (row.revision !== checked.revision) return undefined

    const now = clock()
    const at = toWire(now)
    const learned = { ...learn(row, outcome.outcome, at, { heals: true }), ...healthFields(outcome, row, at) }
    const again = outcome.outcome !== 'passed' && isWatched(learned)
    return again
      ? { ...learned, checks_due_at: toWire(new Date(now.getTime() + checkInterval)) }
      : { ...learned, ...nothingDue }
  })
}
