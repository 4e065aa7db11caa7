import type { Needle } from './needles.ts'

/** From the first character of a find to behind its last. */
export type Range = readonly [start: number, end: number]

/**
 * Where a needle stands in a text: whole, cut off at one of `cuts`, or with a long beginning. `cuts`: where the text may
 * have been cut, each with the end of what the cut left incomplete.
 */
export function findNeedle(text: string, needle: Needle, cuts: ReadonlyMap<number, number>): readonly Range[] {
  if (needle.isWord) return findWord(text, needle.text)

  return findWhole(text, needle, cuts).map(([start, end]) => [
    start - sharedBefore(text, start, needle),
    end + sharedAfter(text, end, needle),
  ])
}

/** A secret is found in part from this length on. */
export const SHORTEST_PART = 8

// So many characters in a row are no coincidence: servers cut long values, and go on without an ellipsis.
const LONG = 32

const sharedBefore = (text: string, start: number, { sharesFirst }: Needle): number =>
  sharesFirst && /^[\w+/-]/.test(text.charAt(start - 1)) ? 1 : 0

const sharedAfter = (text: string, end: number, { sharesLast }: Needle): number =>
  sharesLast && /^[\w+/-]/.test(text.charAt(end)) ? 1 : 0

function findWord(text: string, word: string): readonly Range[] {
  const ranges: Range[] = []
  for (let start = text.indexOf(word); start >= 0; start = text.indexOf(word, start + 1)) {
    const end = start + word.length
    const neighbours = [text.slice(Math.max(0, start - 2), start), text.slice(end, end + 2)] as const
    if (!/[\p{L}\p{N}_]$/u.test(neighbours[0]) && !/^[\p{L}\p{N}_]/u.test(neighbours[1])) ranges.push([start, end])
  }
  return ranges
}

function findWhole(
  text: string,
  { text: needle, isOpen }: Needle,
  cuts: ReadonlyMap<number, number>,
): readonly Range[] {
  // The engine's own search is quick, and most needles are not there.
  const start = text.indexOf(needle.slice(0, SHORTEST_PART))
  if (start < 0) return []

  // Knuth, Morris and Pratt: how much of the needle ends at each place of the text. Linear, whatever both are made of.
  const borders = bordersOf(needle)
  const found: Range[] = []
  const cutOff: Range[] = []
  const begun = new Set<number>()
  let length = 0
  for (let place = start; place <= text.length; place += 1) {
    const begin = place - length
    const longer = place < text.length ? grow(needle, borders, length, text.charCodeAt(place)) : 0
    if (length === needle.length && isOpen) return [...found, [begin, text.length]]
    if (length === needle.length) begun.add(begin)
    if (length === needle.length || (length >= LONG && longer <= length)) addRange(found, begin, place)
    const cut = length >= SHORTEST_PART ? cuts.get(place) : undefined
    if (cut !== undefined) cutOff.push([begin, cut])
    length = longer
  }
  // Behind a whole needle there is no character that a cut left incomplete.
  return [...found, ...cutOff.filter(([begin]) => !begun.has(begin))]
}

function addRange(ranges: Range[], start: number, end: number): void {
  const last = ranges.at(-1)
  if (last !== undefined && start <= last[1]) ranges[ranges.length - 1] = [last[0], end]
  else ranges.push([start, end])
}

/** The length of the beginning of the needle that ends here, after one more character. */
function grow(needle: string, borders: readonly number[], length: number, character: number): number {
  let known = length
  while (known > 0 && (known === needle.length || needle.charCodeAt(known) !== character))
    known = borders[known - 1] ?? 0
  return needle.charCodeAt(known) === character ? known + 1 : 0
}

/** For each beginning of the needle: the length of its longest end that is a beginning too. */
function bordersOf(needle: string): readonly number[] {
  const borders = [0]
  for (let index = 1; index < needle.length; index += 1)
    borders.push(grow(needle, borders, borders[index - 1] ?? 0, needle.charCodeAt(index)))
  return borders
}

/** All parts of that length of some needles: see `findParts`. */
export const partsOf = (needles: readonly Needle[]): ReadonlySet<string> =>
  new Set(
    needles.flatMap(({ text }) =>
      Array.from({ length: Math.max(0, text.length - SHORTEST_PART + 1) }, (_, start) =>
        text.slice(start, start + SHORTEST_PART),
      ),
    ),
  )

/** Where any of the parts stands in a text. */
export function findParts(text: string, parts: ReadonlySet<string>): readonly Range[] {
  const ranges: Range[] = []
  for (let start = 0; start + SHORTEST_PART <= text.length; start += 1) {
    const end = start + SHORTEST_PART
    if (parts.has(text.slice(start, end))) addRange(ranges, start, end)
  }
  return ranges
}
