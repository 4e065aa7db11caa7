import type { CallContext } from '../core/call-context.ts'
import { within } from '../core/timeout.ts'
import type { WireRequest } from '../core/wire.ts'
import { TimeoutError } from '../errors/connection-errors.ts'
import { isConnectionError, isTimeoutError } from '../errors/guards.ts'
import { connectionError, notSentError } from './connection-failure.ts'
import type { PreparedRequest } from './prepare-request.ts'
import { redirectMode, resolveRedirects } from './redirects.ts'
import type { Outcome } from './retry/session.ts'

/** Sends a request once. A lost connection and a timeout are outcomes; other errors are thrown. */
export async function attempt(
  call: CallContext,
  request: WireRequest,
  prepared: PreparedRequest,
  token: string,
): Promise<Outcome> {
  const { attempts } = call.log
  const ms = call.options.timeout ?? call.settings.timeout
  const toError = () => new TimeoutError({ limit: 'timeout', ms, attempts })

  try {
    return await within({ ms, toError, signal: call.signal }, async (signal) => {
      const fetchFrom = (url: string) => fetchOnce(call, request, { ...prepared, url }, token, signal)
      const first = await fetchFrom(prepared.url)
      call.state.backend.learn(first.status, first.headers)
      const response = await resolveRedirects(call, request, first, fetchFrom)
      return {
        status: response.status,
        headers: response.headers,
        text: await readText(call, request, response),
        attempts,
      }
    })
  } catch (error) {
    if (call.signal.aborted || !(isConnectionError(error) || isTimeoutError(error))) throw error
    return error
  }
}

async function fetchOnce(
  call: CallContext,
  request: WireRequest,
  { url, text, headers, authorized }: PreparedRequest,
  token: string,
  signal: AbortSignal,
): Promise<Response> {
  // Looked up at each request: a default would keep the original function after others have patched the global one.
  const { fetch = globalThis.fetch } = call.settings
  if (!authorized) headers.set('Authorization', `Bearer ${token}`)
  const redirect = redirectMode(call, request)
  const init = { method: request.method, headers, redirect, signal, ...(text !== undefined && { body: text }) }
  const httpRequest = createHttpRequest(call, request, url, init)
  try {
    const response = await fetch(httpRequest)
    // A caller's own fetch can return anything.
    if (!isResponse(response)) throw new TypeError('fetch returned no response')
    return response
  } catch (error) {
    throw connectionError(call, request, 'no reply', error)
  }
}

function createHttpRequest(call: CallContext, request: WireRequest, url: string, init: RequestInit): Request {
  try {
    return new Request(url, init)
  } catch (error) {
    throw notSentError(call, request, error)
  }
}

// Not `instanceof`: the response may come from another realm or library.
const isResponse = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'headers' in value && 'text' in value

async function readText(call: CallContext, request: WireRequest, response: Response): Promise<string> {
  try {
    return await response.text()
  } catch (error) {
    // The status of an error reply is useful without its text.
    if (!response.ok) return ''
    throw connectionError(call, request, 'the reply broke off', error)
  }
}
