import { afterAll, beforeAll, expect, test } from 'vitest'
import { readSeed, readSize } from '../../../vitest.sizes.ts'
import { type Connection, createMigration, type Database } from '../src/index.ts'
import { beforeEachStatement } from './before-each-statement.ts'
import { createLegacyTables, insertIntegration, insertLegacy, insertTicket, readCatalog } from './legacy-tables.ts'
import { openDatabase } from './open-database.ts'

// A process can be killed after any statement of the migration. Here the connection ends after a chosen one.

const SAMPLES = readSize('INTERRUPTIONS', 1)
const SEED = readSeed('INTERRUPTIONS_SEED', 20261130)

let database: Connection
beforeAll(async () => {
  database = await openDatabase()
})
afterAll(() => database.close())

const ROWS = [
  insertLegacy({ type: 'jira', status: 'active', isEnabled: true }),
  insertLegacy({ type: 'slack', status: 'inactive', isEnabled: true }),
  insertLegacy({ type: 'github', status: 'error', isEnabled: false }),
  insertIntegration({ name: 'Support', description: '', organization: 'A' }),
  insertTicket({ title: '1', name: 'Support', creator: 'A' }),
  insertTicket({ title: '2', name: ' Support', creator: 'A' }),
  insertTicket({ title: '3', name: 'Unknown', creator: 'A' }),
]

async function prepare() {
  for (const statement of [...createLegacyTables({ storage: 'values', isEnabled: true }), ...ROWS])
    await database.query(statement)
  return { catalog: await readCatalog(database), rows: await readRows() }
}

const readRows = async () => [
  ...(await database.query('SELECT id, integration_type, status, is_enabled FROM public.integrations ORDER BY id'))
    .rows,
  ...(await database.query('SELECT title, integration_routing FROM public.tickets ORDER BY title')).rows,
]

/** Resets the session, as PostgreSQL does when a connection is lost. */
async function endSession(): Promise<void> {
  await database.query('ROLLBACK')
  await database.query('RESET ALL')
}

/** A connection that is lost after a number of statements. What it has not committed is rolled back. */
function endingAfter(limit: number): { readonly session: Database; readonly sent: () => number } {
  let sent = 0
  const session = beforeEachStatement(database, async () => {
    sent += 1
    if (sent === limit) await endSession()
    if (sent >= limit) throw new Error('Connection terminated unexpectedly')
  })
  return { session, sent: () => sent }
}

async function countStatements(run: (session: Database) => Promise<unknown>): Promise<number> {
  const { session, sent } = endingAfter(Number.POSITIVE_INFINITY)
  await run(session)
  return sent()
}

/** Numbers of statements, spread evenly over a run of `total` statements. The seed shifts them. */
const places = (total: number) =>
  Array.from({ length: Math.min(SAMPLES, total) }, (_, index) => {
    const width = total / Math.min(SAMPLES, total)
    return 1 + Math.floor(index * width + (SEED % Math.max(1, Math.floor(width))))
  })

test(`apply that is interrupted anywhere is completed by apply and reversed by undo (seed ${SEED})`, async () => {
  await prepare()
  const total = await countStatements((session) => createMigration(session).apply())

  for (const place of places(total)) {
    const before = await prepare()
    await expect(createMigration(endingAfter(place).session).apply()).rejects.toThrow('Connection terminated')
    await createMigration(database).undo()
    expect({ place, catalog: await readCatalog(database), rows: await readRows() }).toEqual({ place, ...before })

    await expect(createMigration(endingAfter(place).session).apply()).rejects.toThrow('Connection terminated')
    await createMigration(database).apply()
    expect({ place, problems: await createMigration(database).verify() }).toEqual({ place, problems: [] })
  }
})

test(`undo that is interrupted anywhere is completed by undo and reversed by apply (seed ${SEED})`, async () => {
  await prepare()
  await createMigration(database).apply()
  const total = await countStatements((session) => createMigration(session).undo())

  for (const place of places(total)) {
    const before = await prepare()
    await createMigration(database).apply()
    await expect(createMigration(endingAfter(place).session).undo()).rejects.toThrow('Connection terminated')
    await createMigration(database).apply()
    expect({ place, problems: await createMigration(database).verify() }).toEqual({ place, problems: [] })

    await expect(createMigration(endingAfter(place).session).undo()).rejects.toThrow('Connection terminated')
    await createMigration(database).undo()
    expect({ place, catalog: await readCatalog(database), rows: await readRows() }).toEqual({ place, ...before })
  }
})
