import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import { lockFolder } from '../src/database/lock-folder.ts'
import { restorePglite } from '../src/database/open-pglite.ts'
import { openDatabase } from '../src/runtime/open-database.ts'
import { readSettings } from '../src/settings/settings.ts'
import { createFolders, runCommand, runWithSettings, startCommand } from './run-command.ts'

const newFolder = createFolders()

const [DATA_FOLDER, restored, file] = [newFolder(), newFolder(), newFolder()]
const database = await openDatabase(readSettings({ DATA_FOLDER }, { usesKeys: true }))
afterAll(() => database.close())

const run = (args: string, env = {}) => runCommand(args.split(' '), database, { DATA_FOLDER, ...env })

test('a backup restores everything but the key, into a new folder', async () => {
  await run('token create --organization Acme --email agent@acme.test --name saved')

  const saved = await run(`backup ${file}`)
  const again = await run(`backup ${file}`)
  const loaded = await run(`restore ${file}`, { DATA_FOLDER: restored })
  const isClosed = !existsSync(`${restored}/postmaster.pid`)
  const copy = await openDatabase(readSettings({ DATA_FOLDER: restored }, { usesKeys: true }))
  const isOpen = existsSync(`${restored}/postmaster.pid`)
  const tokens = await runCommand(['token', 'list'], copy)
  await copy.close()

  expect(saved.stdout).toBe(
    `Wrote ${file}. The key of the credentials is not in it: keep a copy of ${DATA_FOLDER}.key elsewhere.\n`,
  )
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect([again.exitCode, again.stderr]).toEqual([2, `${file} exists; give the name of a new file.\n`])
  expect(loaded.stdout).toBe(`Restored ${restored}. The server also needs its key, ${restored}.key.\n`)
  // An open database would keep the command running.
  expect([isClosed, isOpen]).toEqual([true, true])
  expect(tokens.stdout).toContain('saved')
})

test('a restore overwrites nothing, and needs its file', async () => {
  expect((await run(`restore ${file}`)).stderr).toBe(`${DATA_FOLDER} exists; move it away, or set DATA_FOLDER.\n`)
  expect((await run('restore none', { DATA_FOLDER: newFolder() })).stderr).toBe('none does not exist.\n')
})

test('a file that is no backup, or only a part of one, leaves no folder', async () => {
  const [part, other, folder] = [newFolder(), newFolder(), newFolder()]
  writeFileSync(part, gzipSync('x'.repeat(2000)).subarray(0, 20))
  writeFileSync(other, gzipSync('no archive'))

  for (const [given, message] of [
    [part, /^.* is not a backup, or is damaged: /],
    [dirname(part), /^.* is not a backup, or is damaged: /],
    [other, /^The backup cannot be restored to /],
  ] as const) {
    const { exitCode, stderr } = await run(`restore ${given}`, { DATA_FOLDER: folder })

    expect([exitCode, stderr.split('\n').length]).toEqual([2, 2])
    expect(stderr).toMatch(message)
    expect(existsSync(folder)).toBe(false)
  }
  expect((await run(`restore ${part}`, { DATA_FOLDER: `${folder}/data` })).stderr).toBe(
    `${folder} does not exist; create this folder first.\n`,
  )
})

test('a restore leaves the folder of another process alone', async () => {
  const folder = newFolder()
  const release = await lockFolder(folder)
  mkdirSync(folder)

  await expect(restorePglite(folder, new Uint8Array())).rejects.toThrow(' is in use by process ')
  release()

  expect(existsSync(folder)).toBe(true)
})

test('a path that cannot be used is one sentence', async () => {
  const file = newFolder()
  writeFileSync(file, '')

  const isFile = await runWithSettings(['token', 'list'], { DATA_FOLDER: file })
  const belowFile = await runWithSettings(['token', 'list'], { DATA_FOLDER: `${file}/folder/data` })
  const backup = await run(`backup ${dirname(file)}/${'x'.repeat(300)}`)

  expect([isFile.exitCode, isFile.stderr]).toEqual([
    2,
    `PGlite cannot open ${file}: its files cannot be read or written.\n`,
  ])
  expect([belowFile.exitCode, belowFile.stderr]).toEqual([
    2,
    `DATA_FOLDER cannot be created: ENOTDIR: not a directory, mkdir '${file}/folder'.\n`,
  ])
  expect(backup.stderr).toMatch(/^The backup cannot be written: ENAMETOOLONG: .*\.\n$/)
})

test('a backup needs a folder of PGlite, which it does not create, and a folder for its file', async () => {
  const missing = newFolder()

  const misspelled = await run(`backup ${newFolder()}`, { DATA_FOLDER: missing })
  const nowhere = await run(`backup ${missing}/file`)

  expect([misspelled.exitCode, misspelled.stderr]).toEqual([
    2,
    `${missing} does not exist, so there is nothing to save; set DATA_FOLDER.\n`,
  ])
  expect([nowhere.exitCode, nowhere.stderr]).toEqual([2, `${missing} does not exist; create this folder first.\n`])
  expect(existsSync(missing)).toBe(false)
})

test('the key is outside the folder of PGlite, also when DATA_FOLDER ends with a slash', async () => {
  const folder = newFolder()

  const started = await startCommand(database, { DATA_FOLDER: `${folder}/` })
  await started.stop()

  expect(existsSync(`${folder}.key`)).toBe(true)
  expect(existsSync(`${folder}/.key`)).toBe(false)
})

test('backup and restore refuse PostgreSQL, name its own tools, and open no connection', async () => {
  const DATABASE_URL = 'postgresql://app@127.0.0.1:1/tickets'

  const saved = await runWithSettings(['backup', 'none'], { DATABASE_URL })
  const restored = await runWithSettings(['restore', 'none'], { DATABASE_URL })

  expect(saved.stderr).toBe('This is a PostgreSQL server; use pg_dump.\n')
  expect(restored.stderr).toBe('This is a PostgreSQL server; use pg_restore.\n')
})
