import { afterEach, expect, test, vi } from 'vitest'
import { connect, connectTo, failureOf, nthId, requestLines } from './backend.ts'
import { recordUnhandledRejections } from './unhandled-rejections.ts'

const bug = { title: 'Bug Report', description: 'It breaks' }
const lookups = (seen: Parameters<typeof requestLines>[0]) =>
  requestLines(seen).filter((line) => line.startsWith('GET /integrations/?'))

afterEach(() => {
  vi.useRealTimers()
})

test('concurrent calls share one look-up of a name', async () => {
  const { client, seen } = connect()
  await client.integrations.create({ name: 'JIRA', platform_name: 'jira' })

  await Promise.all(Array.from({ length: 20 }, () => client.tickets.create({ ...bug, integration_name: 'JIRA' })))

  expect(lookups(seen)).toHaveLength(1)
})

test('a call that is aborted while its look-up starts leaves no unhandled rejection', async () => {
  const unhandled = recordUnhandledRejections()
  const controller = new AbortController()
  const { client } = connectTo(() => Response.json([]), {
    token: () => {
      controller.abort(new Error('enough'))
      return 'test-token'
    },
  })

  const file = client.tickets.create({ ...bug, integration_name: 'JIRA' }, { signal: controller.signal })
  const error = await failureOf(file)
  // Node reports them after the due callbacks have run.
  await new Promise(setImmediate)

  expect(error).toEqual(new Error('enough'))
  expect(unhandled).toEqual([])
})

test('a name is cached for 30 seconds', async () => {
  vi.useFakeTimers()
  const { client, seen } = connect()
  await client.integrations.create({ name: 'JIRA', platform_name: 'jira' })

  await client.tickets.create({ ...bug, integration_name: 'JIRA' })
  vi.advanceTimersByTime(29_999)
  await client.tickets.create({ ...bug, integration_name: ' JIRA' })
  expect(lookups(seen)).toHaveLength(1)

  vi.advanceTimersByTime(1)
  await client.tickets.create({ ...bug, integration_name: 'JIRA' })
  expect(lookups(seen)).toHaveLength(2)
})

test('with nameCacheTtl 0 nothing is cached', async () => {
  const { client, seen } = connect({ nameCacheTtl: 0 })
  await client.integrations.create({ name: 'JIRA', platform_name: 'jira' })

  await client.tickets.create({ ...bug, integration_name: 'JIRA' })
  await client.tickets.create({ ...bug, integration_name: 'JIRA' })

  expect(lookups(seen)).toHaveLength(2)
})

test('each client has its own cache', async () => {
  const { client, seen, app } = connect()
  const other = connect({ fetch: (request) => app.fetch(request) })
  await client.integrations.create({ name: 'Bugs', platform_name: 'jira' })
  await client.tickets.create({ ...bug, integration_name: 'Bugs' })

  await other.client.integrations.delete(nthId(1))
  const stale = await failureOf(client.tickets.create({ ...bug, integration_name: 'Bugs' }))
  const looked = await failureOf(client.tickets.create({ ...bug, integration_name: 'Bugs' }))

  // Cached as usable, refused by the backend, removed, looked up again.
  expect(stale).toMatchObject({ name: 'IntegrationUnusableError', reason: 'deleted', id: nthId(1) })
  expect(looked).toMatchObject({ name: 'IntegrationNotFoundError' })
  expect(lookups(seen)).toHaveLength(2)
})

test.each([400, 404, 409, 422])('a call that is refused with %s removes its name from the cache', async (status) => {
  const { client, seen } = connectTo((request) =>
    request.method === 'GET'
      ? Response.json([{ id: nthId(1), name: 'JIRA', platform_name: 'jira', status: 'active' }])
      : Response.json({ detail: 'no' }, { status }),
  )

  await failureOf(client.tickets.create({ ...bug, integration_name: 'JIRA' }))
  await failureOf(client.tickets.create({ ...bug, integration_name: 'JIRA' }))

  expect(lookups(seen)).toHaveLength(2)
})

test('a call that fails for another reason does not remove it', async () => {
  const { client, seen } = connectTo((request) =>
    request.method === 'GET'
      ? Response.json([{ id: nthId(1), name: 'JIRA', platform_name: 'jira', status: 'active' }])
      : Response.json({ detail: 'no' }, { status: 503 }),
  )

  await failureOf(client.tickets.create({ ...bug, integration_name: 'JIRA' }))
  await failureOf(client.tickets.create({ ...bug, integration_name: 'JIRA' }))

  expect(lookups(seen)).toHaveLength(1)
})

test('a name that is not found, unusable or ambiguous is not cached', async () => {
  const { client } = connect()
  const file = () => client.tickets.create({ ...bug, integration_name: 'JIRA' })

  const missing = await failureOf(file())
  const { id } = await client.integrations.create({ name: 'JIRA', platform_name: 'jira', enabled: false })
  const off = await failureOf(file())
  await client.integrations.enable(id)
  const ticket = await file()

  expect(missing).toMatchObject({ name: 'IntegrationNotFoundError' })
  expect(off).toMatchObject({ name: 'IntegrationUnusableError', reason: 'inactive' })
  expect(ticket.integration_id).toBe(id)
})

test('a write to an integration clears the cache', async () => {
  const { client } = connect()
  const { id } = await client.integrations.create({ name: 'Bugs', platform_name: 'jira' })
  await client.tickets.create({ ...bug, integration_name: 'Bugs' })

  await client.integrations.update(id, { name: 'Old bugs' })
  const error = await failureOf(client.tickets.create({ ...bug, integration_name: 'Bugs' }))

  expect(error).toMatchObject({ name: 'IntegrationNotFoundError' })
})

test('a look-up during a write to an integration is not cached', async () => {
  let open = () => {}
  const gate = new Promise<void>((resolve) => {
    open = resolve
  })
  const { client, seen } = connectTo(async (request) => {
    if (request.url.includes(nthId(1))) return Response.json({ id: nthId(1), name: 'Old bugs' })
    if (request.method === 'POST') return Response.json({ id: nthId(5) }, { status: 201 })
    if (!request.url.includes('name=')) return Response.json({ id: nthId(1) })
    await gate
    return Response.json([{ id: nthId(1), name: 'Bugs', platform_name: 'jira', status: 'active' }])
  })

  const filing = client.tickets.create({ ...bug, integration_name: 'Bugs' })
  await vi.waitFor(() => expect(lookups(seen)).toHaveLength(1))
  await client.integrations.update(nthId(1), { name: 'Old bugs' })
  open()
  await filing
  await client.tickets.create({ ...bug, integration_name: 'Bugs' })

  expect(lookups(seen)).toHaveLength(2)
})

test('all pages are read, and a row that moves between them counts once', async () => {
  const row = (n: number) => ({
    id: nthId(n),
    name: n === 150 ? 'JIRA' : `JIRA ${n}`,
    platform_name: 'jira',
    status: 'active',
  })
  const { client, seen } = connectTo((request) => {
    const offset = Number(new URL(request.url).searchParams.get('offset'))
    if (request.method === 'POST') return Response.json({ id: nthId(500) }, { status: 201 })
    // The last rows of a page are repeated on the next one.
    const first = offset === 0 ? 51 : 141
    return Response.json(Array.from({ length: offset === 0 ? 100 : 20 }, (_, index) => row(first + index)))
  })

  await client.tickets.create({ ...bug, integration_name: 'JIRA' })

  expect(lookups(seen)).toHaveLength(2)
  expect(seen.at(-1)?.body).toMatchObject({ integration_id: nthId(150) })
})

test.each([
  ['100%_done', 'name=done'],
  ['A\\B long part', 'name=B+long+part'],
  ['%_%', undefined],
])('a name with wildcards (%s) matches exactly', async (name, filter) => {
  const { client, seen } = connect()
  await client.integrations.create({ name: '100xydone', platform_name: 'jira' })
  const { id } = await client.integrations.create({ name, platform_name: 'jira' })

  const found = await client.integrations.findByName(name)

  expect(found.id).toBe(id)
  expect(lookups(seen)[0]?.includes('name=')).toBe(filter !== undefined)
  expect(lookups(seen)[0]).toContain(filter ?? 'offset=0')
})

test('a blank name matches no integration', async () => {
  const { client } = connect()
  await client.integrations.create({ name: 'JIRA', platform_name: 'jira' })

  const error = await failureOf(client.tickets.create({ ...bug, integration_name: '  ' }))

  expect(error).toMatchObject({ name: 'IntegrationNotFoundError' })
})

test('an aborted call does not end the look-up for the others', async () => {
  let open = () => {}
  const gate = new Promise<void>((resolve) => {
    open = resolve
  })
  const { client, seen } = connectTo(async (request) => {
    if (request.method === 'POST') return Response.json({ id: nthId(5) }, { status: 201 })
    if (!request.url.includes('name=')) return Response.json({ id: nthId(1) })
    await gate
    return Response.json([{ id: nthId(1), name: 'JIRA', platform_name: 'jira', status: 'active' }])
  })
  const controller = new AbortController()
  const first = client.tickets.create({ ...bug, integration_name: 'JIRA' }, { signal: controller.signal })
  const second = client.tickets.create({ ...bug, integration_name: 'JIRA' })
  await vi.waitFor(() => expect(lookups(seen)).toHaveLength(1))

  controller.abort('enough')
  const error = await failureOf(first)
  open()
  const ticket = await second

  expect(error).toBe('enough')
  expect(ticket.id).toBe(nthId(5))
  expect(lookups(seen)).toHaveLength(1)
})

test('when all calls are aborted, the look-up ends and the next call starts a new one', async () => {
  const signals: AbortSignal[] = []
  const { client, seen } = connectTo((request) => {
    signals.push(request.signal)
    return new Promise(() => {})
  })
  const controller = new AbortController()
  const options = { signal: controller.signal }
  const calls = [1, 2].map(() => failureOf(client.tickets.create({ ...bug, integration_name: 'JIRA' }, options)))
  await vi.waitFor(() => expect(lookups(seen)).toHaveLength(1))

  controller.abort('enough')
  expect(await Promise.all(calls)).toEqual(['enough', 'enough'])
  expect(signals[0]?.aborted).toBe(true)

  const last = new AbortController()
  const next = failureOf(client.tickets.create({ ...bug, integration_name: 'JIRA' }, { signal: last.signal }))
  await vi.waitFor(() => expect(lookups(seen)).toHaveLength(2))
  last.abort('the test has ended')
  expect(await next).toBe('the test has ended')
})

test('calls with other headers do not share a look-up: they may be for another tenant', async () => {
  const { client, seen } = connect()
  await client.integrations.create({ name: 'JIRA', platform_name: 'jira' })

  for (const tenant of ['a', 'b', 'a'])
    await client.tickets.create(
      { ...bug, integration_name: 'JIRA' },
      { headers: { 'X-Tenant': tenant, 'X-Zone': '1' } },
    )

  expect(lookups(seen)).toHaveLength(2)
})

test('the cache removes the oldest of too many names', async () => {
  const { client, seen } = connectTo((request) => {
    const name = new URL(request.url).searchParams.get('name')
    if (request.method === 'POST') return Response.json({ id: nthId(5) }, { status: 201 })
    return Response.json([{ id: nthId(1), name, platform_name: 'jira', status: 'active' }])
  })
  const file = (name: string) => client.tickets.create({ ...bug, integration_name: name })

  for (let n = 0; n <= 1000; n += 1) await file(`N${n}`)
  await file('N1000')
  expect(lookups(seen)).toHaveLength(1001)

  await file('N0')
  expect(lookups(seen)).toHaveLength(1002)
})

test('a stored name with spaces around it matches', async () => {
  const { client, seen } = connectTo(({ method }) =>
    method === 'GET'
      ? Response.json([{ id: nthId(1), name: ' Bugs ', status: 'active', platform_name: 'jira' }])
      : Response.json({ id: nthId(2), integration_id: nthId(1) }, { status: 201 }),
  )

  await client.tickets.create({ ...bug, integration_name: 'Bugs' })

  expect(seen.at(-1)?.body).toMatchObject({ integration_id: nthId(1) })
})
