import { isJsonObject } from '@ai-ticket-creator/domain/internal'
import { parseJson } from '../core/json.ts'
import type { UsageReport, UsageResult } from '../usage/usage-report.ts'
import { outcomeOf } from '../verify/model/outcome.ts'
import type { VerifyReport } from '../verify/model/report.ts'
import { CliError } from './cli-error.ts'
import { readIfExists } from './files.ts'

/** A known failure. The title is for people who read the file. */
interface BaselineEntry {
  readonly title: string
  /** Why the failure is accepted. */
  readonly reason?: string
  /** The last day on which the failure is accepted, such as `2026-12-31`, in UTC. Default: no end. */
  readonly expires?: string
}

/** Known failures by their key (`keyOf`). */
export type Baseline = ReadonlyMap<string, BaselineEntry>

type Report = VerifyReport | UsageReport

/**
 * The baseline in a file; undefined when the file does not exist.
 *
 * @throws CliError when the file cannot be read or is not a baseline: another file must not be overwritten by mistake.
 */
export async function readBaseline(file: string): Promise<Baseline | undefined> {
  const text = await readIfExists(file)
  if (text === undefined) return undefined

  const content = parseJson(text)
  const known = isJsonObject(content) ? content['known'] : undefined
  if (!isJsonObject(known)) throw new CliError(`${file} is not a baseline, which is { "known": { "<id>": "<title>" } }`)
  return new Map(Object.entries(known).map(([id, entry]) => [id, readEntry(file, id, entry)]))
}

/** An entry is a title, or an object with the title, and perhaps a reason and the last day. */
function readEntry(file: string, id: string, entry: unknown): BaselineEntry {
  if (typeof entry === 'string') return { title: entry }
  const { title, reason, expires, ...unknown } = isJsonObject(entry) ? entry : {}
  const isComplete = typeof title === 'string' && Object.keys(unknown).length === 0
  if (isComplete && isOptionalText(reason) && (expires === undefined || isDay(expires)))
    return { title, ...(reason !== undefined && { reason }), ...(expires !== undefined && { expires }) }
  throw new CliError(
    `${file}: the entry ${id} must be a title or { "title", "reason"?, "expires"? }; "expires" is a day such as 2026-12-31`,
  )
}

/** Whether a value is a day that exists: `Date.parse` accepts the 30th of February. */
function isDay(value: unknown): value is string {
  const time = typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) ? Date.parse(value) : Number.NaN
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === value
}

const isOptionalText = (value: unknown): value is string | undefined => value === undefined || typeof value === 'string'

/** Marks known failures, which do not fail the run, and lists entries of the baseline that no longer fail. */
export function applyBaseline(report: Report, baseline: Baseline, now: Date): Report {
  const results = report.results.map((result: UsageResult) => {
    const entry = result.outcome === 'failed' ? baseline.get(keyOf(result)) : undefined
    return entry === undefined ? result : { ...result, ...markOf(result, entry, now) }
  })
  const [decided, failed] = [decidedIn(report, baseline), failedIn(report)]
  const fixed = [...baseline.keys()].filter((key) => decided.has(key) && !failed.has(key))
  return { ...report, results, fixed, outcome: outcomeOf(results, report.reason) }
}

/** Marks a failure as known and shows why it is accepted. An expired entry only adds a note. */
function markOf({ reason }: UsageResult, { reason: why, expires }: BaselineEntry, now: Date): Partial<UsageResult> {
  const isExpired = hasExpired(expires, now)
  const note = isExpired ? `accepted until ${expires} in the baseline` : why && `accepted in the baseline: ${why}`
  return {
    ...(!isExpired && { known: true }),
    ...(note !== undefined && { reason: [reason, note].filter((part) => part !== undefined).join('; ') }),
  }
}

const hasExpired = (expires: string | undefined, now: Date): boolean =>
  expires !== undefined && expires < now.toISOString().slice(0, 10)

/** The fields of an entry that an update keeps. An expired end is dropped, so the failure is then accepted without an end. */
function keptFields(entry: BaselineEntry | undefined, now: Date): Omit<BaselineEntry, 'title'> {
  const { reason, expires } = entry ?? {}
  return {
    ...(reason !== undefined && { reason }),
    ...(expires !== undefined && !hasExpired(expires, now) && { expires }),
  }
}

/** The baseline that an update writes: the current failures, and the entries of cases that did not run. */
export function nextBaseline(report: Report, baseline: Baseline, now: Date): Baseline {
  const decided = decidedIn(report, baseline)
  const failed = [...failedIn(report)].map(
    ([key, entry]) => [key, { ...keptFields(baseline.get(key), now), ...entry }] as const,
  )
  return new Map([...[...baseline].filter(([key]) => !decided.has(key)), ...failed])
}

/** The text of a baseline file, sorted by key so that a diff shows only real changes. */
export function formatBaseline(baseline: Baseline): string {
  const entries = [...baseline].toSorted(([a], [b]) => (a < b ? -1 : 1))
  const known = Object.fromEntries(
    entries.map(([id, entry]) => [id, Object.keys(entry).length === 1 ? entry.title : entry]),
  )
  return `${JSON.stringify({ known }, undefined, 2)}\n`
}

/** The id; for a usage, the id and the file. The line is not part of the key, because it moves with every edit above it. */
const keyOf = ({ id, location }: UsageResult): string => (location === undefined ? id : `${id} in ${location.file}`)

const failedIn = ({ results }: Report): Baseline =>
  new Map(
    results.filter(({ outcome }) => outcome === 'failed').map((result) => [keyOf(result), { title: result.title }]),
  )

/**
 * The keys that the report confirms or refutes. In a verification these are the cases that passed or failed, so the entries
 * of other cases stay. In a check of usage these are all entries, so a usage that is no longer recorded is removed.
 */
function decidedIn(report: Report, baseline: Baseline): ReadonlySet<string> {
  if (!('baseUrl' in report)) return new Set(baseline.keys())
  const run = report.results.filter(({ outcome }) => outcome === 'passed' || outcome === 'failed')
  return new Set(run.map(keyOf))
}
