import { changesOf, type EndpointId, GENERATIONS, type Generation, type JsonObject } from '@ai-ticket-creator/domain'
import { detectReplyGeneration, isJsonObject } from '@ai-ticket-creator/domain/internal'
import type { Evidence } from '../core/client-state.ts'
import type { WireGeneration } from '../core/wire.ts'

/** A reply, as far as it can show a generation. */
export interface ShownReply {
  readonly endpointId: EndpointId | undefined
  readonly status: number
  readonly headers: Headers
  /** Its JSON; anything else when it has none. */
  readonly body: unknown
}

export const wireGenerationOf = (generation: Generation): WireGeneration =>
  generation === 'legacy' ? 'legacy' : 'current'

export const otherGeneration = (words: WireGeneration): WireGeneration => (words === 'legacy' ? 'current' : 'legacy')

/** Whether a backend that showed itself so does not understand the words. */
export const contradicts = (shown: Generation | undefined, words: WireGeneration): shown is WireGeneration =>
  shown !== undefined && shown !== 'transitional' && shown !== words

/** What a reply shows, by the strongest sign in it; undefined when it shows nothing. */
export function detectGeneration({ endpointId, status, headers, body }: ShownReply): Evidence | undefined {
  const announced = headers.get('API-Generation')?.trim().toLowerCase()
  const generation = GENERATIONS.find((known) => known === announced)
  if (generation !== undefined) return { generation, source: 'header' }
  if (endpointId === undefined) return undefined

  const isSuccess = status >= 200 && status <= 299
  const shown = isSuccess ? detectReplyGeneration(endpointId, body) : generationOfRefusal(endpointId, status, body)
  return shown && { generation: shown, source: isSuccess ? 'shape' : 'refusal' }
}

interface Refusal {
  readonly endpointId: EndpointId
  readonly status: number
  readonly detail: unknown
}

interface Sign {
  readonly shows: WireGeneration
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

function generationOfRefusal(endpointId: EndpointId, status: number, body: unknown): WireGeneration | undefined {
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
