import { execFile } from 'node:child_process'
import { cp, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, describe, expect, test } from 'vitest'
import type * as current from '../src/current.ts'
import { testCurrentClient } from './current-suite.ts'

// Legacy support is a plug-in: without its folder, and without the entry that plugs it in, the client of the current
// generation must compile and work.

const packageFolder = join(import.meta.dirname, '..')
const folder = await mkdtemp(join(tmpdir(), 'without-legacy-'))
await cp(join(packageFolder, 'src'), join(folder, 'src'), { recursive: true })
await rm(join(folder, 'src/legacy'), { recursive: true })
await rm(join(folder, 'src/index.ts'))
await cp(join(packageFolder, 'package.json'), join(folder, 'package.json'))
await symlink(join(packageFolder, 'node_modules'), join(folder, 'node_modules'))
afterAll(() => rm(folder, { recursive: true }))

test('no file of the copy is about older generations', async () => {
  const files = await readdir(join(folder, 'src'), { recursive: true })

  expect(files.filter((file) => /legacy|deprecat/.test(file))).toEqual([])
})

test('the client compiles', async () => {
  const tsconfig = { extends: join(packageFolder, 'tsconfig.json'), include: ['src'] }
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(tsconfig))
  const tsc = join(packageFolder, '../../node_modules/.bin/tsc')

  const { stdout } = await promisify(execFile)(tsc, ['-p', folder]).catch((error: { stdout: string }) => error)

  expect(stdout).toBe('')
})

describe('the client passes its suite', async () => {
  const { createClient } = (await import(join(folder, 'src/current.ts'))) as typeof current
  testCurrentClient(createClient)
})
