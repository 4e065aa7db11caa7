/** The secrets of one call, and how to take them out of texts that others wrote. */
export interface Secrets {
  /** Remembers a value; of lists and objects all texts and numbers in them, as far as they are long enough. */
  add(value: unknown, atLeast?: number): void
  /** The text without any of the secrets. */
  hide(text: string): string
}

export function createSecrets(): Secrets {
  const secrets = new Set<string>()
  let pattern: RegExp | undefined

  return {
    add(value, atLeast = 0) {
      for (const text of textsIn(value)) if (text.length >= atLeast) secrets.add(text)
      pattern = undefined
    },
    hide(text) {
      if (secrets.size === 0) return text
      pattern ??= patternOf(secrets)
      return text.replace(pattern, '[redacted]')
    },
  }
}

function* textsIn(value: unknown, seen = new Set<object>()): Generator<string> {
  if (typeof value === 'string' || typeof value === 'number') yield String(value)
  if (typeof value !== 'object' || value === null || seen.has(value)) return

  seen.add(value)
  for (const inner of Object.values(value)) yield* textsIn(inner, seen)
}

function patternOf(secrets: Iterable<string>): RegExp {
  const forms = new Set([...secrets].flatMap(formsOf).filter((form) => form !== ''))
  // The longest first: a secret inside another one must not leave the rest standing. Servers change case.
  const parts = [...forms].toSorted((a, b) => b.length - a.length).map(toPattern)
  return new RegExp(parts.join('|') || '(?!)', 'giu')
}

/** The ways in which a server may echo a value: trimmed, in JSON, in a Python text, in a URL, in Basic auth. */
function formsOf(secret: string): string[] {
  return [...new Set([secret, secret.trim()])].flatMap((text) => [
    text,
    JSON.stringify(text).slice(1, -1),
    text.replaceAll('\\', '\\\\').replaceAll("'", "\\'"),
    // A lone surrogate has no form in a URL; fetch would send the replacement character.
    encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\uFFFD')),
    toBase64(text),
  ])
}

const toBase64 = (text: string): string =>
  btoa(String.fromCharCode(...new TextEncoder().encode(text.slice(0, 10_000)))).replace(/=+$/, '')

// A port or a letter would make holes in every message; as a word of its own it is taken out all the same.
function toPattern(form: string): string {
  const escaped = form.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
  return form.length < 4 ? `(?<![\\p{L}\\p{N}_])${escaped}(?![\\p{L}\\p{N}_])` : escaped
}
