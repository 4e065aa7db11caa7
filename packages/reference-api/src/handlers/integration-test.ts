import type { IntegrationTestType, JsonObject } from '@ai-ticket-creator/domain'
import { integrationNotFound } from '../errors/problem-error.ts'
import type { Handler } from '../ports/handler.ts'
import type { HealthCheckOutcome } from '../ports/ports.ts'
import type { IntegrationRow } from '../ports/rows.ts'
import { toWire } from '../serializers/timestamps.ts'
import { healthFields, learn, say, worstOf } from '../services/record-health.ts'
import { safeMessage } from '../services/redact-message.ts'
import { rewrite } from '../store/optimistic-update.ts'
import { findIntegration } from './change-integration.ts'

export const testIntegration: Handler<'integrations.test'> = async (call) => {
  const body = await call.body()
  const tested = await findIntegration(call)
  call.expectVersion(tested.revision)

  const started = call.clock()
  const outcomes = new Map<IntegrationTestType, HealthCheckOutcome>()
  const { test_types: kinds = ['connection', 'authentication'], test_data: data = null } = body
  for (const kind of kinds) outcomes.set(kind, withoutData(await call.health(kind, tested, data), data))
  const ended = call.clock()

  const worst = worstOf([...outcomes.values()])
  const heals = body.auto_activate_on_success !== false
  const { before, after } = await keep(call, tested, worst, { heals, at: toWire(ended) })
  return {
    reply: {
      test_type: [...outcomes.keys()].join(', '),
      success: worst.outcome === 'passed',
      response_time_ms: ended.getTime() - started.getTime(),
      details: Object.fromEntries([...outcomes].map(([kind, outcome]) => [kind, toDetail(outcome, tested)])),
      error_message: worst.outcome === 'passed' ? null : say(worst, tested),
      suggestions: suggestions[worst.outcome] ?? null,
      activation_triggered: before.status !== 'active' && after.status === 'active',
      previous_status: before.status,
      new_status: after.status,
    },
    version: after.revision,
  }
}

/** What a test was given along may be credentials to try (CONTRACT §2.4): a message that quotes them is not kept. */
export function withoutData(
  { outcome, message: said }: HealthCheckOutcome,
  data: JsonObject | null,
): HealthCheckOutcome {
  const message = safeMessage(said, { credentials: data, webhook_secret: null })
  return { outcome, ...(message !== undefined && { message }) }
}

/** Writes what a test has shown; the row before and after. */
async function keep(
  { store, organizationId }: Pick<Parameters<Handler<'integrations.test'>>[0], 'store' | 'organizationId'>,
  tested: IntegrationRow,
  outcome: HealthCheckOutcome,
  { heals, at }: { readonly heals: boolean; readonly at: string },
): Promise<{ readonly before: IntegrationRow; readonly after: IntegrationRow }> {
  let before = tested
  const after = await rewrite(store.integrations, { organizationId, id: tested.id }, async (row) => {
    before = row
    // What was changed meanwhile is not what was tested.
    if (row.revision !== tested.revision) return undefined
    return { ...learn(row, outcome.outcome, at, { heals }), ...healthFields(outcome, row, at) }
  })
  if (after === undefined) throw integrationNotFound()
  return { before, after }
}

const toDetail = (outcome: HealthCheckOutcome, row: IntegrationRow) => ({
  success: outcome.outcome === 'passed',
  message: say(outcome, row),
})

const suggestions: Partial<Record<HealthCheckOutcome['outcome'], string[]>> = {
  unauthorized: ['send new `credentials`'],
  rate_limited: ['wait, then test again'],
  timeout: ['see whether `base_url` is right and the platform can be reached'],
}
