import { EventEmitter } from 'node:events'
import { PassThrough } from 'node:stream'
import { afterAll, expect, test } from 'vitest'
import { main } from '../src/cli/main.ts'
import { openDatabase } from '../src/runtime/open-database.ts'
import { openEmptyPglite } from './open-database.ts'
import { runCommand } from './run-command.ts'

const database = await openEmptyPglite()
afterAll(() => database.close())

const run = (args: string, env = {}) => runCommand(args.split(' ').filter(Boolean), database, env)

test('the steps of the schema are applied, listed, and removed one by one', async () => {
  expect(await run('schema up')).toEqual({
    exitCode: 0,
    stdout:
      'applied 001-existing-tables\napplied 002-own-columns\napplied 003-own-tables\napplied 004-settings\napplied 005-deprecations\n',
    stderr: '',
  })
  expect((await run('schema up')).stdout).toBe('Nothing to apply.\n')
  expect((await run('schema status')).stdout).toMatch(/^001-existing-tables {2}\d{4}-\S+Z\n002-own-columns {2}\d/)

  expect((await run('schema down')).stdout).toBe('removed 005-deprecations\n')
  expect((await run('schema status')).stdout).toMatch(/\n005-deprecations {2}missing\n$/)
  expect(JSON.parse((await run('schema status --json')).stdout)).toMatchObject({
    steps: [{}, {}, {}, {}, { name: '005-deprecations', applied_at: null }],
  })
  for (const step of ['004-settings', '003-own-tables', '002-own-columns', '001-existing-tables'])
    expect(JSON.parse((await run('schema down --json')).stdout)).toEqual({ removed: [step] })
  expect((await run('schema down')).stdout).toBe('No step is applied.\n')
})

test('a token is created, listed without its text, and revoked', async () => {
  const created = await run('token create --organization Acme --email agent@acme.test --name CI')
  expect(created).toEqual({ exitCode: 0, stdout: expect.stringMatching(/^aitc_[\w-]{43}\n$/), stderr: '' })

  const [listed] = JSON.parse((await run('token list --json')).stdout)
  expect(listed).toMatchObject({ name: 'CI', organization: 'Acme', email: 'agent@acme.test', revoked_at: null })
  expect((await run(`token revoke ${listed.id}`)).stdout).toBe(`revoked ${listed.id}\n`)
  const table = (await run('token list')).stdout
  expect(table).toMatch(/^id {36}name {2}organization {2}email {12}created {22}revoked\n/)
  expect(table).toMatch(new RegExp(`^${listed.id}  CI    Acme          agent@acme.test  \\S+Z  \\S+Z\n$`, 'm'))
  expect(table).not.toContain(created.stdout.trim())
})

test('a command that cannot be done prints one sentence and exits with 2', async () => {
  expect(await run('token revoke 1')).toEqual({
    exitCode: 2,
    stdout: '',
    stderr: 'no token has this id; `token list` prints the ids\n',
  })
})

test.each([
  ['organization', `token create --organization= --email a@acme.test`, 'It must have from 1 to 255 characters.'],
  [
    'organization',
    `seed --organization ${'x'.repeat(256)} --email a@acme.test`,
    'It must have from 1 to 255 characters.',
  ],
  ['email', 'token create --organization Acme --email acme.test', 'It must be an email address.'],
  ['name', 'token create --organization Acme --email a@acme.test --name=', 'It must have from 1 to 255 characters.'],
])('a wrong --%s is refused: %s', async (option, args, rule) => {
  const { exitCode, stderr } = await run(args)

  expect(exitCode).toBe(2)
  expect(stderr).toMatch(new RegExp(`^error: option '--${option} <.*>' argument '.*' is invalid. ${rule}\n$`))
})

test.each([
  ['', 'Usage: ai-ticket-creator-server'],
  ['stard', "error: unknown command 'stard'\n(Did you mean start?)\n"],
  ['token create --email a@acme.test', "error: required option '--organization <name or id>' not specified\n"],
  ['token', 'Usage: ai-ticket-creator-server token'],
  ['schema up twice', "error: too many arguments for 'up'. Expected 0 arguments but got 1: twice.\n"],
])('the arguments "%s" exit with 2', async (args, message) => {
  const { exitCode, stderr } = await run(args)

  expect([exitCode, stderr.slice(0, message.length)]).toEqual([2, message])
})

test('the help explains the exit codes, and the version is printed', async () => {
  expect((await run('--help')).stdout).toContain('Exit codes: 0 done; 1 the answer is no; 2 it could not be done.')
  expect(await run('--version')).toEqual({ exitCode: 0, stdout: '0.0.0\n', stderr: '' })
})

test('wrong settings exit with 2 before anything is opened', async () => {
  expect(await run('start', { PORT: 'http', LOG_LEVEL: 'loud' })).toEqual({
    exitCode: 2,
    stdout: '',
    stderr:
      'PORT must be a whole number from 0 to 65535.\nLOG_LEVEL must be one of fatal, error, warn, info, debug, silent.\n',
  })
})

test('a database that cannot be reached exits with 2, and the password is not printed', async () => {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()]
  const env = { DATABASE_URL: 'postgresql://app:hunter2@127.0.0.1:1/tickets' }

  const exitCode = await main(
    ['token', 'list'],
    openDatabase,
    Object.assign(new EventEmitter(), { env, stdout, stderr }),
  )

  expect(exitCode).toBe(2)
  expect(String(stderr.read())).toBe('The database at 127.0.0.1:1 cannot be used: connect ECONNREFUSED 127.0.0.1:1.\n')
})

test('a thrown value that is not an Error is printed as it is', async () => {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()]
  const thrown: unknown = 'refused'

  const exitCode = await main(
    ['token', 'list'],
    () =>
      Promise.resolve().then(() => {
        throw thrown
      }),
    Object.assign(new EventEmitter(), { env: {}, stdout, stderr }),
  )

  expect([exitCode, String(stderr.read())]).toEqual([2, 'refused\n'])
})

test('what the system or the database refuses is one sentence, and another error of the database has its stack', async () => {
  const outputOf = async (properties: object) => {
    const failing = {
      ...database,
      get sql(): never {
        throw Object.assign(new Error('permission denied'), properties)
      },
    }
    return (await runCommand(['token', 'list'], failing)).stderr
  }

  expect(await outputOf({ code: 'EACCES', syscall: 'open' })).toBe('The operating system reports: permission denied.\n')
  expect(await outputOf({ code: '42501', severity: 'ERROR' })).toBe('The database refused: permission denied.\n')
  expect(await outputOf({ code: '42601', severity: 'ERROR' })).toContain('    at ')
})

test('an unexpected error is printed with its stack, without the password', async () => {
  const failing = {
    ...database,
    get sql(): never {
      throw new Error('lost connection of app:hunter2')
    },
  }
  const env = { DATABASE_URL: 'postgresql://app:hunter2@127.0.0.1:1/tickets' }

  const { exitCode, stderr } = await runCommand(['token', 'list'], failing, env)

  expect([exitCode, stderr.split('\n')[0]]).toEqual([2, 'Error: lost connection of app:[redacted]'])
})
