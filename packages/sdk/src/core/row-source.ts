/** Rows of a list in the order of the backend, and whether more follow. */
export interface RowWindow<T> {
  /** The number of rows before the window. */
  readonly firstRow: number
  readonly rows: readonly T[]
  readonly hasMore: boolean
}

/** A list that can be read in windows, sorted by a key that several rows may share. */
export interface RowSource<T, W extends RowWindow<T>> {
  /** Whether a window can begin only at multiples of its size. */
  readonly isPaged: boolean
  readonly read: (firstRow: number, size: number) => Promise<W>
  /** The sort key of a row. Undefined where the backend orders equal keys itself, or where the row does not show it. */
  readonly keyOf: (row: T, window: W) => string | undefined
  /** The error for a window that is too short although more rows are to follow. */
  readonly toEndlessError: (window: W) => Error
  /** Whether the largest key comes first. Rows with equal keys are sorted by id in the same direction. */
  readonly isDescending: boolean
}

/** The most rows that a backend returns at once. */
export const MAX_WINDOW = 100

/** The index after the last row of a window. */
export const endOf = ({ firstRow, rows }: { readonly firstRow: number; readonly rows: readonly unknown[] }): number =>
  firstRow + rows.length
