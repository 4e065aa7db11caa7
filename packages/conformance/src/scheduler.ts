import type { SeededRandom } from './seeded-random.ts'

/** Runs the steps of concurrent calls one at a time, in a random order that depends on a seed. */
export interface Scheduler {
  /** The number of steps so far. */
  readonly step: () => number
  /** Waits until the step is chosen, then runs it. */
  readonly run: <T>(work: () => T | Promise<T>) => Promise<T>
  /** Runs waiting steps until the promise settles. Rejects if the promise rejects. */
  readonly drainUntil: (promise: Promise<unknown>) => Promise<void>
}

export function createScheduler({ number }: SeededRandom): Scheduler {
  const waiting: (() => Promise<void>)[] = []
  let steps = 0

  const run = async <T>(work: () => T | Promise<T>): Promise<T> => {
    const { promise: chosen, resolve: choose } = Promise.withResolvers<void>()
    const { promise: ended, resolve: end } = Promise.withResolvers<void>()
    waiting.push(() => {
      choose()
      return ended
    })
    await chosen
    steps += 1
    try {
      return await work()
    } finally {
      end()
    }
  }

  async function drainUntil(promise: Promise<unknown>): Promise<void> {
    const state = { isSettled: false }
    const stop = (): void => {
      state.isSettled = true
    }
    promise.then(stop, stop)
    while (!state.isSettled) {
      await runMicrotasks()
      const [next] = waiting.splice(Math.floor(number() * waiting.length), 1)
      await next?.()
    }
    await promise
  }
  return { step: () => steps, run, drainUntil }
}

/** Waits until every call waits for its next step: between two steps a call runs only microtasks. */
async function runMicrotasks(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise(setImmediate)
}
