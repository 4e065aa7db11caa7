import type { Slots } from '../core/client-state.ts'
import { untilAborted } from '../core/timeout.ts'

interface Waiting {
  readonly limit: number
  readonly start: () => void
}

/** Counts the requests under way. Those beyond the limit wait, the oldest first. */
export function createSlots(): Slots {
  const queue: Waiting[] = []
  let used = 0

  function leave(): void {
    used -= 1
    startNext()
  }

  function startNext(): void {
    const next = queue[0]
    if (next === undefined || used >= next.limit) return
    queue.shift()
    used += 1
    next.start()
    startNext()
  }

  return {
    async enter(limit, signal) {
      const { promise, resolve } = createPromise()
      const waiting = { limit, start: resolve }
      queue.push(waiting)
      startNext()
      try {
        await untilAborted(signal, () => promise)
        return leave
      } catch (error) {
        const place = queue.indexOf(waiting)
        // The request may have started in the same moment.
        if (place < 0) leave()
        else queue.splice(place, 1)
        throw error
      }
    },
  }
}

// `Promise.withResolvers` is newer than some runtimes.
function createPromise(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve: () => void = doNothing
  const promise = new Promise<void>((done) => {
    resolve = done
  })
  return { promise, resolve }
}

function doNothing(): void {}
