import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type Connection, createMigration, type ProgressEvent } from '../src/index.ts'
import { beforeEachStatement } from './before-each-statement.ts'
import { createLegacyTables, insertCurrent, insertLegacy, readCatalog } from './legacy-tables.ts'
import { openDatabase } from './open-database.ts'

let database: Connection
beforeAll(async () => {
  database = await openDatabase()
})
afterAll(() => database.close())

async function prepare(...statements: readonly string[]) {
  for (const statement of [...createLegacyTables({ storage: 'values', isEnabled: true }), ...statements])
    await database.query(statement)
}

const manyRows = (count: number, id: string) =>
  insertLegacy({ type: 'jira', status: 'active', isEnabled: true })
    .replace('gen_random_uuid()', id)
    .replace('VALUES (', 'SELECT ')
    .replace(/\)$/, ` FROM generate_series(1, ${count}) AS number`)

const countUnfilled = async () =>
  (await database.query('SELECT count(*)::int AS count FROM public.integrations WHERE platform_name IS NULL')).rows

test('an empty table is migrated and restored', async () => {
  await prepare()
  const before = await readCatalog(database)
  const migration = createMigration(database)

  await migration.apply()
  const problems = await migration.verify()
  await migration.undo()

  expect(problems).toEqual([])
  expect(await readCatalog(database)).toEqual(before)
})

test('rows are filled in batches, each once', async () => {
  await prepare(manyRows(3000, 'gen_random_uuid()'), 'ANALYZE public.integrations')
  const events: ProgressEvent[] = []
  const onProgress = (event: ProgressEvent) => events.push(event)

  const { steps } = await createMigration(database, { onProgress, limits: { batchRows: 500 } }).apply({
    to: 'backfill',
  })

  const batches = events.filter((event) => event.type === 'rows')
  expect(await countUnfilled()).toEqual([{ count: 0 }])
  expect(steps.find(({ step }) => step === 'backfill')).toMatchObject({ state: 'applied', rows: 3000 })
  expect(batches.length).toBeGreaterThan(5)
  expect(batches.at(-1)).toMatchObject({ rows: 3000, total: 3000 })
})

test.each([
  ['random', 'gen_random_uuid()'],
  ['ordered', "lpad(to_hex(number), 32, '0')::uuid"],
])(
  'a table with %s ids grows little, because most new row versions fit into the pages of the old ones',
  async (_, id) => {
    await prepare(manyRows(3000, id).replace("'Jira'", "repeat('Jira ', 51)"), 'ANALYZE public.integrations')
    const size = async () => {
      const { rows } = await database.query<{ size: number }>(
        "SELECT pg_relation_size('public.integrations')::float8 AS size",
      )
      return rows[0]?.size ?? Number.NaN
    }
    const before = await size()

    await createMigration(database).apply({ to: 'reconcile' })

    expect((await size()) / before).toBeLessThan(1.2)
  },
)

test('rows that a rewrite of the table moves behind the batches are found by a second walk', async () => {
  await prepare(manyRows(3000, 'gen_random_uuid()'))
  let batches = 0
  let ends = 0
  let isRewritten = false
  const session = beforeEachStatement(database, async (text) => {
    if (text.includes('SET platform_name')) batches += 1
    if (text.includes('DELETE FROM') && text.includes('.progress')) ends += 1
    if (batches !== 5 || isRewritten || text !== 'BEGIN') return
    isRewritten = true
    await database.query('VACUUM FULL public.integrations')
  })

  await createMigration(session, { limits: { batchRows: 100 } }).apply({ to: 'backfill' })

  expect(isRewritten).toBe(true)
  // Two walks over the table and the count after them each delete their progress.
  expect(ends).toBe(3)
  expect(await countUnfilled()).toEqual([{ count: 0 }])
})

test('a backfill that was interrupted continues behind the last batch', async () => {
  await prepare(manyRows(3000, 'gen_random_uuid()'))
  const stop = new Error('stopped')
  const onProgress = (event: ProgressEvent) => {
    if (event.type === 'rows' && event.rows >= 1000) throw stop
  }

  await expect(createMigration(database, { onProgress, limits: { batchRows: 500 } }).apply()).rejects.toBe(stop)
  const { steps: before } = await createMigration(database).status()
  const problems = await createMigration(database).verify()
  const { steps: after } = await createMigration(database).apply({ to: 'backfill' })

  const [interrupted, done] = [before, after].map((steps) => steps.find(({ step }) => step === 'backfill'))
  expect(interrupted).toMatchObject({ state: 'applying', finishedAt: null })
  expect(interrupted?.rows).toBeGreaterThanOrEqual(1000)
  expect(problems).toEqual(['backfill was interrupted; run apply or undo again'])
  expect(done).toMatchObject({ state: 'applied', rows: 3000 })
})

test('when all rows have one platform, the plans count it alone and the way back restores it', async () => {
  await prepare(manyRows(300, 'gen_random_uuid()'))
  const migration = createMigration(database)

  await migration.apply()
  const { platforms } = await migration.queryPlans()
  const problems = await migration.verify()
  await migration.undo()

  const { rows } = await database.query('SELECT integration_type, count(*)::int FROM public.integrations GROUP BY 1')
  expect(platforms).toEqual([{ platform: 'jira', integrations: 300 }])
  expect(problems).toEqual([])
  expect(rows).toEqual([{ integration_type: 'jira', count: 300 }])
})

test('rows that clients delete during the backfill do not stop it', async () => {
  await prepare(manyRows(3000, 'gen_random_uuid()'))
  let batches = 0
  const session = beforeEachStatement(database, async (text) => {
    if (text.includes('SET platform_name') && batches++ === 1)
      await database.query('DELETE FROM public.integrations WHERE platform_name IS NULL')
  })

  const { steps } = await createMigration(session, { limits: { batchRows: 500 } }).apply({ to: 'backfill' })

  const { state, rows } = steps.find(({ step }) => step === 'backfill') ?? {}
  expect(state).toBe('applied')
  expect(rows).toBeGreaterThan(0)
  expect(rows).toBeLessThan(3000)
  expect(await countUnfilled()).toEqual([{ count: 0 }])
})

test('a clock that is set back during a step gives it no negative time', async () => {
  await prepare()
  const session = beforeEachStatement(database, async (text) => {
    if (text.includes("SET state = 'applied'"))
      await database.query("UPDATE ai_ticket_creator_migration.steps SET started_at = now() + interval '1 hour'")
  })

  const { steps } = await createMigration(session).apply({ to: 'expand' })

  expect(steps[0]).toMatchObject({ step: 'expand', state: 'applied', seconds: 0 })
})

test('a clock of the machine that jumps by hours, forward and back, delays no batch', async () => {
  await prepare(manyRows(300, 'gen_random_uuid()'))
  let hour = 0
  vi.useFakeTimers({ toFake: ['Date'] })
  const session = beforeEachStatement(database, async () => {
    hour = (hour + 5) % 24
    vi.setSystemTime(new Date(2026, 10, 30, hour))
  })

  await createMigration(session)
    .apply({ to: 'backfill' })
    .finally(() => vi.useRealTimers())

  expect(await countUnfilled()).toEqual([{ count: 0 }])
})

test('rows that appear behind the batches without new values are found by a second walk', async () => {
  await prepare(manyRows(1000, 'gen_random_uuid()'))
  let inserts = 0
  // A replication process writes like this: no trigger runs for it.
  const session = beforeEachStatement(database, async (text) => {
    if (text.includes('SET platform_name') && inserts++ === 1)
      for (const statement of [
        'SET LOCAL session_replication_role TO replica',
        insertLegacy({ type: 'jira', status: 'active', isEnabled: true, id: '00000000-0000-0000-0000-000000000001' }),
        'SET LOCAL session_replication_role TO origin',
      ])
        await database.query(statement)
  })

  await createMigration(session, { limits: { batchRows: 250 } }).apply({ to: 'backfill' })

  expect(await countUnfilled()).toEqual([{ count: 0 }])
})

test('rows that never change end the backfill with a message', async () => {
  await prepare(
    manyRows(10, 'gen_random_uuid()'),
    "CREATE FUNCTION public.keep() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
    'CREATE TRIGGER a_keeps_rows BEFORE UPDATE ON public.integrations FOR EACH ROW EXECUTE FUNCTION public.keep()',
  )

  await expect(createMigration(database).apply()).rejects.toThrow(
    'after 5 walks over "public"."integrations" rows remain that do not change; run verify',
  )
  await createMigration(database).undo()
})

test('an index that a crash left invalid is built again', async () => {
  await prepare()
  await createMigration(database).apply({ to: 'not-null' })
  await database.query('CREATE INDEX ix_integrations_enabled ON public.integrations (enabled)')
  await database.query(
    "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'public.ix_integrations_enabled'::regclass",
  )

  await createMigration(database).apply()

  const { rows } = await database.query(
    "SELECT indisvalid AS valid FROM pg_index WHERE indexrelid = 'public.ix_integrations_enabled'::regclass",
  )
  expect(rows).toEqual([{ valid: true }])
})

test('is_enabled without a default has none after undo, and an insert without it is refused as before', async () => {
  await prepare('ALTER TABLE public.integrations ALTER COLUMN is_enabled DROP DEFAULT')
  const before = await readCatalog(database)
  const migration = createMigration(database)
  await migration.apply({ to: 'sync' })

  await expect(database.query(insertLegacy({ type: 'jira', status: 'active' }))).rejects.toThrow('is_enabled')
  await migration.undo()

  expect(await readCatalog(database)).toEqual(before)
})

test('readers of the table may read the compatibility view, with the old columns', async () => {
  await prepare(
    insertLegacy({ type: 'zoom', status: 'inactive', isEnabled: false }),
    'CREATE ROLE report',
    'GRANT USAGE ON SCHEMA public TO report',
    'GRANT SELECT ON public.integrations TO report',
  )
  await createMigration(database).apply()

  await database.query('SET ROLE report')
  const { rows } = await database.query('SELECT integration_type, is_enabled FROM public.integrations_legacy')
  await database.query('RESET ROLE')
  await createMigration(database).undo()
  await database.query('DROP OWNED BY report')
  await database.query('DROP ROLE report')

  expect(rows).toEqual([{ integration_type: 'zoom', is_enabled: false }])
})

test('a category enum that was there before stays after undo', async () => {
  await prepare(
    "CREATE TYPE public.integrationcategory AS ENUM ('ticketing', 'crm', 'messaging', 'communication', 'project_management', 'code_repository', 'webhook')",
    'DROP TABLE public.alembic_version',
  )
  const migration = createMigration(database)

  await migration.apply()
  const { alembic } = await migration.undo()

  const { rows } = await database.query("SELECT to_regtype('public.integrationcategory') IS NOT NULL AS there")
  expect(rows).toEqual([{ there: true }])
  expect(alembic).toBeNull()
})

test('undo keeps the platform of a row that the old columns cannot hold, until the row is changed', async () => {
  await prepare(insertLegacy({ type: 'jira', status: 'active', isEnabled: true }))
  const before = await readCatalog(database)
  const migration = createMigration(database)
  await migration.apply()
  await database.query(
    insertCurrent({ platform: 'linear', category: 'project_management', status: 'active', enabled: true }),
  )

  await expect(migration.undo()).rejects.toThrow(
    'sync cannot be undone: 1 integrations have a platform that has no integration_type, and would lose it; give them another platform or delete them (SELECT id, platform_name FROM "public"."integrations" WHERE integration_type IS NULL), and run undo again',
  )
  const { rows } = await database.query('SELECT platform_name FROM public.integrations WHERE integration_type IS NULL')
  await database.query("UPDATE public.integrations SET platform_name = 'asana' WHERE integration_type IS NULL")
  await migration.undo()

  const types = await database.query('SELECT integration_type FROM public.integrations ORDER BY integration_type')
  expect(rows).toEqual([{ platform_name: 'linear' }])
  expect(types.rows).toEqual([{ integration_type: 'jira' }, { integration_type: 'asana' }])
  expect(await readCatalog(database)).toEqual(before)
})

test('undo without a migration does nothing', async () => {
  await prepare()

  const { steps } = await createMigration(database).undo()

  expect(new Set(steps.map(({ state }) => state))).toEqual(new Set(['pending']))
})

test('the settings of the session are given back', async () => {
  await prepare()
  await database.query('SET search_path TO public')

  await createMigration(database).plan()

  const { rows } = await database.query('SHOW search_path')
  await database.query('RESET search_path')
  expect(rows).toEqual([{ search_path: 'public' }])
})

test('contract is not undone while the server stores secrets that the existing application cannot read', async () => {
  await prepare(
    insertLegacy({ type: 'jira', status: 'active', isEnabled: true }),
    'CREATE TABLE public.server_settings (name text PRIMARY KEY, value text NOT NULL)',
    "INSERT INTO public.server_settings VALUES ('secret_form', 'aes')",
  )
  const migration = createMigration(database)
  await migration.apply()
  const undo = () => migration.undo({ to: 'retire' })
  const advice = 'run ai-ticket-creator-server rotate-keys --to fernet (or --to plain), and run undo again'

  await expect(undo()).rejects.toThrow(
    `contract cannot be undone: the server stores secrets in a form that the existing application cannot read; ${advice}`,
  )

  // As `rotate-keys` does, while a server process has written once more in its own form.
  await database.query("UPDATE public.server_settings SET value = 'fernet'")
  await database.query("UPDATE public.integrations SET credentials_encrypted = 'AQEx'")
  await expect(undo()).rejects.toThrow(
    `contract cannot be undone: 1 integrations have a secret in credentials_encrypted that the existing application cannot read; ${advice}`,
  )
  await database.query(
    "UPDATE public.integrations SET credentials_encrypted = 'gAAAAABpVzWl', webhook_secret_encrypted = 'AQEx'",
  )
  await expect(undo()).rejects.toThrow(
    `contract cannot be undone: 1 integrations have a secret in webhook_secret_encrypted that the existing application cannot read; ${advice}`,
  )

  await database.query("UPDATE public.integrations SET webhook_secret_encrypted = 'gAAAAABpVzWl'")
  const { steps } = await undo()
  expect(steps.find(({ step }) => step === 'contract')?.state).toBe('pending')
})
