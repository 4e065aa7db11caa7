import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openPglite, ServerError } from '@ai-ticket-creator/server'
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { lockFolder } from '../src/database/lock-folder.ts'

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

test('where the system lists no processes, the id of the owner decides', () => {
  const folder = join(parent, 'elsewhere')
  const { pid: ended } = spawnSync(process.execPath, ['--version'])

  const release = lockFolder(folder, 'no such folder')
  expect(() => lockFolder(folder, 'no such folder')).toThrow(`is in use by process ${process.pid}`)
  release()
  writeFileSync(`${folder}.lock`, String(ended))
  lockFolder(folder, 'no such folder')()
  expect(existsSync(`${folder}.lock`)).toBe(false)
})

test('an empty lock, and one where no link can be made, are no endless wait', () => {
  const folder = join(parent, 'empty')
  writeFileSync(`${folder}.lock`, '')

  lockFolder(folder)()

  expect(() => lockFolder(join(parent, 'none', 'data'))).toThrow('ENOENT')
})
