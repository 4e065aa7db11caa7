import manifest from '../../package.json' with { type: 'json' }
import type { UsageReport } from '../usage/usage-report.ts'
import type { VerifyReport } from '../verify/model/report.ts'
import type { Findings } from './findings.ts'
import { annotations } from './github.ts'
import { junit } from './junit.ts'
import { markdown } from './markdown.ts'
import { sarif } from './sarif.ts'

/** The report as JUnit XML. An inconclusive case is an `error`, a known failure is `skipped`. */
export const toJUnit = (report: VerifyReport | UsageReport): string => junit(findingsOf(report))

/** Options of `toSarif`. */
export interface SarifOptions {
  /** Separates the alerts of several backends in one repository. Default: the host and path of the backend. */
  readonly category?: string | undefined
}

/** The report as SARIF 2.1.0, for code scanning. Fingerprints do not depend on the run, the seed or the host. */
export const toSarif = (report: VerifyReport | UsageReport, { category }: SarifOptions = {}): string =>
  sarif(findingsOf(report), manifest.version, category === undefined ? undefined : `${category}/`)

/** The report as workflow commands, which GitHub Actions shows as annotations. */
export const toGitHubAnnotations = (report: VerifyReport | UsageReport): string => annotations(findingsOf(report))

/** The report as Markdown, for a pull request or a job's summary. */
export const toMarkdown = (report: VerifyReport | UsageReport): string => markdown(findingsOf(report))

/** The content of a report in the form that all formats share. */
export function findingsOf(report: VerifyReport | UsageReport): Findings {
  return 'baseUrl' in report ? contractFindings(report) : usageFindings(report)
}

function contractFindings(report: VerifyReport): Findings {
  const { baseUrl, mode, generation = 'unknown', detectedBy, seed, outcome, reason, results } = report
  return {
    suite: 'contract',
    subject: baseUrl,
    facts: [
      ['mode', mode],
      ['generation', `${generation} (${detectedBy})`],
      ['seed', String(seed)],
    ],
    outcome,
    reason,
    items: results,
    fixed: report.fixed ?? [],
    leftovers: (report.leftovers ?? []).map(
      ({ kind, id, reason: why }) => `the ${kind} ${id} could not be deleted: ${why}`,
    ),
    startedAt: new Date(report.startedAt),
    durationMs: report.durationMs,
  }
}

function usageFindings({ generation, outcome, reason, results, fixed = [] }: UsageReport): Findings {
  return {
    suite: 'usage',
    subject: 'your tests',
    facts: [['generation', generation]],
    outcome,
    reason,
    items: results,
    fixed,
    leftovers: [],
    // The check reads a recording, so it has no duration.
    startedAt: new Date(),
    durationMs: 0,
  }
}
