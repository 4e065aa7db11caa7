import type { Generation } from '@ai-ticket-creator/domain'
import type { RecordedRequest } from '../recording/recorded-request.ts'

/**
 * Something that goes wrong on the way. `act` answers instead of the API, or asks it by `next` and spoils the answer; what
 * it throws breaks the connection. Write your own, or take one of those that `@ai-ticket-creator/test-utils` has.
 */
export interface Fault {
  /** As lists and failing assertions show it, such as `failWith(503)`. */
  readonly name: string
  readonly act: (exchange: FaultyExchange) => Promise<Response>
}

/** A request that a fault strikes. */
export interface FaultyExchange {
  readonly request: RecordedRequest
  /** Aborted when the caller gives up. */
  readonly signal: AbortSignal
  /** The answer of the API, or of the next fault that strikes. Not called: the API never sees the request. */
  readonly next: () => Promise<Response>
  /** An answer that says what each answer of the API says in its headers, with another status and body. */
  readonly refuse: (
    status: number,
    problem: Readonly<Record<string, unknown>>,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<Response>
  readonly switchGeneration: (generation: Generation) => void
  /** The time of the test's clock. */
  readonly now: () => Date
  /** Says that there was nothing to spoil: the fault counts as not fired, and `times` is not used up. */
  readonly miss: () => void
}
