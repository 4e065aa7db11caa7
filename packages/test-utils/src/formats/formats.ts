import manifest from '../../package.json' with { type: 'json' }
import type { VerifyReport } from '../verify/report.ts'
import type { Findings } from './findings.ts'
import { annotations } from './github.ts'
import { junit } from './junit.ts'
import { markdown } from './markdown.ts'
import { sarif } from './sarif.ts'

/** The report as JUnit XML: what is unknown is an error there, what a baseline knows is skipped. */
export const toJUnit = (report: VerifyReport): string => junit(findingsOf(report))

/** The report as SARIF 2.1.0, for code scanning. Its fingerprints do not depend on the run, the seed or the host. */
export const toSarif = (report: VerifyReport): string => sarif(findingsOf(report), manifest.version)

/** The report as workflow commands, which GitHub Actions shows as annotations. */
export const toGitHubAnnotations = (report: VerifyReport): string => annotations(findingsOf(report))

/** The report as Markdown, for a pull request or a job's summary. */
export const toMarkdown = (report: VerifyReport): string => markdown(findingsOf(report))

/** What the formats tell of a report. */
export function findingsOf(report: VerifyReport): Findings {
  const { baseUrl, mode, generation = 'unknown', evidence, seed, outcome, reason, results } = report
  return {
    suite: 'contract',
    subject: baseUrl,
    facts: [
      ['mode', mode],
      ['generation', `${generation} (${evidence})`],
      ['seed', String(seed)],
    ],
    outcome,
    reason,
    items: results,
    fixed: report.fixed ?? [],
    leftovers: (report.leftovers ?? []).map(({ kind, id, reason: why }) => `the ${kind} ${id} is left: ${why}`),
    startedAt: new Date(report.startedAt),
    durationMs: report.durationMs,
  }
}
