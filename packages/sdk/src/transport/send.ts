import { encodeQuery, endpointOf } from '@ai-ticket-creator/domain'
import { tellAttempt } from '../core/events.ts'
import { isHeaderValue } from '../core/options.ts'
import type { Call } from '../core/run-call.ts'
import { within } from '../core/timeout.ts'
import type { WireReply, WireRequest } from '../core/wire.ts'
import {
  type CauseFacts,
  ConnectionError,
  InvalidRequestError,
  isConnectionError,
  isTimeoutError,
  ResponseMismatchError,
  TimeoutError,
} from '../errors/base.ts'
import { countTries, isReply, type Outcome, pause } from './retry/session.ts'

/**
 * Sends a request: once more when the token had run out and a new one is there, and again as far as the policy allows.
 *
 * @throws the error of the last try when no reply came.
 */
export async function send(call: Call, request: WireRequest): Promise<WireReply> {
  const parcel = pack(call, request)
  const tries = countTries(call, request, parcel.headers)

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
    call.sent += 1
    const outcome = await attempt(call, request, parcel, token).catch((error: unknown) => {
      tellAttempt(call.settings, { ...told, outcome: { error } })
      throw error
    })
    const known = isReply(outcome) ? outcome : { error: outcome }

    // A 401 is proof that nothing was done: a write can be sent again as well.
    if (isReply(outcome) && outcome.status === 401 && !renewed) {
      renewed = true
      const former = token
      token = await askToken(call)
      if (token !== former) {
        tellAttempt(call.settings, { ...told, outcome, retry: { reason: 'token', delayMs: 0 } })
        continue
      }
    }

    const retry = tries.after(outcome)
    tellAttempt(call.settings, { ...told, outcome: known, retry })
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

/** What all tries of a request have in common. */
interface Parcel {
  readonly url: string
  readonly text: string | undefined
  readonly headers: Headers
  /** Whether the caller has put a token of his own into the headers. */
  readonly authorized: boolean
}

function pack(call: Call, request: WireRequest): Parcel {
  const text = encodeBody(request.body)
  const headers = headersOf(call, request, text !== undefined)
  return { url: urlOf(call, request), text, headers, authorized: headers.has('Authorization') }
}

function urlOf({ settings }: Call, { target, query }: WireRequest): string {
  const pairs = encodeQuery(query).map(([name, value]): [string, string] => [name, value])
  return `${settings.root}${target}${pairs.length === 0 ? '' : `?${new URLSearchParams(pairs)}`}`
}

function encodeBody(body: unknown): string | undefined {
  try {
    return body === undefined ? undefined : JSON.stringify(body)
  } catch {
    const msg = 'the body must be JSON: without circles, and without numbers of type bigint'
    throw new InvalidRequestError([{ type: 'value_error', loc: ['body'], msg, code: 'validation_failed' }])
  }
}

async function askToken(call: Call): Promise<string> {
  const { token } = call.settings
  return checkToken(call, typeof token === 'string' ? token : await token())
}

function checkToken({ secrets }: Call, token: string): string {
  secrets.add(token)
  if (isHeaderValue(token)) return token

  const msg = '`token` must give a text that can stand in a header'
  throw new InvalidRequestError([{ type: 'value_error', loc: ['options', 'token'], msg, code: 'validation_failed' }])
}

async function attempt(call: Call, request: WireRequest, parcel: Parcel, token: string): Promise<Outcome> {
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
  call: Call,
  request: WireRequest,
  { url, text, headers, authorized }: Parcel,
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

// All but the token, which may change between two tries.
function headersOf({ settings, options }: Call, { method, headers: own = {} }: WireRequest, hasBody: boolean): Headers {
  const headers = new Headers({ Accept: 'application/json', ...settings.headers })
  if (hasBody) headers.set('Content-Type', 'application/json')
  const key = method === 'POST' ? (options.idempotencyKey ?? mintKey()) : undefined
  if (key !== undefined) headers.set('Idempotency-Key', key)
  for (const [name, value] of Object.entries(options.headers ?? {})) headers.set(name, value)
  for (const [name, value] of Object.entries(own)) {
    if (value === undefined) headers.delete(name)
    else headers.set(name, value)
  }
  return headers
}

// A page without TLS has no `randomUUID`: then there is no key, and a POST whose answer is lost is not sent again.
const mintKey = (): string | undefined => globalThis.crypto?.randomUUID?.()

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

async function read(call: Call, request: WireRequest, response: Response): Promise<string> {
  try {
    return await response.text()
  } catch (error) {
    // The status of an error says enough without its text.
    if (!response.ok) return ''
    throw connectionError(call, request, 'the answer broke off', error)
  }
}

function connectionError(
  call: Call,
  { endpointId, method, path }: WireRequest,
  what: string,
  error: unknown,
): ConnectionError {
  const cause = factsOf(call, error)
  const code = cause.code === undefined ? '' : ` (${cause.code})`
  return new ConnectionError(`${method} ${path}: ${what}${code}`, {
    endpoint: endpointId,
    attempts: call.attempts,
    cause,
  })
}

// fetch hides the network's code one or two causes deep, and one of the caller's own may wrap it once more. Of all that
// only words are taken that look like a class or a code, since messages and properties may hold the request.
function factsOf({ secrets }: Call, error: unknown): CauseFacts {
  const chain = [...causesOf(error)]
  const wordIn = (key: 'name' | 'code', form: RegExp) =>
    chain
      .map((link) => link[key])
      .findLast((word): word is string => typeof word === 'string' && form.test(word) && secrets.hide(word) === word)

  return { name: wordIn('name', /^[A-Za-z]{1,40}$/), code: wordIn('code', /^[A-Z][A-Z0-9_]{1,40}$/) }
}

function* causesOf(error: unknown, depth = 0): Generator<{ name?: unknown; code?: unknown }> {
  if (typeof error !== 'object' || error === null || depth > 5) return
  yield error
  // Several addresses of one host fail as an AggregateError.
  const { cause, errors } = error as { cause?: unknown; errors?: unknown }
  yield* causesOf(cause, depth + 1)
  if (Array.isArray(errors)) yield* causesOf(errors[0], depth + 1)
}
