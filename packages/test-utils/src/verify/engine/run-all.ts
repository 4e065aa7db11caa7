import { invariants } from '../cases/invariants/index.ts'
import type { ContractCase, Invariant } from '../model/case.ts'
import type { CaseRequest } from '../model/case-request.ts'
import type { GivenName } from '../model/precondition-names.ts'
import { setUp } from '../model/preconditions.ts'
import type { CaseResult } from '../model/report.ts'
import { checkInvariant } from './check-invariant.ts'
import { isAuthorized } from './detect-generation.ts'
import type { Connection } from './http-client.ts'
import { appliesTo, type Plan, skipReason } from './plan.ts'
import { createResourceTracker, type ResourceTracker } from './resource-tracker.ts'
import { type CaseOutcome, runCase, type Shared } from './run-case.ts'
import type { Settings } from './verify-contract.ts'

export const STOPPED = 'it was stopped'
export async function runAll(all: readonly ContractCase[], connection: Connection, plan: Plan, settings: Settings) {
  const { prefix, filter } = settings
  const cases = all.filter((one) => appliesTo(one, plan))
  const rules = invariants.filter((one) => appliesTo(one, plan))
  const workshop = createResourceTracker(connection, { generation: plan.spoken, strict: plan.strict }, prefix)
  const isWanted = ({ id }: ContractCase | Invariant): boolean =>
    filter.length === 0 || filter.some((start) => id.startsWith(start))

  const wanted = [...cases, ...rules].filter(isWanted)
  const results: CaseResult[] = []
  function note(one: ContractCase | Invariant, ending: CaseOutcome, since: number): void {
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
  for (const rule of rules) note(rule, checkInvariant(rule, workshop.replies), performance.now())

  const leftovers = plan.mode === 'read-only' ? [] : await workshop.clear()
  const order = new Map(wanted.map(({ id }, place) => [id, place]))
  return { results: results.toSorted((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0)), leftovers }
}
interface Trial {
  readonly plan: Plan
  readonly workshop: ResourceTracker
  readonly connection: Connection
  readonly share: (names: readonly GivenName[]) => Promise<Shared>
}
/** Makes what several cases are given once, and in one run only. They are never tried where nothing may be made. */
function sharing(workshop: ResourceTracker, prefix: string): Trial['share'] {
  const made = new Map<string, Promise<Shared>>()
  async function make(names: readonly GivenName[], tag: string): Promise<Shared> {
    const maker = { tag, ask: (request: CaseRequest, ids = {}) => workshop.ask(request, ids, { owner: tag }) }
    return { tag, made: await setUp(names, maker, false) }
  }
  return (names) => {
    const key = names.join()
    const rows = made.get(key) ?? make(names, `${prefix}-shared-${made.size}`)
    made.set(key, rows)
    return rows
  }
}

async function tryOne(
  one: ContractCase,
  tag: string,
  { plan, workshop, connection, share }: Trial,
): Promise<CaseOutcome> {
  const why = skipReason(one, plan)
  if (why !== undefined) return { outcome: 'skipped', reason: why }
  if (connection.signal.aborted) return { outcome: 'inconclusive', reason: STOPPED }
  try {
    return await runCase(one, {
      plan,
      tag,
      ask: (ask, ids = {}) => workshop.ask(ask, ids, { owner: one.id }),
      isLetIn: () => isAuthorized(connection),
      share,
    })
  } catch (error) {
    if (connection.signal.aborted) return { outcome: 'inconclusive', reason: STOPPED }
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
  one: ContractCase | Invariant,
  ending: CaseOutcome,
  durationMs: number,
  { baseUrl, mode, seed }: Settings,
  { generation }: Plan,
): CaseResult {
  const { id, title, endpoint, source, severity } = one
  const again = `ai-ticket-creator-verify --base-url ${baseUrl} --mode ${mode} --generation ${generation} --seed ${seed} --filter ${id}`
  return {
    id,
    title,
    endpoint,
    severity: severity ?? 'error',
    ...ending,
    specReference: source,
    ...(ending.outcome === 'failed' && { rerunCommand: again }),
    durationMs: Math.round(durationMs),
  }
}
