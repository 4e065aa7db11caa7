import type { Generation } from '@ai-ticket-creator/domain'
import type { Notes, Ports } from './call.ts'
import { aboutBackend, aboutIgnored, aboutOldWords, type DeprecationNotice, joinLinks } from './headers.ts'
import type { KeyPolicy } from './idempotency.ts'
import type { Ids } from './ports.ts'
import { Refusal } from './refusal.ts'
import type { Turns } from './turns.ts'

/** An app at work. */
export interface House extends Ports, DeprecationNotice {
  generation: Generation
  readonly bodyLimit: number
  readonly checkInterval: number
  readonly requestIds: Ids
  readonly keyPolicy: KeyPolicy
  readonly turns: Turns
  readonly onError: (error: unknown, about: { readonly requestId: string }) => void
}

/** A request on its way: answered in one generation, also when the app is switched meanwhile. */
export interface Exchange {
  readonly request: Request
  readonly generation: Generation
  /** `Prefer: handling=strict` (RFC 7240): a caller proves that it is done with the old words. */
  readonly strict: boolean
  readonly requestId: string
  readonly notes: Notes
}

/** Takes a request in. */
export function begin(house: House, request: Request): Exchange {
  const { generation } = house
  const asked = request.headers.get('X-Request-Id') ?? ''
  return {
    request,
    generation,
    strict: generation === 'transitional' && prefersStrict(request),
    requestId: /^[\w.:-]{1,128}$/.test(asked) ? asked : newRequestId(house),
    notes: { used: [], ignored: [], moved: undefined },
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
  return new Response(body === undefined ? null : JSON.stringify(body), {
    status,
    headers: {
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
      'X-Request-Id': requestId,
      ...aboutBackend(generation, capabilitiesOf(generation)),
      ...(generation === 'transitional' && { Vary: 'Prefer' }),
      ...(strict && { 'Preference-Applied': 'handling=strict' }),
      ...aboutIgnored(notes),
      ...oldWords,
      ...headers,
      ...joinLinks(headers['Link'], oldWords['Link']),
    },
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
  if (error instanceof Refusal) return finish(house, exchange, error.status, error.problem, error.headers)

  const { requestId } = exchange
  house.onError(error, { requestId })
  const { status, problem } = new Refusal('internal', `the service failed; the request id is ${requestId}`)
  return finish(house, exchange, status, problem, {})
}

/** The last resort, for a request that could not even get an id. */
export function giveUp({ generation, onError }: House, error: unknown): Response {
  onError(error, { requestId: 'unknown' })
  const { status, problem } = new Refusal('internal', 'the service failed')
  return Response.json(problem, { status, headers: aboutBackend(generation, capabilitiesOf(generation)) })
}
