import { compiledEndpoint, encodeQuery, fillPath } from '@ai-ticket-creator/domain/internal'
import type { CallContext } from '../core/call-context.ts'
import { encodeJson } from '../core/encode-json.ts'
import { inLowerCase } from '../core/header-syntax.ts'
import type { SentRequest } from '../core/sent-request.ts'
import type { WireRequest } from '../core/wire.ts'
import { isInvalidRequestError } from '../errors/guards.ts'
import { issueAt } from '../errors/issue.ts'
import { InvalidRequestError } from '../errors/request-errors.ts'
import { addSecretsOf } from '../errors/secret-fields.ts'

/**
 * The request as its generation expects it.
 *
 * @throws InvalidRequestError for a value that the generation cannot express.
 */
export function encodeRequest(call: CallContext, sent: SentRequest): WireRequest {
  const { endpointId, generation, input } = sent
  if (input.body !== undefined) addSecretsOf(input.body, call.secrets)

  const { method, path } = compiledEndpoint(endpointId)
  const { query, body } = call.dialect.encode(sent)
  return {
    endpointId,
    method,
    path,
    target: targetOf(path, input.params ?? {}),
    query,
    body: input.deployedBody ?? body,
    generation,
    headers: input.headers,
  }
}

/** The part of a request that is the same in every attempt. */
export interface PreparedRequest {
  /** With the query. */
  readonly url: string
  /** The body as JSON. */
  readonly text: string | undefined
  /** By their names in lower case. */
  readonly headers: Headers
  /** Whether the caller's headers contain a token. */
  readonly authorized: boolean
}

/** Encodes the query, the body and the headers of a request. */
export function prepareRequest(call: CallContext, request: WireRequest): PreparedRequest {
  const text = encodeBody(request.body)
  const headers = headersOf(call, request, text !== undefined)
  return {
    url: `${call.settings.root}${request.target}${searchOf(request.query)}`,
    text,
    headers,
    authorized: headers['authorization'] !== undefined,
  }
}

function targetOf(path: string, params: Readonly<Record<string, string>>): string {
  try {
    return fillPath(path, params)
  } catch {
    const [name = 'id'] = Object.keys(params)
    throw new InvalidRequestError([issueAt(['path', name], `\`${name}\` must be a non-empty id`)])
  }
}

type Headers = Readonly<Record<string, string>>

// The query is not an option of ky, which would create a second `Request` to add it.
function searchOf(query: object): string {
  const pairs = encodeQuery(query)
  return pairs.length === 0
    ? ''
    : `?${new URLSearchParams(pairs.map(([name, value]): [string, string] => [name, value]))}`
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
  { method, headers: own }: WireRequest,
  hasBody: boolean,
): Headers {
  const key = method === 'POST' ? (options.idempotencyKey ?? createIdempotencyKey()) : undefined
  const ofClient = {
    ...settings.headers,
    ...(hasBody && { 'content-type': 'application/json' }),
    ...(key !== undefined && { 'idempotency-key': key }),
  }
  const headers = withHeaders(withHeaders(ofClient, options.headers), own)
  const condition = headers['if-match']
  return condition === undefined ? headers : { ...headers, 'if-match': withOriginalETags(condition) }
}

/** The headers, overridden by those that are given; undefined removes a header. */
function withHeaders(headers: Headers, given: WireRequest['headers']): Headers {
  if (given === undefined) return headers
  const all = { ...headers, ...inLowerCase(given) }
  return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined))
}

/**
 * Undoes what proxies do to an ETag when they compress the reply: they make it weak or append the name of the coding. A
 * changed ETag matches no version of the service, so that every conditional write would be refused.
 */
const withOriginalETags = (condition: string): string =>
  condition.replace(/(?:W\/)?"([^"]*?)(?:--?(?:gzip|br|zstd|deflate))?"/g, '"$1"')

// A page without TLS has no `randomUUID`. Then there is no key, and a POST whose reply is lost is not sent again.
const createIdempotencyKey = (): string | undefined => globalThis.crypto?.randomUUID?.()
