import type { RequestOptions } from '../core/options.ts'
import type { Result } from '../core/result.ts'

/** One page of a list. */
export interface Page<T> {
  readonly items: readonly T[]
  /** The total number of rows, if the backend reports it. */
  readonly total?: number
  readonly hasNext: boolean
  /** The next page. Rejects with a RangeError when there is none; check `hasNext` first. */
  next(): ListResult<T>
}

/**
 * A list: await it for its first page, or iterate over all items with `for await`, page by page. Doing both requests the
 * first page once.
 */
export interface ListResult<T> extends Result<Page<T>>, AsyncIterable<T> {
  /** The first items, at most `limit`. */
  toArray(options: { readonly limit: number }): Promise<T[]>
}

/** The last argument of lists. */
export interface ListOptions extends RequestOptions {
  /**
   * The maximum number of rows to read when the backend ignores a filter or does not sort reliably, so that the client has to.
   * Default: 10 000.
   */
  readonly scanLimit?: number | undefined
}
