import { TestApiError } from '../../core/errors.ts'
import type { Fault } from './fault.ts'

/** The connection breaks before anything is done: the API never sees the request. */
export const connectionReset = (): Fault => ({
  name: 'resetConnection()',
  apply: async () => {
    throw brokenConnection()
  },
})

/** The call is run, its answer is lost: what it wrote is there, and the caller does not know. */
export const dropResponse = (): Fault => ({
  name: 'loseAnswer()',
  apply: async ({ next }) => {
    await next()
    throw brokenConnection()
  },
})

/** Something that waits, such as a `testClock`. */
export interface Sleeper {
  readonly wait: (milliseconds: number, signal?: AbortSignal) => Promise<void>
}

/**
 * The call is run at once, its answer comes late. It waits in real time, or by a clock that the test moves on:
 * `answerSlowly(60_000, api.clock)`, `api.clock.advance(60_000)`. A caller that gives up is let go at once.
 */
export function delayResponse(milliseconds: number, by: Sleeper = realTime): Fault {
  if (!(typeof milliseconds === 'number' && milliseconds >= 0))
    throw new RangeError('`answerSlowly` takes milliseconds, 0 or more')
  return {
    name: `answerSlowly(${milliseconds})`,
    apply: async ({ next, signal }) => {
      // Both at once: the wait begins with the request. What breaks the connection comes late as well.
      const answer = next()
      answer.catch(() => {})
      await by.wait(milliseconds, signal)
      return answer
    },
  }
}

const realTime: Sleeper = {
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
