import type { EndpointId, Generation } from '@ai-ticket-creator/domain'
import { capabilitiesOf } from '@ai-ticket-creator/domain/internal'
import { ProblemError } from '../errors/problem-error.ts'
import { RawFailureError } from '../errors/raw-failure.ts'
import type { Ports } from '../ports/handler.ts'
import type { Caller, IdGenerator } from '../ports/ports.ts'
import type { Behavior } from '../profiles/behavior.ts'
import type { ErrorReply } from '../profiles/hooks.ts'
import type { Profile } from '../profiles/profile.ts'
import type { IdempotencyPolicy } from './idempotency.ts'
import type { KeyedMutex } from './keyed-mutex.ts'
import {
  type DeprecationNotice,
  deprecationHeaders,
  generationHeaders,
  ignoredFieldsHeader,
  joinLinks,
  type RequestNotes,
} from './response-headers.ts'

/** The resolved options of an app and its shared state. */
export interface AppContext extends Ports, DeprecationNotice {
  generation: Generation
  readonly profile: Profile | undefined
  readonly bodyLimit: number
  readonly checkInterval: number
  readonly newRequestId: IdGenerator
  readonly keyPolicy: IdempotencyPolicy
  readonly mutex: KeyedMutex
  readonly onError: (error: unknown, about: { readonly requestId: string }) => void
  /** The hooks of the profile. */
  readonly behavior: Behavior
  /** The caller of requests without a token, on endpoints of a profile that need none. */
  readonly anonymous: Caller | undefined
}

/** A request in progress. It keeps its generation when the app is switched meanwhile. */
export interface RequestContext {
  readonly request: Request
  readonly generation: Generation
  /** `Prefer: handling=strict` (RFC 7240) in `transitional`: the request is read and answered as in `current`. */
  readonly strict: boolean
  readonly requestId: string
  readonly notes: RequestNotes
  readonly progress: RequestProgress
}

/** The parts of a request that have been read so far, for error replies. */
interface RequestProgress {
  endpointId?: EndpointId
  params?: Readonly<Record<string, string>>
  json?: unknown
  authenticated: boolean
}

/** The context of a request that has just arrived. */
export function startRequest(app: AppContext, original: Request): RequestContext {
  const { generation } = app
  const request = app.behavior.filterHeaders(original)
  const requestId = request.headers.get('X-Request-Id') ?? ''
  return {
    request,
    generation,
    strict: generation === 'transitional' && prefersStrict(request),
    requestId: /^[\w.:-]{1,128}$/.test(requestId) ? requestId : createRequestId(app),
    notes: { used: [], ignored: [], retiredRoute: undefined },
    progress: { authenticated: false },
  }
}

function createRequestId({ newRequestId }: AppContext): string {
  const id = newRequestId()
  // Checked before the handler runs: a header that cannot be sent would otherwise fail a call that has written.
  if (/^[!-~]+$/.test(id)) return id
  throw new TypeError('`newRequestId` returned an id that is not valid in a header')
}

const prefersStrict = (request: Request): boolean =>
  /(?:^|[,;])\s*handling\s*=\s*"?strict"?\s*(?:$|[,;])/i.test(request.headers.get('Prefer') ?? '')

/** The reply to a request, with the headers that every reply has. */
export function toResponse(
  app: AppContext,
  { generation, strict, requestId, notes }: RequestContext,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>>,
): Response {
  const deprecation = generation === 'transitional' ? deprecationHeaders(notes, app) : {}
  return respond(app, status, body, {
    'X-Request-Id': requestId,
    ...generationHeaders(generation, capabilitiesOf(generation)),
    ...(generation === 'transitional' && { Vary: 'Prefer' }),
    ...(strict && { 'Preference-Applied': 'handling=strict' }),
    ...ignoredFieldsHeader(notes),
    ...deprecation,
    ...headers,
    ...joinLinks(headers['Link'], deprecation['Link']),
  })
}

/** Sends a body as JSON; a string with a `Content-Type` header is sent as it is. */
function respond(
  { behavior }: AppContext,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>>,
): Response {
  const text = typeof body === 'string' && 'Content-Type' in headers ? body : JSON.stringify(body)
  return new Response(body === undefined ? null : text, {
    status,
    headers: behavior.headers({ ...(body !== undefined && { 'Content-Type': 'application/json' }), ...headers }),
  })
}

/** The reply to a request that was refused or failed. */
export function respondWithProblem(app: AppContext, context: RequestContext, error: unknown): Response {
  const { request, progress } = context
  const reply = app.behavior.error(toErrorReply(app, context, error), { error, request, ...progress })
  return toResponse(app, context, reply.status, reply.body, reply.headers)
}

function toErrorReply(app: AppContext, { requestId }: RequestContext, error: unknown): ErrorReply {
  if (error instanceof ProblemError) return { status: error.status, body: error.problem, headers: error.headers }
  if (error instanceof RawFailureError) return { status: error.status, body: { detail: error.detail }, headers: {} }

  app.onError(error, { requestId })
  const { status, problem } = new ProblemError('internal', `the service failed; the request id is ${requestId}`)
  return { status, body: problem, headers: {} }
}

/** The reply to a request that failed before it had an id. */
export function respondWithInternalError(app: AppContext, request: Request, error: unknown): Response {
  const { generation, behavior, onError } = app
  onError(error, { requestId: 'unknown' })
  const { status, problem } = new ProblemError('internal', 'the service failed')
  const reply = behavior.error({ status, body: problem, headers: {} }, { error, request, authenticated: false })
  const about = generationHeaders(generation, capabilitiesOf(generation))
  return respond(app, reply.status, reply.body, { ...about, ...reply.headers })
}
