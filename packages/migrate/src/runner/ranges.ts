import { type Database, queryOne } from '../database.ts'

/** Ids after the first one, up to and including the second one; null is without a limit. */
export interface Range {
  readonly after: string | null
  readonly last: string | null
}

/** The ids at which a table is cut into ranges. */
interface Bounds {
  /** A range of about so many rows. */
  readonly rangeAfter: (after: string | null, rows: number) => Range
}

// A batch is a few of these.
const ROWS_BETWEEN_BOUNDS = 250

/**
 * Reads the bounds of the whole table. The index alone has them while its pages are marked as visible; the first batches
 * change pages everywhere, and from then on each id would have to be looked up in the table.
 */
export async function readBounds(database: Database, table: string, most: number): Promise<Bounds> {
  const distance = Math.min(ROWS_BETWEEN_BOUNDS, most)
  const { bounds } = await queryOne<{ bounds: readonly string[] }>(
    database,
    `SELECT coalesce(array_agg(id::text ORDER BY id), '{}') AS bounds FROM (SELECT id, row_number() OVER (ORDER BY id) AS number FROM ${table}) AS numbered WHERE number % $1::int = 0`,
    [distance],
  )
  return {
    rangeAfter(after, rows) {
      // The text of ids has the same order as the ids.
      const next = after === null ? 0 : indexBehind(bounds, after)
      const count = Math.max(1, Math.round(rows / distance))
      return { after, last: bounds[next + count - 1] ?? null }
    },
  }
}

/** The index of the first bound after an id, by binary search. */
function indexBehind(bounds: readonly string[], id: string): number {
  let [low, high] = [0, bounds.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((bounds[middle] ?? '') > id) high = middle
    else low = middle + 1
  }
  return low
}

/** A condition on a column of ids, with the range as parameters 1 and 2. */
export const inRange = (id: string): string =>
  `($1::uuid IS NULL OR ${id} > $1::uuid) AND ($2::uuid IS NULL OR ${id} <= $2::uuid)`

/** Whether rows lie in the table in the order of their ids, as UUIDv7 and similar ids make them. */
export async function areIdsInTimeOrder(database: Database, table: string): Promise<boolean> {
  const { rows } = await database.query<{ correlation: number }>(
    `SELECT correlation::float8 AS correlation FROM pg_stats WHERE attname = 'id' AND to_regclass(quote_ident(schemaname) || '.' || quote_ident(tablename)) = to_regclass($1)`,
    [table],
  )
  return Math.abs(rows[0]?.correlation ?? 0) > 0.9
}
