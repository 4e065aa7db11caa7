import { type RawBuilder, sql } from 'kysely'
import type { SqlConnection } from '../database/database.ts'
import { onlyRow } from '../database/only-row.ts'
import { timeText } from '../database/time-text.ts'

/** A deprecated name that a consumer still sends or receives. */
export interface RemainingUse {
  readonly organization_id: string
  /** The name of the organization. Two organizations can have the same one. */
  readonly organization: string
  readonly consumer: string
  readonly field: string
  readonly replacement: string
  readonly operation: string
  /** `reply`: the consumer received the name in a reply; whether it reads the name is unknown. */
  readonly direction: 'request' | 'reply'
  readonly first_at: string
  readonly last_at: string
  /** Uses in the days of the report, and in as many days before them. */
  readonly uses: number
  readonly uses_before: number
}

/** The use of deprecated names by consumers. */
export interface DeprecationReport {
  /** The number of days that the report covers, up to today. */
  readonly days: number
  /** When the first request was recorded; null when none was. Only the transitional generation records. */
  readonly recorded_since: string | null
  /** The number of consumers that sent a request in these days. */
  readonly consumers: number
  /** The day from which deprecated names are refused, when it is set. */
  readonly sunset: string | null
  readonly uses: readonly RemainingUse[]
}

/** The days that a report covers by default. */
export const DEFAULT_DAYS = 30

/** Parses a number of days. Returns undefined for other text. */
export const parseDays = (text: string): number | undefined =>
  /^\d{1,4}$/.test(text) && Number(text) >= 1 && Number(text) <= 3650 ? Number(text) : undefined

/** Reads the report of the last days. It has all organizations, because it is for the operators of the server. */
export async function readDeprecationReport(
  db: SqlConnection,
  { days, now, sunset }: { readonly days: number; readonly now: Date; readonly sunset: Date | undefined },
): Promise<DeprecationReport> {
  const { rows: traffic } = await sql<{ readonly recorded_since: string | null; readonly consumers: number }>`
    select ${timeText(sql`min(first_at)`)} as recorded_since,
      (count(distinct (organization_id, consumer)) filter (where day > ${dayBefore(now, days)}))::int as consumers
    from server_consumers`.execute(db)
  const { recorded_since, consumers } = onlyRow(traffic)
  const uses = await readUses(db, dayBefore(now, days), dayBefore(now, 2 * days))
  return { days, recorded_since, consumers, sunset: sunset === undefined ? null : toDay(sunset), uses }
}

/** The number of consumers that have these uses. A consumer belongs to one organization. */
export const countConsumers = (uses: readonly RemainingUse[]): number =>
  new Set(uses.map(({ organization_id, consumer }) => `${organization_id} ${consumer}`)).size

async function readUses(db: SqlConnection, since: string, before: string): Promise<readonly RemainingUse[]> {
  const { rows } = await sql<RemainingUse>`
    select organizations.id as organization_id, organizations.name as organization, consumer, field,
      min(replacement) as replacement, operation, direction,
      ${timeText(sql`min(first_at)`)} as first_at, ${timeText(sql`max(last_at)`)} as last_at,
      ${usesWhere(sql`day > ${since}`)} as uses,
      ${usesWhere(sql`day > ${before} and day <= ${since}`)} as uses_before
    from server_deprecated_uses join organizations on organizations.id = server_deprecated_uses.organization_id
    group by organizations.id, organizations.name, consumer, field, operation, direction
    having max(day) > ${since}
    order by organizations.name, organizations.id, consumer, field, operation, direction desc`.execute(db)
  return rows
}

const usesWhere = (condition: RawBuilder<unknown>): RawBuilder<number> =>
  sql<number>`(coalesce(sum(uses) filter (where ${condition}), 0))::int`

/** The day before a report of this many days, which ends today. */
const dayBefore = (now: Date, days: number): string => toDay(new Date(now.getTime() - days * 24 * 3_600_000))

const toDay = (time: Date): string => time.toISOString().slice(0, 10)
