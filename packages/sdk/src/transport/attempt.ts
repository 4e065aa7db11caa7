import type { CallContext } from '../core/context.ts'
import { within } from '../core/timeout.ts'
import type { WireRequest } from '../core/wire.ts'
import { TimeoutError } from '../errors/connection-errors.ts'
import { isConnectionError, isTimeoutError } from '../errors/guards.ts'
import { ResponseMismatchError } from '../errors/response-mismatch-error.ts'
import { connectionError } from './connection-failure.ts'
import type { PreparedRequest } from './prepare-request.ts'
import type { Outcome } from './retry/session.ts'

/** Sends a request once. A lost connection and a timeout are outcomes; other errors are thrown. */
export async function attempt(
  call: CallContext,
  request: WireRequest,
  prepared: PreparedRequest,
  token: string,
): Promise<Outcome> {
  call.attempts += 1
  const { unsure } = call
  call.unsure = true
  const ms = call.options.timeout ?? call.settings.timeout
  const expired = () => new TimeoutError({ limit: 'timeout', ms, attempts: call.attempts })

  try {
    return await within({ ms, expired, signal: call.signal }, async (signal) => {
      const response = await fetchOnce(call, request, prepared, token, signal)
      call.settings.backend.learn(response.status, response.headers)
      refuseRedirect(request, response)
      return {
        status: response.status,
        headers: response.headers,
        text: await readText(call, request, response),
        attempts: call.attempts,
      }
    })
  } catch (error) {
    if (call.signal.aborted || !(isConnectionError(error) || isTimeoutError(error))) throw error
    return error
  } finally {
    call.unsure = unsure
  }
}

async function fetchOnce(
  call: CallContext,
  request: WireRequest,
  { url, text, headers, authorized }: PreparedRequest,
  token: string,
  signal: AbortSignal,
): Promise<Response> {
  const { method, endpointId } = request
  // Looked up at each request: a default would keep the original function after others have patched the global one.
  const { fetch = globalThis.fetch } = call.settings
  if (!authorized) headers.set('Authorization', `Bearer ${token}`)
  try {
    const response = await fetch(
      new Request(url, {
        method,
        headers,
        ...(text !== undefined && { body: text }),
        // A followed redirect changes the method or drops the body of a write. A path of the caller's own stays inside
        // the service.
        redirect: method === 'GET' && endpointId !== undefined ? 'follow' : 'manual',
        signal,
      }),
    )
    // A caller's own fetch can return anything.
    if (!isResponse(response)) throw new TypeError('fetch returned no response')
    return response
  } catch (error) {
    throw connectionError(call, request, 'no reply', error)
  }
}

// Not `instanceof`: the response may come from another realm or library.
const isResponse = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'headers' in value && 'text' in value

function refuseRedirect({ endpointId, method, path }: WireRequest, response: Response): void {
  // Browsers show a redirect that is not followed with status 0.
  const isRedirect = response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400)
  if (!isRedirect) return

  response.body?.cancel().catch(() => {})
  throw new ResponseMismatchError(
    `${method} ${path} was answered with a redirect, which is not followed; check \`baseUrl\``,
    { endpoint: endpointId, status: response.status, requestId: undefined },
  )
}

async function readText(call: CallContext, request: WireRequest, response: Response): Promise<string> {
  try {
    return await response.text()
  } catch (error) {
    // The status of an error reply is useful without its text.
    if (!response.ok) return ''
    throw connectionError(call, request, 'the reply broke off', error)
  }
}
