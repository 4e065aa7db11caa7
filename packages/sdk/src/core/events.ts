import type { EndpointId, Method } from '@ai-ticket-creator/domain'
import { errorTypeOf } from '../errors/base.ts'
import type { RetryReason } from '../transport/retry/policy.ts'
import { type Handler, tell } from './notify.ts'
import type { WireRequest } from './wire.ts'

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
  readonly spoken?: 'legacy' | 'current'
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

interface Attempted {
  readonly request: WireRequest
  readonly resends: number
  readonly since: number
  /** The status of the reply, or what was thrown. */
  readonly outcome: { readonly status: number } | { readonly error: unknown }
  readonly retry?: AttemptEvent['retry'] | undefined
}

/** Tells of an attempt. */
export function tellAttempt(
  { onEvent, root }: { readonly onEvent: Handler<ClientEvent>; readonly root: string },
  { request: { endpointId, method, path, words }, resends, since, outcome, retry }: Attempted,
): void {
  if (onEvent === undefined) return

  const { hostname, port, pathname } = new URL(root)
  tell(onEvent, {
    type: 'attempt',
    endpoint: endpointId,
    ...(words !== undefined && { spoken: words }),
    durationMs: performance.now() - since,
    attributes: {
      'http.request.method': method,
      'server.address': hostname,
      ...(port !== '' && { 'server.port': Number(port) }),
      ...(endpointId !== undefined && { 'url.template': `${pathname}${path}` }),
      ...(resends > 0 && { 'http.request.resend_count': resends }),
      ...('status' in outcome && { 'http.response.status_code': outcome.status }),
      ...toErrorType(outcome),
    },
    ...(retry !== undefined && { retry }),
  })
}

function toErrorType(outcome: Attempted['outcome']): { readonly 'error.type'?: string } {
  if ('error' in outcome) return { 'error.type': errorTypeOf(outcome.error) }
  return outcome.status >= 400 ? { 'error.type': String(outcome.status) } : {}
}
