import type { JsonObject } from '@ai-ticket-creator/domain'
import type { WithResponse } from '../core/result.ts'
import type { Call } from '../core/run-call.ts'
import { UnverifiableWriteError } from '../errors/base.ts'
import { addSecretsOf } from '../errors/secret-fields.ts'
import type { Integration } from '../resources/types.ts'
import { dropped } from './compare-echo.ts'

// What no reply shows. The existing backend takes both with a PUT and stores neither (CONTRACT §2.2).
const SECRETS: readonly string[] = ['credentials', 'webhook_secret']

/**
 * Reads an integration before its secrets are changed: when its backend kept credentials is what confirms a write, and a
 * backend that does not tell confirms nothing. Undefined where there are no secrets, or nobody wants to know.
 *
 * @throws UnverifiableWriteError
 */
export async function beforeSecrets(
  call: Call,
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
export function checkKeptCredentials(call: Call, before: Integration, written: WithResponse<Integration>): void {
  const { credentials_updated_at: at, updated_at: now } = written.data
  // Another instance may have answered, one that does not tell.
  if (at === undefined && call.allowUnverified) return
  // Two writes may come in one millisecond; what was left alone is older than what was written with it.
  if (at === undefined || at === null || (at === before.credentials_updated_at && at !== now))
    throw dropped('integrations.update', ['credentials'], { id: written.data.id }, written)
  call.unverified.delete('credentials')
}
