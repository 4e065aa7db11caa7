import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, globSync, readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { consumer, packages } from './unpack.ts'

// Tests the tarballs, because consumers install these and not the sources.

test.each(packages)('the manifest of $name is rewritten for the registry', ({ folder }) => {
  const packed = readFileSync(join(folder, 'package.json'), 'utf8')

  expect(packed).not.toMatch(/workspace:|catalog:/)
  expect(packed).not.toContain('@ai-ticket-creator/source')
})

test.each(packages)('the tarball of $name has a README and a licence, and neither sources nor tests', ({ folder }) => {
  const files = globSync('**/*', { cwd: folder })

  expect(files).toEqual(expect.arrayContaining(['README.md', 'LICENSE']))
  expect(files.filter((file) => /^src\/|\.test\./.test(file))).toEqual([])
})

test.each(packages)('every link in the README of $name leads to a packed file, a heading, or the web', ({ folder }) => {
  const readme = readFileSync(join(folder, 'README.md'), 'utf8')
  const targets = [...readme.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target)

  const relative = targets.filter((target) => !/^(?:https:\/\/|#)/.test(target))
  expect(relative.filter((target) => !existsSync(join(folder, target.replace(/#.*/, ''))))).toEqual([])
})

test.concurrent.each(packages)('publint finds nothing wrong in $name', async ({ tarball }) => {
  expect(await run('publint', 'run', '--strict', tarball)).toEqual({ code: 0, output: expect.any(String) })
})

// The profile node16 skips node10 resolution. node10 does not support subpath exports, and no supported version of Node uses it.
test.concurrent.each(packages)('the types of $name resolve wherever its code does', async ({ tarball, manifest }) => {
  const entry = manifest.exports['.']
  const profile = typeof entry === 'object' && 'require' in entry ? 'node16' : 'esm-only'

  const { code, output } = await run('attw', tarball, '--profile', profile, '--no-emoji', '--no-color')

  // The output is compared with itself, so that a failure prints it.
  expect({ code, output }).toEqual({ code: 0, output })
})

test('the programs of test-projects use every entry point that is for consumers', () => {
  const programs = globSync('test-projects/programs/*.mjs')
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n')
  const entries = packages.flatMap(({ name, manifest }) =>
    Object.keys(manifest.exports).map((path) => join(name, path)),
  )

  // `npm run test:browser` imports the first. The second is only for our own packages.
  const others = ['@ai-ticket-creator/test-utils/browser', '@ai-ticket-creator/domain/internal']
  const used = entries.filter((entry) => programs.includes(`from '${entry}'`))
  expect([...used, ...others].toSorted()).toEqual(entries.filter((entry) => !entry.endsWith('package.json')).toSorted())
})

test.concurrent.each(['first-calls.mjs', 'first-test.mjs', 'current.mjs', 'require.cjs', 'migrate.mjs', 'server.mjs'])(
  'the program %s runs',
  async (program) => {
    const { code, output } = await run(process.execPath, join(consumer, 'programs', program))

    expect({ code, output }).toEqual({ code: 0, output: '' })
  },
)

test('a backend is verified where MSW is not installed', async () => {
  const msw = join(consumer, 'node_modules/msw')
  renameSync(msw, join(consumer, 'msw'))

  const { code, output } = await run(process.execPath, join(consumer, 'programs/verify.mjs'))

  renameSync(join(consumer, 'msw'), msw)
  // The output is compared with itself, so that a failure prints it.
  expect({ code, output }).toEqual({ code: 0, output })
})

async function run(command: string, ...args: string[]): Promise<{ code: unknown; output: string }> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data))
  const [code] = await once(child, 'close')
  return { code, output }
}
