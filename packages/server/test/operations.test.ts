import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createToken } from '@ai-ticket-creator/server'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { parse } from 'yaml'
import { createDeprecationCounter } from '../src/operations/deprecation-counter.ts'
import { openDatabase } from './open-database.ts'
import { createFolders, runCommand, startCommand } from './run-command.ts'

const newFolder = createFolders()

const DATA_FOLDER = newFolder()
const ADMIN_TOKEN = '0123456789abcdef'
const database = await openDatabase()
const db = database.sql
let headers: Readonly<Record<string, string>>
let token: string

beforeAll(async () => {
  await run('schema up')
  token = (await createToken(db, { organization: 'Acme', email: 'agent@acme.test', name: 'nightly job' })).token
  headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' }
})
beforeEach(() =>
  sql`truncate server_audit, server_deprecated_uses, server_consumers`
    .execute(db)
    .then(() => sql`delete from server_settings where name = 'generation'`.execute(db)),
)
afterAll(() => database.close())

const running: Awaited<ReturnType<typeof startCommand>>[] = []
afterEach(() => Promise.all(running.splice(0).map(({ stop }) => stop())))
async function start() {
  const server = await startCommand(database, { DATA_FOLDER, ADMIN_TOKEN, SUNSET: '2027-06-30' })
  running.push(server)
  return server
}

const run = (args: string) => runCommand(args.split(' '), database, { SUNSET: '2027-06-30' })

test('the generation is current, until another one is set; each change is in the audit', async () => {
  expect((await run('generation get')).stdout).toBe('current\n')

  expect(await run('generation set transitional')).toEqual({
    exitCode: 0,
    stdout: 'The generation is transitional.\n',
    stderr: '',
  })
  await run('generation set legacy')

  expect(JSON.parse((await run('generation get --json')).stdout)).toEqual({
    generation: 'legacy',
    changes: [
      { at: expect.any(String), from: 'current', to: 'transitional' },
      { at: expect.any(String), from: 'transitional', to: 'legacy' },
    ],
  })
  expect((await run('generation set newest')).exitCode).toBe(2)
})

test('every process follows the stored generation when it changes and changes back', async () => {
  const servers = [await start(), await start()]
  const generations = () =>
    Promise.all(
      servers.map(async ({ url }) => (await fetch(`${url}/api/v1/integrations/`)).headers.get('API-Generation')),
    )
  expect(await generations()).toEqual(['current', 'current'])

  for (const generation of ['transitional', 'current']) {
    await run(`generation set ${generation}`)
    await vi.waitUntil(async () => (await generations()).every((served) => served === generation), { timeout: 60_000 })
  }
  expect(servers[0]?.lines().filter(({ msg }) => msg === 'generation')).toMatchObject([
    { generation: 'transitional' },
    { generation: 'current' },
  ])
})

test('a stored generation of another version stops the start', async () => {
  await sql`insert into server_settings (name, value) values ('generation', 'future')`.execute(db)

  const { exitCode, stderr } = await runCommand(['start'], database, { DATA_FOLDER })

  expect([exitCode, stderr.split('\n').at(-2)]).toEqual([
    2,
    'the database has a generation that this version does not serve',
  ])
})

test('metrics count requests by endpoint, generation and status, for those with the admin token', async () => {
  await run('generation set transitional')
  const { url } = await start()
  await createLegacy(url)
  await fetch(`${url}/api/v1/integrations/`)

  const refused = [await fetch(`${url}/metrics`), await fetch(`${url}/metrics`, { headers })]
  const metrics = await (await fetch(`${url}/metrics`, { headers: { Authorization: `Bearer ${ADMIN_TOKEN}` } })).text()

  expect(refused.map(({ status }) => status)).toEqual([401, 401])
  expect(metrics).toContain(
    'api_requests_total{endpoint="integrations.create",generation="transitional",status="200"} 1\n',
  )
  expect(metrics).toContain('api_requests_total{endpoint="integrations.list",generation="transitional",status="401"} 1')
  expect(metrics).toContain('api_deprecated_fields_total{endpoint="integrations.create",field="is_enabled"} 1\n')
  expect(metrics).toContain('api_request_duration_seconds_count{endpoint="integrations.create"} 1\n')
  expect(metrics).toContain('api_generation_info{generation="transitional"} 1\n')
  expect(namesInAlerts()).not.toEqual([])
  for (const name of namesInAlerts()) expect(metrics).toContain(`\n${name}{`)
})

function namesInAlerts(): readonly string[] {
  const { groups } = parse(readFileSync(new URL('../alerts.yml', import.meta.url), 'utf8')) as {
    readonly groups: readonly { readonly rules: readonly { readonly expr: string }[] }[]
  }
  return groups.flatMap(({ rules }) => rules.flatMap(({ expr }) => expr.match(/\bapi_\w+/g) ?? []))
}

test('without an admin token there is nothing at the addresses for operators', async () => {
  const server = await startCommand(database, { DATA_FOLDER })
  running.push(server)

  const replies = await Promise.all(
    ['/metrics', '/admin/deprecations'].map((path) =>
      fetch(server.url + path, { headers: { Authorization: 'Bearer ' } }),
    ),
  )

  expect(replies.map(({ status }) => status)).toEqual([404, 404])
})

const createLegacy = (url: string, more: Readonly<Record<string, string>> = {}) =>
  fetch(`${url}/api/v1/integrations/`, {
    method: 'POST',
    headers: { ...headers, ...more },
    body: JSON.stringify({ name: 'Jira', integration_type: 'jira', is_enabled: true }),
  })

test('the report lists what each consumer sends and receives of deprecated names', async () => {
  await run('generation set transitional')
  const server = await start()
  await createLegacy(server.url, { 'X-Client': 'billing@1.4' })
  await createLegacy(server.url, { 'X-Client': 'not a name of a client' })
  await fetch(`${server.url}/api/v1/integrations/`, { headers: { ...headers, Prefer: 'handling=strict' } })
  await server.stop()

  const read = JSON.parse((await run('report --json')).stdout)
  const text = (await run('report --days 7')).stdout.replace(/\d{4}-\d\d-\d\d/g, '2026-01-01')
  const markdown = (await run('report --markdown')).stdout

  expect(read).toMatchObject({ days: 30, consumers: 2, sunset: '2027-06-30' })
  expect(read.uses).toContainEqual({
    organization_id: expect.any(String),
    organization: 'Acme',
    consumer: 'billing@1.4',
    field: 'is_enabled',
    replacement: 'enabled',
    operation: 'integrations.create',
    direction: 'request',
    first_at: expect.any(String),
    last_at: expect.any(String),
    uses: 1,
    uses_before: 0,
  })
  expect(text).toMatchInlineSnapshot(`
    "In the last 7 days 2 of 2 consumers used deprecated names or received them. Recorded since 2026-01-01. Deprecated names are refused from 2026-01-01.

    billing@1.4 (Acme)
    field             use instead    operation            in       since       last        uses  trend
    integration_type  platform_name  integrations.create  request  2026-01-01  2026-01-01  1     new
    integration_type  platform_name  integrations.create  reply    2026-01-01  2026-01-01  1     new
    is_enabled        enabled        integrations.create  request  2026-01-01  2026-01-01  1     new
    is_enabled        enabled        integrations.create  reply    2026-01-01  2026-01-01  1     new

    token nightly job (Acme)
    field             use instead    operation            in       since       last        uses  trend
    integration_type  platform_name  integrations.create  request  2026-01-01  2026-01-01  1     new
    integration_type  platform_name  integrations.create  reply    2026-01-01  2026-01-01  1     new
    is_enabled        enabled        integrations.create  request  2026-01-01  2026-01-01  1     new
    is_enabled        enabled        integrations.create  reply    2026-01-01  2026-01-01  1     new
    "
  `)
  expect(markdown).toContain(
    '## billing@1.4 (Acme)\n\n| field | use instead | operation | in | since | last | uses | trend |\n',
  )
  expect(JSON.stringify(read)).not.toContain(token)
})

test('the report is at an address for operators too', async () => {
  await run('generation set transitional')
  const server = await start()
  await createLegacy(server.url)
  await server.stop()
  const { url } = await start()
  const fetchReport = (query: string) =>
    fetch(`${url}/admin/deprecations${query}`, { headers: { Authorization: `Bearer ${ADMIN_TOKEN}` } })

  const reply = await fetchReport('')

  expect(await reply.json()).toEqual(JSON.parse((await run('report --json')).stdout))
  expect((await fetchReport('?days=many')).status).toBe(422)
  expect((await (await fetchReport('?days=1')).json()) as object).toMatchObject({ days: 1, consumers: 1 })
})

test('an empty report names the generation that records uses', async () => {
  expect((await run('report')).stdout).toBe(
    'Nothing is recorded yet. Only requests in the transitional generation are recorded.\n',
  )
})

test('can-retire answers no while a name is sent, unknown while it is received, and yes after that', async () => {
  await run('generation set transitional')
  const server = await start()
  await createLegacy(server.url, { 'X-Client': 'billing@1.4' })
  await server.stop()

  const sent = await run('can-retire --field is_enabled')
  await sql`delete from server_deprecated_uses where direction = 'request'`.execute(db)
  const received = await run('can-retire --field is_enabled --json')
  await sql`delete from server_deprecated_uses`.execute(db)
  const short = await run('can-retire --field is_enabled')
  await sql`update server_consumers set first_at = now() - interval '31 days'`.execute(db)
  const unused = await run('can-retire --field is_enabled')

  expect([sent, received, short, unused].map(({ exitCode }) => exitCode)).toEqual([1, 2, 2, 0])
  expect(sent.stdout).toMatch(
    /^is_enabled: no\. It is still sent by 1 consumer\.\n\nconsumer .*\nbilling@1\.4 \(Acme\) /,
  )
  expect(JSON.parse(received.stdout)).toMatchObject({
    answer: 'unknown',
    evidence: [{ field: 'is_enabled', direction: 'reply', consumer: 'billing@1.4', operation: 'integrations.create' }],
  })
  expect(unused.stdout).toBe('is_enabled: yes. None of 1 consumers used it in the last 30 days.\n')
  expect((await run('can-retire --field enabled')).stderr).toContain(
    'Allowed choices are is_enabled, integration_type,',
  )
  expect((await run('report --days none')).stderr).toContain('It must be a whole number from 1 to 3650.')
})

test('counts that could not be stored are stored later, once', async () => {
  let failing = true
  const failingDb = db.withPlugin({
    transformQuery: ({ node }) => {
      if (failing) throw new Error('planned')
      return node
    },
    transformResult: async ({ result }) => result,
  })
  const request = {
    tokenHash: createHash('sha256').update(token).digest('hex'),
    client: null,
    operation: 'tickets.list',
    sent: [{ field: 'integration_name', replacement: 'integration_id' }],
    received: [],
  }
  const counter = createDeprecationCounter(() => new Date('2026-03-01T12:00:00Z'))
  counter.count(request)
  await expect(counter.flush(failingDb)).rejects.toThrow('planned')
  counter.count(request)
  counter.count({ ...request, tokenHash: 'of no token' })

  failing = false
  await counter.flush(failingDb)
  await counter.flush(failingDb)

  const { rows } = await sql`
    select consumer, field, uses::int as uses from server_deprecated_uses
    union all select consumer, null, requests::int from server_consumers`.execute(db)
  expect(rows).toEqual([
    { consumer: 'token nightly job', field: 'integration_name', uses: 2 },
    { consumer: 'token nightly job', field: null, uses: 2 },
  ])
})
