import { PassThrough, Readable } from 'node:stream'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { main } from '../src/cli/main.ts'
import { type Connection, connect, type Database } from '../src/index.ts'
import { createLegacyTables, insertLegacy, readCatalog } from './legacy-tables.ts'
import { openDatabase } from './open-database.ts'

let database: Connection
beforeAll(async () => {
  database = await openDatabase()
})
afterAll(() => database.close())
beforeEach(async () => {
  for (const statement of createLegacyTables({ storage: 'values', isEnabled: true })) await database.query(statement)
  await database.query(insertLegacy({ type: 'jira', status: 'active', isEnabled: true }))
})

/** Runs the command in this process on PGlite; with `answers` there is a terminal that gives them. */
async function run(args: string, answers?: string, query: Database['query'] = database.query.bind(database)) {
  const output = { stdout: new PassThrough(), stderr: new PassThrough() }
  const stdin = Object.assign(Readable.from(answers ?? ''), { isTTY: answers !== undefined })
  const session = { query, close: async () => {} }
  const env = { DATABASE_URL: 'postgresql://app:hunter2@127.0.0.1:5432/tickets' }

  const exitCode = await main(args.split(' ').filter(Boolean), async () => session, { env, stdin, ...output })
  const read = (stream: PassThrough) => String(stream.read() ?? '')
  return { exitCode, stdout: read(output.stdout), stderr: read(output.stderr) }
}

test('plan prints each step with its lock, and changes nothing', async () => {
  const before = await readCatalog(database)

  const { exitCode, stdout } = await run('plan')

  expect(exitCode).toBe(0)
  expect(stdout).toContain(
    'expand               pending   Add integration_category, platform_name and enabled to integrations, without values and without defaults.\n                     lock: ACCESS EXCLUSIVE on integrations for milliseconds\n',
  )
  expect(await readCatalog(database)).toEqual(before)
})

test('apply without a terminal needs --yes', async () => {
  const before = await readCatalog(database)

  expect(await run('apply')).toEqual({
    exitCode: 1,
    stdout: '',
    stderr:
      'This changes the schema of a database in use. Is there a backup that you have restored once? (--backup FILE writes one.) Give --yes to confirm.\n',
  })
  expect(await readCatalog(database)).toEqual(before)
})

test('apply asks on a terminal, and a no changes nothing', async () => {
  const before = await readCatalog(database)

  const { exitCode, stderr } = await run('apply --to sync', 'n\n')

  expect(exitCode).toBe(1)
  expect(stderr).toContain('Nothing was changed.')
  expect(await readCatalog(database)).toEqual(before)
})

test('apply prints its progress, the state of the steps and the line for Alembic', async () => {
  const { exitCode, stdout, stderr } = await run('apply --yes')

  expect(exitCode).toBe(0)
  expect(stderr).toMatch(/^apply expand\napply expand done in \d+\.\d s\napply sync\n/)
  expect(stdout).toContain('backfill             applied, 1 rows\n')
  expect(stdout).toContain('alembic stamp b2c3d4e5f6g7')
})

test('without a revision in alembic_version there is no line for Alembic', async () => {
  await database.query('DELETE FROM public.alembic_version')

  const { exitCode, stdout } = await run('apply --yes --to expand')

  expect({ exitCode, hasLine: stdout.includes('alembic') }).toEqual({ exitCode: 0, hasLine: false })
})

test('undo goes back to a step, and then to the start', async () => {
  const before = await readCatalog(database)
  await run('apply --yes')

  const partly = await run('undo --to backfill --yes')
  const wholly = await run('undo --yes')

  expect(partly.stdout).toContain('backfill             applied, 1 rows\nchecks               pending\n')
  expect(partly.stdout).not.toContain('alembic')
  expect(wholly).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('alembic stamp a1b2c3d4e5f6') })
  expect(await readCatalog(database)).toEqual(before)
})

test('a dry run prints the SQL of the steps up to the target, and changes nothing', async () => {
  const before = await readCatalog(database)

  const { exitCode, stdout } = await run('apply --dry-run --to expand')

  expect(exitCode).toBe(0)
  expect(stdout).toBe(`-- expand
CREATE TYPE "public"."integrationcategory" AS ENUM ('ticketing', 'crm', 'messaging', 'communication', 'project_management', 'code_repository', 'webhook');
ALTER TABLE "public"."integrations" ADD COLUMN IF NOT EXISTS integration_category "public"."integrationcategory", ADD COLUMN IF NOT EXISTS platform_name varchar(50), ADD COLUMN IF NOT EXISTS enabled boolean;
`)
  expect(await readCatalog(database)).toEqual(before)
})

test('a dry run says which statements run only if rows violate a foreign key', async () => {
  const { stdout } = await run('apply --dry-run --to tickets-constraints')

  expect(stdout).toContain(
    '-- Only if rows violate the foreign key:\nUPDATE "public"."tickets" AS target SET integration_id = NULL WHERE ',
  )
})

test('verify exits with 1 and names the problem', async () => {
  await run('apply --yes --to backfill')
  await database.query('ALTER TABLE public.integrations DISABLE TRIGGER ai_ticket_creator_sync_insert')

  expect(await run('verify')).toEqual({
    exitCode: 1,
    stdout: '1 of the 2 triggers on integrations are missing or disabled\n',
    stderr: '',
  })
})

test('status and report are printed as JSON, and the report also as Markdown', async () => {
  await run('apply --yes --to sync')

  const status = JSON.parse((await run('status --json')).stdout)
  const report = (await run('report')).stdout

  expect(status.steps[1]).toMatchObject({ step: 'sync', state: 'applied', rows: 0 })
  expect(status.steps[1].locks).toContainEqual({ relation: 'integrations', mode: 'ShareRowExclusiveLock' })
  expect(report).toMatch(
    /\| sync \| applied \| 0 \| \S+ \S+ \| \S+ \S+ \| \d+(?:\.\d)? \| .*ShareRowExclusiveLock on integrations/,
  )
})

test('plan exits with 1 when something stops the migration', async () => {
  await database.query('ALTER TABLE public.integrations DROP COLUMN status')
  await database.query("ALTER TABLE public.integrations ADD COLUMN status text NOT NULL DEFAULT 'active'")

  const { exitCode, stdout } = await run('plan')

  expect({ exitCode, stdout }).toEqual({
    exitCode: 1,
    stdout: 'STOP  status of "public"."integrations" must be enums, as the backend creates them\n',
  })
})

test('a status enum without the two labels that the migration writes stops it', async () => {
  await database.query('DROP TABLE public.integrations')
  await database.query("CREATE TYPE public.otherstatus AS ENUM ('on', 'inactive')")
  await database.query(
    'CREATE TABLE public.integrations (integration_type public.integrationtype, status public.otherstatus)',
  )

  expect((await run('apply --dry-run')).stdout).toBe('-- STOP: the enum of status has no label active\n')
})

test('verify of a correct database exits with 0', async () => {
  await run('apply --yes --to view')

  expect(await run('verify')).toEqual({ exitCode: 0, stdout: 'Every applied step is right.\n', stderr: '' })
  expect(JSON.parse((await run('verify --json')).stdout)).toEqual({ problems: [] })
})

test('verify --plans works for an empty table without organizations and creation times', async () => {
  for (const statement of createLegacyTables({ storage: 'names', isEnabled: false })) await database.query(statement)
  await database.query('ALTER TABLE public.integrations DROP COLUMN created_at')
  await run('apply --yes --to tickets-names')

  const { exitCode, stdout } = await run('verify --plans')

  expect(exitCode).toBe(0)
  expect(stdout).toMatch(/\nintegrations by platform\n$/)
})

test('verify --plans prints how the database runs each list, and the integrations by platform', async () => {
  const before = await run('verify --plans')
  await run('apply --yes --to tickets-names')

  const { exitCode, stdout } = await run('verify --plans')

  expect(before).toEqual({
    exitCode: 1,
    stdout: '',
    stderr: 'integrations has no new columns yet; run apply --to indexes first\n',
  })
  expect(exitCode).toBe(0)
  const lines = stdout.split('\n').filter((line) => !/^ {2}(?:cost|.*Scan)/.test(line))
  expect(stdout).toMatch(/^integrations\n {2}cost [\d.]+\n {2}\w+.* Scan (?:on|using) \w*integrations\w*\n/)
  expect(lines).toEqual([
    'integrations',
    "integrations with integration_category = 'ticketing'",
    "integrations with integration_category = 'ticketing' AND platform_name = 'jira'",
    "integrations with integration_category = 'ticketing' AND enabled",
    'integrations with NOT enabled',
    'integrations with status = …',
    'tickets',
    'tickets with integration_id = …',
    'integrations by platform',
    '  jira: 1',
    '',
  ])
})

test('the report has findings before the migration, and problems and the version during and after it', async () => {
  const before = await run('report')
  await run('apply --yes')
  await database.query('DROP VIEW public.integrations_legacy')
  const after = await run('report')

  expect(before.stdout).toMatch(/## Findings\n\n- note: 1 integrations, \d MB/)
  expect(after.stdout).toContain('## Problems\n\n- the view integrations_legacy is missing\n')
  expect(after.stdout).toContain('## Version table\n\n- `alembic stamp b2c3d4e5f6g7`\n')
})

test('a yes on a terminal confirms each question', async () => {
  expect(await run('apply --to expand', 'y\n')).toMatchObject({ exitCode: 0 })
  expect(await run('undo', 'yes\n')).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('undo expand done') })
})

test.each([
  ['verify', ''],
  ['apply --yes', 'What was done is recorded; run the command again to continue, or undo to go back.\n'],
])(
  'an error of the database during %s is exit code 2, with what to do, and without the password',
  async (args, advice) => {
    const query = () => Promise.reject(new Error('terminating connection of app:hunter2'))

    expect(await run(args, undefined, query)).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: `stopped: Error: terminating connection of app:[redacted]\n${advice}`,
    })
  },
)

test.each([
  ['', 2, 'Usage: ai-ticket-creator-migrate'],
  ['applly', 2, "error: unknown command 'applly'"],
  [
    'apply --to everything',
    2,
    "error: option '--to <step>' argument 'everything' is invalid. Allowed choices are expand,",
  ],
])('the arguments "%s" exit with %i', async (args, exitCode, text) => {
  const result = await run(args)

  expect(result.exitCode).toBe(exitCode)
  expect(result.stderr).toContain(text)
})

test('the help explains the exit codes', async () => {
  expect((await run('--help')).stdout).toContain(
    'Exit codes: 0 done; 1 refused, or verify found something; 2 could not run.',
  )
})

test('a server that is not there is exit code 2, and no message has the password', async () => {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()]
  const env = { DATABASE_URL: 'postgresql://app:hunter2@127.0.0.1:1/tickets' }

  const exitCode = await main(['plan'], connect, { env, stdin: Readable.from(''), stdout, stderr })

  expect(exitCode).toBe(2)
  expect(String(stderr.read())).toBe('cannot connect to 127.0.0.1:1/tickets: connect ECONNREFUSED 127.0.0.1:1\n')
})

test.each([
  [{}, 'DATABASE_URL is not set; see --help\n'],
  [
    { DATABASE_URL: 'postgresql://app:hunt%er2@127.0.0.1:1/tickets' },
    'cannot connect to 127.0.0.1:1/tickets: connect ECONNREFUSED 127.0.0.1:1\n',
  ],
  [
    { DATABASE_URL: 'postgresql://app:hunter2@127.0.0.1:1/tickets?sslmode=verify-full&sslrootcert=/missing' },
    "DATABASE_URL cannot be used: ENOENT: no such file or directory, open '/missing'\n",
  ],
  [
    { DATABASE_URL: 'postgresql+asyncpg://app:hunter2@127.0.0.1:1/tickets' },
    'cannot connect to 127.0.0.1:1/tickets: connect ECONNREFUSED 127.0.0.1:1\n',
  ],
  [
    { DATABASE_URL: 'postgresql://127.0.0.1:1/hunter2?user=app&password=hunter2' },
    'cannot connect to 127.0.0.1:1/[redacted]: connect ECONNREFUSED 127.0.0.1:1\n',
  ],
])('the environment %o exits with 2', async (env, message) => {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()]

  expect(await main(['plan'], connect, { env, stdin: Readable.from(''), stdout, stderr })).toBe(2)
  expect(String(stderr.read())).toBe(message)
})

test.each([
  'postgresql://app:hun%ter2@[half',
  'app:hunter2@127.0.0.1:1/tickets',
  'http://app:hunter2@127.0.0.1:1/tickets',
  'postgresql://app:12/hunter2@127.0.0.1:1/tickets',
  'postgresql://app:12?hunter2@127.0.0.1:1/tickets',
  'postgresql://app:12#hunter2@127.0.0.1:1/tickets',
])('the URL %s is refused before any part of it is used', async (url) => {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()]

  expect(await main(['plan'], connect, { env: { DATABASE_URL: url }, stdin: Readable.from(''), stdout, stderr })).toBe(
    2,
  )
  expect(String(stderr.read())).toBe(
    'DATABASE_URL is not a URL such as postgresql://user:password@host:5432/database; special characters in the password must be percent-encoded, for example / as %2F\n',
  )
})
