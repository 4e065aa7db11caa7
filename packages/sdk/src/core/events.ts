import type { EndpointId, Method } from '@ai-ticket-creator/domain'

/** Facts of an attempt under the names of OpenTelemetry's conventions: they can be set on a span as they are. */
export interface AttemptAttributes {
  readonly 'http.request.method': Method
  /** How often it was sent before; absent the first time. */
  readonly 'http.request.resend_count'?: number
  readonly 'http.response.status_code'?: number
  /** With the names of its parameters; absent for a path that the contract does not have. */
  readonly 'url.template'?: string
  readonly 'server.address': string
  readonly 'server.port'?: number
  /** The status of a refusal, the network's word, the name of an error, or `_OTHER`. */
  readonly 'error.type'?: string
}

/** A request was sent, and this came of it. */
export interface AttemptEvent {
  readonly type: 'attempt'
  /** Undefined for a path that the contract does not have. */
  readonly endpoint: EndpointId | undefined
  /** The words that the request was sent in; absent for a path that the contract does not have. */
  readonly requestGeneration?: 'legacy' | 'current'
  readonly durationMs: number
  readonly attributes: AttemptAttributes
  /** It is sent again: why, and in how many milliseconds. `token`: with a new one, after a 401. */
  readonly retry?: { readonly reason: RetryReason | 'token'; readonly delayMs: number }
}

/** A call of a method has ended. A look-up of a name, which several may wait for, is a call of its own. */
export interface CallEvent {
  readonly type: 'call'
  /** What was asked, in order; undefined stands for a path that the contract does not have. */
  readonly endpoints: readonly (EndpointId | undefined)[]
  /** How often anything was sent. */
  readonly attempts: number
  readonly durationMs: number
  readonly attributes: { readonly 'error.type'?: string }
}

/** What `onEvent` is told. There are no bodies, headers or values of parameters in it. */
export type ClientEvent = AttemptEvent | CallEvent

/** What can become of a request that may call for another try. docs/retries.md says each in words. */

export type RetryReason = 'unreachable' | 'limited' | 'running' | 'lost' | 'unanswered' | 'unavailable' | 'failed'
