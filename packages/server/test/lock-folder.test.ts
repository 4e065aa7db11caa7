import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openPglite, ServerError } from '@ai-ticket-creator/server'
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'

const parent = mkdtempSync(join(tmpdir(), 'ai-ticket-creator-'))
afterAll(() => rmSync(parent, { recursive: true, force: true }))

// Inserts rows and prints each number after its row is committed, until it is killed.
const WRITER = `
  import { sql } from 'kysely'
  import { openPglite } from '@ai-ticket-creator/server'
  const { sql: db } = await openPglite(process.argv[1])
  await sql\`create table if not exists numbers (n int)\`.execute(db)
  for (let n = 1; ; n++) {
    await sql\`insert into numbers values (\${n})\`.execute(db)
    process.stdout.write(n + ' ')
  }`

test('a folder in use is refused; after kill -9 it is free and has every acknowledged row', async () => {
  const folder = join(parent, 'data')
  const conditions = ['--conditions=@ai-ticket-creator/source', '--no-warnings']
  const writer = spawn(process.execPath, [...conditions, '--input-type=module', '-e', WRITER, folder], {
    cwd: join(import.meta.dirname, '..'),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let printed = ''
  for await (const chunk of writer.stdout) {
    printed += String(chunk)
    if (printed.includes('20 ')) break
  }

  await expect(openPglite(folder)).rejects.toThrow(ServerError)
  await expect(openPglite(folder)).rejects.toThrow(`is in use by process ${writer.pid}; stop that process`)
  writer.kill('SIGKILL')
  await once(writer, 'exit')

  const database = await openPglite(folder)
  await expect(openPglite(folder)).rejects.toThrow(`is in use by process ${process.pid}`)
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from numbers`.execute(database.sql)
  await database.close()
  const acknowledged = printed.trim().split(' ').length - 1
  expect(rows[0]?.count).toBeGreaterThanOrEqual(acknowledged)
})

test('a folder that cannot be opened is not locked afterwards', async () => {
  const file = join(parent, 'file')
  writeFileSync(file, '')

  await expect(openPglite(file)).rejects.not.toThrow(ServerError)
  await expect(openPglite(file)).rejects.not.toThrow('in use')
})
