import type { IntegrationTestResult, IntegrationTestType } from '@ai-ticket-creator/domain'
import { integrationNotFound } from '../../errors/problem-error.ts'
import { RawFailureError } from '../../errors/raw-failure.ts'
import { changeIntegration, findIntegration } from '../../handlers/change-integration.ts'
import { redactTestData } from '../../handlers/integration-test.ts'
import type { HandlerCall, HandlerResult } from '../../ports/handler.ts'
import type { HealthCheckOutcome } from '../../ports/ports.ts'
import type { IntegrationRow } from '../../ports/rows.ts'
import { toTimestamp } from '../../serializers/timestamps.ts'
import { nothingDue } from '../../services/apply-transition.ts'
import { describeOutcome, worstOf } from '../../services/record-health.ts'
import { optimisticUpdate } from '../../store/optimistic-update.ts'
import { onIssues } from '../hook-builders.ts'
import { ALL, BEFORE_LATEST, CURRENT, LATEST, type Row } from '../hooks.ts'
import { routeFailure } from '../messages.ts'

/** POST /integrations/{integration_id}/test, /sync and /activate, GET …/fields, and background tasks. */
export const integrationActions: readonly Row[] = [
  {
    id: 'active-is-shadowed',
    profiles: ALL,
    source: 'active-integrations',
    summary: 'GET /integrations/active matches the route of one integration: 422, because `active` is not a UUID.',
    removedRoutes: ['integrations.listActive'],
  },
  {
    id: 'sync-always-fails',
    profiles: ALL,
    source: 'sync-activate-and-delete-an-integration',
    assumed: true,
    summary: 'POST …/sync answers 500 and does nothing.',
    handlers: {
      'integrations.sync': async (call) => {
        await call.body()
        await findIntegration(call)
        throw routeFailure('integrations.sync', 'it reads an attribute that is gone')
      },
    },
  },
  {
    id: 'activate-only-from-pending',
    profiles: ALL,
    source: 'sync-activate-and-delete-an-integration',
    assumed: true,
    summary: 'POST …/activate accepts only a `pending` integration, else 400; no check becomes due.',
    handlers: {
      'integrations.activate': async (call) => {
        const { reply } = await changeIntegration(call, async (row) => {
          if (row.status === 'pending') return { ...row, status: 'active', enabled: true, ...nothingDue }
          throw new RawFailureError(400, `Integration status is ${row.status}, can only activate PENDING integrations`)
        })
        return {
          reply: {
            message: 'Integration activated successfully',
            integration_id: reply.id,
            integration_name: reply.name,
            previous_status: 'pending',
            new_status: 'active',
            activation_method: 'manual',
          },
        }
      },
    },
  },
  {
    id: 'fields-of-jira-only',
    profiles: ALL,
    source: 'fields-of-an-integration',
    assumed: true,
    summary: 'GET …/fields of a platform other than jira is a 400 with a text.',
    note: 'The text is not recorded.',
    handlers: {
      'integrations.fields': async (call, next) => {
        const { platform_name: platform } = await findIntegration(call)
        if (platform === 'jira') return next(call)
        throw new RawFailureError(400, 'Fields are only available for jira integrations')
      },
    },
  },
  {
    id: 'test-types-may-be-empty',
    profiles: ALL,
    source: 'test-an-integration',
    assumed: true,
    summary: 'A test with an empty `test_types` passes.',
    issues: onIssues(['integrations.test'], (issues) => issues.filter(({ type }) => type !== 'too_short')),
  },
  {
    id: 'test-of-jira-only',
    profiles: ALL,
    source: 'test-an-integration',
    assumed: true,
    summary:
      'A test of a platform other than `jira` in exact case, or without `base_url`, never passes: 200 with `success: false`, no details and the reason in `error_message`.',
    note: 'The text about `base_url` is not recorded.',
    handlers: {
      'integrations.test': async (call, next) => {
        const { test_types: types = DEFAULT_TYPES } = await call.body()
        const { platform_name: platform, base_url: url } = await findIntegration(call)
        if (platform !== 'jira') return testNotStarted(types, `Unsupported integration type: ${platform}`)
        return (url ?? '') === '' ? testNotStarted(types, 'base_url is required for JIRA integrations') : next(call)
      },
    },
  },
  {
    id: 'test-reply-is-sparse',
    profiles: ALL,
    source: 'test-an-integration',
    assumed: true,
    summary: 'The result of a test always has `response_time_ms: 0` and `suggestions: null`.',
    handlers: {
      'integrations.test': async (call, next) => {
        const { reply } = await next(call)
        return { reply: { ...reply, response_time_ms: 0, suggestions: null } }
      },
    },
  },
  {
    id: 'test-data-for-new-tickets-only',
    profiles: BEFORE_LATEST,
    source: 'test-an-integration',
    assumed: true,
    summary: '`test_data` is used for `create_ticket` only.',
    handlers: { 'integrations.test': (call, next) => next(withDataFor(call, ['create_ticket'])) },
  },
  {
    id: 'test-data-for-projects-and-new-tickets-only',
    profiles: LATEST,
    source: 'test-an-integration',
    summary: '`test_data` is used for `project_access` and `create_ticket` only.',
    handlers: { 'integrations.test': (call, next) => next(withDataFor(call, ['project_access', 'create_ticket'])) },
  },
  {
    id: 'test-moves-pending-only',
    profiles: ALL,
    source: 'status-and-enabled',
    assumed: true,
    summary:
      'A passed test activates a `pending` integration and changes no other status. A failed test changes no status and no count, and its message is not stored.',
    handlers: { 'integrations.test': (call) => runTest(call) },
  },
  {
    id: 'no-checks-by-themselves',
    profiles: ALL,
    source: 'missing-protocol-features',
    assumed: true,
    summary: 'No health check runs by itself: `runDueChecks` does nothing.',
    runsHealthChecks: false,
  },
  {
    id: 'old-errors-are-cleaned-up',
    profiles: CURRENT,
    source: 'status-and-enabled',
    summary: 'A background task makes integrations that were in `error` for a long time `inactive`; they stay enabled.',
    notReproduced:
      'When it runs, and after what time in `error`, is not recorded. To test this case, put an inactive, enabled row into the store.',
  },
]

const DEFAULT_TYPES: readonly IntegrationTestType[] = ['connection', 'authentication']

type TestCall = HandlerCall<'integrations.test'>

const testNotStarted = (types: readonly string[], reason: string): HandlerResult<IntegrationTestResult> => ({
  reply: {
    test_type: types.join(', '),
    success: false,
    response_time_ms: 0,
    details: {},
    error_message: reason,
    suggestions: null,
    activation_triggered: null,
    previous_status: null,
    new_status: null,
  },
})

const withDataFor = (call: TestCall, kinds: readonly IntegrationTestType[]): TestCall => ({
  ...call,
  health: (kind, row, data) => call.health(kind, row, kinds.some((one) => one === kind) ? data : null),
})

async function runTest(call: TestCall): Promise<HandlerResult<IntegrationTestResult>> {
  const {
    test_types: types = DEFAULT_TYPES,
    test_data: data = null,
    auto_activate_on_success: mayActivate = true,
  } = await call.body()
  const tested = await findIntegration(call)

  const started = call.clock()
  const outcomes = new Map<IntegrationTestType, HealthCheckOutcome>()
  for (const kind of types) outcomes.set(kind, redactTestData(await call.health(kind, tested, data), data))
  const worst = worstOf([...outcomes.values()])
  const success = worst.outcome === 'passed'

  const ended = call.clock()
  const activates = success && mayActivate && tested.status === 'pending'
  const key = { organizationId: call.organizationId, id: tested.id }
  const after = await optimisticUpdate(call.store.integrations, key, async (row) => ({
    ...row,
    ...afterTest(success, toTimestamp(ended)),
    ...(activates && ({ status: 'active', enabled: true, updated_at: toTimestamp(ended) } as const)),
  }))
  if (after === undefined) throw integrationNotFound()
  return {
    reply: {
      test_type: types.join(', '),
      success,
      response_time_ms: ended.getTime() - started.getTime(),
      details: Object.fromEntries(
        [...outcomes].map(([kind, outcome]) => [
          kind,
          { success: outcome.outcome === 'passed', message: describeOutcome(outcome, tested) },
        ]),
      ),
      error_message: success ? null : describeOutcome(worst, tested),
      suggestions: null,
      activation_triggered: activates,
      previous_status: tested.status,
      new_status: after.status,
    },
  }
}

const afterTest = (success: boolean, at: string): Partial<IntegrationRow> => ({
  last_health_check_at: at,
  health_check_status: success ? 'healthy' : 'unhealthy',
  health_check_error: null,
  ...(success && { consecutive_failures: 0 }),
})
