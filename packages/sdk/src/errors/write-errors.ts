import type { EndpointId } from '@ai-ticket-creator/domain'
import { defineName, TicketCreatorError } from './base.ts'
import { formatFields } from './format-fields.ts'

/** The backend accepted a write and left some of its fields as they were. What else was sent is written. */

export class SilentDropError extends TicketCreatorError {
  static {
    defineName(SilentDropError, 'SilentDropError')
  }
  readonly endpoint: EndpointId
  /** The fields that were not written. */
  readonly fields: readonly string[]
  /** What was written to. */
  readonly id: string
  readonly requestId: string | undefined

  constructor(
    message: string,
    facts: { endpoint: EndpointId; fields: readonly string[]; id: string; requestId: string | undefined },
  ) {
    super(message)
    this.endpoint = facts.endpoint
    this.fields = facts.fields
    this.id = facts.id
    this.requestId = facts.requestId
  }
}
/**
 * Secrets were to be written to a backend that can not confirm that it keeps them; nothing was sent. `allowUnverified` sends
 * them all the same.
 */

export class UnverifiableWriteError extends TicketCreatorError {
  static {
    defineName(UnverifiableWriteError, 'UnverifiableWriteError')
  }
  readonly endpoint: EndpointId
  /** The fields that could not be confirmed. */
  readonly fields: readonly string[]
  /** What was to be written to. */
  readonly id: string

  constructor(facts: { endpoint: EndpointId; fields: readonly string[]; id: string }) {
    super(
      `the backend can not confirm that it keeps ${formatFields(facts.fields)}; nothing was sent. \`allowUnverified\` sends it, and \`unverified\` of the result names it`,
    )
    this.endpoint = facts.endpoint
    this.fields = facts.fields
    this.id = facts.id
  }
}
