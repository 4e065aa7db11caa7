/** The root of a failure, as far as it can be told without risk: never a message, which may quote a request. */

import type { EndpointId } from '@ai-ticket-creator/domain'
import { defineName, TicketCreatorError } from './base.ts'

export interface ErrorCause {
  /** Such as `TypeError`. */
  readonly name: string | undefined
  /** Such as `ECONNREFUSED`. */
  readonly code: string | undefined
}
/** No answer came, or it broke off. A write may or may not have happened. */

export class ConnectionError extends TicketCreatorError {
  static {
    defineName(ConnectionError, 'ConnectionError')
  }
  readonly endpoint: EndpointId | undefined
  /** The system's word for it, such as `ECONNREFUSED`. */
  readonly code: string | undefined
  readonly attempts: number

  constructor(message: string, facts: { endpoint: EndpointId | undefined; attempts: number; cause: ErrorCause }) {
    super(message, { cause: facts.cause })
    this.endpoint = facts.endpoint
    this.code = facts.cause.code
    this.attempts = facts.attempts
  }
}
/** The answer did not come in time. A write may or may not have happened. */

export class TimeoutError extends TicketCreatorError {
  static {
    defineName(TimeoutError, 'TimeoutError')
  }
  /** Which limit was reached: that of one attempt, or that of the whole call. */
  readonly limit: 'timeout' | 'totalTimeout'
  /** The limit in milliseconds. */
  readonly ms: number
  readonly attempts: number

  constructor(facts: { limit: 'timeout' | 'totalTimeout'; ms: number; attempts: number }) {
    const what = facts.limit === 'timeout' ? 'no complete answer' : 'the whole call did not end'
    super(`${what} within ${facts.ms} ms (\`${facts.limit}\`)`)
    this.limit = facts.limit
    this.ms = facts.ms
    this.attempts = facts.attempts
  }
}
