import { createRedactor, type Redactor } from '@ai-ticket-creator/domain/internal'

/** The secrets of one call, and how to take them out of texts that others wrote. */
export interface Secrets {
  /** Adds a value; of lists and objects all texts and numbers in them, as far as they are long enough. */
  add(value: unknown, atLeast?: number): void
  /** The text without any of the secrets. */
  hide(text: string): string
}

export function createSecrets(): Secrets {
  const secrets = new Set<string>()
  let redactor: Redactor | undefined

  return {
    add(value, atLeast = 1) {
      for (const text of textsIn(value)) if (text.length >= atLeast) secrets.add(text)
      redactor = undefined
    },
    hide(text) {
      redactor ??= createRedactor(secrets)
      return redactor.redact(text)
    },
  }
}

function textsIn(value: unknown, seen?: Set<object>): readonly string[] {
  if (typeof value === 'string' || typeof value === 'number') return [String(value)]
  if (typeof value !== 'object' || value === null || seen?.has(value)) return []

  const within = (seen ?? new Set()).add(value)
  return Object.values(value).flatMap((inner) => textsIn(inner, within))
}
