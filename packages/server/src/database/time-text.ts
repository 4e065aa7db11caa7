import { type Expression, type RawBuilder, sql } from 'kysely'

/** A time as ISO 8601 with microseconds and `Z`; null for infinity. */
export const timeText = (column: Expression<unknown>): RawBuilder<string | null> =>
  sql<string | null>`to_char(${column} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`

/**
 * The same text from a time in JSON, such as `2025-01-01T01:00:00.5+01:00`. Of a row with many times the database makes JSON
 * faster than texts. JSON has this form with every `DateStyle`; the offset is that of the `TimeZone` of the session.
 */
export function toTimeText(json: string): string | null {
  if (json === 'infinity' || json === '-infinity') return null
  const [, local = '', fraction = '', offset = '', era] = TIME.exec(json) ?? []
  if (local === '') throw new Error(`not a time with a time zone: ${json}`)
  const seconds = offset === '+00:00' ? local : toUtc(local, offset, era !== undefined)
  return `${seconds}.${fraction.padEnd(6, '0')}Z`
}

const TIME = /^(\d+-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?([+-][\d:]+)( BC)?$/

function toUtc(local: string, offset: string, isBeforeChrist: boolean): string {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = local.split(/[-T:]/).map(Number)
  // Zones of the 19th century have seconds.
  const [hours = 0, minutes = 0, seconds = 0] = offset.slice(1).split(':').map(Number)
  const sign = offset.startsWith('-') ? -1 : 1
  // PostgreSQL has later years than JavaScript. The calendar repeats after 400 years.
  const astronomicalYear = isBeforeChrist ? 1 - year : year
  const cycle = Math.floor(astronomicalYear / 400) * 400

  const time = new Date(0)
  time.setUTCFullYear(2000 + astronomicalYear - cycle, month - 1, day)
  time.setUTCHours(hour - sign * hours, minute - sign * minutes, second - sign * seconds)
  const yearInUtc = time.getUTCFullYear() - 2000 + cycle
  const shownYear = yearInUtc > 0 ? yearInUtc : 1 - yearInUtc
  return `${String(shownYear).padStart(4, '0')}${time.toISOString().slice(-20, -5)}`
}
