import type { Backend } from '../core/client-state.ts'
import { createBudget } from '../transport/retry/budget.ts'
import { capabilitiesIn } from './capabilities.ts'
import { generationCacheOf } from './generation-cache.ts'

/** The state of the backend at an address. Its generation is shared by all clients with the same address and `fetch`. */
export function backendAt(root: string, fetch: object | undefined): Backend {
  let lastHeader: string | null | undefined
  let capabilities: readonly string[] = []

  return {
    generationCache: generationCacheOf(root, fetch),
    learn(status, headers) {
      const header = headers.get('API-Capabilities')
      // A gateway or a rate limiter in front of the service does not send its capabilities.
      if (header === null && (status >= 500 || status === 429 || status === 408)) return
      // Every reply has the header, so an equal one is not parsed again.
      if (header === lastHeader) return
      lastHeader = header
      capabilities = capabilitiesIn(headers)
    },
    get capabilities() {
      return capabilities
    },
    announces: (capability) => capabilities.includes(capability),
    budget: createBudget(),
  }
}
