import {
  type EndpointId,
  endpointOf,
  type Generation,
  isAvailable,
  movedTo,
  paramNames,
} from '@ai-ticket-creator/domain'
import type { Context } from 'hono'
import { invalid, pathNotFound, Refusal } from '../errors/problem-error.ts'
import { rememberPeople } from '../ports/cached-user-directory.ts'
import { type Answer, type Call, createReader, type Handler, type Ports } from '../ports/handler.ts'
import { guard } from '../ports/isolate-failures.ts'
import type { Caller } from '../ports/ports.ts'
import { PATHS, pathPattern } from '../ports/routes.ts'
import { watchWrites } from '../store/track-writes.ts'
import { encodeReply } from './encode-response.ts'
import { checkVersion, toTag } from './etag.ts'
import { readKey, runOnce } from './idempotency.ts'
import { readJson } from './parse-body.ts'
import { begin, type Exchange, finish, type House, refuse } from './request-context.ts'
import { fingerprint } from './request-hash.ts'
import { nextLink } from './response-headers.ts'

/** Answers a request to an endpoint. Never rejects. */
export async function answer(house: House, endpointId: EndpointId, context: Context): Promise<Response> {
  const exchange = begin(house, context.req.raw)
  const { request, generation, strict, seen } = exchange
  const { habits } = house
  seen.endpointId = endpointId
  try {
    checkAvailable(house, endpointId, exchange)
    // Each handler takes the call of its own endpoint, and gets no other.
    const handler: Handler<EndpointId> = habits.handlers[endpointId]
    const json = await readJson(endpointId, request, house.bodyLimit)
    seen.json = json
    const caller = await authenticate(house, endpointId, request)
    seen.entered = true
    seen.params = context.req.param() as Record<string, string>
    const params = readParams(endpointOf(endpointId).path, context)

    const users = rememberPeople(house.users)

    const arrival = { exchange, caller, params, json }
    const { answer, replayed } = await handle({ ...house, users }, endpointId, handler, arrival)

    const words = habits.speaks(endpointId, generation)
    const encoded = await encodeReply(endpointId, answer.reply, { generation: words, strict, users, caller })
    return finish(house, exchange, endpointOf(endpointId).status, habits.reply(encoded, { endpointId }), {
      ...(answer.version !== undefined && { ETag: toTag(answer.version) }),
      ...(answer.next !== undefined && { Link: nextLink(request, answer.next) }),
      ...(replayed && { 'Idempotency-Replayed': 'true' }),
    })
  } catch (error) {
    return refuse(house, exchange, error)
  }
}

/** A request whose caller and path are known. */
interface Arrival {
  readonly exchange: Exchange
  readonly caller: Caller
  readonly params: Readonly<Record<string, string>>
  readonly json: unknown
}

/** Calls the handler; of the calls with one `Idempotency-Key` only the first. */
async function handle(
  house: House,
  endpointId: EndpointId,
  handler: Handler<EndpointId>,
  arrival: Arrival,
): Promise<{ readonly answer: Answer; readonly replayed: boolean }> {
  const { exchange, caller, params } = arrival
  const { organizationId } = caller
  const report = (error: unknown): void => house.onError(error, { requestId: exchange.requestId })
  const { store, wrote } = watchWrites(house.store)

  const reader = readerOf(house, endpointId, arrival)
  reader.noteOldWords()
  const call = await createCall({ ...house, store, ...guard(house, report), report }, reader, arrival)
  const key = readKey(endpointId, exchange.request)
  if (key === undefined) return { answer: await handler(call), replayed: false }

  const asked = reader.unresolvedBody()
  return runOnce(
    { ...house, report },
    {
      organizationId,
      key,
      fingerprint: () => fingerprint(endpointId, params, asked),
      run: () => handler(call),
      wrote,
    },
  )
}

type Reader = ReturnType<typeof createReader>

function readerOf({ store, habits }: House, endpointId: EndpointId, { exchange, caller, json }: Arrival): Reader {
  const search = new URL(exchange.request.url).searchParams
  return createReader(
    endpointId,
    { search, json },
    { ...exchange, store, habits, organizationId: caller.organizationId },
  )
}

async function createCall(
  ports: Ports & Pick<Call<EndpointId>, 'report'>,
  reader: Reader,
  { exchange, caller, params: given }: Arrival,
): Promise<Call<EndpointId>> {
  // Checked against the endpoint's own schemas; the type can not follow an id that is known only at run time.
  const [params, query] = [given, await reader.query()] as [Call<EndpointId>['params'], never]
  return {
    ...ports,
    caller,
    organizationId: caller.organizationId,
    params,
    query,
    body: reader.body as unknown as Call<EndpointId>['body'],
    expectVersion: (version) => checkVersion(exchange.request, version),
  }
}

function checkAvailable(house: House, endpointId: EndpointId, { generation, strict, notes }: Exchange): void {
  const moved = movedTo(endpointId)
  if (isAvailable(endpointId, strict ? 'current' : generation)) {
    notes.moved = moved?.change
    return
  }
  if (moved === undefined) throw methodNotAllowed(house, endpointOf(endpointId).path, generation)
  const { method, path } = endpointOf(moved.to)
  throw new Refusal('retired_route', moved.change.summary, { replacement: `${method} ${path}` })
}

async function authenticate(
  { users, habits, anonymous }: House,
  endpointId: EndpointId,
  request: Request,
): Promise<Caller> {
  const [, token] = /^Bearer +(\S+) *$/i.exec(request.headers.get('Authorization') ?? '') ?? []
  const caller = token === undefined ? undefined : await users.authenticate(token)
  if (caller !== undefined) return caller
  if (habits.isOpen(endpointId) && anonymous !== undefined) return anonymous

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

function methodNotAllowed({ habits }: House, path: string, generation: Generation): Refusal {
  const served = habits.endpointsAt(path).filter((id) => isAvailable(id, generation))
  const methods = served.map((id) => endpointOf(id).method).join(', ')
  if (methods === '') return pathNotFound()
  return new Refusal('method_not_allowed', `this path takes ${methods}`, { headers: { Allow: methods } })
}

/** Answers a method that a path does not take. */
export function refuseMethod(house: House, path: string, context: Context): Response {
  const exchange = begin(house, context.req.raw)
  return refuse(house, exchange, methodNotAllowed(house, path, exchange.generation))
}

/** A path that differs by its last slash is redirected (CONTRACT §1.1); the method and the body have to be sent again. */
export function refusePath(house: House, context: Context): Response {
  const exchange = begin(house, context.req.raw)
  const url = new URL(exchange.request.url)
  const other = url.pathname.endsWith('/') ? url.pathname.slice(0, -1) : `${url.pathname}/`
  const known = PATHS.some((path) => house.habits.endpointsAt(path).length > 0 && pathPattern(path).test(other))
  if (!known) return refuse(house, exchange, pathNotFound())

  url.pathname = other
  return finish(house, exchange, 307, undefined, { Location: url.href })
}
