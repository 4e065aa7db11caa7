import { GENERATIONS, type Generation } from '@ai-ticket-creator/domain'
import { readBaseUrl } from '../../core/base-url.ts'
import type { Fetch } from '../../core/fetch.ts'
import { casesOf } from '../cases/index.ts'
import { outcomeOf } from '../model/outcome.ts'
import type { CaseResult, VerifyReport } from '../model/report.ts'
import { secretOf } from '../model/request-bodies.ts'
import { unknownFilters } from './case-filter.ts'
import { detectGeneration } from './detect-generation.ts'
import type { Connection } from './http-client.ts'
import type { Progress, VerifyOptions } from './options.ts'
import { planOf } from './plan.ts'
import { runAll, STOPPED } from './run-all.ts'

/**
 * Tries a backend against the contract, over plain HTTP. It rejects for options that can not be; whatever the backend
 * does is in the report.
 *
 * ```ts
 * const report = await verifyContract({ baseUrl: 'https://tickets.example.test', token, mode: 'read-only' })
 * if (report.outcome !== 'passed') console.error(toMarkdown(report))
 * ```
 *
 * @throws RangeError for a base URL, a token, a mode, a generation, a seed or ids of cases that can not be.
 */
export async function verifyContract(options: VerifyOptions): Promise<VerifyReport> {
  const settings = readOptions(options)
  const started = { at: new Date().toISOString(), ms: performance.now() }
  let requests = 0
  const connection: Connection = { ...settings, readOnly: settings.mode === 'read-only', count: () => requests++ }
  const finish = (
    found: Omit<VerifyReport, 'baseUrl' | 'mode' | 'seed' | 'startedAt' | 'durationMs' | 'requests'>,
  ) => ({
    baseUrl: settings.baseUrl,
    mode: settings.mode,
    seed: settings.seed,
    ...found,
    requests,
    startedAt: started.at,
    durationMs: Math.round(performance.now() - started.ms),
  })

  // Before anything is sent: it takes a second, and a connection that is idle for long is closed by its server.
  const cases = casesOf(settings.seed)
  const known = await meetBackend(connection, settings)
  if (known.generation === undefined) {
    const { generation, evidence, reason } = known
    return finish({ generation, evidence, reason, outcome: 'inconclusive', results: [] })
  }

  const plan = planOf(settings.mode, known.generation, settings.otherTenantToken !== undefined)
  const { results, leftovers } = await runAll(cases, connection, plan, settings)
  const reason = settings.signal.aborted ? STOPPED : undefined
  return finish({ ...known, reason, outcome: outcomeOf(results, reason), results, leftovers })
}

export interface Settings {
  readonly baseUrl: string
  readonly token: string
  readonly otherTenantToken: string | undefined
  readonly generation: Generation | 'auto'
  readonly mode: VerifyReport['mode']
  readonly fetch: Fetch
  readonly filter: readonly string[]
  readonly seed: number
  readonly signal: AbortSignal
  readonly prefix: string
  readonly secrets: readonly string[]
  readonly onResult: (result: CaseResult) => void
  readonly onProgress: (progress: Progress) => void
}

function readOptions(options: VerifyOptions): Settings {
  const { token, otherTenantToken, generation = 'auto', mode = 'read-only', seed = randomSeed(), filter = [] } = options
  if (!MODES.includes(mode)) throw new RangeError(`there is no mode \`${mode}\`; there are ${MODES.join(', ')}`)
  if (generation !== 'auto' && !GENERATIONS.includes(generation))
    throw new RangeError(`there is no generation \`${generation}\`; there are auto, ${GENERATIONS.join(', ')}`)
  if (!(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32))
    throw new RangeError('`seed` must be a whole number from 0 to 4294967295')
  // A header would refuse it as well, with the token in its message.
  if (![token, otherTenantToken ?? 'none'].every((one) => typeof one === 'string' && /^[\x21-\x7e]+$/.test(one)))
    throw new RangeError('`token` and `otherTenantToken` must be texts that a header can have, and not empty')
  if (!Array.isArray(filter)) throw new RangeError('`filter` must be a list of beginnings of ids')
  const strangers = unknownFilters(filter)
  if (strangers.length > 0)
    throw new RangeError(
      `\`filter\`: no case has an id that begins with ${strangers.join(', ')}; \`contractCases\` has them all`,
    )

  // Never of the seed: two runs that repeat one another may meet in one backend.
  const prefix = `verify-${crypto.randomUUID().slice(0, 8)}`
  const tokens = [token, otherTenantToken].filter((one) => one !== undefined && one.length >= 6)
  return {
    baseUrl: readBaseUrl(options.baseUrl),
    token,
    otherTenantToken,
    generation,
    mode,
    seed,
    prefix,
    secrets: [secretOf(prefix), ...tokens.filter((one) => one !== undefined)],
    // Looked up at each call: whoever replaces the global one is not passed by.
    fetch: options.fetch ?? ((input, init) => globalThis.fetch(input, init)),
    filter,
    signal: options.signal ?? new AbortController().signal,
    onResult: options.onResult ?? (() => {}),
    onProgress: options.onProgress ?? (() => {}),
  }
}

const MODES: readonly VerifyReport['mode'][] = ['read-only', 'full', 'strict']

const randomSeed = (): number => crypto.getRandomValues(new Uint32Array(1))[0] ?? 1

async function meetBackend(connection: Connection, { generation, signal }: Settings) {
  try {
    return await detectGeneration(connection, generation)
  } catch (error) {
    if (!signal.aborted) throw error
    return { generation: undefined, evidence: 'none', reason: STOPPED }
  }
}
