import { toBase64, utf8 } from './bytes.ts'

/** One encoded form of a secret, in lower case. */
export interface Needle {
  readonly text: string
  /** Whether the needle matches only where no letter, digit or `_` is next to it. */
  readonly isWord: boolean
  /** Whether the needle is the beginning of a long secret: all text after a match counts as the rest of the secret. */
  readonly isOpen: boolean
  /** Whether the character before the needle encodes bits of the secret and of the text before the secret. */
  readonly sharesFirst: boolean
  /** Whether the character after the needle encodes bits of the secret and of the text after the secret. */
  readonly sharesLast: boolean
}

/** The forms of a secret to search for in a decoded text: as it is, in base64 and in hexadecimal. */
export function needlesOf(secret: string): readonly Needle[] {
  // Servers trim values, so the spaces around a secret need not match.
  const trimmed = secret.trim() || secret
  const isOpen = trimmed.length > LONGEST
  const text = isOpen ? trimmed.slice(0, LONGEST).replace(/[\uD800-\uDBFF]$/, '') : trimmed
  const bytes = spellingsOf(text).map(utf8)
  return [
    toNeedle(text, { isWord: text.length < SHORT }),
    ...bytes.flatMap(base64Needles).flatMap(inBothAlphabets),
    ...bytes.flatMap(hexNeedles),
  ].map((needle) => ({ ...needle, isOpen }))
}

// Shorter secrets match only as whole words: redacting a port or a letter everywhere would make messages unreadable.
const SHORT = 4

// Long enough to exclude coincidence; encoding longer texts costs time.
const LONGEST = 256

const toNeedle = (text: string, facts: Partial<Needle> = {}): Needle => ({
  text: fold(text),
  isWord: false,
  isOpen: false,
  sharesFirst: false,
  sharesLast: false,
  ...facts,
})

// The text that was encoded in base64 may itself be a JSON string or part of a URL.
const spellingsOf = (secret: string): readonly string[] => [
  ...new Set([
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret.replace(/\p{Surrogate}/gu, '\uFFFD')),
  ]),
]

/** Base64 writes three bytes as four characters, so a secret inside a longer text has three forms. */
function base64Needles(bytes: readonly number[]): readonly Needle[] {
  if (bytes.length < SHORT) return [toNeedle(toBase64(bytes), { isWord: true })]
  return [0, 1, 2].map((offset) => {
    const encoded = toBase64([...Array<number>(offset).fill(0), ...bytes])
    // The first and the last characters also depend on the bytes before and after the secret.
    const first = offset === 0 ? 0 : offset + 1
    const last = Math.floor(((offset + bytes.length) * 8) / 6)
    return toNeedle(encoded.slice(first, last), { sharesFirst: offset > 0, sharesLast: last < encoded.length })
  })
}

function inBothAlphabets(needle: Needle): readonly Needle[] {
  const urlSafe = needle.text.replaceAll('+', '-').replaceAll('/', '_')
  return urlSafe === needle.text ? [needle] : [needle, { ...needle, text: urlSafe }]
}

function hexNeedles(bytes: readonly number[]): readonly Needle[] {
  if (bytes.length < SHORT) return []
  const text = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return [toNeedle(text)]
}

/** The text in one case, with the same length: servers change case. */
export const fold = (text: string): string =>
  isAscii(text) ? text.toLowerCase() : text.replace(/[A-Z]+|[^\0-\x7f]/gu, foldPart)

const isAscii = (text: string): boolean => !/[^\0-\x7f]/.test(text)

function foldPart(part: string): string {
  // Letters that differ only in lower case, such as `ſ` and `s`, have one upper case.
  const folded = part.toUpperCase().toLowerCase()
  return folded.length === part.length ? folded : part
}
