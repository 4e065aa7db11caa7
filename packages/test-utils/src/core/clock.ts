/** A clock that stands still until a test moves it. */
export interface TestClock {
  /** The time now. */
  readonly now: () => Date
  /** Moves the time on; whoever waits for a moment that has come goes on. */
  readonly advance: (milliseconds: number) => void
  /** Resolves when the clock has been moved on that far; rejects with the signal's reason. */
  readonly wait: (milliseconds: number, signal?: AbortSignal) => Promise<void>
  /** How many wait now: a test that moves the time on for somebody asks first whether they wait. */
  readonly waiting: number
  /** Back to the start. Nobody waits any longer. */
  readonly reset: () => void
}

/**
 * A clock that stands at `start` until it is moved: `clock.advance(60_000)`.
 *
 * @throws RangeError when `start` is not a time.
 */
export function testClock(start: string | Date = '2025-09-06T12:00:00Z'): TestClock {
  const beginning = new Date(start).getTime()
  if (Number.isNaN(beginning)) throw new RangeError('`start` must be a time, such as 2025-09-06T12:00:00Z')

  let time = beginning
  const waiting = new Set<{ readonly until: number; readonly go: () => void }>()
  const release = (until: number): void => {
    for (const one of [...waiting].toSorted((a, b) => a.until - b.until)) if (one.until <= until) one.go()
  }

  return {
    now: () => new Date(time),
    advance(milliseconds) {
      if (!(milliseconds >= 0 && Number.isFinite(milliseconds)))
        throw new RangeError('`advance` takes milliseconds, 0 or more: the time does not run backwards')
      time += milliseconds
      release(time)
    },
    wait: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        const one = { until: time + milliseconds, go }
        waiting.add(one)
        signal?.addEventListener('abort', stop)
        if (signal?.aborted === true) stop()

        function go(): void {
          leave()
          resolve()
        }
        function stop(): void {
          leave()
          reject(signal?.reason)
        }
        function leave(): void {
          waiting.delete(one)
          signal?.removeEventListener('abort', stop)
        }
      }),
    get waiting() {
      return waiting.size
    },
    reset() {
      time = beginning
      release(Number.POSITIVE_INFINITY)
    },
  }
}
