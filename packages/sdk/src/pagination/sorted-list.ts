import type { CallContext } from '../core/call-context.ts'
import type { ResponseMetadata } from '../core/result.ts'
import { walkRows } from '../core/walk-rows.ts'
import { SortNotSupportedError } from '../errors/request-errors.ts'
import { allApplied, unmetFilters } from './client-filters.ts'
import { backendOf } from './filtered-request.ts'
import type { Listing, ListQuery, PageRead, SortedPosition } from './listing.ts'
import { createListSource, type Row, sortKeyOf } from './row-source.ts'
import { sortRows } from './sort-rows.ts'

/**
 * Reads a page of a list that the backend does not sort reliably: reads all rows in the order of their creation, and sorts
 * them here.
 *
 * @throws SortNotSupportedError, FilterNotSupportedError
 */
export async function readSorted<T extends Row>(
  call: CallContext,
  listing: Listing,
  query: ListQuery,
): Promise<PageRead<T>> {
  const { rows, total, response } = await readAll<T>(call, listing, query)
  const sortBy = sortKeyOf(query.filters)
  if (rows.some((row) => !Object.hasOwn(row, sortBy))) throw new SortNotSupportedError({ sortBy, reason: 'not_shown' })

  const sorted = sortRows(listing, rows, sortBy, query.filters['sort_order'] !== 'asc')
  return pageOfSorted({ by: 'sorted', query, row: query.start, rows: sorted, total, response })
}

/** A page of rows that were sorted before. */
export function pageOfSorted<T>(position: SortedPosition): PageRead<T> {
  const { query, row, rows, total, response } = position
  const end = row + query.size
  return {
    // The rows are those that `readSorted` has read for the same list.
    items: rows.slice(row, end) as T[],
    total,
    next: end < rows.length ? { ...position, row: end } : undefined,
    response,
  }
}

interface AllRows<T> {
  readonly rows: readonly T[]
  readonly total: number | undefined
  readonly response: ResponseMetadata
}

async function readAll<T extends Row>(
  call: CallContext,
  listing: Listing,
  { filters }: ListQuery,
): Promise<AllRows<T>> {
  const sortBy = sortKeyOf(filters)
  // The oldest first: rows that are added meanwhile come at the end.
  const source = createListSource<T>(call, listing, { ...filters, sort_by: 'created_at', sort_order: 'asc' })
  const seen = new Set<string>()
  const rows: T[] = []
  const { total, response, notSent } = await walkRows(source, { index: 0 }, ({ row }, window) => {
    const backend = backendOf(listing, window.notSent, window.response)
    const { scanLimit } = backend
    if (seen.size >= scanLimit) throw new SortNotSupportedError({ sortBy, reason: 'scan_limit', scanLimit })
    if (seen.has(row.id)) throw new SortNotSupportedError({ sortBy, reason: 'rows_changed' })
    seen.add(row.id)
    if (unmetFilters(filters, row, backend).length === 0) rows.push(row)
    return true
  })

  if (!allApplied(filters, backendOf(listing, notSent, response))) return { rows, total: undefined, response }
  if (seen.size < (total ?? 0)) throw new SortNotSupportedError({ sortBy, reason: 'rows_changed' })
  return { rows, total, response }
}
