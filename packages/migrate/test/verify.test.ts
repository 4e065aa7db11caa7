import { afterAll, beforeAll, expect, test } from 'vitest'
import { createProgress } from '../src/cli/progress.ts'
import { type Connection, createMigration } from '../src/index.ts'
import { createLegacyTables, insertLegacy } from './legacy-tables.ts'
import { openDatabase } from './open-database.ts'

let database: Connection
beforeAll(async () => {
  database = await openDatabase()
})
afterAll(() => database.close())

const table = 'public.integrations'

test.each([
  ['expand', `ALTER TABLE ${table} DROP COLUMN enabled`, 'integrations lacks 1 of its new columns'],
  [
    'sync',
    `DROP TRIGGER ai_ticket_creator_sync_insert ON ${table}`,
    '1 of the 2 triggers on integrations are missing or disabled',
  ],
  [
    'backfill',
    `UPDATE ${table} SET platform_name = NULL, integration_category = NULL`,
    '1 integrations have no new values yet',
  ],
  [
    'checks',
    `ALTER TABLE ${table} DROP CONSTRAINT ai_ticket_creator_enabled_not_null`,
    '1 of the checks on the new columns are missing or not validated',
  ],
  [
    'not-null',
    `ALTER TABLE ${table} ALTER COLUMN enabled DROP NOT NULL`,
    '1 of the new columns of integrations allow null',
  ],
  ['indexes', 'DROP INDEX public.ix_integrations_enabled', '1 of the new indexes are missing or invalid'],
  ['view', 'DROP VIEW public.integrations_legacy', 'the view integrations_legacy is missing'],
  [
    'retire',
    `ALTER TABLE ${table} RENAME COLUMN retired_integration_type TO integration_type`,
    'integrations still has the column integration_type',
  ],
  [
    'contract',
    `ALTER TABLE ${table} ADD COLUMN retired_integration_type text`,
    'integrations still has the old columns',
  ],
])('verify after %s finds the effect of %s', async (step, statement, problem) => {
  for (const one of createLegacyTables({ storage: 'values', isEnabled: true })) await database.query(one)
  await database.query(insertLegacy({ type: 'jira', status: 'active', isEnabled: true }))
  const migration = createMigration(database)
  await migration.apply({ to: step })
  // The triggers would repair what is broken here.
  await database.query("SET session_replication_role TO 'replica'")
  await database.query(statement)
  await database.query('RESET session_replication_role')

  expect(await migration.verify()).toContain(problem)
})

test('contract does not start while a row is wrong', async () => {
  for (const one of createLegacyTables({ storage: 'values', isEnabled: true })) await database.query(one)
  await database.query(insertLegacy({ type: 'jira', status: 'active', isEnabled: true }))
  const migration = createMigration(database)
  await migration.apply({ to: 'retire' })
  await database.query("SET session_replication_role TO 'replica'")
  await database.query(`UPDATE ${table} SET enabled = false`)
  await database.query('RESET session_replication_role')

  await expect(migration.apply()).rejects.toThrow(
    'contract cannot start: 1 integrations have a value of enabled that differs from the old columns; 1 integrations are inactive and enabled, or disabled with another status',
  )
})

test('a long step reports its speed and the time left once a second', () => {
  const lines: string[] = []
  let now = 0
  const progress = createProgress({ write: (line) => lines.push(line) }, () => now)

  progress({ type: 'started', step: 'backfill', direction: 'apply' })
  for (let rows = 1000; rows <= 6000; rows += 1000) {
    now += 400
    progress({ type: 'rows', step: 'backfill', rows, total: 10_000 })
  }
  progress({ type: 'finished', step: 'backfill', direction: 'apply' })

  expect(lines).toEqual([
    'apply backfill\n',
    '  3000 of 10000 rows, 2500 rows/s, 3 s left\n',
    '  6000 of 10000 rows, 2500 rows/s, 2 s left\n',
    'apply backfill done in 2.4 s\n',
  ])
})
