import { type Result, toResult, type WithResponse } from '../core/result.ts'
import { createCaller } from '../core/run-call.ts'
import { issueAt } from '../errors/issue.ts'
import { InvalidRequestError } from '../errors/request-errors.ts'
import type { Listing, PageRead, Position } from './listing.ts'
import type { ListResult, Page } from './page.ts'
import { readPage } from './read-page.ts'
import type { Row } from './row-source.ts'

/** The first page of a list, and all that follow. */
export const toList = <T extends Row>(listing: Listing): ListResult<T> => listFrom(listing, undefined)

function listFrom<T extends Row>(listing: Listing, position: Position | undefined): ListResult<T> {
  const run = createCaller(listing.client)
  const page = run(listing.options, async (call): Promise<WithResponse<Page<T>>> => {
    const query = position?.query ?? (await listing.readQuery(call))
    return toPage(listing, await readPage<T>(call, listing, query, position))
  })
  return toListResult(page)
}

function toPage<T extends Row>(listing: Listing, { items, total, next, response }: PageRead<T>): WithResponse<Page<T>> {
  const page = {
    items,
    ...(total !== undefined && { total }),
    hasNext: next !== undefined,
    next: () => (next === undefined ? noNextPage<T>() : listFrom<T>(listing, next)),
  }
  return { data: page, response, unverified: [] }
}

/** A list whose first page fails with an error. */
export const toFailedList = <T>(reason: Error): ListResult<T> => toListResult(toResult(Promise.reject(reason)))

const noNextPage = <T>(): ListResult<T> => toFailedList(new RangeError('there is no next page; check `hasNext` first'))

function toListResult<T>(firstPage: Result<Page<T>>): ListResult<T> {
  const iterate = () => items(firstPage)
  // JavaScript callers may leave the options out.
  const toArray = (options?: { readonly limit?: number }) => collect(firstPage, options?.limit)
  return Object.assign(firstPage, { [Symbol.asyncIterator]: iterate, toArray })
}

async function* items<T>(firstPage: Promise<Page<T>>): AsyncGenerator<T, void, undefined> {
  let page = await firstPage
  for (;;) {
    yield* page.items
    if (!page.hasNext) return
    page = await page.next()
  }
}

async function collect<T>(firstPage: Promise<Page<T>>, limit: number | undefined): Promise<T[]> {
  if (limit === undefined || !Number.isInteger(limit) || limit < 0) {
    // The page was already requested. Without a handler, its failure would be an unhandled rejection.
    firstPage.catch(() => {})
    throw new InvalidRequestError([
      issueAt(['limit'], '`toArray` needs `{ limit }`: a whole number of items, 0 or more, because a list may be long'),
    ])
  }
  if (limit === 0) return firstPage.then(() => [])

  const found: T[] = []
  for await (const item of items(firstPage)) {
    found.push(item)
    if (found.length === limit) break
  }
  return found
}
