import type { IntegrationTestResult } from '@ai-ticket-creator/domain'
import type { Handler } from '../call.ts'
import { toWire } from '../moment.ts'
import { integrationNotFound, Refusal } from '../refusal.ts'
import { rewrite } from '../rewrite.ts'
import { changeIntegration, findIntegration, move } from './change-integration.ts'

export const testIntegration: Handler<'integrations.test'> = async (call) => {
  const {
    test_types: kinds = ['connection', 'authentication'],
    test_data = null,
    auto_activate_on_success,
  } = await call.body()
  const tested = await findIntegration(call)
  call.expectVersion(tested.version)

  const details: Record<string, { success: boolean; message: string }> = {}
  for (const kind of kinds) {
    const { outcome } = await call.health(kind, tested, test_data)
    details[kind] = { success: outcome === 'passed', message: outcome }
  }
  const success = Object.values(details).every((detail) => detail.success)

  const about: Pick<IntegrationTestResult, 'previous_status' | 'new_status'> = {}
  const { version } = await changeIntegration(call, async (row, now) => {
    const moved =
      success && auto_activate_on_success !== false
        ? move({ ...row, effects: [] }, 'check_passed')
        : { status: row.status, enabled: row.enabled }
    Object.assign(about, { previous_status: row.status, new_status: moved.status })
    return {
      row: {
        ...row,
        status: moved.status,
        enabled: moved.enabled,
        last_health_check_at: toWire(now),
        health_check_status: success ? 'healthy' : 'unhealthy',
        consecutive_failures: success ? 0 : row.consecutive_failures + 1,
      },
      effects: [],
    }
  })
  return {
    reply: {
      test_type: kinds.join(', '),
      success,
      response_time_ms: 0,
      details,
      error_message: success ? null : 'a test did not pass',
      suggestions: null,
      activation_triggered: about.previous_status !== about.new_status,
      ...about,
    },
    version,
  }
}

export const syncIntegration: Handler<'integrations.sync'> = async (call) => {
  const body = await call.body()
  const integration = await findIntegration(call)
  call.expectVersion(integration.version)

  const started = call.clock()
  const outcome = await call.sync(body, integration)
  if (outcome.outcome === 'not_supported')
    throw new Refusal('not_supported', 'the platform of this integration can not be synchronised')

  const completed = toWire(call.clock())
  const dry = body.dry_run === true
  if (!dry) {
    const { organizationId, store } = call
    const after = await rewrite(store.integrations, { organizationId, id: integration.id }, async (row) => ({
      ...row,
      last_sync_at: completed,
    }))
    if (after === undefined) throw integrationNotFound()
  }
  return {
    reply: {
      sync_id: call.ids(),
      sync_type: body.sync_type,
      direction: body.direction ?? 'bidirectional',
      started_at: toWire(started),
      completed_at: completed,
      status: outcome.outcome,
      records_processed: outcome.processed,
      records_created: outcome.created,
      records_updated: outcome.updated,
      records_failed: outcome.failed,
      errors: [],
      dry_run: dry,
    },
  }
}

export const listIntegrationFields: Handler<'integrations.fields'> = async (call) => {
  const integration = await findIntegration(call)
  const all = await call.fields(integration)
  if (all === undefined)
    throw new Refusal('not_supported', 'the platform of this integration does not tell the fields of its tickets')

  const { field_type: type, search } = call.query
  const fields = all.filter(
    ({ custom, name }) =>
      (type !== 'custom' || custom === true) &&
      (type !== 'system' || custom !== true) &&
      (search === undefined || String(name).toLowerCase().includes(search.toLowerCase())),
  )
  return {
    reply: {
      integration_name: integration.name,
      integration_category: integration.integration_category,
      platform_name: integration.platform_name,
      total_fields: fields.length,
      fields: fields.map((field) => ({ ...field })),
    },
  }
}
