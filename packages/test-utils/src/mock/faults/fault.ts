import type { Generation } from '@ai-ticket-creator/domain'
import type { RecordedRequest } from '../recording/recorded-request.ts'

/**
 * A simulated failure of a request. `apply` responds instead of the API, or calls `next` and changes its response. If `apply`
 * throws, the connection breaks. Use the faults of `@ai-ticket-creator/test-utils` or write your own.
 */
export interface Fault {
  /** Shown in `faults.list()` and in recorded requests, for example `errorResponse(503)`. */
  readonly name: string
  readonly apply: (context: FaultContext) => Promise<Response>
}

/** The request to which a fault is applied. */
export interface FaultContext {
  readonly request: RecordedRequest
  /** Aborted when the caller aborts. */
  readonly signal: AbortSignal
  /** Calls the next fault, or the API, and returns its response. If `next` is not called, the request is not executed. */
  readonly next: () => Promise<Response>
  /** A response with the headers that the API always sends, and with this status and body. */
  readonly respondWithProblem: (
    status: number,
    problem: Readonly<Record<string, unknown>>,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<Response>
  /** Switches the generation of the test API. */
  readonly switchGeneration: (generation: Generation) => void
  /** The time by the clock of the test API. */
  readonly now: () => Date
  /** Call this when the response has nothing to change. The fault then does not count as fired. */
  readonly skip: () => void
}
