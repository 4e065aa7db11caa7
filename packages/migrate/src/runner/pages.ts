import { type Database, queryOne } from '../database.ts'

/** Where a walk over the pages of a table is. */
export interface Cursor {
  readonly page: number
  readonly pass: number
}

/** The rows of one batch: those of a pass in the pages from `first` up to, but not including, `end`. */
export interface Batch {
  readonly first: number
  readonly end: number
  readonly pass: number
  /** The cursor after the batch. */
  readonly next: Cursor
}

/** The size of a table when a walk over its pages starts. */
export interface Pages {
  readonly count: number
  readonly rowsPerPage: number
}

// All passes over so many pages (64 MB) follow each other while the pages are in memory. Between two passes over a page there
// is time for the transactions of clients to end; the space of old row versions can be used only then.
const PAGES_AT_ONCE = 8192

// Used if the table has no statistics. The batches adapt to the time that they take.
const USUAL_ROWS_PER_PAGE = 50

/**
 * Reads the size of a table. Pages that are added later have only rows that the triggers have filled, or that the count of
 * remaining rows finds.
 */
export async function readPages(database: Database, table: string): Promise<Pages> {
  const { count, density } = await queryOne<{ count: number; density: number }>(
    database,
    `SELECT ceil(pg_relation_size(oid) / current_setting('block_size')::float8) AS count, CASE WHEN reltuples > 0 AND relpages > 0 THEN reltuples / relpages ELSE ${USUAL_ROWS_PER_PAGE} END::float8 AS density FROM pg_class WHERE oid = to_regclass($1)`,
    [table],
  )
  return { count, rowsPerPage: Math.max(1, density) }
}

export const isAtEnd = ({ page }: Cursor, { count }: Pages): boolean => page >= count

/** The batch at a cursor, with about `rows` rows. */
export function nextBatch({ page, pass }: Cursor, pages: Pages, passes: number, rows: number): Batch {
  const start = page - (page % PAGES_AT_ONCE)
  const stop = Math.min(start + PAGES_AT_ONCE, pages.count)
  const end = Math.min(page + Math.max(1, Math.round((rows * passes) / pages.rowsPerPage)), stop)
  const batch = { first: page, end, pass }
  if (end < stop) return { ...batch, next: { page: end, pass } }
  return { ...batch, next: pass + 1 < passes ? { page: start, pass: pass + 1 } : { page: stop, pass: 0 } }
}

/** A condition for the rows of a batch, with its pages as parameters 1 and 2. `place` is the `ctid` of the table. */
export function inBatch(place: string, passes: number, pass: number): string {
  const inPages = `${place} >= $1::tid AND ${place} < $2::tid`
  // The last byte of a place is the number of the row in its page. With `=` instead of `int4eq`, the planner would expect one row
  // of 200, and choose joins for a few rows.
  return passes === 1 ? inPages : `${inPages} AND int4eq(get_byte(tidsend(${place}), 5) % ${passes}, ${pass})`
}

/** The place before the first row of a page. */
export const startOf = (page: number): string => `(${page},0)`
