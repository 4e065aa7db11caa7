/** Returns the next number of a series, from 0 to below 1. */
export type Random = () => number

/** Random numbers (mulberry32). The same seed and series give the same numbers; the series of a seed are independent. */
export function createRandom(seed: number, series = 0): Random {
  // A prime near 2³² divided by the golden ratio spreads the series of a seed over all states.
  let state = scramble(scramble(seed) ^ Math.imul(series, 0x9e3779b1))
  return () => {
    state = (state + 0x6d2b79f5) | 0
    return scramble(state) / 2 ** 32
  }
}

/** UUIDs that start with the seed and count up: `00000001-0000-4000-8000-000000000001`. */
export function seededIds(seed: number): () => string {
  let last = 0
  const first = seed.toString(16).padStart(8, '0')
  return () => `${first}-0000-4000-8000-${String(++last).padStart(12, '0')}`
}

/** The mixing step of mulberry32. */
function scramble(number: number): number {
  const half = Math.imul(number ^ (number >>> 15), 1 | number)
  const mixed = (half + Math.imul(half ^ (half >>> 7), 61 | half)) ^ half
  return (mixed ^ (mixed >>> 14)) >>> 0
}
