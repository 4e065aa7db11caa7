import type { JsonObject } from '@ai-ticket-creator/domain'
import { fieldNames } from '@ai-ticket-creator/domain/internal'
import type { CallContext } from '../../core/call-context.ts'
import { isEmpty } from '../../core/fields.ts'
import type { WithResponse } from '../../core/result.ts'
import { isInvalidRequestError, isSilentDropError } from '../../errors/guards.ts'
import { addSecretsOf } from '../../errors/secret-fields.ts'
import type { SilentDropError } from '../../errors/write-errors.ts'
import { request } from '../../request.ts'
import {
  assertCredentialsStored,
  assertCredentialsVerifiable,
  hasHiddenFields,
} from '../../verification/check-credentials.ts'
import { parseInput } from '../parse-input.ts'
import type { Integration } from '../result-types.ts'
import { retrieveStored } from './retrieve.ts'
import { sendStatus } from './set-status.ts'

type Stored = WithResponse<Integration>

/** Changes the settings of an integration by PUT, and then `enabled` by a second request, if the stored value differs. */
export async function updateIntegration(call: CallContext, id: string, changes: unknown): Promise<Stored> {
  const { body, stored: known } = await readChanges(call, id, changes)
  const { enabled, ...settings } = body
  // An error of the read below must not show the secrets of the changes.
  addSecretsOf(body, call.secrets)
  const stored = known ?? (needsStored(call, body) ? await retrieveStored(call, id) : undefined)

  if (typeof enabled !== 'boolean') return writeSettings(call, id, settings, stored)
  if (stored !== undefined && isEmpty(settings)) return applyEnabled(call, id, enabled, stored)

  // Existing backends do not move the status when PUT changes `enabled` (existing backend: status and enabled).
  const written = await writeSettings(call, id, settings, stored).catch(keepSilentDrop)
  const dropped = isSilentDropError(written) ? written : undefined
  const current = isSilentDropError(written) ? await retrieveStored(call, id) : written
  const result = await applyEnabled(call, id, enabled, current)
  if (dropped === undefined) return result

  call.written.addApplied(['enabled'])
  throw dropped
}

/** A field that the backend dropped does not stop the change of `enabled`; other errors do. */
function keepSilentDrop(error: unknown): SilentDropError {
  if (isSilentDropError(error)) return error
  throw error
}

// Read-only fields that were sent back are not written.
const writableFields = fieldNames('integrations.update', 'body')

/**
 * Whether the stored row is needed. With secrets, or with `enabled` alone, it decides what is written. A backend that
 * announces nothing may answer a PUT with 500 after it has saved: only a comparison with the row before shows what it saved.
 */
const needsStored = ({ state: { backend } }: CallContext, { enabled, ...settings }: JsonObject): boolean =>
  hasHiddenFields(settings) || (typeof enabled === 'boolean' && isEmpty(settings)) || backend.capabilities.length === 0

/**
 * Parses the changes. Old code flips `is_enabled` and sends the whole object back with the old `enabled`. Only the stored
 * row shows which of the two was changed.
 */
async function readChanges(
  call: CallContext,
  id: string,
  changes: unknown,
): Promise<{ readonly body: JsonObject; readonly stored?: Stored }> {
  try {
    return { body: parseInput(call, 'integrations.update', changes).body }
  } catch (error) {
    if (!isInvalidRequestError(error) || !error.issues.some(({ code }) => code === 'conflicting_fields')) throw error
    const stored = await retrieveStored(call, id)
    return { body: parseInput(call, 'integrations.update', changes, { stored: { ...stored.data } }).body, stored }
  }
}

async function writeSettings(
  call: CallContext,
  id: string,
  body: JsonObject,
  stored: Stored | undefined,
): Promise<Stored> {
  if (stored !== undefined) assertCredentialsVerifiable(call, body, stored.data)
  const before = stored === undefined ? {} : { stored: { ...stored.data } }
  const fields = Object.keys(body).filter((field) => writableFields.includes(field))
  try {
    const written = await request<Integration>(call, 'integrations.update', {
      params: { integration_id: id },
      body,
      ...before,
    })
    if (stored !== undefined) assertCredentialsStored(call, body, stored.data, written)
    call.written.addApplied(fields)
    return { ...written, unverified: call.written.unverified }
  } catch (error) {
    if (isSilentDropError(error)) call.written.addApplied(fields.filter((field) => !error.fields.includes(field)))
    throw error
  }
}

/** Changes `enabled` unless the stored integration has that value. */
async function applyEnabled(call: CallContext, id: string, enabled: boolean, stored: Stored): Promise<Stored> {
  return stored.data.enabled === enabled ? stored : sendStatus(call, id, { enabled }, stored)
}
