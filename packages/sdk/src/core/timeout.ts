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

/**
 * Runs work until it ends, its time is over, or the outer signal aborts. Settles at that moment even if the work ignores its
 * signal.
 */
export async function within<T>(limit: TimeLimit, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const { ms, toError, signal: outer } = limit
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
    const timer = setTimeout(() => end(toError()), ms)
    outer?.addEventListener('abort', stop, { once: true })

    work(signal).finally(cleanUp).then(resolve, reject)
  })
}

/**
 * Runs work under a signal that aborts when the time is over or the outer signal aborts. The work must end when its signal
 * aborts. The reason of the abort is thrown, unless the work makes an error of it.
 */
export async function withDeadline<T>(limit: TimeLimit, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const { ms, toError, signal: outer } = limit
  outer?.throwIfAborted()

  const controller = new AbortController()
  const stop = (): void => controller.abort(outer?.reason)
  const timer = setTimeout(() => controller.abort(toError()), ms)
  outer?.addEventListener('abort', stop, { once: true })
  try {
    return await work(controller.signal)
  } finally {
    clearTimeout(timer)
    outer?.removeEventListener('abort', stop)
  }
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
