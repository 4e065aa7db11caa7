import type { AttemptEvent, ClientEvent } from '../core/events.ts'
import { type Listener, notify } from '../core/notify.ts'
import type { WireRequest } from '../core/wire.ts'
import { errorTypeOf } from '../errors/error-type.ts'

interface Attempt {
  readonly request: WireRequest
  /** How often the request was sent before. */
  readonly resends: number
  /** When the attempt began, by the clock of `performance`. */
  readonly start: number
  /** The status of the reply, or what was thrown. */
  readonly outcome: { readonly status: number } | { readonly error: unknown }
  readonly retry?: AttemptEvent['retry'] | undefined
}

/** Sends the event of an attempt to `onEvent`. */
export function notifyAttempt(
  { onEvent, root }: { readonly onEvent: Listener<ClientEvent>; readonly root: string },
  { request: { endpointId, method, path, generation }, resends, start, outcome, retry }: Attempt,
): void {
  if (onEvent === undefined) return

  const { hostname, port, pathname } = new URL(root)
  notify(onEvent, {
    type: 'attempt',
    endpoint: endpointId,
    ...(generation !== undefined && { requestGeneration: generation }),
    durationMs: performance.now() - start,
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

function toErrorType(outcome: Attempt['outcome']): { readonly 'error.type'?: string } {
  if ('error' in outcome) return { 'error.type': errorTypeOf(outcome.error) }
  return outcome.status >= 400 ? { 'error.type': String(outcome.status) } : {}
}
