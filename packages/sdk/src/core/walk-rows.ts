import { readTie, sortById, type TieWindow, tieAround } from './read-tie.ts'
import { endOf, MAX_WINDOW, type RowSource, type RowWindow } from './row-source.ts'

/** A row and its position in the list. */
export interface WalkedRow<T> {
  readonly row: T
  readonly index: number
  readonly key: string | undefined
  /** Whether rows follow this one. */
  readonly hasMore: boolean
}

/** Where a walk begins. */
export interface WalkStart {
  readonly index: number
  /** The key of the row before the first one, where it is known. */
  readonly previousKey?: string | undefined
  /** How many rows are wanted. They are read at once if possible. */
  readonly count?: number
}

/**
 * Visits rows one after the other, sorted by key and then by id, until `visit` returns false. Returns the last window.
 *
 * Backends may return rows with equal keys in another order in the next request. So all rows with one key are taken from
 * one window.
 *
 * @throws SortNotSupportedError when no window has all rows with one key.
 */
export async function walkRows<T extends { readonly id: string }, W extends RowWindow<T>>(
  source: RowSource<T, W>,
  { index: start, previousKey: keyBefore, count = MAX_WINDOW }: WalkStart,
  visit: (walked: WalkedRow<T>, window: W) => boolean,
): Promise<W> {
  let index = start
  let previousKey = keyBefore
  let window = await readAround(source, index, previousKey === undefined, count)

  for (;;) {
    if (index >= endOf(window)) {
      if (!window.hasMore) return window
      window = await readFrom(source, index)
      if (index >= endOf(window) && window.hasMore) throw source.toEndlessError(window)
      if (index >= endOf(window)) return window
    }

    const group = await completeGroup(source, window, index, previousKey)
    for (const row of group.rows.slice(index - group.firstRow)) {
      const hasMore = index + 1 < endOf(group) || group.hasMore
      if (!visit({ row, index, key: group.key, hasMore }, group.window)) return group.window
      index += 1
    }
    previousKey = group.key
    window = group.window
  }
}

interface Group<T, W> {
  readonly firstRow: number
  readonly rows: readonly T[]
  readonly key: string | undefined
  /** Whether rows follow the group. */
  readonly hasMore: boolean
  /** A window that shows the rows after the group, if it shows any. */
  readonly window: W
}

/** All rows that have the key of the row at `index`, sorted by id. A row without a key is a group of its own. */
async function completeGroup<T extends { readonly id: string }, W extends RowWindow<T>>(
  source: RowSource<T, W>,
  window: W,
  index: number,
  previousKey: string | undefined,
): Promise<Group<T, W>> {
  const tie = tieAround(source, window, index)
  if (tie.key === undefined) return { ...tie, window, hasMore: tie.end < endOf(window) || window.hasMore }

  const followsOtherKey = index === tie.firstRow && previousKey !== undefined && previousKey !== tie.key
  if (!tie.isStartKnown && !followsOtherKey) return toGroup(source, await readTie(source, index))
  if (tie.isEndKnown) return toGroup(source, { window, tie })

  // The window ends with the group. The next one shows whether the group goes on.
  const next = await readFrom(source, tie.end)
  const following = next.rows[tie.end - next.firstRow]
  if (following === undefined && next.hasMore) throw source.toEndlessError(next)
  if (following === undefined) return toGroup(source, { window: { ...window, hasMore: false }, tie })
  if (source.keyOf(following, next) === tie.key) return toGroup(source, await readTie(source, tie.end))
  return { ...toGroup(source, { window, tie }), window: next, hasMore: true }
}

function toGroup<T extends { readonly id: string }, W extends RowWindow<T>>(
  { isDescending }: RowSource<T, W>,
  { window, tie }: TieWindow<T, W>,
): Group<T, W> {
  const hasMore = tie.end < endOf(window) || window.hasMore
  return { firstRow: tie.firstRow, rows: sortById(tie.rows, isDescending), key: tie.key, hasMore, window }
}

/** Reads a window from `index` on, with the row before and the row after the wanted ones where one request can show them. */
function readAround<T, W extends RowWindow<T>>(
  source: RowSource<T, W>,
  index: number,
  needsPrevious: boolean,
  count: number,
): Promise<W> {
  const first = needsPrevious ? Math.max(0, index - 1) : index
  const last = index + count
  const smallest = last - first + 1
  if (!source.isPaged) return source.read(first, Math.min(MAX_WINDOW, smallest))

  for (let size = smallest; size <= MAX_WINDOW; size += 1)
    if (Math.floor(first / size) === Math.floor(last / size)) return source.read(first - (first % size), size)
  return readFrom(source, index)
}

const readFrom = <T, W extends RowWindow<T>>(source: RowSource<T, W>, index: number): Promise<W> =>
  source.read(source.isPaged ? index - (index % MAX_WINDOW) : index, MAX_WINDOW)
