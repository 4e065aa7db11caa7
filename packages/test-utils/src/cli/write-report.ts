import type { FormatName } from '../reporters/format-names.ts'
import { toJson } from '../reporters/json.ts'
import { pretty } from '../reporters/pretty.ts'
import { findingsOf, toGitHubAnnotations, toJUnit, toMarkdown, toSarif } from '../reporters/reporters.ts'
import type { UsageReport } from '../usage/usage-report.ts'
import type { VerifyReport } from '../verify/model/report.ts'
import type { ReportOptions } from './arguments.ts'
import { applyBaseline, type Baseline, formatBaseline, nextBaseline, readBaseline } from './baseline.ts'
import { CliError } from './cli-error.ts'
import { append, writeAtomically } from './files.ts'
import { type ProcessIo, print } from './process-io.ts'

/** Writes a report in every requested format. */
export interface ReportWriter {
  /** Returns the exit code. */
  readonly write: (report: VerifyReport | UsageReport) => Promise<number>
}

const EXIT_CODES = { passed: 0, failed: 1, inconclusive: 2 } as const

/**
 * Creates the writer before the run, so that a wrong file name is found early. Reads the baseline.
 *
 * @throws CliError when the baseline is missing or invalid, or the file of the step summary is not known.
 */
export async function createReportWriter(options: ReportOptions, { env, stdout }: ProcessIo): Promise<ReportWriter> {
  const summaryFile = summaryFileOf(options, env)
  const previous = await readPrevious(options)
  const { category } = options
  const color = env['NO_COLOR'] === undefined && (stdout.isTTY === true || env['FORCE_COLOR'] !== undefined)

  return {
    async write(original) {
      const now = new Date()
      const isUpdate = options.updateBaseline && original.reason === undefined
      const baseline = isUpdate ? nextBaseline(original, previous, now) : previous
      const report = applyBaseline(original, baseline, now)

      if (isUpdate && options.baseline !== undefined) await writeAtomically(options.baseline, formatBaseline(baseline))
      for (const { format, file } of options.outputs)
        await (file === undefined
          ? print(stdout, render(format, report, { color, category }))
          : writeAtomically(file, render(format, report, { color: false, category })))
      if (summaryFile !== undefined) await append(summaryFile, toMarkdown(report))

      return EXIT_CODES[report.outcome]
    },
  }
}

function summaryFileOf({ stepSummary }: ReportOptions, env: NodeJS.ProcessEnv): string | undefined {
  if (!stepSummary) return undefined
  const file = env['GITHUB_STEP_SUMMARY']
  if (file === undefined || file === '')
    throw new CliError('--step-summary needs GITHUB_STEP_SUMMARY, which is not set')
  return file
}

async function readPrevious({ baseline, updateBaseline }: ReportOptions): Promise<Baseline> {
  if (baseline === undefined) return new Map()
  const previous = await readBaseline(baseline)
  if (previous === undefined && !updateBaseline)
    throw new CliError(`there is no file ${baseline}; --update-baseline creates it from the current failures`)
  return previous ?? new Map()
}

function render(
  format: FormatName,
  report: VerifyReport | UsageReport,
  { color, category }: { readonly color: boolean; readonly category: string | undefined },
): string {
  switch (format) {
    case 'pretty':
      return pretty(findingsOf(report), { color })
    case 'json':
      return toJson(report)
    case 'junit':
      return toJUnit(report)
    case 'sarif':
      return toSarif(report, { category })
    case 'github':
      return toGitHubAnnotations(report)
    case 'markdown':
      return toMarkdown(report)
  }
}
