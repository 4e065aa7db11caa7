import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { createPglite } from '@ai-ticket-creator/test-postgresql'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { main } from '../src/cli/main.ts'
import { type Connection, STEP_NAMES } from '../src/index.ts'
import { createLegacyTables, insertIntegration, insertTicket, readCatalog } from './legacy-tables.ts'
import { openDatabase } from './open-database.ts'

let database: Connection
let folder: string
beforeAll(async () => {
  database = await openDatabase()
  folder = await mkdtemp(join(tmpdir(), 'rehearse-'))
  for (const statement of [
    ...createLegacyTables({ storage: 'values', isEnabled: true }),
    insertIntegration({ name: 'Support', description: '', organization: 'A' }),
    insertTicket({ title: '1', name: 'Support', creator: 'A' }),
    insertTicket({ title: '2', name: 'Support', creator: 'none' }),
  ])
    await database.query(statement)
})
afterAll(async () => {
  await database.close()
  await rm(folder, { recursive: true })
})

/** Runs the command on a server whose only other database is another PGlite. `refusal` is its answer to CREATE DATABASE. */
async function run(args: readonly string[], refusal?: Error) {
  const urls: string[] = []
  const statements: string[] = []
  const live: Connection = {
    // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- as in the interface
    async query<Row>(text: string, values?: unknown[]) {
      if (!/^(?:CREATE|DROP) DATABASE/.test(text)) return database.query<Row>(text, values)
      statements.push(text.replace(/_[\da-f]{8}"/, '_…"'))
      if (refusal !== undefined) throw refusal
      return { rows: [] }
    },
    close: async () => {},
  }
  const connect = async (url: string): Promise<Connection> => {
    urls.push(url.replace(/_[\da-f]{8}$/, '_…'))
    return urls.length === 1 ? live : createPglite()
  }
  const output = { stdout: new PassThrough(), stderr: new PassThrough() }
  const env = { DATABASE_URL: 'postgresql://app@127.0.0.1:5432/tickets' }
  const exitCode = await main(args, connect, { env, stdin: Readable.from(''), ...output })
  const read = (stream: PassThrough) => String(stream.read() ?? '')
  return { exitCode, stdout: read(output.stdout), stderr: read(output.stderr), urls, statements }
}

test('a rehearsal restores the backup elsewhere, runs all steps both ways, and leaves nothing', async () => {
  const before = await readCatalog(database)
  const file = join(folder, 'tables.jsonl')
  await run(['backup', file])

  const { exitCode, stdout, urls, statements } = await run(['rehearse', file])

  expect(exitCode).toBe(0)
  expect(stdout.replaceAll(/[\d.]+ s/g, '… s')).toBe(
    `3 rows\n${STEP_NAMES.map((step) => `${step.padEnd(19)}  apply … s, undo … s\n`).join('')}`,
  )
  expect(urls[1]).toBe('postgresql://app@127.0.0.1:5432/ai_ticket_creator_rehearsal_…')
  expect(statements).toEqual([
    'CREATE DATABASE "ai_ticket_creator_rehearsal_…" TEMPLATE template0',
    'DROP DATABASE IF EXISTS "ai_ticket_creator_rehearsal_…" WITH (FORCE)',
  ])
  expect(await readCatalog(database)).toEqual(before)
})

test.each([
  [
    Object.assign(new Error('permission denied to create database'), { code: '42501' }),
    1,
    'the role lacks CREATEDB, which only a rehearsal needs; use a role that has it, or a copy of the server\n',
  ],
  [new Error('the disk is full'), 2, 'stopped: Error: the disk is full\n'],
])('a server that answers %s to CREATE DATABASE ends the rehearsal', async (refusal, exitCode, message) => {
  const result = await run(['rehearse', join(folder, 'tables.jsonl')], refusal)

  expect(result).toMatchObject({ exitCode, stderr: expect.stringContaining(message) })
})
