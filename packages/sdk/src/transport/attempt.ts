import type { CallContext } from '../core/call-context.ts'
import type { HttpClient, KyRequestOptions } from '../core/http-client.ts'
import type { WireRequest } from '../core/wire.ts'
import { TimeoutError } from '../errors/connection-errors.ts'
import { isConnectionError, isTimeoutError } from '../errors/guards.ts'
import { addSecretsOfHooks } from '../errors/secret-headers.ts'
import { connectionError, hookError, notSentError } from './connection-failure.ts'
import type { PreparedRequest } from './encode-request.ts'
import { redirectOption, resolveRedirects } from './redirects.ts'
import type { Outcome } from './retry/session.ts'

/** Sends a request once. A lost connection and a timeout are outcomes; other errors are thrown. */
export async function attempt(
  call: CallContext,
  request: WireRequest,
  prepared: PreparedRequest,
  token: string,
): Promise<Outcome> {
  const ms = call.options.timeout ?? call.settings.timeout
  const toError = () => new TimeoutError({ limit: 'timeout', ms, attempts: call.log.attempts })
  const progress: Progress = { hooked: undefined, isLeaving: false, failure: undefined }

  try {
    return await call.limit.runAttempt({ ms, toError }, async (signal) => {
      const sendTo = (url: string) => sendOnce(call, request, { ...prepared, url }, { token, signal, progress })
      const first = await sendTo(prepared.url)
      call.state.backend.learn(first.status, first.headers)
      const response = await resolveRedirects(call, request, first, sendTo)
      return { status: response.status, headers: response.headers, text: await readText(call, request, response) }
    })
  } catch (error) {
    if (!progress.isLeaving) return notSentError(call, request, error)
    if (call.limit.isOver || !(isConnectionError(error) || isTimeoutError(error))) throw error
    return error
  }
}

/** How far an attempt has come. */
interface Progress {
  /** The request that the last hook got; undefined before the first one. */
  hooked: Request | undefined
  /** False until all hooks before the request have run: nothing was sent. */
  isLeaving: boolean
  /** The error of `fetch`. While it is undefined, an error is that of a hook which ran after the reply. */
  failure: { readonly error: unknown } | undefined
}

interface Sending {
  readonly token: string
  readonly signal: AbortSignal
  readonly progress: Progress
}

async function sendOnce(
  call: CallContext,
  request: WireRequest,
  prepared: PreparedRequest,
  sending: Sending,
): Promise<Response> {
  const { progress } = sending
  try {
    return await callKy(call, request, prepared, sending)
  } catch (error) {
    if (!progress.isLeaving) throw error
    const { failure } = progress
    throw failure === undefined ? hookError(call, request, error) : connectionError(call, request, failure.error)
  }
}

async function callKy(
  call: CallContext,
  request: WireRequest,
  { url, text, headers, authorized }: PreparedRequest,
  { token, signal, progress }: Sending,
): Promise<Response> {
  const { http } = call.settings
  const own = { ...headers, ...(!authorized && { authorization: `Bearer ${token}` }) }
  try {
    // ky merges option by option, so each one that is left out saves time. An instance of the caller may add a prefix to a URL
    // that is a string.
    return await http.ky(http.hasHooks ? new URL(url) : url, {
      method: request.method,
      signal,
      fetch: observedFetch(http, progress, own),
      ...redirectOption(call, request),
      ...(text !== undefined && { body: text }),
      ...(http.hasHooks && { headers: own, ...optionsForHooks(call, request, progress) }),
    })
  } finally {
    // The error of a hook may contain what the instance or another hook has added; so may the reply.
    if (progress.hooked !== undefined) addSecretsOfHooks(progress.hooked, { headers: own, url }, call.secrets)
  }
}

/** The `options.context` for the hooks of the caller, and hooks of the SDK around theirs. */
function optionsForHooks(
  { options: { context } }: CallContext,
  { endpointId }: WireRequest,
  progress: Progress,
): KyRequestOptions {
  const onHook = ({ request }: { readonly request: Request }): void => {
    progress.hooked = request
  }
  // The last hook before the request. If it does not run, nothing is sent.
  const onLeaving = (): void => {
    progress.isLeaving = true
  }
  const withOwnHooks = (hooks: readonly unknown[]): unknown[] => [...hooks, onLeaving].flatMap((hook) => [onHook, hook])
  return {
    context: { ...context, endpoint: endpointId },
    hooks: {
      init: [
        (options) => {
          const { hooks } = options
          options.hooks = { ...hooks, beforeRequest: withOwnHooks(hooks?.beforeRequest ?? []) }
        },
      ],
    },
  }
}

function observedFetch(
  { fetch, hasHooks }: HttpClient,
  progress: Progress,
  headers: Readonly<Record<string, string>>,
): NonNullable<KyRequestOptions['fetch']> {
  return async (input, init) => {
    // ky always passes a Request.
    const request = input as Request
    // ky copies the headers in its options four times, so they are options only if hooks must see them.
    if (!hasHooks) for (const [name, value] of Object.entries(headers)) request.headers.set(name, value)
    progress.isLeaving = true
    try {
      const response = await fetch(request, init)
      // A caller's own fetch can return anything.
      if (!isResponse(response)) throw new TypeError('fetch returned no response')
      return response
    } catch (error) {
      progress.failure = { error }
      throw error
    }
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
    throw connectionError(call, request, error, 'the reply broke off')
  }
}
