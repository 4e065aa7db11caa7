import { casesOf } from '../cases/index.ts'
import { outcomeOf } from '../model/outcome.ts'
import type { VerifyReport } from '../model/report.ts'
import { type DetectedGeneration, detectGeneration } from './detect-generation.ts'
import type { Connection } from './http-client.ts'
import { parseOptions, type Settings, type VerifyOptions } from './options.ts'
import { createPause } from './pause.ts'
import { planOf } from './plan.ts'
import { createResponseTimeout } from './response-timeout.ts'
import { runAll, STOPPED } from './run-all.ts'

const RESPONSE_TIMEOUT_MS = 10_000

/**
 * Verifies over HTTP that a backend keeps the contract. Rejects only for invalid options; everything that the backend does
 * is in the report.
 *
 * ```ts
 * const report = await verifyContract({ baseUrl: 'https://tickets.example.test', token, mode: 'read-only' })
 * if (report.outcome !== 'passed') console.error(toMarkdown(report))
 * ```
 *
 * @throws RangeError for an invalid option.
 */
export async function verifyContract(options: VerifyOptions): Promise<VerifyReport> {
  const settings = parseOptions(options)
  const start = { at: new Date().toISOString(), ms: performance.now() }
  const { connection, requestCount } = connect(settings)

  const outcome = await run()
  return {
    baseUrl: settings.baseUrl,
    mode: settings.mode,
    seed: settings.seed,
    ...outcome,
    requests: requestCount(),
    startedAt: start.at,
    durationMs: Math.round(performance.now() - start.ms),
  }

  async function run(): Promise<RunOutcome> {
    const detected = await detect(connection, settings)
    if (detected.generation === undefined) return { ...detected, outcome: 'inconclusive', results: [] }

    const plan = planOf(settings, detected.generation)
    const { results, leftovers } = await runAll(casesOf(settings.seed), connection, plan, settings)
    const reason = settings.signal.aborted ? STOPPED : undefined
    return { ...detected, reason, outcome: outcomeOf(results, reason), results, leftovers }
  }
}

type RunOutcome = Pick<VerifyReport, 'generation' | 'detectedBy' | 'reason' | 'outcome' | 'results' | 'leftovers'>

function connect(settings: Settings): { connection: Connection; requestCount: () => number } {
  let count = 0
  const connection = {
    ...settings,
    readOnly: settings.mode === 'read-only',
    responseTimeout: createResponseTimeout(RESPONSE_TIMEOUT_MS),
    pause: createPause(),
    countRequest: () => count++,
  }
  return { connection, requestCount: () => count }
}

async function detect(connection: Connection, { generation, signal }: Settings): Promise<DetectedGeneration> {
  try {
    return await detectGeneration(connection, generation)
  } catch (error) {
    if (!signal.aborted) throw error
    return { generation: undefined, detectedBy: 'none', reason: STOPPED }
  }
}
