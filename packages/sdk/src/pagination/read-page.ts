import type { CallContext } from '../core/call-context.ts'
import { announces, tieKeyOf } from '../core/capabilities.ts'
import { walkRows } from '../core/walk-rows.ts'
import { allApplied, unmetFilters } from './client-filters.ts'
import { assertProgress, idOf } from './endless.ts'
import { backendOf, filtersNotSent } from './filtered-request.ts'
import type { Listing, ListQuery, PageRead, Position, ScanPosition, WalkPosition, WindowPosition } from './listing.ts'
import { createListSource, type Row, sortKeyOf } from './row-source.ts'
import { scan } from './scan.ts'
import { sortRows } from './sort-rows.ts'
import { pageOfSorted, readSorted } from './sorted-list.ts'
import { readWindow, type Window } from './window.ts'

/**
 * Reads one page of a list.
 *
 * @throws FilterNotSupportedError when neither the backend nor the client can apply a filter.
 * @throws SortNotSupportedError when neither the backend nor the client can sort the rows.
 */
export function readPage<T extends Row>(
  call: CallContext,
  listing: Listing,
  query: ListQuery,
  position: Position | undefined,
): Promise<PageRead<T>> {
  if (position?.by === 'sorted') return Promise.resolve(pageOfSorted<T>(position))

  const notSent = filtersNotSent(call, listing.endpointId, query.filters)
  if (position?.by === 'scan' || notSent.length > 0) return scan(call, listing, query, toWalk(position))
  return position?.by === 'walk' ? walkPage(call, listing, position) : requestPage(call, listing, query, position)
}

/** The position of a walk or a scan that begins at the same row. */
const toWalk = <P extends WalkPosition | ScanPosition>(
  position: P | WindowPosition | undefined,
): P | WalkPosition | undefined =>
  position?.by === 'window'
    ? { by: 'walk', query: position.query, row: position.row, previousKey: undefined }
    : position

/** Reads a page by one request, unless the reply shows that the backend ignores a filter or the order. */
async function requestPage<T extends Row>(
  call: CallContext,
  listing: Listing,
  query: ListQuery,
  position: WindowPosition | undefined,
): Promise<PageRead<T>> {
  const { filters, start, size } = query
  const row = position?.row ?? start
  const window = await readWindow<T>(call, listing, filters, row, size)
  assertProgress(listing, position?.previousIds ?? [], window)

  const backend = backendOf(listing, window.notSent, window.response)
  const isTrusted = allApplied(filters, backend)
  const areWanted =
    Object.keys(filters).length === 0 || window.rows.every((one) => unmetFilters(filters, one, backend).length === 0)
  // A row that does not match shows that the backend ignores a filter, so the client applies it. A backend that may
  // ignore a filter may also have counted other rows up to `start`.
  const isMiscounted = !isTrusted && position === undefined && start > 0
  if (!areWanted || window.notSent.length > 0 || isMiscounted) return scan(call, listing, query, toWalk(position))

  const total = isTrusted ? window.total : undefined
  const next: WindowPosition = { by: 'window', query, row: row + size, previousIds: window.rows.map(idOf) }
  if (isOrdered(window, query))
    return { items: window.rows, total, next: window.hasMore ? next : undefined, response: window.response }

  const isWhole = row === 0 && !window.hasMore
  if (isWhole) return { items: sortWindow(listing, query, window), total, next: undefined, response: window.response }
  if (sortKeyOf(filters) !== 'created_at') return readSorted(call, listing, query)
  return walkPage(call, listing, { by: 'walk', query, row, previousKey: undefined })
}

/** Whether pages of the list neither repeat nor lose rows. Rows without a creation time do not show ties. */
const isOrdered = ({ rows, response }: Window<Row>, { filters }: ListQuery): boolean =>
  announces(response, 'stable-order') ||
  (sortKeyOf(filters) === 'created_at' && rows.every((row) => tieKeyOf(row, response) === undefined))

function sortWindow<T extends Row>(listing: Listing, { filters }: ListQuery, { rows }: Window<T>): readonly T[] {
  const sortBy = sortKeyOf(filters)
  const isDescending = filters['sort_order'] !== 'asc'
  // If the rows do not show the field, the order of the backend is kept. It is reliable, because there is no other page.
  return rows.every((row) => Object.hasOwn(row, sortBy)) ? sortRows(listing, rows, sortBy, isDescending) : rows
}

/** Reads a page of a list whose rows with equal keys the client has to order. */
async function walkPage<T extends Row>(
  call: CallContext,
  listing: Listing,
  position: WalkPosition,
): Promise<PageRead<T>> {
  const { query, row, previousKey } = position
  const { filters, size } = query
  const source = createListSource<T>(call, listing, filters)
  const items: T[] = []
  const state: { next: Position | undefined; areWanted: boolean } = { next: undefined, areWanted: true }
  const window = await walkRows(source, { index: row, previousKey, count: size }, (walked, { notSent, response }) => {
    const backend = backendOf(listing, notSent, response)
    state.areWanted = notSent.length === 0 && unmetFilters(filters, walked.row, backend).length === 0
    items.push(walked.row)
    state.next = walked.hasMore ? { ...position, row: walked.index + 1, previousKey: walked.key } : undefined
    return state.areWanted && items.length < size
  })
  if (!state.areWanted) return scan(call, listing, query, row === query.start ? undefined : position)

  const isTrusted = allApplied(filters, backendOf(listing, window.notSent, window.response))
  return { items, total: isTrusted ? window.total : undefined, next: state.next, response: window.response }
}
