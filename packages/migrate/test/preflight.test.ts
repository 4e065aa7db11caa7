import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Connection, createMigration, MigrationRefusedError } from '../src/index.ts'
import { createLegacyTables, insertLegacy, readCatalog } from './legacy-tables.ts'
import { openDatabase } from './open-database.ts'

let database: Connection
beforeAll(async () => {
  database = await openDatabase()
})
afterAll(() => database.close())

const create = async (moreTypes: readonly string[] = []) => {
  for (const statement of createLegacyTables({ storage: 'names', isEnabled: false, moreTypes }))
    await database.query(statement)
}
beforeEach(() => create())

const stops = async () =>
  (await createMigration(database).plan()).findings
    .filter(({ level }) => level === 'stop')
    .map(({ message }) => message)
const notes = async () =>
  (await createMigration(database).plan()).findings
    .filter(({ level }) => level === 'note')
    .map(({ message }) => message)

test('a type without a platform stops the migration before it changes anything', async () => {
  await create(['pagerduty'])
  const id = '11111111-1111-4111-8111-111111111111'
  await database.query(insertLegacy({ type: 'PAGERDUTY', status: 'ACTIVE', id }))
  const before = await readCatalog(database)

  const refusal = createMigration(database).apply()

  await expect(refusal).rejects.toBeInstanceOf(MigrationRefusedError)
  await expect(refusal).rejects.toThrow(
    `1 integrations have the type PAGERDUTY, which the migration cannot map to a platform (${id}); give them another type or delete their rows, then run plan again`,
  )
  expect(await readCatalog(database)).toEqual(before)
})

test('of many rows without a platform the message names three', async () => {
  await create(['pagerduty'])
  const ids = [1, 2, 3, 4].map((digit) => `00000000-0000-4000-8000-00000000000${digit}`)
  for (const id of ids) await database.query(insertLegacy({ type: 'PAGERDUTY', status: 'ACTIVE', id }))

  expect(await stops()).toEqual([
    `4 integrations have the type PAGERDUTY, which the migration cannot map to a platform (${ids.slice(0, 3).join(', ')}, …); give them another type or delete their rows, then run plan again`,
  ])
})

test('a label that no row uses does not stop the migration', async () => {
  await create(['pagerduty'])

  expect(await stops()).toEqual([])
})

test.each([
  ['DROP TABLE public.integrations', 'there is no table "public"."integrations"; give the schema with --schema'],
  [
    'ALTER TABLE public.integrations DROP COLUMN integration_type',
    '"public"."integrations" has no column integration_type; it may have been migrated already',
  ],
  [
    'ALTER TABLE public.integrations ADD COLUMN enabled boolean',
    '"public"."integrations" already has enabled, which this command did not add; undo the other migration first, or rename these columns',
  ],
  [
    'ALTER TABLE public.integrations ALTER COLUMN integration_type TYPE text',
    'integration_type of "public"."integrations" must be enums, as the backend creates them',
  ],
])('after %s the migration refuses to start', async (statement, message) => {
  await database.query(statement)

  expect(await stops()).toEqual([message])
})

test('a role without rights is named with the rights that it lacks', async () => {
  await database.query('CREATE ROLE reader')
  await database.query('GRANT SELECT ON public.integrations TO reader')
  await database.query('GRANT USAGE ON SCHEMA public TO reader')
  await database.query('SET ROLE reader')

  const found = await stops()

  await database.query('RESET ROLE')
  await database.query('DROP OWNED BY reader')
  await database.query('DROP ROLE reader')
  expect(found).toEqual([
    'the role reader lacks membership in the owner of "public"."integrations", membership in the owner of "public"."tickets", REFERENCES on "public"."organizations", CREATE on the database, CREATE on the schema public',
  ])
})

test('the rights that the README lists are enough for all steps and the way back', async () => {
  await database.query('DROP SCHEMA public CASCADE')
  for (const statement of createLegacyTables({ storage: 'values', isEnabled: true }).slice(2))
    await database.query(statement)
  for (const statement of [
    'CREATE ROLE application',
    'CREATE ROLE migrator',
    'GRANT application TO migrator',
    'GRANT CREATE, USAGE ON SCHEMA public TO migrator, application',
    'ALTER TABLE public.integrations OWNER TO application',
    'ALTER TABLE public.tickets OWNER TO application',
    'GRANT SELECT, REFERENCES ON public.organizations, public.users, public.alembic_version TO application',
    insertLegacy({ type: 'jira', status: 'active', isEnabled: true }),
  ])
    await database.query(statement)
  const { rows } = await database.query<{ name: string }>('SELECT current_database() AS name')
  await database.query(`GRANT CREATE ON DATABASE "${rows[0]?.name}" TO migrator`)
  const before = await readCatalog(database)
  await database.query('SET ROLE migrator')

  const migration = createMigration(database)
  await migration.apply()
  const problems = await migration.verify()
  await migration.undo()

  await database.query('RESET ROLE')
  const after = await readCatalog(database)
  for (const role of ['migrator', 'application']) {
    await database.query(`REASSIGN OWNED BY ${role} TO CURRENT_USER`)
    await database.query(`DROP OWNED BY ${role}`)
    await database.query(`DROP ROLE ${role}`)
  }
  expect(problems).toEqual([])
  expect(after).toEqual(before)
})

test('row security that hides rows from the role stops the migration', async () => {
  for (const statement of [
    'CREATE ROLE tenant',
    'GRANT ALL ON ALL TABLES IN SCHEMA public TO tenant',
    'GRANT CREATE, USAGE ON SCHEMA public TO tenant',
    'ALTER TABLE public.integrations OWNER TO tenant',
    'ALTER TABLE public.tickets OWNER TO tenant',
    'ALTER TABLE public.tickets ENABLE ROW LEVEL SECURITY',
    'ALTER TABLE public.tickets FORCE ROW LEVEL SECURITY',
    'SET ROLE tenant',
  ])
    await database.query(statement)

  const found = await stops()

  await database.query('RESET ROLE')
  await database.query('REASSIGN OWNED BY tenant TO CURRENT_USER')
  await database.query('DROP OWNED BY tenant')
  await database.query('DROP ROLE tenant')
  expect(found).toEqual([
    'the role tenant lacks the right to see every row of "public"."tickets", which has row security (ALTER TABLE … NO FORCE ROW LEVEL SECURITY, or BYPASSRLS), CREATE on the database',
  ])
})

test('tickets that another migration has begun to change stop the migration', async () => {
  await database.query('ALTER TABLE public.tickets ADD COLUMN integration_id uuid')

  expect(await stops()).toEqual([
    '"public"."tickets" already has integration_id beside integration_routing, which this command did not add; undo the other migration first, or rename the column',
  ])
})

test('a view on the name in tickets prevents contract and nothing else', async () => {
  await database.query('CREATE VIEW public.report AS SELECT integration_routing FROM public.tickets')
  const migration = createMigration(database)
  const found = await notes()

  await expect(migration.apply()).rejects.toThrow(
    'contract cannot start: 1 views use integration_routing; point them to tickets_legacy and run apply again (plan lists them)',
  )
  expect(found).toContain(
    'the view public.report uses integration_routing; change it to read tickets_legacy before the step contract',
  )
})

test('the plan notes duplicate names, views and functions that use old columns, and what else is missing', async () => {
  await database.query(insertLegacy({ type: 'JIRA', status: 'ACTIVE', name: 'Jira' }))
  await database.query(insertLegacy({ type: 'JIRA', status: 'ACTIVE', name: 'Jira' }))
  await database.query('CREATE VIEW public.report AS SELECT integration_type FROM public.integrations')
  await database.query(
    "CREATE FUNCTION public.kinds() RETURNS bigint LANGUAGE sql AS 'SELECT count(integration_type) FROM public.integrations'",
  )

  expect(await notes()).toEqual([
    'the view public.report uses the old columns; change it to read integrations_legacy before the step contract',
    'the function public.kinds() names old columns; change it before the step retire',
    '1 names belong to several integrations; a ticket with such a name is not linked until you choose (see the command names)',
    expect.stringMatching(/^2 integrations, \d MB; expect about 1 s for the backfill and \d MB more on disk$/),
    '0 tickets, 0 with the name of an integration; expect about 0 s for their ids',
    'the current application also needs "organization_id", "credentials_encrypted", "webhook_secret_encrypted", "last_activation_at", "activation_method", which this migration does not add',
  ])
})

test('the plan notes that the server has fewer files of WAL than the migration needs', async () => {
  await database.query('ALTER TABLE public.integrations ALTER COLUMN notes SET STORAGE PLAIN')
  await database.query(insertLegacy({ type: 'JIRA', status: 'ACTIVE' }))
  const before = await notes()
  // 5200 pages of 8 KB.
  await database.query(
    `INSERT INTO public.integrations (id, name, integration_type, status, auth_type, total_requests, default_priority, sync_enabled, environment, created_at, updated_at, is_deleted, notes)
      SELECT gen_random_uuid(), 'Large ' || n, 'JIRA', 'ACTIVE', 'api_key', 0, 0, true, 'production', now(), now(), false, repeat('x', 7800) FROM generate_series(1, 5200) AS n`,
  )

  expect(before.join()).not.toContain('WAL')
  expect(await notes()).toContainEqual(
    expect.stringMatching(
      /^the migration writes about \d{2,3} MB of WAL, and the server keeps files for 80 MB, the smaller of min_wal_size and max_wal_size; PostgreSQL creates the other files while commits wait, about 0.1 s for each 16 MB; set both to at least \d{2,3}MB some days before$/,
    ),
  )
})

test('a view on an old column prevents contract and nothing else', async () => {
  await database.query('CREATE VIEW public.report AS SELECT integration_type FROM public.integrations')
  const migration = createMigration(database)

  await expect(migration.apply()).rejects.toThrow(
    'contract cannot start: 1 views use the old columns; point them to integrations_legacy and run apply again (plan lists them)',
  )
  await database.query(
    'CREATE OR REPLACE VIEW public.report AS SELECT integration_type FROM public.integrations_legacy',
  )
  await migration.apply()

  expect(await migration.verify()).toEqual([])
})

test('an unknown step is refused with the names of the steps', async () => {
  await expect(createMigration(database).apply({ to: 'everything' })).rejects.toThrow(
    'there is no step everything; the steps are expand, sync, backfill,',
  )
})

test('verify names every kind of row that is wrong', async () => {
  await database.query(insertLegacy({ type: 'JIRA', status: 'ACTIVE' }))
  const migration = createMigration(database)
  await migration.apply({ to: 'view' })
  await database.query('ALTER TABLE public.integrations DISABLE TRIGGER ai_ticket_creator_sync_update')
  await database.query("UPDATE public.integrations SET platform_name = 'slack', enabled = false")

  expect(await migration.verify()).toEqual([
    '1 of the 2 triggers on integrations are missing or disabled',
    '1 integrations have a platform_name that is not their integration_type',
    '1 integrations have a category that is not the one of their platform',
    '1 integrations have a value of enabled that differs from the old columns',
    '1 integrations are inactive and enabled, or disabled with another status',
  ])
})

const addTrigger = async (column: string, table = 'integrations') => {
  await database.query(
    `CREATE FUNCTION public.note_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.notes := NEW.${column}::text; RETURN NEW; END'`,
  )
  await database.query(
    `CREATE TRIGGER note_change BEFORE UPDATE ON public.${table} FOR EACH ROW EXECUTE FUNCTION public.note_change()`,
  )
}

test('a trigger that uses an old column prevents retire, because every write would fail after it', async () => {
  await addTrigger('integration_type')
  const migration = createMigration(database)

  await expect(migration.apply()).rejects.toThrow(
    'retire cannot start: 1 triggers on "public"."integrations" run functions that use at least one of integration_type, is_enabled; without it every write would fail; change or drop them, and run apply again',
  )
  await database.query('DROP TRIGGER note_change ON public.integrations')
  await migration.apply()
})

test('a trigger of the new backend prevents the end of undo, because every write of old clients would fail', async () => {
  const migration = createMigration(database)
  await migration.apply({ to: 'expand' })
  // As a quoted name, which PostgreSQL prints for some columns.
  await addTrigger('"platform_name"')

  await expect(migration.undo()).rejects.toThrow(
    'expand cannot be undone: 1 triggers on "public"."integrations" run functions that use at least one of integration_category, platform_name, enabled; without it every write would fail; drop them (those of the new backend with `ai-ticket-creator-server schema down`), and run undo again',
  )
  await database.query('DROP TRIGGER note_change ON public.integrations')
  await migration.undo()
})

test('a trigger on tickets that uses the new column prevents the undo of that column', async () => {
  const migration = createMigration(database)
  await migration.apply({ to: 'tickets-columns' })
  await addTrigger('integration_id', 'tickets')

  await expect(migration.undo()).rejects.toThrow(
    /^tickets-columns cannot be undone: 1 triggers on "public"."tickets" run functions that use .*integration_id.*; change or drop these triggers, and run undo again$/,
  )
  await database.query('DROP TRIGGER note_change ON public.tickets')
  await migration.undo()
})
