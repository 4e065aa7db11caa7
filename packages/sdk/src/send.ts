import { type EndpointId, encodeQuery, type Method } from '@ai-ticket-creator/domain'
import ky from 'ky'
import { type CauseFacts, ConnectionError, InvalidRequestError, ResponseMismatchError, TimeoutError } from './errors.ts'
import { isHeaderValue } from './options.ts'
import type { Call } from './perform.ts'
import { within } from './time-limit.ts'

/** A request in the words of the backend. */
export interface WireRequest {
  /** Undefined for a path that the contract does not have. */
  readonly endpointId: EndpointId | undefined
  readonly method: Method
  /** As messages say it: with the names of its parameters, not their values. */
  readonly path: string
  /** The path below the root, encoded. */
  readonly target: string
  readonly query: object
  readonly body: unknown
  readonly headers?: Readonly<Record<string, string | undefined>> | undefined
}

/** What came back, read but not understood. */
export interface WireReply {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** How often the request was sent. */
  readonly attempts: number
}

/** Sends a request, and once more when the token had run out and a new one is there. */
export async function send(call: Call, request: WireRequest): Promise<WireReply> {
  const url = urlOf(call, request)
  const text = encodeBody(request.body)

  call.attempts = 0
  const token = await askToken(call)
  const reply = await attempt(call, request, url, text, token)
  // A 401 is proof that nothing was done: a write can be sent again as well.
  if (reply.status !== 401 || typeof call.settings.token === 'string') return reply

  const renewed = await askToken(call)
  return renewed === token ? reply : attempt(call, request, url, text, renewed)
}

function urlOf({ settings }: Call, { target, query }: WireRequest): string {
  const search = new URLSearchParams(
    encodeQuery(query).map(([name, value]): [string, string] => [name, value]),
  ).toString()
  return `${settings.root}${target}${search === '' ? '' : `?${search}`}`
}

function encodeBody(body: unknown): string | undefined {
  try {
    return body === undefined ? undefined : JSON.stringify(body)
  } catch {
    const msg = 'the body must be JSON: without circles, and without numbers of type bigint'
    throw new InvalidRequestError([{ type: 'value_error', loc: ['body'], msg, code: 'validation_failed' }])
  }
}

async function askToken({ settings, secrets }: Call): Promise<string> {
  const token = typeof settings.token === 'string' ? settings.token : await settings.token()
  secrets.add(token)
  if (isHeaderValue(token)) return token

  const msg = '`token` must give a text that can stand in a header'
  throw new InvalidRequestError([{ type: 'value_error', loc: ['options', 'token'], msg, code: 'validation_failed' }])
}

function attempt(
  call: Call,
  request: WireRequest,
  url: string,
  text: string | undefined,
  token: string,
): Promise<WireReply> {
  call.attempts += 1
  const ms = call.options.timeout ?? call.settings.timeout
  const expired = () => new TimeoutError({ limit: 'timeout', ms, attempts: call.attempts })

  return within({ ms, expired, signal: call.signal }, async (signal) => {
    const response = await exchange(call, request, url, text, token, signal)
    refuseRedirect(request, response)
    return {
      status: response.status,
      headers: response.headers,
      text: await read(call, request, response),
      attempts: call.attempts,
    }
  })
}

async function exchange(
  call: Call,
  request: WireRequest,
  url: string,
  text: string | undefined,
  token: string,
  signal: AbortSignal,
): Promise<Response> {
  const { method, endpointId } = request
  const { fetch } = call.settings
  try {
    return await ky(url, {
      method,
      headers: headersOf(call, request, token, text !== undefined),
      ...(text !== undefined && { body: text }),
      // Followed, a write would lose its body or its method; and a path of the caller's own never leaves the service.
      redirect: method === 'GET' && endpointId !== undefined ? 'follow' : 'manual',
      signal,
      // Time, errors and repeats are ours: ky's own would hold the request, and with it the credentials.
      timeout: false,
      retry: 0,
      throwHttpErrors: false,
      // Passed on only when given: as a default it would freeze the global one before others patch it.
      ...(fetch !== undefined && { fetch: (input) => fetch(input as Request) }),
    })
  } catch (error) {
    throw connectionError(call, request, 'no answer came', error)
  }
}

function headersOf(
  { settings, options }: Call,
  { method, headers: own = {} }: WireRequest,
  token: string,
  hasBody: boolean,
): Headers {
  const headers = new Headers({ Accept: 'application/json', ...settings.headers, Authorization: `Bearer ${token}` })
  if (hasBody) headers.set('Content-Type', 'application/json')
  if (method === 'POST' && options.idempotencyKey !== undefined) headers.set('Idempotency-Key', options.idempotencyKey)
  for (const [name, value] of Object.entries(options.headers ?? {})) headers.set(name, value)
  for (const [name, value] of Object.entries(own)) {
    if (value === undefined) headers.delete(name)
    else headers.set(name, value)
  }
  return headers
}

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

// fetch hides the network's code one or two causes deep, ky wraps it once more. Of all that only words are taken that
// look like a class or a code, since messages and properties may hold the request.
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
