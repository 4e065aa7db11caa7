import type { Generation } from '@ai-ticket-creator/domain'
import { connect, createMigration } from '@ai-ticket-creator/migrate'
import { openPostgresql, schemaDown } from '@ai-ticket-creator/server'
import { createDatabase, requireServer } from '@ai-ticket-creator/test-postgresql'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readSize } from '../../../../vitest.sizes.ts'
import { runsThrough } from '../../src/backends.ts'
import { startServerProcesses } from '../../src/server-processes.ts'
import { describeAfterCodeIntegrations } from '../../src/suite/after-code-integrations.ts'
import { describeAfterCodeTickets } from '../../src/suite/after-code-tickets.ts'
import { describeBeforeCode } from '../../src/suite/before-code.ts'
import { overServerProcesses } from '../../src/transports.ts'
import { createExistingTables, readCatalog } from './existing-tables.ts'
import { OLD_OWNER, startOldClient } from './old-client.ts'

// The suites run against the server while the tables under it are migrated up and down. A loop is one suite with one client in each
// phase; after nine loops every suite has run with every client.
const LOOPS = readSize('MIGRATION_LOOPS', 1)
const suites = [describeBeforeCode, describeAfterCodeTickets, describeAfterCodeIntegrations]

/**
 * The suites of a phase run while the migration goes to and fro between two steps. `retire` renames the old columns, so the old
 * client of SQL and the legacy generation end before it.
 */
const phases = [
  { generation: 'legacy', from: 'tickets-columns', to: 'view', isOldSchema: true },
  { generation: 'transitional', from: 'view', to: 'retire', isOldSchema: false },
  { generation: 'current', from: 'retire', to: 'contract', isOldSchema: false },
  { generation: 'transitional', from: 'retire', to: 'view', isOldSchema: false },
  { generation: 'legacy', from: 'view', to: 'tickets-columns', isOldSchema: true },
] as const satisfies readonly { generation: Generation; from: string; to: string; isOldSchema: boolean }[]

const url = await createDatabase(requireServer())
const connection = await connect(url)
const session = await connect(url)
const migration = createMigration(session)

await createExistingTables(url, connection)
await connection.query("INSERT INTO organizations (id, name) VALUES ($1, 'old')", [OLD_OWNER.organization])
await connection.query("INSERT INTO users (id, organization_id, email) VALUES ($1, $2, 'old@acme.test')", [
  OLD_OWNER.user,
  OLD_OWNER.organization,
])
const before = await readCatalog(connection)

let oldClient: OldClient | undefined = startOldClient(url)
await migration.apply({ to: 'tickets-columns' })
// Credentials stay in the form of the existing application, or contract could not be undone.
const settings = { EXISTING_SECRETS: Buffer.alloc(32, 3).toString('base64url') }
const processes = await startServerProcesses(url, { count: 1, settings })
const failed: string[] = []
const transport = overServerProcesses({
  ...processes,
  async fetch(request) {
    const reply = await processes.fetch(request)
    if (reply.status >= 500) failed.push(`${request.method} ${request.url}: ${reply.status}`)
    return reply
  },
})
afterAll(() => Promise.all([connection.close(), session.close()]))

describe.each(phases)('the generation $generation, while the tables go between $from and $to', (phase) => {
  const first = phases.indexOf(phase)
  let isTesting = true
  let migrating: Promise<void> | undefined
  beforeAll(async () => {
    await processes.switchGeneration(phase.generation)
    if (phase.isOldSchema) oldClient ??= startOldClient(url)
    else await expectNoFailures()
    migrating = goBetween(phase, () => isTesting)
  })

  const clients = runsThrough(transport, [phase.generation])
  for (let loop = 0; loop < LOOPS; loop++) {
    const client = clients[Math.floor(loop / suites.length) % clients.length]
    const describeSuite = suites[(first + loop) % suites.length]
    if (client !== undefined) describeSuite?.([client])
  }

  test('the tables were migrated meanwhile, and the server answered no call with a failure', async () => {
    isTesting = false
    await migrating

    expect(await migration.verify()).toEqual([])
    expect(failed).toEqual([])
  })
})

test('the way back ends after the schema of the server is removed; then the catalog is the one before', async () => {
  await processes.close()

  const tooEarly = migration.undo()
  await expect(tooEarly).rejects.toThrow('expand cannot be undone: 1 triggers on "public"."integrations" run functions')
  await removeServerSchema()
  await migration.undo()

  await expectNoFailures()
  expect((await readCatalog(connection)).filter((line) => !line.includes('server_schema_'))).toEqual(before)
})

type OldClient = ReturnType<typeof startOldClient>

/** Ends the old client, which must have written and read without an error. */
async function expectNoFailures(): Promise<void> {
  const ended = await oldClient?.stop()
  oldClient = undefined
  expect(ended?.failures ?? []).toEqual([])
  expect(ended?.rounds ?? 1).toBeGreaterThan(0)
}

async function removeServerSchema(): Promise<void> {
  const database = openPostgresql(url, { maxConnections: 1 })
  for (let removed = 1; removed > 0; ) removed = (await schemaDown(database.sql)).length
  await database.close()
}

/** Migrates to and fro at least once, until the tests have ended, and then to the end of the phase. */
async function goBetween({ from, to }: (typeof phases)[number], isTesting: () => boolean): Promise<void> {
  do {
    await goTo(to)
    await goTo(from)
  } while (isTesting())
  await goTo(to)
}

/** Goes up or down, whichever leads to the step. */
async function goTo(step: string): Promise<void> {
  await migration.undo({ to: step })
  await migration.apply({ to: step })
}
