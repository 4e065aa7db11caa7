import type { TableDescription } from './describe-table.ts'

export const FORMAT = 'ai-ticket-creator-backup'
export const VERSION = 1

/** The tables that the migration changes. Tickets refer to integrations, so integrations are restored first. */
export const BACKED_UP: readonly string[] = ['integrations', 'tickets']

/** Gives every value one text form, whatever the settings of the session and the database are. */
export const STABLE_FORMAT =
  "SELECT set_config('DateStyle', 'ISO, YMD', true), set_config('IntervalStyle', 'postgres', true), set_config('TimeZone', 'UTC', true), set_config('bytea_output', 'hex', true), set_config('extra_float_digits', '1', true)"

/** The first line of a backup. */
export interface Header {
  readonly format: string
  readonly version: number
  readonly schema: string
  readonly tables: readonly TableDescription[]
}

/** Some rows of a table, as PostgreSQL prints them. */
export interface RowsLine {
  readonly table: string
  readonly rows: readonly string[]
}

/** The last line. The checksum is that of all lines before it. */
export interface Trailer {
  readonly rows: number
  readonly sha256: string
}
