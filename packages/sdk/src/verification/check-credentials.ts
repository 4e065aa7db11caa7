import type { Integration, JsonObject } from '@ai-ticket-creator/domain'
import type { CallContext } from '../core/context.ts'
import type { WithResponse } from '../core/result.ts'
import { addSecretsOf } from '../errors/secret-fields.ts'
import { UnverifiableWriteError } from '../errors/write-errors.ts'
import { silentDrop } from './compare-echo.ts'

// No reply shows these. The existing backend accepts both in a PUT and stores neither (existing backend: update an integration).
const SECRET_FIELDS: readonly string[] = ['credentials', 'webhook_secret']

/** What an integration shows of its credentials. */
type CredentialTimes = Pick<Integration, 'id' | 'updated_at' | 'credentials_updated_at'>

/**
 * Reads an integration before its secrets are changed. The time of the last change of its credentials confirms the write;
 * a backend without it confirms nothing. Undefined where no secrets are sent, or `allowUnverified` is set.
 *
 * @throws UnverifiableWriteError
 */
export async function readBeforeCredentialWrite<T extends CredentialTimes>(
  call: CallContext,
  id: string,
  body: JsonObject,
  retrieve: () => Promise<WithResponse<T>>,
): Promise<T | undefined> {
  const fields = SECRET_FIELDS.filter((field) => Object.hasOwn(body, field))
  if (fields.length === 0) return undefined

  // An error of the read must not show them either.
  addSecretsOf(body, call.secrets)
  const { data } = await retrieve()
  if (data.credentials_updated_at !== undefined) return data
  if (call.allowUnverified) return undefined
  throw new UnverifiableWriteError({ endpoint: 'integrations.update', fields, id })
}

/**
 * Checks that the credentials were stored: the time of their last change has moved.
 *
 * @throws SilentDropError
 */
export function assertCredentialsStored(
  call: CallContext,
  before: CredentialTimes,
  written: WithResponse<CredentialTimes>,
): void {
  const { credentials_updated_at: at, updated_at: now } = written.data
  // Another instance, which does not show the time, may have answered.
  if (at === undefined && call.allowUnverified) return
  // Two writes may happen in one millisecond. Then the time is the same, and equal to `updated_at`.
  if (at === undefined || at === null || (at === before.credentials_updated_at && at !== now))
    throw silentDrop('integrations.update', ['credentials'], { id: written.data.id }, written)
  call.unverified.delete('credentials')
}
