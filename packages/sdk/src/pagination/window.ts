import type { JsonObject } from '@ai-ticket-creator/domain'
import type { CallContext } from '../core/call-context.ts'
import type { ResponseMetadata } from '../core/result.ts'
import type { RowWindow } from '../core/row-source.ts'
import { requestFiltered } from './filtered-request.ts'
import type { Listing } from './listing.ts'

/** Consecutive rows of a list, in the order of the backend. */
export interface Window<T> extends RowWindow<T> {
  /** The total number of rows that the backend reports. */
  readonly total: number | undefined
  readonly response: ResponseMetadata
  /** Filters that were not sent, or not as they were given. */
  readonly notSent: readonly string[]
}

/** Reads a window of rows. For tickets, `firstRow` must be a multiple of `size`. */
export async function readWindow<T>(
  call: CallContext,
  { endpointId }: Pick<Listing, 'endpointId'>,
  filters: JsonObject,
  firstRow: number,
  size: number,
): Promise<Window<T>> {
  if (endpointId === 'integrations.list') {
    const paging = { offset: firstRow, limit: size }
    const { data: rows, ...reply } = await requestFiltered<T[]>(call, endpointId, filters, paging)
    // An array does not show whether more rows follow. After a full one, there may be more.
    return { ...reply, firstRow, rows, total: undefined, hasMore: rows.length >= size }
  }

  const paging = { page: firstRow / size + 1, size }
  const { data, ...reply } = await requestFiltered<TicketPage<T>>(call, endpointId, filters, paging)
  const total = typeof data.total === 'number' ? data.total : undefined
  const hasMore = typeof data.has_next === 'boolean' ? data.has_next : firstRow + size < (total ?? 0)
  return { ...reply, firstRow, rows: data.items, total, hasMore }
}

interface TicketPage<T> {
  readonly items: T[]
  readonly total?: unknown
  readonly has_next?: unknown
}
