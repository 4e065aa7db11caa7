import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { main } from '../src/cli/main.ts'
import { type Connection, createMigration, type ProgressEvent } from '../src/index.ts'
import { createLegacyTables, insertIntegration, insertTicket, readCatalog } from './legacy-tables.ts'
import { openDatabase } from './open-database.ts'

let database: Connection
let folder: string
let file: string
beforeAll(async () => {
  database = await openDatabase()
})
afterAll(() => database.close())

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'backup-'))
  file = join(folder, 'tables.jsonl')
  for (const statement of [
    ...createLegacyTables({ storage: 'values', isEnabled: true }),
    insertIntegration({ name: 'Support "1", \\2\n', description: 'first', organization: 'A' }),
    insertIntegration({ name: 'Café (2)', description: '', organization: 'B', type: 'jira', isDeleted: true }),
    insertTicket({ title: '1', name: 'Café (2)', creator: 'A' }),
    insertTicket({ title: '2', name: null, creator: 'B' }),
    "UPDATE public.integrations SET routing_rules = '{\"a\": [1.10, null]}', credentials_encrypted = 'gAAAA=='",
  ])
    await database.query(statement)
  return () => rm(folder, { recursive: true })
})

async function run(...args: readonly string[]) {
  const output = { stdout: new PassThrough(), stderr: new PassThrough() }
  const session = { query: database.query.bind(database), close: async () => {} }
  const env = { DATABASE_URL: 'postgresql://app@127.0.0.1:5432/tickets' }
  const exitCode = await main(args, async () => session, { env, stdin: Readable.from(''), ...output })
  const read = (stream: PassThrough) => String(stream.read() ?? '')
  return { exitCode, stdout: read(output.stdout), stderr: read(output.stderr) }
}

const readAll = async () => ({
  catalog: await readCatalog(database),
  integrations: (await database.query('SELECT stored::text AS row FROM public.integrations AS stored ORDER BY id'))
    .rows,
  tickets: (await database.query('SELECT stored::text AS row FROM public.tickets AS stored ORDER BY id')).rows,
})

test('tables that are gone come back with their rows, indexes, keys and grants', async () => {
  const before = await readAll()

  const backup = await run('backup', file)
  await database.query('DROP TABLE public.tickets, public.integrations')
  await database.query('DROP TYPE public.integrationtype, public.integrationstatus')
  const restore = await run('restore', file)

  expect(backup).toEqual({ exitCode: 0, stdout: `${file} has 4 rows\n`, stderr: '' })
  expect(restore).toEqual({ exitCode: 0, stdout: '4 rows are restored\n', stderr: '' })
  expect(await readAll()).toEqual(before)
})

test('a restore uses types that are still there, and leaves out a foreign key to a table that is gone', async () => {
  await database.query('CREATE TABLE public.teams (id uuid PRIMARY KEY)')
  await database.query('ALTER TABLE public.tickets ADD COLUMN team_id uuid REFERENCES public.teams (id)')
  await run('backup', file)
  await database.query('DROP TABLE public.tickets, public.integrations, public.teams')

  const restore = await run('restore', file)

  expect(restore).toEqual({ exitCode: 0, stdout: '4 rows are restored\n', stderr: '' })
  const { rows } = await database.query(
    "SELECT conname AS name FROM pg_constraint WHERE contype = 'f' AND conrelid = 'public.tickets'::regclass AND conname LIKE '%team%'",
  )
  expect(rows).toEqual([])
})

test('only the owner can read the file, because the tables have credentials', async () => {
  await run('backup', file)

  expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect((await run('backup', file)).stderr).toBe(`${file} exists; give the backup another name\n`)
})

test('tables that exist are replaced only on request, and then rows that were added are gone', async () => {
  const before = await readAll()
  await run('backup', file)
  await database.query("UPDATE public.tickets SET title = 'changed'")
  await database.query('DELETE FROM public.integrations WHERE is_deleted')
  await database.query(insertTicket({ title: '3', name: null, creator: 'A' }))

  const refused = await run('restore', file)
  const unconfirmed = await run('restore', file, '--replace')
  const restored = await run('restore', file, '--replace', '--yes')

  expect(refused).toEqual({
    exitCode: 1,
    stdout: '',
    stderr:
      'integrations and tickets exist; --replace gives them the rows of the backup, and every later change is lost\n',
  })
  expect(unconfirmed.stderr).toBe(
    'This gives both tables the rows of the backup: every later change is lost. Give --yes to confirm.\n',
  )
  expect(restored.exitCode).toBe(0)
  expect(await readAll()).toEqual(before)
})

test('during a migration a backup is not restored over its tables', async () => {
  await run('backup', file)
  await createMigration(database).apply({ to: 'expand' })

  expect((await run('restore', file, '--replace', '--yes')).stderr).toBe(
    '"public"."integrations" has other columns than the backup; run undo first, or drop the table. Nothing was restored\n',
  )
  await database.query(
    'ALTER TABLE public.integrations DROP COLUMN enabled, DROP COLUMN platform_name, DROP COLUMN integration_category',
  )
  expect((await run('restore', file, '--replace', '--yes')).stderr).toBe(
    'a migration is under way; run undo first. Nothing was restored\n',
  )
})

test('tables with the columns in another order, as after undo of contract, are restored by name', async () => {
  await run('backup', file)
  await createMigration(database).apply()
  await createMigration(database).undo()
  const before = await database.query('SELECT id, integration_type, is_enabled FROM public.integrations ORDER BY id')
  await database.query("UPDATE public.integrations SET integration_type = 'sms'")

  const { exitCode } = await run('restore', file, '--replace', '--yes')

  const { rows } = await database.query('SELECT id, integration_type, is_enabled FROM public.integrations ORDER BY id')
  expect(exitCode).toBe(0)
  expect(rows.map((row) => Object.entries(row as object)[1])).toEqual(
    before.rows.map((row) => Object.entries(row as object)[1]),
  )
})

test.each([
  [
    'shortened',
    (text: string) => text.split('\n').slice(0, -2).join('\n'),
    'the backup is incomplete: its end is missing; nothing was restored',
  ],
  [
    'cut in a line',
    (text: string) => text.slice(0, -20),
    'the file is not a backup of this command, or it is incomplete; nothing was restored',
  ],
  [
    'changed',
    (text: string) => text.replace('gAAAA==', 'gBBBB=='),
    'the backup was changed or damaged: its checksum is wrong; nothing was restored',
  ],
  ['of another program', () => '{"format":"x"}\n{"rows":0}\n', 'the file is not a backup of this command'],
  [
    'of a later version',
    (text: string) => text.replace('"version":1', '"version":2'),
    'the backup has version 2, and this command reads version 1',
  ],
  ['JSON of another form', () => 'null\nnull\n', 'the file is not a backup of this command'],
  ['empty', () => '', 'the backup is incomplete: its end is missing; nothing was restored'],
])('a file that is %s is refused', async (_, change, message) => {
  await run('backup', file)
  const wrong = join(folder, 'wrong.jsonl')
  await writeFile(wrong, change(await readFile(file, 'utf8')))
  await database.query('DROP TABLE public.tickets, public.integrations')

  expect(await run('restore', wrong)).toEqual({ exitCode: 1, stdout: '', stderr: `${message}\n` })
})

test('a full disk ends the command before anything is changed', async () => {
  const before = await readAll()

  const { exitCode, stderr } = await run('apply', '--backup', '/dev/full', '--yes')

  expect(exitCode).toBe(2)
  expect(stderr).toContain(
    'the backup /dev/full could not be written, so nothing was changed: Error: ENOSPC: no space left on device',
  )
  expect(await readAll()).toEqual(before)
})

test('a folder that is not there is named, and leaves no file', async () => {
  const { exitCode, stderr } = await run('backup', join(folder, 'missing', 'tables.jsonl'))

  expect(exitCode).toBe(2)
  expect(stderr).toContain(`the backup ${join(folder, 'missing', 'tables.jsonl')} could not be written`)
})

test('restore names a backup that cannot be read', async () => {
  const missing = join(folder, 'missing.jsonl')
  await database.query('DROP TABLE public.tickets, public.integrations')

  const { exitCode, stderr } = await run('restore', missing)

  expect(exitCode).toBe(2)
  expect(stderr).toBe(
    `the backup ${missing} could not be read, so nothing was restored: Error: ENOENT: no such file or directory, open '${missing}'\n`,
  )
})

test('apply with --backup needs no confirmation that a backup exists', async () => {
  const { exitCode } = await run('apply', '--to', 'expand', '--backup', file)

  expect(exitCode).toBe(0)
  expect((await readFile(file, 'utf8')).split('\n')).toHaveLength(5)
})

test('a schema without the tables has nothing to back up', async () => {
  expect(await run('backup', file, '--schema', 'other')).toEqual({
    exitCode: 1,
    stdout: '',
    stderr: 'the schema other has no table integrations or tickets; give it with --schema\n',
  })
  await expect(stat(file)).rejects.toThrow('ENOENT')
})

test('a backup and a restore report their rows, so that the time left can be shown', async () => {
  const events: ProgressEvent[] = []
  const lines: string[] = []
  const migration = createMigration(database, { onProgress: (event) => events.push(event) })

  await migration.backup(async (line) => void lines.push(line.trimEnd()))
  async function* read() {
    yield* lines
  }
  await migration.restore(read, { replace: true })

  expect(events).toEqual([
    { type: 'rows', step: 'backup', rows: 0, total: 4 },
    { type: 'rows', step: 'backup', rows: 2, total: 4 },
    { type: 'rows', step: 'backup', rows: 4, total: 4 },
    { type: 'rows', step: 'restore', rows: 0, total: 4 },
    { type: 'rows', step: 'restore', rows: 2, total: 4 },
    { type: 'rows', step: 'restore', rows: 4, total: 4 },
  ])
})
