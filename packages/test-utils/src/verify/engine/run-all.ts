import { invariants } from '../cases/invariants/index.ts'
import type { ContractCase, Invariant } from '../model/case.ts'
import { InterruptedError } from '../model/interruption.ts'
import type { PreconditionName } from '../model/precondition-names.ts'
import { setUp } from '../model/preconditions.ts'
import type { CaseResult, UndeletedResource } from '../model/report.ts'
import { checkInvariant } from './check-invariant.ts'
import { isAuthorized } from './detect-generation.ts'
import type { Connection } from './http-client.ts'
import type { Settings } from './options.ts'
import { isIncluded, type Plan, skipReason } from './plan.ts'
import { createResourceTracker, type ResourceTracker } from './resource-tracker.ts'
import { type CaseOutcome, type RunContext, runCase, type SharedPreconditions } from './run-case.ts'

export const STOPPED = 'the run was stopped'

const CONCURRENCY = 8

/** Runs the cases that the plan and the filter include, then checks the invariants, and deletes the test data. */
export async function runAll(
  all: readonly ContractCase[],
  connection: Connection,
  plan: Plan,
  settings: Settings,
): Promise<{ results: readonly CaseResult[]; leftovers: readonly UndeletedResource[] }> {
  const cases = all.filter((one) => isIncluded(one, plan))
  const rules = invariants.filter((one) => isIncluded(one, plan))
  const wanted = [...cases, ...rules].filter(({ id }) => matches(settings.filter, id))
  const recorder = createRecorder(wanted, plan, settings)

  const mode = { generation: plan.requestGeneration, strict: plan.strict }
  const tracker = createResourceTracker(connection, mode, settings.prefix)
  const run: CaseRun = { plan, tracker, connection, share: createSharing(tracker, settings.prefix) }

  // An invariant is checked against the replies of all cases, so all cases run if the filter selects one.
  const selected = rules.some((rule) => wanted.includes(rule)) ? cases : cases.filter((one) => wanted.includes(one))
  const tasks = selected.map((one, index) => async () => {
    const start = performance.now()
    recorder.record(one, await runOne(one, `${settings.prefix}-${index}`, run), performance.now() - start)
  })
  await runInParallel(tasks.filter((_, index) => selected[index]?.exclusive !== true))
  for (const [index, task] of tasks.entries()) if (selected[index]?.exclusive === true) await task()
  for (const rule of rules) recorder.record(rule, checkInvariant(rule, tracker.replies), 0)

  const leftovers = plan.mode === 'read-only' ? [] : await tracker.deleteAll()
  return { results: recorder.results(), leftovers }
}

const matches = (filter: readonly string[], id: string): boolean =>
  filter.length === 0 || filter.some((start) => id.startsWith(start))

interface CaseRun {
  readonly plan: Plan
  readonly tracker: ResourceTracker
  readonly connection: Connection
  readonly share: RunContext['share']
}

/** Creates preconditions that several cases share, once per run. Such cases do not run in read-only mode. */
function createSharing(tracker: ResourceTracker, prefix: string): RunContext['share'] {
  const created = new Map<string, Promise<SharedPreconditions>>()
  let count = 0
  async function create(names: readonly PreconditionName[], tag: string): Promise<SharedPreconditions> {
    const rows = await setUp(names, { tag, send: (request, ids = {}) => tracker.send(request, ids, tag) }, false)
    return { tag, rows }
  }
  return (names) => {
    const key = names.join()
    const rows = created.get(key) ?? create(names, `${prefix}-shared-${++count}`)
    created.set(key, rows)
    // After an interruption, the next case that shares these preconditions creates the rows anew.
    rows.catch((error: unknown) => error instanceof InterruptedError && created.delete(key))
    return rows
  }
}

async function runOne(one: ContractCase, tag: string, run: CaseRun): Promise<CaseOutcome> {
  const { plan, tracker, connection, share } = run
  const reason = skipReason(one, plan)
  if (reason !== undefined) return { outcome: 'skipped', reason }
  if (connection.signal.aborted) return { outcome: 'inconclusive', reason: STOPPED }
  try {
    return await runUninterrupted(one, (attempt) => ({
      plan,
      tag: attempt === 1 ? tag : `${tag}-${attempt}`,
      send: (request, ids = {}) => tracker.send(request, ids, one.id),
      isAuthorized: () => isAuthorized(connection),
      share,
    }))
  } catch (error) {
    if (connection.signal.aborted) return { outcome: 'inconclusive', reason: STOPPED }
    throw error
  } finally {
    await tracker.deleteOwned(one.id)
  }
}

const MAX_ATTEMPTS = 3

/** Runs a case again, with new rows, if a gateway answered in place of the service. */
async function runUninterrupted(one: ContractCase, contextOf: (attempt: number) => RunContext): Promise<CaseOutcome> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await runCase(one, contextOf(attempt))
    } catch (error) {
      if (!(error instanceof InterruptedError)) throw error
      // After a 429 the request was already repeated, with pauses.
      if (attempt === MAX_ATTEMPTS || error.status === 429) return { outcome: 'inconclusive', reason: error.message }
    }
  }
}

async function runInParallel(tasks: readonly (() => Promise<void>)[]): Promise<void> {
  const left = [...tasks]
  const work = async (): Promise<void> => {
    for (let task = left.shift(); task !== undefined; task = left.shift()) await task()
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, work))
}

/** Collects the results of the wanted cases and reports progress. */
function createRecorder(wanted: readonly (ContractCase | Invariant)[], plan: Plan, settings: Settings) {
  const results = new Map<string, CaseResult>()
  return {
    record(one: ContractCase | Invariant, outcome: CaseOutcome, durationMs: number): void {
      if (!wanted.includes(one)) return
      const result = toResult(one, outcome, durationMs, settings, plan)
      results.set(one.id, result)
      settings.onResult(result)
      settings.onProgress({ done: results.size, total: wanted.length, title: one.title })
    },
    /** In the order of the cases, not in the order in which they ended. */
    results: (): readonly CaseResult[] =>
      wanted.map(({ id }) => results.get(id)).filter((result) => result !== undefined),
  }
}

function toResult(
  { id, title, endpoint, specReference, severity }: ContractCase | Invariant,
  outcome: CaseOutcome,
  durationMs: number,
  { baseUrl, mode, seed }: Settings,
  { generation }: Plan,
): CaseResult {
  const rerunCommand = `ai-ticket-creator-verify --base-url ${baseUrl} --mode ${mode} --generation ${generation} --seed ${seed} --filter ${id}`
  return {
    id,
    title,
    endpoint,
    severity: severity ?? 'error',
    ...outcome,
    specReference,
    ...(outcome.outcome === 'failed' && { rerunCommand }),
    durationMs: Math.round(durationMs),
  }
}
