import type { IntegrationRow, Profile } from '@ai-ticket-creator/reference-api'
import { DEFAULT_USER } from '@ai-ticket-creator/reference-api'
import {
  type Client,
  createClient,
  isAmbiguousIntegrationError,
  isApiError,
  isIntegrationNotFoundError,
  isIntegrationUnusableError,
  isSilentDropError,
} from '@ai-ticket-creator/sdk'
import { createTestApi, type TestApi } from '@ai-ticket-creator/test-utils'
import { createScheduler, type Scheduler } from './scheduler.ts'
import type { SeededRandom } from './seeded-random.ts'

/** A backend, and the generation that the client uses. */
export interface RaceBackend {
  readonly generation: 'legacy' | 'current'
  readonly profile?: Profile
}

/** The result of one race. A correct client and backend leave the three lists empty. */
export interface RaceResult {
  readonly created: number
  readonly failed: number
  /** The titles of tickets at an integration that never had the name between the lookup and the create. */
  readonly misrouted: readonly string[]
  /** The titles of tickets that exist only for the client or only in the store, or more than once in the store. */
  readonly contradictions: readonly string[]
  /** Errors that no caller should get. */
  readonly unexpectedErrors: readonly unknown[]
}

/** The names of the integrations by id, from a step of the scheduler on. */
interface NamesAt {
  readonly step: number
  readonly names: ReadonlyMap<string, string>
}

interface Lookup {
  readonly name: string
  readonly answered: number
}

interface Attempt {
  readonly title: string
  readonly name: string
  readonly started: number
  readonly error?: unknown
}

interface Log {
  readonly names: NamesAt[]
  readonly lookups: Lookup[]
  /** The steps at which calls of the client changed an integration, by the value of their `X-Change` header. */
  readonly changed: Map<string | null, number>
  /** Calls of the client that changed an integration. Tickets after `ended` must not use lookups from before `changed`. */
  readonly invalidations: { readonly changed: number; readonly ended: number }[]
  /** The steps at which tickets were created or refused, by title. */
  readonly answered: Map<string, number>
}

const CHANGE_HEADER = 'X-Change'
const NAMES = ['Bugs', 'Support', 'Ideas'] as const
const allRows = { offset: 0, limit: 1000, now: new Date(0) }

/** Creates tickets by name while the client and others rename, duplicate and delete integrations. */
export async function race(backend: RaceBackend, random: SeededRandom): Promise<RaceResult> {
  const api = createTestApi(backend)
  for (const name of NAMES) await api.seed.integration({ name })
  const log: Log = { names: [], lookups: [], changed: new Map(), invalidations: [], answered: new Map() }
  await logNames(api, log, 0)

  const scheduler = createScheduler(random)
  const client = createClient({
    baseUrl: api.baseUrl,
    token: api.token,
    generation: backend.generation,
    retry: false,
    fetch: scheduledFetch(api, scheduler, log),
  })
  const attempts = Array.from({ length: 10 }, (_, n) => createTicket(client, scheduler, random, `T ${n}`))
  const changes = Array.from({ length: 4 }, () =>
    scheduler.run(() => changeByOthers(api, random).then(() => logNames(api, log, scheduler.step()))),
  )
  const ownChanges = ['0', '1'].map((change) => changeByClient(client, api, scheduler, log, random, change))
  await scheduler.drainUntil(Promise.all([...attempts, ...changes, ...ownChanges]))

  return evaluate(api, log, await Promise.all(attempts))
}

/** Executes a request in one step and delivers its response in another. */
function scheduledFetch(api: TestApi, scheduler: Scheduler, log: Log) {
  return async (request: Request): Promise<Response> => {
    const name = new URL(request.url).searchParams.get('name')
    const title = await titleIn(request)

    const response = await scheduler.run(async () => {
      const before = await namesIn(api.store)
      const executed = await api.fetch(request)
      if (name !== null) log.lookups.push({ name, answered: scheduler.step() })
      if (title !== undefined) log.answered.set(title, scheduler.step())
      if (request.method === 'GET') return executed

      const names = await namesIn(api.store)
      log.names.push({ step: scheduler.step(), names })
      if ([...before].some(([id, integration]) => names.get(id) !== integration))
        log.changed.set(request.headers.get(CHANGE_HEADER), scheduler.step())
      return executed
    })
    return scheduler.run(() => response)
  }
}

async function titleIn(request: Request): Promise<string | undefined> {
  if (request.method !== 'POST') return undefined
  // Tickets have a title, integrations have none.
  const { title } = (await request.clone().json()) as { readonly title?: string }
  return title
}

async function createTicket(
  client: Client,
  scheduler: Scheduler,
  { pick }: SeededRandom,
  title: string,
): Promise<Attempt> {
  const name = pick(NAMES)
  const integration_name = pick([name, name, ` ${name} `])
  const started = await scheduler.run(scheduler.step)
  const attempt = { title, name, started }
  try {
    await client.tickets.create({ title, description: '…', integration_name })
    return attempt
  } catch (error) {
    return { ...attempt, error }
  }
}

/** Changes an integration in the store, so the client cannot notice the change. */
async function changeByOthers({ store, seed }: TestApi, { pick }: SeededRandom): Promise<void> {
  const rows = await integrationsIn(store)
  if (rows.length === 0) return
  const row = pick(rows)
  const kind = pick(['rename', 'rename', 'duplicate', 'delete'] as const)
  if (kind === 'duplicate') await seed.integration({ name: row.name })
  if (kind === 'rename') await store.integrations.replace({ ...row, name: pick(NAMES) }, row.version)
  if (kind === 'delete') await store.integrations.replace({ ...row, deleted_at: '2025-09-06T12:00:00Z' }, row.version)
}

async function changeByClient(
  { integrations }: Client,
  { store }: TestApi,
  scheduler: Scheduler,
  log: Log,
  { pick }: SeededRandom,
  change: string,
): Promise<void> {
  const kind = pick(['rename', 'rename', 'delete'] as const)
  const options = { headers: { [CHANGE_HEADER]: change } }
  const rows = await scheduler.run(() => integrationsIn(store))
  if (rows.length === 0) return
  const { id } = pick(rows)
  const call =
    kind === 'rename' ? integrations.update(id, { name: pick(NAMES) }, options) : integrations.delete(id, options)
  // The call may fail: the existing backend saves and answers 500, and the row may have been deleted.
  await call.then(
    () => undefined,
    () => undefined,
  )
  const changed = log.changed.get(change)
  if (changed !== undefined) log.invalidations.push({ changed, ended: scheduler.step() })
}

async function logNames({ store }: TestApi, { names }: Log, step: number): Promise<void> {
  names.push({ step, names: await namesIn(store) })
}

const namesIn = async (store: TestApi['store']): Promise<ReadonlyMap<string, string>> =>
  new Map((await integrationsIn(store)).map(({ id, name }) => [id, name]))

async function integrationsIn(store: TestApi['store']): Promise<readonly IntegrationRow[]> {
  const { rows } = await store.integrations.list(DEFAULT_USER.organization_id, {}, allRows)
  return rows
}

async function evaluate({ store }: TestApi, log: Log, attempts: readonly Attempt[]): Promise<RaceResult> {
  const { rows } = await store.tickets.list(DEFAULT_USER.organization_id, {}, allRows)
  const integrationOf = new Map(rows.map((row) => [row.title, row.integration_id]))
  const errors = attempts.flatMap(({ error }) => (error === undefined ? [] : [error]))
  const created = attempts.filter(({ error }) => error === undefined)
  // A legacy backend receives only a name, which may belong to another integration by then. The client finds that out from the
  // reply and throws an error with the id of the ticket.
  const reported = new Set(errors.flatMap((error) => (isSilentDropError(error) ? [error.id] : [])))
  const reportedTitles = new Set([...created.map(titleOf), ...rows.filter(({ id }) => reported.has(id)).map(titleOf)])

  return {
    created: created.length,
    failed: errors.length,
    misrouted: created
      .filter((attempt) => !isRoutedCorrectly(attempt, integrationOf.get(attempt.title), log))
      .map(titleOf),
    contradictions: [...new Set([...rows.map(titleOf), ...reportedTitles])].filter(
      (title) => rows.filter((row) => row.title === title).length !== (reportedTitles.has(title) ? 1 : 0),
    ),
    unexpectedErrors: errors.filter((error) => !isExpected(error)),
  }
}

const titleOf = ({ title }: { readonly title: string }): string => title

/** Whether the integration had the name at some moment since the lookup for this ticket. */
function isRoutedCorrectly({ title, name, started }: Attempt, id: string | null | undefined, log: Log): boolean {
  const end = log.answered.get(title) ?? -1
  const changes = log.invalidations.filter(({ ended }) => ended <= started)
  const lastChange = Math.max(0, ...changes.map(({ changed }) => changed))
  const usable = log.lookups.filter((lookup) => lookup.name === name && lookup.answered >= lastChange)
  const start = Math.min(...usable.map(({ answered }) => answered))
  if (typeof id !== 'string' || start > end) return false

  const [before] = log.names.filter(({ step }) => step <= start).slice(-1)
  const since = log.names.filter(({ step }) => step > start && step <= end)
  return [before, ...since].some((moment) => moment?.names.get(id) === name)
}

// The existing backend answers 400 to every problem with an integration.
const isExpected = (error: unknown): boolean =>
  isIntegrationNotFoundError(error) ||
  isAmbiguousIntegrationError(error) ||
  isIntegrationUnusableError(error) ||
  (isSilentDropError(error) && error.fields.join() === 'integration_id') ||
  (isApiError(error) && error.status === 400)
