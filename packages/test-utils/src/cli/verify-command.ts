import { findingsOf, toGitHubAnnotations, toJUnit, toMarkdown, toSarif } from '../formats/formats.ts'
import { toJson } from '../formats/json.ts'
import type { FormatName } from '../formats/names.ts'
import { pretty } from '../formats/pretty.ts'
import { outcomeOf } from '../verify/outcome.ts'
import type { VerifyReport } from '../verify/report.ts'
import type { verifyContract } from '../verify/verify-contract.ts'
import type { Settings } from './arguments.ts'
import { applyBaseline, type Baseline, nextBaseline, readBaseline, writeBaseline } from './baseline.ts'
import { append, writeWhole } from './files.ts'
import { createProgress } from './progress.ts'
import { Refusal } from './refusal.ts'
import type { Stop } from './stop.ts'
import type { Writable } from './terminal.ts'
import { hide, type Tokens } from './token.ts'

/** What tries the cases. */
export type Engine = typeof verifyContract

interface Surroundings {
  readonly env: NodeJS.ProcessEnv
  readonly stop: Stop
  readonly stderr: Writable
  readonly stdout: Writable
  readonly print: (text: string) => Promise<unknown>
}

const EXIT = { kept: 0, broken: 1, unknown: 2 } as const

/** Verifies, tells in each format, and says how the process is to end. */
export async function verify(
  settings: Settings,
  tokens: Tokens,
  engine: Engine,
  around: Surroundings,
): Promise<number> {
  const summaryFile = summaryFileOf(settings, around.env)
  const baseline = await baselineOf(settings)

  const tried = hide(await tryAll(settings, tokens, engine, around), tokens)
  const updates = settings.updateBaseline && tried.reason === undefined
  const next = updates ? nextBaseline(tried, baseline) : baseline
  const report = applyBaseline(tried, next)

  if (updates && settings.baseline !== undefined) await writeWhole(settings.baseline, writeBaseline(next))
  for (const { format, file } of settings.outputs)
    await (file === undefined
      ? around.print(render(format, report, takesColor(around)))
      : writeWhole(file, render(format, report, false)))
  if (summaryFile !== undefined) await append(summaryFile, toMarkdown(report))

  return around.stop.exitCode ?? EXIT[report.outcome]
}

async function tryAll(settings: Settings, tokens: Tokens, engine: Engine, around: Surroundings): Promise<VerifyReport> {
  const { baseUrl, mode, generation, only, seed } = settings
  const progress = createProgress(around.stderr, around.env)
  const report = await engine({
    baseUrl,
    ...tokens,
    mode,
    generation,
    only,
    seed,
    signal: around.stop.signal,
    onProgress: progress.show,
  }).finally(progress.clear)

  const reason = around.stop.reason ?? report.reason ?? nothingTried(report, only)
  // What was stopped or never begun is not kept, whatever the cases say that were tried.
  return { ...report, reason, outcome: outcomeOf(report.results, reason) }
}

function nothingTried({ results }: VerifyReport, only: readonly string[]): string | undefined {
  if (results.some(({ outcome }) => outcome !== 'skipped')) return undefined
  return only.length === 0 ? 'no case was tried' : `no case was tried: none fits --only ${only.join(', ')} in this mode`
}

function summaryFileOf({ stepSummary }: Settings, env: NodeJS.ProcessEnv): string | undefined {
  if (!stepSummary) return undefined
  const file = env['GITHUB_STEP_SUMMARY']
  if (file === undefined || file === '') throw new Refusal('--step-summary needs GITHUB_STEP_SUMMARY, which is not set')
  return file
}

/** Read before anything is sent: a wrong file should not cost a run. */
async function baselineOf({ baseline, updateBaseline }: Settings): Promise<Baseline> {
  if (baseline === undefined) return new Map()
  const known = await readBaseline(baseline)
  if (known === undefined && !updateBaseline)
    throw new Refusal(`there is no ${baseline}; --update-baseline makes it, of what fails now`)
  return known ?? new Map()
}

function render(format: FormatName, report: VerifyReport, color: boolean): string {
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

const takesColor = ({ env, stdout }: Surroundings): boolean =>
  env['NO_COLOR'] === undefined && (stdout.isTTY === true || env['FORCE_COLOR'] !== undefined)
