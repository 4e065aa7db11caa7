import { endpointOf, type Generation } from '@ai-ticket-creator/domain'
import { encodeQuery, fillPath, paramNames } from '@ai-ticket-creator/domain/internal'
import manifest from '../../../package.json' with { type: 'json' }
import type { Fetch } from '../../core/fetch.ts'
import { parseJson } from '../../core/json.ts'
import type { CaseRequest } from '../model/case-request.ts'
import { type FileIds, withRealFiles, withSampleFiles } from '../model/file-ids.ts'
import { isInterruption } from '../model/interruption.ts'
import { parseReply, type Reply } from '../model/observed-reply.ts'
import { authorizationOf } from './authorization.ts'
import { type Pause, PauseTooLongError, retryDelay } from './pause.ts'
import type { ResponseTimeout } from './response-timeout.ts'

/** No reply came, so nothing is known about the backend. */
export class UnreachableError extends Error {}

/** How to reach a backend. */
export interface Connection {
  readonly baseUrl: string
  readonly token: string
  readonly otherTenantToken: string | undefined
  readonly fetch: Fetch
  /** Files of the backend; undefined: made-up ids are sent. */
  readonly fileIds: FileIds | undefined
  /** Only GET is sent. */
  readonly readOnly: boolean
  /** No reply may contain one of these. */
  readonly secrets: readonly string[]
  readonly signal: AbortSignal
  readonly responseTimeout: ResponseTimeout
  readonly pause: Pause
  readonly countRequest: () => void
}

/** How the requests of a run are sent. */
export interface RequestMode {
  /** Generation in which requests are sent and replies are read. */
  readonly generation: Generation
  /** `Prefer: handling=strict` on each request. */
  readonly strict: boolean
}

/**
 * Sends an encoded request and parses the reply.
 *
 * @throws UnreachableError when no reply comes, or not in time.
 */
export async function send(
  connection: Connection,
  { generation, strict }: RequestMode,
  request: CaseRequest,
  ids: Readonly<Record<string, string>> = {},
): Promise<Reply> {
  const { method, path } = routeOf(request)
  const body = bodyOf(request, connection.fileIds)
  if (connection.readOnly && method !== 'GET') throw new TypeError(`${method} is not sent in read-only mode`)

  const url = `${connection.baseUrl}/api/v1${fill(path, { ...ids, ...request.params })}${searchOf(request)}`
  const reply = await fetchWithRetry(connection, url, {
    method,
    headers: headersOf(connection, strict, request),
    // Cases check redirects. A followed redirect would also send a write twice.
    redirect: 'manual',
    ...(body !== undefined && { body }),
  })
  const { endpoint } = request
  const text = withSampleFiles(reply.text, connection.fileIds)
  return parseReply({
    ...reply,
    text,
    request,
    endpoint,
    method,
    path,
    generation,
    strict,
    secrets: connection.secrets,
  })
}

const routeOf = (request: CaseRequest): { method: string; path: string } => {
  const { method, path } = endpointOf(request.endpoint)
  return { method: request.method ?? method, path: request.path ?? path }
}

const fill = (path: string, params: Readonly<Record<string, string>>): string =>
  paramNames(path).length === 0 ? path : fillPath(path, params)

function searchOf({ query = {} }: CaseRequest): string {
  const search = new URLSearchParams()
  for (const [name, value] of encodeQuery(query)) search.append(name, value)
  return search.size === 0 ? '' : `?${search.toString()}`
}

function bodyOf({ body, rawBody }: CaseRequest, fileIds: FileIds | undefined): string | undefined {
  const text = rawBody ?? (body === undefined ? undefined : JSON.stringify(body))
  return text === undefined ? undefined : withRealFiles(text, fileIds)
}

function headersOf(connection: Connection, strict: boolean, request: CaseRequest): Record<string, string> {
  const authorization = authorizationOf(connection, request.token)
  return {
    Accept: 'application/json',
    'X-Client': `ai-ticket-creator-verify@${manifest.version}`,
    ...(authorization !== undefined && { Authorization: authorization }),
    ...((request.rawBody ?? request.body) !== undefined && { 'Content-Type': 'application/json' }),
    ...(strict && { Prefer: 'handling=strict' }),
    ...request.headers,
  }
}

const MAX_REPEATS = { withRetryAfter: 8, withoutRetryAfter: 4, gateway: 2 } as const

/**
 * Repeats a request that a rate limit refused, because it was not executed, and a GET that a gateway answered in place of the
 * service. Returns the last reply.
 */
async function fetchWithRetry(connection: Connection, url: string, init: RequestInit): Promise<HttpReply> {
  for (let repeat = 1; ; repeat++) {
    await waitForLimit(connection)
    const reply = await fetchWithReconnect(connection, url, init)
    if (repeat > maxRepeats(reply, init)) return reply
    connection.pause.extend(retryDelay(reply.headers.get('Retry-After'), repeat))
  }
}

function maxRepeats({ status, headers, text }: HttpReply, { method }: RequestInit): number {
  if (status === 429) return headers.has('Retry-After') ? MAX_REPEATS.withRetryAfter : MAX_REPEATS.withoutRetryAfter
  return method === 'GET' && isInterruption({ status, json: parseJson(text) }) ? MAX_REPEATS.gateway : 0
}

async function waitForLimit({ pause, signal }: Connection): Promise<void> {
  try {
    await pause.wait(signal)
  } catch (cause) {
    throw cause instanceof PauseTooLongError ? new UnreachableError(cause.message, { cause }) : cause
  }
}

/** Repeats a GET once if the server closed a kept-alive connection just as it was reused (RFC 9112 §9.3.1). */
async function fetchWithReconnect(connection: Connection, url: string, init: RequestInit): Promise<HttpReply> {
  try {
    return await fetchOnce(connection, url, init)
  } catch (error) {
    if (init.method === 'GET' && error instanceof UnreachableError && CLOSED.includes(codeOf(error.cause) ?? ''))
      return await fetchOnce(connection, url, init)
    throw error
  }
}

const CLOSED: readonly string[] = ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']

type HttpReply = Pick<Reply, 'status' | 'headers' | 'text'>

async function fetchOnce(connection: Connection, url: string, init: RequestInit): Promise<HttpReply> {
  const { fetch, signal, countRequest, responseTimeout } = connection
  signal.throwIfAborted()
  countRequest()
  return await responseTimeout.guard(async (silence) => {
    // A write in flight is not aborted when the run is stopped: without its reply, the row that it created is not deleted.
    const abort = init.method === 'GET' ? AbortSignal.any([signal, silence]) : silence
    try {
      const response = await fetch(url, { ...init, signal: abort })
      return { status: response.status, headers: response.headers, text: await response.text() }
    } catch (cause) {
      signal.throwIfAborted()
      throw new UnreachableError(silence.aborted ? 'the backend does not answer' : reasonOf(cause), { cause })
    }
  })
}

/** The error code or name. The message of `fetch` could contain the URL, and so ids. */
function reasonOf(cause: unknown): string {
  const root = rootCause(cause)
  return `the backend is unreachable (${codeOf(cause) ?? (root instanceof Error ? root.name : 'unknown')})`
}

function codeOf(cause: unknown): string | undefined {
  const root = rootCause(cause)
  return root instanceof Error && 'code' in root ? String(root.code) : undefined
}

const rootCause = (cause: unknown): unknown =>
  cause instanceof Error && cause.cause instanceof Error ? rootCause(cause.cause) : cause
