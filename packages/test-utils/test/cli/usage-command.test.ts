import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Usage, UsageEntry } from '../../src/index.ts'
import { run, start } from './run.ts'

vi.setConfig({ testTimeout: 30_000 })

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'usage-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const inFolder = (name: string) => join(folder, name)

/** A file as `recordUsage` writes it: fields of a body of `integrations.create`, each at a place. */
function aUsageFile(name: string, fields: readonly (readonly [field: string, callSite: string])[]): string {
  const uses = fields.map(
    ([field, callSite]): UsageEntry => ({
      kind: 'body',
      endpoint: 'integrations.create',
      name: field,
      generation: 'transitional',
      count: 1,
      callSite,
    }),
  )
  const usage: Usage = { version: 1, uses, deprecations: { version: 1, entries: [] } }
  writeFileSync(inFolder(name), JSON.stringify(usage))
  return inFolder(name)
}

test('what breaks is told with its place, and ends with 1; no token and no backend are needed', async () => {
  const file = aUsageFile('usage.json', [
    ['name', 'src/jira.ts:3:5'],
    ['is_enabled', 'src/jira.ts:4:5'],
  ])

  const { code, stdout, stderr } = await start(['usage', file, '--generation', 'current'], {
    env: { AI_TICKET_CREATOR_TOKEN: '' },
  }).ended

  expect({ code, stderr }).toEqual({ code: 1, stderr: '' })
  expect(stdout).toContain('✗ src/jira.ts:4  `is_enabled` of integrations.create is refused in current')
  expect(stdout).toContain('failed: 1 passed, 1 failed, in')
})

test('what survives ends with 0, of several files', async () => {
  const files = [aUsageFile('a.json', [['name', 'src/a.ts:1:1']]), aUsageFile('b.json', [['enabled', 'src/b.ts:1:1']])]

  const { code, stdout } = await run(['usage', ...files, '--generation', 'current'])

  expect(code).toBe(0)
  expect(stdout).toContain('passed: 2 passed')
})

test('the formats are those of the verification, and show the place', async () => {
  const file = aUsageFile('usage.json', [['is_enabled', 'src/jira.ts:4:5']])
  const formats = ['json', 'junit', 'sarif', 'github', 'markdown']
  const args = formats.flatMap((name) => ['--format', `${name}=${inFolder(name)}`])

  await run(['usage', file, '--generation', 'current', ...args])

  const [json = '', junit = '', sarif = '', github = '', markdown = ''] = formats.map((name) =>
    readFileSync(inFolder(name), 'utf8'),
  )
  expect(JSON.parse(json)).toMatchObject({ outcome: 'failed', generation: 'current' })
  expect(junit).toContain('src/jira.ts:4')
  expect(sarif).toContain('"uri": "src/jira.ts"')
  expect(github).toContain('::error file=src/jira.ts,line=4,col=5,title=')
  expect(markdown).toContain('at `src/jira.ts:4`')
})

test('a baseline knows a use in its file: a new line is no growth, a new file is, and what is gone is told', async () => {
  const args = ['--generation', 'current', '--baseline', inFolder('known.json')]
  const before = aUsageFile('before.json', [['is_enabled', 'src/a.ts:4:5']])
  const moved = aUsageFile('moved.json', [['is_enabled', 'src/a.ts:40:5']])
  const grown = aUsageFile('grown.json', [
    ['is_enabled', 'src/a.ts:4:5'],
    ['is_enabled', 'src/b.ts:4:5'],
  ])
  const gone = aUsageFile('gone.json', [['name', 'src/a.ts:4:5']])

  const codes = []
  for (const file of [before, moved, grown, gone])
    codes.push(await run(['usage', file, ...args, ...(file === before ? ['--update-baseline'] : [])]))

  expect(codes.map(({ code }) => code)).toEqual([0, 0, 1, 0])
  expect(codes[3]?.stdout).toContain('usage.body.integrations.create.is_enabled in src/a.ts passes by now')
})

test.each<[string, string[], RegExp]>([
  ['no generation', ['usage.json'], /'--generation <generation>' not specified/],
  ['no file', ['--generation', 'current'], /missing required argument 'usage.json'/],
  [
    'a file that is not there',
    ['lost.json', '--generation', 'current'],
    /there is no .*lost.json; recordUsage writes it/,
  ],
  ['a file that is no usage', ['none.json', '--generation', 'current'], /none.json is no usage; write it with/],
  ['an empty usage', ['empty.json', '--generation', 'current'], /the usage holds no request/],
])('%s ends with 2, and says so', async (_, args, message) => {
  aUsageFile('empty.json', [])
  writeFileSync(inFolder('none.json'), '{')

  const { code, stdout, stderr } = await run([
    'usage',
    ...args.map((one) => (one.endsWith('.json') ? inFolder(one) : one)),
  ])

  expect(code).toBe(2)
  expect(stdout + stderr).toMatch(message)
})

test('its help is its own', async () => {
  const { code, stdout } = await run(['usage', '--help'])

  expect(code).toBe(0)
  expect(stdout).toContain('Says which uses of the API')
  expect(stdout).not.toContain('--base-url')
})
