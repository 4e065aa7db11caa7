import { type EndpointId, endpointOf, type Generation, isAvailable, replacementRoute } from '@ai-ticket-creator/domain'
import { isUuid, paramNames } from '@ai-ticket-creator/domain/internal'
import type { Context } from 'hono'
import { invalid, ProblemError, pathNotFound } from '../errors/problem-error.ts'
import { cachedUserDirectory } from '../ports/cached-user-directory.ts'
import type { Handler, HandlerCall, HandlerResult, Ports } from '../ports/handler.ts'
import { isolateFailures } from '../ports/isolate-failures.ts'
import type { Caller } from '../ports/ports.ts'
import { PATHS, pathPattern } from '../ports/routes.ts'
import { trackWrites } from '../store/track-writes.ts'
import { encodeResponse } from './encode-response.ts'
import { assertIfMatch, toEtag } from './etag.ts'
import { readKey, runOnce } from './idempotency.ts'
import { parseBody } from './parse-body.ts'
import {
  type AppContext,
  type RequestContext,
  respondWithProblem,
  startRequest,
  toResponse,
} from './request-context.ts'
import { requestHash } from './request-hash.ts'
import { createReader } from './request-reader.ts'
import { nextLink } from './response-headers.ts'

/** Answers a request to an endpoint. Never rejects. */
export async function handleRequest(house: AppContext, endpointId: EndpointId, context: Context): Promise<Response> {
  const exchange = startRequest(house, context.req.raw)
  const { request, generation, strict, seen } = exchange
  const { behavior } = house
  seen.endpointId = endpointId
  try {
    checkAvailable(house, endpointId, exchange)
    // Each handler takes the call of its own endpoint, and gets no other.
    const handler: Handler<EndpointId> = behavior.handlers[endpointId]
    const json = await parseBody(endpointId, request, house.bodyLimit)
    seen.json = json
    const caller = await authenticate(house, endpointId, request)
    seen.entered = true
    seen.params = context.req.param() as Record<string, string>
    const params = readParams(endpointOf(endpointId).path, context)

    const users = cachedUserDirectory(house.users)

    const arrival = { exchange, caller, params, json }
    const { answer, replayed } = await handle({ ...house, users }, endpointId, handler, arrival)

    const words = behavior.replyGeneration(endpointId, generation)
    const encoded = await encodeResponse(endpointId, answer.reply, { generation: words, strict, users, caller })
    return toResponse(house, exchange, endpointOf(endpointId).status, behavior.reply(encoded, { endpointId }), {
      ...(answer.version !== undefined && { ETag: toEtag(answer.version) }),
      ...(answer.next !== undefined && { Link: nextLink(request, answer.next) }),
      ...(replayed && { 'Idempotency-Replayed': 'true' }),
    })
  } catch (error) {
    return respondWithProblem(house, exchange, error)
  }
}

/** A request whose caller and path are known. */
interface AuthenticatedRequest {
  readonly exchange: RequestContext
  readonly caller: Caller
  readonly params: Readonly<Record<string, string>>
  readonly json: unknown
}

/** Calls the handler; of the calls with one `Idempotency-Key` only the first. */
async function handle(
  house: AppContext,
  endpointId: EndpointId,
  handler: Handler<EndpointId>,
  arrival: AuthenticatedRequest,
): Promise<{ readonly answer: HandlerResult; readonly replayed: boolean }> {
  const { exchange, caller, params } = arrival
  const { organizationId } = caller
  const report = (error: unknown): void => house.onError(error, { requestId: exchange.requestId })
  const { store, wrote } = trackWrites(house.store)

  const reader = readerOf(house, endpointId, arrival)
  reader.noteOldWords()
  const call = await createCall({ ...house, store, ...isolateFailures(house, report), report }, reader, arrival)
  const key = readKey(endpointId, exchange.request)
  if (key === undefined) return { answer: await handler(call), replayed: false }

  const asked = reader.unresolvedBody()
  return runOnce(
    { ...house, report },
    {
      organizationId,
      key,
      fingerprint: () => requestHash(endpointId, params, asked),
      run: () => handler(call),
      wrote,
    },
  )
}

type Reader = ReturnType<typeof createReader>

function readerOf(
  { store, behavior }: AppContext,
  endpointId: EndpointId,
  { exchange, caller, json }: AuthenticatedRequest,
): Reader {
  const search = new URL(exchange.request.url).searchParams
  return createReader(
    endpointId,
    { search, json },
    { ...exchange, store, habits: behavior, organizationId: caller.organizationId },
  )
}

async function createCall(
  ports: Ports & Pick<HandlerCall<EndpointId>, 'report'>,
  reader: Reader,
  { exchange, caller, params: given }: AuthenticatedRequest,
): Promise<HandlerCall<EndpointId>> {
  // Checked against the endpoint's own schemas; the type can not follow an id that is known only at run time.
  const [params, query] = [given, await reader.query()] as [HandlerCall<EndpointId>['params'], never]
  return {
    ...ports,
    caller,
    organizationId: caller.organizationId,
    params,
    query,
    body: reader.body as unknown as HandlerCall<EndpointId>['body'],
    expectVersion: (version) => assertIfMatch(exchange.request, version),
  }
}

function checkAvailable(
  house: AppContext,
  endpointId: EndpointId,
  { generation, strict, notes }: RequestContext,
): void {
  const moved = replacementRoute(endpointId)
  if (isAvailable(endpointId, strict ? 'current' : generation)) {
    notes.moved = moved?.change
    return
  }
  if (moved === undefined) throw methodNotAllowed(house, endpointOf(endpointId).path, generation)
  const { method, path } = endpointOf(moved.to)
  throw new ProblemError('retired_route', moved.change.summary, { replacement: `${method} ${path}` })
}

async function authenticate(
  { users, behavior, anonymous }: AppContext,
  endpointId: EndpointId,
  request: Request,
): Promise<Caller> {
  const [, token] = /^Bearer +(\S+) *$/i.exec(request.headers.get('Authorization') ?? '') ?? []
  const caller = token === undefined ? undefined : await users.authenticate(token)
  if (caller !== undefined) return caller
  if (behavior.isOpen(endpointId) && anonymous !== undefined) return anonymous

  const detail = token === undefined ? 'send `Authorization: Bearer <token>`' : 'the token is unknown or revoked'
  throw new ProblemError('unauthenticated', detail, { headers: { 'WWW-Authenticate': 'Bearer' } })
}

function readParams(path: string, context: Context): Record<string, string> {
  const params = context.req.param() as Record<string, string>
  const names = paramNames(path)
  const wrong = names.filter((name) => !isUuid(params[name] ?? ''))
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

function methodNotAllowed({ behavior }: AppContext, path: string, generation: Generation): ProblemError {
  const served = behavior.endpointsAt(path).filter((id) => isAvailable(id, generation))
  const methods = served.map((id) => endpointOf(id).method).join(', ')
  if (methods === '') return pathNotFound()
  return new ProblemError('method_not_allowed', `this path takes ${methods}`, { headers: { Allow: methods } })
}

/** Answers a method that a path does not take. */
export function refuseMethod(house: AppContext, path: string, context: Context): Response {
  const exchange = startRequest(house, context.req.raw)
  return respondWithProblem(house, exchange, methodNotAllowed(house, path, exchange.generation))
}

/** A path that differs by its last slash is redirected (CONTRACT §1.1); the method and the body have to be sent again. */
export function refusePath(house: AppContext, context: Context): Response {
  const exchange = startRequest(house, context.req.raw)
  const url = new URL(exchange.request.url)
  const other = url.pathname.endsWith('/') ? url.pathname.slice(0, -1) : `${url.pathname}/`
  const known = PATHS.some((path) => house.behavior.endpointsAt(path).length > 0 && pathPattern(path).test(other))
  if (!known) return respondWithProblem(house, exchange, pathNotFound())

  url.pathname = other
  return toResponse(house, exchange, 307, undefined, { Location: url.href })
}
