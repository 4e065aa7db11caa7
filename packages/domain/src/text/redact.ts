import { decodingsOf } from './decodings.ts'
import { findNeedle, findParts, partsOf, type Range, SHORTEST_PART } from './find-needle.ts'
import { fold, type Needle, needlesOf } from './needles.ts'

export interface RedactOptions {
  /** The replacement for a secret. Default: `[redacted]`. */
  readonly mark?: string
  /** Also remove any eight consecutive characters of a secret, wherever they occur. Default: false. */
  readonly fragments?: boolean
}

/** Removes secrets from texts. */
export interface Redactor {
  readonly redact: (text: string) => string
}

/**
 * Removes secrets from texts of other programs, in each encoding in which a message may quote them: as they are, in base64
 * (also of a longer text, such as `user:secret` in Basic authentication), hexadecimal, URL and form encoding, JSON,
 * JavaScript and HTML escapes, two of these on top of each other, in any case, and cut off at the end of the text or
 * before an ellipsis.
 *
 * Two forms are not found: a secret that was cut to fewer than eight characters, and a secret of fewer than four characters
 * inside a word or a longer encoded text. Redacting a port or a letter everywhere would make messages unreadable.
 */
export function createRedactor(secrets: Iterable<string>, options: RedactOptions = {}): Redactor {
  const { mark = '[redacted]', fragments = false } = options
  const all = [...new Set(secrets)].filter((secret) => secret !== '')
  const shortest = Math.min(SHORTEST_PART, ...all.map((secret) => secret.trim().length || secret.length))
  // Most texts are too short for a secret, so the encodings are prepared for the first text that is long enough.
  let needles: Needles | undefined

  return {
    redact(text) {
      if (all.length === 0 || text.length < shortest) return text
      needles ??= prepare(all, fragments)
      return cutOut(text, rangesIn(text, needles), mark)
    },
  }
}

interface Needles {
  readonly whole: readonly Needle[]
  readonly parts: ReadonlySet<string>
}

function prepare(secrets: readonly string[], fragments: boolean): Needles {
  const whole = secrets.flatMap(needlesOf)
  return { whole, parts: fragments ? partsOf(whole) : new Set() }
}

/** The ranges of a text that contain secrets, in any encoding. */
const rangesIn = (text: string, { whole, parts }: Needles): readonly Range[] =>
  decodingsOf(text).flatMap(({ text: decoded, places }) => {
    const folded = fold(decoded)
    const cuts = once(() => cutsOf(folded))
    const ranges = [
      ...whole.flatMap((needle) => findNeedle(folded, needle, cuts)),
      ...(parts.size === 0 ? [] : findParts(folded, parts)),
    ]
    return places === undefined ? ranges : ranges.map(([start, end]): Range => [places[start] ?? 0, places[end] ?? 0])
  })

/** Calls `make` at the first call only and keeps the result. Most texts contain no secret, so many results are never made. */
function once<T extends object>(make: () => T): () => T {
  let made: T | undefined
  return () => {
    made ??= make()
    return made
  }
}

/**
 * Where a text may have been cut: at its end, before an ellipsis and before `(truncated`. Key: the end of the last complete
 * character; value: the end of the escape or character that the cut left incomplete.
 */
function cutsOf(text: string): ReadonlyMap<number, number> {
  // A row of dots may begin with dots of the secret, so each of its first eight places may be the cut.
  const ends = [...text.matchAll(/…|(?<!\.{8})(?=\.{3})|[[(<]truncated/g)].map(({ index }) => index)
  return new Map(
    [...ends, text.length].flatMap((end) => {
      // No incomplete escape has more than 12 characters.
      const [partial = ''] = PARTIAL_ESCAPE.exec(text.slice(Math.max(0, end - 12), end)) ?? []
      return [...partial, ''].map((_, index) => [end - partial.length + index, end])
    }),
  )
}

// Incomplete escapes, bytes of incomplete UTF-8 characters and halves of surrogate pairs at the end of a text.
const PARTIAL_ESCAPE =
  /(?:%[\da-f]?|\\(?:u[\da-f]{0,3}|x[\da-f]?)?|&[#\w]{0,8}|[\xc2-\xf4][\x80-\xbf]{0,2}|[\uD800-\uDFFF\uFFFD])+$/

function cutOut(text: string, ranges: readonly Range[], mark: string): string {
  let result = ''
  let done = 0
  for (const [start, end] of ranges.toSorted(([a], [b]) => a - b)) {
    if (end <= done || end <= start) continue
    // Ranges that touch get one mark: they are one secret in several encodings, or secrets side by side.
    if (start > done || done === 0) result += text.slice(done, start) + mark
    done = end
  }
  return result + text.slice(done)
}
