/** A clock that stands still until a test advances it. */
export interface TestClock {
  readonly now: () => Date
  /**
   * Advances the time and resolves the waits that end by then.
   *
   * @throws RangeError for a negative or infinite number.
   */
  readonly advance: (milliseconds: number) => void
  /** Resolves when the clock has advanced by this time; rejects with the reason of the signal when the signal is aborted. */
  readonly wait: (milliseconds: number, signal?: AbortSignal) => Promise<void>
  /** The number of pending waits. `advance` resolves only these, so a test can check first that another task waits. */
  readonly waiting: number
  /** Sets the clock back to its start and resolves every wait. */
  readonly reset: () => void
}

/**
 * A clock that stands at `start` until it is advanced: `clock.advance(60_000)`.
 *
 * @throws RangeError when `start` is not a time.
 */
export function testClock(start: string | Date = '2025-09-06T12:00:00Z'): TestClock {
  const startTime = new Date(start).getTime()
  if (Number.isNaN(startTime)) throw new RangeError('`start` must be a time, such as 2025-09-06T12:00:00Z')

  let time = startTime
  const waits = new Set<{ readonly until: number; readonly finish: () => void }>()
  const finishUntil = (until: number): void => {
    for (const wait of [...waits].toSorted((a, b) => a.until - b.until)) if (wait.until <= until) wait.finish()
  }

  return {
    now: () => new Date(time),
    advance(milliseconds) {
      if (!(milliseconds >= 0 && Number.isFinite(milliseconds)))
        throw new RangeError('`advance` takes milliseconds, 0 or more')
      time += milliseconds
      finishUntil(time)
    },
    wait: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        const wait = { until: time + milliseconds, finish }
        waits.add(wait)
        signal?.addEventListener('abort', abort)
        if (signal?.aborted === true) abort()

        function finish(): void {
          remove()
          resolve()
        }
        function abort(): void {
          remove()
          reject(signal?.reason)
        }
        function remove(): void {
          waits.delete(wait)
          signal?.removeEventListener('abort', abort)
        }
      }),
    get waiting() {
      return waits.size
    },
    reset() {
      time = startTime
      finishUntil(Number.POSITIVE_INFINITY)
    },
  }
}
