import type { EndpointId, Generation } from '@ai-ticket-creator/domain'
import { capabilitiesOf } from '@ai-ticket-creator/domain/internal'
import { ProblemError } from '../errors/problem-error.ts'
import { RawFailure } from '../errors/raw-failure.ts'
import type { Ports } from '../ports/handler.ts'
import type { Caller, Ids } from '../ports/ports.ts'
import type { Behavior } from '../profiles/behavior.ts'
import type { ErrorReply } from '../profiles/hooks.ts'
import type { Profile } from '../profiles/profile.ts'
import type { IdempotencyPolicy } from './idempotency.ts'
import type { KeyedMutex } from './keyed-mutex.ts'
import type { RequestNotes } from './response-headers.ts'
import {
  type DeprecationNotice,
  deprecationHeaders,
  generationHeaders,
  ignoredFieldsHeader,
  joinLinks,
} from './response-headers.ts'

/** An app at work. */
export interface AppContext extends Ports, DeprecationNotice {
  generation: Generation
  readonly profile: Profile | undefined
  readonly bodyLimit: number
  readonly checkInterval: number
  readonly requestIds: Ids
  readonly keyPolicy: IdempotencyPolicy
  readonly turns: KeyedMutex
  readonly onError: (error: unknown, about: { readonly requestId: string }) => void
  /** What the app does otherwise than the reference does. */
  readonly behavior: Behavior
  /** Who calls without a token where none is asked for. */
  readonly anonymous: Caller | undefined
}

/** A request on its way: answered in one generation, also when the app is switched meanwhile. */
export interface RequestContext {
  readonly request: Request
  readonly generation: Generation
  /** `Prefer: handling=strict` (RFC 7240): a caller proves that it is done with the old words. */
  readonly strict: boolean
  readonly requestId: string
  readonly notes: RequestNotes
  /** What is known of it so far. */
  readonly seen: Seen
}

interface Seen {
  endpointId?: EndpointId
  params?: Readonly<Record<string, string>>
  json?: unknown
  entered: boolean
}

/** Takes a request in. */
export function startRequest(house: AppContext, asRequested: Request): RequestContext {
  const { generation } = house
  const request = house.behavior.filterHeaders(asRequested)
  const asked = request.headers.get('X-Request-Id') ?? ''
  return {
    request,
    generation,
    strict: generation === 'transitional' && prefersStrict(request),
    requestId: /^[\w.:-]{1,128}$/.test(asked) ? asked : newRequestId(house),
    notes: { used: [], ignored: [], moved: undefined },
    seen: { entered: false },
  }
}

function newRequestId({ requestIds }: AppContext): string {
  const id = requestIds()
  // Now, not in the reply to a call that has written.
  if (/^[!-~]+$/.test(id)) return id
  throw new TypeError('`requestIds` gave an id that fits in no header')
}

const prefersStrict = (request: Request): boolean =>
  /(?:^|[,;])\s*handling\s*=\s*"?strict"?\s*(?:$|[,;])/i.test(request.headers.get('Prefer') ?? '')

/** The reply to a request, with what every reply says. */
export function toResponse(
  house: AppContext,
  { generation, strict, requestId, notes }: RequestContext,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>>,
): Response {
  const oldWords = generation === 'transitional' ? deprecationHeaders(notes, house) : {}
  return respond(house, status, body, {
    'X-Request-Id': requestId,
    ...generationHeaders(generation, capabilitiesOf(generation)),
    ...(generation === 'transitional' && { Vary: 'Prefer' }),
    ...(strict && { 'Preference-Applied': 'handling=strict' }),
    ...ignoredFieldsHeader(notes),
    ...oldWords,
    ...headers,
    ...joinLinks(headers['Link'], oldWords['Link']),
  })
}

/** A body is sent as JSON, a text as it is when the headers name its type. */
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

/** The reply to a request that is refused, or that failed. */
export function respondWithProblem(house: AppContext, exchange: RequestContext, error: unknown): Response {
  const { request, seen } = exchange
  const { status, body, headers } = house.behavior.error(toReply(house, exchange, error), { error, request, ...seen })
  return toResponse(house, exchange, status, body, headers)
}

function toReply(house: AppContext, { requestId }: RequestContext, error: unknown): ErrorReply {
  if (error instanceof ProblemError) return { status: error.status, body: error.problem, headers: error.headers }
  if (error instanceof RawFailure) return { status: error.status, body: { detail: error.detail }, headers: {} }

  house.onError(error, { requestId })
  const { status, problem } = new ProblemError('internal', `the service failed; the request id is ${requestId}`)
  return { status, body: problem, headers: {} }
}

/** The last resort, for a request that could not even get an id. */
export function respondWithInternalError(house: AppContext, request: Request, error: unknown): Response {
  const { generation, behavior, onError } = house
  onError(error, { requestId: 'unknown' })
  const { status, problem } = new ProblemError('internal', 'the service failed')
  const reply = behavior.error({ status, body: problem, headers: {} }, { error, request, entered: false })
  const about = generationHeaders(generation, capabilitiesOf(generation))
  return respond(house, reply.status, reply.body, { ...about, ...reply.headers })
}
