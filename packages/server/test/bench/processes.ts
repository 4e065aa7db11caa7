import { createDatabase, type PostgresqlServer, startServer } from '@ai-ticket-creator/test-postgresql'
import { sql } from 'kysely'
import { createToken, openPostgresql, schemaUp } from '../../src/index.ts'
import { BUILT, type ServerProcess, startProcess } from '../server-process.ts'
import { cpuSecondsOf, parentOf } from './cpu-time.ts'
import { REQUESTS, ROUNDS, SERVER_SETTINGS } from './settings.ts'

/** CPU seconds per 1 000 requests, by round: of the servers alone, and with PostgreSQL. */
export interface CpuFigures {
  readonly one: readonly CpuTime[]
  readonly three: readonly CpuTime[]
}

interface CpuTime {
  readonly servers: number
  readonly all: number
}

const CLIENTS = 12

/** The same kinds of requests to one process and to three processes, round by round. */
export async function measureProcesses(): Promise<CpuFigures> {
  const server = await startServer('15', { settings: SERVER_SETTINGS })
  // One database for both, because a list of tickets takes longer with more tickets.
  const database = await prepareDatabase(server)
  const [one, three] = [await startService(database, 1), await startService(database, 3)]
  // A process compiles its code while it answers its first thousands of requests, so each one answers equally many.
  const measureBoth = async () => ({
    one: await measureRound(one, REQUESTS),
    three: await measureRound(three, REQUESTS * 3),
  })
  await measureBoth()

  const figures: { one: CpuTime[]; three: CpuTime[] } = { one: [], three: [] }
  for (let round = 0; round < ROUNDS; round += 1) {
    const times = await measureBoth()
    figures.one.push(times.one)
    figures.three.push(times.three)
  }
  await one.stop()
  await three.stop()
  await server.stop()
  return figures
}

interface PreparedDatabase {
  readonly url: string
  readonly postmaster: number
  readonly token: string
}

async function prepareDatabase(server: PostgresqlServer): Promise<PreparedDatabase> {
  const url = await createDatabase(server.url)
  const database = openPostgresql(url, { maxConnections: 1 })
  await schemaUp(database.sql)
  const { token } = await createToken(database.sql, { organization: 'Acme', email: 'agent@acme.test', name: 'bench' })
  const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(database.sql)
  await database.close()
  return { url, token, postmaster: parentOf(rows[0]?.pid ?? 0) }
}

interface Service extends PreparedDatabase {
  readonly processes: readonly ServerProcess[]
  readonly stop: () => Promise<void>
}

async function startService(database: PreparedDatabase, count: number): Promise<Service> {
  const env = {
    DATABASE_URL: database.url,
    // The same number of connections in all.
    DATABASE_CONNECTIONS: String(CLIENTS / count),
    SECRET_KEYS: `1:${Buffer.alloc(32, 7).toString('base64')}`,
  }
  const processes = await Promise.all(Array.from({ length: count }, () => startProcess(env, BUILT)))
  return {
    ...database,
    processes,
    async stop() {
      await Promise.all(processes.map((process) => process.end('SIGTERM')))
    },
  }
}

async function measureRound(service: Service, requests: number): Promise<CpuTime> {
  const pids = service.processes.map(({ pid }) => pid)
  const read = () => ({ servers: cpuSecondsOf(pids), all: cpuSecondsOf([...pids, service.postmaster]) })
  const before = read()
  let sent = 0
  const client = async () => {
    while (sent < requests) await sendOne(service, sent++)
  }
  await Promise.all(Array.from({ length: CLIENTS }, client))
  const after = read()
  const perThousand = (part: keyof CpuTime) => ((after[part] - before[part]) * 1000) / requests
  return { servers: perThousand('servers'), all: perThousand('all') }
}

/** Of four requests two are lists, one reads a ticket that does not exist, one creates a ticket. */
async function sendOne({ processes, token }: Service, number: number): Promise<void> {
  const api = `${processes[Math.floor(Math.random() * processes.length)]?.url}/api/v1`
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' }
  const create = { method: 'POST', body: JSON.stringify({ title: 'T', description: 'D' }) }
  const [path, options, expected] = (
    [
      ['/tickets/', {}, 200],
      ['/integrations/', {}, 200],
      [`/tickets/${crypto.randomUUID()}`, {}, 404],
      ['/tickets/', create, 201],
    ] as const
  )[number % 4] ?? ['/', {}, 404]
  const reply = await fetch(`${api}${path}`, { headers, ...options })
  if (reply.status !== expected) throw new Error(`${reply.status}: ${await reply.text()}`)
  await reply.arrayBuffer()
}
