import type { Capability } from '@ai-ticket-creator/domain'
import { capabilitiesIn } from '../core/capabilities.ts'
import type { Backend } from '../core/client-state.ts'
import { createBudget } from './retry/budget.ts'
import { createSlots } from './slots.ts'

// A deployment takes less time. While it runs, some processes may still ignore idempotency keys.
const KEY_SUPPORT_MS = 10 * 60_000

/** The state of a client for its backend, before the first reply. */
export function createBackend(): Backend {
  let lastHeader: string | null | undefined
  let capabilities: readonly string[] = []
  let lastWithoutKeys = Number.NEGATIVE_INFINITY
  const announces = (capability: Capability): boolean => capabilities.includes(capability)

  return {
    learn(status, headers) {
      const header = headers.get('API-Capabilities')
      // A gateway or a rate limiter in front of the service does not send its capabilities.
      if (header === null && (status >= 500 || status === 429 || status === 408)) return
      // Most replies have the same header, so an equal one is not parsed again.
      if (header !== lastHeader) capabilities = capabilitiesIn(headers)
      lastHeader = header
      if (!announces('idempotency-key')) lastWithoutKeys = performance.now()
    },
    get capabilities() {
      return capabilities
    },
    announces,
    hasRecognizedKeys: () => announces('idempotency-key') && performance.now() - lastWithoutKeys > KEY_SUPPORT_MS,
    budget: createBudget(),
    slots: createSlots(),
  }
}
