/** Ends requests that get no reply. All requests of a run share one timeout. */
export interface ResponseTimeout {
  /** Runs a request with a signal that aborts when the backend has been silent for too long. */
  readonly guard: <T>(request: (silence: AbortSignal) => Promise<T>) => Promise<T>
}

const TICKS = 100

/**
 * The limit is for a backend that does not answer, so it must not depend on the speed of this machine. Any reply restarts the
 * limit for all requests. Time during which this process is busy does not count, because no tick fires: replies that are
 * computed in this process, as over MSW, are never too late.
 */
export function createResponseTimeout(milliseconds: number): ResponseTimeout {
  const pending = new Set<AbortController>()
  let silentTicks = 0
  let timer: ReturnType<typeof setInterval> | undefined

  function tick(): void {
    silentTicks += 1
    if (silentTicks < TICKS) return
    for (const controller of pending) controller.abort()
    silentTicks = 0
  }

  async function guard<T>(request: (silence: AbortSignal) => Promise<T>): Promise<T> {
    const controller = new AbortController()
    if (pending.size === 0) {
      silentTicks = 0
      timer = setInterval(tick, milliseconds / TICKS)
    }
    pending.add(controller)
    try {
      return await request(controller.signal)
    } finally {
      pending.delete(controller)
      silentTicks = 0
      if (pending.size === 0) clearInterval(timer)
    }
  }

  return { guard }
}
