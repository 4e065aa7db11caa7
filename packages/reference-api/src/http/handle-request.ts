import { type EndpointId, endpointOf, isAvailable, replacementRoute } from '@ai-ticket-creator/domain'
import type { Context as HonoContext } from 'hono'
import { ProblemError } from '../errors/problem-error.ts'
import { cachedUserDirectory } from '../ports/cached-user-directory.ts'
import type { Handler, HandlerCall, HandlerResult, Ports } from '../ports/handler.ts'
import { isolateFailures } from '../ports/isolate-failures.ts'
import type { Caller, IdempotencyRecord } from '../ports/ports.ts'
import { trackRecords } from '../store/track-records.ts'
import { authenticate } from './authenticate.ts'
import { encodeResponse } from './encode-response.ts'
import { assertIfMatch, toEtag } from './etag.ts'
import { readKey, runOnce } from './idempotency.ts'
import { parseBody } from './parse-body.ts'
import { readPathParams } from './path-params.ts'
import {
  type AppContext,
  type RequestContext,
  respondWithProblem,
  startRequest,
  toResponse,
} from './request-context.ts'
import { requestHash } from './request-hash.ts'
import { createReader, type RequestReader } from './request-reader.ts'
import { nextLink } from './response-headers.ts'
import { methodNotAllowed } from './unmatched-requests.ts'

/** Answers a request to an endpoint. Never rejects. */
export async function handleRequest(app: AppContext, endpointId: EndpointId, hono: HonoContext): Promise<Response> {
  const context = startRequest(app, hono.req.raw)
  const { request, generation, strict, progress } = context
  const { behavior } = app
  progress.endpointId = endpointId
  try {
    assertAvailable(app, endpointId, context)
    // Each handler gets only calls of its own endpoint. The type allows any, because the id is known only at run time.
    const handler: Handler<EndpointId> = behavior.handlers[endpointId]
    const json = await parseBody(endpointId, request, app.bodyLimit)
    progress.json = json
    const caller = await authenticate(app, endpointId, request)
    progress.authenticated = true
    progress.params = hono.req.param() as Record<string, string>
    const params = readPathParams(endpointOf(endpointId).path, mapValues(progress.params, behavior.pathParam))

    const users = cachedUserDirectory(app.users, caller)
    const incoming = { context, caller, params, json }
    const { result, replayed } = await runHandler({ ...app, users }, endpointId, handler, incoming)

    const replyGeneration = behavior.replyGeneration(endpointId, generation)
    const encoded = await encodeResponse(endpointId, result.reply, {
      generation: replyGeneration,
      strict,
      users,
      caller,
    })
    return toResponse(app, context, endpointOf(endpointId).status, behavior.reply(encoded, { endpointId }), {
      ...(result.version !== undefined && { ETag: toEtag(result.version) }),
      ...(result.next !== undefined && { Link: nextLink(request, result.next) }),
      ...(replayed && { 'Idempotency-Replayed': 'true' }),
    })
  } catch (error) {
    return respondWithProblem(app, context, error)
  }
}

const mapValues = (
  fields: Readonly<Record<string, string>>,
  change: (value: string) => string,
): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, change(value)]))

/** A request whose caller and path parameters are valid. */
interface AuthenticatedRequest {
  readonly context: RequestContext
  readonly caller: Caller
  readonly params: Readonly<Record<string, string>>
  readonly json: unknown
}

/** Calls the handler. Of several calls with one `Idempotency-Key` only the first runs. */
async function runHandler(
  app: AppContext,
  endpointId: EndpointId,
  handler: Handler<EndpointId>,
  incoming: AuthenticatedRequest,
): Promise<{ readonly result: HandlerResult; readonly replayed: boolean }> {
  const { context, caller, params } = incoming
  const { organizationId } = caller
  const report = (error: unknown): void => app.onError(error, { requestId: context.requestId })
  let stored: IdempotencyRecord | undefined
  const store = trackRecords(app.store, (record) => {
    stored = record
  })

  const reader = readerOf(app, endpointId, incoming)
  reader.recordDeprecatedUse()
  const call = await createCall({ ...app, store, ...isolateFailures(app, report), report }, reader, incoming)
  const key = readKey(endpointId, context.request)
  if (key === undefined) return { result: await handler(call), replayed: false }

  const body = reader.unresolvedBody()
  return runOnce(
    { ...app, report },
    {
      organizationId,
      key,
      fingerprint: () => requestHash(endpointId, params, body),
      run: (claim) => handler({ ...call, claim }),
      stored: () => stored,
    },
  )
}

function readerOf(
  { store, behavior }: AppContext,
  endpointId: EndpointId,
  { context, caller, json }: AuthenticatedRequest,
): RequestReader {
  const search = new URL(context.request.url).searchParams
  return createReader(
    endpointId,
    { search, json },
    { ...context, store, hooks: behavior, organizationId: caller.organizationId },
  )
}

async function createCall(
  ports: Ports & Pick<HandlerCall<EndpointId>, 'report'>,
  reader: RequestReader,
  { context, caller, params: given }: AuthenticatedRequest,
): Promise<HandlerCall<EndpointId>> {
  // Already validated against the schemas of the endpoint. The endpoint is known only at run time, so TypeScript
  // cannot narrow the types.
  const [params, query] = [given, await reader.query()] as [HandlerCall<EndpointId>['params'], never]
  reader.checkUnusedBody()
  return {
    ...ports,
    caller,
    organizationId: caller.organizationId,
    params,
    query,
    body: reader.body as unknown as HandlerCall<EndpointId>['body'],
    expectVersion: (version) => assertIfMatch(context.request, version),
  }
}

function assertAvailable(app: AppContext, endpointId: EndpointId, { generation, strict, notes }: RequestContext): void {
  const replacement = replacementRoute(endpointId)
  if (isAvailable(endpointId, strict ? 'current' : generation)) {
    notes.retiredRoute = replacement?.change
    return
  }
  if (replacement === undefined) throw methodNotAllowed(app, endpointOf(endpointId).path, generation)
  const { method, path } = endpointOf(replacement.to)
  throw new ProblemError('retired_route', replacement.change.summary, { replacement: `${method} ${path}` })
}
