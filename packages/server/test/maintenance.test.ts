import { existsSync } from 'node:fs'
import { openApiDocument } from '@ai-ticket-creator/domain/openapi'
import { createToken } from '@ai-ticket-creator/server'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { diagnose } from '../src/runtime/diagnose.ts'
import { readSettings } from '../src/settings/settings.ts'
import { resetRows } from './database.ts'
import { openDatabase } from './open-database.ts'
import { createFolders, runCommand, startCommand } from './run-command.ts'

const newFolder = createFolders()

const database = await openDatabase()
const db = database.sql
const [oldKey, newKey] = [`1:${keyOf(1)}`, `2:${keyOf(2)}`]
const PASSWORD = 'canary-database-password'
const ADMIN_TOKEN = 'canary-admin-token'
const env = {
  DATA_FOLDER: newFolder(),
  DATABASE_URL: `postgresql://app:${PASSWORD}@127.0.0.1/tickets`,
  SECRET_KEYS: oldKey,
  ADMIN_TOKEN,
}

function keyOf(fill: number): string {
  return Buffer.alloc(32, fill).toString('base64')
}

const run = (args: string, more: Readonly<Record<string, string>> = {}) =>
  runCommand(args.split(' '), database, { ...env, ...more })

const running: Awaited<ReturnType<typeof startCommand>>[] = []
const start = async (more: Readonly<Record<string, string>> = {}) => {
  const server = await startCommand(database, { ...env, ...more })
  running.push(server)
  return server
}
afterEach(() => Promise.all(running.splice(0).map(({ stop }) => stop())))
afterAll(() => database.close())

let token: string
let headers: Readonly<Record<string, string>>
beforeAll(() => run('schema up'))
beforeEach(async () => {
  await resetRows(db)
  await sql`truncate server_settings, server_audit`.execute(db)
  token = (await createToken(db, { organization: 'Acme', email: 'agent@acme.test', name: 'test' })).token
  headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' }
})

const create = (url: string, more: object = {}) =>
  fetch(`${url}/api/v1/integrations/`, {
    method: 'POST',
    headers,
    body: JSON.stringify({
      name: 'Jira',
      integration_category: 'ticketing',
      platform_name: 'jira',
      credentials: { api_key: 'canary-key', email: 'a@acme.test', api_token: 'canary-api-token' },
      webhook_secret: 'canary-webhook-secret',
      ...more,
    }),
  })

test('doctor finds nothing wrong with a server that runs', async () => {
  const { url } = await start()
  await create(url)

  expect(await run('doctor')).toEqual({
    exitCode: 0,
    stdout: expect.stringMatching(
      /^ok {7}version: PostgreSQL \d+\nok {7}schema: every step is applied\nok {7}indexes: the indexes of the lists are valid\nok {7}clock: .*\nok {7}keys: 2 secrets, all encrypted with the first key\nok {7}tokens: 1 valid tokens\nok {7}generation: current\n$/,
    ),
    stderr: '',
  })
})

test('doctor prints each problem with its fix', async () => {
  const { url } = await start()
  await create(url)
  await run('generation set legacy')
  await sql`update server_tokens set revoked_at = now()`.execute(db)

  const { exitCode, stdout } = await run('doctor', { SECRET_KEYS: `${newKey},${oldKey}`, SUNSET: '2026-01-01' })
  const otherKey = JSON.parse((await run('doctor --json', { SECRET_KEYS: newKey })).stdout)

  expect(exitCode).toBe(1)
  expect(stdout).toContain(
    'PROBLEM  keys: 2 of 2 secrets are encrypted with an older key, or in another form; run `rotate-keys`\n',
  )
  expect(stdout).toContain('PROBLEM  tokens: nobody has a token; run `token create`\n')
  expect(stdout).toContain('PROBLEM  generation: the generation is legacy, but SUNSET announced its end; run')
  expect(otherKey.findings).toContainEqual({
    check: 'keys',
    ok: false,
    message: 'These are not the keys of this database: a secret was encrypted with key 1, which is not configured.',
    fix: 'set the keys that the server was started with',
  })
})

test('doctor names a secret that cannot be read, and a missing step of the schema', async () => {
  const { url } = await start()
  await create(url)
  await sql`update integrations set credentials_encrypted = 'copied' where name = 'Jira'`.execute(db)

  const unreadable = await run('doctor')
  await run('schema down')
  const missing = await run('doctor')
  await run('schema up')

  expect(unreadable.stdout).toMatch(
    /PROBLEM {2}keys: 1 of 2 secrets cannot be read; the first: credentials_encrypted of integration \S+: SecretError: a secret is not in the form of this server; add/,
  )
  expect(missing.stdout).toMatch(/PROBLEM {2}schema: missing steps: 005-deprecations; run `schema up`, or `start`\n$/)
})

test('doctor names a database that is too old, and a clock that is wrong', async () => {
  const old = db.withPlugin({
    transformQuery: ({ node }) => node,
    transformResult: async ({ result }) => ({
      ...result,
      rows: result.rows.map((row) => ('version' in row ? { ...row, version: 14 } : row)),
    }),
  })

  const tooOld = await diagnose({ ...database, sql: old }, readSettings(env, { usesKeys: true }), new Date())
  const wrongClock = await diagnose(database, readSettings(env, { usesKeys: true }), new Date(0))

  expect(tooOld[0]).toEqual({
    check: 'version',
    ok: false,
    message: 'PostgreSQL 14 is too old',
    fix: 'upgrade to PostgreSQL 15 or later',
  })
  expect(wrongClock.find(({ check }) => check === 'clock')).toMatchObject({
    ok: false,
    message: expect.stringMatching(/^the clocks of this machine and the database differ by \d+ s$/),
  })
})

test.each([
  ['missing', 'drop index ix_integrations_list'],
  // As an interrupted CREATE INDEX CONCURRENTLY leaves it.
  ['invalid', "update pg_index set indisvalid = false where indexrelid = 'ix_integrations_list'::regclass"],
])('doctor prints the statements for an index of a list that is %s', async (_, damage) => {
  await sql.raw(damage).execute(db)

  const found = (await run('doctor')).stdout
  const fixes = /run in the database, one statement at a time: (.*)\n/.exec(found)?.[1]?.split('; ') ?? []
  for (const fix of fixes) await sql.raw(fix.replace('concurrently', '')).execute(db)

  expect(found).toContain(
    'PROBLEM  indexes: missing or invalid indexes, so lists are slow: ix_integrations_list; run in the database, one statement at a time: drop index concurrently if exists ix_integrations_list; create index concurrently ix_integrations_list on integrations (organization_id, created_at desc, id desc) include (',
  )
  expect((await run('doctor')).stdout).toContain('ok       indexes: the indexes of the lists are valid\n')
})

test('doctor creates no folder of PGlite', async () => {
  const missing = newFolder()

  const { exitCode, stdout } = await run('doctor', { DATABASE_URL: '', DATA_FOLDER: missing })

  expect([exitCode, stdout]).toEqual([
    1,
    'PROBLEM  folder: the folder of PGlite does not exist; run `start`, or set DATA_FOLDER or DATABASE_URL\n',
  ])
  expect(existsSync(missing)).toBe(false)
})

test('doctor runs before the first start', async () => {
  expect((await run('doctor')).stdout).toContain('PROBLEM  keys: The database has no key yet; `start` creates it.')
})

test('rotate-keys encrypts everything with the first key, changes no ETag, and the old key can go', async () => {
  const before = await start()
  const created = await create(before.url)
  const { id } = (await created.json()) as { readonly id: string }
  await create(before.url, { name: 'Second', webhook_secret: null })
  await before.stop()

  const rotated = await run('rotate-keys', { SECRET_KEYS: `${newKey},${oldKey}` })
  const again = await run('rotate-keys --json', { SECRET_KEYS: `${newKey},${oldKey}` })
  const { url } = await start({ SECRET_KEYS: newKey })
  const read = await fetch(`${url}/api/v1/integrations/${id}`, { headers })

  expect(rotated.stdout).toBe(
    '3 secrets are encrypted with the first key now. If servers ran meanwhile, run this again in 5 s: when it prints 0, older keys are not needed any more.\n',
  )
  expect(JSON.parse(again.stdout)).toEqual({ rotated: 0, form: 'aes' })
  expect([read.status, read.headers.get('ETag')]).toEqual([200, created.headers.get('ETag')])
  expect((await run('doctor', { SECRET_KEYS: newKey })).stdout).toContain('ok       keys: 3 secrets, all')
})

test('seed creates rows through the API, and its token is invalid afterwards', async () => {
  const seeded = await run('seed --organization Acme --email agent@acme.test --tickets 100')
  const json = await run('seed --organization Acme --email agent@acme.test --tickets 0 --json')
  const { url } = await start()
  const tickets = await fetch(`${url}/api/v1/tickets/?size=1`, { headers })

  expect(seeded).toEqual({
    exitCode: 0,
    stdout: 'Created 15 integrations and 100 tickets.\n',
    stderr: '100 of 100 tickets\n',
  })
  expect(JSON.parse(json.stdout)).toEqual({ integrations: 15, tickets: 0 })
  expect(await tickets.json()).toMatchObject({ total: 100 })
  const tokens = JSON.parse((await run('token list --json')).stdout) as readonly object[]
  const revokedSeed = { name: 'seed', revoked_at: expect.any(String) }
  expect(tokens).toMatchObject([{ name: 'test' }, revokedSeed, revokedSeed])
  expect((await run('seed --organization Acme --email a@acme.test --tickets many')).exitCode).toBe(2)
})

test('the OpenAPI document is the one of the generation that is served', async () => {
  await run('generation set transitional')
  const { url } = await start()

  await fetch(`${url}/openapi.json`)
  const document = await fetch(`${url}/openapi.json`)

  expect(await document.json()).toEqual(openApiDocument({ generation: 'transitional' }))
})

test('pages of other origins are refused by default, and allowed with their origin', async () => {
  const page = { Origin: 'https://app.example.com' }
  const closed = await start()
  const open = await start({ CORS_ORIGINS: 'https://app.example.com, https://other.example.com' })

  const refused = await fetch(`${closed.url}/api/v1/integrations/`, { headers: { ...headers, ...page } })
  const allowed = await fetch(`${open.url}/api/v1/integrations/`, { headers: { ...headers, ...page } })
  const preflight = await fetch(`${open.url}/api/v1/integrations/`, {
    method: 'OPTIONS',
    headers: { ...page, 'Access-Control-Request-Method': 'PUT' },
  })

  const all = await start({ CORS_ORIGINS: '*' })
  const fromAnywhere = await fetch(`${all.url}/api/v1/integrations/`, { headers: { ...headers, ...page } })

  expect(fromAnywhere.headers.get('Access-Control-Allow-Origin')).toBe('*')
  expect(refused.headers.has('Access-Control-Allow-Origin')).toBe(false)
  expect(allowed.headers.get('Access-Control-Allow-Origin')).toBe('https://app.example.com')
  const exposed = (allowed.headers.get('Access-Control-Expose-Headers') ?? '').split(',')
  expect(exposed).toEqual(
    expect.arrayContaining([
      'API-Generation',
      'API-Capabilities',
      'Deprecated-Fields',
      'Sunset',
      'Link',
      'ETag',
      'X-RateLimit-Remaining',
    ]),
  )
  expect([preflight.status, preflight.headers.get('Access-Control-Allow-Methods')]).toEqual([
    204,
    'GET,POST,PUT,PATCH,DELETE',
  ])
  expect(preflight.headers.get('Access-Control-Allow-Headers')).toContain('Idempotency-Key')
})

test('no secret is in a reply, a log line, an error, a report or the output of a command', async () => {
  await run('generation set transitional')
  const server = await start()
  const created = await create(server.url)
  const { id } = (await created.clone().json()) as { readonly id: string }
  const replies = [
    created,
    await create(server.url, { credentials: { api_key: 'canary-incomplete' } }),
    await create(server.url, { is_enabled: 'canary-wrong-type' }),
    await fetch(`${server.url}/api/v1/integrations/?name=canary-query`, { headers }),
    await fetch(`${server.url}/api/v1/canary-path`, { headers: { Authorization: 'Bearer canary-other-token' } }),
    await fetch(`${server.url}/api/v1/integrations/${id}/test`, {
      method: 'POST',
      headers,
      body: '{"test_data":{"password":"canary-test-data"}}',
    }),
    await fetch(`${server.url}/metrics`, { headers: { Authorization: `Bearer ${ADMIN_TOKEN}` } }),
    await fetch(`${server.url}/admin/deprecations`, { headers: { Authorization: `Bearer ${ADMIN_TOKEN}` } }),
  ]
  await sql`update integrations set credentials_encrypted = 'canary-stored' where id = ${id}`.execute(db)
  replies.push(await fetch(`${server.url}/api/v1/integrations/${id}`, { headers }))
  await server.stop()
  const commands = ['doctor', 'doctor --json', 'report', 'token list', 'rotate-keys', 'generation get --json']

  const outputs = [
    ...(await Promise.all(replies.map(async (reply) => JSON.stringify([...reply.headers]) + (await reply.text())))),
    ...(await Promise.all(commands.map((command) => run(command)))).map(({ stdout, stderr }) => stdout + stderr),
    server.printed.stdout,
    server.printed.stderr,
  ]

  expect(replies.at(-1)?.status).toBe(500)
  for (const output of outputs) {
    expect(output).not.toContain('canary')
    expect(output).not.toContain(token)
    expect(output).not.toContain(keyOf(1))
  }
})
