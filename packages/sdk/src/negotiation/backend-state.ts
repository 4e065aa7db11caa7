import { type Memo, memoOf } from './generation-cache.ts'

/** What a client knows of its backend, and what it may ask of it. */
export interface Backend {
  /** What is known of its generation: shared by all clients of the process that reach it in the same way. */
  readonly memo: Memo
  /** Learns from the headers of a reply. */
  learn(status: number, headers: Headers): void
  /** What the last reply announced. */
  readonly capabilities: readonly string[]
  /** Whether the backend said that it can do something. */
  announces(capability: string): boolean
  /** What is left for repeats. */
  readonly budget: Budget
}

/** Repeats are paid for, so that many clients do not multiply the load of a service that is down. */
interface Budget {
  /** Takes the price of a repeat; false when there is too little left. */
  take(price: number): boolean
  /** Puts something back. */
  give(amount: number): void
}

function createBackend(memo: Memo): Backend {
  let heard: string | null | undefined
  let capabilities: readonly string[] = []

  return {
    memo,
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
export const backendAt = (root: string, fetch: object | undefined): Backend => createBackend(memoOf(root, fetch))

/** What a reply says that the backend can do. */
export const capabilitiesIn = (headers: Headers): readonly string[] =>
  (headers.get('API-Capabilities') ?? '').split(',').map((word) => word.trim())

const FULL = 500

function createBudget(): Budget {
  let left = FULL
  return {
    take(price) {
      if (price > left) return false
      left -= price
      return true
    },
    give(amount) {
      left = Math.min(FULL, left + amount)
    },
  }
}
