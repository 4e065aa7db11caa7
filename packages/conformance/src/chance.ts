/** Choices that a seed decides. */
export interface Chance {
  /** From 0 to 1, without 1. */
  readonly number: () => number
  readonly pick: <T>(choices: readonly T[]) => T
}

/** The same seed, the same choices (mulberry32). */
export function createChance(seed: number): Chance {
  let state = seed
  const number = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const pick = <T>(choices: readonly T[]): T => {
    const [choice] = choices.slice(Math.floor(number() * choices.length))
    if (choice === undefined) throw new RangeError('there is nothing to choose from')
    return choice
  }
  return { number, pick }
}
