import { createDatabase, startServer } from '@ai-ticket-creator/test-postgresql'
import { Client } from 'pg'
import { openPostgresql, schemaUp } from '../../src/index.ts'
import { type Case, createCases } from './cases.ts'
import { createExistingSchema } from './existing-schema.ts'
import { fill, isLive } from './fill.ts'
import type { Statement } from './recorded-statements.ts'
import { CALLS, INTEGRATIONS, ROUNDS, SERVER_SETTINGS } from './settings.ts'
import { median, millisecondsOf, quantile } from './statistics.ts'

/** The times of a case on both schemas, one element for each round. */
export interface CaseFigures {
  readonly name: string
  readonly limit: number
  readonly existing: { readonly p50: number; readonly p95: number }
  readonly migrated: { readonly p50: number; readonly p95: number }
  /** Migrated ÷ existing; the median of the rounds. */
  readonly ratio: { readonly p50: number; readonly p95: number }
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
type Times = Readonly<Record<'existing' | 'migrated', number[]>>

async function compare(one: Case, clients: Clients): Promise<CaseFigures> {
  const { name, limit } = one
  await runPairs(one, clients, Math.ceil(CALLS / 4))
  const rounds: Times[] = []
  for (let round = 0; round < ROUNDS; round += 1) rounds.push(await runPairs(one, clients, CALLS))

  const summary = (schema: keyof Times, share: number) => median(rounds.map((times) => quantile(times[schema], share)))
  const ratio = (share: number) =>
    median(rounds.map(({ migrated, existing }) => quantile(migrated, share) / quantile(existing, share)))
  return {
    name,
    limit,
    existing: { p50: summary('existing', 0.5), p95: summary('existing', 0.95) },
    migrated: { p50: summary('migrated', 0.5), p95: summary('migrated', 0.95) },
    ratio: { p50: ratio(0.5), p95: ratio(0.95) },
  }
}

async function runPairs(one: Case, clients: Clients, calls: number): Promise<Times> {
  const times: Times = { existing: [], migrated: [] }
  for (let call = 0; call < calls; call += 1) {
    const number = drawLive()
    const isExistingFirst = Math.random() < 0.5
    for (const schema of isExistingFirst ? (['existing', 'migrated'] as const) : (['migrated', 'existing'] as const)) {
      const statements = one[schema](number)
      times[schema].push(await millisecondsOf(() => runAll(clients[schema], statements)))
    }
  }
  return times
}

function drawLive(): number {
  const number = Math.floor(Math.random() * INTEGRATIONS)
  return isLive(number) ? number : drawLive()
}

async function runAll(client: Client, statements: readonly Statement[]): Promise<void> {
  for (const { text, values } of statements) await client.query(text, [...values])
}
