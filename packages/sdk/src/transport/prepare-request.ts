import { encodeQuery } from '@ai-ticket-creator/domain/internal'
import type { CallContext } from '../core/call-context.ts'
import { encodeJson } from '../core/encode-json.ts'
import type { WireRequest } from '../core/wire.ts'
import { isInvalidRequestError } from '../errors/guards.ts'
import { issueAt } from '../errors/issue.ts'
import { InvalidRequestError } from '../errors/request-errors.ts'

/** The part of a request that is the same in every attempt. */
export interface PreparedRequest {
  readonly url: string
  readonly text: string | undefined
  readonly headers: Headers
  /** Whether the caller's headers contain a token. */
  readonly authorized: boolean
}

export function prepareRequest(call: CallContext, request: WireRequest): PreparedRequest {
  const text = encodeBody(request.body)
  const headers = headersOf(call, request, text !== undefined)
  return { url: urlOf(call, request), text, headers, authorized: headers.has('Authorization') }
}

function urlOf({ settings }: CallContext, { target, query }: WireRequest): string {
  const pairs = encodeQuery(query).map(([name, value]): [string, string] => [name, value])
  return `${settings.root}${target}${pairs.length === 0 ? '' : `?${new URLSearchParams(pairs)}`}`
}

function encodeBody(body: unknown): string | undefined {
  try {
    return body === undefined ? undefined : encodeJson(body)
  } catch (error) {
    if (isInvalidRequestError(error)) throw error
    const msg = 'the body must be JSON: without circles, and without numbers of type bigint'
    throw new InvalidRequestError([issueAt(['body'], msg)])
  }
}

/** All headers except the token, which may change between two attempts. */
function headersOf(
  { settings, options }: CallContext,
  { method, headers: own = {} }: WireRequest,
  hasBody: boolean,
): Headers {
  const headers = new Headers({ Accept: 'application/json', ...settings.headers })
  if (hasBody) headers.set('Content-Type', 'application/json')
  const key = method === 'POST' ? (options.idempotencyKey ?? createIdempotencyKey()) : undefined
  if (key !== undefined) headers.set('Idempotency-Key', key)
  for (const [name, value] of Object.entries(options.headers ?? {})) headers.set(name, value)
  for (const [name, value] of Object.entries(own)) {
    if (value === undefined) headers.delete(name)
    else headers.set(name, value)
  }
  const condition = headers.get('If-Match')
  if (condition !== null) headers.set('If-Match', withOriginalETags(condition))
  return headers
}

/**
 * Undoes what proxies do to an ETag when they compress the reply: they make it weak or append the name of the coding. A
 * changed ETag matches no version of the service, so that every conditional write would be refused.
 */
const withOriginalETags = (condition: string): string =>
  condition.replace(/(?:W\/)?"([^"]*?)(?:--?(?:gzip|br|zstd|deflate))?"/g, '"$1"')

// A page without TLS has no `randomUUID`. Then there is no key, and a POST whose reply is lost is not sent again.
const createIdempotencyKey = (): string | undefined => globalThis.crypto?.randomUUID?.()
