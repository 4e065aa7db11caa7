import { unknownFilters } from '../verify/engine/case-filter.ts'
import type { verifyContract } from '../verify/engine/verify-contract.ts'
import { outcomeOf } from '../verify/model/outcome.ts'
import type { VerifyReport } from '../verify/model/report.ts'
import type { Settings } from './arguments.ts'
import { CliError } from './cli-error.ts'
import type { Terminal } from './process-io.ts'
import { createProgress } from './progress.ts'
import { createStop, type Stop } from './shutdown.ts'
import { hide, type Tokens } from './tokens.ts'
import { createReportWriter } from './write-report.ts'

/** What tries the cases. */
export type Engine = typeof verifyContract

/** Verifies, tells in each format, and says how the process is to end. */
export async function verify(settings: Settings, tokens: Tokens, engine: Engine, terminal: Terminal): Promise<number> {
  const strangers = unknownFilters(settings.filter)
  if (strangers.length > 0)
    throw new CliError(
      `no case was tried: none fits --filter ${strangers.join(', ')}; docs/contract-cases.md has every id`,
    )

  const { tell } = await createReportWriter(settings, terminal)
  const stop = createStop(settings.timeoutSeconds, terminal)
  try {
    const exitCode = await tell(hide(await tryAll(settings, tokens, engine, stop, terminal), tokens))
    return stop.exitCode ?? exitCode
  } finally {
    stop.release()
  }
}

async function tryAll(
  { baseUrl, mode, generation, filter, seed }: Settings,
  tokens: Tokens,
  engine: Engine,
  stop: Stop,
  { stderr, env }: Terminal,
): Promise<VerifyReport> {
  const progress = createProgress(stderr, env)
  const report = await engine({
    baseUrl,
    ...tokens,
    mode,
    generation,
    filter,
    seed,
    signal: stop.signal,
    onProgress: progress.show,
  }).finally(progress.clear)

  const reason = stop.reason ?? report.reason ?? nothingTried(report, filter)
  // A run that was stopped or never started does not pass, whatever its finished cases say.
  return { ...report, reason, outcome: outcomeOf(report.results, reason) }
}

function nothingTried({ results }: VerifyReport, filter: readonly string[]): string | undefined {
  if (results.some(({ outcome }) => outcome !== 'skipped')) return undefined
  return filter.length === 0
    ? 'no case was tried'
    : `no case was tried: --filter ${filter.join(', ')} has none for this mode and generation`
}
