import { DEFAULT_USER } from '@ai-ticket-creator/reference-api'
import { expect, test } from 'vitest'
import { aTicketInput, createTestApi, delayResponse, errorResponse, stripHeaders, testClock } from '../../src/index.ts'
import { caught, clientOf, send, transports } from './transports.ts'

/** Requests against an API with a fixed clock and a seed. */
async function run(seed: number) {
  const api = createTestApi({ seed })
  const client = clientOf({ api, fetch: api.fetch })
  api.faults.add({ endpoint: 'tickets.list', fault: errorResponse(404), probability: 0.5 })
  const jira = await client.integrations.create({ name: 'JIRA Production', platform_name: 'jira' })
  api.clock.advance(1500)
  const ticket = await client.tickets.create({ title: 'One', description: 'Two', integration_id: jira.id })
  for (let nth = 0; nth < 8; nth++) await send({ api, fetch: api.fetch }, 'GET /tickets/')
  return { ids: [jira.id, ticket.id], times: [jira.created_at, ticket.created_at], requests: api.requests }
}

test('the same seed gives the same ids, times and faults', async () => {
  const first = await run(1)
  const second = await run(1)

  expect(first).toEqual(second)
  expect(first.ids).toEqual(['00000001-0000-4000-8000-000000000001', '00000001-0000-4000-8000-000000000002'])
  expect(first.times).toEqual(['2025-09-06T12:00:00.000000Z', '2025-09-06T12:00:01.500000Z'])
})

test('another seed gives other ids and other faults', async () => {
  const { ids, requests } = await run(0xffff_ffff)

  expect(ids[0]).toBe('ffffffff-0000-4000-8000-000000000001')
  expect(requests.map(({ status }) => status)).not.toEqual((await run(1)).requests.map(({ status }) => status))
})

test('two faults with a probability fire independently', async () => {
  const api = createTestApi()
  api.faults.add({ fault: stripHeaders('Vary'), probability: 0.5 })
  api.faults.add({ fault: errorResponse(503), probability: 0.5 })

  for (let sent = 0; sent < 12; sent++) await send({ api, fetch: api.fetch }, 'GET /tickets/')

  const [stripped, failed] = ['stripHeaders(Vary)', 'errorResponse(503)'].map((fault) =>
    api.requests.map(({ faults }) => (faults.includes(fault) ? 'x' : '.')).join(''),
  )
  expect(stripped).not.toBe(failed)
})

test.each(transports)('$name, a reset restores the initial state', async ({ open }) => {
  using opened = open({ generation: 'transitional', clock: testClock('2026-01-01T00:00:00Z') })
  const { api } = opened
  const { store, seed, faults } = api
  const before = await seed.ticket()
  faults.add({ fault: errorResponse(500) })
  await send(opened, 'GET /tickets/')
  api.switchGeneration('current')
  api.clock.advance(60_000)

  api.reset()

  expect([api.generation, api.requests, faults.list()]).toEqual(['transitional', [], []])
  expect((await clientOf(opened).tickets.list()).total).toBe(0)
  // Parts that were destructured before the reset still belong to the API.
  expect(await store.tickets.find('20000000-0000-4000-8000-000000000001', before.id)).toBeUndefined()
  expect(await seed.ticket()).toEqual({ ...before, age_in_hours: 0 })
  expect((await clientOf(opened).tickets.list()).total).toBe(1)
})

test('rows can be read and changed directly in the store', async () => {
  const api = createTestApi()
  const { id } = await api.seed.integration()
  const row = await api.store.integrations.find(DEFAULT_USER.organization_id, id)
  if (row === undefined) throw new TypeError('no row')

  await api.store.integrations.replace({ ...row, version: 2, status: 'expired' }, 1)
  await send({ api, fetch: api.fetch }, 'POST /tickets/', aTicketInput(), {
    headers: { Authorization: `Bearer ${api.token}`, 'Content-Type': 'application/json', 'Idempotency-Key': 'mine' },
  })

  const [key, at] = [{ organization_id: DEFAULT_USER.organization_id, key: 'mine' }, '2025-09-06T12:00:00.000000Z']
  const held = await api.store.keys.claim(
    { ...key, fingerprint: '', expires_at: at, lease_until: at, response: null },
    at,
  )
  expect((await clientOf({ api, fetch: api.fetch }).integrations.retrieve(id)).status).toBe('expired')
  expect(held).toMatchObject({ ...key, response: { version: 1 } })
})

test('a call that is in progress at a reset ends in the old state', async () => {
  const api = createTestApi()
  const opened = { api, fetch: api.fetch }
  const { requests } = api
  api.faults.add({ fault: delayResponse(1000, api.clock) })
  const waiting = send(opened, 'POST /tickets/', { title: 'Late', description: 'From before' })
  await expect.poll(() => api.clock.waiting).toBe(1)

  api.reset()

  expect((await waiting).status).toBe(201)
  expect(requests).toMatchObject([{ status: 201 }])
  expect([api.requests, (await clientOf(opened).tickets.list()).total]).toEqual([[expect.anything()], 0])
})

test('due health checks run when the test starts them', async () => {
  const api = createTestApi({ health: async () => ({ outcome: 'unauthorized' }) })
  const { id } = await api.seed.integration()

  const counts = [await api.runDueChecks(), await api.runDueChecks()]

  const { status } = await clientOf({ api, fetch: api.fetch }).integrations.retrieve(id)
  expect([counts, status]).toEqual([[1, 0], 'expired'])
})

test('each API of a process has its own host', () => {
  const [one, two] = [createTestApi(), createTestApi()]

  expect(one.baseUrl).toMatch(/^https:\/\/tickets-\d+\.example\.test$/)
  expect(two.baseUrl).not.toBe(one.baseUrl)
})

test('a clock stands still until it is advanced', async () => {
  const clock = testClock('2026-01-01T00:00:00Z')
  const order: number[] = []
  const waits = [200, 100].map((milliseconds) => clock.wait(milliseconds).then(() => order.push(milliseconds)))

  clock.advance(99)
  await Promise.resolve()
  const early = [...order]
  clock.advance(101)
  await Promise.all(waits)

  expect([early, order, clock.now().toISOString()]).toEqual([[], [100, 200], '2026-01-01T00:00:00.200Z'])
})

test('waiting for a clock can be aborted', async () => {
  const clock = testClock()
  const controller = new AbortController()
  const waits = [clock.wait(1, controller.signal), clock.wait(1, AbortSignal.abort('gone'))]

  controller.abort('bored')

  expect([await caught(waits[0] ?? Promise.resolve()), await caught(waits[1] ?? Promise.resolve())]).toEqual([
    'bored',
    'gone',
  ])
  expect(clock.waiting).toBe(0)
})

test('a reset of the clock ends all waits', async () => {
  const clock = testClock()
  clock.advance(5000)
  const waiting = clock.wait(1_000_000)

  clock.reset()

  await waiting
  expect(clock.now().toISOString()).toBe('2025-09-06T12:00:00.000Z')
})

test.each([
  [
    'a base URL with a path',
    () => createTestApi({ baseUrl: 'https://a.example.test/tickets' }),
    /`baseUrl` must be a host/,
  ],
  [
    'a base URL with a query',
    () => createTestApi({ baseUrl: 'https://a.example.test?a=1' }),
    /`baseUrl` must be a host/,
  ],
  ['no URL', () => createTestApi({ baseUrl: 'tickets' }), /`baseUrl` must be a host/],
  ['a seed with a fraction', () => createTestApi({ seed: 0.5 }), /`seed` must be a whole number/],
  ['an empty list of users', () => createTestApi({ users: [] }), /`users` must contain at least one user/],
  ['an invalid start', () => testClock('soon'), /`start` must be a time/],
  ['a negative advance', () => testClock().advance(-1), /`advance` takes milliseconds, 0 or more/],
  ['a status of success', () => errorResponse(200), /a status from 400 to 599/],
  ['an unknown code', () => errorResponse('teapot' as 'internal'), /`errorResponse`: there is no code `teapot`/],
  [
    'times: 0',
    () => createTestApi().faults.add({ fault: errorResponse(500), times: 0 }),
    /`times` must be a whole number/,
  ],
  [
    'a probability above 1',
    () => createTestApi().faults.add({ fault: errorResponse(500), probability: 2 }),
    /`probability` must be/,
  ],
  [
    'an unknown endpoint',
    () => createTestApi().faults.add({ fault: errorResponse(500), endpoint: 'tickets.creat' as 'tickets.create' }),
    /the contract has no `tickets.creat`/,
  ],
])('%s is refused with a message that names it', (_, act, message) => {
  expect(act).toThrow(message)
  expect(act).toThrow(RangeError)
})

test('one fault or all of them can be removed', async () => {
  const api = createTestApi()
  const opened = { api, fetch: api.fetch }
  const one = api.faults.add({ fault: errorResponse(500) })
  api.faults.add({ fault: errorResponse(418) })

  const statuses = [(await send(opened, 'GET /tickets/')).status]
  one.remove()
  statuses.push((await send(opened, 'GET /tickets/')).status)
  api.faults.clear()
  statuses.push((await send(opened, 'GET /tickets/')).status)

  expect([statuses, one.fired, api.faults.list()]).toEqual([[500, 418, 200], 1, []])
})

test('errorResponse with a status uses the first code of that status, if there is one', async () => {
  const api = createTestApi()
  const bodies = []
  for (const status of [401, 404, 422, 429, 500, 504, 418]) {
    api.faults.add({ fault: errorResponse(status), times: 1 })
    bodies.push(await (await send({ api, fetch: api.fetch }, 'GET /tickets/')).json())
  }

  expect(bodies).toEqual([
    { detail: 'injected: unauthenticated', code: 'unauthenticated' },
    { detail: 'injected: not_found', code: 'not_found' },
    {
      detail: [{ type: 'value_error', loc: ['body'], msg: 'injected: validation_failed', code: 'validation_failed' }],
      code: 'validation_failed',
    },
    { detail: 'injected: rate_limited', code: 'rate_limited' },
    { detail: 'injected: internal', code: 'internal' },
    { detail: 'injected: 504', code: 'internal' },
    { detail: 'injected: 418' },
  ])
})
