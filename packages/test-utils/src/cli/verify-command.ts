import type { Fetch } from '../core/fetch.ts'
import { unknownFilters } from '../verify/engine/case-filter.ts'
import { STOPPED } from '../verify/engine/run-all.ts'
import type { verifyContract } from '../verify/engine/verify-contract.ts'
import { outcomeOf } from '../verify/model/outcome.ts'
import type { VerifyReport } from '../verify/model/report.ts'
import type { VerifySettings } from './arguments.ts'
import { CliError } from './cli-error.ts'
import { noSuchCase } from './list-cases.ts'
import type { ProcessIo } from './process-io.ts'
import { createProgress } from './progress.ts'
import { proxyFetch } from './proxy-fetch.ts'
import { createShutdown, type Shutdown } from './shutdown.ts'
import { hideTokens, type Tokens } from './tokens.ts'
import { createReportWriter } from './write-report.ts'

/** The function that verifies: `verifyContract`, or a stand-in in tests. */
export type Verifier = typeof verifyContract

/** Verifies the backend, writes the report, and returns the exit code. */
export async function runVerify(
  settings: VerifySettings,
  tokens: Tokens,
  verifier: Verifier,
  io: ProcessIo,
): Promise<number> {
  const unknown = unknownFilters(settings.filter)
  if (unknown.length > 0) throw new CliError(noSuchCase(unknown))

  const writer = await createReportWriter(settings, io)
  const shutdown = createShutdown(settings.timeoutSeconds, io)
  try {
    const report = await verify(settings, tokens, verifier, shutdown, io)
    const exitCode = await writer.write(hideTokens(report, tokens))
    return shutdown.exitCode ?? exitCode
  } finally {
    shutdown.release()
  }
}

async function verify(
  { baseUrl, mode, generation, filter, fileIds, seed }: VerifySettings,
  tokens: Tokens,
  verifier: Verifier,
  shutdown: Shutdown,
  { stderr, env }: ProcessIo,
): Promise<VerifyReport> {
  const progress = createProgress(stderr, env)
  const fetch = readProxies(env)
  const report = await verifier({
    baseUrl,
    ...tokens,
    mode,
    generation,
    filter,
    fileIds,
    seed,
    signal: shutdown.signal,
    fetch,
    onProgress: progress.show,
  }).finally(progress.clear)

  const stopReason = shutdown.reason === undefined ? undefined : `${shutdown.reason}${describeNotRun(report)}`
  // A report without results means that the backend was not reached, and the proxy may be the cause.
  const proxyHint = report.results.length === 0 && fetch !== undefined ? PROXIES_USED : ''
  const reportReason = report.reason === undefined ? undefined : `${report.reason}${proxyHint}`
  const reason = stopReason ?? reportReason ?? reasonIfNothingRan(report, filter)
  // A run that was stopped, or ran no case, has not passed, even if no case failed.
  return { ...report, reason, outcome: outcomeOf(report.results, reason) }
}

const PROXIES_USED = '; requests use the proxies of HTTP_PROXY, HTTPS_PROXY and NO_PROXY'

/** How many cases of a stopped run were not run. */
function describeNotRun({ results }: VerifyReport): string {
  const count = results.filter(({ reason }) => reason === STOPPED).length
  return count === 0 ? '' : `; ${count} of ${results.length} cases were not run`
}

function readProxies(env: NodeJS.ProcessEnv): Fetch | undefined {
  try {
    return proxyFetch(env)
  } catch (cause) {
    // The address is not repeated, because it may hold a password.
    throw new CliError(
      'HTTP_PROXY or HTTPS_PROXY is not the address of a proxy, such as http://proxy.example.test:8080',
      {
        cause,
      },
    )
  }
}

function reasonIfNothingRan({ results }: VerifyReport, filter: readonly string[]): string | undefined {
  if (results.some(({ outcome }) => outcome !== 'skipped')) return undefined
  return filter.length === 0
    ? 'no case was run'
    : `no case was run: --filter ${filter.join(', ')} matches none for this mode and generation`
}
