import { type Expression, type RawBuilder, sql } from 'kysely'

/** A time as ISO 8601 with microseconds and `Z`; null for infinity. */
export const timeText = (column: Expression<unknown>): RawBuilder<string | null> =>
  sql<string | null>`to_char(${column} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`

/**
 * The same text from a time in JSON, such as `2025-01-01T01:00:00.5+01:00`. For a row with many times, the database makes
 * JSON faster than texts. JSON has this form with every `DateStyle`; the offset is that of the `TimeZone` of the session.
 *
 * @throws Error for another form, such as that of a time without a time zone.
 */
export function toTimeText(json: string): string | null {
  if (json === 'infinity' || json === '-infinity') return null
  if (!TIME.test(json)) throw new Error(`not a time with a time zone: ${json}`)
  return json.replace(
    TIME,
    (_, year: string, rest: string, fraction: string | undefined, offset: string, era: string | undefined) => {
      const seconds =
        offset === '+00:00'
          ? `${year}${rest}`
          : toUtc(era === undefined ? Number(year) : 1 - Number(year), rest, offset)
      return `${seconds}.${(fraction ?? '').padEnd(6, '0')}Z`
    },
  )
}

const TIME = /^(\d+)(-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?([+-][\d:]+)( BC)?$/

/** `year`: 0 is the year before the year 1. */
function toUtc(year: number, rest: string, offset: string): string {
  // PostgreSQL has later years than JavaScript. The calendar repeats after 400 years.
  const cycle = Math.floor(year / 400) * 400
  const local = Date.parse(`${2000 + year - cycle}${rest}Z`)
  const time = new Date(local - secondsIn(offset) * 1000)
  const yearInUtc = time.getUTCFullYear() - 2000 + cycle
  const shownYear = yearInUtc > 0 ? yearInUtc : 1 - yearInUtc
  return `${String(shownYear).padStart(4, '0')}${time.toISOString().slice(4, -5)}`
}

/** Zones of the 19th century have an offset with seconds, such as `+00:19:32`. */
function secondsIn(offset: string): number {
  const parts = `${offset.slice(1)}:00`.split(':').slice(0, 3)
  const seconds = parts.reduce((sum, part) => sum * 60 + Number(part), 0)
  return offset.startsWith('-') ? -seconds : seconds
}
