import manifest from '../../package.json' with { type: 'json' }
import type { UsageReport } from '../usage/check-usage.ts'
import type { VerifyReport } from '../verify/model/report.ts'
import type { Findings } from './findings.ts'
import { annotations } from './github.ts'
import { junit } from './junit.ts'
import { markdown } from './markdown.ts'
import { sarif } from './sarif.ts'

/** The report as JUnit XML: an inconclusive case is an error there, what a baseline knows is skipped. */
export const toJUnit = (report: VerifyReport | UsageReport): string => junit(findingsOf(report))

/** The report as SARIF 2.1.0, for code scanning. Its fingerprints do not depend on the run, the seed or the host. */
export const toSarif = (report: VerifyReport | UsageReport): string => sarif(findingsOf(report), manifest.version)

/** The report as workflow commands, which GitHub Actions shows as annotations. */
export const toGitHubAnnotations = (report: VerifyReport | UsageReport): string => annotations(findingsOf(report))

/** The report as Markdown, for a pull request or a job's summary. */
export const toMarkdown = (report: VerifyReport | UsageReport): string => markdown(findingsOf(report))

/** What the formats tell of a report. */
export function findingsOf(report: VerifyReport | UsageReport): Findings {
  return 'baseUrl' in report ? ofContract(report) : ofUsage(report)
}

function ofContract(report: VerifyReport): Findings {
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

function ofUsage({ generation, outcome, reason, results, fixed = [] }: UsageReport): Findings {
  return {
    suite: 'usage',
    subject: 'your tests',
    facts: [['generation', generation]],
    outcome,
    reason,
    items: results,
    fixed,
    leftovers: [],
    // It looks at what was recorded: that takes no time.
    startedAt: new Date(),
    durationMs: 0,
  }
}
