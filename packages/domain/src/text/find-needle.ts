import type { Needle } from './needles.ts'

/** The start of a match and its end (exclusive). */
export type Range = readonly [start: number, end: number]

type Cuts = () => ReadonlyMap<number, number>

/**
 * Finds a needle in a text: the whole needle, a beginning of it that ends at one of `cuts`, or a beginning of at least 32
 * characters. `cuts` returns a map from each place where the text may have been cut to the end of the characters that the cut
 * left incomplete.
 */
export function findNeedle(text: string, needle: Needle, cuts: Cuts): readonly Range[] {
  if (needle.isWord) return findWord(text, needle.text)

  return findBeginnings(text, needle, cuts).map(([start, end]) => [
    start - sharedBefore(text, start, needle),
    end + sharedAfter(text, end, needle),
  ])
}

/** The shortest part of a secret that counts as a match. */
export const SHORTEST_PART = 8

// A beginning of this length counts as a match anywhere: servers shorten long values without an ellipsis, and a match this
// long is no coincidence.
const LONG = 32

/** 1 if the neighbouring character also encodes bits of the secret, otherwise 0. */
const sharedBefore = (text: string, start: number, { sharesFirst }: Needle): number =>
  sharesFirst && /^[\w+/-]/.test(text.charAt(start - 1)) ? 1 : 0

/** 1 if the neighbouring character also encodes bits of the secret, otherwise 0. */
const sharedAfter = (text: string, end: number, { sharesLast }: Needle): number =>
  sharesLast && /^[\w+/-]/.test(text.charAt(end)) ? 1 : 0

function findWord(text: string, word: string): readonly Range[] {
  const ranges: Range[] = []
  for (let start = text.indexOf(word); start >= 0; start = text.indexOf(word, start + 1)) {
    const end = start + word.length
    // Two code units, because a neighbouring letter may be a surrogate pair.
    const neighbours = [text.slice(Math.max(0, start - 2), start), text.slice(end, end + 2)] as const
    if (!/[\p{L}\p{N}_]$/u.test(neighbours[0]) && !/^[\p{L}\p{N}_]/u.test(neighbours[1])) ranges.push([start, end])
  }
  return ranges
}

function findBeginnings(text: string, { text: needle, isOpen }: Needle, cuts: Cuts): readonly Range[] {
  // `indexOf` is fast, and most texts do not contain the needle.
  const start = text.indexOf(needle.slice(0, SHORTEST_PART))
  if (start < 0) return []

  // Knuth-Morris-Pratt: at each place, the length of the longest beginning of the needle that ends there. Linear for every
  // text and needle.
  const borders = bordersOf(needle)
  const found: Range[] = []
  const cutOff: Range[] = []
  const wholeStarts = new Set<number>()
  let length = 0
  for (let place = start; place <= text.length; place += 1) {
    const begin = place - length
    const longer = place < text.length ? grow(needle, borders, length, text.charCodeAt(place)) : 0
    if (length === needle.length && isOpen) return [...found, [begin, text.length]]
    if (length === needle.length) wholeStarts.add(begin)
    if (length === needle.length || (length >= LONG && longer <= length)) addRange(found, begin, place)
    const cut = length >= SHORTEST_PART ? cuts().get(place) : undefined
    if (cut !== undefined) cutOff.push([begin, cut])
    length = longer
  }
  // Where a whole needle was found, nothing was cut off.
  return [...found, ...cutOff.filter(([begin]) => !wholeStarts.has(begin))]
}

function addRange(ranges: Range[], start: number, end: number): void {
  const last = ranges.at(-1)
  if (last !== undefined && start <= last[1]) ranges[ranges.length - 1] = [last[0], end]
  else ranges.push([start, end])
}

/**
 * The length of the longest beginning of the needle that ends with `character`. `length`: the length of the longest one that
 * ends just before `character`.
 */
function grow(needle: string, borders: readonly number[], length: number, character: number): number {
  let matched = length
  while (matched > 0 && (matched === needle.length || needle.charCodeAt(matched) !== character))
    matched = borders[matched - 1] ?? 0
  return needle.charCodeAt(matched) === character ? matched + 1 : 0
}

/** For each prefix of the needle: the length of its longest proper suffix that is also a prefix. */
function bordersOf(needle: string): readonly number[] {
  const borders = [0]
  for (let index = 1; index < needle.length; index += 1)
    borders.push(grow(needle, borders, borders[index - 1] ?? 0, needle.charCodeAt(index)))
  return borders
}

/** All substrings of SHORTEST_PART characters in the needles, for `findParts`. */
export const partsOf = (needles: readonly Needle[]): ReadonlySet<string> =>
  new Set(
    needles.flatMap(({ text }) =>
      Array.from({ length: Math.max(0, text.length - SHORTEST_PART + 1) }, (_, start) =>
        text.slice(start, start + SHORTEST_PART),
      ),
    ),
  )

/** The ranges of a text that consist of one or more of the parts. */
export function findParts(text: string, parts: ReadonlySet<string>): readonly Range[] {
  const ranges: Range[] = []
  for (let start = 0; start + SHORTEST_PART <= text.length; start += 1) {
    const end = start + SHORTEST_PART
    if (parts.has(text.slice(start, end))) addRange(ranges, start, end)
  }
  return ranges
}
