import { isJsonObject } from '@ai-ticket-creator/domain'
import { parseJson } from '../json.ts'
import { outcomeOf } from '../verify/outcome.ts'
import type { VerifyReport } from '../verify/report.ts'
import { readIfThere } from './files.ts'
import { Refusal } from './refusal.ts'

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
    throw new Refusal(`${file} is no baseline, which is { "known": { "<id>": "<title>" } }`)
  return new Map(Object.entries(known).map(([id, title]) => [id, String(title)]))
}

/** Known failures break nothing; what is known and passes is told, so that the list gets shorter. */
export function applyBaseline(report: VerifyReport, baseline: Baseline): VerifyReport {
  const results = report.results.map((result) =>
    result.outcome === 'failed' && baseline.has(result.id) ? { ...result, known: true } : result,
  )
  const fixed = results.filter(({ id, outcome }) => outcome === 'passed' && baseline.has(id)).map(({ id }) => id)
  return { ...report, results, fixed, outcome: outcomeOf(results, report.reason) }
}

/** What fails now. What was known and has not been tried stays known. */
export function nextBaseline(report: VerifyReport, baseline: Baseline): Baseline {
  const decided = new Set(
    report.results.filter(({ outcome }) => outcome === 'passed' || outcome === 'failed').map(({ id }) => id),
  )
  const kept = [...baseline].filter(([id]) => !decided.has(id))
  const failed = report.results
    .filter(({ outcome }) => outcome === 'failed')
    .map(({ id, title }) => [id, title] as const)
  return new Map([...kept, ...failed])
}

/** In the order of ids, so that a change of the file is the change that there was. */
export function writeBaseline(baseline: Baseline): string {
  const known = Object.fromEntries([...baseline].toSorted(([a], [b]) => (a < b ? -1 : 1)))
  return `${JSON.stringify({ known }, undefined, 2)}\n`
}
