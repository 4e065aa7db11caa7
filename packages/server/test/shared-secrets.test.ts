import type { IntegrationRow } from '@ai-ticket-creator/reference-api'
import { createSecrets, createSqlStore, createToken } from '@ai-ticket-creator/server'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { followSecretForm } from '../src/operations/secret-form.ts'
import { openSecrets } from '../src/runtime/open-secrets.ts'
import { createFernet } from '../src/secrets/fernet.ts'
import { readSettings } from '../src/settings/settings.ts'
import { resetRows } from './database.ts'
import { openDatabase } from './open-database.ts'
import { createFolders, runCommand, startCommand } from './run-command.ts'

const newFolder = createFolders()

// A database that an existing application shares: the old column is there until the migration is complete.

const database = await openDatabase()
const db = database.sql
const [key, otherKey] = [Buffer.alloc(32, 11), Buffer.alloc(32, 12)].map((bytes) => `${bytes.toString('base64url')}=`)
const application = createFernet([Buffer.alloc(32, 11)])
const env = {
  DATA_FOLDER: newFolder(),
  DATABASE_URL: 'postgresql://app:secret-password@127.0.0.1/tickets',
  SECRET_KEYS: `1:${Buffer.alloc(32, 1).toString('base64')}`,
}
type Environment = Readonly<Record<string, string>>
const run = (args: string, more: Environment = {}) => runCommand(args.split(' '), database, { ...env, ...more })

const running: Awaited<ReturnType<typeof startCommand>>[] = []
const start = async (more: Environment = {}) => {
  const server = await startCommand(database, { ...env, ...more })
  running.push(server)
  return server
}
afterEach(() => Promise.all(running.splice(0).map(({ stop }) => stop())))
afterAll(() => database.close())

let headers: Environment
beforeAll(() => run('schema up'))
beforeEach(async () => {
  await resetRows(db)
  await sql`truncate server_settings`.execute(db)
  await sql`alter table integrations add column if not exists integration_type text`.execute(db)
  const { token } = await createToken(db, { organization: 'Acme', email: 'agent@acme.test', name: 'test' })
  headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' }
})

/** The last step of the migration drops the old column. */
const contract = () => sql`alter table integrations drop column integration_type`.execute(db)

const credentials = { email: 'a@acme.test', api_token: 'canary-token' }
const create = async (url: string) => {
  const body = { name: 'Jira', platform_name: 'jira', credentials, webhook_secret: 'canary-webhook' }
  const reply = await fetch(`${url}/api/v1/integrations/`, { method: 'POST', headers, body: JSON.stringify(body) })
  return ((await reply.json()) as { readonly id: string }).id
}

const storedTexts = async (id: string) => {
  const { rows } = await sql<{ readonly credentials: string; readonly secret: string }>`
    select credentials_encrypted as credentials, webhook_secret_encrypted as secret from integrations
    where id = ${id}`.execute(db)
  return rows[0] ?? expect.unreachable()
}

/** The row as the API reads it. */
async function readRow(id: string, more: Environment): Promise<IntegrationRow | undefined> {
  const secrets = await openSecrets(db, readSettings({ ...env, ...more }, { usesKeys: true }))
  const { rows } = await sql<{ readonly organization: string }>`
    select organization_id as organization from integrations where id = ${id}`.execute(db)
  return createSqlStore(database, secrets).integrations.find(rows[0]?.organization ?? '', id)
}

test('credentials are written as the existing application reads them, and read as it writes them', async () => {
  const { url } = await start({ EXISTING_SECRETS: key ?? '' })
  const id = await create(url)
  const written = await storedTexts(id)

  expect(JSON.parse(application.decrypt(written.credentials))).toEqual(credentials)
  expect(application.decrypt(written.secret)).toBe('canary-webhook')

  const fromApplication = application.encrypt('{"email": "b@acme.test", "api_token": "other"}')
  await sql`update integrations set credentials_encrypted = ${fromApplication} where id = ${id}`.execute(db)
  expect(await readRow(id, { EXISTING_SECRETS: key ?? '' })).toMatchObject({
    credentials: { email: 'b@acme.test', api_token: 'other' },
    webhook_secret: 'canary-webhook',
  })
})

test('plain credentials are written and read as plain JSON', async () => {
  const { url } = await start({ EXISTING_SECRETS: 'plain' })
  const id = await create(url)

  expect(await storedTexts(id)).toEqual({ credentials: JSON.stringify(credentials), secret: 'canary-webhook' })
  expect(await readRow(id, { EXISTING_SECRETS: 'plain' })).toMatchObject({
    credentials,
    webhook_secret: 'canary-webhook',
  })
})

const refusal = async (more: Environment) => {
  const { exitCode, stdout, stderr } = await run('start', more)
  return { exitCode, message: `${stdout}${stderr}`.replace(/^PGlite does not .*\n/, '') }
}

test('start refuses without the setting, and with one that does not fit what is stored', async () => {
  expect(await refusal({})).toEqual({
    exitCode: 2,
    message:
      'An existing application has written to this database: set EXISTING_SECRETS to its Fernet key, or to plain if it does not encrypt credentials.\n',
  })

  await sql`update integrations set credentials_encrypted = ${application.encrypt('{}')}`.execute(db)
  expect(await refusal({ EXISTING_SECRETS: 'plain' })).toEqual({
    exitCode: 2,
    message:
      'The credentials are stored as Fernet tokens: set EXISTING_SECRETS to the Fernet key of the existing application.\n',
  })

  await sql`update integrations set credentials_encrypted = '{}'`.execute(db)
  expect(await refusal({ EXISTING_SECRETS: key ?? '' })).toEqual({
    exitCode: 2,
    message: 'The credentials are stored as plain JSON: set EXISTING_SECRETS to plain.\n',
  })
})

const openPlainSecrets = () => openSecrets(db, readSettings({ ...env, EXISTING_SECRETS: 'plain' }, { usesKeys: true }))

test('a plain secret that looks like one encrypted with a key that is not configured is read as it was written', async () => {
  const secret = `AQ${'x'.repeat(40)}`
  const secrets = await openPlainSecrets()

  expect(secrets.decrypt(secrets.encrypt(secret, 'a row'), 'a row')).toBe(secret)
  expect(secrets.isCurrent(secret)).toBe(true)
})

test('an encrypted secret that does not decrypt is refused, also where secrets are plain', async () => {
  const encrypted = createSecrets([{ id: 1, bytes: Buffer.alloc(32, 1) }]).encrypt('canary-secret', 'a row')
  const secrets = await openPlainSecrets()

  expect(secrets.decrypt(encrypted, 'a row')).toBe('canary-secret')
  expect(() => secrets.decrypt(encrypted, 'another row')).toThrow(
    'a secret cannot be decrypted with key 1: the key is another one, or the text was changed',
  )
  expect(() => secrets.decrypt(application.encrypt('canary-secret'), 'a row')).toThrow(
    'a secret is stored as a Fernet token; set EXISTING_SECRETS to its Fernet key',
  )
})

test('a damaged token does not stop the server while the key decrypts another one', async () => {
  const { url } = await start({ EXISTING_SECRETS: key ?? '' })
  const [damaged] = [await create(url), await create(url)]
  await sql`update integrations set credentials_encrypted = 'gAAAAABpVzWl' where id = ${damaged}`.execute(db)

  const { url: again } = await start({ EXISTING_SECRETS: key ?? '' })

  expect((await fetch(`${again}/health`)).status).toBe(200)
})

test('start refuses a wrong Fernet key, and a missing one later', async () => {
  await sql`update integrations set credentials_encrypted = ${application.encrypt('{}')}`.execute(db)

  expect(await refusal({ EXISTING_SECRETS: otherKey ?? '' })).toEqual({
    exitCode: 2,
    message:
      'EXISTING_SECRETS is not the key of the existing application: a Fernet token cannot be decrypted: the key is another one, or the token was changed.\n',
  })
  const { stop } = await start({ EXISTING_SECRETS: key ?? '' })
  await stop()
  expect(await refusal({})).toEqual({
    exitCode: 2,
    message:
      'The credentials are stored as Fernet tokens: set EXISTING_SECRETS to the Fernet key of the existing application.\n',
  })
})

test('credentials of the existing application need its key after the migration too', async () => {
  await sql`update integrations set credentials_encrypted = ${application.encrypt('{}')}`.execute(db)
  await contract()

  expect((await refusal({})).message).toContain('An existing application has written to this database')
})

test('rotate-keys refuses before the migration is complete, then encrypts everything, and --to fernet converts it back', async () => {
  const shared = { EXISTING_SECRETS: key ?? '' }
  const server = await start(shared)
  const id = await create(server.url)
  const early = await run('rotate-keys', shared)
  await contract()

  const rotated = await run('rotate-keys', shared)
  const encrypted = await storedTexts(id)
  const back = await run('rotate-keys --to fernet --json', shared)
  const tokens = await storedTexts(id)

  expect(early).toMatchObject({
    exitCode: 2,
    stderr:
      'The existing application still reads the credentials: finish `ai-ticket-creator-migrate apply` first, or use --to fernet or --to plain.\n',
  })
  expect(rotated.stdout).toBe(
    '2 secrets are encrypted with the first key now. If servers ran meanwhile, run this again in 5 s: when it prints 0, older keys are not needed any more.\n',
  )
  expect(encrypted.credentials).toMatch(/^AQ/)
  expect(JSON.parse(back.stdout)).toEqual({ rotated: 2, form: 'fernet' })
  expect(JSON.parse(application.decrypt(tokens.credentials))).toEqual(credentials)
  expect(application.decrypt(tokens.secret)).toBe('canary-webhook')
})

test('after rotate-keys the server starts without the Fernet key', async () => {
  const shared = { EXISTING_SECRETS: key ?? '' }
  const first = await start(shared)
  const id = await create(first.url)
  await first.stop()
  await contract()
  await run('rotate-keys', shared)

  const { url } = await start()
  const read = await fetch(`${url}/api/v1/integrations/${id}`, { headers })

  expect(read.status).toBe(200)
  expect((await run('doctor')).stdout).toContain('ok       keys: 2 secrets, all encrypted with the first key\n')
  expect((await run('rotate-keys --to plain')).stderr).toBe('EXISTING_SECRETS is not set for --to plain.\n')
})

test('doctor names secrets that are not in the form of the existing application', async () => {
  const shared = { EXISTING_SECRETS: `${otherKey},${key}` }
  const { url } = await start(shared)
  const id = await create(url)
  const fine = await run('doctor', shared)
  const { credentials: token } = await storedTexts(id)
  expect(() => application.decrypt(token)).toThrow('the key is another one')

  await sql`update integrations set credentials_encrypted = ${application.encrypt('{}')} where id = ${id}`.execute(db)
  const older = await run('doctor', shared)

  expect(fine.stdout).toContain('ok       keys: 2 secrets, all Fernet tokens of the first key of EXISTING_SECRETS\n')
  expect(older.stdout).toContain(
    'PROBLEM  keys: 1 of 2 secrets are encrypted with an older key, or in another form; run `rotate-keys --to fernet`\n',
  )
})

test('a running server follows a change of the form, unless it lacks the key', async () => {
  const settings = (more: Environment) => readSettings({ ...env, ...more }, { usesKeys: true })
  const secrets = await openSecrets(db, settings({ EXISTING_SECRETS: key ?? '' }))
  await contract()
  await run('rotate-keys', { EXISTING_SECRETS: key ?? '' })
  const withoutKey = await openSecrets(db, settings({}))

  await followSecretForm(db, secrets)
  const followed = secrets.form
  await run('rotate-keys --to fernet', { EXISTING_SECRETS: key ?? '' })
  await followSecretForm(db, secrets)

  expect([followed, secrets.form]).toEqual(['aes', 'fernet'])
  await expect(followSecretForm(db, withoutKey)).rejects.toThrow(
    'Credentials are stored in the form fernet now. Set EXISTING_SECRETS and start again.',
  )
})

test('no secret is in the output of a command', async () => {
  const shared = { EXISTING_SECRETS: key ?? '' }
  const server = await start(shared)
  await create(server.url)
  const outputs = await Promise.all(
    ['doctor', 'doctor --json', 'rotate-keys', 'rotate-keys --to fernet', 'rotate-keys --to wrong'].map(
      async (command) => Object.values(await run(command, shared)).join('\n'),
    ),
  )

  const wrong = await run('start', { EXISTING_SECRETS: `${key},canary-no-key` })
  outputs.push(wrong.stderr, server.printed.stdout, server.printed.stderr)

  expect(wrong.stderr).toBe(
    'EXISTING_SECRETS must be plain, or a list of Fernet keys, separated by commas: 32 bytes in URL-safe base64 each.\n',
  )
  for (const output of outputs) expect(output).not.toMatch(/canary|CwsLCws|secret-password/)
})
