/** A number from 0 to below 1, the next of a series. */
export type Random = () => number

/** A series of numbers that a seed repeats (mulberry32). `series` tells several of one seed apart. */
export function createRandom(seed: number, series: number): Random {
  let state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) + Math.imul(series + 1, 0x6d2b79f5)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** UUIDs that count up and begin with the seed: `00000001-0000-4000-8000-000000000001`. */
export function seededIds(seed: number): () => string {
  let last = 0
  const first = seed.toString(16).padStart(8, '0')
  return () => `${first}-0000-4000-8000-${String(++last).padStart(12, '0')}`
}
