import type { CallContext } from '../core/context.ts'
import { FilterNotSupportedError } from '../errors/request-errors.ts'
import { unmetFilters } from './client-filters.ts'
import { backendOf } from './filtered-request.ts'
import type { Listing, ListQuery, PageRead, Position } from './listing.ts'
import { readWindow } from './window.ts'

// Pages of a fixed size: tickets are requested by page number, so a window cannot begin at any row.
const SCAN_SIZE = 100

/**
 * Reads one page from a backend that ignores a filter: reads its rows one after the other, and keeps those that fit.
 *
 * @throws FilterNotSupportedError after `scanLimit` rows, or when the rows do not show what is filtered by.
 */
export async function scan<T extends object>(
  call: CallContext,
  listing: Listing,
  query: ListQuery,
  position: Position | undefined,
): Promise<PageRead<T>> {
  // A position that a backend without the filter has counted is wrong, so the scan begins at the first row.
  const from = position ?? { row: 0, skip: query.start }
  const items: T[] = []
  let { row, skip } = from
  let scanned = position?.scanned ?? 0
  let ignored = ''

  for (;;) {
    const firstRow = row - (row % SCAN_SIZE)
    const window = await readWindow<T>(call, listing, query.filters, firstRow, SCAN_SIZE)
    const backend = backendOf(listing, window.notSent, window.response)
    const { response } = window
    ignored ||= window.notSent[0] ?? ''

    for (const item of window.rows.slice(row - firstRow)) {
      const [unmet] = unmetFilters(query.filters, item, backend)
      ignored = unmet ?? ignored
      if (scanned >= backend.scanLimit)
        throw new FilterNotSupportedError({ filter: ignored, reason: 'scan_limit', scanLimit: backend.scanLimit })

      const isWanted = unmet === undefined
      if (isWanted && skip === 0 && items.length === query.size)
        return { items, next: { query, row, skip, scanned }, response }
      if (isWanted && skip === 0) items.push(item)
      else if (isWanted) skip -= 1
      row += 1
      scanned += 1
    }
    if (!window.hasMore) return { items, next: undefined, response }
    row = firstRow + SCAN_SIZE
  }
}
