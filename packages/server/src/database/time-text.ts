import { type Expression, type RawBuilder, sql } from 'kysely'

/** A time as ISO 8601 with microseconds and `Z`. */
export const timeText = (column: Expression<unknown>): RawBuilder<string | null> =>
  sql<string | null>`to_char(${column} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`
