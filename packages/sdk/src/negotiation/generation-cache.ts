import type { GenerationCache } from '../core/client-state.ts'

function createMemo(): GenerationCache {
  let known: GenerationCache['evidence']
  return {
    get evidence() {
      return known
    },
    probeInconclusive: false,
    pendingProbe: undefined,
    record(evidence) {
      // Said by each reply: it is learned once.
      if (known?.generation === evidence.generation) return
      known = { ...evidence, learnedAt: new Date() }
    },
  }
}

const memos = new WeakMap<object, Map<string, GenerationCache>>()

/**
 * The memo of a backend: one for each place and `fetch` of the process. Another `fetch` may lead elsewhere, as it does in
 * tests: they do not meet.
 */
export function generationCacheOf(root: string, fetch: object | undefined): GenerationCache {
  const way = fetch ?? globalThis.fetch
  const places = memos.get(way) ?? new Map<string, GenerationCache>()
  memos.set(way, places)
  const memo = places.get(root) ?? createMemo()
  places.set(root, memo)
  return memo
}
