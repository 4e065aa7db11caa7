import type { EndpointId, JsonObject } from '@ai-ticket-creator/domain'
import type { CallContext } from '../core/call-context.ts'
import type { ResponseMetadata, WithResponse } from '../core/result.ts'
import { request } from '../request.ts'
import { type ListBackend, unmetFilters, widenFilters } from './client-filters.ts'
import { SCAN_LIMIT } from './listing.ts'
import type { ListOptions } from './page.ts'

interface FilteredReply<T> extends WithResponse<T> {
  /** Filters that were not sent, or not as they were given. */
  readonly notSent: readonly string[]
}

/** Requests filtered rows in the generation of the backend. */
export async function requestFiltered<T>(
  call: CallContext,
  endpointId: EndpointId,
  filters: JsonObject,
  paging: JsonObject = {},
): Promise<FilteredReply<T>> {
  const { filters: wanted, widened } = widenFilters(filters)
  const reply = await request<T>(call, endpointId, { query: { ...wanted, ...paging }, filtersOnClient: true })
  return { ...reply, notSent: [...call.dialect.unsentFilters(endpointId, wanted, reply.response), ...widened] }
}

/** The filters that a read would not send, or not as they are given, in the generation that would be chosen now. */
export function filtersNotSent(call: CallContext, endpointId: EndpointId, filters: JsonObject): readonly string[] {
  const { filters: wanted, widened } = widenFilters(filters)
  const requestGeneration = call.dialect.chooseForRead(call)
  return [...call.dialect.unsentFilters(endpointId, wanted, { requestGeneration, generation: undefined }), ...widened]
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

/** What a reply shows about how its backend filters. */
export const backendOf = (
  { options }: { readonly options: ListOptions },
  notSent: readonly string[],
  { headers }: ResponseMetadata,
): ListBackend => ({
  notSent,
  announced: headers.has('API-Generation'),
  scanLimit: options.scanLimit ?? SCAN_LIMIT,
})
