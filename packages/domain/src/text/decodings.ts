import { DECODERS, type Decoder } from './decoders.ts'

/** A text with its escapes decoded. */
export interface Reading {
  readonly text: string
  /** For each character of `text`, and for its end, the place in the original text. Absent: the places are equal. */
  readonly places?: Uint32Array
}

/** The text itself, and the text decoded once and twice in each of the known ways. */
export function decodingsOf(text: string): readonly Reading[] {
  const readings: Reading[] = [{ text }]
  // Every escape begins with one of these characters.
  if (!/[%+\\&]/.test(text)) return readings

  const known = new Set([text])
  let last: readonly Reading[] = readings
  for (let depth = 0; depth < DEPTH; depth += 1) {
    last = last.flatMap(decodeOnce).filter(({ text: decoded }) => !known.has(decoded) && known.add(decoded))
    readings.push(...last)
  }
  return readings
}

// A value in a URL that is quoted in JSON is encoded twice.
const DEPTH = 2

const decodeOnce = (reading: Reading): readonly Reading[] =>
  DECODERS.filter(({ pattern }) => reading.text.search(pattern) >= 0).map((decoder) => decode(reading, decoder))

function decode({ text, places }: Reading, decoder: Decoder): Reading {
  const parts: string[] = []
  // A decoded text is never longer than its escapes.
  const newPlaces = new Uint32Array(text.length + 1)
  let length = 0
  let done = 0
  const place = (index: number): void => {
    newPlaces[length] = places?.[index] ?? index
    length += 1
  }
  const copy = (end: number): void => {
    parts.push(text.slice(done, end))
    for (; done < end; done += 1) place(done)
  }

  for (const { 0: found, index } of text.matchAll(decoder.pattern)) {
    copy(index)
    done = index + found.length
    const decoded = decoder.decode(found)
    parts.push(decoded)
    // The first unit of a decoded character stands for the whole escape.
    for (let unit = 0; unit < decoded.length; unit += 1) place(unit === 0 ? index : done)
  }
  copy(text.length)
  place(text.length)
  return { text: parts.join(''), places: newPlaces.subarray(0, length) }
}
