/** When work has to end before it is done. */
export interface TimeLimit {
  readonly ms: number
  /** The error when the time is over. */
  readonly expired: () => Error
  /** Ends the work as well; its reason is thrown as it is. */
  readonly signal?: AbortSignal | undefined
}

/** Runs work until it is done, its time is over, or the outer signal aborts: also work that does not heed its signal. */
export async function within<T>(limit: TimeLimit, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const { ms, expired, signal: outer } = limit
  outer?.throwIfAborted()

  const controller = new AbortController()
  const { signal } = controller
  return new Promise((resolve, reject) => {
    const leave = (): void => {
      clearTimeout(timer)
      outer?.removeEventListener('abort', stop)
    }
    const end = (reason: unknown): void => {
      leave()
      controller.abort(reason)
      reject(signal.reason)
    }
    const stop = (): void => end(outer?.reason)
    const timer = setTimeout(() => end(expired()), ms)
    outer?.addEventListener('abort', stop, { once: true })

    work(signal).finally(leave).then(resolve, reject)
  })
}

/** Waits for work, or for the signal: then its reason is thrown as it is. */
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
