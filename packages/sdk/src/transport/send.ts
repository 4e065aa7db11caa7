import { endpointOf } from '@ai-ticket-creator/domain'
import type { CallContext } from '../core/context.ts'
import { isHeaderValue } from '../core/options.ts'
import { within } from '../core/timeout.ts'
import type { WireReply, WireRequest } from '../core/wire.ts'
import { TimeoutError } from '../errors/connection-errors.ts'
import { isConnectionError, isTimeoutError } from '../errors/guards.ts'
import { InvalidRequestError } from '../errors/request-errors.ts'
import { ResponseMismatchError } from '../errors/response-mismatch-error.ts'
import { notifyAttempt } from './attempt-events.ts'
import { connectionError } from './connection-failure.ts'
import { type PreparedRequest, prepareRequest } from './prepare-request.ts'
import { createRetrySession, isReply, type Outcome, pause } from './retry/session.ts'

/**
 * Sends a request: once more when the token had run out and a new one is there, and again as far as the policy allows.
 *
 * @throws the error of the last try when no reply came.
 */
export async function send(call: CallContext, request: WireRequest): Promise<WireReply> {
  const parcel = prepareRequest(call, request)
  const tries = createRetrySession(call, request, parcel.headers)

  call.endpoints.push(request.endpointId)
  call.attempts = 0
  call.unsure = false
  const { token: given } = call.settings
  let renewed = typeof given === 'string'
  // Without a wait: so the stack of a read leads to the line that called the method, for those who record requests.
  let token = typeof given === 'string' ? checkToken(call, given) : await askToken(call)
  for (;;) {
    const since = performance.now()
    const told = { request, since, resends: call.attempts }
    call.totalAttempts += 1
    const outcome = await attempt(call, request, parcel, token).catch((error: unknown) => {
      notifyAttempt(call.settings, { ...told, outcome: { error } })
      throw error
    })
    const known = isReply(outcome) ? outcome : { error: outcome }

    // A 401 is proof that nothing was done: a write can be sent again as well.
    if (isReply(outcome) && outcome.status === 401 && !renewed) {
      renewed = true
      const former = token
      token = await askToken(call)
      if (token !== former) {
        notifyAttempt(call.settings, { ...told, outcome, retry: { reason: 'token', delayMs: 0 } })
        continue
      }
    }

    const retry = tries.after(outcome)
    notifyAttempt(call.settings, { ...told, outcome: known, retry })
    if (retry !== undefined) await pause(retry.delayMs, call.signal)
    else if (!isReply(outcome)) throw outcome
    else {
      call.doubtful = tries.mayBeDone()
      return call.doubtful ? ifGone(request, outcome) : outcome
    }
  }
}

/** What is gone after an earlier try is deleted. */
function ifGone({ endpointId, method }: WireRequest, reply: WireReply): WireReply {
  if (method !== 'DELETE' || endpointId === undefined || reply.status !== 404) return reply
  return { ...reply, status: endpointOf(endpointId).status, text: '{"message":"deleted by an earlier attempt"}' }
}

async function askToken(call: CallContext): Promise<string> {
  const { token } = call.settings
  return checkToken(call, typeof token === 'string' ? token : await token())
}

function checkToken({ secrets }: CallContext, token: string): string {
  secrets.add(token)
  if (isHeaderValue(token)) return token

  const msg = '`token` must give a text that can stand in a header'
  throw new InvalidRequestError([{ type: 'value_error', loc: ['options', 'token'], msg, code: 'validation_failed' }])
}

async function attempt(
  call: CallContext,
  request: WireRequest,
  parcel: PreparedRequest,
  token: string,
): Promise<Outcome> {
  call.attempts += 1
  const { unsure } = call
  call.unsure = true
  const ms = call.options.timeout ?? call.settings.timeout
  const expired = () => new TimeoutError({ limit: 'timeout', ms, attempts: call.attempts })

  try {
    return await within({ ms, expired, signal: call.signal }, async (signal) => {
      const response = await exchange(call, request, parcel, token, signal)
      call.settings.backend.learn(response.status, response.headers)
      refuseRedirect(request, response)
      return {
        status: response.status,
        headers: response.headers,
        text: await read(call, request, response),
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

async function exchange(
  call: CallContext,
  request: WireRequest,
  { url, text, headers, authorized }: PreparedRequest,
  token: string,
  signal: AbortSignal,
): Promise<Response> {
  const { method, endpointId } = request
  // Looked up at each request: as a default it would freeze the global one before others patch it.
  const { fetch = globalThis.fetch } = call.settings
  if (!authorized) headers.set('Authorization', `Bearer ${token}`)
  try {
    const response = await fetch(
      new Request(url, {
        method,
        headers,
        ...(text !== undefined && { body: text }),
        // Followed, a write would lose its body or its method; and a path of the caller's own never leaves the service.
        redirect: method === 'GET' && endpointId !== undefined ? 'follow' : 'manual',
        signal,
      }),
    )
    // One of the caller's own may give anything.
    if (!isResponse(response)) throw new TypeError('fetch gave no response')
    return response
  } catch (error) {
    throw connectionError(call, request, 'no answer came', error)
  }
}

// A response of another realm or library is one as well.
const isResponse = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'headers' in value && 'text' in value

function refuseRedirect({ endpointId, method, path }: WireRequest, response: Response): void {
  // Browsers hide a redirect that is not followed behind status 0.
  const redirect = response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400)
  if (!redirect) return

  response.body?.cancel().catch(() => {})
  throw new ResponseMismatchError(
    `${method} ${path} was answered with a redirect, which is not followed; check \`baseUrl\``,
    { endpoint: endpointId, status: response.status, requestId: undefined },
  )
}

async function read(call: CallContext, request: WireRequest, response: Response): Promise<string> {
  try {
    return await response.text()
  } catch (error) {
    // The status of an error says enough without its text.
    if (!response.ok) return ''
    throw connectionError(call, request, 'the answer broke off', error)
  }
}
