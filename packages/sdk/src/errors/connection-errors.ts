import type { EndpointId } from '@ai-ticket-creator/domain'
import { defineName, TicketCreatorError } from './base.ts'

/** The root cause of a failure, without texts that may contain the request. */
export interface ErrorCause {
  /** Such as `TypeError`. */
  readonly name: string | undefined
  /** Such as `ECONNREFUSED`. */
  readonly code: string | undefined
  /**
   * The message without secrets and URLs, if nothing was sent or if a hook failed. Otherwise it is set only for a mistake in
   * a program, such as `Promise.withResolvers is not a function`.
   */
  readonly message?: string
}

/** The details of a `ConnectionError`. */
export interface ConnectionErrorOptions {
  readonly endpoint: EndpointId | undefined
  /** Host and port of the service. */
  readonly host?: string | undefined
  readonly attempts: number
  /** Default: `unknown`. */
  readonly sent?: 'no' | 'unknown' | undefined
  readonly cause: ErrorCause
}

/** There was no complete reply. Unless `sent` is `no`, a write may or may not have been executed. */
export class ConnectionError extends TicketCreatorError {
  static {
    defineName(ConnectionError, 'ConnectionError')
  }
  readonly endpoint: EndpointId | undefined
  /** Host and port of the service. */
  readonly host: string | undefined
  /** The code of the operating system or the runtime, such as `ECONNREFUSED`. */
  readonly code: string | undefined
  /** `no`: the last attempt failed before anything was sent, such as for a refused connection or a bad certificate. */
  readonly sent: 'no' | 'unknown'
  /** How often the request was sent. */
  readonly attempts: number

  constructor(message: string, options: ConnectionErrorOptions) {
    super(message, { cause: options.cause })
    this.endpoint = options.endpoint
    this.host = options.host
    this.code = options.cause.code
    this.sent = options.sent ?? 'unknown'
    this.attempts = options.attempts
  }
}

/** The details of a `TimeoutError`. */
export interface TimeoutErrorOptions {
  readonly limit: 'timeout' | 'totalTimeout'
  readonly ms: number
  readonly attempts: number
}

/** The reply did not arrive in time. A write may or may not have been executed. */
export class TimeoutError extends TicketCreatorError {
  static {
    defineName(TimeoutError, 'TimeoutError')
  }
  /** The limit that was exceeded: of one attempt, or of the whole call. */
  readonly limit: 'timeout' | 'totalTimeout'
  /** The limit in milliseconds. */
  readonly ms: number
  /** How often the last request of the call was sent. */
  readonly attempts: number

  constructor(options: TimeoutErrorOptions) {
    const what = options.limit === 'timeout' ? 'no complete reply' : 'the whole call did not end'
    super(`${what} within ${options.ms} ms (\`${options.limit}\`)`)
    this.limit = options.limit
    this.ms = options.ms
    this.attempts = options.attempts
  }
}
