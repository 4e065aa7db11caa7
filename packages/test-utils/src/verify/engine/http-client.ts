import { endpointOf, type Generation } from '@ai-ticket-creator/domain'
import { encodeQuery, fillPath, paramNames } from '@ai-ticket-creator/domain/internal'
import manifest from '../../../package.json' with { type: 'json' }
import type { Fetch } from '../../core/fetch.ts'
import type { CaseRequest } from '../model/case-request.ts'
import { type Reply, readReply } from '../model/observed-reply.ts'

/** The backend could not be reached: nothing is known of what it would have answered. */
export class NotReached extends Error {}

/** The way to a backend. */
export interface Connection {
  readonly baseUrl: string
  readonly token: string
  readonly otherTenantToken: string | undefined
  readonly fetch: Fetch
  /** Nothing but GET leaves. */
  readonly readOnly: boolean
  /** What no reply may contain. */
  readonly secrets: readonly string[]
  readonly signal: AbortSignal
  readonly count: () => void
}

/** How requests are spoken. */
export interface RequestMode {
  /** The generation whose words are sent, and understood in replies. */
  readonly generation: Generation
  /** `Prefer: handling=strict` on each request. */
  readonly strict: boolean
}

/**
 * Sends a request, already in the words of the backend, and reads what comes.
 *
 * @throws NotReached when nothing comes, or too much later.
 */
export async function send(
  connection: Connection,
  { generation, strict }: RequestMode,
  ask: CaseRequest,
  ids: Readonly<Record<string, string>> = {},
): Promise<Reply> {
  const { method, path } = placeOf(ask)
  const body = bodyOf(ask)
  if (connection.readOnly && method !== 'GET') throw new TypeError(`${method} is not sent in read-only mode`)

  const url = `${connection.baseUrl}/api/v1${fill(path, { ...ids, ...ask.params })}${searchOf(ask)}`
  const response = await reach(connection, url, {
    method,
    headers: headersOf(connection, strict, ask),
    // A redirect is an answer, and a write that is sent elsewhere may run twice.
    redirect: 'manual',
    ...(body !== undefined && { body }),
  })
  return readReply({
    ...response,
    ask,
    endpoint: ask.endpoint,
    method,
    path,
    generation,
    strict,
    secrets: connection.secrets,
  })
}

const placeOf = (ask: CaseRequest): { method: string; path: string } => {
  const { method, path } = endpointOf(ask.endpoint)
  return { method: ask.method ?? method, path: ask.path ?? path }
}

const fill = (path: string, params: Readonly<Record<string, string>>): string =>
  paramNames(path).length === 0 ? path : fillPath(path, params)

function searchOf({ query = {} }: CaseRequest): string {
  const search = new URLSearchParams()
  for (const [name, value] of encodeQuery(query)) search.append(name, value)
  return search.size === 0 ? '' : `?${search.toString()}`
}

const bodyOf = ({ body, text }: CaseRequest): string | undefined =>
  text ?? (body === undefined ? undefined : JSON.stringify(body))

function headersOf(connection: Connection, strict: boolean, ask: CaseRequest): Record<string, string> {
  const token = { none: undefined, wrong: 'not-a-token', other: connection.otherTenantToken }[ask.token ?? 'none']
  const bearer = ask.token === undefined ? connection.token : token
  return {
    Accept: 'application/json',
    'X-Client': `ai-ticket-creator-verify@${manifest.version}`,
    ...(bearer !== undefined && { Authorization: `Bearer ${bearer}` }),
    ...(bodyOf(ask) !== undefined && { 'Content-Type': 'application/json' }),
    ...(strict && { Prefer: 'handling=strict' }),
    ...ask.headers,
  }
}

/** Connections that are kept open may be closed just when they are used again: what reads is sent once more (RFC 9112 §9.3.1). */
async function reach(connection: Connection, url: string, init: RequestInit): Promise<Answer> {
  try {
    return await reachOnce(connection, url, init)
  } catch (error) {
    if (init.method === 'GET' && error instanceof NotReached && CLOSED.includes(codeOf(error.cause) ?? ''))
      return await reachOnce(connection, url, init)
    throw error
  }
}

const CLOSED: readonly string[] = ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']

type Answer = Pick<Reply, 'status' | 'headers' | 'text'>

async function reachOnce({ fetch, signal, count }: Connection, url: string, init: RequestInit): Promise<Answer> {
  signal.throwIfAborted()
  count()
  // A write that is under way is waited for: nobody would know what became of it.
  const limit = AbortSignal.timeout(TIMEOUT)
  const stop = init.method === 'GET' ? AbortSignal.any([signal, limit]) : limit
  try {
    const response = await fetch(url, { ...init, signal: stop })
    return { status: response.status, headers: response.headers, text: await response.text() }
  } catch (cause) {
    signal.throwIfAborted()
    throw new NotReached(limit.aborted ? `no answer within ${TIMEOUT / 1000} s` : reasonOf(cause), { cause })
  }
}

const TIMEOUT = 10_000

/** Why, without what the request was: a message of `fetch` may hold the address, and no more. */
function reasonOf(cause: unknown): string {
  const inner = innerOf(cause)
  return `it is not reached (${codeOf(cause) ?? (inner instanceof Error ? inner.name : 'unknown')})`
}

function codeOf(cause: unknown): string | undefined {
  const inner = innerOf(cause)
  return inner instanceof Error && 'code' in inner ? String(inner.code) : undefined
}

const innerOf = (cause: unknown): unknown =>
  cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause
