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

  const take = <T>(work: () => T | Promise<T>): Promise<T> =>
    new Promise((done, failed) => {
      waiting.push(async () => {
        count += 1
        await Promise.resolve().then(work).then(done, failed)
      })
    })

  async function until(settled: Promise<unknown>): Promise<void> {
    let over = false
    settled.then(
      () => (over = true),
      () => (over = true),
    )
    while (!over) {
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
