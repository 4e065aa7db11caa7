import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type Connection, createMigration } from '../src/index.ts'
import { createLegacyTables, insertCurrent, insertLegacy } from './legacy-tables.ts'
import { openDatabase } from './open-database.ts'

let database: Connection
beforeAll(async () => {
  database = await openDatabase()
})
afterAll(() => database.close())

async function prepare(step: string, storage: 'names' | 'values' = 'values', isEnabled = true) {
  for (const statement of createLegacyTables({ storage, isEnabled })) await database.query(statement)
  await createMigration(database).apply({ to: step })
}

afterEach(() => database.query('TRUNCATE public.integrations'))

const columns = 'integration_type AS type, platform_name AS platform, integration_category AS category, status, enabled'
const read = async () => (await database.query(`SELECT ${columns}, is_enabled FROM public.integrations`)).rows
const update = (set: string) => database.query(`UPDATE public.integrations SET ${set}`)

describe('while both sides write', () => {
  beforeAll(() => prepare('sync'))

  test('an insert of the old application fills the new columns', async () => {
    await database.query(insertLegacy({ type: 'zoom', status: 'active', isEnabled: false }))

    expect(await read()).toEqual([
      {
        type: 'zoom',
        platform: 'zoom',
        category: 'communication',
        status: 'active',
        enabled: false,
        is_enabled: false,
      },
    ])
  })

  test('an insert that leaves is_enabled to its former default is enabled', async () => {
    await database.query(insertLegacy({ type: 'zoom', status: 'active' }))

    expect(await read()).toMatchObject([{ enabled: true, is_enabled: true }])
  })

  test('an insert of the new application fills the old columns', async () => {
    await database.query(
      insertCurrent({ platform: 'asana', category: 'project_management', status: 'active', enabled: false }),
    )

    expect(await read()).toEqual([
      {
        type: 'asana',
        platform: 'asana',
        category: 'project_management',
        status: 'active',
        enabled: false,
        is_enabled: false,
      },
    ])
  })

  test('an update of one side changes the other', async () => {
    await database.query(insertLegacy({ type: 'zoom', status: 'active', isEnabled: true }))

    await update("integration_type = 'sms', is_enabled = false")
    const afterOld = await read()
    await update("platform_name = 'hubspot', integration_category = 'crm', enabled = true")

    expect(afterOld).toMatchObject([{ platform: 'sms', category: 'communication', enabled: false }])
    expect(await read()).toMatchObject([{ type: 'hubspot', category: 'crm', enabled: true, is_enabled: true }])
  })

  test('a platform without its category gets the category', async () => {
    await database.query(insertLegacy({ type: 'zoom', status: 'active', isEnabled: true }))

    await update("platform_name = 'github'")

    expect(await read()).toMatchObject([{ type: 'github', category: 'code_repository' }])
  })

  test.each([
    [
      "integration_type = 'sms', platform_name = 'jira'",
      'integration_type sms and platform_name jira disagree; write one of them',
    ],
    [
      "platform_name = 'linear'",
      'platform_name linear has no integration_type, so old clients could not read this row',
    ],
    ["integration_category = 'crm'", 'integration_category crm is not the category of zoom'],
  ])('an update of %s is refused', async (set, message) => {
    await database.query(insertLegacy({ type: 'zoom', status: 'active', isEnabled: true }))

    await expect(update(set)).rejects.toMatchObject({ message, code: '23514', constraint: 'ai_ticket_creator_sync' })
  })

  test('an insert whose is_enabled and enabled disagree is refused', async () => {
    const insert = insertLegacy({ type: 'zoom', status: 'active', isEnabled: true })
      .replace('is_enabled)', 'is_enabled, enabled)')
      .replace('true)', 'true, false)')

    await expect(database.query(insert)).rejects.toThrow('is_enabled t and enabled f disagree; write one of them')
  })
})

describe('after status and enabled agree', () => {
  beforeAll(() => prepare('reconcile'))

  test.each([
    { set: "status = 'inactive'", status: 'inactive', enabled: false },
    { set: "status = 'error'", status: 'error', enabled: true },
    { set: 'enabled = false', status: 'inactive', enabled: false },
    { set: 'is_enabled = false', status: 'inactive', enabled: false },
    { set: "status = 'inactive', enabled = false", status: 'inactive', enabled: false },
  ])('an active integration that is written with $set is $status', async ({ set, status, enabled }) => {
    await database.query(insertLegacy({ type: 'zoom', status: 'active', isEnabled: true }))

    await update(set)

    expect(await read()).toMatchObject([{ status, enabled, is_enabled: enabled }])
  })

  test.each([
    { set: "status = 'active'", status: 'active' },
    { set: 'enabled = true', status: 'active' },
    { set: "status = 'pending', enabled = true", status: 'pending' },
  ])('an inactive integration that is written with $set is $status', async ({ set, status }) => {
    await database.query(insertLegacy({ type: 'zoom', status: 'inactive', isEnabled: false }))

    await update(set)

    expect(await read()).toMatchObject([{ status, enabled: true, is_enabled: true }])
  })

  test('an inactive integration that is inserted as enabled is disabled', async () => {
    await database.query(insertLegacy({ type: 'zoom', status: 'inactive', isEnabled: true }))

    expect(await read()).toMatchObject([{ status: 'inactive', enabled: false, is_enabled: false }])
  })

  test('undo gives a reconciled row its old pair, unless it was written since', async () => {
    await createMigration(database).undo({ to: 'not-null' })
    await database.query(insertLegacy({ type: 'zoom', status: 'error', isEnabled: false, name: 'untouched' }))
    await database.query(insertLegacy({ type: 'zoom', status: 'error', isEnabled: false, name: 'written' }))
    await createMigration(database).apply({ to: 'reconcile' })
    await database.query("UPDATE public.integrations SET enabled = true WHERE name = 'written'")

    await createMigration(database).undo({ to: 'not-null' })

    const { rows } = await database.query('SELECT name, status, is_enabled FROM public.integrations ORDER BY name')
    expect(rows).toEqual([
      { name: 'untouched', status: 'error', is_enabled: false },
      { name: 'written', status: 'active', is_enabled: true },
    ])
  })
})

describe('without is_enabled', () => {
  beforeAll(() => prepare('sync', 'names', false))
  const readNames = async () =>
    (await database.query('SELECT integration_type AS type, status, enabled FROM public.integrations')).rows

  test('enabled follows the status of the old application', async () => {
    await database.query(insertLegacy({ type: 'JIRA', status: 'ACTIVE' }))
    const inserted = await readNames()
    await update("status = 'INACTIVE'")

    expect(inserted).toEqual([{ type: 'JIRA', status: 'ACTIVE', enabled: true }])
    expect(await readNames()).toEqual([{ type: 'JIRA', status: 'INACTIVE', enabled: false }])
  })

  test('the status follows what the new application writes', async () => {
    await database.query(insertCurrent({ platform: 'jira', category: 'ticketing', status: 'ACTIVE', enabled: true }))

    await update('enabled = false')

    expect(await readNames()).toEqual([{ type: 'JIRA', status: 'INACTIVE', enabled: false }])
  })
})
