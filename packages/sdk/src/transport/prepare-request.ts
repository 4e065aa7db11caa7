import { encodeQuery } from '@ai-ticket-creator/domain/internal'
import type { CallContext } from '../core/call-context.ts'
import { encodeJson } from '../core/encode-json.ts'
import type { WireRequest } from '../core/wire.ts'
import { isInvalidRequestError } from '../errors/guards.ts'
import { issueAt } from '../errors/issue.ts'
import { InvalidRequestError } from '../errors/request-errors.ts'

/** The part of a request that is the same in every attempt. */
export interface PreparedRequest {
  readonly url: URL
  readonly query: readonly QueryPair[]
  readonly text: string | undefined
  /** By their names in lower case. */
  readonly headers: ReadonlyMap<string, string>
  /** Whether the caller's headers contain a token. */
  readonly authorized: boolean
}

export function prepareRequest(call: CallContext, request: WireRequest): PreparedRequest {
  const text = encodeBody(request.body)
  const headers = headersOf(call, request, text !== undefined)
  return {
    url: new URL(`${call.settings.root}${request.target}`),
    query: encodeQuery(request.query),
    text,
    headers,
    authorized: headers.has('authorization'),
  }
}

type QueryPair = ReturnType<typeof encodeQuery>[number]

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
): ReadonlyMap<string, string> {
  const headers = new Map<string, string>()
  const set = (given: WireRequest['headers'] = {}): void => {
    for (const [name, value] of Object.entries(given)) {
      if (value === undefined) headers.delete(name.toLowerCase())
      else headers.set(name.toLowerCase(), value)
    }
  }
  const key = method === 'POST' ? (options.idempotencyKey ?? createIdempotencyKey()) : undefined
  set({ Accept: 'application/json' })
  set(settings.headers)
  set({ ...(hasBody && { 'Content-Type': 'application/json' }), ...(key !== undefined && { 'Idempotency-Key': key }) })
  set(options.headers)
  set(own)

  const condition = headers.get('if-match')
  if (condition !== undefined) headers.set('if-match', withOriginalETags(condition))
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
