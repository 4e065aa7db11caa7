import type { Backend, GenerationCache } from '../core/client-state.ts'
import { createBudget } from '../transport/retry/budget.ts'
import { capabilitiesIn } from './capabilities.ts'
import { generationCacheOf } from './generation-cache.ts'

function createBackend(memo: GenerationCache): Backend {
  let heard: string | null | undefined
  let capabilities: readonly string[] = []

  return {
    generationCache: memo,
    learn(status, headers) {
      const announced = headers.get('API-Capabilities')
      // A gateway or a limiter before the service has no say in what the service can do.
      if (announced === null && (status >= 500 || status === 429 || status === 408)) return
      // Said by each reply: it is read once.
      if (announced === heard) return
      heard = announced
      capabilities = capabilitiesIn(headers)
    },
    get capabilities() {
      return capabilities.filter((word) => word !== '')
    },
    announces: (capability) => capabilities.includes(capability),
    budget: createBudget(),
  }
}

/** The backend at a place, reached by a `fetch`. */
export const backendAt = (root: string, fetch: object | undefined): Backend =>
  createBackend(generationCacheOf(root, fetch))
