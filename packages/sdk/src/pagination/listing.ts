import type { JsonObject } from '@ai-ticket-creator/domain'
import type { CallContext } from '../core/context.ts'
import type { ResponseMetadata } from '../core/result.ts'
import type { Settings } from '../core/settings.ts'
import type { ListOptions } from './page.ts'

/** The default of `scanLimit`. */
export const SCAN_LIMIT = 10_000

/** A list to be read. */
export interface Listing {
  readonly settings: Settings
  readonly endpointId: 'integrations.list' | 'tickets.list'
  /** The query in the current form, without paging. It is read within the call, because a name may have to be looked up. */
  readonly readQuery: (call: CallContext) => Promise<ListQuery>
  readonly options: ListOptions
}

export interface ListQuery {
  readonly filters: JsonObject
  /** How many rows to skip. */
  readonly start: number
  /** Rows per page. */
  readonly size: number
}

/** Where a page begins. */
export interface Position {
  readonly query: ListQuery
  /** The next row of the backend. */
  readonly row: number
  /** How many matching rows are still to be skipped. */
  readonly skip: number
  /** How many rows were read so far. Undefined while the backend seems to apply all filters. */
  readonly scanned: number | undefined
}

/** A page as it was read. */
export interface PageRead<T> {
  readonly items: readonly T[]
  readonly total?: number | undefined
  readonly next: Position | undefined
  readonly response: ResponseMetadata
}
