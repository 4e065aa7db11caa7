import { changesOf, type EndpointId, type Generation, type JsonObject } from '@ai-ticket-creator/domain'
import { detectReplyGeneration, isJsonObject } from '@ai-ticket-creator/domain/internal'
import { announcedGeneration } from '../core/capabilities.ts'
import type { Evidence } from '../core/client-state.ts'
import type { WireGeneration } from '../core/wire.ts'
import { MAX_ISSUES } from '../errors/issue.ts'

/** The parts of a reply that can show a generation. */
export interface ObservedReply {
  readonly endpointId: EndpointId | undefined
  readonly status: number
  readonly headers: Headers
  /** The parsed JSON; a value of any other kind if the reply is not JSON. */
  readonly body: unknown
}

/** The generation that a reply shows, by its header, its shape or its refusal; undefined when it shows none. */
export function detectGeneration({ endpointId, status, headers, body }: ObservedReply): Evidence | undefined {
  const announced = announcedGeneration(headers)
  if (announced !== undefined) return announced
  if (endpointId === undefined) return undefined

  const isSuccess = status >= 200 && status <= 299
  const generation = isSuccess ? detectReplyGeneration(endpointId, body) : generationOfRefusal(endpointId, status, body)
  return generation && { generation, source: isSuccess ? 'shape' : 'refusal' }
}

/** The generation in which requests to a backend are encoded. */
export const wireGenerationOf = (generation: Generation): WireGeneration =>
  generation === 'legacy' ? 'legacy' : 'current'

/** Whether a backend of the generation `observed` refuses or ignores requests in the generation `sent`. */
export const contradicts = (observed: Generation | undefined, sent: WireGeneration): observed is WireGeneration =>
  observed !== undefined && observed !== 'transitional' && observed !== sent

interface Refusal {
  readonly endpointId: EndpointId
  readonly status: number
  readonly detail: unknown
}

interface RefusalRule {
  readonly shows: WireGeneration
  readonly matches: (refusal: Refusal) => boolean
}

const RETIRED_ROUTES: readonly EndpointId[] = ['tickets.setStatus', 'tickets.assign']

/** Refusals that only one generation sends. All of them come before anything is written. */
const REFUSAL_RULES: readonly RefusalRule[] = [
  // The refusal reports a retired field as missing.
  {
    shows: 'legacy',
    matches: ({ endpointId, detail }) => missing(detail).some((field) => isRetired(endpointId, field)),
  },
  // Legacy backends have no PATCH of a ticket.
  { shows: 'legacy', matches: ({ endpointId, status }) => endpointId === 'tickets.update' && status === 405 },
  // The refusal reports a current field as missing, or refuses a retired field with the code `retired_field`.
  {
    shows: 'current',
    matches: ({ endpointId, detail }) => missing(detail).some((field) => isCurrent(endpointId, field)),
  },
  { shows: 'current', matches: ({ detail }) => itemsOf(detail).some(({ code }) => code === 'retired_field') },
  // Retired routes are answered with 410; on the existing backend with 404 and the text for an unknown path.
  { shows: 'current', matches: ({ endpointId, status }) => RETIRED_ROUTES.includes(endpointId) && status === 410 },
  {
    shows: 'current',
    matches: ({ endpointId, status, detail }) =>
      RETIRED_ROUTES.includes(endpointId) && status === 404 && detail === 'Not Found',
  },
]

function generationOfRefusal(endpointId: EndpointId, status: number, body: unknown): WireGeneration | undefined {
  // A refusal without `detail` is not from the service.
  if (status >= 500 || !isJsonObject(body) || !Object.hasOwn(body, 'detail')) return undefined
  const refusal = { endpointId, status, detail: body['detail'] }
  return REFUSAL_RULES.find((rule) => rule.matches(refusal))?.shows
}

const itemsOf = (detail: unknown): readonly JsonObject[] =>
  Array.isArray(detail) ? detail.slice(0, MAX_ISSUES).filter(isJsonObject) : []

/** The fields of the body that the refusal reports as missing. */
const missing = (detail: unknown): unknown[] =>
  itemsOf(detail).flatMap(({ type, loc }) =>
    type === 'missing' && Array.isArray(loc) && loc[0] === 'body' && loc.length === 2 ? [loc[1]] : [],
  )

const isRetired = (endpointId: EndpointId, field: unknown): boolean =>
  changesOf(endpointId, 'body').some(({ retired }) => Object.keys(retired).some((name) => name === field))

const isCurrent = (endpointId: EndpointId, field: unknown): boolean =>
  changesOf(endpointId, 'body').some(({ current }) => current.some((name) => name === field))
