// Lists of a backend that gives rows with equal sort keys in any order (existing backend: pagination and sorting).
import { describe, expect, test } from 'vitest'
import type { ClientOptions } from '../src/index.ts'
import { collectAll, connectTo, failureOf, nthId, requestLines } from './backend.ts'

interface Row {
  readonly id: string
  readonly created_at: string
  readonly [field: string]: unknown
}

/** Rows that were created one second after the other; rows of one group at once. */
const rowsOf = (groups: readonly number[], fields: (n: number) => object = () => ({})): Row[] =>
  groups.flatMap((count, group) =>
    Array.from({ length: count }, (_, n) => {
      const nth = groups.slice(0, group).reduce((sum, size) => sum + size, 0) + n
      return {
        id: nthId(nth),
        title: `T ${nth}`,
        created_at: new Date(Date.UTC(2026, 0, 1, 0, 0, group)).toISOString(),
        ...fields(nth),
      }
    }),
  )

const priorities = ['critical', 'low', 'high', 'medium']

/** A backend that sorts by one field, and puts rows with equal values into another order at each request. */
function unordered(rows: readonly Row[], options: Partial<ClientOptions> = {}) {
  let requests = 0
  return connectTo((request) => {
    requests += 1
    const query = new URL(request.url).searchParams
    const sortBy = query.get('sort_by') ?? 'created_at'
    const sign = query.get('sort_order') === 'asc' ? 1 : -1
    const rank = (row: Row) => (sortBy === 'priority' ? priorities.indexOf(String(row[sortBy])) : String(row[sortBy]))
    const shuffled = requests % 2 === 0 ? rows : rows.toReversed()
    const sorted = shuffled.toSorted((a, b) => sign * (rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : 0))
    if (query.has('limit')) {
      const offset = Number(query.get('offset'))
      return Response.json(sorted.slice(offset, offset + Number(query.get('limit'))))
    }
    const [page, size] = [Number(query.get('page')), Number(query.get('size'))]
    const items = sorted.slice((page - 1) * size, page * size)
    return Response.json({ items, total: rows.length, has_next: page * size < rows.length })
  }, options)
}

const idsOf = (rows: readonly { readonly id: string }[]): string[] => rows.map(({ id }) => id)

describe.each([
  ['sixty tickets created at once', [60]],
  ['pairs of tickets', Array.from({ length: 30 }, () => 2)],
  ['groups across the pages', [19, 3, 17, 5, 16]],
  ['a group across three pages', [15, 45, 10]],
  ['tickets created one after the other', Array.from({ length: 45 }, () => 1)],
  ['a group across a window of 100', [95, 12, 93]],
])('a list of %s', (_, groups) => {
  test.each(['desc', 'asc'] as const)('has each ticket once, in the order of creation: %s', async (sort_order) => {
    const rows = rowsOf(groups)
    const { client } = unordered(rows)

    const listed = await collectAll(client.tickets.list({ sort_order }))

    const expected = idsOf(rows).toSorted()
    expect(idsOf(listed)).toEqual(sort_order === 'asc' ? expected : expected.toReversed())
  })

  test('has each ticket once when the pages are requested one by one', async () => {
    const rows = rowsOf(groups)
    const { client } = unordered(rows)
    const listed: string[] = []

    for (let page = 1; page <= Math.ceil(rows.length / 20); page += 1)
      listed.push(...idsOf((await client.tickets.list({ page, sort_order: 'asc' })).items))

    expect(listed).toEqual(idsOf(rows))
  })

  test('has each row once if the rows are integrations', async () => {
    const rows = rowsOf(groups, (n) => ({ name: `N ${n}`, status: 'active' }))
    const { client } = unordered(rows)

    const listed = await collectAll(client.integrations.list({ sort_order: 'asc', limit: 7 }))

    expect(idsOf(listed)).toEqual(idsOf(rows))
  })

  test('has each ticket once where the client applies a filter', async () => {
    const rows = rowsOf(groups, (n) => ({ status: n % 3 === 0 ? 'open' : 'new' }))
    const { client } = unordered(rows)

    const listed = await collectAll(client.tickets.list({ status: ['open'], sort_order: 'asc', size: 7 }))

    expect(idsOf(listed)).toEqual(idsOf(rows.filter(({ status }) => status === 'open')))
  })
})

describe('sorted by another field', () => {
  const rows = rowsOf(
    Array.from({ length: 125 }, () => 1),
    (n) => ({ priority: priorities[n % 4], status: n % 2 === 0 ? 'open' : 'new' }),
  )

  test('each ticket comes once, by priority and then by id', async () => {
    const { client } = unordered(rows)

    const listed = await collectAll(client.tickets.list({ sort_by: 'priority', sort_order: 'asc' }))

    const byPriority = ['low', 'medium', 'high', 'critical'].flatMap((priority) =>
      rows.filter((row) => row['priority'] === priority),
    )
    expect(idsOf(listed)).toEqual(idsOf(byPriority))
  })

  test('a page can be requested by its number, and has the total', async () => {
    const { client } = unordered(rows)

    const page = await client.tickets.list({ sort_by: 'priority', sort_order: 'asc', page: 7 })

    expect(page).toMatchObject({ total: 125, hasNext: false })
    expect(page.items).toHaveLength(5)
  })

  test('a filter that the backend ignores is applied as well', async () => {
    const { client } = unordered(rows)

    const listed = await collectAll(client.tickets.list({ sort_by: 'priority', status: ['open'], size: 10 }))

    expect(listed).toHaveLength(63)
    expect(new Set(listed.map(({ status }) => status))).toEqual(new Set(['open']))
  })

  test('a list on one page is sorted without further requests', async () => {
    const { client, seen } = unordered(rows.slice(0, 12))

    const page = await client.tickets.list({ sort_by: 'priority', sort_order: 'asc' })

    expect(page.items.map(({ priority }) => priority)).toEqual([
      'low',
      'low',
      'low',
      'medium',
      'medium',
      'medium',
      'high',
      'high',
      'high',
      'critical',
      'critical',
      'critical',
    ])
    expect(requestLines(seen)).toHaveLength(1)
  })

  test('rows without a value come last in both directions', async () => {
    const some = rowsOf([1, 1, 1], (n) => ({ resolution_time_minutes: n === 1 ? null : n }))
    const { client } = unordered(some)

    const orders = await Promise.all(
      (['asc', 'desc'] as const).map(async (sort_order) =>
        idsOf((await client.tickets.list({ sort_by: 'resolution_time_minutes', sort_order })).items),
      ),
    )

    expect(orders).toEqual([
      [nthId(0), nthId(2), nthId(1)],
      [nthId(2), nthId(0), nthId(1)],
    ])
  })
})

describe('a SortNotSupportedError is thrown', () => {
  const message = /^the backend does not order rows with equal `\w+`, and /

  test('when more rows have the same value in this field than fit on one page', async () => {
    const { client } = unordered(rowsOf([150]))

    const error = await failureOf(collectAll(client.tickets.list()))

    expect(error).toMatchObject({ name: 'SortNotSupportedError', sortBy: 'created_at', reason: 'ties' })
    expect(String(error)).toMatch(/more rows have the same value in this field than fit on one page/)
  })

  test('when the rows do not show the field', async () => {
    const { client } = unordered(rowsOf(Array.from({ length: 30 }, () => 1)))

    const error = await failureOf(collectAll(client.tickets.list({ sort_by: 'priority' })))

    expect(error).toMatchObject({ name: 'SortNotSupportedError', sortBy: 'priority', reason: 'not_shown' })
  })

  test('when there are more rows than scanLimit', async () => {
    const rows = rowsOf(
      Array.from({ length: 30 }, () => 1),
      () => ({ priority: 'low' }),
    )
    const { client } = unordered(rows)

    const error = await failureOf(collectAll(client.tickets.list({ sort_by: 'priority' }, { scanLimit: 29 })))

    expect(error).toMatchObject({ name: 'SortNotSupportedError', sortBy: 'priority', reason: 'scan_limit' })
    expect(error).toHaveProperty('message', expect.stringMatching(message))
    expect(String(error)).toMatch(/more than 29 rows/)
  })

  test('when rows are missing from the total', async () => {
    const { client } = connectTo((request) => {
      const page = Number(new URL(request.url).searchParams.get('page'))
      const items = page === 1 ? rowsOf([1, 1], () => ({ priority: 'low' })) : []
      return Response.json({ items, total: 3, has_next: false })
    })

    const error = await failureOf(collectAll(client.tickets.list({ sort_by: 'priority', page: 2 })))

    expect(error).toMatchObject({ name: 'SortNotSupportedError', reason: 'rows_changed' })
  })
})

test('a backend that announces `stable-order` is trusted', async () => {
  const rows = rowsOf([5])
  const headers = { 'API-Generation': 'current', 'API-Capabilities': 'stable-order' }
  const { client, seen } = connectTo((request) => {
    const query = new URL(request.url).searchParams
    const [page, size] = [Number(query.get('page')), Number(query.get('size'))]
    const items = rows.slice((page - 1) * size, page * size)
    return Response.json({ items, total: rows.length, has_next: page * size < rows.length }, { headers })
  })

  await collectAll(client.tickets.list({ sort_by: 'priority', size: 2 }))

  expect(requestLines(seen)).toEqual([1, 2, 3].map((page) => `GET /tickets/?sort_by=priority&page=${page}&size=2`))
})

test('a name is looked up among all integrations, also where many were created at once', async () => {
  const rows = rowsOf([95, 12, 93], (n) => ({ name: n === 101 ? 'Bugs' : `Bugs ${n}`, status: 'active' }))
  const { client } = unordered(rows)

  const found = await client.integrations.findByName('Bugs')

  expect(found.id).toBe(nthId(101))
})

describe('a list that does not end', () => {
  test.each([true, false])('is refused when the pages are the same: stable order %s', async (isStable) => {
    const items = rowsOf([1, 1])
    const headers = isStable ? { 'API-Capabilities': 'stable-order' } : undefined
    const { client } = connectTo(() =>
      Response.json({ items, total: 4, has_next: true }, { ...(headers && { headers }) }),
    )

    const error = await failureOf(collectAll(client.tickets.list({ size: 2 })))

    expect(error).toMatchObject({ name: 'ResponseMismatchError', endpoint: 'tickets.list', status: 200 })
    expect(String(error)).toMatch(/the list does not end: the page is (the one before it again|too short)/)
  })

  test('is refused when an empty page has another one after it', async () => {
    const { client } = connectTo(() => Response.json({ items: [], total: 4, has_next: true }))

    const error = await failureOf(collectAll(client.tickets.list()))

    expect(String(error)).toMatch(/the list does not end: the page is empty/)
  })

  test('is refused when the backend ignores `offset`, also in a look-up', async () => {
    const rows = rowsOf(
      Array.from({ length: 100 }, () => 1),
      (n) => ({ name: `N ${n}`, status: 'active' }),
    )
    const { client } = connectTo(() => Response.json(rows))

    const listed = await failureOf(collectAll(client.integrations.list({ limit: 100 })))
    const found = await failureOf(client.integrations.findByName('N'))

    expect([listed, found]).toMatchObject([{ name: 'ResponseMismatchError' }, { name: 'ResponseMismatchError' }])
  })
})
