// setTimeout fires at once beyond 2^31 - 1.
const MAX_MS = 2147483647

/** The end of the error message for a value that is not a valid duration. */
export const MUST_BE_MS = `must be a number of milliseconds above 0 and at most ${MAX_MS} (24.8 days)`

/** Whether a value is a duration that a timer can wait for, or absent. */
export const isMs = (value: unknown): boolean =>
  value === undefined || (typeof value === 'number' && value > 0 && value <= MAX_MS)

/** The limits of a piece of work: a duration and a signal. */
export interface TimeLimit {
  readonly ms: number
  /** Makes the error that is thrown when the time is over. */
  readonly toError: () => Error
  /** Ends the work when it aborts; its reason is thrown unchanged. */
  readonly signal?: AbortSignal | undefined
}

/** Waits until the work ends or the signal aborts. An abort rejects with the signal's reason. */
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

/** Waits for a duration. An abort ends the wait at once and rejects with the signal's reason. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  try {
    await untilAborted(signal, () => new Promise<void>((resolve) => (timer = setTimeout(resolve, ms))))
  } finally {
    clearTimeout(timer)
  }
}
