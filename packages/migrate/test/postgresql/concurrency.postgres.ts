import { createDatabase, requireServer } from '@ai-ticket-creator/test-postgresql'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type Connection, connect, createMigration, type Database, STEP_NAMES } from '../../src/index.ts'
import { beforeEachStatement } from '../before-each-statement.ts'
import { createLegacyTables, insertLegacy } from '../legacy-tables.ts'

// What needs several sessions: PGlite has one.

let url: string
let connection: Connection
let other: Connection
beforeEach(async () => {
  url = await createDatabase(requireServer())
  connection = await connect(url)
  other = await connect(url)
  for (const statement of createLegacyTables({ storage: 'values', isEnabled: true })) await connection.query(statement)
  await connection.query(insertLegacy({ type: 'jira', status: 'active', isEnabled: true }))
})
afterEach(() => Promise.all([connection.close(), other.close()]))

test('while a reader holds the table, writers go on; the migration continues when the reader has ended', async () => {
  await other.query('BEGIN')
  await other.query('SELECT FROM public.integrations')
  const writer = await connect(url)

  const expandState = async () => (await createMigration(writer).status()).steps[0]?.state

  const applying = createMigration(connection).apply()
  await vi.waitUntil(async () => (await expandState()) === 'applying', { timeout: 600_000 })
  for (let writes = 0; writes < 50; writes++)
    await writer.query(insertLegacy({ type: 'slack', status: 'active', isEnabled: true }))
  const during = await expandState()
  await other.query('COMMIT')
  await applying

  expect(during).toBe('applying')
  expect(await createMigration(connection).verify()).toEqual([])
  await writer.close()
})

test('during a step the session sends changed pages to the disk a few at a time, and has its former settings afterwards', async () => {
  const readSetting = async () => (await connection.query('SHOW backend_flush_after')).rows
  const during: unknown[] = []
  const watched = beforeEachStatement(connection, async (text) => {
    if (text.startsWith('ALTER TABLE')) during.push(...(await readSetting()))
  })

  await createMigration(watched).apply({ to: 'expand' })

  expect(during).toContainEqual({ backend_flush_after: '256kB' })
  expect(await readSetting()).toEqual([{ backend_flush_after: '0' }])
})

test('a reader that never ends is named, and nothing of the step is done', async () => {
  await other.query('BEGIN')
  await other.query('SELECT FROM public.integrations')
  await other.query('SELECT pg_sleep(1.1)')

  const applying = createMigration(connection, { limits: { lockAttempts: 2 } }).apply()

  await expect(applying).rejects.toThrow(
    /no lock within 2 attempts of 50 ms; the table is used by process \d+ \(ai-ticket-creator-migrate, idle in transaction, in a transaction for 00:00:0\d\)/,
  )
  await other.query('ROLLBACK')
  await createMigration(connection).apply()
  expect(await createMigration(connection).verify()).toEqual([])
})

test('the plan names a transaction that has been open for long', async () => {
  await other.query('BEGIN')
  await other.query('SELECT 1')
  // The test need not wait for 30 seconds.
  const session: Database = {
    query: (text, values) => connection.query(text.replace("interval '30 seconds'", "interval '0 seconds'"), values),
  }

  const { findings } = await createMigration(session).plan()
  await other.query('ROLLBACK')
  const { findings: later } = await createMigration(session).plan()

  const message = expect.stringMatching(
    /^process \d+ \(ai-ticket-creator-migrate\) has been in a transaction for \d\d:\d\d:\d\d; it delays locks and the building of indexes$/,
  )
  expect(findings).toContainEqual({ level: 'note', message })
  expect(later).not.toContainEqual({ level: 'note', message })
})

test('the pauses between batches end when no other session works, also not in a transaction', async () => {
  const looks: unknown[] = []
  const session: Database = {
    // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- as in the interface
    async query<Row>(text: string, values?: unknown[]) {
      const result = await connection.query<Row & { isAlone?: boolean }>(text, values)
      if (text.includes('pg_stat_replication')) looks.push(result.rows[0]?.isAlone)
      return result
    },
  }
  const migration = createMigration(session)
  const applyAgain = async () => {
    await migration.undo()
    await migration.apply({ to: 'backfill' })
    return looks.at(-1)
  }

  await other.query('BEGIN')
  const withTransaction = await applyAgain()
  await other.query('COMMIT')

  expect(withTransaction).toBe(false)
  // A session works until a second after its last statement; autovacuum may work too.
  await vi.waitUntil(async () => (await applyAgain()) === true, { timeout: 600_000 })
})

test('a second run at the same time is refused with the process of the first', async () => {
  let refused: unknown
  const first = beforeEachStatement(connection, async () => {
    refused ??= await createMigration(other)
      .apply()
      .catch((error: unknown) => error)
  })
  // The first statement takes no lock yet, so the second run is tried in the middle.
  const inTheMiddle = beforeEachStatement(connection, async (text) => {
    if (text.includes('ADD COLUMN IF NOT EXISTS platform_name')) await first.query('SELECT 1')
  })

  await createMigration(inTheMiddle).apply()

  expect(String(refused)).toMatch(/another run is active: process \d+ \(ai-ticket-creator-migrate\), connected since/)
  expect(await createMigration(connection).verify()).toEqual([])
})

test.each(STEP_NAMES)(
  'a connection that is lost in the step %s is an error, and apply continues from there',
  async (step) => {
    const { rows } = await connection.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
    let begun = false
    const onProgress = (event: { readonly type: string; readonly step: string }) => {
      if (event.type === 'started' && event.step === step) begun = true
    }
    const losing = beforeEachStatement(connection, async () => {
      if (begun) await other.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid])
      begun = false
    })

    await expect(createMigration(losing, { onProgress }).apply()).rejects.toThrow(/terminat|connection/i)
    await createMigration(other).apply()

    expect(await createMigration(other).verify()).toEqual([])
  },
)

test('the locks that each step takes are those that pg_locks shows', async () => {
  const { steps } = await createMigration(connection).apply()

  const text = steps.map(({ step, locks }) =>
    [step, ...locks.map(({ relation, mode }) => `${relation} ${mode}`)].join(': '),
  )
  expect(text).toMatchInlineSnapshot(`
    [
      "expand: integrations AccessExclusiveLock",
      "sync: integrations AccessExclusiveLock: integrations ShareRowExclusiveLock",
      "backfill: integrations RowExclusiveLock: integrations ShareUpdateExclusiveLock",
      "checks: integrations AccessExclusiveLock",
      "validate: integrations ShareUpdateExclusiveLock",
      "not-null: integrations AccessExclusiveLock",
      "reconcile: integrations ShareRowExclusiveLock",
      "indexes: integrations ShareUpdateExclusiveLock",
      "tickets-columns: tickets AccessExclusiveLock: tickets ShareRowExclusiveLock",
      "tickets-names: tickets ShareUpdateExclusiveLock",
      "tickets-constraints: integrations RowShareLock: organizations RowShareLock: integrations ShareRowExclusiveLock: organizations ShareRowExclusiveLock: tickets ShareRowExclusiveLock: tickets ShareUpdateExclusiveLock",
      "view",
      "retire: integrations AccessExclusiveLock: tickets AccessExclusiveLock: integrations ShareRowExclusiveLock: tickets ShareRowExclusiveLock",
      "contract: integrations AccessExclusiveLock: tickets AccessExclusiveLock: tickets ShareUpdateExclusiveLock",
    ]
  `)
})
