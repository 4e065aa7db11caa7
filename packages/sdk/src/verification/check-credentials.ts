import type { Integration as DomainIntegration, JsonObject } from '@ai-ticket-creator/domain'
import type { CallContext } from '../core/context.ts'
import type { WithResponse } from '../core/result.ts'
import { addSecretsOf } from '../errors/secret-fields.ts'
import { UnverifiableWriteError } from '../errors/write-errors.ts'
import { silentDrop } from './compare-echo.ts'

type Integration = Omit<DomainIntegration, 'enabled'>

// No reply shows them. The existing backend accepts both in a PUT and stores neither (existing backend: update an integration).
const SECRETS: readonly string[] = ['credentials', 'webhook_secret']

/**
 * Reads an integration before its secrets are changed: when its backend kept credentials is what confirms a write, and a
 * backend that does not tell confirms nothing. Undefined where there are no secrets, or nobody wants to know.
 *
 * @throws UnverifiableWriteError
 */
export async function readBeforeCredentialWrite(
  call: CallContext,
  id: string,
  body: JsonObject,
  retrieve: () => Promise<WithResponse<Integration>>,
): Promise<Integration | undefined> {
  const fields = SECRETS.filter((field) => Object.hasOwn(body, field))
  if (fields.length === 0) return undefined

  // They are no less secret before they are sent.
  addSecretsOf(body, call.secrets)
  const { data } = await retrieve()
  if (data.credentials_updated_at !== undefined) return data
  if (call.allowUnverified) return undefined
  throw new UnverifiableWriteError({ endpoint: 'integrations.update', fields, id })
}

/**
 * Holds the time at which credentials were kept against the one before.
 *
 * @throws SilentDropError
 */
export function assertCredentialsStored(
  call: CallContext,
  before: Integration,
  written: WithResponse<Integration>,
): void {
  const { credentials_updated_at: at, updated_at: now } = written.data
  // Another instance may have answered, one that does not tell.
  if (at === undefined && call.allowUnverified) return
  // Two writes may come in one millisecond; what was left alone is older than what was written with it.
  if (at === undefined || at === null || (at === before.credentials_updated_at && at !== now))
    throw silentDrop('integrations.update', ['credentials'], { id: written.data.id }, written)
  call.unverified.delete('credentials')
}
