import type { EndpointId, ProblemCode } from '@ai-ticket-creator/domain'
import { defineName, TicketCreatorError } from './base.ts'
import type { Issue } from './issue.ts'

/** The facts of an `ApiError`. */

export interface ApiErrorOptions {
  readonly endpoint: EndpointId | undefined
  readonly status: number
  readonly code?: ProblemCode | (string & {}) | undefined
  readonly issues?: readonly Issue[]
  readonly requestId?: string | undefined
  readonly retryAfter?: number | undefined
  readonly attempts: number
}
/** The service answered with an error. */

export class ApiError extends TicketCreatorError {
  static {
    defineName(ApiError, 'ApiError')
  }
  /** The operation that failed, such as `integrations.create`; a method may need several. Undefined for a path. */
  readonly endpoint: EndpointId | undefined
  readonly status: number
  /** The stable word of the error; where the service sends none, the one that the status stands for. */
  readonly code: ProblemCode | (string & {}) | undefined
  /** One per faulty field; empty when the error is about the whole. */
  readonly issues: readonly Issue[]
  readonly requestId: string | undefined
  /** Seconds to wait, when the service said so. */
  readonly retryAfter: number | undefined
  /** How often the request was sent. */
  readonly attempts: number

  constructor(message: string, facts: ApiErrorOptions) {
    super(message)
    this.endpoint = facts.endpoint
    this.status = facts.status
    this.code = facts.code
    this.issues = facts.issues ?? []
    this.requestId = facts.requestId
    this.retryAfter = facts.retryAfter
    this.attempts = facts.attempts
  }
}
