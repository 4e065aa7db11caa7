import type { JsonObject } from '@ai-ticket-creator/domain'
import { checkUsable } from '@ai-ticket-creator/domain/internal'
import type { CallContext } from '../../core/call-context.ts'
import type { ApiError } from '../../errors/api-error.ts'
import { isApiError } from '../../errors/guards.ts'
import { IntegrationNotFoundError, IntegrationUnusableError } from '../../errors/integration-errors.ts'
import type { Integration } from '../result-types.ts'
import { retrieveIntegrationOr } from './retrieve.ts'

/**
 * The error for a ticket that was refused. Existing backends do not report whether the integration was the reason (existing
 * backend: error texts), so the integration is read.
 */
export async function explainRefusal(call: CallContext, body: JsonObject, error: unknown): Promise<unknown> {
  const { integration_id: id, create_externally: isFiled } = body
  const isUnexplained = isApiError(error) && [400, 500].includes(error.status)
  const isExistingBackend = call.state.backend.capabilities.length === 0
  if (!isUnexplained || !isExistingBackend || typeof id !== 'string' || isFiled === false) return error

  try {
    const integration = await retrieveIntegrationOr(call, id, () => undefined)
    return integration === undefined ? notFound(id, error) : (unusable(integration, error) ?? error)
  } catch {
    // The refusal itself is more useful than the failure of this read.
    return error
  }
}

const notFound = (id: string, { requestId }: ApiError): IntegrationNotFoundError =>
  new IntegrationNotFoundError('no integration has this `integration_id`', { id, requestId })

function unusable(integration: Integration, { requestId }: ApiError): IntegrationUnusableError | undefined {
  const { id, name: integrationName, enabled } = integration
  const usable = checkUsable(integration, 'name')
  if (usable.code === 'integration_unusable')
    return new IntegrationUnusableError(usable.message, { integrationName, id, reason: usable.reason, requestId })
  if (enabled !== false) return undefined
  const message = `integration ${id} is active but not enabled; enable it`
  return new IntegrationUnusableError(message, { integrationName, id, reason: 'inactive', requestId })
}
