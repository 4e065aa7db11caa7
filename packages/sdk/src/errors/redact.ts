import { createRedactor, type Redactor } from '@ai-ticket-creator/domain/internal'

/** The secrets of one call, and their removal from texts of the backend or the runtime. */
export interface Secrets {
  /** Adds a text, or every text and number inside a list or an object. Those shorter than `minLength` are skipped. */
  add(value: unknown, minLength?: number): void
  /** The text without any of the secrets. */
  hide(text: string): string
}

export function createSecrets(): Secrets {
  const secrets = new Set<string>()
  let redactor: Redactor | undefined

  return {
    add(value, minLength = 1) {
      for (const text of textsIn(value)) if (text.length >= minLength) secrets.add(text)
      redactor = undefined
    },
    hide(text) {
      redactor ??= redactorOf(secrets)
      return redactor.redact(text)
    },
  }
}

// Most calls have one secret, the token. Building a redactor takes a measurable part of a small call, so the last one is reused.
let lastRedactor: { readonly secret: string; readonly redactor: Redactor } | undefined

function redactorOf(secrets: ReadonlySet<string>): Redactor {
  const [secret] = secrets
  if (secret === undefined || secrets.size > 1) return createRedactor(secrets)
  if (lastRedactor?.secret !== secret) lastRedactor = { secret, redactor: createRedactor([secret]) }
  return lastRedactor.redactor
}

// A loop, because a recursion would overflow the stack on input that is nested very deep.
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  const texts: string[] = []
  const seen = new Set<object>()
  const pending = [value]
  while (pending.length > 0) {
    const next = pending.pop()
    if (typeof next === 'string' || typeof next === 'number') texts.push(String(next))
    if (typeof next !== 'object' || next === null || seen.has(next)) continue
    seen.add(next)
    for (const inner of Object.values(next)) pending.push(inner)
  }
  return texts
}
