import { SortNotSupportedError } from '../errors/request-errors.ts'
import { endOf, MAX_WINDOW, type RowSource, type RowWindow } from './row-source.ts'

/** The consecutive rows of a window that share a sort key. */
export interface Tie<T> {
  readonly key: string | undefined
  readonly firstRow: number
  readonly rows: readonly T[]
  /** The index after the last row of the tie. */
  readonly end: number
  /** Whether the window shows that no row before the tie has the key. */
  readonly isStartKnown: boolean
  /** Whether the window shows that no row after the tie has the key. */
  readonly isEndKnown: boolean
}

/** A tie, and the window that it was read from. */
export interface TieWindow<T, W> {
  readonly window: W
  readonly tie: Tie<T>
}

/** The rows of the window that have the key of the row at `index`. */
export function tieAround<T, W extends RowWindow<T>>(source: RowSource<T, W>, window: W, index: number): Tie<T> {
  const { firstRow, rows, hasMore } = window
  const keyAt = (at: number): string | undefined => {
    const row = rows[at]
    return row === undefined ? undefined : source.keyOf(row, window)
  }
  const key = keyAt(index - firstRow)
  let [first, last] = [index - firstRow, index - firstRow]
  if (key !== undefined) {
    while (first > 0 && keyAt(first - 1) === key) first -= 1
    while (keyAt(last + 1) === key) last += 1
  }
  return {
    key,
    firstRow: firstRow + first,
    rows: rows.slice(first, last + 1),
    end: firstRow + last + 1,
    isStartKnown: first > 0 || firstRow === 0,
    isEndKnown: last + 1 < rows.length || !hasMore,
  }
}

/**
 * Reads a window that shows all rows with the key of the row at `index`.
 *
 * @throws SortNotSupportedError when no window shows them all.
 */
export async function readTie<T, W extends RowWindow<T>>(
  source: RowSource<T, W>,
  index: number,
): Promise<TieWindow<T, W>> {
  const options = windowsAround(source.isPaged, index)
  const first = await readOption(
    source,
    index,
    best(options, ({ before, after }) => Math.min(before, after)),
  )
  if (isComplete(first.tie)) return first

  // The tie is cut off on one side. Of the windows that still show its other end, take the one that reaches furthest on the
  // cut-off side.
  const { isStartKnown, firstRow, end } = first.tie
  // The window must also show the row after the tie, as a proof that the tie ends there. A paged list that ends with the tie
  // has no such row. Without pages, only a window that is not full shows where the list ends.
  const endsWithList = source.isPaged && !first.window.hasMore && end === endOf(first.window)
  const wider = isStartKnown
    ? best(
        options.filter((option) => option.firstRow === 0 || option.firstRow < firstRow),
        ({ after }) => after,
      )
    : best(
        options.filter((option) => option.firstRow + option.size >= (endsWithList ? end : end + 1)),
        ({ before }) => before,
      )
  const second = await readOption(source, index, wider)
  if (isComplete(second.tie)) return second
  throw new SortNotSupportedError({ sortBy: 'created_at', reason: 'ties' })
}

const isComplete = ({ isStartKnown, isEndKnown }: Tie<unknown>): boolean => isStartKnown && isEndKnown

interface WindowOption {
  readonly firstRow: number
  readonly size: number
  /** How many rows before the index the window shows. MAX_WINDOW at the start of the list, where none are missing. */
  readonly before: number
  /** The number of rows from the index on that the window shows. */
  readonly after: number
}

/** The windows that show the row at `index` and the row before it, if there is one. */
function windowsAround(isPaged: boolean, index: number): readonly WindowOption[] {
  const sizes = Array.from({ length: MAX_WINDOW - 1 }, (_, n) => MAX_WINDOW - n)
  const windows = isPaged
    ? sizes.map((size) => ({ firstRow: index - (index % size), size }))
    : sizes.map((before) => ({ firstRow: Math.max(0, index - before + 1), size: MAX_WINDOW }))
  return windows
    .filter(({ firstRow, size }) => (firstRow < index || index === 0) && firstRow + size > index)
    .map(({ firstRow, size }) => ({
      firstRow,
      size,
      before: firstRow === 0 ? MAX_WINDOW : index - firstRow,
      after: firstRow + size - index,
    }))
}

function best(options: readonly WindowOption[], score: (option: WindowOption) => number): WindowOption | undefined {
  const [first] = options
  return first && options.reduce((found, option) => (score(option) > score(found) ? option : found), first)
}

async function readOption<T, W extends RowWindow<T>>(
  source: RowSource<T, W>,
  index: number,
  option: WindowOption | undefined,
): Promise<TieWindow<T, W>> {
  if (option === undefined) throw new SortNotSupportedError({ sortBy: 'created_at', reason: 'ties' })
  const window = await source.read(option.firstRow, option.size)
  return { window, tie: tieAround(source, window, index) }
}

/** Sorts rows with equal keys by id. */
export const sortById = <T extends { readonly id: string }>(rows: readonly T[], isDescending: boolean): readonly T[] =>
  rows.toSorted(({ id: a }, { id: b }) => (a < b ? -1 : a > b ? 1 : 0) * (isDescending ? -1 : 1))
