// Measures the migration on PostgreSQL 15 while clients write, and for comparison a migration in one transaction. Writes the
// figures into docs/database-migration.md.
//   npm run bench:migration
//   ROWS=20000 TICKETS=20000 IDLE_SECONDS=2 npm run bench:migration     takes some seconds
//   PARTS=tickets RUNS=3 RESULTS=figures.json npm run bench:migration      adds to the figures of earlier runs
//   PAGE=no npm run bench:migration     does not write the page
import { loadavg } from 'node:os'
import { createDatabase, type PostgresqlServer, startServer } from '@ai-ticket-creator/test-postgresql'
import { connect } from '../../src/index.ts'
import { readFigures, storeFigures } from './figures.ts'
import { fillIntegrations } from './fill-integrations.ts'
import { fillTickets } from './fill-tickets.ts'
import { measureIntegrations } from './integrations.ts'
import { measureNaive } from './naive.ts'
import { measureBehindReader } from './reader.ts'
import { sectionOf, writePage } from './report.ts'
import { reserveWal } from './reserve-wal.ts'
import { PARTS, ROWS, RUNS, SERVER_SETTINGS, TICKET_INTEGRATIONS, TICKETS } from './settings.ts'
import { measureTickets } from './tickets.ts'

let longestLockWait = 0
/** The longest lock wait in milliseconds since the last call. */
const takeLockWait = () => {
  const taken = longestLockWait
  longestLockWait = 0
  return taken
}
const onLog = (text: string) => {
  for (const [, milliseconds] of text.matchAll(/ acquired \w+ on .* after ([\d.]+) ms/g))
    longestLockWait = Math.max(longestLockWait, Number(milliseconds))
}

// A signal alone would end this process without `exit`, and leave its servers behind.
process.once('SIGTERM', () => process.exit(143))

const figures = readFigures()
const parts: Readonly<Record<string, (server: PostgresqlServer) => Promise<unknown>>> = {
  integrations: async (server) =>
    figures.integrations.push(await measureIntegrations(await filled(server, 'random'), takeLockWait)),
  inTimeOrder: async (server) =>
    figures.inTimeOrder.push(await measureIntegrations(await filled(server, 'time'), takeLockWait)),
  naive: async (server) => figures.naive.push(await measureNaive(await filled(server, 'random'))),
  // The steps that this part measures read no rows, so a smaller table is enough.
  reader: async (server) =>
    figures.reader.push(await measureBehindReader(await filled(server, 'random', Math.min(ROWS, 50_000)))),
  async tickets(server) {
    const url = await createDatabase(server.url)
    await fillTickets(url, TICKETS, TICKET_INTEGRATIONS)
    const copy = await createDatabase(server.url, url)
    await reserveWal(url)
    figures.tickets.push(await measureTickets(url, copy))
  },
}

for (let run = 1; run <= RUNS; run += 1)
  for (const [part, measure] of Object.entries(parts)) {
    if (PARTS !== undefined && !PARTS.includes(part)) continue
    figures.loads.push(Number(loadavg()[0]?.toFixed(1)))
    console.log(`${part}, run ${run} of ${RUNS}`)
    const server = await startServer('15', { settings: SERVER_SETTINGS, onLog })
    figures.postgresql = await versionOf(server)
    await measure(server)
    await server.stop()
    storeFigures(figures)
  }
console.log(sectionOf(figures))
if (process.env['PAGE'] !== 'no') writePage(figures)

async function filled(server: PostgresqlServer, ids: 'random' | 'time', rows = ROWS): Promise<string> {
  const url = await createDatabase(server.url)
  await fillIntegrations(url, rows, ids)
  await reserveWal(url)
  return url
}

async function versionOf({ url }: PostgresqlServer): Promise<string> {
  const connection = await connect(url)
  const { rows } = await connection.query<{ version: string }>(
    "SELECT split_part(current_setting('server_version'), ' ', 1) AS version",
  )
  await connection.close()
  return rows[0]?.version ?? ''
}
