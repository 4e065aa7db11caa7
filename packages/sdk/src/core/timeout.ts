// setTimeout fires at once beyond 2^31 - 1.
const MAX_MS = 2147483647

/** The end of a message about a value that is none. */
export const MUST_BE_MS = `must be a number of milliseconds above 0 and at most ${MAX_MS} (24.8 days)`

/** Whether a value is a duration that a timer can wait for, or absent. */
export const isMs = (value: unknown): boolean =>
  value === undefined || (typeof value === 'number' && value > 0 && value <= MAX_MS)

/** When work is ended before it is complete. */
export interface TimeLimit {
  readonly ms: number
  /** Makes the error that is thrown when the time is over. */
  readonly expired: () => Error
  /** Ends the work as well; its reason is thrown unchanged. */
  readonly signal?: AbortSignal | undefined
}

/**
 * Runs work until it ends, its time is over, or the outer signal aborts. It returns then even if the work ignores its
 * signal.
 */
export async function within<T>(limit: TimeLimit, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const { ms, expired, signal: outer } = limit
  outer?.throwIfAborted()

  const controller = new AbortController()
  const { signal } = controller
  return new Promise((resolve, reject) => {
    const cleanUp = (): void => {
      clearTimeout(timer)
      outer?.removeEventListener('abort', stop)
    }
    const end = (reason: unknown): void => {
      cleanUp()
      controller.abort(reason)
      reject(signal.reason)
    }
    const stop = (): void => end(outer?.reason)
    const timer = setTimeout(() => end(expired()), ms)
    outer?.addEventListener('abort', stop, { once: true })

    work(signal).finally(cleanUp).then(resolve, reject)
  })
}

/** Waits for work, or for the signal: then its reason is thrown unchanged. */
export function untilAborted<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason)
    const stop = (): void => reject(signal.reason)
    signal.addEventListener('abort', stop, { once: true })
    work()
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', stop))
  })
}

/** Waits; ends at once when the signal aborts, with its reason. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  try {
    await untilAborted(signal, () => new Promise<void>((resolve) => (timer = setTimeout(resolve, ms))))
  } finally {
    clearTimeout(timer)
  }
}
