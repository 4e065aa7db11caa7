import type { JsonObject } from '@ai-ticket-creator/domain'
import type { CallContext } from '../core/context.ts'
import type { RequestOptions } from '../core/options.ts'
import { type ResponseMetadata, type Result, toResult, type WithResponse } from '../core/result.ts'
import { runCall } from '../core/run-call.ts'
import type { Settings } from '../core/settings.ts'
import { issueAt } from '../errors/issue.ts'
import { FilterNotSupportedError, InvalidRequestError } from '../errors/request-errors.ts'
import { generationForRead } from '../negotiation/choose-generation.ts'
import { allApplied, unmet } from './client-filters.ts'
import { backendOf, encodeFilters, readWindow } from './filtered-request.ts'

/** Some rows of a list. */
export interface Page<T> {
  readonly items: readonly T[]
  /** How many rows there are in all, when the backend says so. */
  readonly total?: number
  readonly hasNext: boolean
  /** The rows after these. Rejected with a RangeError when there are none: ask `hasNext`. */
  next(): ListResult<T>
}

/**
 * A list: await it for its first page, or iterate over all items with `for await`, page by page. Doing both does not
 * ask for the first page twice.
 */
export interface ListResult<T> extends Result<Page<T>>, AsyncIterable<T> {
  /** The first items, at most `limit`. */
  toArray(options: { readonly limit: number }): Promise<T[]>
}

/** What lists take as their last argument. */
export interface ListOptions extends RequestOptions {
  /** How many rows to look at when the backend does not apply a filter itself. Default: 10 000. */
  readonly scanLimit?: number | undefined
}

/** A list to be read. */
export interface Listing {
  readonly settings: Settings
  readonly endpointId: 'integrations.list' | 'tickets.list'
  /** In the current form, without paging. Asked for in the first call, since a name may have to be looked up. */
  readonly read: (call: CallContext) => Promise<ListQuery>
  readonly options: ListOptions
}

interface ListQuery {
  readonly filters: JsonObject
  /** Rows to pass over. */
  readonly start: number
  /** Rows a page. */
  readonly size: number
}

/** Where a page begins. */
interface Position {
  readonly query?: ListQuery
  /** The row of the backend to look at next. */
  readonly row: number
  /** Rows that fit, still to be passed over. */
  readonly skip: number
  /** Rows looked at, since the backend does not apply a filter; undefined as long as it seems to. */
  readonly scanned: number | undefined
}

/** The first page of a list, and all that follows. */
export const toList = <T extends object>(listing: Listing): ListResult<T> => listFrom(listing, undefined)

function listFrom<T extends object>(listing: Listing, position: Position | undefined): ListResult<T> {
  const first = toResult(
    runCall(listing.settings, listing.options, async (call): Promise<WithResponse<Page<T>>> => {
      const query = position?.query ?? (await listing.read(call))
      return readPage(call, listing, query, position ?? { row: query.start, skip: 0, scanned: undefined })
    }),
  )

  const iterate = () => items(first)
  const toArray = ({ limit }: { readonly limit: number }) => collect(first, limit)
  return Object.assign(first, { [Symbol.asyncIterator]: iterate, toArray })
}

async function* items<T>(first: Promise<Page<T>>): AsyncGenerator<T, void, undefined> {
  let page = await first
  for (;;) {
    yield* page.items
    if (!page.hasNext) return
    page = await page.next()
  }
}

async function collect<T>(first: Promise<Page<T>>, limit: number): Promise<T[]> {
  if (!Number.isInteger(limit) || limit < 0) {
    // The page is on its way already, and nobody will look at it.
    first.catch(() => {})
    throw new InvalidRequestError([issueAt(['limit'], '`limit` must be a whole number of items, 0 or more')])
  }
  if (limit === 0) return first.then(() => [])

  const found: T[] = []
  for await (const item of items(first)) {
    found.push(item)
    if (found.length === limit) break
  }
  return found
}

async function readPage<T extends object>(
  call: CallContext,
  listing: Listing,
  query: ListQuery,
  position: Position,
): Promise<WithResponse<Page<T>>> {
  const known = encodeFilters(listing.endpointId, query.filters, generationForRead(call))
  if (position.scanned !== undefined || known.notSent.length > 0) return scan(call, listing, query, position)

  const window = await readWindow<T>(call, listing, query.filters, position.row, query.size)
  const answering = backendOf(listing, window.notSent, window.response)
  const trusted = allApplied(query.filters, answering)
  const fits = window.rows.every((row) => unmet(query.filters, row, answering).length === 0)
  // The backend answered rows that were not asked for: so it does not apply a filter, and the client does. Where it
  // may not, it may also have counted other rows to the place where the list was to begin.
  if (!fits || window.notSent.length > 0 || (!trusted && position.query === undefined && query.start > 0))
    return scan(call, listing, query, position)

  const next = { query, row: position.row + query.size, skip: 0, scanned: undefined }
  const total = trusted ? window.total : undefined
  return pageOf(listing, { total, response: window.response }, window.rows, window.more ? next : undefined)
}

// Pages of a fixed size: tickets are asked for by page number, so that a window can not begin anywhere.
const SCAN_SIZE = 100
export const SCAN_LIMIT = 10_000

async function scan<T extends object>(
  call: CallContext,
  listing: Listing,
  query: ListQuery,
  position: Position,
): Promise<WithResponse<Page<T>>> {
  // What was passed over so far was counted by a backend that does not filter: begin anew.
  const from = position.scanned === undefined && position.query === undefined ? { row: 0, skip: query.start } : position
  const found: T[] = []
  let { row, skip } = from
  let scanned = position.scanned ?? 0
  let misfit = ''

  for (;;) {
    const first = row - (row % SCAN_SIZE)
    const window = await readWindow<T>(call, listing, query.filters, first, SCAN_SIZE)
    const answering = backendOf(listing, window.notSent, window.response)
    const { scanLimit } = answering
    misfit ||= window.notSent[0] ?? ''

    for (const item of window.rows.slice(row - first)) {
      const [unmetFilter] = unmet(query.filters, item, answering)
      misfit = unmetFilter ?? misfit
      if (scanned >= scanLimit) throw new FilterNotSupportedError({ filter: misfit, reason: 'scan_limit', scanLimit })
      if (unmetFilter === undefined && skip === 0 && found.length === query.size)
        return pageOf(listing, { response: window.response }, found, { query, row, skip, scanned })

      if (unmetFilter === undefined && skip === 0) found.push(item)
      else if (unmetFilter === undefined) skip -= 1
      row += 1
      scanned += 1
    }
    if (!window.more) return pageOf(listing, { response: window.response }, found, undefined)
    row = first + SCAN_SIZE
  }
}

function pageOf<T extends object>(
  listing: Listing,
  { total, response }: { total?: number | undefined; response: ResponseMetadata },
  rows: readonly T[],
  next: Position | undefined,
): WithResponse<Page<T>> {
  const page = {
    items: rows,
    ...(total !== undefined && { total }),
    hasNext: next !== undefined,
    next: () => (next === undefined ? noNextPage<T>() : listFrom<T>(listing, next)),
  }
  return { data: page, response, unverified: [] }
}

function noNextPage<T>(): ListResult<T> {
  const none = toResult<Page<T>>(Promise.reject(new RangeError('there is no next page; ask `hasNext` first')))
  return Object.assign(none, { [Symbol.asyncIterator]: () => items(none), toArray: () => none.then(() => []) })
}

export interface Window<T> {
  readonly rows: readonly T[]
  readonly total: number | undefined
  readonly more: boolean
  readonly response: ResponseMetadata
  readonly notSent: readonly string[]
}
