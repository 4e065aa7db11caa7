import type { IntegrationTestType, JsonObject } from '@ai-ticket-creator/domain'
import { REQUEST_DEFAULTS } from '@ai-ticket-creator/domain/internal'
import { integrationNotFound } from '../errors/problem-error.ts'
import type { Handler, HandlerCall, HandlerResult } from '../ports/handler.ts'
import type { HealthCheckOutcome } from '../ports/ports.ts'
import type { IntegrationRow } from '../ports/rows.ts'
import { toTimestamp } from '../serializers/timestamps.ts'
import { describeOutcome, healthFields, recordHealth, worstOf } from '../services/record-health.ts'
import { redactMessage } from '../services/redact-message.ts'
import { optimisticUpdate } from '../store/optimistic-update.ts'
import { findIntegration } from './change-integration.ts'

const defaults = REQUEST_DEFAULTS['integrations.test']

export const testIntegration: Handler<'integrations.test'> = async (call) => {
  const body = await call.body()
  const tested = await findIntegration(call)
  call.expectVersion(tested.revision)

  const started = call.clock()
  const outcomes = new Map<IntegrationTestType, HealthCheckOutcome>()
  const { test_types: kinds = defaults.test_types, test_data: data = null } = body
  for (const kind of kinds) outcomes.set(kind, redactTestData(await call.health(kind, tested, data), data))
  const ended = call.clock()

  const worst = worstOf([...outcomes.values()])
  const mayActivate = body.auto_activate_on_success ?? defaults.auto_activate_on_success
  const toResult = (before: IntegrationRow, after: IntegrationRow) => ({
    reply: {
      test_type: [...outcomes.keys()].join(', '),
      success: worst.outcome === 'passed',
      response_time_ms: ended.getTime() - started.getTime(),
      details: Object.fromEntries([...outcomes].map(([kind, outcome]) => [kind, toDetail(outcome, tested)])),
      error_message: worst.outcome === 'passed' ? null : describeOutcome(worst, tested),
      suggestions: suggestions[worst.outcome] ?? null,
      activation_triggered: before.status !== 'active' && after.status === 'active',
      previous_status: before.status,
      new_status: after.status,
    },
    version: after.revision,
  })
  return saveOutcome(call, tested, worst, { mayActivate, at: toTimestamp(ended) }, toResult)
}

/** Drops a message that quotes `test_data`, which may hold credentials (existing backend: test an integration). */
export function redactTestData(
  { outcome, message: original }: HealthCheckOutcome,
  data: JsonObject | null,
): HealthCheckOutcome {
  const message = redactMessage(original, {
    credentials: data,
    webhook_secret: null,
    base_url: null,
    webhook_url: null,
  })
  return { outcome, ...(message !== undefined && { message }) }
}

/** Stores the outcome of a test. `toResult` gets the row before the write and the row after it. */
async function saveOutcome<Result extends HandlerResult>(
  { store, organizationId, claim }: HandlerCall<'integrations.test'>,
  tested: IntegrationRow,
  outcome: HealthCheckOutcome,
  { mayActivate, at }: { readonly mayActivate: boolean; readonly at: string },
  toResult: (before: IntegrationRow, after: IntegrationRow) => Result,
): Promise<Result> {
  let before = tested
  const after = await optimisticUpdate(
    store.integrations,
    { organizationId, id: tested.id },
    async (row) => {
      before = row
      // If the row was changed during the test, the outcome is about the old settings and is not stored.
      if (row.revision !== tested.revision) return undefined
      return { ...recordHealth(row, outcome.outcome, at, { mayActivate }), ...healthFields(outcome, row, at) }
    },
    async (row) => claim?.completed(toResult(before, row)),
  )
  if (after === undefined) throw integrationNotFound()
  return toResult(before, after)
}

const toDetail = (outcome: HealthCheckOutcome, row: IntegrationRow) => ({
  success: outcome.outcome === 'passed',
  message: describeOutcome(outcome, row),
})

const suggestions: Partial<Record<HealthCheckOutcome['outcome'], string[]>> = {
  unauthorized: ['send new `credentials`'],
  rate_limited: ['wait, then test again'],
  timeout: ['check `base_url` and whether the platform can be reached'],
}
