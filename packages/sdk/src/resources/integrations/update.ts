import { type JsonObject, UpdateIntegration } from '@ai-ticket-creator/domain'
import { fieldsOf } from '@ai-ticket-creator/domain/internal'
import type { CallContext } from '../../core/context.ts'
import type { WithResponse } from '../../core/result.ts'
import { isInvalidRequestError } from '../../errors/guards.ts'
import { request } from '../../request.ts'
import { assertCredentialsStored, readBeforeCredentialWrite } from '../../verification/check-credentials.ts'
import { type ParsedInput, parseInput } from '../parse-input.ts'
import type { Integration } from '../types.ts'
import { retrieveIntegration } from './retrieve.ts'
import { setStatus } from './set-status.ts'

/** Changes the settings of an integration by PUT, and `enabled` by a request of its own. */
export async function updateIntegration(
  call: CallContext,
  id: string,
  changes: unknown,
): Promise<WithResponse<Integration>> {
  const { enabled, ...settings } = (await readChanges(call, id, changes)).body
  const changesStatus = typeof enabled === 'boolean'

  // Existing backends do not move the status when PUT changes `enabled` (existing backend: status and enabled).
  const onlyStatus = changesStatus && Object.keys(settings).length === 0
  const updated = onlyStatus ? undefined : await writeSettings(call, id, settings)

  if (updated !== undefined && !changesStatus) return updated
  // Read-only fields that were sent back are not written.
  call.completed.applied = Object.keys(settings).filter((field) => writableFields.includes(field))
  return setStatus(call, id, { enabled })
}

const writableFields = fieldsOf(UpdateIntegration)

/**
 * Parses the changes. Old code flips `is_enabled` and sends the whole object back with the old `enabled`. Only the stored
 * row shows which of the two was changed.
 */
async function readChanges(call: CallContext, id: string, changes: unknown): Promise<ParsedInput> {
  try {
    return parseInput('integrations.update', changes)
  } catch (error) {
    if (!isInvalidRequestError(error) || !error.issues.some(({ code }) => code === 'conflicting_fields')) throw error
    const { data: stored } = await retrieveIntegration(call, id)
    return parseInput('integrations.update', changes, { stored: { ...stored } })
  }
}

async function writeSettings(call: CallContext, id: string, body: JsonObject): Promise<WithResponse<Integration>> {
  const before = await readBeforeCredentialWrite(call, id, body, () => retrieveIntegration(call, id))
  const written = await request<Integration>(call, 'integrations.update', { params: { integration_id: id }, body })
  if (before === undefined || !Object.hasOwn(body, 'credentials')) return written
  assertCredentialsStored(call, before, written)
  return { ...written, unverified: [...call.unverified] }
}
