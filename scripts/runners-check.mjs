// The README of test-utils promises a first green test in five minutes, with any of three runners. Follows it to the letter
// in an empty folder outside: installs the packed tarballs with plain npm, writes its programs, runs them.
//   npm run test:runners                      downloads the runners, so it is not part of npm test
import { spawnSync } from 'node:child_process'
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { stripVTControlCharacters } from 'node:util'

const jest = '30.5.2'
const catalog = readFileSync('pnpm-workspace.yaml', 'utf8')
const version = (name) => catalog.match(new RegExp(`^  ${name}: (\\S+)$`, 'm'))[1]

const readme = readFileSync('packages/test-utils/README.md', 'utf8')
const blocks = [...readme.matchAll(/```ts\n(.*?)```/gs)].map(([, text]) => text)
const forVitest = blockWith("from 'vitest'")
const forNode = blockWith("from 'node:test'")
// What the README says in a sentence.
const forJest = forVitest.replace("'vitest'", "'@jest/globals'")
// What a README has no room for, and what could differ where a runner has globals of its own.
const more = (from) => `import assert from 'node:assert/strict'
import { createClient } from '@ai-ticket-creator/sdk'
import { delayResponse, dropResponse, unknownEnumValue } from '@ai-ticket-creator/test-utils'
import { startTestApi } from '@ai-ticket-creator/test-utils/node'
import { test } from '${from}'

test('faults, a change of generation, and no way out', async () => {
  const api = startTestApi({ generation: 'legacy' })
  const client = createClient({ baseUrl: api.baseUrl, token: api.token, generation: 'legacy' })
  api.faults.add({ endpoint: 'integrations.create', fault: dropResponse(), times: 1 })
  api.faults.add({ endpoint: 'integrations.list', fault: unknownEnumValue('status', 'paused') })
  api.faults.add({ endpoint: 'tickets.list', fault: delayResponse(60_000) })

  const lost = await client.integrations.create({ name: 'Old', integration_type: 'jira' }).catch(({ name }) => name)
  api.switchGeneration('transitional')
  const { items } = await client.integrations.list()
  const late = await client.tickets.list({}, { timeout: 20 }).catch(({ name }) => name)
  const outside = await fetch('https://elsewhere.example.test/logo.png').catch(({ name }) => name)
  api.close()

  assert.deepEqual([lost, items[0].status, late, outside], ['OutcomeUnknownError', 'paused', 'TimeoutError', 'TypeError'])
  assert.deepEqual(api.faults.unused(), [])
})
`

const folder = mkdtempSync(join(tmpdir(), 'runners-'))
// Settings that pnpm hands down are not the reader's; the machine's own (registry, certificates) are.
const env = Object.fromEntries(Object.entries(process.env).filter(([key]) => !/^(?:npm_|NODE_OPTIONS)/i.test(key)))
const tarballs = globSync('.tmp/packs/*.tgz').map((file) => resolve(file))
if (tarballs.length < 4) throw new Error('fewer than 4 tarballs in .tmp/packs: run package:check first')

write('package.json', JSON.stringify({ name: 'reader', private: true, type: 'module' }))
write('tickets.test.js', forVitest)
write('more.test.js', more('vitest'))
write('node-test/tickets.test.js', forNode)
write('node-test/more.test.js', more('node:test'))
write('jest/tickets.test.js', forJest)
write('jest/more.test.js', more('@jest/globals'))
write('jest/jest.config.js', 'export default {}\n')

let failed = 0
step('install', 'npm', ['install', '-D', ...tarballs, `msw@${version('msw')}`, `vitest@${version('vitest')}`])
step('install of Jest', 'npm', ['install', '-D', `jest@${jest}`])
step(
  'vitest',
  'npx',
  ['vitest', 'run', '--dir', '.', '--exclude', 'jest/**', '--exclude', 'node-test/**'],
  'Tests  2 passed',
)
step('node:test', process.execPath, ['--test', 'node-test/*.test.js'], 'pass 2')
step('Jest', 'npx', ['jest', '--rootDir', 'jest'], 'Tests:       2 passed', {
  NODE_OPTIONS: '--experimental-vm-modules',
})

console.log(`3 runners, ${failed} failed`)
if (process.env.KEEP === undefined) rmSync(folder, { recursive: true, force: true })
process.exit(failed === 0 ? 0 : 1)

function step(name, command, args, expected = '', more = {}) {
  const start = performance.now()
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: folder,
    env: { ...env, ...more },
    encoding: 'utf8',
  })
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  // A runner that finds no test may be content.
  const ok = status === 0 && stripVTControlCharacters(stdout + stderr).includes(expected)
  if (!ok) failed += 1
  console.log(ok ? `ok     ${seconds.padStart(5)} s  ${name}` : `FAILED ${name}\n${stdout}${stderr}`)
}

function blockWith(words) {
  const found = blocks.filter((text) => text.includes(words))
  if (found.length !== 1)
    throw new Error(`README.md of test-utils must have one block with ${words}, not ${found.length}`)
  return found[0]
}

function write(file, text) {
  const path = join(folder, file)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}
