import type { Integration, JsonObject } from '@ai-ticket-creator/domain'
import type { CallContext } from '../core/call-context.ts'
import type { WithResponse } from '../core/result.ts'
import { UnverifiableWriteError } from '../errors/write-errors.ts'
import { silentDrop } from './compare-echo.ts'

// No reply shows these fields. The existing backend accepts both in a PUT and stores neither (existing backend: update an
// integration).
const HIDDEN_FIELDS: readonly string[] = ['credentials', 'webhook_secret']

const isHiddenField = (field: string): boolean => HIDDEN_FIELDS.includes(field)

const hiddenFieldsIn = (body: JsonObject): string[] => Object.keys(body).filter(isHiddenField)

/** Whether an update has fields that no reply shows. */
export const hasHiddenFields = (body: JsonObject): boolean => hiddenFieldsIn(body).length > 0

/** What an integration shows of its credentials. */
type CredentialTimes = Pick<Integration, 'id' | 'updated_at' | 'credentials_updated_at'>

/**
 * Checks before a write that the backend can confirm the write: it shows the time of the last change of the credentials. Some
 * backends do not show that time.
 *
 * @throws UnverifiableWriteError unless `allowUnverified` is set.
 */
export function assertCredentialsVerifiable(call: CallContext, body: JsonObject, stored: CredentialTimes): void {
  const fields = hiddenFieldsIn(body)
  if (fields.length === 0 || stored.credentials_updated_at !== undefined || call.allowUnverified) return
  const alone = fields.length === Object.keys(body).length && call.state.backend.capabilities.length === 0
  throw new UnverifiableWriteError({ endpoint: 'integrations.update', fields, id: stored.id, alone })
}

/**
 * Checks that the credentials were stored: the time of their last change has moved.
 *
 * @throws SilentDropError
 */
export function assertCredentialsStored(
  call: CallContext,
  body: JsonObject,
  before: CredentialTimes,
  written: WithResponse<CredentialTimes>,
): void {
  if (!Object.hasOwn(body, 'credentials') || before.credentials_updated_at === undefined) return
  const { credentials_updated_at: at, updated_at: now } = written.data
  // Another instance, which does not show the time, may have answered.
  if (at === undefined && call.allowUnverified) return
  // Two writes may happen in one millisecond. Then the time is the same, and equal to `updated_at`.
  if (at === undefined || at === null || (at === before.credentials_updated_at && at !== now))
    throw silentDrop(
      { endpointId: 'integrations.update', body },
      ['credentials'],
      { ...written.data },
      written,
      notConfirmedMessage,
    )
  call.written.confirm('credentials')
}

const notConfirmedMessage = (fields: string): string =>
  `the backend accepted the write, but its reply does not show that it stored ${fields}`
