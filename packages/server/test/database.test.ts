import { createApp } from '@ai-ticket-creator/reference-api'
import {
  createSqlStore,
  createSqlUserDirectory,
  createToken,
  listTokens,
  openPostgresql,
  revokeToken,
  schemaDown,
  schemaStatus,
  schemaUp,
} from '@ai-ticket-creator/server'
import { currentServer } from '@ai-ticket-creator/test-postgresql'
import { type KyselyPlugin, sql } from 'kysely'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { resetRows, someSecrets } from './database.ts'
import { openDatabase } from './open-database.ts'

// One database for all tests here: it takes seconds to create.
const database = await openDatabase()
const db = database.sql
await schemaUp(db)

beforeEach(() => resetRows(db))
afterAll(() => database.close())

const owner = { organization: 'Acme', email: 'agent@acme.test', name: 'CI' }

const appOf = () =>
  createApp({
    generation: 'transitional',
    store: createSqlStore(database, someSecrets()),
    users: createSqlUserDirectory(db),
    newId: () => crypto.randomUUID(),
  })

const call = async (app: ReturnType<typeof appOf>, token: string, path: string, body?: object) => {
  const response = await app.fetch(
    new Request(`http://localhost/api/v1${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }),
  )
  return { status: response.status, text: await response.text() }
}

const credentials = { api_key: 'canary-key', email: 'a@acme.test', api_token: 'canary-token' }
const anIntegration = { name: 'Jira', integration_type: 'jira', credentials, webhook_secret: 'canary-secret' }

test('a token gives access to the rows of its organization, and a revoked token to none', async () => {
  const { id, token } = await createToken(db, owner)
  const other = await createToken(db, { ...owner, organization: 'Other' })
  const app = appOf()

  expect((await call(app, token, '/integrations/', anIntegration)).status).toBe(200)
  expect(JSON.parse((await call(app, token, '/integrations/')).text)).toHaveLength(1)
  expect(JSON.parse((await call(app, other.token, '/integrations/')).text)).toEqual([])
  await revokeToken(db, id)
  expect((await call(app, token, '/integrations/')).status).toBe(401)
})

test('the list of tokens shows whom they are for, and no token', async () => {
  const { id, token } = await createToken(db, owner)

  const tokens = await listTokens(db)

  expect(tokens).toEqual([
    {
      id,
      name: 'CI',
      organization: 'Acme',
      email: 'agent@acme.test',
      created_at: expect.any(String),
      revoked_at: null,
    },
  ])
  const { rows } = await sql`select * from server_tokens`.execute(db)
  expect(JSON.stringify([tokens, rows])).not.toContain(token)
})

test('a second token of a user uses the same organization and user', async () => {
  await createToken(db, owner)
  const { rows } = await sql<{ id: string }>`select id from organizations where name = 'Acme'`.execute(db)
  await createToken(db, { ...owner, organization: rows[0]?.id ?? '' })

  const users = await sql`select id from users where email = 'agent@acme.test'`.execute(db)
  expect([rows.length, users.rows.length]).toEqual([1, 1])
})

test('tokens that are created at the same time share one new organization and user', async () => {
  await Promise.all(Array.from({ length: 4 }, () => createToken(db, owner)))

  const organizations = await sql`select id from organizations where name = 'Acme'`.execute(db)
  const users = await sql`select id from users where email = 'agent@acme.test'`.execute(db)
  expect([organizations.rows.length, users.rows.length]).toEqual([1, 1])
  expect(await listTokens(db)).toHaveLength(4)
})

test('an organization that cannot be found by its id, or is not the only one of its name, is refused', async () => {
  await sql`insert into organizations (id, name) values (gen_random_uuid(), 'Twice'), (gen_random_uuid(), 'Twice')`.execute(
    db,
  )
  const unknown = '99999999-0000-4000-8000-000000000000'

  await expect(createToken(db, { ...owner, organization: 'Twice' })).rejects.toThrow('give the id of one')
  await expect(createToken(db, { ...owner, organization: unknown })).rejects.toThrow('no organization has this id')
  await expect(revokeToken(db, unknown)).rejects.toThrow('no token has this id')
  await expect(revokeToken(db, 'no id')).rejects.toThrow('no token has this id')
})

test('the users of an organization can be assignees, with the names that the database has', async () => {
  const { token } = await createToken(db, owner)
  const users = createSqlUserDirectory(db)
  const caller = await users.authenticate(token)
  const [organizationId, id] = [caller?.organizationId ?? '', caller?.user.id ?? '']

  expect(await users.find(organizationId, id)).toEqual({
    id,
    email: 'agent@acme.test',
    full_name: null,
    display_name: 'agent@acme.test',
    avatar_url: null,
  })
  expect(await users.find('20000000-0000-4000-8000-000000000001', id)).toBeUndefined()
  expect(await users.organizations?.()).toContain(organizationId)
})

test('a PostgreSQL server that cannot be reached is an error of the statement, not of the process', async () => {
  const unreachable = openPostgresql('postgresql://127.0.0.1:1/none', { maxConnections: 1 })

  await expect(schemaStatus(unreachable.sql)).rejects.toThrow('ECONNREFUSED')

  await unreachable.close()
})

test('no secret of an integration is in the database, a reply or a list', async () => {
  const { token } = await createToken(db, owner)
  const app = appOf()

  const created = await call(app, token, '/integrations/', anIntegration)
  const list = await call(app, token, '/integrations/')

  const { rows } = await sql`select * from integrations`.execute(db)
  expect(created.status).toBe(200)
  expect(JSON.stringify([created, list, rows])).not.toContain('canary')
})

test('a write of another application moves the version, and the revision when it changes a setting', async () => {
  const { token } = await createToken(db, owner)
  await call(appOf(), token, '/integrations/', anIntegration)
  const versions = async () =>
    (await sql<object>`select version, revision from integrations where name like 'Jira%'`.execute(db)).rows[0]

  await sql`update integrations set total_requests = 5 where name = 'Jira'`.execute(db)
  expect(await versions()).toEqual({ version: 2, revision: 1 })
  await sql`update integrations set name = 'Jira 2' where name = 'Jira'`.execute(db)
  expect(await versions()).toEqual({ version: 3, revision: 2 })
})

test('no column that may be null has a default, because an insert leaves out null values', async () => {
  const { rows } = await sql`
    select table_name, column_name from information_schema.columns
    where table_name in ('integrations', 'tickets') and is_nullable = 'YES' and column_default is not null`.execute(db)

  expect(rows).toEqual([])
})

test('a row that another application deleted without a time is deleted', async () => {
  const { token } = await createToken(db, owner)
  const app = appOf()
  const { id } = JSON.parse((await call(app, token, '/integrations/', anIntegration)).text) as { id: string }

  await sql`update integrations set is_deleted = true where id = ${id}`.execute(db)

  expect((await call(app, token, `/integrations/${id}`)).status).toBe(404)
})

test('a failed transaction takes no statement of another caller with it', async () => {
  const [started, release] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const failing = db.transaction().execute(async (transaction) => {
    await sql`insert into organizations (id, name) values (gen_random_uuid(), 'lost')`.execute(transaction)
    started.resolve()
    await release.promise
    throw new Error('planned')
  })
  await started.promise
  const other = sql`insert into organizations (id, name) values (gen_random_uuid(), 'acknowledged')`.execute(db)
  release.resolve()

  await expect(failing).rejects.toThrow('planned')
  await other

  const { rows } = await sql<{
    name: string
  }>`select name from organizations where name in ('lost', 'acknowledged')`.execute(db)
  expect(rows).toEqual([{ name: 'acknowledged' }])
})

// On a server 100 000 rows in all; PGlite would take long to insert them.
const ROWS_PER_ORGANIZATION = currentServer() === undefined ? 40 : 340

test('a list is read from its index, and due checks from theirs', async () => {
  await sql`
    insert into organizations (id, name) select gen_random_uuid(), 'Organization ' || n from generate_series(1, 300) n`.execute(
    db,
  )
  await sql`
    insert into integrations (id, organization_id, name, integration_category, platform_name, status, enabled, auth_type,
      connection_test_count, total_requests, successful_requests, failed_requests, current_hour_requests,
      default_priority, sync_enabled, sync_frequency_minutes, environment, monitoring_enabled, alert_on_failure,
      failure_threshold, consecutive_failures, auto_disable_on_error, created_at, updated_at, is_deleted)
    select gen_random_uuid(), organizations.id, 'Row ' || n, 'ticketing', 'jira', 'active', true, 'api_key',
      0, 0, 0, 0, 0, 100, false, 60, 'production', true, true, 3, 0, false,
      now() - n * interval '1 minute', now(), false
    from organizations, generate_series(1, ${ROWS_PER_ORGANIZATION}) n order by random()`.execute(db)
  await sql`
    insert into tickets (id, organization_id, title, description, category, priority, urgency, status, business_impact,
      source_channel, created_by_id, sla_breached, escalation_level, last_activity_at, communication_count, created_at,
      updated_at, is_deleted)
    select gen_random_uuid(), integrations.organization_id, 'Row', '', 'general', 'low', 'low', 'new', 'medium', 'web',
      users.id, false, 0, created_at, 0, integrations.created_at, now(), false
    from integrations, (select id from users limit 1) users`.execute(db)
  await sql`analyze`.execute(db)
  const plans: string[] = []
  const store = createSqlStore({ ...database, sql: db.withPlugin(explain(plans)) }, someSecrets())
  const organizationId = '20000000-0000-4000-8000-000000000001'
  const now = new Date()
  // In the middle of the rows, of which there is one a minute.
  const middle = new Date(now.getTime() - (ROWS_PER_ORGANIZATION / 2) * 60_000)
  const after = { key: middle.toISOString(), id: '99999999-0000-4000-8000-000000000000' }
  const planOf = async (read: () => Promise<unknown>) => {
    plans.length = 0
    await read()
    // The plan of a page follows that of its total, and begins with the limit. Other statements have no limit.
    const plan = plans.find((one) => one.includes('Limit')) ?? plans.join('')
    return plan.slice(Math.max(plan.indexOf('Limit'), 0))
  }

  for (const window of [
    { offset: 0, limit: 20, now },
    { offset: 0, limit: 20, now, after },
  ]) {
    expect(await planOf(() => store.integrations.list(organizationId, {}, window))).toContain('ix_integrations_list')
    expect(await planOf(() => store.tickets.list(organizationId, {}, window))).toContain('ix_tickets_list')
  }
  // Within one organization the other filters and orders need no index of their own.
  const ofOrganization = /ix_(integrations|tickets)_(list|organization_id)/
  const window = { offset: 0, limit: 20, now }
  expect(await planOf(() => store.integrations.list(organizationId, { name: 'x', sort_by: 'name' }, window))).toMatch(
    ofOrganization,
  )
  expect(await planOf(() => store.integrations.findByNameOrPlatform(organizationId, 'x'))).toMatch(ofOrganization)
  expect(await planOf(() => store.tickets.list(organizationId, { q: 'x', sort_by: 'priority' }, window))).toMatch(
    ofOrganization,
  )
  expect(await planOf(() => store.integrations.listDueChecks(after.key))).toContain('ix_integrations_due_checks')
})

/** Replaces each statement by its plan. The store gets no rows. */
const explain = (plans: string[]): KyselyPlugin => ({
  transformQuery: ({ node }) =>
    node.kind === 'RawNode' && 'sqlFragments' in node
      ? { ...node, sqlFragments: node.sqlFragments.map((text, index) => (index === 0 ? `explain ${text}` : text)) }
      : node,
  async transformResult({ result }) {
    const plan = JSON.stringify(result.rows)
    plans.push(plan)
    return { ...result, rows: plan.includes('Aggregate') && !plan.includes('Limit') ? [{ total: 0 }] : [] }
  },
})

test('an index that was there before the schema stays when the schema goes down', async () => {
  const down = async () => {
    // The first step creates the tables that the existing application has too. It stays.
    for (let left = (await schemaStatus(db)).length; left > 1; left--) await schemaDown(db)
  }
  await down()
  // For a large table in use, an operator builds the index before the first start.
  await sql`create index ix_tickets_list on tickets (organization_id, created_at desc, id desc)`.execute(db)

  await schemaUp(db)
  await down()

  const { rows } = await sql<{ readonly name: string }>`
    select indexname as name from pg_indexes where indexname like 'ix%_list'`.execute(db)
  await sql`drop index ix_tickets_list`.execute(db)
  await schemaUp(db)
  expect(rows).toEqual([{ name: 'ix_tickets_list' }])
})

// The last one, because it removes the tables.
test('the schema goes down step by step, and up again', async () => {
  expect((await schemaStatus(db)).map(({ name, appliedAt }) => [name, appliedAt !== undefined])).toEqual([
    ['001-existing-tables', true],
    ['002-own-columns', true],
    ['003-own-tables', true],
    ['004-settings', true],
    ['005-deprecations', true],
  ])

  expect(await schemaDown(db)).toEqual(['005-deprecations'])
  expect(await schemaDown(db)).toEqual(['004-settings'])
  expect(await schemaDown(db)).toEqual(['003-own-tables'])
  expect(await schemaDown(db)).toEqual(['002-own-columns'])
  expect(await schemaDown(db)).toEqual(['001-existing-tables'])
  expect(await schemaDown(db)).toEqual([])
  const { rows } =
    await sql`select from pg_tables where schemaname = 'public' and tablename not like 'server%'`.execute(db)
  expect(rows).toHaveLength(0)

  // A table of the existing backend is neither created nor dropped.
  await sql`create table organizations (id uuid primary key, name varchar(255) not null)`.execute(db)
  expect(await schemaUp(db)).toHaveLength(5)
  expect(await schemaUp(db)).toEqual([])
  for (let steps = 0; steps < 5; steps++) await schemaDown(db)
  const left = await sql<{
    name: string
  }>`select tablename as name from pg_tables where tablename = 'organizations'`.execute(db)
  expect(left.rows).toEqual([{ name: 'organizations' }])

  // A step that fails is reported and rolled back.
  await sql`create view tickets as select 1 as one`.execute(db)
  await expect(schemaUp(db)).rejects.toThrow('tickets')
  expect((await schemaStatus(db)).filter(({ appliedAt }) => appliedAt !== undefined)).toEqual([])
})
