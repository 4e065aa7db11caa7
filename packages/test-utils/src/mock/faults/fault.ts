import type { Generation } from '@ai-ticket-creator/domain'
import type { RecordedRequest } from '../recording/recorded-request.ts'

/**
 * Something that goes wrong with a request. `apply` responds instead of the API, or calls `next` and changes its response;
 * an error that it throws breaks the connection. Use the faults of `@ai-ticket-creator/test-utils` or write your own.
 */
export interface Fault {
  /** Shown in lists and in recorded requests, for example `errorResponse(503)`. */
  readonly name: string
  readonly apply: (context: FaultContext) => Promise<Response>
}

/** The request to which a fault is applied. */
export interface FaultContext {
  readonly request: RecordedRequest
  /** Aborted when the caller aborts. */
  readonly signal: AbortSignal
  /** The response of the API, or of the next fault. Without this call the request is not executed. */
  readonly next: () => Promise<Response>
  /** A response with the headers that the API always sends, and with this status and body. */
  readonly respondWithProblem: (
    status: number,
    problem: Readonly<Record<string, unknown>>,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<Response>
  readonly switchGeneration: (generation: Generation) => void
  /** The time of the test's clock. */
  readonly now: () => Date
  /** Call it when the response holds nothing to change: the fault counts as not fired and `times` is not used up. */
  readonly skip: () => void
}
