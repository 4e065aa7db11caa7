import type { JsonObject } from '@ai-ticket-creator/domain'
import type { CallContext, ClientContext } from '../core/call-context.ts'
import type { ResponseMetadata } from '../core/result.ts'
import type { ListOptions } from './page.ts'

/** The default of `scanLimit`. */
export const SCAN_LIMIT = 10_000

/** A list to be read. */
export interface Listing {
  readonly client: ClientContext
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

/** The start of a page, and how the page is read. */
export type Position = WindowPosition | WalkPosition | ScanPosition | SortedPosition

/** The backend filters and orders all rows: each page is one request. */
export interface WindowPosition {
  readonly by: 'window'
  readonly query: ListQuery
  readonly row: number
  /** The ids of the rows on the previous page. */
  readonly previousIds: readonly unknown[]
}

/** The backend does not order rows with equal keys: the client does. */
export interface WalkPosition {
  readonly by: 'walk'
  readonly query: ListQuery
  readonly row: number
  /** The sort key of the row before. */
  readonly previousKey: string | undefined
}

/** The backend ignores a filter: the client applies it. */
export interface ScanPosition extends Omit<WalkPosition, 'by'> {
  readonly by: 'scan'
  /** How many rows were read so far. */
  readonly scanned: number
}

/** All rows were read and sorted. */
export interface SortedPosition {
  readonly by: 'sorted'
  readonly query: ListQuery
  readonly row: number
  readonly rows: readonly object[]
  readonly total: number | undefined
  readonly response: ResponseMetadata
}

/** A page as it was read. */
export interface PageRead<T> {
  readonly items: readonly T[]
  readonly total?: number | undefined
  readonly next: Position | undefined
  readonly response: ResponseMetadata
}
