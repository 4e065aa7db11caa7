import { readFileSync } from 'node:fs'
import type { DeprecationEntry } from '@ai-ticket-creator/domain'
import { afterEach, expect, test, vi } from 'vitest'
import { createClient, mergeLedgers } from '../src/index.ts'
import { baseUrl, connect, connectTo, failureOf, nthId } from './backend.ts'

const bug = { title: 'Bug Report', description: 'It breaks' }

/** The entries of a ledger, shortened. */
const inShort = ({ deprecations }: Pick<ReturnType<typeof connect>['client'], 'deprecations'>): string[] =>
  deprecations.entries().map(({ kind, operation, field, count }) => `${kind} ${operation} ${field} ${count}`)

/** The line of this file in a call site. */
function lineAt(callSite: string | undefined): string {
  const [, file = '', line] = /^(.*):(\d+):\d+$/.exec(callSite ?? '') ?? []
  return readFileSync(file, 'utf8').split('\n')[Number(line) - 1] ?? ''
}

afterEach(() => {
  vi.useRealTimers()
})

test('an old name in input is counted with its call site and its replacement', async () => {
  const { client } = connect()
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-01-02T03:04:05Z') })

  await client.integrations.create({ name: 'A', integration_type: 'jira' })

  const [entry, ...others] = client.deprecations.entries()
  expect(others).toEqual([])
  expect(entry).toEqual({
    kind: 'input',
    operation: 'integrations.create',
    field: 'integration_type',
    count: 1,
    firstSeen: '2026-01-02T03:04:05.000Z',
    lastSeen: '2026-01-02T03:04:05.000Z',
    callSite: expect.stringMatching(/^\/.*\/deprecations\.test\.ts:\d+:\d+$/),
    replacement: 'platform_name',
    change: 'integration-type-to-category-and-platform',
  })
  expect(lineAt(entry?.callSite)).toContain("integrations.create({ name: 'A', integration_type: 'jira' })")
})

test('uses at one call site share an entry; another call site has its own', async () => {
  const { client } = connect()
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-01-02T00:00:00Z') })

  for (const name of ['A', 'B', 'C']) {
    await client.integrations.create({ name, integration_type: 'jira' })
    vi.setSystemTime(new Date('2026-01-03T00:00:00Z'))
  }
  await client.integrations.create({ name: 'D', integration_type: 'jira' })

  const [loop, after] = client.deprecations.entries()
  expect(loop).toMatchObject({
    count: 3,
    firstSeen: '2026-01-02T00:00:00.000Z',
    lastSeen: '2026-01-03T00:00:00.000Z',
  })
  expect(after).toMatchObject({ count: 1, firstSeen: '2026-01-03T00:00:00.000Z' })
  expect(lineAt(after?.callSite)).toContain("name: 'D'")
})

// Untyped, as input is that comes through variables and spreads.
const old = (fields: object): never => fields as never

test('every method that accepts old names counts them under its own operation', async () => {
  const { client } = connect()
  const { id } = await client.integrations.create({ name: 'A', platform_name: 'jira' })
  const ticket = await client.tickets.create(bug)

  await client.integrations.create(old({ name: 'B', integration_type: 'slack', is_enabled: true }))
  await client.integrations.list(old({ is_enabled: true, integration_type: 'jira' }))
  await client.integrations.listActive(old({ integration_type: 'jira' }))
  await client.integrations.update(id, old({ is_enabled: false }))
  await client.integrations.update(id, old({ is_enabled: true, integration_type: 'jira' }))
  await client.tickets.create(old({ ...bug, integration_name: 'A', file_ids: [nthId(7)] }))
  await client.tickets.createWithAi(old({ user_input: 'It breaks', integration_preference: 'A' }))
  await client.tickets.list(old({ integration: 'A' }))
  await client.tickets.update(ticket.id, old({ integration_routing: 'A', file_ids: [nthId(8)] }))
  await client.tickets.update(ticket.id, old({ assigned_to_id: null, reason: 'Away' }))
  await client.tickets.replace(ticket.id, old({ ...bug, integration_name: 'A', file_ids: null }))

  expect(inShort(client)).toEqual([
    'input integrations.create is_enabled 1',
    'input integrations.create integration_type 1',
    'input integrations.list is_enabled 1',
    'input integrations.list integration_type 1',
    'input integrations.listActive integration_type 1',
    'input integrations.update is_enabled 1',
    'input integrations.update is_enabled 1',
    'input integrations.update integration_type 1',
    'input tickets.create integration_name 1',
    'input tickets.create file_ids 1',
    'input tickets.createWithAi integration_preference 1',
    'input tickets.list integration 1',
    'input tickets.update integration_routing 1',
    'input tickets.update file_ids 1',
    'input tickets.update reason 1',
    'input tickets.replace integration_name 1',
    'input tickets.replace file_ids 1',
  ])
  const lines = client.deprecations.entries().map(({ callSite }) => lineAt(callSite))
  expect(lines.filter((line) => !line.includes('old({'))).toEqual([])
})

test('new names and old names with the value undefined are not counted', async () => {
  const { client } = connect()

  const { id } = await client.integrations.create({ name: 'A', platform_name: 'jira', enabled: true })
  await client.integrations.update(id, { is_enabled: undefined, description: 'x' } as never)
  await client.integrations.disable(id, { reason: 'x' })
  const { id: ticketId } = await client.tickets.create(bug)
  await client.tickets.assign(ticketId, null, { reason: 'x' })
  await client.tickets.setStatus(ticketId, 'resolved', { resolution_summary: 'x' })
  await client.tickets.list({ status: ['open'] })

  expect(client.deprecations.entries()).toEqual([])
})

test('a result that is sent back unchanged counts no old name', async () => {
  const { client } = connect()
  const integration = await client.integrations.create({ name: 'A', platform_name: 'jira' })

  await client.integrations.update(integration.id, integration)

  expect(client.deprecations.entries()).toEqual([])
})

test('old names that the client itself sends to a legacy backend are not counted', async () => {
  const { client } = connect({ backend: 'legacy' })

  const { id } = await client.integrations.create({ name: 'A', platform_name: 'jira', enabled: false })
  await client.integrations.enable(id)
  await client.tickets.create({ ...bug, integration_id: id })

  expect(client.deprecations.entries()).toEqual([])
})

test('old names in refused input are counted too', async () => {
  const { client } = connect()

  await failureOf(client.integrations.create({ name: '', integration_type: 'jira' }))

  expect(inShort(client)).toEqual(['input integrations.create integration_type 1'])
})

test('an old name that is read or written on a result is counted with its call site', async () => {
  const { client } = connect()
  await client.integrations.create({ name: 'A', platform_name: 'jira' })
  const [row] = (await client.integrations.list()).items

  const before = row?.is_enabled
  if (row !== undefined) row.is_enabled = false
  const after = row?.is_enabled

  expect([before, after]).toEqual([true, false])
  // After it is written, it is an ordinary field.
  expect(inShort(client)).toEqual(['read integrations.list is_enabled 1', 'write integrations.list is_enabled 1'])
  const [read, written] = client.deprecations.entries()
  expect(lineAt(read?.callSite)).toContain('const before = row?.is_enabled')
  expect(lineAt(written?.callSite)).toContain('row.is_enabled = false')
  expect(read).toMatchObject({ replacement: 'enabled', change: 'is-enabled-to-enabled' })
})

test('with legacyFields false the access is counted and refused', async () => {
  const { app } = connect()
  const client = createClient({
    baseUrl,
    token: 'test-token',
    generation: 'current',
    legacyFields: false,
    fetch: (request) => app.fetch(request),
  })
  const ticket = await client.tickets.create(bug)

  expect(() => Reflect.get(ticket, 'assignee')).toThrow('`assignee` is retired; use `assigned_to_id`')
  expect(() => Reflect.set(ticket, 'files', [])).toThrow('`files` is retired; use `attachments`')
  expect(inShort(client)).toEqual(['read tickets.create assignee 1', 'write tickets.create files 1'])
})

test('copying, comparing and printing a result reads no old name', async () => {
  const { client } = connect()
  const ticket = await client.tickets.create(bug)

  expect([JSON.stringify(ticket), structuredClone(ticket), { ...ticket }]).toHaveLength(3)
  expect(ticket).toEqual({ ...ticket })
  expect(client.deprecations.entries()).toEqual([])
})

test('client.request counts a retired route, and old names in its input', async () => {
  const { client } = connect({ backend: 'transitional' })
  const { id } = await client.tickets.create(bug)

  await client.request('tickets.setStatus', { params: { ticket_id: id }, body: { status: 'open' } })
  await failureOf(client.request('integrations.list', { query: { is_enabled: true } as never }))
  await failureOf(client.request('no.such' as never, { is_enabled: true } as never))
  await failureOf(client.request('integrations.create', undefined as never))

  expect(client.deprecations.entries().filter(({ kind }) => kind !== 'server_notice')).toMatchObject([
    {
      kind: 'route',
      operation: 'tickets.setStatus',
      field: 'PATCH /tickets/{ticket_id}/status',
      replacement: 'PATCH /tickets/{ticket_id}',
      change: 'ticket-status-and-assign-routes',
      callSite: expect.stringContaining('deprecations.test.ts'),
    },
    { kind: 'input', operation: 'integrations.list', field: 'is_enabled', replacement: 'enabled' },
  ])
})

test('deprecation headers are recorded, and added to the entries of the same field', async () => {
  const { client } = connect({
    backend: 'transitional',
    generation: 'legacy',
    app: { sunset: new Date('2026-12-31T00:00:00Z') },
  })

  await client.integrations.create({ name: 'A', platform_name: 'jira', is_enabled: true } as never)

  const notice = {
    field: 'is_enabled',
    operation: 'integrations.create',
    replacement: 'enabled',
    change: 'is-enabled-to-enabled',
    guide: 'https://tickets.example.test/docs/migration#is-enabled-to-enabled',
    deprecated: '2025-09-06T00:00:00.000Z',
    sunset: '2026-12-31T00:00:00.000Z',
  }
  expect(client.deprecations.entries()).toMatchObject([
    { kind: 'input', ...notice },
    { kind: 'server_notice', ...notice },
    { kind: 'server_notice', field: 'integration_type' },
  ])
})

test('a deprecated route is recorded without its ids', async () => {
  const { client } = connect({ backend: 'transitional', generation: 'legacy' })
  const { id } = await client.tickets.create(bug)

  await client.tickets.setStatus(id, 'open')
  await client.request({ method: 'PATCH', path: `/tickets/${id}/status`, body: { status: 'open' } })

  expect(client.deprecations.entries()).toMatchObject([
    {
      kind: 'server_notice',
      operation: 'tickets.setStatus',
      field: 'PATCH /tickets/{ticket_id}/status',
      change: 'ticket-status-and-assign-routes',
    },
    { kind: 'server_notice', operation: 'request', field: 'PATCH' },
  ])
  expect(JSON.stringify(client.deprecations)).not.toContain(id)
})

test.each([
  [{ Sunset: 'Thu, 31 Dec 2026 00:00:00 GMT' }, { sunset: '2026-12-31T00:00:00.000Z' }],
  [{ Deprecation: 'true' }, {}],
  [{ Deprecation: 'Sat, 06 Sep 2025 00:00:00 GMT' }, { deprecated: '2025-09-06T00:00:00.000Z' }],
  [{ Deprecation: '@1757116800', Sunset: 'soon' }, { deprecated: '2025-09-06T00:00:00.000Z' }],
  // RFC 9745 before it was published, and texts in which Date.parse finds a date.
  [{ Deprecation: '?1' }, {}],
  [{ Deprecation: 'true', Sunset: '1' }, {}],
  [{ Sunset: 'version 2 of 3' }, {}],
  [{ Deprecation: 'Thu Dec 31 00:00:00 2026' }, { deprecated: '2026-12-31T00:00:00.000Z' }],
  [
    {
      Deprecation: '@1',
      Link: '<https://g.example.test/a?b=c>; type="text/html"; rel=deprecation, </next>; rel="next"',
    },
    { deprecated: '1970-01-01T00:00:01.000Z', guide: 'https://g.example.test/a?b=c' },
  ],
  [{ Sunset: 'x', Link: '</a>; rel="deprecation", </b>; rel="deprecation"' }, {}],
  [{ Sunset: 'x', Link: '<javascript:alert(1)>; rel="deprecation"' }, {}],
  [{ Sunset: 'x', Link: '<https://a:b@g.example.test/>; rel="deprecation"' }, {}],
  [{ Sunset: 'x', Link: '<https://[>; rel="deprecation"' }, {}],
])('the valid parts of the headers %j are recorded', async (headers: Record<string, string>, facts) => {
  const { client } = connectTo(() => Response.json({ id: nthId(1) }, { headers }))

  await client.tickets.retrieve(nthId(1))

  const [{ count, firstSeen, lastSeen, ...entry } = { count: 0, firstSeen: '', lastSeen: '' }] =
    client.deprecations.entries()
  expect([count, firstSeen]).toEqual([1, lastSeen])
  expect(entry).toEqual({
    kind: 'server_notice',
    operation: 'tickets.retrieve',
    field: 'GET /tickets/{ticket_id}',
    ...facts,
  })
})

test('only well-formed field names in a deprecation header are recorded', async () => {
  const { client } = connectTo(() =>
    Response.json(
      { detail: 'no' },
      { status: 400, headers: { 'Deprecated-Fields': 'colour;use=color, <b>, secret word, size' } },
    ),
  )

  await failureOf(client.tickets.retrieve(nthId(1)))

  expect(client.deprecations.entries()).toMatchObject([{ field: 'colour', replacement: 'color' }, { field: 'size' }])
  expect(client.deprecations.entries()).toHaveLength(2)
})

test('onDeprecation is called once per field and call site', async () => {
  const reported: DeprecationEntry[] = []
  const { client } = connect({ onDeprecation: (entry) => reported.push(entry) })
  const { id } = await client.integrations.create({ name: 'A', platform_name: 'jira' })
  const one = await client.integrations.retrieve(id)
  const [row] = (await client.integrations.list()).items

  // One call site, although the results are of two operations.
  for (const entity of [one, row, one]) expect(entity?.integration_type).toBe('jira')
  const again = one.integration_type

  expect(again).toBe('jira')
  expect(reported.map(({ field, operation, count }) => [field, operation, count])).toEqual([
    ['integration_type', 'integrations.retrieve', 1],
    ['integration_type', 'integrations.retrieve', 1],
  ])
  expect(reported.map(({ callSite }) => lineAt(callSite).trim())).toEqual([
    "for (const entity of [one, row, one]) expect(entity?.integration_type).toBe('jira')",
    'const again = one.integration_type',
  ])
})

test.each([
  [
    'throws',
    () => {
      throw new Error('broken')
    },
  ],
  ['is rejected', () => Promise.reject(new Error('broken'))],
])('a handler that %s does not break a call', async (_, onDeprecation: () => void) => {
  const { client } = connect({ onDeprecation })

  const created = await client.integrations.create({ name: 'A', integration_type: 'jira' })

  expect(created.integration_type).toBe('jira')
  expect(inShort(client)).toEqual([
    'input integrations.create integration_type 1',
    'read integrations.create integration_type 1',
  ])
})

test('a listener may use old names itself', async () => {
  const { client } = connect({ onDeprecation: () => void client.integrations.list(old({ is_enabled: true })) })

  await client.integrations.create({ name: 'A', integration_type: 'jira' })

  expect(inShort(client)).toEqual([
    'input integrations.create integration_type 1',
    // It is called once for its own call site, too.
    'input integrations.list is_enabled 2',
  ])
})

test('a listener that is not a function is refused', () => {
  expect(() => connect({ onDeprecation: 'log' as never })).toThrow(new TypeError('`onDeprecation` must be a function'))
})

test('clients made by withOptions share a ledger, and each calls its own listener', async () => {
  const reported: string[] = []
  const { client } = connect({ onDeprecation: ({ field }) => reported.push(`first ${field}`) })
  const second = client.withOptions({
    baseUrl: 'https://x.example.test',
    onDeprecation: ({ field }) => reported.push(`second ${field}`),
  })

  await client.integrations.list(old({ is_enabled: true }))
  await second.integrations.list(old({ integration_type: 'jira' }))

  expect(inShort(client)).toEqual([
    'input integrations.list is_enabled 1',
    'input integrations.list integration_type 1',
  ])
  expect(second.deprecations.entries()).toEqual(client.deprecations.entries())
  expect(reported).toEqual(['first is_enabled', 'second integration_type'])
})

test('after clear() the ledger is empty, and the listener is called again', async () => {
  const reported: string[] = []
  const { client } = connect({ onDeprecation: ({ field }) => reported.push(field) })

  for (const is_enabled of [true, false]) {
    await client.integrations.list(old({ is_enabled }))
    client.deprecations.clear()
  }

  expect(reported).toEqual(['is_enabled', 'is_enabled'])
  expect(client.deprecations.entries()).toEqual([])
})

test('a ledger is JSON that can be merged with ledgers of other processes', async () => {
  const written = await Promise.all(
    [1, 2].map(async () => {
      const { client } = connect()
      await client.integrations.list(old({ is_enabled: true }))
      return JSON.stringify(client.deprecations)
    }),
  )

  const [one, other] = written.map((text) => JSON.parse(text))

  expect(one).toMatchObject({ version: 1, entries: [{ field: 'is_enabled', count: 1 }] })
  expect(mergeLedgers(one, other)).toMatchObject({ version: 1, entries: [{ field: 'is_enabled', count: 2 }] })
})

test('the first hundred uses have a call site, then every hundredth; all are counted', async () => {
  const { client } = connect()
  const integration = await client.integrations.create({ name: 'A', platform_name: 'jira' })

  for (let n = 0; n < 250; n += 1) expect(integration.is_enabled).toBe(true)

  const [traced, others] = client.deprecations.entries()
  expect(traced).toMatchObject({ count: 101, callSite: expect.stringContaining('deprecations.test.ts') })
  expect(others).toMatchObject({ kind: 'read', field: 'is_enabled', count: 149 })
  expect(others).not.toHaveProperty('callSite')
})

test('a server notice is reported although uses of the same name were reported before', async () => {
  const reported: string[] = []
  const { client } = connect({
    backend: 'transitional',
    generation: 'legacy',
    onDeprecation: ({ kind, field }) => reported.push(`${kind} ${field}`),
  })

  const created = await client.integrations.create({ name: 'A', platform_name: 'jira' })
  for (let n = 0; n < 150; n += 1) expect(created.is_enabled).toBe(true)
  await client.integrations.disable(created.id)
  await client.integrations.list({ enabled: false })

  expect(reported).toEqual([
    'server_notice integration_type',
    'read is_enabled',
    'server_notice status',
    'server_notice is_enabled',
  ])
})

test('a full ledger counts further uses in one overflow entry', async () => {
  let nth = 0
  const { client } = connectTo(() => {
    nth += 1
    return Response.json({ id: nthId(1) }, { headers: { 'Deprecated-Fields': `field_${nth}`, Sunset: 'x' } })
  })
  const reported: string[] = []
  const listening = client.withOptions({ onDeprecation: ({ field }) => reported.push(field) })

  for (let n = 0; n < 1200; n += 1) await listening.tickets.retrieve(nthId(1))

  const entries = client.deprecations.entries()
  expect(entries).toHaveLength(1001)
  expect(entries.at(-2)).toMatchObject({ kind: 'server_notice', field: 'field_1000', count: 1 })
  expect(entries.at(-1)).toMatchObject({ kind: 'overflow', operation: '*', field: '*', count: 200 })
  expect(reported).toHaveLength(1000)
})

const asUrl = 'file://'

test.each([
  ['V8', 'Error\n    at Object.use (/app/a (b)/main.ts:3:7)\n    at run (/app/run.ts:1:1)', '/app/a (b)/main.ts:3:7'],
  ['V8 at the top of a module', `Error\n    at ${asUrl}/app/main.ts:3:7`, '/app/main.ts:3:7'],
  ['V8 on Windows', 'Error\n    at use (C:\\app\\main.ts:3:7)', 'C:\\app\\main.ts:3:7'],
  ['V8 after a pause', `Error\n    at async use (${asUrl}/app/main.ts:3:7)`, '/app/main.ts:3:7'],
  [
    'JavaScriptCore',
    'use@https://app.example.test/main.js?v=1:3:7\nglobal code@[native code]',
    'https://app.example.test/main.js:3:7',
  ],
  [
    'a frame without a place',
    'Error\n    at Array.map (<anonymous>)\n    at use (/app/main.ts:3:7)',
    '/app/main.ts:3:7',
  ],
  [
    'code that is no file',
    'Error\n    at eval (eval at <anonymous> (data:text/javascript,secret()), <anonymous>:1:9)\n    at node:internal/x:1:2',
    undefined,
  ],
  ['an engine without stacks', undefined, undefined],
  ['a program with stacks of its own', [{ line: 3 }], undefined],
])('a place is read from the stack of %s', async (_, stack, callSite) => {
  const { client } = connect()
  const trace = vi.spyOn(Error, 'captureStackTrace').mockImplementation((holder) => Object.assign(holder, { stack }))

  try {
    await client.integrations.list(old({ is_enabled: true }))
  } finally {
    trace.mockRestore()
  }

  expect(client.deprecations.entries()[0]?.callSite).toBe(callSite)
})
