import type { EndpointId, ReplyMismatch } from '@ai-ticket-creator/domain'
import { defineName, TicketCreatorError } from './base.ts'

/** The details of a `ResponseMismatchError`. */
export interface ResponseMismatchOptions {
  readonly endpoint: EndpointId | undefined
  readonly status: number
  readonly requestId: string | undefined
  readonly mismatches?: readonly ReplyMismatch[]
  readonly created?: string | undefined
}

/**
 * The reply cannot be used: it is not JSON, it is of another type than the contract has, or it is a redirect. Under strict
 * `validation`, this includes a reply that does not match the contract. A write may have been executed.
 */
export class ResponseMismatchError extends TicketCreatorError {
  static {
    defineName(ResponseMismatchError, 'ResponseMismatchError')
  }
  readonly endpoint: EndpointId | undefined
  readonly status: number
  readonly requestId: string | undefined
  /** Under strict `validation`: the paths at which the reply does not match, at most ten. */
  readonly mismatches: readonly ReplyMismatch[]

  constructor(message: string, options: ResponseMismatchOptions) {
    super(message)
    this.endpoint = options.endpoint
    this.status = options.status
    this.requestId = options.requestId
    this.mismatches = options.mismatches ?? []
    if (options.created !== undefined) Object.assign(this, { created: options.created })
  }
}
