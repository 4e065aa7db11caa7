import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createApp, createMemoryStore, type Store } from '@ai-ticket-creator/reference-api'
import { getRequestListener } from '@hono/node-server'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { verifyContract } from '../../src/verify.ts'
import { listen, run, start } from './run.ts'

// Processes start slowly on a machine that is busy.
vi.setConfig({ testTimeout: 30_000 })

const CANARY = 'canary-5e1f0c7a92'

let folder: string
let store: Store
/** Requests that get no answer. */
let hold: (request: Request) => boolean
let made: number
let spoil: (response: Response) => Response
let api: Awaited<ReturnType<typeof listen>>

beforeAll(async () => {
  const answer = getRequestListener(async (request) => {
    if (hold(request)) return await new Promise<never>(() => {})
    const response = await createApp({ generation: 'current', store, clock: () => new Date() }).fetch(request)
    if (response.status === 201) made += 1
    return spoil(response)
  })
  api = await listen((request, response) => void answer(request, response))
})
beforeEach(() => {
  store = createMemoryStore()
  hold = () => false
  made = 0
  spoil = (response) => response
  folder = mkdtempSync(join(tmpdir(), 'verify-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))
afterAll(() => api.close())

const inFolder = (name: string) => join(folder, name)
const read = (name: string) => readFileSync(inFolder(name), 'utf8')

const [RETRIEVE, FIELDS] = ['integrations.retrieve/unknown-id', 'integrations.fields/unknown-id'] as const
const two = ['--filter', RETRIEVE, '--filter', FIELDS]

/** Two cases fail when an id that no row has is answered otherwise. */
function breakIt(): void {
  spoil = (response) => (response.status === 404 ? new Response(response.body, { status: 400 }) : response)
}

test('a kept contract ends with 0, and reads only unless asked', async () => {
  const { code, stdout, stderr } = await start(['--base-url', api.url]).ended

  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(stdout).toContain('mode read-only, generation current')
  expect(stdout).toMatch(/^passed: \d+ passed, \d+ skipped, in /m)
})

test('a broken one ends with 1', async () => {
  breakIt()

  const { code, stdout } = await start(['--base-url', api.url, ...two]).ended

  expect(code).toBe(1)
  expect(stdout).toMatch(
    /^ {4}again with +ai-ticket-creator-verify --base-url .* --filter integrations.retrieve\/unknown-id$/m,
  )
  expect(stdout).toContain('failed: 2 failed, in')
})

test('several formats go to a file each, whose folders are made, and people read the rest', async () => {
  const formats = ['json', 'junit', 'sarif', 'github', 'markdown'].flatMap((name) => [
    '--format',
    `${name}=${inFolder(`deep/er/${name}.txt`)}`,
  ])

  const { code, stdout } = await run(['--base-url', api.url, ...formats])

  expect(code).toBe(0)
  expect(stdout).toContain('passed: ')
  expect(readdirSync(inFolder('deep/er')).toSorted()).toEqual([
    'github.txt',
    'json.txt',
    'junit.txt',
    'markdown.txt',
    'sarif.txt',
  ])
  expect(JSON.parse(read('deep/er/json.txt'))).toMatchObject({ outcome: 'passed', mode: 'read-only' })
  expect(read('deep/er/junit.txt')).toContain('<testsuites>')
})

test('a format that goes to standard output is alone there', async () => {
  const { stdout } = await run(['--base-url', api.url, '--format', 'json'])

  expect(JSON.parse(stdout)).toMatchObject({ outcome: 'passed' })
})

test('the token comes from standard input when asked', async () => {
  const env = { AI_TICKET_CREATOR_TOKEN: '' }

  const { code } = await start(['--base-url', api.url, '--token-stdin'], { env, stdin: 'test-token\n' }).ended

  expect(code).toBe(0)
})

test.each<[string, string[], NodeJS.ProcessEnv, RegExp]>([
  [
    'no token',
    [],
    { AI_TICKET_CREATOR_TOKEN: '' },
    /^could not verify: there is no token; give it as AI_TICKET_CREATOR_TOKEN/,
  ],
  ['an empty pipe', ['--token-stdin'], {}, /there is no token/],
  [
    'a token that no header takes',
    [],
    { AI_TICKET_CREATOR_TOKEN: `${CANARY}\u00e9` },
    /character that no header can have/,
  ],
  ['a token as an argument', [`--token=${CANARY}`], {}, /an argument looks like a token/],
  ['a token behind a word', ['--token', CANARY], {}, /an argument looks like a token/],
  ['the token itself', ['--filter', CANARY], { AI_TICKET_CREATOR_TOKEN: CANARY }, /an argument looks like a token/],
  ['a web token', ['eyJhbGciOiJI.canary-5e1f0c7a92'], {}, /an argument looks like a token/],
  ['an option that is not there', [`--tokn=${CANARY}`], {}, /unknown option '--tokn'/],
  [
    'a mode that is not there',
    ['--mode', CANARY],
    {},
    /'--mode <mode>' has a value that is not allowed. Allowed choices are read-only, full, strict/,
  ],
  ['a word too many', [CANARY], {}, /a word that belongs to no option/],
  [
    'a format that is not there',
    ['--format', `xml=${CANARY}`],
    {},
    /Allowed are pretty, json, junit, sarif, github, markdown/,
  ],
  ['a format to a file without a name', ['--format', 'junit='], {}, /each with =file/],
  ['two formats to one place', ['--format', 'junit', '--format', 'json'], {}, /can not go to the same place/],
  ['a seed that is none', ['--seed', 'x'], {}, /from 0 to 4294967295/],
  ['a seed that is too large', ['--seed', '4294967296'], {}, /from 0 to 4294967295/],
  ['no time', ['--timeout', '0'], {}, /from 1 to 99999/],
  ['a time that is none', ['--timeout', 'soon'], {}, /from 1 to 99999/],
  ['a folder as a baseline', ['--baseline', tmpdir()], {}, /can not be read \(EISDIR\)/],
  ['a baseline to update that is not named', ['--update-baseline'], {}, /needs --baseline/],
  [
    'a baseline that is not there',
    ['--baseline', 'lost.json'],
    {},
    /there is no lost.json; --update-baseline makes it/,
  ],
  ['a summary that nobody named', ['--step-summary'], {}, /needs GITHUB_STEP_SUMMARY/],
  ['cases that are not there', ['--filter', 'lost'], {}, /none fits --filter lost/],
])('%s ends with 2, says so, and repeats no secret', async (_, args, env, message) => {
  const { code, stdout, stderr } = await run(['--base-url', api.url, ...args], { env })

  expect(code).toBe(2)
  expect(stderr + stdout).toMatch(message)
  expect(stderr + stdout).not.toContain(CANARY)
})

test.each([
  `http://me:${CANARY}@127.0.0.1:1`,
  `http://127.0.0.1:1/?token=${CANARY}`,
  `http://127.0.0.1:1/${CANARY}`,
  CANARY,
])('a base URL that may hold a secret is refused without a word of it: %s', async (url) => {
  const { code, stdout, stderr } = await run(['--base-url', url])

  expect(code).toBe(2)
  expect(stderr).toContain('--base-url must be a host')
  expect(stderr + stdout).not.toContain(CANARY)
})

test('a port where nobody listens ends with 2, and every format says so', async () => {
  const gone = await listen(() => {})
  gone.close()
  const formats = ['junit', 'github'].flatMap((name) => ['--format', `${name}=${inFolder(name)}`])

  const { code, stdout } = await start(['--base-url', gone.url, ...formats]).ended

  expect(code).toBe(2)
  expect(stdout).toContain('inconclusive')
  expect(read('junit')).toContain('<error type="inconclusive"')
  expect(read('github')).toContain('::error title=Inconclusive::')
})

test('who is not let in finds nothing out', async () => {
  const { code, stdout } = await run(['--base-url', api.url], { env: { AI_TICKET_CREATOR_TOKEN: CANARY } })

  expect(code).toBe(2)
  expect(stdout).toContain('is answered with 401')
  expect(stdout).not.toContain(CANARY)
})

test('a page is no API, and a token that it sends back is in no format', async () => {
  const proxy = await listen((request, response) => response.end(`<html>${request.headers.authorization}`))
  const names = ['json', 'junit', 'sarif', 'github', 'markdown']
  const formats = names.flatMap((name) => ['--format', `${name}=${inFolder(name)}`])

  const env = { AI_TICKET_CREATOR_TOKEN: CANARY }
  const { code, stdout } = await run(['--base-url', proxy.url, ...formats], { env })

  proxy.close()
  expect(code).toBe(2)
  for (const text of [stdout, ...names.map(read)]) {
    expect(text).toContain('is answered with')
    expect(text).not.toContain(CANARY)
  }
})

test('a server that does not answer is left when the time is over', async () => {
  const hung = await listen(() => {})

  const { code, stdout } = await start(['--base-url', hung.url, '--timeout', '1']).ended

  hung.close()
  expect(code).toBe(2)
  expect(stdout).toContain('not done within 1 s')
})

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s deletes what was made, and is told by the exit code', async (signal, expected) => {
  const reading = new Promise<void>((resolve) => {
    hold = (request) => {
      if (request.method !== 'GET' || made === 0) return false
      resolve()
      return true
    }
  })
  const { ended, kill } = start(['--base-url', api.url, '--mode', 'full'])

  await reading
  hold = () => false
  kill(signal)
  const { code, stdout } = await ended

  expect(code).toBe(expected)
  expect(stdout).toContain(`ended by ${signal}`)
  const left = await fetch(`${api.url}/api/v1/integrations/`, { headers: { Authorization: 'Bearer test-token' } })
  expect(await left.json()).toEqual([])
})

test('a baseline is made of what fails, lets it pass, and does not grow by itself', async () => {
  breakIt()
  const args = ['--base-url', api.url, '--baseline', inFolder('known.json')]

  const made = await run([...args, '--filter', RETRIEVE, '--update-baseline'])
  const known = await run([...args, '--filter', RETRIEVE])
  const grown = await run([...args, ...two])

  expect([made.code, known.code, grown.code]).toEqual([0, 0, 1])
  expect(Object.keys(JSON.parse(read('known.json')).known)).toEqual([RETRIEVE])
  expect(known.stdout).toContain('passed: 1 known to fail, in')
  expect(grown.stdout).toContain('failed: 1 failed, 1 known to fail, in')
})

test('what is fixed is told, and leaves the baseline; what was not tried stays', async () => {
  const known = { known: { [RETRIEVE]: 'fixed', 'tickets.create/kept': 'not tried in read-only' } }
  writeFileSync(inFolder('known.json'), JSON.stringify(known))
  const args = ['--base-url', api.url, '--baseline', inFolder('known.json'), '--filter', RETRIEVE]

  const told = await run(args)
  const updated = await run([...args, '--update-baseline'])

  expect([told.code, updated.code]).toEqual([0, 0])
  expect(told.stdout).toContain(`${RETRIEVE} passes by now; take it out of the baseline`)
  expect(JSON.parse(read('known.json'))).toEqual({ known: { 'tickets.create/kept': 'not tried in read-only' } })
})

test('a run that found nothing out leaves the baseline as it is', async () => {
  const gone = await listen(() => {})
  gone.close()
  writeFileSync(inFolder('known.json'), '{ "known": { "a": "b" } }')

  const { code } = await run(['--base-url', gone.url, '--baseline', inFolder('known.json'), '--update-baseline'])

  expect(code).toBe(2)
  expect(read('known.json')).toBe('{ "known": { "a": "b" } }')
})

test.each(['{ "mine": true }', '{ "known": { "a": 1 } }', '[]', '', 'known'])(
  'a file that is no baseline is refused, and not written over: %s',
  async (text) => {
    writeFileSync(inFolder('known.json'), text)
    const update = ['--baseline', inFolder('known.json'), '--update-baseline']

    const { code, stderr } = await run(['--base-url', api.url, ...update])

    expect(code).toBe(2)
    expect(stderr).toContain('known.json is no baseline')
    expect(read('known.json')).toBe(text)
  },
)

test('a file that can not be written ends with 2, is named, and leaves nothing half', async () => {
  writeFileSync(inFolder('file'), '')

  const { code, stderr } = await run(['--base-url', api.url, '--format', `junit=${inFolder('file/report.xml')}`])

  expect(code).toBe(2)
  expect(stderr).toMatch(/could not verify: .*file\/report\.xml can not be written \(E\w+\)/)
  expect(existsSync(inFolder('file/report.xml'))).toBe(false)
  expect(readdirSync(folder)).toEqual(['file'])
})

test('a report that can not take its place leaves no draft', async () => {
  mkdirSync(inFolder('report.xml'))

  const { code } = await run(['--base-url', api.url, '--format', `junit=${inFolder('report.xml')}`])

  expect(code).toBe(2)
  expect(readdirSync(folder)).toEqual(['report.xml'])
})

test('the summary of a job is appended to, when asked', async () => {
  writeFileSync(inFolder('summary.md'), 'before\n')
  const env = { GITHUB_STEP_SUMMARY: inFolder('summary.md'), GITHUB_ACTIONS: 'true' }

  await run(['--base-url', api.url], { env })
  expect(read('summary.md')).toBe('before\n')
  await run(['--base-url', api.url, '--step-summary'], { env })

  expect(read('summary.md')).toMatch(/^before\n## ✅ Passed/)
})

test('help and version are printed', async () => {
  const help = await run(['--help'])
  const version = await run(['--version'])

  expect([help.code, version.code]).toEqual([0, 0])
  expect(help.stdout).toContain('Exit: 0 passed; 1 failed; 2 inconclusive')
  expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
})

test('a terminal sees how far it is, and colours; a pipeline sees neither', async () => {
  const terminal = await run(['--base-url', api.url], { isTTY: true })
  const pipeline = await run(['--base-url', api.url], { isTTY: true, env: { CI: 'true', NO_COLOR: '1' } })

  expect(terminal.stderr).toMatch(/\d+\/\d+ GET /)
  expect(terminal.stderr.endsWith('\u001b[2K\u001b[1G')).toBe(true)
  expect(terminal.stdout).toContain('\u001b[32mpassed')
  expect(pipeline.stderr).toBe('')
  expect(pipeline.stdout).not.toContain('\u001b')
})

test('a terminal is no pipe for a token', async () => {
  const { code, stderr } = await run(['--base-url', api.url, '--token-stdin'], { isTTY: true })

  expect(code).toBe(2)
  expect(stderr).toContain('--token-stdin reads a pipe')
})

test.each([
  [
    'an error, with its place',
    (token: string) => new Error(`of ${token}`),
    /^could not verify: Error: of \[hidden\]\n +at /,
  ],
  ['a text', (token: string) => `of ${token}`, /^could not verify: of \[hidden\]\n$/],
])('a mistake of this program is no broken contract, and is told without the token: %s', async (_, mistake, told) => {
  const { code, stderr } = await run(['--base-url', api.url], {
    env: { AI_TICKET_CREATOR_TOKEN: CANARY },
    tries: ({ token }) => Promise.reject(mistake(token)),
  })

  expect(code).toBe(2)
  expect(stderr).toMatch(told)
})

test('the token of another organization goes along, and is in no output', async () => {
  const { code, stdout, stderr } = await run(['--base-url', api.url], {
    env: { AI_TICKET_CREATOR_OTHER_TENANT_TOKEN: CANARY },
    tries: async (options) => ({ ...(await verifyContract(options)), reason: `other: ${options.otherTenantToken}` }),
  })

  expect(code).toBe(2)
  expect(stdout).toContain('other: [hidden]')
  expect(stdout + stderr).not.toContain(CANARY)
})

test('what could not be deleted is told', async () => {
  const { stdout } = await run(['--base-url', api.url], {
    tries: async (options) => ({
      ...(await verifyContract(options)),
      leftovers: [{ kind: 'ticket', id: '17', reason: '500' }],
    }),
  })

  expect(stdout).toContain('! the ticket 17 is left: 500')
})
