import { REQUEST_DEFAULTS } from '@ai-ticket-creator/domain/internal'
import { integrationNotFound, ProblemError } from '../errors/problem-error.ts'
import type { Handler } from '../ports/handler.ts'
import { toTimestamp } from '../serializers/timestamps.ts'
import { redactMessage } from '../services/redact-message.ts'
import { optimisticUpdate } from '../store/optimistic-update.ts'
import { findIntegration } from './change-integration.ts'

const defaults = REQUEST_DEFAULTS['integrations.sync']
const GENERIC_ERROR = 'a record could not be synchronized'

export const syncIntegration: Handler<'integrations.sync'> = async (call) => {
  const body = await call.body()
  const integration = await findIntegration(call)
  call.expectVersion(integration.revision)

  const started = call.clock()
  const outcome = await call.sync(body, integration)
  if (outcome.outcome === 'not_supported')
    throw new ProblemError('not_supported', 'the platform of this integration does not support synchronization')

  const completed = outcome.outcome === 'completed' ? toTimestamp(call.clock()) : null
  const isDryRun = body.dry_run ?? defaults.dry_run
  const result = {
    reply: {
      sync_id: call.newId(),
      sync_type: body.sync_type,
      direction: body.direction ?? defaults.direction,
      started_at: toTimestamp(started),
      completed_at: completed,
      status: outcome.outcome,
      records_processed: outcome.processed,
      records_created: outcome.created,
      records_updated: outcome.updated,
      records_failed: outcome.failed,
      errors: (outcome.errors ?? []).map((error) => ({ message: redactMessage(error, integration) ?? GENERIC_ERROR })),
      dry_run: isDryRun,
    },
  }
  if (completed === null || isDryRun) return result

  const after = await optimisticUpdate(
    call.store.integrations,
    { organizationId: call.organizationId, id: integration.id },
    async (row) => ({ ...row, last_sync_at: completed }),
    // Stored with the row, so that a repeat of the request gets the same reply.
    async () => call.claim?.completed(result),
  )
  if (after === undefined) throw integrationNotFound()
  return result
}

export const listIntegrationFields: Handler<'integrations.fields'> = async (call) => {
  const integration = await findIntegration(call)
  const all = await call.fields(integration)
  if (all === undefined)
    throw new ProblemError('not_supported', 'the platform of this integration does not list the fields of its tickets')

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
