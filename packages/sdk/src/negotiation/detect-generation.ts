import {
  changesOf,
  type EndpointId,
  endpointOf,
  GENERATIONS,
  type Generation,
  isJsonObject,
  type JsonObject,
} from '@ai-ticket-creator/domain'

/** The words that requests are sent in: a transitional backend understands both. */
export type Words = 'legacy' | 'current'

/** Where the knowledge of a generation comes from. */
export type EvidenceSource = 'header' | 'shape' | 'refusal' | 'openapi'

/** What a reply shows of the generation of its backend. */
export interface Evidence {
  readonly generation: Generation
  readonly source: EvidenceSource
}

/** A reply, as far as it can show a generation. */
export interface ShownReply {
  readonly endpointId: EndpointId | undefined
  readonly status: number
  readonly headers: Headers
  /** Its JSON; anything else when it has none. */
  readonly body: unknown
}

export const wordsOf = (generation: Generation): Words => (generation === 'legacy' ? 'legacy' : 'current')

export const otherWords = (words: Words): Words => (words === 'legacy' ? 'current' : 'legacy')

/** Whether a backend that showed itself so does not understand the words. */
export const contradicts = (shown: Generation | undefined, words: Words): shown is Words =>
  shown !== undefined && shown !== 'transitional' && shown !== words

/** What a reply shows, by the strongest sign in it; undefined when it shows nothing. */
export function evidenceIn({ endpointId, status, headers, body }: ShownReply): Evidence | undefined {
  const announced = headers.get('API-Generation')?.trim().toLowerCase()
  const generation = GENERATIONS.find((known) => known === announced)
  if (generation !== undefined) return { generation, source: 'header' }
  if (endpointId === undefined) return undefined

  const isSuccess = status >= 200 && status <= 299
  const shown = isSuccess ? generationOfShape(endpointId, body) : generationOfRefusal(endpointId, status, body)
  return shown && { generation: shown, source: isSuccess ? 'shape' : 'refusal' }
}

// `integration_result` has the same name in both. And C1 of the existing backend reads the new words, but shows tickets in
// their old form (CONTRACT §3.6): that form alone proves nothing.
const COMMON: readonly string[] = ['integration_result']
const provesNothing = (endpointId: EndpointId): boolean => endpointId.startsWith('tickets.')

function generationOfShape(endpointId: EndpointId, body: unknown): Generation | undefined {
  const changes = changesOf(endpointId, 'reply')
  const entity = firstEntity(endpointId, body)
  if (entity === undefined) return undefined

  const has = (field: string): boolean => Object.hasOwn(entity, field) && !COMMON.includes(field)
  const isOld = changes.some(({ retired }) => Object.keys(retired).some(has))
  const isNew = changes.some(({ current }) => current.some(has))
  if (isOld && isNew) return 'transitional'
  if (isNew) return 'current'
  return isOld && !provesNothing(endpointId) ? 'legacy' : undefined
}

function firstEntity(endpointId: EndpointId, body: unknown): JsonObject | undefined {
  const { envelope } = endpointOf(endpointId)
  const inner = envelope === 'items' || envelope === 'ticket' ? isJsonObject(body) && body[envelope] : body
  const [entity]: unknown[] = Array.isArray(inner) ? inner : [inner]
  return isJsonObject(entity) ? entity : undefined
}

interface Refusal {
  readonly endpointId: EndpointId
  readonly status: number
  readonly detail: unknown
}

interface Sign {
  readonly shows: Words
  readonly in: (refusal: Refusal) => boolean
}

const RETIRED_ROUTES: readonly EndpointId[] = ['tickets.setStatus', 'tickets.assign']

/** Refusals that only a backend of one generation gives. Each is given before anything is written. */
const SIGNS: readonly Sign[] = [
  // An old word is missed.
  { shows: 'legacy', in: ({ endpointId, detail }) => missed(detail).some((field) => isOld(endpointId, field)) },
  // PATCH of a ticket came with the new words.
  { shows: 'legacy', in: ({ endpointId, status }) => endpointId === 'tickets.update' && status === 405 },
  // A new word is missed, or an old one is refused by its code.
  { shows: 'current', in: ({ endpointId, detail }) => missed(detail).some((field) => isNew(endpointId, field)) },
  { shows: 'current', in: ({ detail }) => itemsOf(detail).some(({ code }) => code === 'retired_field') },
  // The routes that went with the old words are gone: as ours says it, and as the existing backend does.
  { shows: 'current', in: ({ endpointId, status }) => RETIRED_ROUTES.includes(endpointId) && status === 410 },
  {
    shows: 'current',
    in: ({ endpointId, status, detail }) =>
      RETIRED_ROUTES.includes(endpointId) && status === 404 && detail === 'Not Found',
  },
]

function generationOfRefusal(endpointId: EndpointId, status: number, body: unknown): Words | undefined {
  // Without it, it is not the service that speaks.
  if (status >= 500 || !isJsonObject(body) || !Object.hasOwn(body, 'detail')) return undefined
  const refusal = { endpointId, status, detail: body['detail'] }
  return SIGNS.find((sign) => sign.in(refusal))?.shows
}

const itemsOf = (detail: unknown): readonly JsonObject[] => (Array.isArray(detail) ? detail.filter(isJsonObject) : [])

const missed = (detail: unknown): unknown[] =>
  itemsOf(detail).flatMap(({ type, loc }) =>
    type === 'missing' && Array.isArray(loc) && loc[0] === 'body' && loc.length === 2 ? [loc[1]] : [],
  )

const isOld = (endpointId: EndpointId, field: unknown): boolean =>
  changesOf(endpointId, 'body').some(({ retired }) => Object.keys(retired).some((old) => old === field))

const isNew = (endpointId: EndpointId, field: unknown): boolean =>
  changesOf(endpointId, 'body').some(({ current }) => current.some((name) => name === field))

/** The generation that an OpenAPI document describes: by the words that have a place in it. */
export function evidenceInDocument(document: unknown): Evidence | undefined {
  const [isOld, isNew] = [describes(document, 'integration_type'), describes(document, 'integration_category')]
  if (!isOld && !isNew) return undefined
  return { generation: isOld && isNew ? 'transitional' : isOld ? 'legacy' : 'current', source: 'openapi' }
}

const DEEPEST = 40

function describes(node: unknown, field: string, depth = 0): boolean {
  if (typeof node !== 'object' || node === null || depth > DEEPEST) return false
  const properties: unknown = 'properties' in node ? node.properties : undefined
  if (isJsonObject(properties) && Object.hasOwn(properties, field)) return true
  return Object.values(node).some((inner) => describes(inner, field, depth + 1))
}
