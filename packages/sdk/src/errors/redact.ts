/** The secrets of one call, and how to take them out of texts that others wrote. */
export interface Secrets {
  /** Remembers a value; of lists and objects all texts and numbers in them, as far as they are long enough. */
  add(value: unknown, atLeast?: number): void
  /** The text without any of the secrets. */
  hide(text: string): string
}

export function createSecrets(): Secrets {
  const secrets = new Set<string>()
  let shortest = Number.POSITIVE_INFINITY
  let forms: readonly Form[] | undefined

  return {
    add(value, atLeast = 1) {
      for (const text of textsIn(value)) {
        if (text.length < atLeast) continue
        secrets.add(text)
        shortest = Math.min(shortest, lengthOf(text))
      }
      forms = undefined
    },
    hide(text) {
      // Most often the id of a reply beside a token: it is told with each reply, and the forms take a while to make.
      if (text.length < shortest) return text
      // The longest first: a secret inside another one must not leave the rest standing.
      forms ??= [...secrets].flatMap(formsOf).toSorted((a, b) => b.text.length - a.text.length)
      const found = forms.filter(occursIn(text))
      if (found.length === 0) return text
      return found.reduce((rest, form) => rest.replace(toPattern(form), MARK), text).replaceAll(MARK, '[redacted]')
    },
  }
}

// Stands for what was taken out as long as others are looked for, which may be a part of the word.
const MARK = '\u0000'

function textsIn(value: unknown, seen?: Set<object>): readonly string[] {
  if (typeof value === 'string' || typeof value === 'number') return [String(value)]
  if (typeof value !== 'object' || value === null || seen?.has(value)) return []

  const within = (seen ?? new Set()).add(value)
  return Object.values(value).flatMap((inner) => textsIn(inner, within))
}

/** A way in which a secret may be written. */
interface Form {
  readonly text: string
  /** Whether it is only the beginning: then all that follows is taken out as well. */
  readonly open: boolean
}

// A pattern of a long text would be refused as too large, and servers cut long texts themselves.
const LONG = 256

/** A length that no form of a secret falls short of: a surrogate that was cut in half is left out. */
const lengthOf = (secret: string): number => Math.min(secret.trim().length || secret.length, LONG - 1)

/** The ways in which a server may echo a value: trimmed, in JSON, in a Python text, in a URL, in Basic auth. */
function formsOf(secret: string): Form[] {
  const forms = [...new Set([secret, secret.trim()])].flatMap((whole) => {
    const open = whole.length > LONG
    const text = open ? whole.slice(0, LONG).replace(/[\uD800-\uDBFF]$/, '') : whole
    const dresses = [
      text,
      JSON.stringify(text).slice(1, -1),
      text.replaceAll('\\', '\\\\').replaceAll("'", "\\'"),
      // A lone surrogate has no form in a URL; fetch would send the replacement character.
      encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\uFFFD')),
      toBase64(text, open),
    ]
    return dresses.filter((dress) => dress !== '').map((dress) => ({ text: dress, open }))
  })
  return [...new Map(forms.map((form) => [form.text, form])).values()]
}

function toBase64(text: string, open: boolean): string {
  const bytes = new TextEncoder().encode(text)
  // Three bytes make four characters: those of the last bytes depend on what follows.
  const known = open ? bytes.subarray(0, bytes.length - (bytes.length % 3)) : bytes
  return btoa(String.fromCharCode(...known)).replace(/=+$/, '')
}

// Servers change case.
const occursIn = (text: string): ((form: Form) => boolean) => {
  const [lower, upper] = [text.toLowerCase(), text.toUpperCase()]
  return (form) => lower.includes(form.text.toLowerCase()) || upper.includes(form.text.toUpperCase())
}

// A port or a letter would make holes in every message; as a word of its own it is taken out all the same.
function toPattern({ text, open }: Form): RegExp {
  const escaped = text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
  const word = text.length < 4 ? `(?<![\\p{L}\\p{N}_])${escaped}(?![\\p{L}\\p{N}_])` : escaped
  return new RegExp(`${word}${open ? '[^]*' : ''}`, 'giu')
}
