import type { Budget } from '../../core/client-state.ts'

const CAPACITY = 500

/** A token bucket that starts full. */
export function createBudget(): Budget {
  let left = CAPACITY
  return {
    acquire(cost) {
      if (cost > left) return false
      left -= cost
      return true
    },
    release(amount) {
      left = Math.min(CAPACITY, left + amount)
    },
  }
}
