import type { IntegrationRow } from '../ports/rows.ts'

/**
 * What a platform said, when it can be shown. A message that quotes a value of the credentials or the webhook's secret is
 * not: neither as it stands, nor percent-encoded, escaped, in base64 (as in a quoted `Authorization: Basic …`), nor
 * eight characters of it. Every value counts, also an address or an account's name; rather a message too few.
 */
export function safeMessage(
  message: string | undefined,
  { credentials, webhook_secret }: Pick<IntegrationRow, 'credentials' | 'webhook_secret'>,
): string | undefined {
  const read = message?.slice(0, READ_AT_MOST).trim() ?? ''
  if (read === '') return undefined

  const secrets = [...valuesIn(credentials), ...valuesIn(webhook_secret)].flatMap(spellings)
  const texts = readings(read)
  const quoted = secrets.some((secret) => texts.some((text) => quotes(text, secret)))
  return quoted ? undefined : [...read].slice(0, SHOWN_AT_MOST).join('')
}

const READ_AT_MOST = 2000
const SHOWN_AT_MOST = 300
const PART = 8

function valuesIn(value: unknown): readonly string[] {
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(valuesIn)
  return typeof value === 'string' || typeof value === 'number' ? [String(value)] : []
}

const spellings = (secret: string): readonly string[] =>
  [secret.trim(), JSON.stringify(secret.trim()).slice(1, -1)].filter((text) => text !== '').map(fold)

/** The text, and what it says when it is decoded. */
function readings(text: string): readonly string[] {
  const encoded = text.match(/[\w+/-]{4,}/g) ?? []
  return [text, percentDecoded(text), ...encoded.map(base64Decoded)].map(fold)
}

const fold = (text: string): string => text.toLowerCase()

/** Half an escape is left as it is. */
const percentDecoded = (text: string): string =>
  text.replace(/(?:%[\da-f]{2})+/gi, (escapes) =>
    new TextDecoder().decode(Uint8Array.from(escapes.slice(1).split('%'), (byte) => Number.parseInt(byte, 16))),
  )

function base64Decoded(word: string): string {
  try {
    const bytes = atob(word.replaceAll('-', '+').replaceAll('_', '/'))
    return new TextDecoder().decode(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0)))
  } catch {
    // Most words are no base64.
    return ''
  }
}

function quotes(text: string, secret: string): boolean {
  if (secret.length <= PART) return text.includes(secret)
  for (let start = 0; start + PART <= secret.length; start++)
    if (text.includes(secret.slice(start, start + PART))) return true
  return false
}
