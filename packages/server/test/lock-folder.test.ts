import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openPglite, ServerError } from '@ai-ticket-creator/server'
import { afterAll, expect, test } from 'vitest'
import { lockFolder } from '../src/database/lock-folder.ts'

const parent = mkdtempSync(join(tmpdir(), 'ai-ticket-creator-'))
afterAll(() => rmSync(parent, { recursive: true, force: true }))

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
