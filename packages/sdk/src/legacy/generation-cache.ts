import type { GenerationCache } from '../core/client-state.ts'

const caches = new WeakMap<object, Map<string, GenerationCache>>()

/**
 * The generation cache of a backend: one per address and `fetch` in the process. The same address with another `fetch` may
 * be another backend, as in tests.
 */
export function generationCacheOf(root: string, fetch: object | undefined): GenerationCache {
  const key = fetch ?? globalThis.fetch
  const byRoot = caches.get(key) ?? new Map<string, GenerationCache>()
  caches.set(key, byRoot)
  const cache = byRoot.get(root) ?? createCache()
  byRoot.set(root, cache)
  return cache
}

function createCache(): GenerationCache {
  let current: GenerationCache['evidence']
  return {
    get evidence() {
      return current
    },
    probeInconclusive: false,
    pendingProbe: undefined,
    record(evidence) {
      // Every reply shows the generation; only a change is recorded.
      if (current?.generation === evidence.generation) return
      current = { ...evidence, learnedAt: new Date() }
    },
  }
}
