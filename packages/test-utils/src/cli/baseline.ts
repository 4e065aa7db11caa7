import { isJsonObject } from '@ai-ticket-creator/domain/internal'
import { parseJson } from '../core/json.ts'
import type { UsageReport, UsageResult } from '../usage/check-usage.ts'
import { outcomeOf } from '../verify/model/outcome.ts'
import type { VerifyReport } from '../verify/model/report.ts'
import { CliError } from './cli-error.ts'
import { readIfThere } from './files.ts'

/** Ids of cases that are known to fail, with their titles for whoever reads the file. */
export type Baseline = ReadonlyMap<string, string>

/**
 * Undefined when there is no such file.
 *
 * @throws Refusal when it can not be read, or is no baseline: what a person wrote by mistake is not written over.
 */
export async function readBaseline(file: string): Promise<Baseline | undefined> {
  const text = await readIfThere(file)
  if (text === undefined) return undefined

  const content = parseJson(text)
  const known = isJsonObject(content) ? content['known'] : undefined
  if (!isJsonObject(known) || !Object.values(known).every((title) => typeof title === 'string'))
    throw new CliError(`${file} is no baseline, which is { "known": { "<id>": "<title>" } }`)
  return new Map(Object.entries(known).map(([id, title]) => [id, String(title)]))
}

/** Known failures break nothing; what is known and no longer fails is told, so that the list gets shorter. */
export function applyBaseline(report: Report, baseline: Baseline): Report {
  const results = report.results.map((result: UsageResult) =>
    result.outcome === 'failed' && baseline.has(keyOf(result)) ? { ...result, known: true } : result,
  )
  const [decided, failed] = [decidedIn(report, baseline), failedIn(report)]
  const fixed = [...baseline.keys()].filter((key) => decided.has(key) && !failed.has(key))
  return { ...report, results, fixed, outcome: outcomeOf(results, report.reason) }
}

/** What fails now. What was known and has not been tried stays known. */
export function nextBaseline(report: Report, baseline: Baseline): Baseline {
  const decided = decidedIn(report, baseline)
  return new Map([...[...baseline].filter(([key]) => !decided.has(key)), ...failedIn(report)])
}

type Report = VerifyReport | UsageReport

/** A use is known in its file, wherever in it: a line moves with each edit above. */
const keyOf = ({ id, location }: UsageResult): string => (location === undefined ? id : `${id} in ${location.file}`)

const failedIn = ({ results }: Report): Baseline =>
  new Map(results.filter(({ outcome }) => outcome === 'failed').map((result) => [keyOf(result), result.title]))

/** A case that was not tried may fail as before; a use that was not met is there no more. */
function decidedIn(report: Report, baseline: Baseline): ReadonlySet<string> {
  if (!('baseUrl' in report)) return new Set(baseline.keys())
  const tried = report.results.filter(({ outcome }) => outcome === 'passed' || outcome === 'failed')
  return new Set(tried.map(keyOf))
}

/** In the order of ids, so that a change of the file is the change that there was. */
export function writeBaseline(baseline: Baseline): string {
  const known = Object.fromEntries([...baseline].toSorted(([a], [b]) => (a < b ? -1 : 1)))
  return `${JSON.stringify({ known }, undefined, 2)}\n`
}
