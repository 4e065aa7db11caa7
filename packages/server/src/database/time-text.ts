import { type Expression, type RawBuilder, sql } from 'kysely'

/** A time as ISO 8601 with microseconds and `Z`. */
export const timeText = (column: Expression<unknown>): RawBuilder<string | null> =>
  sql<string | null>`to_char(${column} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`

/** A time for a JSON array. It is faster than `timeText`, and needs `toTimeText`. */
export const utcTime = (column: Expression<unknown>): RawBuilder<unknown> => sql`(${column} at time zone interval '0')`

/** What `timeText` returns, from a `utcTime` in JSON: `2025-01-01T00:00:00.5` without trailing zeros. Null for infinity. */
export function toTimeText(json: string): string | null {
  const [, seconds, fraction = ''] = /^(\d+-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?/.exec(json) ?? []
  return seconds === undefined ? null : `${seconds}.${fraction.padEnd(6, '0')}Z`
}
