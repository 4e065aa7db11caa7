import { writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Usage, UsageEntry } from '../../src/index.ts'
import { runCli } from './run-cli.ts'
import { useTempFolder } from './temp-folder.ts'

const folder = useTempFolder()

/** Writes a usage file: body fields of `integrations.create`, each with its call site. */
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
  writeFileSync(folder.path(name), JSON.stringify(usage))
  return folder.path(name)
}

test('a field that is refused is reported with its call site and ends with 1; no token is needed', async () => {
  const file = aUsageFile('usage.json', [
    ['name', 'src/jira.ts:3:5'],
    ['is_enabled', 'src/jira.ts:4:5'],
  ])

  const { code, stdout, stderr } = await runCli(['check-usage', file, '--generation', 'current'], {
    env: { AI_TICKET_CREATOR_TOKEN: '' },
  })

  expect({ code, stderr }).toEqual({ code: 1, stderr: '' })
  expect(stdout).toContain('✗ src/jira.ts:4  `is_enabled` of integrations.create is refused in current')
  expect(stdout).toContain('failed: 1 passed, 1 failed, in')
})

test('several files are merged, and usage that works ends with 0', async () => {
  const files = [aUsageFile('a.json', [['name', 'src/a.ts:1:1']]), aUsageFile('b.json', [['enabled', 'src/b.ts:1:1']])]

  const { code, stdout } = await runCli(['check-usage', ...files, '--generation', 'current'])

  expect(code).toBe(0)
  expect(stdout).toContain('passed: 2 passed')
})

test('the formats are those of the verification and show the call site', async () => {
  const file = aUsageFile('usage.json', [['is_enabled', 'src/jira.ts:4:5']])
  const formats = ['json', 'junit', 'sarif', 'github', 'markdown']
  const args = formats.flatMap((name) => ['--format', `${name}=${folder.path(name)}`])

  await runCli(['check-usage', file, '--generation', 'current', ...args])

  const [json = '', junit = '', sarif = '', github = '', markdown = ''] = formats.map(folder.read)
  expect(JSON.parse(json)).toMatchObject({ outcome: 'failed', generation: 'current' })
  expect(junit).toContain('src/jira.ts:4')
  expect(sarif).toContain('"uri": "src/jira.ts"')
  expect(github).toContain('::error file=src/jira.ts,line=4,col=5,title=')
  expect(markdown).toContain('at `src/jira.ts:4`')
})

test('a baseline identifies usage by file: a moved line is known, another file is new, and a removed one is listed', async () => {
  const args = ['--generation', 'current', '--baseline', folder.path('known.json')]
  const before = aUsageFile('before.json', [['is_enabled', 'src/a.ts:4:5']])
  const moved = aUsageFile('moved.json', [['is_enabled', 'src/a.ts:40:5']])
  const grown = aUsageFile('grown.json', [
    ['is_enabled', 'src/a.ts:4:5'],
    ['is_enabled', 'src/b.ts:4:5'],
  ])
  const gone = aUsageFile('gone.json', [['name', 'src/a.ts:4:5']])

  const results = []
  for (const file of [before, moved, grown, gone])
    results.push(await runCli(['check-usage', file, ...args, ...(file === before ? ['--update-baseline'] : [])]))

  expect(results.map(({ code }) => code)).toEqual([0, 0, 1, 0])
  expect(results[3]?.stdout).toContain('usage.body.integrations.create.is_enabled in src/a.ts no longer fails')
})

test.each<[string, string[], RegExp]>([
  ['no generation', ['usage.json'], /'--generation <generation>' not specified/],
  ['no file', ['--generation', 'current'], /missing required argument 'usage.json'/],
  [
    'a missing file',
    ['lost.json', '--generation', 'current'],
    /there is no file .*lost.json; write it from recordUsage/,
  ],
  ['a file without usage', ['none.json', '--generation', 'current'], /none.json is not a usage file; write it with/],
  ['an empty usage', ['empty.json', '--generation', 'current'], /the usage contains no request/],
])('%s ends with 2 and is named', async (_, args, message) => {
  aUsageFile('empty.json', [])
  writeFileSync(folder.path('none.json'), '{')

  const { code, stdout, stderr } = await runCli([
    'check-usage',
    ...args.map((one) => (one.endsWith('.json') ? folder.path(one) : one)),
  ])

  expect(code).toBe(2)
  expect(stdout + stderr).toMatch(message)
})

test('the sub-command has its own help', async () => {
  const { code, stdout } = await runCli(['check-usage', '--help'])

  expect(code).toBe(0)
  expect(stdout).toContain('Checks whether the API usage')
  expect(stdout).not.toContain('--base-url')
})
