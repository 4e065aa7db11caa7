import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { get } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runInThisContext } from 'node:vm'
import { createClient } from '@ai-ticket-creator/sdk'
import { setupServer } from 'msw/node'
import { expect, onTestFinished, test } from 'vitest'
import {
  checkUsage,
  createTestApi,
  errorResponse,
  mergeUsage,
  recordUsage,
  type TestApi,
  toGitHubAnnotations,
  toSarif,
  type Usage,
} from '../../src/index.ts'
import { startTestApi } from '../../src/node.ts'
import { addIntegration, addOldIntegration, close, isOn } from './orders.ts'
import type { Send } from './types.ts'

const root = import.meta.dirname

const senderTo =
  (api: TestApi, fetch = api.fetch): Send =>
  (method, path, body) =>
    fetch(`${api.baseUrl}/api/v1${path}`, {
      method,
      headers: { Authorization: `Bearer ${api.token}`, 'Content-Type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })

/** The failures, one line each: `severity file:line title → expected`. */
const failures = (usage: Usage, generation: 'legacy' | 'transitional' | 'current') =>
  checkUsage(usage, { generation })
    .results.filter(({ outcome }) => outcome === 'failed')
    .map(({ severity, location, title, expected }) => {
      const place = location === undefined ? 'unknown' : `${location.file}:${location.line}`
      return `${severity} ${place} ${title} → ${expected}`
    })

/** Restores `Error.prepareStackTrace` at the end of the test. */
function restorePrepareStackTrace(): void {
  const descriptor = Object.getOwnPropertyDescriptor(Error, 'prepareStackTrace')
  onTestFinished(() => {
    if (descriptor === undefined) Reflect.deleteProperty(Error, 'prepareStackTrace')
    else Object.defineProperty(Error, 'prepareStackTrace', descriptor)
  })
}

test('endpoints, fields and error codes are recorded with their call sites', async () => {
  const api = createTestApi({ generation: 'transitional' })
  using recording = recordUsage(api, { root })

  await addOldIntegration(senderTo(api))
  await close(senderTo(api), '00000000-0000-4000-8000-000000000000')

  expect(recording.usage().uses.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
    'endpoint POST /integrations/',
    'body name',
    'body integration_type',
    'body is_enabled',
    'endpoint PATCH /tickets/{ticket_id}/status',
    'body status',
    'code not_found',
  ])
  expect(recording.usage().uses[1]).toEqual({
    kind: 'body',
    endpoint: 'integrations.create',
    name: 'name',
    generation: 'transitional',
    count: 1,
    callSite: expect.stringMatching(/^usage\.test\.ts:\d+:\d+$/),
    caller: expect.stringMatching(/^orders\.ts:5:\d+$/),
  })
})

test('the direct call site is reported if it calls one endpoint only', async () => {
  const api = createTestApi({ generation: 'transitional' })
  using recording = recordUsage(api, { root })

  await addOldIntegration(senderTo(api))
  await addOldIntegration(senderTo(api))

  expect(failures(recording.usage(), 'current')).toEqual([
    expect.stringMatching(/^error usage\.test\.ts:\d+ `integration_type` of integrations\.create/),
    expect.stringMatching(/^error usage\.test\.ts:\d+ `is_enabled` of integrations\.create/),
  ])
})

test('a helper is recognized when two processes each call another endpoint through it', async () => {
  const usageOf = async (run: (send: Send) => Promise<Response>): Promise<Usage> => {
    const api = createTestApi({ generation: 'transitional' })
    using recording = recordUsage(api, { root })
    await run(senderTo(api))
    return JSON.parse(JSON.stringify(recording))
  }
  const one = await usageOf(addOldIntegration)
  const other = await usageOf((send) => close(send, '00000000-0000-4000-8000-000000000000'))

  expect(failures(mergeUsage(one, other), 'current').map((line) => line.split(' ', 2).join(' '))).toEqual([
    'error orders.ts:5',
    'error orders.ts:5',
    'error orders.ts:16',
  ])
})

test('over an MSW server, a failure has the call site of the ledger of the SDK', async () => {
  const api = createTestApi({ generation: 'legacy' })
  const server = setupServer(...api.handlers)
  server.listen()
  onTestFinished(() => server.close())
  const client = createClient({ baseUrl: api.baseUrl, token: api.token, generation: 'legacy' })
  using recording = recordUsage(api, { deprecations: client.deprecations, root })

  await client.integrations.create({ name: 'Support', integration_type: 'slack' })

  expect(recording.usage().uses.filter(({ callSite }) => callSite !== undefined)).toEqual([])
  expect(failures(recording.usage(), 'current')).toEqual([
    expect.stringMatching(
      /^error usage\.test\.ts:\d+ `integration_type` of integrations\.create is refused in current/,
    ),
    expect.stringMatching(/^warning usage\.test\.ts:\d+ `integration_type` given to integrations\.create/),
  ])
})

test('what breaks in the next generation is reported once, with file and line', async () => {
  const api = createTestApi({ generation: 'transitional' })
  const { baseUrl, token, fetch } = api
  const client = createClient({ baseUrl, token, fetch, generation: 'current' })
  const integration = await api.seed.integration()
  using recording = recordUsage(api, { deprecations: client.deprecations, root })

  await addOldIntegration(senderTo(api))
  await addOldIntegration(senderTo(api))
  await close(senderTo(api), '00000000-0000-4000-8000-000000000000')
  await isOn(client.integrations, integration.id)

  const found = failures(recording.usage(), 'current').map((line) => line.split(' '))
  expect(found.map(([severity, , ...words]) => `${severity} ${words.join(' ')}`)).toEqual([
    'error `integration_type` of integrations.create is refused in current → `platform_name`',
    'error `is_enabled` of integrations.create is refused in current → `enabled`',
    'error PATCH /tickets/{ticket_id}/status is not available in current → PATCH /tickets/{ticket_id}',
    'warning `is_enabled` read from a result of integrations.retrieve is an old name that the SDK translates → `enabled`',
  ])
  expect(found.slice(0, 3).map(([, where]) => where)).toEqual(['orders.ts:5', 'orders.ts:5', 'orders.ts:16'])
  expect(found[3]?.[1]).toBe('orders.ts:20')
})

test('through the SDK the call site is the line that calls the method', async () => {
  const api = createTestApi({ generation: 'transitional' })
  const { baseUrl, token, fetch } = api
  const client = createClient({ baseUrl, token, fetch, generation: 'current' })
  const { id } = await api.seed.integration()
  using recording = recordUsage(api, { root })

  await isOn(client.integrations, id)

  expect(recording.usage().uses[0]).toMatchObject({
    name: 'GET /integrations/{integration_id}',
    callSite: expect.stringMatching(/^orders\.ts:19:\d+$/),
  })
})

test('places are the same where the engine formats the whole stack, as in browsers', async () => {
  const api = createTestApi({ generation: 'transitional' })
  using recording = recordUsage(api, { root })
  restorePrepareStackTrace()
  Reflect.deleteProperty(Error, 'prepareStackTrace')

  await addOldIntegration(senderTo(api))

  expect(recording.usage().uses[0]).toMatchObject({
    callSite: expect.stringMatching(/^usage\.test\.ts:\d+:\d+$/),
    caller: expect.stringMatching(/^orders\.ts:5:\d+$/),
  })
})

test('a file that was changed and loaded again has its new places', async () => {
  const api = createTestApi({ generation: 'transitional' })
  using recording = recordUsage(api)
  restorePrepareStackTrace()
  let sourceLine = 0
  // Stands for a function that applies source maps: both versions of the file have the call at the same compiled position.
  const format = Error.prepareStackTrace?.bind(Error)
  Error.prepareStackTrace = (error, frames) =>
    frames[0]?.getScriptNameOrSourceURL() === '/app/orders.js'
      ? `Error\n    at /app/orders.ts:${sourceLine}:1`
      : format?.(error, frames)
  const load = (text: string): ((send: Send) => Promise<Response>) =>
    runInThisContext(`(send) => send('GET', '/integrations/') // ${text}`, { filename: '/app/orders.js' })

  for (const line of [3, 7]) {
    sourceLine = line
    await load(`source map of line ${line}`)(senderTo(api))
  }

  expect(recording.usage().uses.map(({ caller }) => caller)).toEqual(['/app/orders.ts:3:1', '/app/orders.ts:7:1'])
})

test('usage of only new names passes', async () => {
  const api = createTestApi({ generation: 'transitional' })
  using recording = recordUsage(api, { root })

  await addIntegration(senderTo(api))
  await senderTo(api)('GET', '/integrations/?platform_name=slack&limit=5')

  expect(checkUsage(recording.usage(), { generation: 'current' }).outcome).toBe('passed')
  expect(failures(recording.usage(), 'current')).toEqual([])
})

test('new names are reported for an older generation, which would ignore them', async () => {
  const api = createTestApi({ generation: 'transitional' })
  using recording = recordUsage(api, { root })

  await addIntegration(senderTo(api))
  await senderTo(api)('PATCH', '/tickets/00000000-0000-4000-8000-000000000000', { status: 'closed' })

  expect(failures(recording.usage(), 'legacy').map((line) => line.replace(/usage\S+/, ''))).toEqual([
    'error orders.ts:8 `integration_category` of integrations.create is ignored in legacy → undefined',
    'error orders.ts:8 `platform_name` of integrations.create is ignored in legacy → undefined',
    'error orders.ts:8 `enabled` of integrations.create is ignored in legacy → undefined',
    'error  PATCH /tickets/{ticket_id} is not available in legacy → undefined',
  ])
})

test('an unknown field is reported only for the generation that no longer ignores it', async () => {
  const api = createTestApi({ generation: 'transitional' })
  using recording = recordUsage(api, { root })

  await senderTo(api)('GET', '/tickets/?colour=red')
  const toCurrent = checkUsage(recording.usage(), { generation: 'current' })
  const toLegacy = checkUsage(recording.usage(), { generation: 'legacy' })

  expect(toCurrent.results.find(({ outcome }) => outcome === 'failed')).toMatchObject({
    id: 'usage.query.tickets.list.colour',
    title: '`colour` of tickets.list is refused in current',
    reason: 'no such field',
  })
  expect(toLegacy.outcome).toBe('passed')
})

test('the call site is known for the global fetch, and not for other clients', async () => {
  using api = startTestApi({ generation: 'transitional' })
  using recording = recordUsage(api, { root })
  const headers = { Authorization: `Bearer ${api.token}` }

  await senderTo(api, (input, init) => fetch(input, init))('GET', '/integrations/?is_enabled=true')
  await once(get(`${api.baseUrl}/api/v1/tickets/?colour=red`, { headers }), 'response')
  const failed = checkUsage(recording.usage(), { generation: 'current' }).results.filter(
    ({ outcome }) => outcome === 'failed',
  )

  expect(failed.map(({ location }) => location?.file)).toEqual(['usage.test.ts', undefined])
  expect(failed[1]?.reason).toMatch(/The call site is not known/)
})

test('a recording continues after a reset and ends with stop', async () => {
  const api = createTestApi({ generation: 'transitional' })
  const recording = recordUsage(api, { root })

  await senderTo(api)('GET', '/tickets/')
  api.reset()
  await senderTo(api)('GET', '/integrations/')
  recording.stop()
  await senderTo(api)('GET', '/tickets/stats/overview')

  expect(recording.usage().uses.map(({ name }) => name)).toEqual(['GET /tickets/', 'GET /integrations/'])
})

test('responses and recorded requests are the same with and without a recording', async () => {
  const seen = async (isRecorded: boolean) => {
    const api = createTestApi({ generation: 'transitional', baseUrl: 'https://tickets.example.test' })
    api.faults.add({ endpoint: 'tickets.list', fault: errorResponse('rate_limited') })
    if (isRecorded) recordUsage(api, { root })
    const replies = [
      await addOldIntegration(senderTo(api)),
      await senderTo(api)('POST', '/tickets/', { title: '' }),
      await senderTo(api)('GET', '/tickets/'),
      await senderTo(api)('GET', '/nowhere'),
    ]
    const bodies = await Promise.all(replies.map((reply) => reply.text()))
    return { bodies, headers: replies.map((reply) => [...reply.headers]), requests: api.requests }
  }

  expect(await seen(true)).toEqual(await seen(false))
})

test('error codes are those of the problem and of its fields, also from a fault', async () => {
  const api = createTestApi()
  api.faults.add({ endpoint: 'tickets.list', fault: errorResponse('rate_limited') })
  using recording = recordUsage(api, { root })

  await senderTo(api)('POST', '/integrations/', { name: 'x', is_enabled: true })
  await senderTo(api)('GET', '/tickets/')

  expect(recording.usage().uses.flatMap(({ kind, name }) => (kind === 'code' ? [name] : []))).toEqual([
    'validation_failed',
    'retired_field',
    'platform_required',
    'rate_limited',
  ])
})

test('requests outside of the contract and bodies that are not objects are not recorded', async () => {
  const api = createTestApi()
  using recording = recordUsage(api, { root })

  await senderTo(api)('GET', '/nowhere?a=1')
  await senderTo(api)('POST', '/tickets/', ['title'])

  expect(recording.usage().uses.map(({ name }) => name)).toEqual(['POST /tickets/', 'validation_failed'])
})

test('no value is recorded', async () => {
  const api = createTestApi({ generation: 'transitional' })
  using recording = recordUsage(api, { root })

  await senderTo(api)('POST', '/integrations/?search=needle', {
    name: 'needle',
    platform_name: 'jira',
    credentials: { api_token: 'needle-token' },
  })

  expect(JSON.stringify(recording)).not.toMatch(/needle|test-token/)
})

test('the usage of several processes is merged', async () => {
  const api = createTestApi({ generation: 'transitional' })
  using recording = recordUsage(api, { root })
  await senderTo(api)('GET', '/tickets/')
  const usage: Usage = JSON.parse(JSON.stringify(recording))

  const merged = mergeUsage(usage, usage)

  expect(merged.uses.map(({ count }) => count)).toEqual([2])
})

test('the ledger of another client can be added', async () => {
  const api = createTestApi({ generation: 'transitional' })
  const { id } = await api.seed.integration()
  using recording = recordUsage(api, { root })
  const { baseUrl, token, fetch } = api
  const client = createClient({ baseUrl, token, fetch, generation: 'current' })
  recording.add(client.deprecations)

  await isOn(client.integrations, id)

  expect(recording.usage().deprecations.entries).toMatchObject([
    { kind: 'read', field: 'is_enabled', callSite: expect.stringMatching(/^orders\.ts:20:\d+$/) },
  ])
})

test('a suite of node:test is recorded, and its file is readable', { timeout: 30_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'usage-'))
  const file = join(folder, 'usage.json')

  execFileSync(
    process.execPath,
    ['--conditions=@ai-ticket-creator/source', '--test', join(root, 'consumer.node-test.ts')],
    { env: { ...process.env, USAGE_FILE: file, NODE_TEST_CONTEXT: undefined }, stdio: 'pipe' },
  )
  const usage: Usage = JSON.parse(readFileSync(file, 'utf8'))
  rmSync(folder, { recursive: true })

  expect(failures(usage, 'current')).toEqual([
    'error consumer.node-test.ts:14 `integration_type` of integrations.create is refused in current → `platform_name`',
    'error consumer.node-test.ts:14 `is_enabled` of integrations.create is refused in current → `enabled`',
  ])
})

test('a folder with a space or a letter outside ASCII is a folder of the repository', () => {
  const repository = mkdtempSync(join(tmpdir(), 'usage-'))
  onTestFinished(() => rmSync(repository, { recursive: true }))
  const folder = join(repository, 'my küche')
  mkdirSync(folder)
  cpSync(join(root, 'orders.ts'), join(folder, 'orders.ts'))
  const program = `import { createTestApi, recordUsage } from ${JSON.stringify(import.meta.resolve('../../src/index.ts'))}
import { addOldIntegration } from './orders.ts'

const api = createTestApi({ generation: 'transitional' })
const recording = recordUsage(api, { root: ${JSON.stringify(repository)} })
const headers = { Authorization: \`Bearer \${api.token}\`, 'Content-Type': 'application/json' }
await addOldIntegration((method, path, body) =>
  api.fetch(\`\${api.baseUrl}/api/v1\${path}\`, { method, headers, body: JSON.stringify(body) }),
)
console.log(JSON.stringify(recording))
`
  writeFileSync(join(folder, 'main.ts'), program)

  const usage: Usage = JSON.parse(
    execFileSync(process.execPath, ['--conditions=@ai-ticket-creator/source', join(folder, 'main.ts')], {
      encoding: 'utf8',
      stdio: 'pipe',
    }),
  )
  const report = checkUsage(usage, { generation: 'current' })

  expect(usage.uses[0]).toMatchObject({
    callSite: expect.stringMatching(/^my küche\/main\.ts:8:\d+$/),
    caller: expect.stringMatching(/^my küche\/orders\.ts:5:\d+$/),
  })
  expect(toGitHubAnnotations(report)).toContain('::error file=my küche/main.ts,line=8,')
  expect(toSarif(report)).toContain('"uri": "my%20k%C3%BCche/main.ts"')
})

test('a usage report has the same formats as a contract report', async () => {
  const api = createTestApi({ generation: 'transitional' })
  using recording = recordUsage(api, { root })
  await addOldIntegration(senderTo(api))

  const text = toGitHubAnnotations(checkUsage(recording.usage(), { generation: 'current' }))

  expect(text).toMatch(
    /^::error file=usage\.test\.ts,line=\d+,col=\d+,title=`integration_type` of integrations\.create/m,
  )
})

test('an empty usage is inconclusive', () => {
  const usage = recordUsage(createTestApi()).usage()

  expect(checkUsage(usage, { generation: 'current' })).toEqual({
    generation: 'current',
    outcome: 'inconclusive',
    reason: 'the usage contains no request',
    results: [],
  })
})

test('other objects than a test API and a usage are refused, and so is an unknown generation', () => {
  const notAnApi = { requests: [] } as unknown as TestApi
  const notAUsage = { version: 2 } as unknown as Usage
  const usage = recordUsage(createTestApi()).usage()

  expect(() => recordUsage(createTestApi(), { deprecations: {} as never })).toThrow(
    '`deprecations` must be the `deprecations` of an SDK client',
  )
  expect(() => recordUsage(notAnApi)).toThrow('`api` must be the result of createTestApi() or startTestApi()')
  expect(() => mergeUsage(notAUsage)).toThrow('a usage has `version: 1`')
  for (const use of [
    null,
    { kind: 'header', endpoint: 'tickets.list', generation: 'current' },
    { kind: 'body', endpoint: 'tickets.archive', generation: 'current' },
    { kind: 'body', endpoint: 'tickets.list', generation: 'next' },
  ])
    expect(() => mergeUsage({ ...usage, uses: [use as never] })).toThrow(
      '`uses[0]` has no known `kind`, `endpoint` and `generation`',
    )
  expect(() => checkUsage(notAUsage, { generation: 'current' })).toThrow('a usage has `version: 1`')
  expect(() => checkUsage(usage, { generation: 'next' as 'current' })).toThrow('`generation` must be one of')
})

test('a name that fails is reported once, a code never fails, and old names in the ledger are warnings', () => {
  const at = {
    endpoint: 'integrations.create',
    generation: 'transitional',
    count: 1,
    callSite: 'src/a.ts:3:7',
  } as const
  const seen = { count: 2, firstSeen: '2025-09-06T12:00:00Z', lastSeen: '2025-09-06T12:00:00Z' }
  const old = { ...seen, field: 'is_enabled', operation: 'integrations.create', replacement: 'enabled' }
  const usage = mergeUsage({
    version: 1,
    uses: [
      { ...at, kind: 'body', name: 'is_enabled' },
      { ...at, kind: 'body', name: 'is_enabled', generation: 'current' },
      { ...at, kind: 'code', name: 'unknown_platform' },
      { ...at, kind: 'query', name: 'is_active', endpoint: 'integrations.list', callSite: 'src/b.ts' },
    ],
    deprecations: {
      version: 1,
      entries: [
        { ...old, kind: 'read', change: 'is-enabled-to-enabled' },
        { ...old, kind: 'write', change: 'a-change-of-a-later-version' },
        { ...old, kind: 'server_notice', change: 'is-enabled-to-enabled' },
      ],
    },
  })

  const { results } = checkUsage(usage, { generation: 'current' })

  expect(results.map(({ outcome, severity, title }) => `${outcome} ${severity} ${title}`)).toEqual([
    'failed error `is_enabled` of integrations.create is refused in current',
    'passed error integrations.create can return `unknown_platform`',
    'failed error `is_active` of integrations.list is refused in current',
    'failed warning `is_enabled` read from a result of integrations.create is an old name that the SDK translates',
    'failed warning `is_enabled` written to a result of integrations.create is an old name that the SDK translates',
  ])
  expect(results.map(({ reason }) => reason)).toEqual([
    '`is_enabled` is now `enabled`.',
    undefined,
    'no such field (The call site is not known.)',
    '`is_enabled` is now `enabled`. It is removed with `legacyFields: false`. (The call site is not known.)',
    'The name is retired. It is removed with `legacyFields: false`. (The call site is not known.)',
  ])
})
