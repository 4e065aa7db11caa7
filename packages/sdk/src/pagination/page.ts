import { downgrade, type EndpointId, type JsonObject } from '@ai-ticket-creator/domain'
import type { RequestOptions, Settings } from '../core/options.ts'
import { type ResponseFacts, type Result, toResult, type WithResponse } from '../core/result.ts'
import { type Call, perform } from '../core/run-call.ts'
import { FilterNotSupportedError, InvalidRequestError, isApiError, issueAt } from '../errors/base.ts'
import { wordsNow } from '../negotiation/choose-generation.ts'
import { contradicts, otherWords, type Words } from '../negotiation/detect-generation.ts'
import { request } from '../request.ts'
import { namesOf } from '../verification/check-write.ts'
import { allApplied, type Backend, readEverywhere, unmet } from './client-filters.ts'

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
  readonly read: (call: Call) => Promise<ListQuery>
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
    perform(listing.settings, listing.options, async (call): Promise<WithResponse<Page<T>>> => {
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
  call: Call,
  listing: Listing,
  query: ListQuery,
  position: Position,
): Promise<WithResponse<Page<T>>> {
  const known = inWords(listing.endpointId, query.filters, wordsNow(call))
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
const SCAN_LIMIT = 10_000

async function scan<T extends object>(
  call: Call,
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
  { total, response }: { total?: number | undefined; response: ResponseFacts },
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

/** Filters in the words of a backend. */
interface Sent {
  readonly sent: JsonObject
  /** Those that have no word there, or would be read otherwise. */
  readonly notSent: readonly string[]
}

function inWords(endpointId: EndpointId, wanted: JsonObject, words: Words): Sent {
  const { filters, widened } = readEverywhere(wanted)
  if (words === 'current') return { sent: filters, notSent: widened }

  const { kept } = downgrade(endpointId, filters, { part: 'query' })
  const unsaid = kept.flatMap(({ current }) => current.filter((field) => Object.hasOwn(filters, field)))
  const sent = Object.fromEntries(Object.entries(filters).filter(([key]) => !unsaid.includes(key)))
  return { sent, notSent: [...unsaid, ...widened] }
}

interface Answer<T> extends WithResponse<T> {
  /** Filters that did not reach the backend. */
  readonly notSent: readonly string[]
}

/** Asks for rows in the words of the backend; once more when it turns out to speak the other ones. */
async function askFiltered<T>(
  call: Call,
  endpointId: EndpointId,
  filters: JsonObject,
  paging: JsonObject = {},
): Promise<Answer<T>> {
  const ask = async (words: Words): Promise<Answer<T>> => {
    const { sent, notSent } = inWords(endpointId, filters, words)
    const reply = await request<T>(call, endpointId, { query: { ...sent, ...paging }, words })
    // What it has read over is left to the client.
    const unread = contradicts(reply.response.generation, words) ? namesOf(endpointId, filters) : []
    return { ...reply, notSent: [...notSent, ...unread] }
  }

  const words = wordsNow(call)
  const isAuto = call.settings.generation === 'auto' && namesOf(endpointId, filters).length > 0
  const first = await ask(words).catch((error: unknown) => {
    if (!isAuto || !isApiError(error) || !contradicts(call.shown, words)) throw error
  })
  const isUnderstood = first !== undefined && !contradicts(first.response.generation, words)
  return isUnderstood || (first !== undefined && !isAuto) ? first : ask(otherWords(words))
}

/** A list that comes as a whole: what the backend does not filter out is left out here. */
export async function readWhole<T extends object>(
  call: Call,
  endpointId: 'integrations.listActive',
  filters: JsonObject,
): Promise<WithResponse<T[]>> {
  const { options } = call
  const { data, response, notSent } = await askFiltered<T[]>(call, endpointId, filters)
  const answering = backendOf({ options }, notSent, response)
  return { data: data.filter((row) => unmet(filters, row, answering).length === 0), response, unverified: [] }
}

const backendOf = (
  { options }: { readonly options: ListOptions },
  notSent: readonly string[],
  { headers }: ResponseFacts,
): Backend => ({
  notSent,
  announced: headers.has('API-Generation'),
  scanLimit: options.scanLimit ?? SCAN_LIMIT,
})

interface Window<T> {
  readonly rows: readonly T[]
  readonly total: number | undefined
  readonly more: boolean
  readonly response: ResponseFacts
  readonly notSent: readonly string[]
}

async function readWindow<T>(
  call: Call,
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
