import type { CallContext } from '../core/call-context.ts'
import { announces } from '../core/capabilities.ts'
import { type WalkedRow, walkRows } from '../core/walk-rows.ts'
import { FilterNotSupportedError } from '../errors/request-errors.ts'
import { unmetFilters } from './client-filters.ts'
import { backendOf } from './filtered-request.ts'
import type { Listing, ListQuery, PageRead, ScanPosition, WalkPosition } from './listing.ts'
import { createListSource, type Row, sortKeyOf } from './row-source.ts'
import { readSorted } from './sorted-list.ts'
import type { Window } from './window.ts'

/**
 * Reads one page from a backend that ignores a filter: reads its rows one after the other, and keeps those that match.
 *
 * @throws FilterNotSupportedError after `scanLimit` rows, or when the rows do not have the field of the filter.
 * @throws SortNotSupportedError
 */
export async function scan<T extends Row>(
  call: CallContext,
  listing: Listing,
  query: ListQuery,
  position: WalkPosition | ScanPosition | undefined,
): Promise<PageRead<T>> {
  const page: ScannedPage<T> = {
    items: [],
    // The backend also counts rows that do not match, so the scan begins at the first row and counts itself.
    skip: position === undefined ? query.start : 0,
    scanned: position?.by === 'scan' ? position.scanned : 0,
    ignored: '',
    lastKey: position?.previousKey,
    needsSorting: false,
    next: undefined,
  }
  const start = { index: position?.row ?? 0, previousKey: position?.previousKey }
  const source = createListSource<T>(call, listing, query.filters)
  const { response } = await walkRows(source, start, (walked, window) => addRow(page, listing, query, walked, window))

  if (page.needsSorting) return readSorted(call, listing, query)
  return { items: page.items, next: page.next, response }
}

interface ScannedPage<T> {
  readonly items: T[]
  /** How many matching rows are still to be skipped. */
  skip: number
  /** How many rows were read. */
  scanned: number
  /** The filter that the backend ignores. */
  ignored: string
  /** The sort key of the last row. */
  lastKey: string | undefined
  needsSorting: boolean
  next: ScanPosition | undefined
}

/** Adds a row to the page if it matches. False when the page is full. */
function addRow<T extends Row>(
  page: ScannedPage<T>,
  listing: Listing,
  query: ListQuery,
  { row, index, key }: WalkedRow<T>,
  window: Window<T>,
): boolean {
  page.needsSorting = sortKeyOf(query.filters) !== 'created_at' && !announces(window.response, 'stable-order')
  if (page.needsSorting) return false

  const backend = backendOf(listing, window.notSent, window.response)
  const { scanLimit } = backend
  const [unmet] = unmetFilters(query.filters, row, backend)
  page.ignored = unmet ?? (page.ignored || (window.notSent[0] ?? ''))
  if (page.scanned >= scanLimit)
    throw new FilterNotSupportedError({ filter: page.ignored, reason: 'scan_limit', scanLimit })

  const isWanted = unmet === undefined && page.skip === 0
  if (isWanted && page.items.length === query.size) {
    page.next = { by: 'scan', query, row: index, previousKey: page.lastKey, scanned: page.scanned }
    return false
  }
  if (isWanted) page.items.push(row)
  else if (unmet === undefined) page.skip -= 1
  page.scanned += 1
  page.lastKey = key
  return true
}
