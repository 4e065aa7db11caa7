import type { Chance } from './chance.ts'

/** A place where many calls are under way and one thing happens at a time, in an order that chance decides. */
export interface Turns {
  /** Counts what has happened. */
  readonly now: () => number
  /** Waits for its turn, then runs. */
  readonly take: <T>(work: () => T | Promise<T>) => Promise<T>
  /** Gives turns until a promise is settled; rejected with it. */
  readonly until: (settled: Promise<unknown>) => Promise<void>
}

export function createTurns({ number }: Chance): Turns {
  const waiting: (() => Promise<void>)[] = []
  let count = 0

  const take = async <T>(work: () => T | Promise<T>): Promise<T> => {
    const { promise: turn, resolve: begin } = Promise.withResolvers<void>()
    const { promise: over, resolve: end } = Promise.withResolvers<void>()
    waiting.push(() => {
      begin()
      return over
    })
    await turn
    count += 1
    try {
      return await work()
    } finally {
      end()
    }
  }

  async function until(settled: Promise<unknown>): Promise<void> {
    const state = { isOver: false }
    const end = (): void => {
      state.isOver = true
    }
    settled.then(end, end)
    while (!state.isOver) {
      await everybodyWaits()
      const [next] = waiting.splice(Math.floor(number() * waiting.length), 1)
      await next?.()
    }
    await settled
  }
  return { now: () => count, take, until }
}

// What a call does between two requests takes no time: it is done when the loop has come round.
async function everybodyWaits(): Promise<void> {
  for (let round = 0; round < 3; round += 1) await new Promise(setImmediate)
}
