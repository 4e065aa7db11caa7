import { categoryOf, IntegrationCategory, LEGACY_INTEGRATION_TYPES } from '@ai-ticket-creator/domain'
import { expect, test } from 'vitest'
import { createMigration } from '../src/index.ts'
import { createLegacyTables, insertLegacy } from './legacy-tables.ts'
import { openDatabase } from './open-database.ts'

test('every integration_type becomes the platform and category that the domain gives it', async () => {
  const database = await openDatabase()
  for (const statement of createLegacyTables({ storage: 'names', isEnabled: false })) await database.query(statement)
  for (const type of LEGACY_INTEGRATION_TYPES)
    await database.query(insertLegacy({ type: type.toUpperCase(), status: 'ACTIVE' }))

  await createMigration(database).apply()

  const { rows } = await database.query(
    'SELECT platform_name AS platform, integration_category::text AS category FROM public.integrations ORDER BY 1',
  )
  const { rows: labels } = await database.query<{ label: string }>(
    "SELECT enumlabel::text AS label FROM pg_enum WHERE enumtypid = 'public.integrationcategory'::regtype ORDER BY enumsortorder",
  )
  expect(rows).toEqual(
    LEGACY_INTEGRATION_TYPES.toSorted().map((platform) => ({ platform, category: categoryOf(platform) })),
  )
  expect(labels.map(({ label }) => label)).toEqual(Object.values(IntegrationCategory))

  await database.close()
})
