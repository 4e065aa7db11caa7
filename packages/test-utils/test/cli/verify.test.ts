import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { createTestApi, delayResponse, type Fetch } from '../../src/index.ts'
import { verifyContract } from '../../src/verify.ts'
import { aBackend, aBrokenBackend, FIELDS, RETRIEVE, SECRET } from './mock-backend.ts'
import { closedPort, runCli } from './run-cli.ts'
import { useTempFolder } from './temp-folder.ts'

const folder = useTempFolder()

test('a backend that keeps the contract ends with 0; by default only GET requests are sent', async () => {
  const { api, run } = aBackend()

  const { code, stdout, stderr } = await run([])

  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(stdout).toContain('mode read-only, generation current')
  expect(stdout).toMatch(/^passed: \d+ passed, \d+ skipped, in /m)
  expect(new Set(api.requests.map(({ method }) => method))).toEqual(new Set(['GET']))
})

test('a failed case ends with 1, and the report shows how to run it again', async () => {
  const { run } = aBrokenBackend()

  const { code, stdout } = await run(['--filter', RETRIEVE, '--filter', FIELDS])

  expect(code).toBe(1)
  expect(stdout).toMatch(
    /^ {4}rerun with +ai-ticket-creator-verify --base-url .* --filter integrations.retrieve\/unknown-id$/m,
  )
  expect(stdout).toContain('failed: 2 failed, in')
})

test('each format is written to its file, folders are created, and a readable report goes to standard output', async () => {
  const formats = ['json', 'junit', 'sarif', 'github', 'markdown'].flatMap((name) => [
    '--format',
    `${name}=${folder.path(`deep/er/${name}.txt`)}`,
  ])

  const { code, stdout } = await aBackend().run([...formats, '--filter', RETRIEVE])

  expect(code).toBe(0)
  expect(stdout).toContain('passed: 1 passed')
  expect(readdirSync(folder.path('deep/er')).toSorted()).toEqual([
    'github.txt',
    'json.txt',
    'junit.txt',
    'markdown.txt',
    'sarif.txt',
  ])
  expect(JSON.parse(folder.read('deep/er/json.txt'))).toMatchObject({ outcome: 'passed', mode: 'read-only' })
  expect(folder.read('deep/er/junit.txt')).toContain('<testsuites>')
})

test('a format that goes to standard output is the only text there', async () => {
  const { stdout } = await aBackend().run(['--format', 'json', '--filter', RETRIEVE])

  expect(JSON.parse(stdout)).toMatchObject({ outcome: 'passed' })
})

test('a port where nothing listens is inconclusive in every format, and ends with 2', async () => {
  const formats = ['junit', 'github'].flatMap((name) => ['--format', `${name}=${folder.path(name)}`])

  const { code, stdout } = await runCli(['--base-url', await closedPort(), ...formats])

  expect(code).toBe(2)
  expect(stdout).toContain('inconclusive')
  expect(folder.read('junit')).toContain('<error type="inconclusive"')
  expect(folder.read('github')).toContain('::error title=Inconclusive::')
})

test('a backend that never responds is left when the time limit is reached', async () => {
  const { api, run } = aBackend()
  api.faults.add({ fault: delayResponse(60_000, api.clock) })

  const { code, stdout } = await run(['--timeout', '1'])

  expect(code).toBe(2)
  expect(stdout).toContain('not done within 1 s')
})

test('a run that reaches the time limit prints how many cases did not run', async () => {
  const { api } = aBackend()
  let requests = 0
  const silentAfterFour: Fetch = async (input, init = {}) => {
    requests += 1
    if (requests <= 4) return await api.fetch(input, init)
    return await new Promise((_, reject) => {
      init.signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')))
    })
  }

  const { code, stdout } = await runCli(
    ['--base-url', api.baseUrl, '--filter', 'integrations.list/refuses', '--timeout', '1'],
    { verifier: (settings) => verifyContract({ ...settings, fetch: silentAfterFour }) },
  )

  expect(code).toBe(2)
  expect(stdout).toContain('not done within 1 s')
  expect(stdout).toMatch(/; \d+ of \d+ cases were not run/)
})

test('cases that exist, but not in this mode, are reported as such', async () => {
  const { code, stdout } = await aBackend().run(['--filter', 'tickets.create/minimal'])

  expect(code).toBe(2)
  expect(stdout).toContain('no case was run: --filter tickets.create/minimal matches none for this mode and generation')
})

test('a file that cannot be written ends with 2, is named, and leaves no partial file', async () => {
  writeFileSync(folder.path('file'), '')

  const { code, stderr } = await aBackend().run([
    '--filter',
    RETRIEVE,
    '--format',
    `junit=${folder.path('file/report.xml')}`,
  ])

  expect(code).toBe(2)
  expect(stderr).toMatch(/inconclusive: .*file\/report\.xml cannot be written \(E\w+\)/)
  expect(existsSync(folder.path('file/report.xml'))).toBe(false)
  expect(readdirSync(folder.path())).toEqual(['file'])
})

test('a report whose place is taken by a folder leaves no draft', async () => {
  mkdirSync(folder.path('report.xml'))

  const { code } = await aBackend().run(['--filter', RETRIEVE, '--format', `junit=${folder.path('report.xml')}`])

  expect(code).toBe(2)
  expect(readdirSync(folder.path())).toEqual(['report.xml'])
})

test('a step summary that cannot be written ends with 2 and is named', async () => {
  const env = { GITHUB_STEP_SUMMARY: folder.path('missing/summary.md') }

  const { code, stderr } = await aBackend().run(['--filter', RETRIEVE, '--step-summary'], { env })

  expect(code).toBe(2)
  expect(stderr).toMatch(/missing\/summary\.md cannot be written \(ENOENT\)/)
})

test('the seed is passed on and is in the report', async () => {
  const { stdout } = await aBackend().run(['--seed', '7', '--filter', RETRIEVE, '--format', 'json'])

  expect(JSON.parse(stdout)).toMatchObject({ seed: 7 })
})

test('the step summary is appended only when it is asked for', async () => {
  writeFileSync(folder.path('summary.md'), 'before\n')
  const env = { GITHUB_STEP_SUMMARY: folder.path('summary.md'), GITHUB_ACTIONS: 'true' }

  await aBackend().run(['--filter', RETRIEVE], { env })
  expect(folder.read('summary.md')).toBe('before\n')
  await aBackend().run(['--filter', RETRIEVE, '--step-summary'], { env })

  expect(folder.read('summary.md')).toMatch(/^before\n## ✅ Passed/)
})

test('a terminal shows progress and colours, a pipeline shows neither', async () => {
  const terminal = await aBackend().run([], { isTTY: true })
  const pipeline = await aBackend().run(['--filter', RETRIEVE], { isTTY: true, env: { CI: 'true', NO_COLOR: '1' } })

  expect(terminal.stderr).toMatch(/\d+\/\d+ GET /)
  expect(terminal.stderr.endsWith('\u001b[2K\u001b[1G')).toBe(true)
  expect(terminal.stdout).toContain('\u001b[32mpassed')
  expect(pipeline.stderr).toBe('')
  expect(pipeline.stdout).not.toContain('\u001b')
})

test('the report lists test data that could not be deleted', async () => {
  const { baseUrl, fetch } = createTestApi()

  const { stdout } = await runCli(['--base-url', baseUrl, '--filter', RETRIEVE], {
    verifier: async (options) => ({
      ...(await verifyContract({ ...options, fetch })),
      leftovers: [{ kind: 'ticket', id: '17', reason: '500' }],
    }),
  })

  expect(stdout).toContain('! the ticket 17 could not be deleted: 500')
})

test.each([
  [
    'an error with its stack',
    (token: string) => new Error(`of ${token}`),
    /^inconclusive: Error: of \[redacted\]\n +at /,
  ],
  ['a text', (token: string) => `of ${token}`, /^inconclusive: of \[redacted\]\n$/],
])('a bug of this program is inconclusive and is printed without the token: %s', async (_, bug, message) => {
  const { code, stderr } = await runCli(['--base-url', 'https://tickets.example.test'], {
    env: { AI_TICKET_CREATOR_TOKEN: SECRET },
    verifier: ({ token }) => Promise.reject(bug(token)),
  })

  expect(code).toBe(2)
  expect(stderr).toMatch(message)
})
