import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Connection, createMigration } from '../src/index.ts'
import { createLegacyTables, insertIntegration, insertTicket, ORGANIZATIONS } from './legacy-tables.ts'
import { openDatabase } from './open-database.ts'

let database: Connection
beforeAll(async () => {
  database = await openDatabase()
})
afterAll(() => database.close())

beforeEach(async () => {
  for (const statement of [
    ...createLegacyTables({ storage: 'values', isEnabled: true }),
    insertIntegration({ name: 'Support', description: '', organization: 'A' }),
    insertIntegration({ name: 'Sales', description: '', organization: 'B', type: 'jira' }),
    insertTicket({ title: '1', name: 'Support', creator: 'A' }),
    insertTicket({ title: '2', name: 'Sales', creator: 'B' }),
  ])
    await database.query(statement)
})

test('the row security of the tables applies to readers of the views', async () => {
  for (const statement of [
    'CREATE ROLE report',
    'GRANT USAGE ON SCHEMA public TO report',
    'GRANT SELECT ON public.integrations, public.tickets TO report',
    'ALTER TABLE public.integrations ENABLE ROW LEVEL SECURITY',
    `CREATE POLICY of_a ON public.integrations TO report USING (organization_id = '${ORGANIZATIONS.A}')`,
    'ALTER TABLE public.tickets ENABLE ROW LEVEL SECURITY',
    "CREATE POLICY first ON public.tickets TO report USING (title = '1')",
  ])
    await database.query(statement)
  await createMigration(database).apply({ to: 'view' })

  await database.query('SET ROLE report')
  const integrations = await database.query('SELECT name, integration_type FROM public.integrations_legacy')
  const tickets = await database.query('SELECT title, integration_routing FROM public.tickets_legacy')
  await database.query('RESET ROLE')
  await createMigration(database).undo()
  for (const statement of ['DROP POLICY of_a ON public.integrations', 'DROP POLICY first ON public.tickets'])
    await database.query(statement)
  await database.query('DROP OWNED BY report')
  await database.query('DROP ROLE report')

  expect(integrations.rows).toEqual([{ name: 'Support', integration_type: 'zoom' }])
  expect(tickets.rows).toEqual([{ title: '1', integration_routing: 'Support' }])
})
