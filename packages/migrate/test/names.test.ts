import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { main } from '../src/cli/main.ts'
import { type Connection, createMigration } from '../src/index.ts'
import { createLegacyTables, insertIntegration, insertTicket, ORGANIZATIONS } from './legacy-tables.ts'
import { openDatabase } from './open-database.ts'

const FIRST = '00000000-0000-4000-8000-000000000001'
const SECOND = '00000000-0000-4000-8000-000000000002'
const OTHER = '00000000-0000-4000-8000-000000000003'

let database: Connection
let folder: string
beforeAll(async () => {
  database = await openDatabase()
  folder = await mkdtemp(join(tmpdir(), 'names-'))
})
afterAll(async () => {
  await database.close()
  await rm(folder, { recursive: true })
})

// Every test but the last two leaves the database as it is.
beforeAll(async () => {
  for (const statement of [
    ...createLegacyTables({ storage: 'values', isEnabled: true }),
    insertIntegration({ name: 'Support', description: 'first', organization: 'A', id: FIRST }),
    insertIntegration({ name: 'Support', description: 'second', organization: 'A', id: SECOND, isDeleted: true }),
    insertIntegration({ name: '=Sales', description: 'of B', organization: 'B', id: OTHER, type: 'jira' }),
    insertTicket({ title: '1', name: 'Support', creator: 'A' }),
    insertTicket({ title: '2', name: 'Support', creator: 'A' }),
    insertTicket({ title: '3', name: '=sales', creator: 'B' }),
  ])
    await database.query(statement)
  await createMigration(database).apply({ to: 'tickets-names' })
})

async function run(...args: readonly string[]) {
  const output = { stdout: new PassThrough(), stderr: new PassThrough() }
  const session = { query: database.query.bind(database), close: async () => {} }
  const env = { DATABASE_URL: 'postgresql://app@127.0.0.1:5432/tickets' }
  const exitCode = await main(args, async () => session, { env, stdin: Readable.from(''), ...output })
  const read = (stream: PassThrough) => String(stream.read() ?? '')
  return { exitCode, stdout: read(output.stdout), stderr: read(output.stderr) }
}

async function fill(csv: string, integrationId: string, name: string): Promise<string> {
  const file = join(folder, 'names.csv')
  const lines = csv.split('\n').map((line) => (line.includes(name) ? `${line}${integrationId}` : line))
  await writeFile(file, lines.join('\n'))
  return file
}

const readLinks = async () =>
  (await database.query('SELECT title, integration_id AS id FROM public.tickets ORDER BY title')).rows

test('names prints what each name could mean, and a formula as text', async () => {
  const { exitCode, stdout } = await run('names')

  expect(exitCode).toBe(0)
  expect(stdout).toMatch(/^id,organization_id,name,tickets,reason,candidates,integration_id\n/)
  expect(stdout).toContain(
    `,${ORGANIZATIONS.A},Support,2,ambiguous,"${FIRST} (Support, zoom, active); ${SECOND} (Support, zoom, deleted)",\n`,
  )
  expect(stdout).toContain(`,${ORGANIZATIONS.B},'=sales,1,not_found,"${OTHER} (=Sales, jira, active)",\n`)
})

test.each([
  [OTHER, `integration ${OTHER} is of another organization`],
  ['00000000-0000-4000-8000-00000000000f', 'there is no integration 00000000-0000-4000-8000-00000000000f'],
  ['first', 'no choice was stored: not an id: "first"'],
])('the choice %s is refused, and none is stored', async (choice, message) => {
  const { stdout } = await run('names')

  const { exitCode, stderr } = await run('apply', '--yes', '--names', await fill(stdout, choice, 'Support,2'))

  expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: expect.stringContaining(message) })
  expect((await createMigration(database).ticketNames()).map(({ reason }) => reason)).toEqual([
    'ambiguous',
    'not_found',
  ])
})

test('a choice for a name that no ticket has is refused', async () => {
  await expect(createMigration(database).chooseIntegrations([{ id: SECOND, integrationId: FIRST }])).rejects.toThrow(
    `no choice was stored: ${SECOND}: no ticket has this name`,
  )
})

test.each([
  ['', 'the file has no columns id and integration_id; print it with the command names'],
  ['a,b\n1,2\n', 'the file has no columns id and integration_id; print it with the command names'],
  ['id,integration_id\n"1,2\n', 'the file of names is not CSV: '],
])('the file %j is refused', async (text, message) => {
  const file = join(folder, 'wrong.csv')
  await writeFile(file, text)

  const { exitCode, stderr } = await run('apply', '--yes', '--names', file)

  expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: expect.stringContaining(message) })
})

test('a file that is not there is exit code 2', async () => {
  const { exitCode, stderr } = await run('apply', '--yes', '--names', join(folder, 'missing.csv'))

  expect({ exitCode, stderr }).toEqual({
    exitCode: 2,
    stderr: expect.stringContaining('cannot read the file of names: '),
  })
})

test.each(['--dry-run', '--to=contract'])('apply %s that changes nothing stores no choice either', async (option) => {
  const { stdout } = await run('names')

  const { stderr } = await run('apply', option, '--names', await fill(stdout, SECOND, 'Support,2'))

  expect(stderr).toBe(
    option === '--dry-run'
      ? ''
      : 'This drops the old columns: clients with old names fail, and the way back takes as long as the backfill. Give --yes to confirm.\n',
  )
  expect((await createMigration(database).ticketNames()).map(({ name }) => name)).toEqual(['Support', '=sales'])
})

test('a spreadsheet may separate with semicolons, and leave values with commas without quotes', async () => {
  const [choice] = (await createMigration(database).ticketNames()).map(({ id }) => id)
  const file = join(folder, 'semicolons.csv')
  await writeFile(file, `\ufeffid;candidates;integration_id\r\n${choice};${FIRST} (Support, zoom, active);third\r\n`)

  expect((await run('apply', '--yes', '--names', file)).stderr).toBe('no choice was stored: not an id: "third"\n')
})

test('apply links the tickets of a name to the integration that a person chose', async () => {
  const { stdout } = await run('names')

  const { exitCode } = await run('apply', '--yes', '--names', await fill(stdout, SECOND, 'Support,2'))

  expect(exitCode).toBe(0)
  expect(await readLinks()).toEqual([
    { title: '1', id: SECOND },
    { title: '2', id: SECOND },
    { title: '3', id: null },
  ])
})

test('without looked up names there is nothing to print, and a choice is refused', async () => {
  const migration = createMigration(database)
  await migration.undo()

  expect(await migration.ticketNames()).toEqual([])
  await expect(migration.chooseIntegrations([])).rejects.toThrow(
    'the names of tickets are not looked up yet; run apply --to tickets-names first',
  )
})
