import { isJsonObject } from '@ai-ticket-creator/domain/internal'
import { parseJson } from '../core/json.ts'
import type { UsageReport, UsageResult } from '../usage/usage-report.ts'
import { outcomeOf } from '../verify/model/outcome.ts'
import type { VerifyReport } from '../verify/model/report.ts'
import { CliError } from './cli-error.ts'
import { readIfExists } from './files.ts'

/** Known failures: titles by id. The titles are only for people who read the file. */
export type Baseline = ReadonlyMap<string, string>

type Report = VerifyReport | UsageReport

/**
 * Undefined when there is no such file.
 *
 * @throws CliError when it cannot be read or is not a baseline: another file must not be overwritten by mistake.
 */
export async function readBaseline(file: string): Promise<Baseline | undefined> {
  const text = await readIfExists(file)
  if (text === undefined) return undefined

  const content = parseJson(text)
  const known = isJsonObject(content) ? content['known'] : undefined
  if (!isJsonObject(known) || !Object.values(known).every((title) => typeof title === 'string'))
    throw new CliError(`${file} is not a baseline, which is { "known": { "<id>": "<title>" } }`)
  return new Map(Object.entries(known).map(([id, title]) => [id, String(title)]))
}

/** Marks known failures, which do not fail the run, and lists entries of the baseline that no longer fail. */
export function applyBaseline(report: Report, baseline: Baseline): Report {
  const results = report.results.map((result: UsageResult) =>
    result.outcome === 'failed' && baseline.has(keyOf(result)) ? { ...result, known: true } : result,
  )
  const [decided, failed] = [decidedIn(report, baseline), failedIn(report)]
  const fixed = [...baseline.keys()].filter((key) => decided.has(key) && !failed.has(key))
  return { ...report, results, fixed, outcome: outcomeOf(results, report.reason) }
}

/** The current failures. Entries of cases that did not run are retained. */
export function nextBaseline(report: Report, baseline: Baseline): Baseline {
  const decided = decidedIn(report, baseline)
  return new Map([...[...baseline].filter(([key]) => !decided.has(key)), ...failedIn(report)])
}

/** The text of a baseline file, sorted by id so that a diff shows only real changes. */
export function formatBaseline(baseline: Baseline): string {
  const known = Object.fromEntries([...baseline].toSorted(([a], [b]) => (a < b ? -1 : 1)))
  return `${JSON.stringify({ known }, undefined, 2)}\n`
}

/** A usage is identified by its file without the line, because lines move with every edit above them. */
const keyOf = ({ id, location }: UsageResult): string => (location === undefined ? id : `${id} in ${location.file}`)

const failedIn = ({ results }: Report): Baseline =>
  new Map(results.filter(({ outcome }) => outcome === 'failed').map((result) => [keyOf(result), result.title]))

/**
 * The keys that the report confirms or refutes. Cases that did not run are not among them, so their entries stay; for usages
 * all entries are, so usages that are no longer recorded are removed.
 */
function decidedIn(report: Report, baseline: Baseline): ReadonlySet<string> {
  if (!('baseUrl' in report)) return new Set(baseline.keys())
  const run = report.results.filter(({ outcome }) => outcome === 'passed' || outcome === 'failed')
  return new Set(run.map(keyOf))
}
