import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openPglite } from '@ai-ticket-creator/server'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { lockFolder } from '../src/database/lock-folder.ts'

const parent = mkdtempSync(join(tmpdir(), 'ai-ticket-creator-'))
afterAll(() => rmSync(parent, { recursive: true, force: true }))

test('a folder that cannot be opened is not locked afterwards', async () => {
  const folder = join(parent, 'of-another-version')
  mkdirSync(folder)
  writeFileSync(join(folder, 'PG_VERSION'), '1\n')

  await expect(openPglite(folder)).rejects.toThrow(`PGlite cannot open ${folder}`)
  await expect(openPglite(folder)).rejects.toThrow(`PGlite cannot open ${folder}`)
  expect(existsSync(`${folder}.lock`)).toBe(false)
})

test('where the system lists no processes, the id of the owner decides', async () => {
  const folder = join(parent, 'elsewhere')
  const { pid: ended } = spawnSync(process.execPath, ['--version'])

  const release = await lockFolder(folder, 'no such folder')
  await expect(lockFolder(folder, 'no such folder')).rejects.toThrow(`is in use by process ${process.pid};`)
  const lock = JSON.parse(readFileSync(`${folder}.lock`, 'utf8')) as object
  release()
  writeFileSync(`${folder}.lock`, JSON.stringify({ ...lock, pid: ended }))
  ;(await lockFolder(folder, 'no such folder'))()
  expect(existsSync(`${folder}.lock`)).toBe(false)
})

test('an empty lock is taken over, and a lock that cannot be created is an error', async () => {
  const folder = join(parent, 'empty')
  writeFileSync(`${folder}.lock`, '')

  ;(await lockFolder(folder))()

  await expect(lockFolder(join(parent, 'none', 'data'))).rejects.toThrow('ENOENT')
})

test('a process of another container is found, although its id is also that of a process here', async () => {
  const folder = join(parent, 'shared')
  const [here, there] = [createContainer('here'), createContainer('there')]
  const otherBoot = createContainer('here', 'after a restart of the machine')

  const release = await lockFolder(folder, there)
  await expect(lockFolder(folder, here)).rejects.toThrow(
    `is in use by process ${process.pid} of another container (if it has ended, remove ${folder}.lock);`,
  )
  await expect(lockFolder(folder, there)).rejects.toThrow(`is in use by process ${process.pid};`)
  release()
  ;(await lockFolder(folder, here))()
  await lockFolder(folder, there)
  ;(await lockFolder(folder, otherBoot))()

  expect(readdirSync(parent).filter((name) => name.startsWith('shared'))).toEqual([])
})

test('the lock of another container is free when its process was killed, and not free in doubt', async () => {
  const folder = join(parent, 'killed')
  const [here, there] = [createContainer('here'), createContainer('there')]
  const hold = `
    const { lockFolder } = await import(${JSON.stringify(LOCK_FOLDER)})
    await lockFolder(${JSON.stringify(folder)}, ${JSON.stringify(there)})
    console.log('locked')
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--no-warnings', '--input-type=module', '--eval', hold])
  onTestFinished(() => void child.kill('SIGKILL'))
  await once(child.stdout, 'data')

  await expect(lockFolder(folder, here)).rejects.toThrow('of another container')
  child.kill('SIGKILL')
  await once(child, 'exit')
  const release = await lockFolder(folder, here)
  for (const name of readdirSync(parent)) if (name.endsWith('.socket')) rmSync(join(parent, name))

  await expect(lockFolder(folder, there)).rejects.toThrow('of another container')
  release()
})

const LOCK_FOLDER = join(import.meta.dirname, '../src/database/lock-folder.ts')

/** A folder as `/proc`, for a container on this machine. In each of them this process has the same id and start. */
function createContainer(namespace: string, boot = 'boot'): string {
  const folder = mkdtempSync(join(parent, 'proc-'))
  mkdirSync(join(folder, 'sys/kernel/random'), { recursive: true })
  writeFileSync(join(folder, 'sys/kernel/random/boot_id'), `${boot}\n`)
  mkdirSync(join(folder, 'self/ns'), { recursive: true })
  symlinkSync(namespace, join(folder, 'self/ns/pid'))
  symlinkSync(`/proc/${process.pid}`, join(folder, String(process.pid)))
  return folder
}
