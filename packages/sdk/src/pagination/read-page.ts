import type { CallContext } from '../core/context.ts'
import { generationForRead } from '../negotiation/choose-generation.ts'
import { allApplied, unmetFilters } from './client-filters.ts'
import { backendOf, encodeFilters } from './filtered-request.ts'
import type { Listing, ListQuery, PageRead, Position } from './listing.ts'
import { scan } from './scan.ts'
import { readWindow } from './window.ts'

/**
 * Reads one page of a list.
 *
 * @throws FilterNotSupportedError when neither the backend nor the client can apply a filter.
 */
export async function readPage<T extends object>(
  call: CallContext,
  listing: Listing,
  query: ListQuery,
  position: Position | undefined,
): Promise<PageRead<T>> {
  const encoded = encodeFilters(listing.endpointId, query.filters, generationForRead(call))
  if (position?.scanned !== undefined || encoded.notSent.length > 0) return scan(call, listing, query, position)

  const firstRow = position?.row ?? query.start
  const window = await readWindow<T>(call, listing, query.filters, firstRow, query.size)
  const backend = backendOf(listing, window.notSent, window.response)
  const isTrusted = allApplied(query.filters, backend)
  const areWanted = window.rows.every((row) => unmetFilters(query.filters, row, backend).length === 0)
  // A row that was not asked for shows that the backend ignores a filter, so the client applies it. A backend that may
  // ignore a filter may also have counted other rows up to `start`.
  const isMiscounted = !isTrusted && position === undefined && query.start > 0
  if (!areWanted || window.notSent.length > 0 || isMiscounted) return scan(call, listing, query, position)

  const next = { query, row: firstRow + query.size, skip: 0, scanned: undefined }
  return {
    items: window.rows,
    total: isTrusted ? window.total : undefined,
    next: window.hasMore ? next : undefined,
    response: window.response,
  }
}
