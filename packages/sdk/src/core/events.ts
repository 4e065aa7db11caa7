import type { EndpointId, Method } from '@ai-ticket-creator/domain'

/** Attributes of an attempt, named after the semantic conventions of OpenTelemetry: set them on a span as they are. */
export interface AttemptAttributes {
  readonly 'http.request.method': Method
  /** The number of the retry; absent for the first attempt. */
  readonly 'http.request.resend_count'?: number
  readonly 'http.response.status_code'?: number
  /** The path with the names of its parameters; absent for a path that is not in the contract. */
  readonly 'url.template'?: string
  readonly 'server.address': string
  readonly 'server.port'?: number
  /** The HTTP status of an error reply, a network code, the name of an SDK error, or `_OTHER`. */
  readonly 'error.type'?: string
}

/** One attempt of a request has ended. */
export interface AttemptEvent {
  readonly type: 'attempt'
  /** Undefined for a path that is not in the contract. */
  readonly endpoint: EndpointId | undefined
  /** The generation that the request was encoded in; absent for a path that is not in the contract. */
  readonly requestGeneration?: 'legacy' | 'current'
  readonly durationMs: number
  readonly attributes: AttemptAttributes
  /** Set when the request is sent again: why, and after how many milliseconds. `token`: a new token after a 401. */
  readonly retry?: { readonly reason: RetryReason | 'token'; readonly delayMs: number }
}

/** One call of a method has ended. Several calls can share the look-up of a name, so the look-up is reported as a call too. */
export interface CallEvent {
  readonly type: 'call'
  /** The endpoints of its requests, in order; undefined for a path that is not in the contract. */
  readonly endpoints: readonly (EndpointId | undefined)[]
  /** The attempts of all its requests. */
  readonly attempts: number
  readonly durationMs: number
  readonly attributes: { readonly 'error.type'?: string }
}

/** The argument of `onEvent`. It contains no bodies, no headers and no values of parameters. */
export type ClientEvent = AttemptEvent | CallEvent

/** Why a request may be sent again. docs/retries.md describes each reason. */
export type RetryReason =
  | 'unreachable'
  | 'rate_limited'
  | 'in_flight'
  | 'connection_lost'
  | 'timeout'
  | 'unavailable'
  | 'server_error'
