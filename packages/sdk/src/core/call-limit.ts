import type { TimeLimit } from './timeout.ts'

/** When a call ends at the latest: after its duration, or when its caller aborts. */
export interface CallLimit {
  /** When the time is over, by the clock of `performance`. */
  readonly deadline: number
  /** Whether the time is over or the caller has aborted. */
  readonly isOver: boolean
  /** Why the call ended: the error of the time limit, or the caller's reason. */
  readonly reason: unknown
  /** Aborts when the call ends. Created on first use: most calls need only the signals of their attempts. */
  readonly signal: AbortSignal
  /**
   * Runs an attempt until it ends, its own time is over, or the call ends. Settles at that moment even if the attempt ignores
   * its signal.
   */
  runAttempt<T>(attempt: Pick<TimeLimit, 'ms' | 'toError'>, work: (signal: AbortSignal) => Promise<T>): Promise<T>
  /** Removes timers and listeners. */
  release(): void
}

export function createCallLimit({ ms, toError, signal: caller }: TimeLimit): CallLimit {
  const deadline = performance.now() + ms
  let ended: { readonly reason: unknown } | undefined
  let controller: AbortController | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  const end = (reason: unknown): unknown => {
    ended ??= { reason }
    controller?.abort(ended.reason)
    return ended.reason
  }
  const stop = (): unknown => end(caller?.reason)
  const expire = (): unknown => (caller?.aborted === true ? stop() : end(toError()))

  return {
    deadline,
    get isOver() {
      return ended !== undefined || caller?.aborted === true
    },
    get reason() {
      return ended === undefined ? caller?.reason : ended.reason
    },
    get signal() {
      if (controller !== undefined) return controller.signal
      controller = new AbortController()
      if (ended !== undefined) controller.abort(ended.reason)
      else if (caller?.aborted === true) stop()
      else {
        timer = setTimeout(expire, deadline - performance.now())
        caller?.addEventListener('abort', stop, { once: true })
      }
      return controller.signal
    },
    async runAttempt(attempt, work) {
      const left = deadline - performance.now()
      // No timer fires while requests are answered within one turn of the event loop.
      if (ended === undefined && (left <= 0 || caller?.aborted === true)) expire()
      if (ended !== undefined) throw ended.reason
      // One timer for both limits.
      const limit = left <= attempt.ms ? { ms: left, toReason: expire } : { ms: attempt.ms, toReason: attempt.toError }
      return runUntil({ ...limit, caller, stop }, work)
    },
    release() {
      clearTimeout(timer)
      caller?.removeEventListener('abort', stop)
    },
  }
}

interface AttemptLimit {
  readonly ms: number
  /** Makes the error for the end of the time. */
  readonly toReason: () => unknown
  readonly caller: AbortSignal | undefined
  /** Called when the caller aborts; returns the reason. */
  readonly stop: () => unknown
}

function runUntil<T>(
  { ms, toReason, caller, stop }: AttemptLimit,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController()
  return new Promise((resolve, reject) => {
    const cleanUp = (): void => {
      clearTimeout(timer)
      caller?.removeEventListener('abort', onAbort)
    }
    const end = (reason: unknown): void => {
      cleanUp()
      controller.abort(reason)
      reject(reason)
    }
    const onAbort = (): void => end(stop())
    const timer = setTimeout(() => end(toReason()), ms)
    caller?.addEventListener('abort', onAbort, { once: true })

    work(controller.signal).finally(cleanUp).then(resolve, reject)
  })
}
