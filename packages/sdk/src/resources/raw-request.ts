import {
  type BodyOf,
  ENDPOINT_IDS,
  type EndpointId,
  endpointOf,
  type JsonObject,
  type Method,
  type ParamsOf,
  parseBody,
  parseQuery,
  type QueryOf,
} from '@ai-ticket-creator/domain'
import { encodeQuery } from '@ai-ticket-creator/domain/internal'
import type { CallContext } from '../core/context.ts'
import { isEmpty } from '../core/fields.ts'
import type { RequestOptions } from '../core/options.ts'
import { type Result, toResult, type WithResponse } from '../core/result.ts'
import { runCall } from '../core/run-call.ts'
import type { Settings } from '../core/settings.ts'
import { trackDeprecatedRequest } from '../deprecations/track-input.ts'
import { type Issue, issueAt } from '../errors/issue.ts'
import { InvalidRequestError } from '../errors/request-errors.ts'
import { request } from '../request.ts'
import { decodeReply } from '../transport/decode-reply.ts'
import { send } from '../transport/send.ts'
import type { ShownReply } from './contract-methods.ts'
import type { Lookup } from './integrations/name-lookup.ts'
import { emptyFilters } from './parse-input.ts'

type Value = string | number | boolean

/** What an endpoint of the contract takes, in the current words only. */
export type EndpointRequest<Id extends EndpointId> = (keyof ParamsOf<Id> extends never
  ? { readonly params?: never }
  : { readonly params: ParamsOf<Id> }) &
  (QueryOf<Id> extends undefined ? { readonly query?: never } : { readonly query?: QueryOf<Id> }) &
  (BodyOf<Id> extends undefined ? { readonly body?: never } : { readonly body: BodyOf<Id> })

/** A request to a path that the contract does not have. */
export interface PathRequest {
  readonly method: Method
  /** Below `/api/v1`, such as `/reports/daily`; what has to be encoded in it is. Without query. */
  readonly path: string
  readonly query?: Readonly<Record<string, Value | readonly Value[] | null | undefined>> | undefined
  /** Anything that is JSON; sent as it is. */
  readonly body?: unknown
}

/** The way past the methods. */
export interface ClientRequest {
  /**
   * Asks an endpoint of the contract, as it is: one request in the words of the backend, checked before it is sent, in
   * the current words only. No name is looked up, no page is read on, nothing is merged.
   *
   * ```ts
   * const { total } = await client.request('tickets.list', { query: { status: ['open'], size: 1 } })
   * ```
   *
   * @throws InvalidRequestError before anything is sent, also for old words.
   */
  <const Id extends EndpointId>(
    endpoint: Id,
    given: EndpointRequest<Id>,
    options?: RequestOptions,
  ): Result<ShownReply<Id>>
  /**
   * Asks a path that the contract does not have, below the base URL. Redirects are not followed. The reply is read as
   * JSON and not checked; an empty one is undefined.
   *
   * @throws InvalidRequestError when the path leads out of the service.
   */
  (route: PathRequest, options?: RequestOptions): Result<unknown>
}

export function createRequest(settings: Settings, lookup: Lookup): ClientRequest {
  const run = (
    options: RequestOptions = {},
    work: (call: CallContext) => Promise<WithResponse<unknown>>,
  ): Result<unknown> => toResult(runCall(settings, options, work))

  const byId = (endpointId: EndpointId, given?: EndpointGiven, options?: RequestOptions) =>
    run(options, (call) => requestEndpoint(call, lookup, endpointId, given))
  const byPath = (route: PathRequest, options?: RequestOptions) =>
    run(options, (call) => requestPath(call, lookup, route))

  const ask = (target: EndpointId | PathRequest, ...rest: [EndpointGiven?, RequestOptions?]) => {
    if (typeof target !== 'string') return byPath(target, rest[0] as RequestOptions)
    trackDeprecatedRequest(settings, target, rest[0], ask)
    return byId(target, ...rest)
  }
  // The types are those of the overloads: what an endpoint takes and gives follows from its id.
  return ask as ClientRequest
}

interface EndpointGiven {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: object
  readonly body?: unknown
}

async function requestEndpoint(
  call: CallContext,
  lookup: Lookup,
  endpointId: EndpointId,
  { params = {}, query = {}, body }: EndpointGiven = {},
): Promise<WithResponse<unknown>> {
  if (!ENDPOINT_IDS.includes(endpointId)) throw refusal('endpoint', 'no endpoint has this id; see `EndpointId`')

  const { method, query: takesQuery, body: takesBody } = endpointOf(endpointId)
  const read = parseQuery(endpointId, encodeQuery(query), { generation: 'current' })
  const issues = [
    ...(takesQuery === undefined && !isEmpty({ ...query })
      ? [notTaken('query')]
      : [...emptyFilters(query), ...read.issues]),
    ...(takesBody === undefined && body !== undefined ? [notTaken('body')] : []),
    ...(takesBody === undefined ? [] : parseBody(endpointId, body, { generation: 'current' }).issues),
  ]
  if (issues.length > 0) throw new InvalidRequestError(issues)

  // Checked: it is an object, where there is one.
  const given = { params, query: read.body, ...(takesBody !== undefined && { body: body as JsonObject }) }
  return invalidateLookups(lookup, method, request(call, endpointId, given))
}

async function requestPath(
  call: CallContext,
  lookup: Lookup,
  { method, path, query = {}, body }: PathRequest,
): Promise<WithResponse<unknown>> {
  const target = targetOf(call.settings, path)
  if (!METHODS.includes(method)) throw refusal('method', `\`method\` must be one of ${METHODS.join(', ')}`)
  if (method === 'GET' && body !== undefined) throw refusal('body', '`body` can not be sent with GET; use `query`')

  // Nobody knows what is secret in it.
  call.secrets.add([body, query])
  const wire = { endpointId: undefined, method, path: call.secrets.hide(path), target, query, body }
  return invalidateLookups(
    lookup,
    method,
    send(call, wire).then((reply) => decodeReply(call, wire, reply)),
  )
}

// An integration may have been written.
const invalidateLookups = <T>(lookup: Lookup, method: Method, asked: Promise<T>): Promise<T> =>
  method === 'GET' ? asked : asked.finally(() => lookup.clear())

const METHODS: readonly string[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] satisfies Method[]

// Behind a root, which ends in a path, it can not change the origin. URL parsing drops line breaks, reads \ as / and folds
// dot segments away, encoded ones too: what counts is where the address leads in the end. Servers may decode once more.
function targetOf({ root }: Settings, path: unknown): string {
  const text = typeof path === 'string' && path.startsWith('/') ? path : '/..'
  const [home, { pathname }] = [new URL(root).pathname, new URL(`${root}${text}`)]

  const inside = pathname.startsWith(`${home}/`) && !pathname.split(/\/|%2f|%5c/i).some(isDots)
  if (!inside) throw refusal('path', '`path` must begin with / and lead to a place below the base URL')
  if (/[?#]/.test(text)) throw refusal('path', '`path` must have neither query nor fragment; use `query`')
  return pathname.slice(home.length)
}

const isDots = (segment: string): boolean => /^(?:\.|%2e){1,2}$/i.test(segment)

const refusal = (field: string, msg: string): InvalidRequestError => new InvalidRequestError([issueAt([field], msg)])

const notTaken = (part: string): Issue => issueAt([part], `this endpoint takes no ${part}`)
