import { TestApiError } from '../../core/errors.ts'
import type { Fault } from './fault.ts'

/** The connection breaks before anything is done: the API never sees the request. */
export const resetConnection = (): Fault => ({
  name: 'resetConnection()',
  act: async () => {
    throw brokenConnection()
  },
})

/** The call is run, its answer is lost: what it wrote is there, and the caller does not know. */
export const loseAnswer = (): Fault => ({
  name: 'loseAnswer()',
  act: async ({ next }) => {
    await next()
    throw brokenConnection()
  },
})

/** Something that waits, such as a `testClock`. */
export interface Waits {
  readonly wait: (milliseconds: number, signal?: AbortSignal) => Promise<void>
}

/**
 * The call is run at once, its answer comes late. It waits in real time, or by a clock that the test moves on:
 * `answerSlowly(60_000, api.clock)`, `api.clock.advance(60_000)`. A caller that gives up is let go at once.
 */
export function answerSlowly(milliseconds: number, by: Waits = realTime): Fault {
  if (!(typeof milliseconds === 'number' && milliseconds >= 0))
    throw new RangeError('`answerSlowly` takes milliseconds, 0 or more')
  return {
    name: `answerSlowly(${milliseconds})`,
    act: async ({ next, signal }) => {
      // Both at once: the wait begins with the request. What breaks the connection comes late as well.
      const answer = next()
      answer.catch(() => {})
      await by.wait(milliseconds, signal)
      return answer
    },
  }
}

const realTime: Waits = {
  wait: (milliseconds, signal) =>
    new Promise((resolve, reject) => {
      const stop = (): void => {
        clearTimeout(timer)
        reject(signal?.reason)
      }
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', stop)
        resolve()
      }, milliseconds)
      signal?.addEventListener('abort', stop)
      if (signal?.aborted === true) stop()
    }),
}

const brokenConnection = (): TestApiError => new TestApiError('ECONNRESET', 'the connection was reset by a fault')
