import {
  type Change,
  CORE_ENDPOINT_IDS,
  type CoreEndpointId,
  ENDPOINT_IDS,
  type EndpointId,
  endpointOf,
  GENERATIONS,
  type Generation,
  movedTo,
  paramNames,
} from '@ai-ticket-creator/domain'
import { type Context, Hono } from 'hono'
import { type Call, createReader, type Handler, type Notes, type Ports } from './call.ts'
import {
  type AppUser,
  acceptingPlatforms,
  createUserDirectory,
  DEFAULT_USER,
  requestCounter,
  sequentialIds,
  steppingClock,
} from './defaults.ts'
import { encodeReply } from './encode-reply.ts'
import { checkVersion, toTag } from './entity-tag.ts'
import { handlers } from './handlers/index.ts'
import { aboutBackend, aboutIgnored, aboutOldWords, type DeprecationNotice } from './headers.ts'
import { createMemoryStore } from './memory-store.ts'
import type { Caller, Ids, UserDirectory } from './ports.ts'
import { readJson } from './read-json.ts'
import { invalid, Refusal } from './refusal.ts'

/** What an app is made of. Without any of it, it keeps its rows in memory and repeats itself run by run. */
export interface AppOptions extends Partial<Omit<Ports, 'users'>> {
  /** Ids of requests that bring none. Default: `req-1`, `req-2`, … */
  readonly requestIds?: Ids
  /** Which words it speaks. Default: `current`. */
  readonly generation?: Generation
  /** The people it knows, or a directory of them. Default: one, whose token is `test-token`. */
  readonly users?: readonly AppUser[] | UserDirectory
  /** Where the guide to a change is. Default: `/docs/migration#` and the change's id. */
  readonly guide?: (change: Change) => string
  /** The day on which the old words stop working. Default: not set. */
  readonly sunset?: Date
  /** The longest body that is read, in bytes. Default: 1 MiB. */
  readonly bodyLimit?: number
  /** Told of failures that are answered with 500, which says no more than the request id. Default: nobody. */
  readonly onError?: (error: unknown, about: { readonly requestId: string }) => void
}

/** The API as a function from request to reply. */
export interface App {
  /** Answers a request below `/api/v1`. Never rejects. */
  readonly fetch: (request: Request) => Promise<Response>
  readonly generation: Generation
  /** Changes the words it speaks, as a roll-out or a rollback does; the rows stay. */
  readonly switchGeneration: (generation: Generation) => void
}

/**
 * The AI Ticket Creator API, as a function.
 *
 * ```ts
 * const app = createApp({ generation: 'transitional' })
 * const reply = await app.fetch(
 *   new Request('http://localhost/api/v1/integrations/', { headers: { Authorization: 'Bearer test-token' } }),
 * )
 * ```
 */
export function createApp(options: AppOptions = {}): App {
  const house = furnish(options)
  const routes = new Hono()
  for (const endpointId of ENDPOINT_IDS) {
    const { method, path } = endpointOf(endpointId)
    routes.on(method, toRoute(path), (context) => answer(house, endpointId, context))
  }
  for (const endpointId of ENDPOINT_IDS) {
    const { path } = endpointOf(endpointId)
    routes.all(toRoute(path), (context) => refuseMethod(house, path, context))
  }
  routes.notFound((context) => refusePath(house, context))

  return {
    fetch: async (request) => routes.fetch(request),
    get generation() {
      return house.generation
    },
    switchGeneration(generation) {
      house.generation = generation
    },
  }
}

interface House extends Ports, DeprecationNotice {
  generation: Generation
  readonly bodyLimit: number
  readonly requestIds: Ids
  readonly onError: NonNullable<AppOptions['onError']>
}

function furnish(options: AppOptions): House {
  const { users = [DEFAULT_USER] } = options
  return {
    generation: options.generation ?? 'current',
    store: options.store ?? createMemoryStore(),
    clock: options.clock ?? steppingClock(),
    ids: options.ids ?? sequentialIds(),
    requestIds: options.requestIds ?? requestCounter(),
    users: 'authenticate' in users ? users : createUserDirectory(users),
    external: options.external ?? acceptingPlatforms(),
    afterCommit: options.afterCommit ?? (() => {}),
    guide: options.guide ?? (({ id }) => `/docs/migration#${id}`),
    sunset: options.sunset,
    bodyLimit: options.bodyLimit ?? 1024 * 1024,
    onError: options.onError ?? (() => {}),
  }
}

// One request is answered in one generation, also when the app is switched meanwhile.
interface Exchange {
  readonly request: Request
  readonly generation: Generation
  /** `Prefer: handling=strict` (RFC 7240): a caller proves that it is done with the old words. */
  readonly strict: boolean
  readonly requestId: string
  readonly notes: Notes
}

async function answer(house: House, endpointId: EndpointId, context: Context): Promise<Response> {
  const exchange = begin(house, context)
  const { request, generation, strict } = exchange
  try {
    checkAvailable(endpointId, exchange)
    const handler = handlerOf(endpointId)
    const json = await readJson(endpointId, request, house.bodyLimit)
    const caller = await authenticate(house, request)
    const params = readParams(endpointOf(endpointId).path, context)

    const call = await createCall(house, endpointId, { exchange, context, caller, params, json })
    const { reply, version } = await handler(call)

    const encoded = await encodeReply(endpointId, reply, { generation, strict, users: house.users, caller })
    return finish(house, exchange, endpointOf(endpointId).status, encoded, {
      ...(version !== undefined && { ETag: toTag(version) }),
    })
  } catch (error) {
    return refuse(house, exchange, error)
  }
}

async function createCall(
  house: House,
  endpointId: EndpointId,
  given: {
    readonly exchange: Exchange
    readonly context: Context
    readonly caller: Caller
    readonly params: Readonly<Record<string, string>>
    readonly json: unknown
  },
): Promise<Call<EndpointId>> {
  const { organizationId } = given.caller
  const search = new URL(given.exchange.request.url).searchParams
  const reader = createReader(
    endpointId,
    { search, json: given.json },
    { ...given.exchange, store: house.store, organizationId },
  )
  // Checked against the endpoint's own schemas; the type can not follow an id that is known only at run time.
  const [params, query] = [given.params, await reader.query()] as [Call<EndpointId>['params'], never]
  return {
    ...house,
    caller: given.caller,
    organizationId,
    params,
    query,
    body: reader.body as unknown as Call<EndpointId>['body'],
    expectVersion: (version) => checkVersion(given.exchange.request, version),
  }
}

function checkAvailable(endpointId: EndpointId, { generation, notes }: Exchange): void {
  const { since = 'legacy', until = 'current', path } = endpointOf(endpointId)
  const moved = movedTo(endpointId)
  if (GENERATIONS.indexOf(generation) > GENERATIONS.indexOf(until)) {
    const to = moved === undefined ? undefined : endpointOf(moved.to)
    const replacement = to === undefined ? {} : { replacement: `${to.method} ${to.path}` }
    throw new Refusal('retired_route', moved?.change.summary ?? 'the route is retired', replacement)
  }
  if (GENERATIONS.indexOf(generation) < GENERATIONS.indexOf(since)) throw methodNotAllowed(path, generation)
  notes.moved = moved?.change
}

function handlerOf(endpointId: EndpointId): Handler<EndpointId> {
  const served: readonly string[] = CORE_ENDPOINT_IDS
  if (!served.includes(endpointId)) throw new Refusal('not_supported', `${endpointId} is not served yet`)
  // Each handler takes the call of its own endpoint, and gets no other.
  return handlers[endpointId as CoreEndpointId] as unknown as Handler<EndpointId>
}

async function authenticate({ users }: House, request: Request): Promise<Caller> {
  const [, token] = /^Bearer +(\S+) *$/i.exec(request.headers.get('Authorization') ?? '') ?? []
  const caller = token === undefined ? undefined : await users.authenticate(token)
  if (caller !== undefined) return caller

  const detail = token === undefined ? 'send `Authorization: Bearer <token>`' : 'the token is unknown or revoked'
  throw new Refusal('unauthenticated', detail, { headers: { 'WWW-Authenticate': 'Bearer' } })
}

function readParams(path: string, context: Context): Record<string, string> {
  const params = context.req.param() as Record<string, string>
  const names = paramNames(path)
  const wrong = names.filter((name) => !UUID.test(params[name] ?? ''))
  if (wrong.length === 0) return Object.fromEntries(names.map((name) => [name, (params[name] ?? '').toLowerCase()]))
  throw invalid(
    wrong.map((name) => ({
      type: 'uuid_parsing',
      loc: ['path', name],
      msg: `\`${name}\` must be a UUID, such as a0abea7c-a9de-42d2-b63e-71d3ac22d3e4`,
      code: 'validation_failed',
    })),
  )
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

function begin(house: House, context: Context): Exchange {
  const request = context.req.raw
  const { generation } = house
  const asked = request.headers.get('X-Request-Id') ?? ''
  return {
    request,
    generation,
    strict: generation === 'transitional' && prefersStrict(request),
    requestId: /^[\w.:-]{1,128}$/.test(asked) ? asked : house.requestIds(),
    notes: { used: [], ignored: [], moved: undefined },
  }
}

const prefersStrict = (request: Request): boolean =>
  /(?:^|[,;])\s*handling\s*=\s*"?strict"?\s*(?:$|[,;])/i.test(request.headers.get('Prefer') ?? '')

function finish(
  house: House,
  { generation, strict, requestId, notes }: Exchange,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>>,
): Response {
  return new Response(body === undefined ? null : JSON.stringify(body), {
    status,
    headers: {
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
      'X-Request-Id': requestId,
      ...aboutBackend(generation, CAPABILITIES),
      ...(generation === 'transitional' && { Vary: 'Prefer', ...aboutOldWords(notes, house) }),
      ...(strict && { 'Preference-Applied': 'handling=strict' }),
      ...aboutIgnored(notes),
      ...headers,
    },
  })
}

/** What a caller may rely on, beside the contract. */
const CAPABILITIES = ['if-match', 'integration-id-echo', 'platform-filter'] as const

function refuse(house: House, exchange: Exchange, error: unknown): Response {
  if (error instanceof Refusal) return finish(house, exchange, error.status, error.problem, error.headers)

  const { requestId } = exchange
  house.onError(error, { requestId })
  const { status, problem } = new Refusal('internal', `the service failed; the request id is ${requestId}`)
  return finish(house, exchange, status, problem, {})
}

const methodNotAllowed = (path: string, generation: Generation): Refusal => {
  const allowed = ENDPOINT_IDS.map(endpointOf).filter(
    (endpoint) =>
      endpoint.path === path &&
      GENERATIONS.indexOf(endpoint.since ?? 'legacy') <= GENERATIONS.indexOf(generation) &&
      GENERATIONS.indexOf(endpoint.until ?? 'current') >= GENERATIONS.indexOf(generation),
  )
  const methods = allowed.map(({ method }) => method).join(', ')
  return new Refusal('method_not_allowed', `this path takes ${methods}`, { headers: { Allow: methods } })
}

function refuseMethod(house: House, path: string, context: Context): Response {
  const exchange = begin(house, context)
  return refuse(house, exchange, methodNotAllowed(path, exchange.generation))
}

/** A path that differs by its last slash is redirected (CONTRACT §1.1); the method and the body have to be sent again. */
function refusePath(house: House, context: Context): Response {
  const exchange = begin(house, context)
  const url = new URL(exchange.request.url)
  const other = url.pathname.endsWith('/') ? url.pathname.slice(0, -1) : `${url.pathname}/`
  const known = ENDPOINT_IDS.some((id) => pathPattern(endpointOf(id).path).test(other))
  if (!known) return refuse(house, exchange, new Refusal('not_found', 'Not Found'))

  url.pathname = other
  return finish(house, exchange, 307, undefined, { Location: url.href })
}

const BASE_PATH = '/api/v1'
const toRoute = (path: string): string => BASE_PATH + path.replace(/\{(\w+)\}/g, ':$1')
const pathPattern = (path: string): RegExp => new RegExp(`^${BASE_PATH}${path.replace(/\{\w+\}/g, '[^/]+')}$`)
