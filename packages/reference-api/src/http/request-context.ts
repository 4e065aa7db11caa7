import type { EndpointId, Generation } from '@ai-ticket-creator/domain'
import { Refusal } from '../errors/problem-error.ts'
import { Failure } from '../errors/raw-failure.ts'
import type { Notes, Ports } from '../ports/handler.ts'
import type { Caller, Ids } from '../ports/ports.ts'
import type { Habits } from '../profiles/behavior.ts'
import type { ErrorReply } from '../profiles/hooks.ts'
import type { Profile } from '../profiles/profile.ts'
import type { KeyPolicy } from './idempotency.ts'
import type { Turns } from './keyed-mutex.ts'
import { aboutBackend, aboutIgnored, aboutOldWords, type DeprecationNotice, joinLinks } from './response-headers.ts'

/** An app at work. */
export interface House extends Ports, DeprecationNotice {
  generation: Generation
  readonly profile: Profile | undefined
  readonly bodyLimit: number
  readonly checkInterval: number
  readonly requestIds: Ids
  readonly keyPolicy: KeyPolicy
  readonly turns: Turns
  readonly onError: (error: unknown, about: { readonly requestId: string }) => void
  /** What the app does otherwise than the reference does. */
  readonly habits: Habits
  /** Who calls without a token where none is asked for. */
  readonly anonymous: Caller | undefined
}

/** A request on its way: answered in one generation, also when the app is switched meanwhile. */
export interface Exchange {
  readonly request: Request
  readonly generation: Generation
  /** `Prefer: handling=strict` (RFC 7240): a caller proves that it is done with the old words. */
  readonly strict: boolean
  readonly requestId: string
  readonly notes: Notes
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
export function begin(house: House, asRequested: Request): Exchange {
  const { generation } = house
  const request = house.habits.hear(asRequested)
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

function newRequestId({ requestIds }: House): string {
  const id = requestIds()
  // Now, not in the reply to a call that has written.
  if (/^[!-~]+$/.test(id)) return id
  throw new TypeError('`requestIds` gave an id that fits in no header')
}

const prefersStrict = (request: Request): boolean =>
  /(?:^|[,;])\s*handling\s*=\s*"?strict"?\s*(?:$|[,;])/i.test(request.headers.get('Prefer') ?? '')

/** The reply to a request, with what every reply says. */
export function finish(
  house: House,
  { generation, strict, requestId, notes }: Exchange,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>>,
): Response {
  const oldWords = generation === 'transitional' ? aboutOldWords(notes, house) : {}
  return respond(house, status, body, {
    'X-Request-Id': requestId,
    ...aboutBackend(generation, capabilitiesOf(generation)),
    ...(generation === 'transitional' && { Vary: 'Prefer' }),
    ...(strict && { 'Preference-Applied': 'handling=strict' }),
    ...aboutIgnored(notes),
    ...oldWords,
    ...headers,
    ...joinLinks(headers['Link'], oldWords['Link']),
  })
}

/** A body is sent as JSON, a text as it is when the headers name its type. */
function respond(
  { habits }: House,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>>,
): Response {
  const text = typeof body === 'string' && 'Content-Type' in headers ? body : JSON.stringify(body)
  return new Response(body === undefined ? null : text, {
    status,
    headers: habits.headers({ ...(body !== undefined && { 'Content-Type': 'application/json' }), ...headers }),
  })
}

/** What a caller may rely on, beside the contract. */
const capabilitiesOf = (generation: Generation): readonly string[] => [
  'cursor',
  'if-match',
  'idempotency-key',
  'integration-id-echo',
  // PUT of a ticket leaves absent fields alone. An existing backend clears some of them (CONTRACT §3.2).
  'partial-put',
  // Legacy does not know the name `platform_name`: it filters by `integration_type`.
  ...(generation === 'legacy' ? [] : ['platform-filter']),
]

/** The reply to a request that is refused, or that failed. */
export function refuse(house: House, exchange: Exchange, error: unknown): Response {
  const { request, seen } = exchange
  const { status, body, headers } = house.habits.error(toReply(house, exchange, error), { error, request, ...seen })
  return finish(house, exchange, status, body, headers)
}

function toReply(house: House, { requestId }: Exchange, error: unknown): ErrorReply {
  if (error instanceof Refusal) return { status: error.status, body: error.problem, headers: error.headers }
  if (error instanceof Failure) return { status: error.status, body: { detail: error.detail }, headers: {} }

  house.onError(error, { requestId })
  const { status, problem } = new Refusal('internal', `the service failed; the request id is ${requestId}`)
  return { status, body: problem, headers: {} }
}

/** The last resort, for a request that could not even get an id. */
export function giveUp(house: House, request: Request, error: unknown): Response {
  const { generation, habits, onError } = house
  onError(error, { requestId: 'unknown' })
  const { status, problem } = new Refusal('internal', 'the service failed')
  const reply = habits.error({ status, body: problem, headers: {} }, { error, request, entered: false })
  const about = aboutBackend(generation, capabilitiesOf(generation))
  return respond(house, reply.status, reply.body, { ...about, ...reply.headers })
}
