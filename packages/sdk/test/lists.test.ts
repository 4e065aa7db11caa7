import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, test } from 'vitest'
import { collectAll, connect, connectTo, failureOf, nthId, requestLines, setStoredFields } from './backend.ts'

const bug = { title: 'Bug Report', description: 'It breaks' }
const lists = (seen: Parameters<typeof requestLines>[0]) => requestLines(seen).filter((line) => line.includes('/?'))

type Options = Parameters<typeof connect>[0]

/** A backend with the given number of integrations, `N 001` the oldest. */
async function withIntegrations(count: number, options: Options = {}) {
  const connected = connect(options)
  for (let n = 1; n <= count; n += 1)
    await connected.client.integrations.create({ name: `N ${String(n).padStart(3, '0')}`, platform_name: 'jira' })
  connected.seen.length = 0
  return connected
}

async function withTickets(count: number, options: Options = {}) {
  const connected = connect(options)
  for (let n = 1; n <= count; n += 1) await connected.client.tickets.create({ ...bug, title: `T ${n}` })
  connected.seen.length = 0
  return connected
}

const pairs = [
  { backend: 'legacy', generation: 'legacy' },
  { backend: 'transitional', generation: 'legacy' },
  { backend: 'current', generation: 'current' },
] as const

describe.each(pairs)('a $generation client of a $backend backend', (pair) => {
  test('awaits the first page of integrations and the next one', async () => {
    const { client, seen } = await withIntegrations(45, pair)

    const first = await client.integrations.list()
    const second = await first.next()
    const third = await second.next()

    expect([first, second, third].map(({ items, hasNext }) => [items.length, hasNext])).toEqual([
      [20, true],
      [20, true],
      [5, false],
    ])
    expect(first.items[0]).toMatchObject({ name: 'N 045', platform_name: 'jira', enabled: true })
    expect(first.total).toBeUndefined()
    expect(lists(seen)).toEqual([
      'GET /integrations/?offset=0&limit=20',
      'GET /integrations/?offset=20&limit=20',
      'GET /integrations/?offset=40&limit=20',
    ])
  })

  test('awaits the first page of tickets and the next one', async () => {
    const { client, seen } = await withTickets(5, pair)

    const first = await client.tickets.list({ size: 2, sort_order: 'asc' })
    const second = await first.next()
    const third = await second.next()

    expect([first, second, third].map(({ items }) => items.map(({ title }) => title))).toEqual([
      ['T 1', 'T 2'],
      ['T 3', 'T 4'],
      ['T 5'],
    ])
    expect([first.total, first.hasNext, third.hasNext]).toEqual([5, true, false])
    expect(lists(seen)[1]).toBe('GET /tickets/?sort_order=asc&page=2&size=2')
  })

  test('iterates over all items, in order, with one request per page', async () => {
    const { client, seen } = await withIntegrations(45, pair)
    const names: string[] = []

    for await (const { name } of client.integrations.list({ sort_by: 'name', sort_order: 'asc', limit: 10 }))
      names.push(name)

    expect(names).toHaveLength(45)
    expect(names).toEqual(names.toSorted((a, b) => a.localeCompare(b)))
    expect(lists(seen)).toHaveLength(5)
  })

  test('iterates over tickets', async () => {
    const { client } = await withTickets(5, pair)
    const titles: string[] = []

    for await (const { title } of client.tickets.list({ size: 2 })) titles.push(title)

    expect(titles).toEqual(['T 5', 'T 4', 'T 3', 'T 2', 'T 1'])
  })

  test('filters by old and new names alike', async () => {
    const { client, store } = connect(pair)
    await client.integrations.create({ name: 'A', platform_name: 'jira' })
    await client.integrations.create({ name: 'B', platform_name: 'zendesk', enabled: false })
    await client.integrations.create({ name: 'C', platform_name: 'slack', enabled: false })
    await setStoredFields(store, nthId(1), { status: 'error' })
    const names = async (list: AsyncIterable<{ name: string }>) => (await collectAll(list)).map(({ name }) => name)

    const { integrations } = client
    expect(await names(integrations.list({ platform_name: 'slack' }))).toEqual(['C'])
    expect(await names(integrations.list({ integration_type: 'slack' }))).toEqual(['C'])
    expect(await names(integrations.list({ integration_category: 'ticketing' }))).toEqual(['B', 'A'])
    expect(await names(integrations.list({ integration_category: 'ticketing', platform_name: 'jira' }))).toEqual(['A'])
    expect(await names(integrations.list({ integration_category: 'ticketing', enabled: false }))).toEqual(['B'])
    expect(await names(integrations.list({ is_enabled: false }))).toEqual(['C', 'B'])
    expect(await names(integrations.list({ integration_status: 'error' }))).toEqual(['A'])
    expect(await names(integrations.list({ name: 'b' }))).toEqual(['B'])
  })

  test('filters tickets by their integration, by id and by name, also by a disabled one', async () => {
    const { client } = connect(pair)
    const { id } = await client.integrations.create({ name: 'Bugs', platform_name: 'jira' })
    await client.tickets.create({ ...bug, title: 'filed', integration_id: id })
    await client.tickets.create({ ...bug, title: 'internal' })
    await client.integrations.disable(id)

    const byId = await client.tickets.list({ integration_id: id.toUpperCase() })
    const byName = await client.tickets.list({ integration_name: 'Bugs' })
    const unknownName = await failureOf(client.tickets.list({ integration: 'Nobody' }))

    expect(byId.items.map(({ title }) => title)).toEqual(['filed'])
    expect(byName.items.map(({ title }) => title)).toEqual(['filed'])
    expect(unknownName).toMatchObject({ name: 'IntegrationNotFoundError' })
  })

  test('filters tickets by lists', async () => {
    const { client } = connect(pair)
    for (const priority of ['low', 'high', 'critical'] as const) await client.tickets.create({ ...bug, priority })

    const urgent = await client.tickets.list({ priority: ['high', 'critical'] })

    expect(urgent.items.map(({ priority }) => priority)).toEqual(['critical', 'high'])
  })
})

test('awaiting and iterating one list requests its first page once', async () => {
  const { client, seen } = await withIntegrations(3)
  const list = client.integrations.list({ limit: 2 })

  const page = await list
  const { response } = await list.withResponse()
  const once = await collectAll(list)
  const again = await collectAll(list)

  expect(page.items).toHaveLength(2)
  expect(response.status).toBe(200)
  expect(once.map(({ name }) => name)).toEqual(['N 003', 'N 002', 'N 001'])
  expect(again).toEqual(once)
  expect(lists(seen).filter((line) => line.includes('offset=0'))).toHaveLength(1)
})

test('leaving a loop sends no further requests', async () => {
  const { client, seen } = await withIntegrations(5)

  for await (const { name } of client.integrations.list({ limit: 2 })) if (name === 'N 003') break

  expect(lists(seen)).toHaveLength(2)
})

test('toArray returns at most as many items as its limit', async () => {
  const { client, seen } = await withIntegrations(5)

  const three = await client.integrations.list({ limit: 2 }).toArray({ limit: 3 })
  const all = await client.integrations.list({ limit: 2 }).toArray({ limit: 50 })
  const none = await client.integrations.list().toArray({ limit: 0 })

  expect([three.length, all.length, none.length]).toEqual([3, 5, 0])
  expect(lists(seen)).toHaveLength(2 + 3 + 1)
})

test.each([[], [undefined], [null], [{}], [5]])(
  'toArray says what it needs when it is called with %j',
  async (...args) => {
    const { client } = connect()
    const { toArray } = client.integrations.list() as unknown as { toArray: (...args: unknown[]) => Promise<unknown> }

    const error = await failureOf(toArray(...args))

    expect(error).toMatchObject({
      name: 'InvalidRequestError',
      message: '`toArray` needs `{ limit }`: a whole number of items, 0 or more, because a list may be long',
    })
  },
)

test.each([undefined, -1, 1.5, Number.NaN, '3'])('toArray refuses the limit %s', async (limit) => {
  const { client } = connect()

  const error = await failureOf(client.integrations.list().toArray({ limit: limit as number }))

  expect(error).toMatchObject({ name: 'InvalidRequestError', issues: [{ loc: ['limit'] }] })
})

test('an exactly full last page is followed by an empty one', async () => {
  const { client } = await withIntegrations(4)

  const first = await client.integrations.list({ limit: 4 })
  const second = await first.next()

  expect([first.hasNext, second.items.length, second.hasNext]).toEqual([true, 0, false])
})

test('there is nothing after the last page', async () => {
  const { client } = connect()
  const page = await client.integrations.list()

  const awaited = await failureOf(page.next())
  const iterated = await failureOf(collectAll(page.next()))
  const collected = await failureOf(page.next().toArray({ limit: 1 }))

  for (const error of [awaited, iterated, collected]) {
    expect(error).toBeInstanceOf(RangeError)
    expect(error).toHaveProperty('message', 'there is no next page; check `hasNext` first')
  }
})

test('a failed list rejects the iteration', async () => {
  const { client } = connect({ token: 'wrong' })

  expect(await failureOf(collectAll(client.tickets.list()))).toMatchObject({ name: 'ApiError', status: 401 })
})

test('offset and page set the start', async () => {
  const { client } = await withIntegrations(5)
  for (let n = 1; n <= 5; n += 1) await client.tickets.create({ ...bug, title: `T ${n}` })

  const integrations = await client.integrations.list({ offset: 3, limit: 2 })
  const tickets = await client.tickets.list({ page: 2, size: 2 })

  expect(integrations.items.map(({ name }) => name)).toEqual(['N 002', 'N 001'])
  expect(tickets.items.map(({ title }) => title)).toEqual(['T 3', 'T 2'])
})

test.each([
  ['an unknown filter', { platform: 'jira' }, 'unknown_field'],
  ['a cursor, which no backend has announced', { cursor: 'x' }, 'validation_failed'],
  ['a limit above 100', { limit: 101 }, 'validation_failed'],
  ['a limit that is no number', { limit: Number.NaN }, 'validation_failed'],
  ['an unknown platform', { platform_name: 'jria' }, 'unknown_platform'],
  [
    'a category that is not the platform’s',
    { platform_name: 'jira', integration_category: 'crm' },
    'category_mismatch',
  ],
  ['null, which would mean no filter', { enabled: null }, 'validation_failed'],
  ['an object', { name: {} }, 'validation_failed'],
])('%s is refused before the network', async (_, filters, code) => {
  const { client, seen } = connect()

  const error = await failureOf(client.integrations.list(filters as never))

  expect(error).toMatchObject({ name: 'InvalidRequestError', issues: [{ code }] })
  expect(seen).toEqual([])
})

test('an empty list of statuses is refused: without it all tickets would be listed', async () => {
  const { client, seen } = connect()

  const error = await failureOf(client.tickets.list({ status: [] }))

  expect(error).toMatchObject({
    message: '`status` must be a value or a list with items; leave it out to get all',
    issues: [{ loc: ['query', 'status'] }],
  })
  expect(seen).toEqual([])
})

test('an undefined filter counts as absent', async () => {
  const { client, seen } = connect()

  await client.integrations.list({ name: undefined })

  expect(lists(seen)).toEqual(['GET /integrations/?offset=0&limit=20'])
})

test('a page in JSON has its items, total and hasNext', async () => {
  const { client } = await withTickets(1)

  const page = JSON.parse(JSON.stringify(await client.tickets.list()))

  expect(page).toEqual({ items: [expect.objectContaining({ title: 'T 1' })], total: 1, hasNext: false })
})

test.each([
  [{ items: [{ id: '1' }], total: 3, page: 1, size: 2, pages: 2 }, true],
  [{ items: [{ id: '1' }], total: 2, page: 1, size: 2, pages: 1 }, false],
  [{ items: [{ id: '1' }] }, false],
  [{ items: [{ id: '1' }], total: 1, has_next: true }, true],
  [{ items: [{ id: '1' }], total: 9, has_next: false }, false],
])('hasNext comes from has_next or from the total: %j', async (envelope, hasNext) => {
  const { client } = connectTo(() => Response.json(envelope))

  const page = await client.tickets.list({ size: 2 })

  expect(page.hasNext).toBe(hasNext)
})

test('fifty thousand rows are iterated in constant memory', async () => {
  setFlagsFromString('--expose-gc')
  // The flag takes effect in a new context.
  const collectGarbage = runInNewContext('gc') as () => void
  const { client, seen } = connectTo((request) => {
    const offset = Number(new URL(request.url).searchParams.get('offset'))
    return Response.json(
      Array.from({ length: Math.min(100, 50_000 - offset) }, (_, n) => ({ id: nthId(offset + n), status: 'active' })),
    )
  })
  const rows: WeakRef<object>[] = []
  let alive = 0

  for await (const row of client.integrations.list({ limit: 100 })) {
    rows.push(new WeakRef(row))
    if (rows.length !== 49_950) continue
    await new Promise((resolve) => setTimeout(resolve))
    collectGarbage()
    alive = rows.filter((known) => known.deref() !== undefined).length
  }

  expect(rows).toHaveLength(50_000)
  expect(seen).toHaveLength(501)
  // The first page, the present one, and garbage that is not collected yet.
  expect(alive).toBeLessThanOrEqual(400)
})
