import type { Budget } from '../../core/client-state.ts'

const FULL = 500
export function createBudget(): Budget {
  let left = FULL
  return {
    acquire(price) {
      if (price > left) return false
      left -= price
      return true
    },
    release(amount) {
      left = Math.min(FULL, left + amount)
    },
  }
}
