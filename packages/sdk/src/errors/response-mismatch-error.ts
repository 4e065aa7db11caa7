import type { EndpointId, ReplyMismatch } from '@ai-ticket-creator/domain'
import { defineName, TicketCreatorError } from './base.ts'

/** The facts of a `ResponseMismatchError`. */

export interface ResponseMismatchOptions {
  readonly endpoint: EndpointId | undefined
  readonly status: number
  readonly requestId: string | undefined
  readonly mismatches?: readonly ReplyMismatch[]
  readonly created?: string | undefined
}
/**
 * An answer came that can not be read: not JSON, another kind of value than agreed, or a redirect; under strict
 * `validation` also one that does not fit the contract. What was to be written may be written.
 */

export class ResponseMismatchError extends TicketCreatorError {
  static {
    defineName(ResponseMismatchError, 'ResponseMismatchError')
  }
  readonly endpoint: EndpointId | undefined
  readonly status: number
  readonly requestId: string | undefined

  /** Under `strict`: where the reply does not fit, each place once, the first ten. */
  readonly mismatches: readonly ReplyMismatch[]

  constructor(message: string, facts: ResponseMismatchOptions) {
    super(message)
    this.endpoint = facts.endpoint
    this.status = facts.status
    this.requestId = facts.requestId
    this.mismatches = facts.mismatches ?? []
    if (facts.created !== undefined) Object.assign(this, { created: facts.created })
  }
}
