import { downgrade, type EndpointId, type JsonObject } from '@ai-ticket-creator/domain'
import type { CallContext } from '../core/call-context.ts'
import type { ResponseMetadata, WithResponse } from '../core/result.ts'
import type { WireGeneration } from '../core/wire.ts'
import { generationForRead } from '../negotiation/choose-generation.ts'
import { contradicts } from '../negotiation/detect-generation.ts'
import { renamedFields } from '../negotiation/renamed-fields.ts'
import { readInEitherGeneration } from '../negotiation/restart.ts'
import { request } from '../request.ts'
import { type Backend, unmetFilters, widenFilters } from './client-filters.ts'
import { SCAN_LIMIT } from './listing.ts'
import type { ListOptions } from './page.ts'

interface FilteredReply<T> extends WithResponse<T> {
  /** Filters that did not reach the backend. */
  readonly notSent: readonly string[]
}

/** Requests filtered rows in the generation of the backend. If the reply shows the other one, asks again in that. */
export async function requestFiltered<T>(
  call: CallContext,
  endpointId: EndpointId,
  filters: JsonObject,
  paging: JsonObject = {},
): Promise<FilteredReply<T>> {
  const ask = async (generation: WireGeneration): Promise<FilteredReply<T>> => {
    const { sent, notSent } = encodeFilters(endpointId, filters, generation)
    const reply = await request<T>(call, endpointId, { query: { ...sent, ...paging }, generation })
    // A backend of the other generation ignores the renamed filters, so the client applies them.
    const ignored = contradicts(reply.response.generation, generation) ? renamedFields(endpointId, filters) : []
    return { ...reply, notSent: [...notSent, ...ignored] }
  }

  return renamedFields(endpointId, filters).length > 0
    ? readInEitherGeneration(call, ask)
    : ask(generationForRead(call))
}

/** Reads a list that comes without pages, and removes the rows that the backend should have filtered out. */
export async function readFiltered<T extends object>(
  call: CallContext,
  endpointId: 'integrations.listActive',
  filters: JsonObject,
): Promise<WithResponse<T[]>> {
  const { data, response, notSent } = await requestFiltered<T[]>(call, endpointId, filters)
  const backend = backendOf(call, notSent, response)
  return { data: data.filter((row) => unmetFilters(filters, row, backend).length === 0), response, unverified: [] }
}

interface EncodedFilters {
  readonly sent: JsonObject
  /** Filters that the backend has no name for, or that it would read in another way. */
  readonly notSent: readonly string[]
}

export function encodeFilters(endpointId: EndpointId, wanted: JsonObject, generation: WireGeneration): EncodedFilters {
  const { filters, widened } = widenFilters(wanted)
  if (generation === 'current') return { sent: filters, notSent: widened }

  const { unmapped } = downgrade(endpointId, filters, { part: 'query' })
  const dropped = unmapped.flatMap(({ current }) => current.filter((field) => Object.hasOwn(filters, field)))
  const sent = Object.fromEntries(Object.entries(filters).filter(([key]) => !dropped.includes(key)))
  return { sent, notSent: [...dropped, ...widened] }
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
