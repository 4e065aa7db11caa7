import { createDatabase, startServer } from '@ai-ticket-creator/test-postgresql'
import { Client } from 'pg'
import { openPostgresql, schemaUp } from '../../src/index.ts'
import { type Case, createCases } from './cases.ts'
import { createExistingSchema } from './existing-schema.ts'
import { fill, isLive } from './fill.ts'
import type { Statement } from './recorded-statements.ts'
import { CALLS, INTEGRATIONS, ROUNDS, SERVER_SETTINGS } from './settings.ts'
import { median, millisecondsOf, quantile } from './statistics.ts'

const SIDES = ['existing', 'withoutCount', 'migrated'] as const
type Side = (typeof SIDES)[number]

/** The times of a case in milliseconds: medians of the rounds. */
export interface CaseFigures {
  readonly name: string
  readonly limit: number
  readonly times: Readonly<Record<Side, Quantiles>>
  /** Migrated ÷ the other. */
  readonly ratios: Readonly<Record<Exclude<Side, 'migrated'>, Quantiles>>
}

interface Quantiles {
  readonly p50: number
  readonly p95: number
}

/** Runs the same calls on the migrated schema and on the existing one, in pairs and in random order. */
export async function compareSchemas(): Promise<readonly CaseFigures[]> {
  const server = await startServer('15', { settings: SERVER_SETTINGS })
  const urls = { existing: await createDatabase(server.url), migrated: await createDatabase(server.url) }
  await prepare(urls.existing, createExistingSchema, false)
  await prepare(urls.migrated, schemaUp, true)
  const clients = { existing: await open(urls.existing), migrated: await open(urls.migrated) }

  const figures: CaseFigures[] = []
  for (const one of await createCases(urls.migrated, await columnsOf(clients.existing)))
    figures.push(await compare(one, clients))

  await Promise.all(Object.values(clients).map((client) => client.end()))
  await server.stop()
  return figures
}

async function prepare(
  url: string,
  createSchema: (db: ReturnType<typeof openPostgresql>['sql']) => Promise<unknown>,
  isMigrated: boolean,
): Promise<void> {
  const database = openPostgresql(url, { maxConnections: 1 })
  await createSchema(database.sql)
  await fill(database.sql, isMigrated)
  await database.close()
}

async function open(url: string): Promise<Client> {
  const client = new Client({ connectionString: url })
  await client.connect()
  return client
}

async function columnsOf(client: Client): Promise<readonly string[]> {
  const { rows } = await client.query<{ column_name: string }>(
    "select column_name from information_schema.columns where table_name = 'integrations' order by ordinal_position",
  )
  return rows.map(({ column_name: name }) => name)
}

type Clients = Readonly<Record<'existing' | 'migrated', Client>>
type Times = Readonly<Record<Side, number[]>>

async function compare(one: Case, clients: Clients): Promise<CaseFigures> {
  const { name, limit } = one
  await runPairs(one, clients, Math.ceil(CALLS / 4))
  const rounds: Times[] = []
  for (let round = 0; round < ROUNDS; round += 1) rounds.push(await runPairs(one, clients, CALLS))

  const quantiles = (of: (times: Times, share: number) => number): Quantiles => ({
    p50: median(rounds.map((times) => of(times, 0.5))),
    p95: median(rounds.map((times) => of(times, 0.95))),
  })
  const times = (side: Side) => quantiles((round, share) => quantile(round[side], share))
  const ratio = (side: Side) =>
    quantiles((round, share) => quantile(round.migrated, share) / quantile(round[side], share))
  return {
    name,
    limit,
    times: { existing: times('existing'), withoutCount: times('withoutCount'), migrated: times('migrated') },
    ratios: { existing: ratio('existing'), withoutCount: ratio('withoutCount') },
  }
}

async function runPairs(one: Case, clients: Clients, calls: number): Promise<Times> {
  const times: Times = { existing: [], withoutCount: [], migrated: [] }
  const runExisting = async (number: number) => {
    const page = await timeOf(clients.existing, one.existing(number))
    const count = await timeOf(clients.existing, one.count?.(number) ?? [])
    times.withoutCount.push(page)
    times.existing.push(page + count)
  }
  const runMigrated = async (number: number) =>
    times.migrated.push(await timeOf(clients.migrated, one.migrated(number)))

  for (let call = 0; call < calls; call += 1) {
    const number = drawLive()
    const [first, second] = Math.random() < 0.5 ? [runExisting, runMigrated] : [runMigrated, runExisting]
    await first(number)
    await second(number)
  }
  return times
}

function drawLive(): number {
  const number = Math.floor(Math.random() * INTEGRATIONS)
  return isLive(number) ? number : drawLive()
}

const timeOf = (client: Client, statements: readonly Statement[]): Promise<number> =>
  millisecondsOf(async () => {
    for (const { text, values } of statements) await client.query(text, [...values])
  })
