import { createRedactor, isJsonObject, SECRET_FIELDS } from '@ai-ticket-creator/domain/internal'

const MARK = '[redacted]'

/** Removes secrets from what is recorded or reported: recordings end up in snapshots, reports in CI logs. */
export interface JsonRedactor {
  readonly text: (text: string) => string
  /** Redacts every string, also names of fields. Objects stay objects and lists stay lists. */
  readonly values: <T>(value: T) => T
}

/**
 * A redactor for tokens and for the secrets in `body`: the values in `credentials` and in every field whose name looks
 * secret. They are removed wherever they appear, in every encoding.
 */
export function createJsonRedactor(tokens: readonly string[], body?: unknown): JsonRedactor {
  const secrets = secretsIn(body, false).filter((secret) => secret.length >= SHORTEST_SECRET)
  const { redact } = createRedactor([...tokens, ...secrets], { mark: MARK })
  // `redactValue` preserves the shape of its argument.
  return { text: redact, values: <T>(value: T) => redactValue(value, false, redact) as T }
}

// A shorter secret of a body would match other texts by chance. It is redacted only in its own field.
const SHORTEST_SECRET = 6

// Free-form fields such as `notification_channels` may hold secrets under any name.
const isSecretName = (name: string): boolean =>
  SECRET_FIELDS.some((field) => field === name) ||
  /credential|secret|password|passwd|token|api_?key|private_?key|authorization|cookie|webhook_?url/i.test(name)

function redactValue(value: unknown, isSecret: boolean, redact: (text: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => redactValue(item, isSecret, redact))
  if (isJsonObject(value))
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [
        redact(name),
        redactValue(inner, isSecret || isSecretName(name), redact),
      ]),
    )
  if (isSecret && value !== null) return MARK
  return typeof value === 'string' ? withoutUserInfo(redact(value)) : value
}

/** The user and the password of a URL are removed in any field. */
const withoutUserInfo = (text: string): string => text.replace(/(\b[a-z][a-z\d+.-]*:\/\/)[^\s/?#@]+@/gi, `$1${MARK}@`)

function secretsIn(value: unknown, isSecret: boolean): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item) => secretsIn(item, isSecret))
  if (isJsonObject(value))
    return Object.entries(value).flatMap(([name, inner]) => secretsIn(inner, isSecret || isSecretName(name)))
  return isSecret && (typeof value === 'string' || typeof value === 'number') ? [String(value)] : []
}
