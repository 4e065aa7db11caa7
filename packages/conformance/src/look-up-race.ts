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
import type { Chance } from './chance.ts'
import { createTurns, type Turns } from './turns.ts'

/** A backend to race on, and the words that it is spoken to in. */
export interface Track {
  readonly generation: 'legacy' | 'current'
  readonly profile?: Profile
}

/** What came of one race. */
export interface RaceResult {
  readonly filed: number
  readonly refused: number
  /** Tickets that reached an integration which did not have the name since it was looked up. */
  readonly misrouted: readonly string[]
  /** Where the client and the store disagree on what was filed. */
  readonly untrue: readonly string[]
  /** What no caller should meet. */
  readonly strange: readonly unknown[]
}

/** Which integrations had which names, from a moment on. */
interface Moment {
  readonly at: number
  readonly names: ReadonlyMap<string, string>
}

interface LookedUp {
  readonly name: string
  readonly sent: number
  readonly answered: number
}

interface Filing {
  readonly title: string
  readonly name: string
  readonly begun: number
}

interface Log {
  readonly moments: Moment[]
  readonly lookedUp: LookedUp[]
  /** When the client had written to an integration itself: what it knew before counts no more. */
  readonly forgotten: number[]
  /** When the backend answered, by title. */
  readonly answered: Map<string, number>
}

const NAMES = ['Bugs', 'Support', 'Ideas'] as const
const window = { offset: 0, limit: 1000, now: new Date(0) }

/** Files tickets by name while integrations are renamed, doubled and deleted, by the client itself and by others. */
export async function race(track: Track, chance: Chance): Promise<RaceResult> {
  const api = createTestApi(track)
  for (const name of NAMES) await api.seed.integration({ name })
  const log: Log = { moments: [], lookedUp: [], forgotten: [], answered: new Map() }
  await note(api, log, 0)

  const turns = createTurns(chance)
  const client = createClient({
    baseUrl: api.baseUrl,
    token: api.token,
    generation: track.generation,
    retry: false,
    fetch: inTurns(api, turns, log),
  })
  const outcomes = Array.from({ length: 10 }, (_, n) => file({ client, turns }, chance, `T ${n}`))
  const changes = Array.from({ length: 4 }, () =>
    turns.take(() => change(api, chance).then(() => note(api, log, turns.now()))),
  )
  const ownChanges = Array.from({ length: 2 }, () => changeOneself(client, api, turns, log, chance))
  await turns.until(Promise.all([...outcomes, ...changes, ...ownChanges]))

  return judge(api, log, await Promise.all(outcomes))
}

/** The backend, which is reached in one turn and heard from in another. */
function inTurns(api: TestApi, turns: Turns, log: Log) {
  return async (request: Request): Promise<Response> => {
    const name = new URL(request.url).searchParams.get('name')
    const title = await titleIn(request)
    const sent = turns.now()

    const reply = await turns.take(async () => {
      const answer = await api.fetch(request)
      if (name !== null) log.lookedUp.push({ name, sent, answered: turns.now() })
      if (title !== undefined) log.answered.set(title, turns.now())
      if (request.method !== 'GET') await note(api, log, turns.now())
      return answer
    })
    return turns.take(() => reply)
  }
}

async function titleIn(request: Request): Promise<string | undefined> {
  if (request.method !== 'POST') return undefined
  // What the client sends: tickets have a title, integrations have none.
  const { title } = (await request.clone().json()) as { readonly title?: string }
  return title
}

interface Outcome extends Filing {
  readonly error?: unknown
}

async function file(
  { client, turns }: { readonly client: Client; readonly turns: Turns },
  { pick }: Chance,
  title: string,
): Promise<Outcome> {
  const name = pick(NAMES)
  const written = pick([name, name, ` ${name} `])
  const begun = await turns.take(turns.now)
  const filing = { title, name, begun }
  try {
    await client.tickets.create({ title, description: '…', integration_name: written })
    return filing
  } catch (error) {
    return { ...filing, error }
  }
}

/** What others do: in one step, unseen by the client. */
async function change({ store, seed }: TestApi, { pick }: Chance): Promise<void> {
  const rows = await live(store)
  if (rows.length === 0) return
  const row = pick(rows)
  const kind = pick(['rename', 'rename', 'double', 'delete'] as const)
  if (kind === 'double') await seed.integration({ name: row.name })
  if (kind === 'rename') await store.integrations.replace({ ...row, name: pick(NAMES) }, row.version)
  if (kind === 'delete') await store.integrations.replace({ ...row, deleted_at: '2025-09-06T12:00:00Z' }, row.version)
}

async function changeOneself(
  { integrations }: Client,
  { store }: TestApi,
  turns: Turns,
  log: Log,
  { pick }: Chance,
): Promise<void> {
  const kind = pick(['rename', 'rename', 'delete'] as const)
  const rows = await turns.take(() => live(store))
  if (rows.length === 0) return
  const { id } = pick(rows)
  // The existing backend saves and fails; others may have deleted it. Either way it was written to.
  const written = kind === 'rename' ? integrations.update(id, { name: pick(NAMES) }) : integrations.delete(id)
  await written.then(
    () => undefined,
    () => undefined,
  )
  log.forgotten.push(turns.now())
}

async function note({ store }: Pick<TestApi, 'store'>, { moments }: Log, at: number): Promise<void> {
  moments.push({ at, names: new Map((await live(store)).map(({ id, name }) => [id, name])) })
}

async function live(store: TestApi['store']): Promise<readonly IntegrationRow[]> {
  const { rows } = await store.integrations.list(DEFAULT_USER.organization_id, {}, window)
  return rows
}

async function judge({ store }: TestApi, log: Log, outcomes: readonly Outcome[]): Promise<RaceResult> {
  const { rows } = await store.tickets.list(DEFAULT_USER.organization_id, {}, window)
  const ids = new Map(rows.map((row) => [row.title, row.integration_id]))
  const errors = outcomes.flatMap(({ error }) => (error === undefined ? [] : [error]))
  const filed = outcomes.filter(({ error }) => error === undefined)
  // A legacy backend is told a name, which may mean another integration by then: the reply shows it, and the error says so.
  const elsewhere = new Set(errors.flatMap((error) => (isSilentDropError(error) ? [error.id] : [])))
  const told = new Set([...filed.map(({ title }) => title), ...rows.filter(({ id }) => elsewhere.has(id)).map(titleOf)])

  return {
    filed: filed.length,
    refused: errors.length,
    misrouted: filed.filter((filing) => !isRight(filing, ids.get(filing.title), log)).map(titleOf),
    untrue: [...new Set([...rows.map(titleOf), ...told])].filter(
      (title) => rows.filter((row) => row.title === title).length !== (told.has(title) ? 1 : 0),
    ),
    strange: errors.filter((error) => !isExpected(error)),
  }
}

const titleOf = ({ title }: { readonly title: string }): string => title

/** Whether an integration had the name at some moment since it was looked up for this filing. */
function isRight({ title, name, begun }: Filing, id: string | null | undefined, log: Log): boolean {
  const end = log.answered.get(title) ?? -1
  const forgotten = log.forgotten.filter((at) => at <= begun)
  const usable = log.lookedUp.filter((one) => one.name === name && one.sent >= Math.max(0, ...forgotten))
  const start = Math.min(...usable.map(({ answered }) => answered))
  if (typeof id !== 'string' || start > end) return false

  const [before] = log.moments.filter(({ at }) => at <= start).slice(-1)
  const since = log.moments.filter(({ at }) => at > start && at <= end)
  return [before, ...since].some((moment) => moment?.names.get(id) === name)
}

// The existing backend has one 400 for all that is wrong with an integration.
const isExpected = (error: unknown): boolean =>
  isIntegrationNotFoundError(error) ||
  isAmbiguousIntegrationError(error) ||
  isIntegrationUnusableError(error) ||
  (isSilentDropError(error) && error.fields.join() === 'integration_id') ||
  (isApiError(error) && error.status === 400)
