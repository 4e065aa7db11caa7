import type { CallContext } from '../core/call-context.ts'
import type { Fetch, KyRequestOptions } from '../core/http-client.ts'
import { within } from '../core/timeout.ts'
import type { WireRequest } from '../core/wire.ts'
import { TimeoutError } from '../errors/connection-errors.ts'
import { isConnectionError, isTimeoutError } from '../errors/guards.ts'
import { connectionError, hookError, notSentError } from './connection-failure.ts'
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
      const sendTo = (target: Pick<PreparedRequest, 'url' | 'query'>) =>
        sendOnce(call, request, { ...prepared, ...target }, token, signal)
      const first = await sendTo(prepared)
      call.state.backend.learn(first.status, first.headers)
      const response = await resolveRedirects(call, request, first, (url) => sendTo({ url, query: [] }))
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

async function sendOnce(
  call: CallContext,
  request: WireRequest,
  prepared: PreparedRequest,
  token: string,
  signal: AbortSignal,
): Promise<Response> {
  const { ky, fetch } = call.settings.http
  const progress: Progress = { isLeaving: false, failure: undefined }
  const { url, query, text, headers, authorized } = prepared
  try {
    return await ky(url, {
      method: request.method,
      headers: { ...Object.fromEntries(headers), ...(!authorized && { authorization: `Bearer ${token}` }) },
      redirect: redirectMode(call, request),
      signal,
      context: { ...call.options.context, endpoint: request.endpointId },
      ...watch(progress, fetch),
      ...(query.length > 0 && { searchParams: query.map((pair) => [...pair]) }),
      ...(text !== undefined && { body: text }),
    })
  } catch (error) {
    const { isLeaving, failure } = progress
    if (!isLeaving) throw notSentError(call, request, error)
    if (failure === undefined) throw hookError(call, request, error)
    throw connectionError(call, request, 'no reply', failure.error)
  }
}

/** How far a request came before an error. */
interface Progress {
  /** False until all hooks before the request have run: nothing was sent. */
  isLeaving: boolean
  /** Undefined while `fetch` has not failed: a later error is one of a hook that saw the reply. */
  failure: { readonly error: unknown } | undefined
}

/** The options of a request that record its progress. */
function watch(progress: Progress, fetch: Fetch): Pick<KyRequestOptions, 'hooks' | 'fetch'> {
  const onLeaving = (): void => {
    progress.isLeaving = true
  }
  return {
    // ky runs it after the hooks of the caller's instance.
    hooks: { beforeRequest: [onLeaving] },
    fetch: async (input, init) => {
      try {
        // ky always passes a Request.
        const response = await fetch(input as Request, init)
        // A caller's own fetch can return anything.
        if (!isResponse(response)) throw new TypeError('fetch returned no response')
        return response
      } catch (error) {
        progress.failure = { error }
        throw error
      }
    },
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
