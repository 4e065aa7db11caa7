import { createRandom } from '@ai-ticket-creator/test-utils'

/** Random numbers and choices that depend only on a seed. */
export interface SeededRandom {
  /** From 0 to below 1. */
  readonly number: () => number
  readonly pick: <T>(choices: readonly T[]) => T
}

export function createSeededRandom(seed: number): SeededRandom {
  const number = createRandom(seed)
  const pick = <T>(choices: readonly T[]): T => {
    const [choice] = choices.slice(Math.floor(number() * choices.length))
    if (choice === undefined) throw new RangeError('the list of choices is empty')
    return choice
  }
  return { number, pick }
}
