import type { Position, Rows, Window } from '@ai-ticket-creator/reference-api'
import { type RawBuilder, sql } from 'kysely'
import type { SqlConnection } from '../database/database.ts'
import { onlyRow } from '../database/only-row.ts'
import { toTimeText } from '../database/time-text.ts'
import type { SelectedRow } from './columns.ts'

/** The key by which a list is sorted. */
export interface SortKey {
  readonly expression: RawBuilder<unknown>
  /** The SQL type to which the key of a cursor is cast. */
  readonly type: 'timestamptz' | 'bigint' | 'text'
  /** Rows without a value come last. */
  readonly nullable?: true
}

/** The query of a list, without limit, offset and cursor. */
export interface ListQuery {
  readonly table: 'integrations' | 'tickets'
  readonly selection: RawBuilder<unknown>
  readonly conditions: readonly RawBuilder<boolean>[]
  readonly sort: SortKey
  readonly order: 'asc' | 'desc'
}

interface PageRow extends SelectedRow {
  readonly page_key: string | number | null
  readonly total: number
}

/** Reads one page and the total number of rows. */
export async function readPage<Row>(
  db: SqlConnection,
  query: ListQuery,
  window: Window,
  toRow: (read: SelectedRow) => Row,
): Promise<Rows<Row>> {
  const { rows: read } = await pageStatement(query, window).execute(db)
  const shown = read.slice(0, window.limit)
  const last = shown.at(-1)
  return {
    rows: shown.map(toRow),
    total: read[0]?.total ?? (await countBefore(db, query, window)),
    ...(last !== undefined && read.length > shown.length && { next: toPosition(query.sort, last) }),
  }
}

/**
 * Selects one row more than the page has, to find out whether another page follows. The subquery finds the rows of the page,
 * if possible in the index alone; only these rows are read from the table and made into JSON. The total is in each row,
 * because a statement of its own costs the server and the database another round trip.
 */
function pageStatement({ table, selection, conditions, sort, order }: ListQuery, window: Window) {
  const { after, offset } = window
  const limit = Math.min(window.limit + 1, MAX_ROWS)
  const where = after === undefined ? conditions : [...conditions, isAfter(table, sort, order, after)]
  const direction = sql.raw(order)
  const nulls = sort.nullable ? sql` nulls last` : sql``
  const sorted = sql`order by ${sort.expression} ${direction}${nulls}, ${sql.ref(`${table}.id`)} ${direction}`
  return sql<PageRow>`
    select ${selection}, to_json(${sort.expression}) as page_key, (${countOf({ table, conditions })}) as total
    from (
      select organization_id, id from ${sql.table(table)}
      where ${sql.join(where, sql` and `)}
      ${sorted} limit ${limit} offset ${offset}
    ) as page
    join ${sql.table(table)} using (organization_id, id)
    ${sorted}`
}

// Keeps the limit within a PostgreSQL bigint. No list has as many rows as this.
const MAX_ROWS = 2 ** 31

const countOf = ({ table, conditions }: Pick<ListQuery, 'table' | 'conditions'>) => sql<{ readonly total: number }>`
  select count(*)::int as total from ${sql.table(table)} where ${sql.join(conditions, sql` and `)}`

/** The total of a list whose page has no rows: all rows are before the page. */
async function countBefore(db: SqlConnection, query: ListQuery, { offset, after }: Window): Promise<number> {
  if (offset === 0 && after === undefined) return 0
  const { rows } = await countOf(query).execute(db)
  return onlyRow(rows).total
}

/** Whether a row comes after a position: one row comparison, so that an index on key and id can be used. */
function isAfter(
  table: ListQuery['table'],
  { expression, type, nullable }: SortKey,
  order: 'asc' | 'desc',
  { key, id }: Position,
): RawBuilder<boolean> {
  const idColumn = sql.ref(`${table}.id`)
  const operator = sql.raw(order === 'asc' ? '>' : '<')
  if (key === null) return sql<boolean>`(${expression} is null and ${idColumn} ${operator} ${id}::uuid)`

  // Sent as text: otherwise the driver would send numbers as floating point, and times without microseconds.
  const value = sql`${String(key)}::text::${sql.raw(type)}`
  const isLater = sql<boolean>`(${expression}, ${idColumn}) ${operator} (${value}, ${id}::uuid)`
  return nullable ? sql<boolean>`(${isLater} or ${expression} is null)` : isLater
}

const toPosition = ({ type }: SortKey, { id, page_key: key }: PageRow): Position => ({
  key: type === 'timestamptz' && key !== null ? toTimeText(String(key)) : key,
  id,
})
