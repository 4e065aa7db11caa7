import type { IntegrationRow } from '../ports/rows.ts'

/**
 * A message of a platform, or undefined when it quotes a value of the credentials or the webhook secret: as it is,
 * percent-encoded, escaped, in base64 (as in a quoted `Authorization: Basic …`), or eight characters of it. Every value
 * counts, also an address or an account name; it is better to drop a harmless message.
 */
export function redactMessage(
  message: string | undefined,
  { credentials, webhook_secret }: Pick<IntegrationRow, 'credentials' | 'webhook_secret'>,
): string | undefined {
  const read = message?.slice(0, MAX_READ).trim() ?? ''
  if (read === '') return undefined

  const secrets = [...valuesIn(credentials), ...valuesIn(webhook_secret)].flatMap(spellings)
  const texts = readings(read)
  const quoted = secrets.some((secret) => texts.some((text) => quotes(text, secret)))
  return quoted ? undefined : [...read].slice(0, MAX_SHOWN).join('')
}

const MAX_READ = 2000
const MAX_SHOWN = 300
const PART = 8

function valuesIn(value: unknown): readonly string[] {
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(valuesIn)
  return typeof value === 'string' || typeof value === 'number' ? [String(value)] : []
}

const spellings = (secret: string): readonly string[] =>
  [secret.trim(), JSON.stringify(secret.trim()).slice(1, -1)].filter((text) => text !== '').map(fold)

/** The text as it is, and decoded. */
function readings(text: string): readonly string[] {
  const encoded = text.match(/[\w+/-]{4,}/g) ?? []
  return [text, percentDecoded(text), ...encoded.map(base64Decoded)].map(fold)
}

const fold = (text: string): string => text.toLowerCase()

/** An incomplete escape stays as it is. */
const percentDecoded = (text: string): string =>
  text.replace(/(?:%[\da-f]{2})+/gi, (escapes) =>
    new TextDecoder().decode(Uint8Array.from(escapes.slice(1).split('%'), (byte) => Number.parseInt(byte, 16))),
  )

function base64Decoded(word: string): string {
  try {
    const bytes = atob(word.replaceAll('-', '+').replaceAll('_', '/'))
    return new TextDecoder().decode(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0)))
  } catch {
    // Most words are not base64.
    return ''
  }
}

function quotes(text: string, secret: string): boolean {
  if (secret.length <= PART) return text.includes(secret)
  for (let start = 0; start + PART <= secret.length; start++)
    if (text.includes(secret.slice(start, start + PART))) return true
  return false
}
