import type { AttemptEvent, ClientEvent } from '../core/events.ts'
import { type Listener, notify } from '../core/notify.ts'
import type { WireRequest } from '../core/wire.ts'
import { errorTypeOf } from '../errors/error-type.ts'

interface AttemptOutcome {
  readonly request: WireRequest
  readonly resends: number
  readonly since: number
  /** The status of the reply, or what was thrown. */
  readonly outcome: { readonly status: number } | { readonly error: unknown }
  readonly retry?: AttemptEvent['retry'] | undefined
}
/** Tells of an attempt. */

export function notifyAttempt(
  { onEvent, root }: { readonly onEvent: Listener<ClientEvent>; readonly root: string },
  { request: { endpointId, method, path, generation: words }, resends, since, outcome, retry }: AttemptOutcome,
): void {
  if (onEvent === undefined) return

  const { hostname, port, pathname } = new URL(root)
  notify(onEvent, {
    type: 'attempt',
    endpoint: endpointId,
    ...(words !== undefined && { requestGeneration: words }),
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
function toErrorType(outcome: AttemptOutcome['outcome']): { readonly 'error.type'?: string } {
  if ('error' in outcome) return { 'error.type': errorTypeOf(outcome.error) }
  return outcome.status >= 400 ? { 'error.type': String(outcome.status) } : {}
}
