import type { Evidence } from './detect-generation.ts'

/** What is remembered of a backend. */
export interface Memo {
  /** What the last reply that showed a generation showed; undefined: none did so far. */
  readonly evidence: (Evidence & { readonly learnedAt: Date }) | undefined
  /** Whether a list was answered that showed nothing: another would not either. */
  mute: boolean
  /** It is asked once for nothing but its generation: all that want to write wait for the same answer. */
  question: Promise<void> | undefined
  /** What a reply shows takes the place of what was known. */
  hear(evidence: Evidence): void
}

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
