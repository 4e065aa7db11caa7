import { TestApiError } from '../../core/errors.ts'
import type { Fault } from './fault.ts'

/** The connection breaks before the request is executed. */
export const connectionReset = (): Fault => ({
  name: 'connectionReset()',
  apply: async () => {
    throw resetError()
  },
})

/** The connection breaks after the request is executed: its effects are stored, but the caller gets no response. */
export const dropResponse = (): Fault => ({
  name: 'dropResponse()',
  apply: async ({ next }) => {
    await next()
    throw resetError()
  },
})

/** A clock that can wait, such as a `testClock()`. */
export interface Sleeper {
  readonly wait: (milliseconds: number, signal?: AbortSignal) => Promise<void>
}

/**
 * The request is executed at once and the response is delayed, in real time or by a clock that the test advances:
 * `delayResponse(60_000, api.clock)`, then `api.clock.advance(60_000)`. An aborted request rejects at once.
 *
 * @throws RangeError for a negative number of milliseconds.
 */
export function delayResponse(milliseconds: number, sleeper: Sleeper = realTime): Fault {
  if (!(typeof milliseconds === 'number' && milliseconds >= 0))
    throw new RangeError('`delayResponse` takes milliseconds, 0 or more')
  return {
    name: `delayResponse(${milliseconds})`,
    apply: async ({ next, signal }) => {
      // The wait starts with the request, not with the response. An error is delayed as well.
      const response = next()
      response.catch(() => {})
      await sleeper.wait(milliseconds, signal)
      return response
    },
  }
}

const realTime: Sleeper = {
  wait: (milliseconds, signal) =>
    new Promise((resolve, reject) => {
      const abort = (): void => {
        clearTimeout(timer)
        reject(signal?.reason)
      }
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', abort)
        resolve()
      }, milliseconds)
      signal?.addEventListener('abort', abort)
      if (signal?.aborted === true) abort()
    }),
}

const resetError = (): TestApiError => new TestApiError('ECONNRESET', 'the connection was reset by a fault')
