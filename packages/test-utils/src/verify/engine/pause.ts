/** The pause after a 429 or an answer of a gateway. It applies to all requests of a run, because they share the limit. */
export interface Pause {
  /**
   * Waits until the pause is over.
   *
   * @throws PauseTooLongError when the pause lasts for more than another minute.
   */
  readonly wait: (signal: AbortSignal) => Promise<void>
  /** Extends the pause to this time from now. A longer pause stays as it is. */
  readonly extend: (milliseconds: number) => void
}

/** The backend asks for a pause of more than a minute. */
export class PauseTooLongError extends Error {}

const MAX_PAUSE_MS = 60_000

export function createPause(): Pause {
  let end = 0
  return {
    async wait(signal) {
      for (let left = end - performance.now(); left > 0; left = end - performance.now()) {
        if (left > MAX_PAUSE_MS)
          throw new PauseTooLongError(`the rate limit of the backend lasts for another ${Math.ceil(left / 1000)} s`)
        await sleep(left, signal)
      }
    },
    extend(milliseconds) {
      end = Math.max(end, performance.now() + milliseconds)
    },
  }
}

/**
 * Milliseconds to wait before the nth repeat: the `Retry-After` of the reply (seconds or a date). Without it, one second before
 * the first repeat, then twice as long each time.
 */
export function retryDelay(retryAfter: string | null, repeat: number): number {
  const text = retryAfter?.trim() ?? ''
  const delay = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now()
  return Number.isNaN(delay) ? 1000 * 2 ** (repeat - 1) : Math.max(0, delay)
}

function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(finish, milliseconds)
    const stop = (): void => {
      clearTimeout(timer)
      // The reason of an abort may be any value; by default it is an Error.
      reject(signal.reason as Error)
    }
    signal.addEventListener('abort', stop, { once: true })
    function finish(): void {
      signal.removeEventListener('abort', stop)
      resolve()
    }
  })
}
