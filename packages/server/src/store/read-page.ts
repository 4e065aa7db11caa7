import type { Position, Rows, Window } from '@ai-ticket-creator/reference-api'
import { type RawBuilder, sql } from 'kysely'
import type { SqlConnection } from '../database/database.ts'
import { onlyRow } from '../database/only-row.ts'
import { timeText } from '../database/time-text.ts'

/** The key by which a list is sorted. */
export interface SortKey {
  readonly expression: RawBuilder<unknown>
  /** What the expression is compared with in a later page. */
  readonly type: 'timestamptz' | 'bigint' | 'text'
  /** Rows without a value come last. */
  readonly nullable?: true
}

/** A list without its window. */
export interface ListQuery {
  readonly table: 'integrations' | 'tickets'
  readonly selection: RawBuilder<unknown>
  readonly conditions: readonly RawBuilder<boolean>[]
  readonly sort: SortKey
  readonly order: 'asc' | 'desc'
}

interface PageRow extends Readonly<Record<string, unknown>> {
  readonly id: string
  readonly page_key: string | null
}

/** Reads one page and the total number of rows. */
export async function readPage<Row>(
  db: SqlConnection,
  query: ListQuery,
  window: Window,
  toRow: (read: Readonly<Record<string, unknown>>) => Row,
): Promise<Rows<Row>> {
  const [{ rows: read }, total] = await Promise.all([pageStatement(query, window).execute(db), countRows(db, query)])
  const shown = read.slice(0, window.limit)
  const last = shown.at(-1)
  return {
    rows: shown.map(toRow),
    total,
    ...(last !== undefined && read.length > shown.length && { next: toPosition(query.sort, last) }),
  }
}

/** Reads one row more than the page has, to see whether another page follows. */
function pageStatement({ table, selection, conditions, sort, order }: ListQuery, window: Window) {
  const { after, offset } = window
  const limit = Math.min(window.limit + 1, MAX_ROWS)
  const where = after === undefined ? conditions : [...conditions, isAfter(table, sort, order, after)]
  const direction = sql.raw(order)
  const nulls = sort.nullable ? sql` nulls last` : sql``
  return sql<PageRow>`
    select ${selection}, ${keyText(sort)} as page_key
    from ${sql.table(table)}
    where ${sql.join(where, sql` and `)}
    order by ${sort.expression} ${direction}${nulls}, ${sql.ref(`${table}.id`)} ${direction}
    limit ${limit} offset ${offset}`
}

// A limit of PostgreSQL is a bigint; no list has as many rows as this.
const MAX_ROWS = 2 ** 31

async function countRows(db: SqlConnection, { table, conditions }: ListQuery): Promise<number> {
  const { rows } = await sql<{ readonly total: number }>`
    select count(*)::int as total from ${sql.table(table)} where ${sql.join(conditions, sql` and `)}`.execute(db)
  return onlyRow(rows).total
}

/** Whether a row comes after a position, as one comparison that an index on key and id can answer. */
function isAfter(
  table: ListQuery['table'],
  { expression, type, nullable }: SortKey,
  order: 'asc' | 'desc',
  { key, id }: Position,
): RawBuilder<boolean> {
  const idColumn = sql.ref(`${table}.id`)
  const follows = sql.raw(order === 'asc' ? '>' : '<')
  if (key === null) return sql<boolean>`(${expression} is null and ${idColumn} ${follows} ${id}::uuid)`

  // As text: the driver would send a number with a fraction otherwise, or a time without its microseconds.
  const value = sql`${String(key)}::text::${sql.raw(type)}`
  const isLater = sql<boolean>`(${expression}, ${idColumn}) ${follows} (${value}, ${id}::uuid)`
  return nullable ? sql<boolean>`(${isLater} or ${expression} is null)` : isLater
}

const keyText = ({ expression, type }: SortKey): RawBuilder<string | null> =>
  type === 'timestamptz' ? timeText(expression) : sql<string | null>`(${expression})::text`

const toPosition = ({ type }: SortKey, { id, page_key }: PageRow): Position => ({
  key: type === 'bigint' && page_key !== null ? Number(page_key) : page_key,
  id,
})
