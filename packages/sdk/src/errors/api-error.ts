import type { EndpointId, ProblemCode } from '@ai-ticket-creator/domain'
import { defineName, TicketCreatorError } from './base.ts'
import type { Issue } from './issue.ts'

/** The details of an `ApiError`. */
export interface ApiErrorOptions {
  readonly endpoint: EndpointId | undefined
  readonly status: number
  readonly code?: ProblemCode | (string & {}) | undefined
  readonly issues?: readonly Issue[]
  readonly requestId?: string | undefined
  readonly retryAfter?: number | undefined
  readonly attempts: number
}

/** The service replied with an error. */
export class ApiError extends TicketCreatorError {
  static {
    defineName(ApiError, 'ApiError')
  }
  /**
   * The operation that failed, such as `integrations.create`: a method may send several requests. Undefined for a path
   * that is not in the contract.
   */
  readonly endpoint: EndpointId | undefined
  readonly status: number
  /**
   * The stable code of the error. Existing backends send none; then the code follows from the status. It is undefined for a
   * status that has several codes or none, such as 400 and 409.
   */
  readonly code: ProblemCode | (string & {}) | undefined
  /** One per invalid field; empty when the error is about the whole request. */
  readonly issues: readonly Issue[]
  /** The `X-Request-Id` of the reply. */
  readonly requestId: string | undefined
  /** Seconds to wait, if the service sent them. */
  readonly retryAfter: number | undefined
  /** How often the request was sent. */
  readonly attempts: number

  constructor(message: string, options: ApiErrorOptions) {
    super(message)
    this.endpoint = options.endpoint
    this.status = options.status
    this.code = options.code
    this.issues = options.issues ?? []
    this.requestId = options.requestId
    this.retryAfter = options.retryAfter
    this.attempts = options.attempts
  }
}
