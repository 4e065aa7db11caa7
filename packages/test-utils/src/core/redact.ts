import { isJsonObject } from '@ai-ticket-creator/domain/internal'

const HIDDEN = '[hidden]'

/** Takes secrets out of what is recorded, since records end up in snapshots. */
export interface Mask {
  readonly text: (text: string) => string
  readonly values: <T>(value: T) => T
}

/** A mask over the token and over the secrets of a body, for wherever they stand. */
export function createMask(token: string, body: unknown): Mask {
  const secrets = [token, ...secretsIn(body, false)].filter((secret) => secret.length >= LONG_ENOUGH)
  const text = (text: string): string =>
    secrets.reduce((rest, secret) => [secret, encodeURIComponent(secret)].reduce(cutOut, rest), text)
  // What is masked keeps its shape: objects stay objects, lists stay lists.
  return { text, values: <T>(value: T) => mask(value, false, text) as T }
}

// A shorter text is found in too many innocent ones; in its own place it is hidden all the same.
const LONG_ENOUGH = 6

const cutOut = (text: string, secret: string): string => text.replaceAll(secret, HIDDEN)

const isSecret = (name: string): boolean =>
  /credential|secret|password|passwd|token|api_?key|private_?key|authorization|cookie/i.test(name)

function mask(value: unknown, secret: boolean, text: (text: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => mask(item, secret, text))
  if (isJsonObject(value))
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [text(name), mask(inner, secret || isSecret(name), text)]),
    )
  if (secret && value !== null) return HIDDEN
  return typeof value === 'string' ? text(value) : value
}

function secretsIn(value: unknown, secret: boolean): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item) => secretsIn(item, secret))
  if (isJsonObject(value))
    return Object.entries(value).flatMap(([name, inner]) => secretsIn(inner, secret || isSecret(name)))
  return secret && (typeof value === 'string' || typeof value === 'number') ? [String(value)] : []
}
