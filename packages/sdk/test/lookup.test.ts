import { afterEach, expect, test, vi } from 'vitest'
import { asked, connect, failure, nthId, told } from './backend.ts'

const bug = { title: 'Bug Report', description: 'It breaks' }
const lookups = (seen: Parameters<typeof asked>[0]) =>
  asked(seen).filter((line) => line.startsWith('GET /integrations/?'))

afterEach(() => {
  vi.useRealTimers()
})

test('a name is looked up once for all that ask at the same time', async () => {
  const { client, seen } = connect()
  await client.integrations.create({ name: 'JIRA', platform_name: 'jira' })

  await Promise.all(Array.from({ length: 20 }, () => client.tickets.create({ ...bug, integration_name: 'JIRA' })))

  expect(lookups(seen)).toHaveLength(1)
})

test('a call that is aborted at the very moment of its look-up leaves no rejection that nobody handles', async () => {
  const unhandled = vi.fn<() => void>()
  process.on('unhandledRejection', unhandled)
  const controller = new AbortController()
  const { client } = told(() => Response.json([]), {
    token: () => {
      controller.abort(new Error('enough'))
      return 'test-token'
    },
  })

  const file = client.tickets.create({ ...bug, integration_name: 'JIRA' }, { signal: controller.signal })
  const error = await failure(file)
  // Node tells of them when all that is due has run.
  await new Promise(setImmediate)
  process.off('unhandledRejection', unhandled)

  expect(error).toEqual(new Error('enough'))
  expect(unhandled).not.toHaveBeenCalled()
})

test('an answer is remembered for 30 seconds', async () => {
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

test('with nameCacheTtl 0 nothing is remembered', async () => {
  const { client, seen } = connect({ nameCacheTtl: 0 })
  await client.integrations.create({ name: 'JIRA', platform_name: 'jira' })

  await client.tickets.create({ ...bug, integration_name: 'JIRA' })
  await client.tickets.create({ ...bug, integration_name: 'JIRA' })

  expect(lookups(seen)).toHaveLength(2)
})

test('each client remembers for itself', async () => {
  const { client, seen, app } = connect()
  const other = connect({ fetch: (request) => app.fetch(request) })
  await client.integrations.create({ name: 'Bugs', platform_name: 'jira' })
  await client.tickets.create({ ...bug, integration_name: 'Bugs' })

  await other.client.integrations.delete(nthId(1))
  const stale = await failure(client.tickets.create({ ...bug, integration_name: 'Bugs' }))
  const looked = await failure(client.tickets.create({ ...bug, integration_name: 'Bugs' }))

  // Remembered as usable, refused by the backend, forgotten, looked up again.
  expect(stale).toMatchObject({ name: 'IntegrationUnusableError', reason: 'deleted', id: nthId(1) })
  expect(looked).toMatchObject({ name: 'IntegrationNotFoundError' })
  expect(lookups(seen)).toHaveLength(2)
})

test.each([400, 404, 409, 422])('a call that is refused with %s forgets the name it used', async (status) => {
  const { client, seen } = told((request) =>
    request.method === 'GET'
      ? Response.json([{ id: nthId(1), name: 'JIRA', platform_name: 'jira', status: 'active' }])
      : Response.json({ detail: 'no' }, { status }),
  )

  await failure(client.tickets.create({ ...bug, integration_name: 'JIRA' }))
  await failure(client.tickets.create({ ...bug, integration_name: 'JIRA' }))

  expect(lookups(seen)).toHaveLength(2)
})

test('a call that fails for another reason does not', async () => {
  const { client, seen } = told((request) =>
    request.method === 'GET'
      ? Response.json([{ id: nthId(1), name: 'JIRA', platform_name: 'jira', status: 'active' }])
      : Response.json({ detail: 'no' }, { status: 503 }),
  )

  await failure(client.tickets.create({ ...bug, integration_name: 'JIRA' }))
  await failure(client.tickets.create({ ...bug, integration_name: 'JIRA' }))

  expect(lookups(seen)).toHaveLength(1)
})

test('what was not found, not usable or ambiguous is not remembered', async () => {
  const { client } = connect()
  const file = () => client.tickets.create({ ...bug, integration_name: 'JIRA' })

  const missing = await failure(file())
  const { id } = await client.integrations.create({ name: 'JIRA', platform_name: 'jira', enabled: false })
  const off = await failure(file())
  await client.integrations.enable(id)
  const ticket = await file()

  expect(missing).toMatchObject({ name: 'IntegrationNotFoundError' })
  expect(off).toMatchObject({ name: 'IntegrationUnusableError', reason: 'inactive' })
  expect(ticket.integration_id).toBe(id)
})

test('a client that changes an integration forgets what it knew', async () => {
  const { client } = connect()
  const { id } = await client.integrations.create({ name: 'Bugs', platform_name: 'jira' })
  await client.tickets.create({ ...bug, integration_name: 'Bugs' })

  await client.integrations.update(id, { name: 'Old bugs' })
  const error = await failure(client.tickets.create({ ...bug, integration_name: 'Bugs' }))

  expect(error).toMatchObject({ name: 'IntegrationNotFoundError' })
})

test('a look-up that was under way while an integration changed is not remembered', async () => {
  let open = () => {}
  const gate = new Promise<void>((resolve) => {
    open = resolve
  })
  const { client, seen } = told(async (request) => {
    if (request.method === 'PUT') return Response.json({ id: nthId(1) })
    if (request.method === 'POST') return Response.json({ id: nthId(5) }, { status: 201 })
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
  const { client, seen } = told((request) => {
    const offset = Number(new URL(request.url).searchParams.get('offset'))
    if (request.method === 'POST') return Response.json({ id: nthId(500) }, { status: 201 })
    // The last rows of a page come again on the next one.
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
])('a name with wildcards (%s) is found exactly', async (name, filter) => {
  const { client, seen } = connect()
  await client.integrations.create({ name: '100xydone', platform_name: 'jira' })
  const { id } = await client.integrations.create({ name, platform_name: 'jira' })

  const found = await client.integrations.findByName(name)

  expect(found.id).toBe(id)
  expect(lookups(seen)[0]?.includes('name=')).toBe(filter !== undefined)
  expect(lookups(seen)[0]).toContain(filter ?? 'offset=0')
})

test('a blank name is nobody', async () => {
  const { client } = connect()
  await client.integrations.create({ name: 'JIRA', platform_name: 'jira' })

  const error = await failure(client.tickets.create({ ...bug, integration_name: '  ' }))

  expect(error).toMatchObject({ name: 'IntegrationNotFoundError' })
})

test('who gives up does not end the look-up for the others', async () => {
  let open = () => {}
  const gate = new Promise<void>((resolve) => {
    open = resolve
  })
  const { client, seen } = told(async (request) => {
    if (request.method === 'POST') return Response.json({ id: nthId(5) }, { status: 201 })
    await gate
    return Response.json([{ id: nthId(1), name: 'JIRA', platform_name: 'jira', status: 'active' }])
  })
  const controller = new AbortController()
  const first = client.tickets.create({ ...bug, integration_name: 'JIRA' }, { signal: controller.signal })
  const second = client.tickets.create({ ...bug, integration_name: 'JIRA' })
  await vi.waitFor(() => expect(lookups(seen)).toHaveLength(1))

  controller.abort('enough')
  const error = await failure(first)
  open()
  const ticket = await second

  expect(error).toBe('enough')
  expect(ticket.id).toBe(nthId(5))
  expect(lookups(seen)).toHaveLength(1)
})

test('when all have given up, the look-up is ended and the next call starts anew', async () => {
  const signals: AbortSignal[] = []
  const { client, seen } = told((request) => {
    signals.push(request.signal)
    return new Promise(() => {})
  })
  const controller = new AbortController()
  const options = { signal: controller.signal }
  const calls = [1, 2].map(() => failure(client.tickets.create({ ...bug, integration_name: 'JIRA' }, options)))
  await vi.waitFor(() => expect(lookups(seen)).toHaveLength(1))

  controller.abort('enough')
  expect(await Promise.all(calls)).toEqual(['enough', 'enough'])
  expect(signals[0]?.aborted).toBe(true)

  failure(client.tickets.create({ ...bug, integration_name: 'JIRA' })).catch(() => {})
  await vi.waitFor(() => expect(lookups(seen)).toHaveLength(2))
})

test('calls with other headers do not share an answer: they may speak for another tenant', async () => {
  const { client, seen } = connect()
  await client.integrations.create({ name: 'JIRA', platform_name: 'jira' })

  for (const tenant of ['a', 'b', 'a'])
    await client.tickets.create(
      { ...bug, integration_name: 'JIRA' },
      { headers: { 'X-Tenant': tenant, 'X-Zone': '1' } },
    )

  expect(lookups(seen)).toHaveLength(2)
})

test('a client that meets ever new names forgets the oldest', { timeout: 30_000 }, async () => {
  const { client, seen } = told((request) => {
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

test('a name that is stored with spaces around it is the one that is meant', async () => {
  const { client, seen } = told(({ method }) =>
    method === 'GET'
      ? Response.json([{ id: nthId(1), name: ' Bugs ', status: 'active', platform_name: 'jira' }])
      : Response.json({ id: nthId(2), integration_id: nthId(1) }, { status: 201 }),
  )

  await client.tickets.create({ ...bug, integration_name: 'Bugs' })

  expect(seen.at(-1)?.body).toMatchObject({ integration_id: nthId(1) })
})
