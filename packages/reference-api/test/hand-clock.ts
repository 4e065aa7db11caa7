import type { Clock } from '@ai-ticket-creator/reference-api'

/** A clock that only moves by hand. It starts at 2025-09-06T12:00:00Z. */
export function handClock(): { readonly clock: Clock; readonly pass: (milliseconds: number) => void } {
  let now = Date.parse('2025-09-06T12:00:00Z')
  return {
    clock: () => new Date(now),
    pass: (milliseconds) => {
      now += milliseconds
    },
  }
}
