import { copyFileSync, cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { createOutside, pinned } from './outside.ts'

const NODES = ['22.12.0', '24.21.0']
// The oldest TypeScript that can read the types, and the last version before those that this repository uses.
const COMPILERS = ['5.4.5', '5.9.3']
const tools = ['@types/node', 'esbuild', '@typescript/native', 'typescript'].map(pinned)
// Each version is installed under its own name.
const nodes = NODES.map((version) => `node-${version}@npm:node-linux-${process.arch}@${version}`)
const compilers = COMPILERS.map((version) => `typescript-${version}@npm:typescript@${version}`)
const outside = await createOutside(...tools, ...nodes, ...compilers, '@edge-runtime/vm@5.0.0')
const bin = (name: string) => join(outside.folder, 'node_modules/.bin', name)
afterAll(() => outside[Symbol.dispose]())
cpSync('test-projects', outside.folder, { recursive: true })

const programs = ['first-calls.mjs', 'current.mjs', 'first-test.mjs', 'require.cjs', 'verify.mjs']
test.each(NODES.flatMap((version) => programs.map((program) => ({ version, program }))))(
  'Node $version runs $program',
  async ({ version, program }) => {
    const node = join(outside.folder, `node_modules/node-${version}/bin/node`)

    const { code, output } = await outside.run(node, [join('programs', program)])

    // The output is compared with itself, so that a failure prints it.
    expect({ code, output }).toEqual({ code: 0, output })
  },
)

test('npx runs the command', async () => {
  expect(await outside.run('npx', ['--no-install', 'ai-ticket-creator-verify', '--version'])).toMatchObject({ code: 0 })
})

// The same file in every kind of module.
for (const name of ['use.mts', 'use.cts'])
  copyFileSync('test-projects/types/use.ts', join(outside.folder, 'types', name))
mkdirSync(join(outside.folder, 'types/commonjs'))
writeFileSync(join(outside.folder, 'types/commonjs/package.json'), '{ "type": "commonjs" }')
copyFileSync('test-projects/types/use.ts', join(outside.folder, 'types/commonjs/use.ts'))

const kinds = ['use.ts', 'use.mts', 'use.cts', 'commonjs/use.ts']
const modules = [
  { module: 'nodenext', moduleResolution: 'nodenext', files: kinds },
  { module: 'node16', moduleResolution: 'node16', files: kinds },
  { module: 'esnext', moduleResolution: 'bundler', files: ['use.ts', 'use.mts'] },
  { module: 'preserve', moduleResolution: 'bundler', files: ['use.ts', 'use.cts'] },
  // test-utils has ES modules only, so it is not for node16; the types of MSW are not ours to check.
  { module: 'nodenext', moduleResolution: 'nodenext', files: ['use-in-tests.ts'], skipLibCheck: 'true' },
  { module: 'esnext', moduleResolution: 'bundler', files: ['use-in-tests.ts'], skipLibCheck: 'true' },
]
test.each(['tsc', 'tsc6'].flatMap((compiler) => modules.map((module) => ({ compiler, ...module }))))(
  '$compiler compiles $files with module $module and resolution $moduleResolution',
  async ({ compiler, files, ...options }) => {
    const all = { target: 'es2022', types: 'node', skipLibCheck: 'false', ...options }
    const flags = Object.entries(all).flatMap(([name, value]) => [`--${name}`, value])

    const result = await outside.run(bin(compiler), [
      '--noEmit',
      '--strict',
      ...flags,
      ...files.map((file) => `types/${file}`),
    ])

    expect(result).toEqual({ code: 0, output: '' })
  },
)

test.each(COMPILERS)('TypeScript %s compiles the client, also with exact optional properties', async (version) => {
  const tsc = join(outside.folder, `node_modules/typescript-${version}/bin/tsc`)
  const flags = ['--noEmit', '--strict', '--exactOptionalPropertyTypes', '--skipLibCheck', 'false', '--types', 'node']
  const modules = ['--target', 'es2022', '--module', 'nodenext', '--moduleResolution', 'nodenext']

  const result = await outside.run(process.execPath, [tsc, ...flags, ...modules, 'types/use.ts', 'types/exact.ts'])

  expect(result).toEqual({ code: 0, output: '' })
})

test.each(['tsc', 'tsc6'])('%s compiles the client with exact optional properties', async (compiler) => {
  const flags = ['--noEmit', '--strict', '--exactOptionalPropertyTypes', '--skipLibCheck', 'false', '--types', 'node']
  const modules = ['--target', 'es2022', '--module', 'nodenext', '--moduleResolution', 'nodenext']

  expect(await outside.run(bin(compiler), [...flags, ...modules, 'types/exact.ts'])).toEqual({ code: 0, output: '' })
})

test('an editor strikes deprecated names through', async () => {
  expect(await outside.run(process.execPath, ['types/editor.mjs'])).toEqual({ code: 0, output: '' })
})

test.each([
  { target: 'a browser', flags: ['--platform=browser'] },
  { target: 'a worker', flags: ['--platform=neutral', '--conditions=workerd,worker,browser'] },
])('esbuild bundles the first calls for $target', async ({ flags }) => {
  const common = ['--bundle', '--format=esm', '--minify', '--main-fields=module,main', '--outfile=out.js']

  const { code, output } = await outside.run(bin('esbuild'), ['programs/first-calls.mjs', ...common, ...flags])

  expect({ code, output }).toEqual({ code: 0, output })
})

test('a bundle runs as an edge function', async () => {
  const flags = ['--bundle', '--format=iife', '--platform=neutral', '--conditions=edge-light,worker,browser']
  const built = await outside.run(bin('esbuild'), [
    'programs/edge.mjs',
    ...flags,
    '--main-fields=module,main',
    '--outfile=edge.js',
  ])

  const ran = await outside.run(process.execPath, ['programs/run-in-edge.mjs'])

  expect([built.code, ran]).toEqual([0, { code: 0, output: 'A\n' }])
})
