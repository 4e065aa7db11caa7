import type { EndpointId } from '@ai-ticket-creator/domain'
import { defineName, TicketCreatorError } from './base.ts'
import { formatFields } from './format-fields.ts'

/** The details of a `SilentDropError`. */
export interface SilentDropOptions {
  readonly endpoint: EndpointId
  readonly fields: readonly string[]
  readonly unverified: readonly string[]
  readonly id: string
  readonly requestId: string | undefined
}

/**
 * The backend accepted a write but ignored some of its fields. The other fields are written; those in `unverified` may or may
 * not be.
 */
export class SilentDropError extends TicketCreatorError {
  static {
    defineName(SilentDropError, 'SilentDropError')
  }
  readonly endpoint: EndpointId
  /** The fields that were not written. */
  readonly fields: readonly string[]
  /** The fields that no reply shows: they may or may not be written. */
  readonly unverified: readonly string[]
  /** The id of the row that was written to. */
  readonly id: string
  readonly requestId: string | undefined

  constructor(message: string, options: SilentDropOptions) {
    super(message)
    this.endpoint = options.endpoint
    this.fields = options.fields
    this.unverified = options.unverified
    this.id = options.id
    this.requestId = options.requestId
  }
}

/** The details of an `UnverifiableWriteError`. */
export interface UnverifiableWriteOptions {
  readonly endpoint: EndpointId
  readonly fields: readonly string[]
  readonly id: string
  /** Whether the write has no other fields. Default: false. */
  readonly alone?: boolean | undefined
}

/**
 * Secrets were to be written to a backend that cannot confirm that it stores them. The write was not sent; the option
 * `allowUnverified` sends it.
 */
export class UnverifiableWriteError extends TicketCreatorError {
  static {
    defineName(UnverifiableWriteError, 'UnverifiableWriteError')
  }
  readonly endpoint: EndpointId
  /** The fields that cannot be confirmed. */
  readonly fields: readonly string[]
  /** The id of the row that was to be written to. */
  readonly id: string

  constructor({ endpoint, fields, id, alone = false }: UnverifiableWriteOptions) {
    const advice = alone ? ADVICE_ALONE : '`allowUnverified` sends it'
    super(
      `the backend cannot confirm that it stores ${formatFields(fields)}; nothing was sent. ${advice}, and \`unverified\` of the result lists it`,
    )
    this.endpoint = endpoint
    this.fields = fields
    this.id = id
  }
}

// Existing backends answer 500 to a PUT of secrets alone (existing backend: update an integration).
const ADVICE_ALONE =
  'Existing backends refuse it without another field: repeat a setting such as `description`, then `allowUnverified` sends it'
