import type { Memo } from '../core/client-state.ts'

function createMemo(): Memo {
  let known: Memo['evidence']
  return {
    get evidence() {
      return known
    },
    mute: false,
    question: undefined,
    hear(evidence) {
      // Said by each reply: it is learned once.
      if (known?.generation === evidence.generation) return
      known = { ...evidence, learnedAt: new Date() }
    },
  }
}

const memos = new WeakMap<object, Map<string, Memo>>()

/**
 * The memo of a backend: one for each place and `fetch` of the process. Another `fetch` may lead elsewhere, as it does in
 * tests: they do not meet.
 */
export function memoOf(root: string, fetch: object | undefined): Memo {
  const way = fetch ?? globalThis.fetch
  const places = memos.get(way) ?? new Map<string, Memo>()
  memos.set(way, places)
  const memo = places.get(root) ?? createMemo()
  places.set(root, memo)
  return memo
}
