import {
  type BodyOf,
  ENDPOINT_IDS,
  type EndpointId,
  type JsonObject,
  type Method,
  type ParamsOf,
  type QueryOf,
} from '@ai-ticket-creator/domain'
import { compiledEndpoint, encodeQuery, parseCurrentBody, parseCurrentQuery } from '@ai-ticket-creator/domain/internal'
import type { CallContext, ClientContext } from '../core/call-context.ts'
import { isEmpty } from '../core/fields.ts'
import { toJsonValue } from '../core/json-value.ts'
import type { RequestOptions } from '../core/options.ts'
import type { Result, WithResponse } from '../core/result.ts'
import { createCaller } from '../core/run-call.ts'
import type { Settings } from '../core/settings.ts'
import { type Issue, issueAt } from '../errors/issue.ts'
import { InvalidRequestError } from '../errors/request-errors.ts'
import { assertFiltersApplied } from '../pagination/client-filters.ts'
import { backendOf } from '../pagination/filtered-request.ts'
import { request } from '../request.ts'
import { exchangeUnverified } from '../transport/exchange.ts'
import type { ShownReply } from './contract-methods.ts'
import { emptyFilters } from './parse-input.ts'

/** A value of a query parameter. */
export type QueryValue = string | number | boolean

/** The input of an endpoint of the contract, with the current names only. */
export type EndpointRequest<Id extends EndpointId> = (keyof ParamsOf<Id> extends never
  ? { readonly params?: never }
  : { readonly params: ParamsOf<Id> }) &
  (QueryOf<Id> extends undefined ? { readonly query?: never } : { readonly query?: QueryOf<Id> }) &
  (BodyOf<Id> extends undefined ? { readonly body?: never } : { readonly body: BodyOf<Id> })

/** A request to a path that the contract does not have. */
export interface PathRequest {
  readonly method: Method
  /** Below `/api/v1`, such as `/reports/daily`. It is encoded where necessary, and must not contain a query. */
  readonly path: string
  readonly query?: Readonly<Record<string, QueryValue | readonly QueryValue[] | null | undefined>> | undefined
  /** Any JSON value. It is sent as it is. */
  readonly body?: unknown
}

/** Requests without the methods, for endpoints and paths that have none. */
export interface ClientRequest {
  /**
   * Sends one request to an endpoint of the contract, with the current names only. It is checked before it is sent, and
   * translated to the generation of the backend. No name is looked up, no further page is read, nothing is merged, and rows
   * are not filtered.
   *
   * ```ts
   * const { items, total } = await client.request('tickets.list', { query: { page: 2, size: 10 } })
   * ```
   *
   * @throws InvalidRequestError before anything is sent, also for old names.
   * @throws FilterNotSupportedError when the backend may have ignored a filter.
   */
  <const Id extends EndpointId>(
    endpoint: Id,
    given: EndpointRequest<Id>,
    options?: RequestOptions,
  ): Result<ShownReply<Id>>
  /**
   * Sends one request to a path that the contract does not have, below the base URL. Redirects are not followed. The reply
   * is parsed as JSON and not checked; an empty one is undefined.
   *
   * @throws InvalidRequestError before anything is sent, for example when the path leads outside the service.
   */
  (route: PathRequest, options?: RequestOptions): Result<unknown>
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null

export function createRequest(client: ClientContext): ClientRequest {
  const run = createCaller(client)
  const byId = (endpointId: EndpointId, input?: EndpointInput, options: RequestOptions = {}) =>
    run(options, async (call) => {
      if (input !== undefined && !isObject(input)) throw invalid('endpoint', 'the input must be an object')
      return requestEndpoint(call, endpointId, input)
    })
  const byPath = (route: PathRequest, options: RequestOptions = {}) =>
    run(options, async (call) => {
      if (!isObject(route)) throw invalid('endpoint', 'the first argument must be an endpoint id or a path request')
      return requestPath(call, route)
    })

  const send = (target: EndpointId | PathRequest, ...rest: [EndpointInput?, RequestOptions?]) => {
    if (typeof target !== 'string') return byPath(target, rest[0] as RequestOptions)
    return byId(target, ...rest)
  }
  // The overloads of `ClientRequest` declare the types of input and reply.
  return send as ClientRequest
}

interface EndpointInput {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: object
  readonly body?: unknown
}

async function requestEndpoint(
  call: CallContext,
  endpointId: EndpointId,
  { params = {}, query = {}, body: given }: EndpointInput = {},
): Promise<WithResponse<unknown>> {
  const body = toJsonValue(given)
  if (!ENDPOINT_IDS.includes(endpointId)) throw invalid('endpoint', 'no endpoint has this id; see `EndpointId`')

  const { query: takesQuery, body: takesBody } = compiledEndpoint(endpointId)
  const parsedQuery = parseCurrentQuery(endpointId, encodeQuery(query))
  const issues = [
    ...(takesQuery === undefined && !isEmpty({ ...query })
      ? [notAccepted('query')]
      : [...emptyFilters(query), ...parsedQuery.issues]),
    ...(takesBody === undefined && body !== undefined ? [notAccepted('body')] : []),
    ...(takesBody === undefined ? [] : parseCurrentBody(endpointId, body).issues),
  ]
  if (issues.length > 0) throw new InvalidRequestError(issues)

  // The body was checked: it is an object.
  const input = { params, query: parsedQuery.body, ...(takesBody !== undefined && { body: body as JsonObject }) }
  const reply = await request(call, endpointId, input)
  if (LISTS.includes(endpointId)) assertFiltersApplied(parsedQuery.body, backendOf(call, [], reply.response))
  return reply
}

const LISTS: readonly EndpointId[] = ['integrations.list', 'integrations.listActive', 'tickets.list']

async function requestPath(
  call: CallContext,
  { method, path, query = {}, body }: PathRequest,
): Promise<WithResponse<unknown>> {
  const target = targetOf(call.settings, path)
  if (!METHODS.includes(method)) throw invalid('method', `\`method\` must be one of ${METHODS.join(', ')}`)
  if (method === 'GET' && body !== undefined) throw invalid('body', '`body` cannot be sent with GET; use `query`')

  // The contract does not describe this request, so any value in it may be secret.
  call.secrets.add([body, query])
  const wire = { endpointId: undefined, method, path: call.secrets.hide(path), target, query, body }
  return exchangeUnverified(call, wire)
}

const METHODS: readonly string[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] satisfies Method[]

// The path is appended to the root, so it cannot change the origin. URL parsing removes line breaks, reads \ as / and
// resolves dot segments, encoded ones too, so the resolved address is checked. Servers may decode once more.
function targetOf({ root }: Settings, path: unknown): string {
  const text = typeof path === 'string' && path.startsWith('/') ? path : '/..'
  const [rootPath, { pathname }] = [new URL(root).pathname, new URL(`${root}${text}`)]

  const isInside = pathname.startsWith(`${rootPath}/`) && !pathname.split(/\/|%2f|%5c/i).some(isDotSegment)
  if (!isInside) throw invalid('path', '`path` must begin with / and stay below the base URL')
  if (/[?#]/.test(text)) throw invalid('path', '`path` must have neither query nor fragment; use `query`')
  return pathname.slice(rootPath.length)
}

const isDotSegment = (segment: string): boolean => /^(?:\.|%2e){1,2}$/i.test(segment)

const invalid = (field: string, msg: string): InvalidRequestError => new InvalidRequestError([issueAt([field], msg)])

const notAccepted = (part: string): Issue => issueAt([part], `this endpoint takes no ${part}`)
