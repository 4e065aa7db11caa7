import type { Evidence } from '../core/client-state.ts'

/** What is known about the generation of a backend. */
export interface GenerationCache {
  /** The generation, from the first reply or OpenAPI document that showed it; undefined before that. */
  readonly evidence: (Evidence & { readonly learnedAt: Date }) | undefined
  /** True once a list reply did not show the generation: another list would not show it either. */
  probeInconclusive: boolean
  /** The probe under way. Concurrent first writes wait for the same one. */
  pendingProbe: Promise<void> | undefined
  /** Stores the evidence if its generation differs from the stored one. */
  record(evidence: Evidence): void
}

const caches = new WeakMap<object, Map<string, GenerationCache>>()

/**
 * The generation cache of a backend: one per address and `fetch` or `ky` in the process. The same address with another
 * `fetch` may be another backend, as in tests.
 */
export function generationCacheOf(root: string, given: object | undefined): GenerationCache {
  const key = given ?? globalThis.fetch
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
      // Most replies show the same generation. Only a change is stored.
      if (current?.generation === evidence.generation) return
      current = { ...evidence, learnedAt: new Date() }
    },
  }
}
