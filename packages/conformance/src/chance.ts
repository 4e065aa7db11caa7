import { createRandom } from '@ai-ticket-creator/test-utils'

/** Choices that a seed decides. */
export interface Chance {
  /** From 0 to 1, without 1. */
  readonly number: () => number
  readonly pick: <T>(choices: readonly T[]) => T
}

/** The same seed, the same choices. */
export function createChance(seed: number): Chance {
  const number = createRandom(seed)
  const pick = <T>(choices: readonly T[]): T => {
    const [choice] = choices.slice(Math.floor(number() * choices.length))
    if (choice === undefined) throw new RangeError('there is nothing to choose from')
    return choice
  }
  return { number, pick }
}
