import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Connection, createMigration, STEP_NAMES } from '../src/index.ts'
import { createLegacyTables, insertLegacy, type LegacyTables, readCatalog } from './legacy-tables.ts'
import { openDatabase } from './open-database.ts'

let database: Connection
beforeAll(async () => {
  database = await openDatabase()
})
afterAll(() => database.close())

const STORAGES: readonly LegacyTables[] = [
  { storage: 'values', isEnabled: true },
  { storage: 'names', isEnabled: false },
  { storage: 'values', isEnabled: false },
  { storage: 'names', isEnabled: true },
]

async function prepare(tables: LegacyTables, statements: readonly string[] = []) {
  for (const statement of [...createLegacyTables(tables), ...statements]) await database.query(statement)
  return createMigration(database)
}

const label = ({ storage }: LegacyTables, value: string) => (storage === 'names' ? value.toUpperCase() : value)

describe.each(STORAGES)('enums stored as $storage, is_enabled $isEnabled', (tables) => {
  const row = (type: string, status: string, isEnabled: boolean) =>
    insertLegacy({ type: label(tables, type), status: label(tables, status), ...(tables.isEnabled && { isEnabled }) })
  const rows = [row('jira', 'active', true), row('slack', 'inactive', true), row('github', 'error', false)]

  test('all steps move the rows to the new columns', async () => {
    const migration = await prepare(tables, rows)

    await migration.apply()

    const { rows: moved } = await database.query(
      'SELECT platform_name, integration_category, enabled, lower(status::text) AS status FROM public.integrations ORDER BY platform_name',
    )
    expect(await migration.verify()).toEqual([])
    expect(moved).toEqual([
      tables.isEnabled
        ? { platform_name: 'github', integration_category: 'code_repository', enabled: false, status: 'inactive' }
        : { platform_name: 'github', integration_category: 'code_repository', enabled: true, status: 'error' },
      { platform_name: 'jira', integration_category: 'ticketing', enabled: true, status: 'active' },
      { platform_name: 'slack', integration_category: 'messaging', enabled: false, status: 'inactive' },
    ])
  })

  // The statements of the earlier steps differ little between the storages, so only one storage is undone from every step.
  const places = tables === STORAGES[0] ? STEP_NAMES : ['retire', 'contract']
  test.each(places)('undo after %s restores the rows and the catalog', async (step) => {
    const migration = await prepare(tables, rows)
    const before = { catalog: await readCatalog(database), rows: await readRows(tables) }

    await migration.apply({ to: step })
    const problems = await migration.verify()
    await migration.undo()

    expect(problems).toEqual([])
    expect({ catalog: await readCatalog(database), rows: await readRows(tables) }).toEqual(before)
  })
})

const readRows = async ({ isEnabled }: LegacyTables) =>
  (
    await database.query(
      `SELECT id, name, integration_type, status${isEnabled ? ', is_enabled' : ''} FROM public.integrations ORDER BY id`,
    )
  ).rows
