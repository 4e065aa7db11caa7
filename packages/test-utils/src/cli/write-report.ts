import type { FormatName } from '../reporters/format-names.ts'
import { toJson } from '../reporters/json.ts'
import { pretty } from '../reporters/pretty.ts'
import { findingsOf, toGitHubAnnotations, toJUnit, toMarkdown, toSarif } from '../reporters/reporters.ts'
import type { UsageReport } from '../usage/check-usage.ts'
import type { VerifyReport } from '../verify/model/report.ts'
import type { ReportOptions } from './arguments.ts'
import { applyBaseline, type Baseline, nextBaseline, readBaseline, writeBaseline } from './baseline.ts'
import { CliError } from './cli-error.ts'
import { append, writeWhole } from './files.ts'
import type { Terminal, Writable } from './process-io.ts'

/** What a report is told with, looked at before anything is tried: a wrong file should not cost a run. */
export interface ReportWriter {
  /** Writes the report wherever it was asked for, and says how the process is to end. */
  readonly tell: (report: VerifyReport | UsageReport) => Promise<number>
}

const EXIT = { passed: 0, failed: 1, inconclusive: 2 } as const

/** @throws Refusal when the baseline is not there, or there is no summary to append to. */
export async function createReportWriter(telling: ReportOptions, { env, stdout }: Terminal): Promise<ReportWriter> {
  const summaryFile = summaryFileOf(telling, env)
  const known = await baselineOf(telling)
  const color = env['NO_COLOR'] === undefined && (stdout.isTTY === true || env['FORCE_COLOR'] !== undefined)

  async function tell(found: VerifyReport | UsageReport): Promise<number> {
    const updates = telling.updateBaseline && found.reason === undefined
    const baseline = updates ? nextBaseline(found, known) : known
    const report = applyBaseline(found, baseline)

    if (updates && telling.baseline !== undefined) await writeWhole(telling.baseline, writeBaseline(baseline))
    for (const { format, file } of telling.outputs)
      await (file === undefined
        ? print(stdout, render(format, report, color))
        : writeWhole(file, render(format, report, false)))
    if (summaryFile !== undefined) await append(summaryFile, toMarkdown(report))

    return EXIT[report.outcome]
  }
  return { tell }
}

/** Until it is out: a process that ends may lose what waits in a pipe. */
export const print = (stream: Writable, text: string): Promise<void> =>
  new Promise((resolve) => void stream.write(text, () => resolve()))

function summaryFileOf({ stepSummary }: ReportOptions, env: NodeJS.ProcessEnv): string | undefined {
  if (!stepSummary) return undefined
  const file = env['GITHUB_STEP_SUMMARY']
  if (file === undefined || file === '')
    throw new CliError('--step-summary needs GITHUB_STEP_SUMMARY, which is not set')
  return file
}

async function baselineOf({ baseline, updateBaseline }: ReportOptions): Promise<Baseline> {
  if (baseline === undefined) return new Map()
  const known = await readBaseline(baseline)
  if (known === undefined && !updateBaseline)
    throw new CliError(`there is no ${baseline}; --update-baseline makes it, of what fails now`)
  return known ?? new Map()
}

function render(format: FormatName, report: VerifyReport | UsageReport, color: boolean): string {
  switch (format) {
    case 'pretty':
      return pretty(findingsOf(report), { color })
    case 'json':
      return toJson(report)
    case 'junit':
      return toJUnit(report)
    case 'sarif':
      return toSarif(report)
    case 'github':
      return toGitHubAnnotations(report)
    case 'markdown':
      return toMarkdown(report)
  }
}
