import { downgrade, type EndpointId, type JsonObject } from '@ai-ticket-creator/domain'
import type { CallContext } from '../core/context.ts'
import type { ResponseMetadata, WithResponse } from '../core/result.ts'
import type { WireGeneration } from '../core/wire.ts'
import { isApiError } from '../errors/guards.ts'
import { generationForRead } from '../negotiation/choose-generation.ts'
import { contradicts, otherGeneration } from '../negotiation/detect-generation.ts'
import { namesOf } from '../negotiation/renamed-fields.ts'
import { request } from '../request.ts'
import { type Backend, readEverywhere, unmet } from './client-filters.ts'
import { type Listing, type ListOptions, SCAN_LIMIT, type Window } from './page.ts'

/** Filters in the words of a backend. */
interface Sent {
  readonly sent: JsonObject
  /** Those that have no word there, or would be read otherwise. */
  readonly notSent: readonly string[]
}
export function encodeFilters(endpointId: EndpointId, wanted: JsonObject, words: WireGeneration): Sent {
  const { filters, widened } = readEverywhere(wanted)
  if (words === 'current') return { sent: filters, notSent: widened }

  const { unmapped } = downgrade(endpointId, filters, { part: 'query' })
  const unsaid = unmapped.flatMap(({ current }) => current.filter((field) => Object.hasOwn(filters, field)))
  const sent = Object.fromEntries(Object.entries(filters).filter(([key]) => !unsaid.includes(key)))
  return { sent, notSent: [...unsaid, ...widened] }
}
interface Answer<T> extends WithResponse<T> {
  /** Filters that did not reach the backend. */
  readonly notSent: readonly string[]
}
/** Asks for rows in the words of the backend; once more when it turns out to speak the other ones. */
export async function askFiltered<T>(
  call: CallContext,
  endpointId: EndpointId,
  filters: JsonObject,
  paging: JsonObject = {},
): Promise<Answer<T>> {
  const ask = async (words: WireGeneration): Promise<Answer<T>> => {
    const { sent, notSent } = encodeFilters(endpointId, filters, words)
    const reply = await request<T>(call, endpointId, { query: { ...sent, ...paging }, generation: words })
    // What it has read over is left to the client.
    const unread = contradicts(reply.response.generation, words) ? namesOf(endpointId, filters) : []
    return { ...reply, notSent: [...notSent, ...unread] }
  }

  const words = generationForRead(call)
  const isAuto = call.settings.generation === 'auto' && namesOf(endpointId, filters).length > 0
  const first = await ask(words).catch((error: unknown) => {
    if (!isAuto || !isApiError(error) || !contradicts(call.observedGeneration, words)) throw error
  })
  const isUnderstood = first !== undefined && !contradicts(first.response.generation, words)
  return isUnderstood || (first !== undefined && !isAuto) ? first : ask(otherGeneration(words))
}
/** A list that comes as a whole: what the backend does not filter out is left out here. */

export async function readWhole<T extends object>(
  call: CallContext,
  endpointId: 'integrations.listActive',
  filters: JsonObject,
): Promise<WithResponse<T[]>> {
  const { options } = call
  const { data, response, notSent } = await askFiltered<T[]>(call, endpointId, filters)
  const answering = backendOf({ options }, notSent, response)
  return { data: data.filter((row) => unmet(filters, row, answering).length === 0), response, unverified: [] }
}
export const backendOf = (
  { options }: { readonly options: ListOptions },
  notSent: readonly string[],
  { headers }: ResponseMetadata,
): Backend => ({
  notSent,
  announced: headers.has('API-Generation'),
  scanLimit: options.scanLimit ?? SCAN_LIMIT,
})
export async function readWindow<T>(
  call: CallContext,
  { endpointId }: Listing,
  filters: JsonObject,
  row: number,
  size: number,
): Promise<Window<T>> {
  if (endpointId === 'integrations.list') {
    const paging = { offset: row, limit: size }
    const { data: rows, ...asked } = await askFiltered<T[]>(call, endpointId, filters, paging)
    // An array says nothing about what follows; a full one may.
    return { ...asked, rows, total: undefined, more: rows.length >= size }
  }

  const paging = { page: row / size + 1, size }
  const { data, ...asked } = await askFiltered<{ items: T[]; total?: unknown; has_next?: unknown }>(
    call,
    endpointId,
    filters,
    paging,
  )
  const total = typeof data.total === 'number' ? data.total : undefined
  const more = typeof data.has_next === 'boolean' ? data.has_next : row + size < (total ?? 0)
  return { ...asked, rows: data.items, total, more }
}
