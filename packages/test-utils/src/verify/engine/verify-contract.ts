import { GENERATIONS, type Generation } from '@ai-ticket-creator/domain'
import { readBaseUrl } from '../../core/base-url.ts'
import type { Fetch } from '../../mock/fetch.ts'
import { casesOf } from '../cases/index.ts'
import { observations } from '../cases/invariants/index.ts'
import type { ContractCase, Observation } from '../model/case.ts'
import type { Ask } from '../model/case-request.ts'
import { outcomeOf } from '../model/outcome.ts'
import type { GivenName } from '../model/precondition-names.ts'
import { meet } from '../model/preconditions.ts'
import type { CaseResult, VerifyReport } from '../model/report.ts'
import { secretOf } from '../model/request-bodies.ts'
import { strangersIn } from './case-filter.ts'
import { observe } from './check-invariant.ts'
import { getAcquainted, isLetIn } from './detect-generation.ts'
import type { Connection } from './http-client.ts'
import { concerns, type Plan, passedOver, planOf } from './plan.ts'
import { createWorkshop, type Workshop } from './resource-tracker.ts'
import { type Ending, runCase, type Shared } from './run-case.ts'

/** What is to be verified, and how. */
export interface VerifyOptions {
  /** Where the API lives; a trailing `/api/v1` is accepted. */
  readonly baseUrl: string | URL
  readonly token: string
  /** Someone of another organization: with it the cases about what others may see are tried as well. */
  readonly otherToken?: string | undefined
  /** Default: `auto`, which finds out and says how. */
  readonly generation?: Generation | 'auto' | undefined
  /**
   * `read-only`, the default, sends GET alone and looks at what is there. `full` makes rows of its own and deletes them.
   * `strict` does the same under `Prefer: handling=strict`: what a consumer does that is done with the old words.
   */
  readonly mode?: VerifyReport['mode'] | undefined
  /** Default: the global one, as it is at each call. */
  readonly fetch?: Fetch | undefined
  /** Only cases whose id begins with one of these. */
  readonly only?: readonly string[] | undefined
  /** Decides what is generated. A whole number from 0 to 4294967295. Default: another one for each run. */
  readonly seed?: number | undefined
  /** Ends the run; what it made is deleted all the same. */
  readonly signal?: AbortSignal | undefined
  /** Told of each case when it has ended. */
  readonly onResult?: ((result: CaseResult) => void) | undefined
  /** Told how far the run has come. */
  readonly onProgress?: ((progress: Progress) => void) | undefined
}

/** How far a run has come. */
export interface Progress {
  readonly done: number
  readonly total: number
  /** Of the case that has ended last. */
  readonly title: string
}

/**
 * Tries a backend against the contract, over plain HTTP. It rejects for options that can not be; whatever the backend
 * does is in the report.
 *
 * ```ts
 * const report = await verifyContract({ baseUrl: 'https://tickets.example.test', token, mode: 'read-only' })
 * if (report.outcome !== 'kept') console.error(toMarkdown(report))
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
    return finish({ generation, evidence, reason, outcome: 'unknown', results: [] })
  }

  const plan = planOf(settings.mode, known.generation, settings.otherToken !== undefined)
  const { results, leftovers } = await tryAll(cases, connection, plan, settings)
  const reason = settings.signal.aborted ? STOPPED : undefined
  return finish({ ...known, reason, outcome: outcomeOf(results, reason), results, leftovers })
}

const STOPPED = 'it was stopped'

interface Settings {
  readonly baseUrl: string
  readonly token: string
  readonly otherToken: string | undefined
  readonly generation: Generation | 'auto'
  readonly mode: VerifyReport['mode']
  readonly fetch: Fetch
  readonly only: readonly string[]
  readonly seed: number
  readonly signal: AbortSignal
  readonly prefix: string
  readonly secrets: readonly string[]
  readonly onResult: (result: CaseResult) => void
  readonly onProgress: (progress: Progress) => void
}

function readOptions(options: VerifyOptions): Settings {
  const { token, otherToken, generation = 'auto', mode = 'read-only', seed = randomSeed(), only = [] } = options
  if (!MODES.includes(mode)) throw new RangeError(`there is no mode \`${mode}\`; there are ${MODES.join(', ')}`)
  if (generation !== 'auto' && !GENERATIONS.includes(generation))
    throw new RangeError(`there is no generation \`${generation}\`; there are auto, ${GENERATIONS.join(', ')}`)
  if (!(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32))
    throw new RangeError('`seed` must be a whole number from 0 to 4294967295')
  // A header would refuse it as well, with the token in its message.
  if (![token, otherToken ?? 'none'].every((one) => typeof one === 'string' && /^[\x21-\x7e]+$/.test(one)))
    throw new RangeError('`token` and `otherToken` must be texts that a header can have, and not empty')
  if (!Array.isArray(only)) throw new RangeError('`only` must be a list of beginnings of ids')
  const strangers = strangersIn(only)
  if (strangers.length > 0)
    throw new RangeError(
      `\`only\`: no case has an id that begins with ${strangers.join(', ')}; \`contractCases\` has them all`,
    )

  // Never of the seed: two runs that repeat one another may meet in one backend.
  const prefix = `verify-${crypto.randomUUID().slice(0, 8)}`
  const tokens = [token, otherToken].filter((one) => one !== undefined && one.length >= 6)
  return {
    baseUrl: readBaseUrl(options.baseUrl),
    token,
    otherToken,
    generation,
    mode,
    seed,
    prefix,
    secrets: [secretOf(prefix), ...tokens.filter((one) => one !== undefined)],
    // Looked up at each call: whoever replaces the global one is not passed by.
    fetch: options.fetch ?? ((input, init) => globalThis.fetch(input, init)),
    only,
    signal: options.signal ?? new AbortController().signal,
    onResult: options.onResult ?? (() => {}),
    onProgress: options.onProgress ?? (() => {}),
  }
}

const MODES: readonly VerifyReport['mode'][] = ['read-only', 'full', 'strict']

const randomSeed = (): number => crypto.getRandomValues(new Uint32Array(1))[0] ?? 1

async function meetBackend(connection: Connection, { generation, signal }: Settings) {
  try {
    return await getAcquainted(connection, generation)
  } catch (error) {
    if (!signal.aborted) throw error
    return { generation: undefined, evidence: 'none', reason: STOPPED }
  }
}

async function tryAll(all: readonly ContractCase[], connection: Connection, plan: Plan, settings: Settings) {
  const { prefix, only } = settings
  const cases = all.filter((one) => concerns(one, plan))
  const rules = observations.filter((one) => concerns(one, plan))
  const workshop = createWorkshop(connection, { generation: plan.spoken, strict: plan.strict }, prefix)
  const isWanted = ({ id }: ContractCase | Observation): boolean =>
    only.length === 0 || only.some((start) => id.startsWith(start))

  const wanted = [...cases, ...rules].filter(isWanted)
  const results: CaseResult[] = []
  function note(one: ContractCase | Observation, ending: Ending, since: number): void {
    if (!isWanted(one)) return
    const result = toResult(one, ending, performance.now() - since, settings, plan)
    results.push(result)
    settings.onResult(result)
    settings.onProgress({ done: results.length, total: wanted.length, title: one.title })
  }

  const share = sharing(workshop, prefix)
  // A rule over all replies needs replies to look at.
  const tried = rules.some(isWanted) ? cases : cases.filter(isWanted)
  const tasks = tried.map((one, index) => ({
    alone: one.alone === true,
    run: async () => {
      const since = performance.now()
      note(one, await tryOne(one, `${prefix}-${index}`, { plan, workshop, connection, share }), since)
    },
  }))
  await inParallel(tasks.filter(({ alone }) => !alone))
  for (const { run } of tasks.filter(({ alone }) => alone)) await run()
  for (const rule of rules) note(rule, observe(rule, workshop.replies), performance.now())

  const leftovers = plan.mode === 'read-only' ? [] : await workshop.clear()
  const order = new Map(wanted.map(({ id }, place) => [id, place]))
  return { results: results.toSorted((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0)), leftovers }
}

interface Trial {
  readonly plan: Plan
  readonly workshop: Workshop
  readonly connection: Connection
  readonly share: (names: readonly GivenName[]) => Promise<Shared>
}

/** Makes what several cases are given once, and in one run only. They are never tried where nothing may be made. */
function sharing(workshop: Workshop, prefix: string): Trial['share'] {
  const made = new Map<string, Promise<Shared>>()
  async function make(names: readonly GivenName[], tag: string): Promise<Shared> {
    const maker = { tag, ask: (request: Ask, ids = {}) => workshop.ask(request, ids, { owner: tag }) }
    return { tag, made: await meet(names, maker, false) }
  }
  return (names) => {
    const key = names.join()
    const rows = made.get(key) ?? make(names, `${prefix}-shared-${made.size}`)
    made.set(key, rows)
    return rows
  }
}

async function tryOne(one: ContractCase, tag: string, { plan, workshop, connection, share }: Trial): Promise<Ending> {
  const why = passedOver(one, plan)
  if (why !== undefined) return { outcome: 'skipped', reason: why }
  if (connection.signal.aborted) return { outcome: 'unknown', reason: STOPPED }
  try {
    return await runCase(one, {
      plan,
      tag,
      ask: (ask, ids = {}) => workshop.ask(ask, ids, { owner: one.id }),
      isLetIn: () => isLetIn(connection),
      share,
    })
  } catch (error) {
    if (connection.signal.aborted) return { outcome: 'unknown', reason: STOPPED }
    throw error
  } finally {
    // What is not deleted now is found again at the end, and told.
    await workshop.tidy(one.id).catch(() => {})
  }
}

const AT_ONCE = 8

/** Runs tasks, a few at once. */
async function inParallel(tasks: readonly { readonly run: () => Promise<void> }[]): Promise<void> {
  const left = [...tasks]
  const work = async (): Promise<void> => {
    for (let task = left.shift(); task !== undefined; task = left.shift()) await task.run()
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
}

function toResult(
  one: ContractCase | Observation,
  ending: Ending,
  durationMs: number,
  { baseUrl, mode, seed }: Settings,
  { generation }: Plan,
): CaseResult {
  const { id, title, endpoint, source, severity } = one
  const again = `ai-ticket-creator-verify --base-url ${baseUrl} --mode ${mode} --generation ${generation} --seed ${seed} --only ${id}`
  return {
    id,
    title,
    endpoint,
    severity: severity ?? 'error',
    ...ending,
    source,
    ...(ending.outcome === 'failed' && { replay: again }),
    durationMs: Math.round(durationMs),
  }
}
