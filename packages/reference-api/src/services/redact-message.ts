import { createRedactor } from '@ai-ticket-creator/domain/internal'
import type { IntegrationRow } from '../ports/rows.ts'

/**
 * What a platform said, if it can be shown. A message that quotes a value of the credentials or the webhook's secret, or
 * eight characters of one, is not shown at all, in whatever encoding. Every value counts, also an address or the name of
 * an account: rather a message too few.
 */
export function redactMessage(
  message: string | undefined,
  { credentials, webhook_secret }: Pick<IntegrationRow, 'credentials' | 'webhook_secret'>,
): string | undefined {
  const read = message?.slice(0, READ_AT_MOST).trim() ?? ''
  if (read === '') return undefined

  const secrets = [...valuesIn(credentials), ...valuesIn(webhook_secret)]
  const quotesOne = createRedactor(secrets, { fragments: true }).redact(read) !== read
  return quotesOne ? undefined : [...read].slice(0, SHOWN_AT_MOST).join('')
}

const READ_AT_MOST = 2000
const SHOWN_AT_MOST = 300

function valuesIn(value: unknown): readonly string[] {
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(valuesIn)
  return typeof value === 'string' || typeof value === 'number' ? [String(value)] : []
}
