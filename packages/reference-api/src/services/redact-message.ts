import { createRedactor } from '@ai-ticket-creator/domain/internal'
import type { IntegrationRow } from '../ports/rows.ts'
import { userInfoOf } from '../serializers/user-info.ts'

/**
 * A message of a platform, or undefined when it quotes a value of the credentials, the webhook secret, or the user or the
 * password in a URL, or eight characters of one, in any encoding. Every value counts, also an address or an account name; it is better to drop a
 * harmless message.
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
