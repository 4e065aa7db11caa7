import type { JsonObject } from '@ai-ticket-creator/domain'
import type { CallContext } from '../core/call-context.ts'
import { tieKeyOf } from '../core/capabilities.ts'
import type { RowSource } from '../core/row-source.ts'
import { assertProgress, endlessList, idOf } from './endless.ts'
import type { Listing } from './listing.ts'
import { readWindow, type Window } from './window.ts'

/** A row of a list. */
export type Row = object & { readonly id: string }

/** A list of the backend as a source of rows. */
export function createListSource<T extends Row>(
  call: CallContext,
  listing: Pick<Listing, 'endpointId'>,
  filters: JsonObject,
): RowSource<T, Window<T>> {
  let last: Window<T> | undefined
  return {
    isPaged: listing.endpointId === 'tickets.list',
    isDescending: filters['sort_order'] !== 'asc',
    async read(firstRow, size) {
      const window = await readWindow<T>(call, listing, filters, firstRow, size)
      const before = last !== undefined && last.firstRow < firstRow ? last.rows : []
      assertProgress(listing, before.map(idOf), window)
      last = window
      return window
    },
    toEndlessError: (window) => endlessList(listing.endpointId, window),
    keyOf: (row, window) => (sortKeyOf(filters) === 'created_at' ? tieKeyOf(row, window.response) : undefined),
  }
}

/** The field that a list is sorted by. */
export const sortKeyOf = ({ sort_by: sortBy = 'created_at' }: JsonObject): string => String(sortBy)
