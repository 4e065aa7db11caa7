import { createRedactor } from '@ai-ticket-creator/domain/internal'
import type { IntegrationRow } from '../ports/rows.ts'
import { userInfoOf } from '../serializers/user-info.ts'

/**
 * A message of a platform, trimmed and shortened; undefined if it is empty or quotes a secret. Secrets are all values of the
 * credentials, the webhook secret, and the users and passwords in URLs. Eight characters of a secret are a quote, in any
 * encoding. Values such as account names count too: it is better to drop a harmless message than to show a secret.
 */
export function redactMessage(
  message: string | undefined,
  row: Pick<IntegrationRow, 'credentials' | 'webhook_secret' | 'base_url' | 'webhook_url'>,
): string | undefined {
  const read = message?.slice(0, MAX_READ).trim() ?? ''
  if (read === '') return undefined

  const secrets = [...valuesIn(row.credentials), ...valuesIn(row.webhook_secret), ...userInfoOf(row)]
  const isQuoted = createRedactor(secrets, { fragments: true }).redact(read) !== read
  return isQuoted ? undefined : [...read].slice(0, MAX_SHOWN).join('')
}

const MAX_READ = 2000
const MAX_SHOWN = 300

function valuesIn(value: unknown): readonly string[] {
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(valuesIn)
  return typeof value === 'string' || typeof value === 'number' ? [String(value)] : []
}
