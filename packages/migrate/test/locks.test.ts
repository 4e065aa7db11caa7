import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Connection, createMigration, type Database, MigrationFailedError } from '../src/index.ts'
import { createPace } from '../src/runner/pace.ts'
import { beforeEachStatement } from './before-each-statement.ts'
import { createLegacyTables, insertLegacy } from './legacy-tables.ts'
import { openDatabase } from './open-database.ts'

// PGlite has one session, so no other session can hold a lock. Statements are made to fail or answer as on a server.

let database: Connection
beforeAll(async () => {
  database = await openDatabase()
})
afterAll(() => database.close())
beforeEach(async () => {
  for (const statement of createLegacyTables({ storage: 'values', isEnabled: true })) await database.query(statement)
  await database.query(insertLegacy({ type: 'jira', status: 'active', isEnabled: true }))
})

/** A session in which statements that match fail a number of times, as if the lock were taken. */
function lockedFor(times: number, pattern: RegExp): Database {
  let failed = 0
  return beforeEachStatement(database, (text) => {
    if (pattern.test(text) && failed++ < times)
      throw Object.assign(new Error('canceling statement due to lock timeout'), { code: '55P03' })
  })
}

test.each([
  ['a table', /^ALTER TABLE .* ADD COLUMN/],
  ['an index', /^CREATE INDEX CONCURRENTLY/],
  ['rows of a batch', /UPDATE .* SET platform_name/],
])('a lock on %s that is free soon is tried again', async (_, pattern) => {
  const migration = createMigration(lockedFor(2, pattern))

  await migration.apply()

  expect(await migration.verify()).toEqual([])
})

test('an index that a lock timeout left invalid is built again by the next attempt', async () => {
  let attempts = 0
  const session = beforeEachStatement(database, async (text) => {
    if (!text.startsWith('CREATE INDEX CONCURRENTLY') || attempts++ > 0) return
    await database.query(text)
    await database.query(
      "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'public.ix_integrations_integration_category'::regclass",
    )
    throw Object.assign(new Error('canceling statement due to lock timeout'), { code: '55P03' })
  })

  await createMigration(session).apply({ to: 'indexes' })

  expect(await createMigration(database).verify()).toEqual([])
})

test('a lock that never becomes free ends the command, with nothing of the step done', async () => {
  const migration = createMigration(lockedFor(Number.POSITIVE_INFINITY, /^ALTER TABLE .* ADD COLUMN/), {
    limits: { lockAttempts: 2 },
  })

  const failure = migration.apply()

  await expect(failure).rejects.toBeInstanceOf(MigrationFailedError)
  await expect(failure).rejects.toThrow(
    'no lock within 2 attempts of 50 ms; the table is used by many short transactions. Nothing of this step is done; end that transaction and run the command again',
  )
  await createMigration(database).apply()
  expect(await createMigration(database).verify()).toEqual([])
})

/** A session in which one query has other rows, as on a server with other clients. */
function answering(pattern: RegExp, rows: readonly object[], session: Database = database): Database {
  return {
    // The rows are of the form that the query selects.
    query: async <Row>(text: string, values?: unknown[]) =>
      pattern.test(text) ? { rows: [...rows] as Row[] } : session.query<Row>(text, values),
  }
}

const autovacuum = /autovacuum worker/
const vacuumed = [{ relation: 'public.integrations' }]

test.each([
  ['ends', 0],
  ['does not end', 1],
])('a step that autovacuum delays waits for its lock, whether it %s, and tries again', async (_, failures) => {
  const locks: string[] = []
  let failed = 0
  const locked = beforeEachStatement(lockedFor(1, /^ALTER TABLE .* ADD COLUMN/), (text) => {
    if (!text.startsWith('LOCK TABLE')) return
    locks.push(text)
    if (failed++ < failures)
      throw Object.assign(new Error('canceling statement due to lock timeout'), { code: '55P03' })
  })

  await createMigration(answering(autovacuum, vacuumed, locked)).apply({ to: 'expand' })

  expect(locks).toEqual(['LOCK TABLE public.integrations IN SHARE UPDATE EXCLUSIVE MODE'])
  expect(await createMigration(database).verify()).toEqual([])
})

test('an error while a step waits for autovacuum ends the command', async () => {
  const locked = beforeEachStatement(lockedFor(1, /^ALTER TABLE .* ADD COLUMN/), (text) => {
    if (text.startsWith('LOCK TABLE')) throw new Error('connection lost')
  })

  await expect(createMigration(answering(autovacuum, vacuumed, locked)).apply({ to: 'expand' })).rejects.toThrow(
    'connection lost',
  )
})

test('the message names the process that holds the lock', async () => {
  const blocker = { text: 'process 7 (nightly report, idle in transaction, in a transaction for 01:00:00)' }
  const session = lockedFor(Number.POSITIVE_INFINITY, /^ALTER TABLE .* ADD COLUMN/)

  await expect(
    createMigration(answering(/a\.xact_start < /, [blocker], session), { limits: { lockAttempts: 1 } }).apply(),
  ).rejects.toThrow(`the table is used by ${blocker.text}. Nothing of this step is done`)
})

test('a second run at the same time is refused with the process of the first', async () => {
  const locked = answering(/pg_try_advisory_lock/, [{ locked: false }])
  const holder = { text: 'process 7 (ai-ticket-creator-migrate), connected since 2026-11-30 02:00:00+00' }

  await expect(createMigration(answering(/^SELECT format\('process/, [holder], locked)).apply()).rejects.toThrow(
    `another run is active: ${holder.text}; wait until it ends`,
  )
  await expect(createMigration(answering(/^SELECT format\('process/, [], locked)).apply()).rejects.toThrow(
    'another run is active: its process has just ended; wait until it ends',
  )
})

const calm = { waiting: 0, lag: 0, checkpoint: false, isAlone: false }
// The time of a batch, and the pause after it, in milliseconds.
const pressures = [
  ['works', calm, 200, 20],
  ['waits', { ...calm, waiting: 1 }, 20, 20],
  ['lags as a replica', { ...calm, lag: 2, isAlone: true }, 20, 200],
  ['writes a checkpoint', { ...calm, checkpoint: true }, 20, 20],
] as const

test.each(pressures)('the backfill is completed while another process %s', async (_, pressure) => {
  const migration = createMigration(answering(/pg_stat_replication/, [pressure]), { limits: { batchTime: 0 } })

  await migration.apply({ to: 'backfill' })

  expect(await migration.verify()).toEqual([])
})

test.each(pressures)('while another process %s, a batch is followed by a pause', async (_, pressure, batch, pause) => {
  const pace = createPace({ batchTime: 1000, batchRows: 500 })

  const start = performance.now()
  await pace.wait(answering(/pg_stat_replication/, [pressure]), batch)

  // A timer may fire a little early.
  expect(performance.now() - start).toBeGreaterThan(pause - 2)
})

test('while no other session works, a batch is followed by no pause', async () => {
  const pace = createPace({ batchTime: 1000, batchRows: 500 })

  // Under any other pressure the pause would be at least a day, which is longer than a test may take.
  const waiting = pace.wait(answering(/pg_stat_replication/, [{ ...calm, isAlone: true }]), 10 * 86_400_000)

  await expect(waiting).resolves.toBeUndefined()
})

test('the plan names a transaction that has been open for long', async () => {
  const blocker = { text: 'process 7 (nightly report) has been in a transaction for 01:00:00' }

  const { findings } = await createMigration(answering(/interval '30 seconds'/, [blocker])).plan()

  expect(findings).toContainEqual({
    level: 'note',
    message: `${blocker.text}; it delays locks and the building of indexes`,
  })
})

test('PostgreSQL 14 is too old', async () => {
  const { findings } = await createMigration(answering(/server_version_num/, [{ version: 140_012 }])).plan()

  expect(findings).toEqual([{ level: 'stop', message: 'PostgreSQL 14 is too old; the migration needs 15 or later' }])
})

test('a session that changes in the middle, as behind a pooler, ends the command', async () => {
  const session = beforeEachStatement(database, async (text) => {
    if (text === 'BEGIN') await database.query('SELECT pg_advisory_unlock_all()')
  })

  await expect(createMigration(session).apply()).rejects.toThrow(
    'the session changed and its lock is gone; connect to PostgreSQL directly, or through a pooler in session mode, and run the command again',
  )
})
