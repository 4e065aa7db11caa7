import { createApp } from '@ai-ticket-creator/reference-api'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { collectAll, connect, connectTo, failureOf, nthId, requestLines } from './backend.ts'

afterEach(() => {
  vi.unstubAllEnvs()
})

const bug = { title: 'Bug Report', description: 'It breaks' }

/** An existing backend: it pages, and accepts filters without applying them (existing backend: list tickets). */
function ignoringFilters(rows: readonly object[], headers: Record<string, string> = {}) {
  return connectTo((request) => {
    const query = new URL(request.url).searchParams
    const window = (start: number, size: number) => rows.slice(start, start + size)
    if (request.url.includes('/integrations/'))
      return Response.json(window(Number(query.get('offset')), Number(query.get('limit'))), { headers })

    const [page, size] = [Number(query.get('page')), Number(query.get('size'))]
    const items = window((page - 1) * size, size)
    return Response.json({ items, total: rows.length, has_next: page * size < rows.length }, { headers })
  })
}

const tickets = (count: number, fields: (n: number) => object) =>
  Array.from({ length: count }, (_, n) => ({ id: nthId(n), title: `T ${n}`, ...fields(n) }))

describe('a backend that ignores a filter', () => {
  const threeStatuses = tickets(250, (n) => ({ status: ['new', 'open', 'closed'][n % 3] }))

  test('adds no rows that do not fit', async () => {
    const { client } = ignoringFilters(threeStatuses)

    const open = await collectAll(client.tickets.list({ status: ['open'] }))

    expect(open).toHaveLength(83)
    expect(new Set(open.map(({ status }) => status))).toEqual(new Set(['open']))
    expect(open.map(({ id }) => id)).toEqual(open.map(({ id }) => id).toSorted((a, b) => a.localeCompare(b)))
  })

  test('is paged in order as if it filtered', async () => {
    const { client } = ignoringFilters(threeStatuses)

    const first = await client.tickets.list({ status: ['new', 'closed'], size: 3 })
    const second = await first.next()
    const third = await client.tickets.list({ status: ['new', 'closed'], size: 3, page: 3 })

    const titles = [first, second, third].map(({ items }) => items.map(({ title }) => title))
    expect(titles).toEqual([
      ['T 0', 'T 2', 'T 3'],
      ['T 5', 'T 6', 'T 8'],
      ['T 9', 'T 11', 'T 12'],
    ])
    expect(first.total).toBeUndefined()
    expect(first.hasNext).toBe(true)
  })

  test('is noticed also after the first page', async () => {
    const { client } = ignoringFilters(tickets(10, (n) => ({ status: n < 5 || n > 7 ? 'open' : 'new' })))

    const open = await collectAll(client.tickets.list({ status: ['open'], size: 2 }))

    expect(open.map(({ title }) => title)).toEqual(['T 0', 'T 1', 'T 2', 'T 3', 'T 4', 'T 8', 'T 9'])
  })

  test('ends the list where its rows end', async () => {
    const { client } = ignoringFilters(tickets(6, (n) => ({ status: n > 0 && n < 4 ? 'open' : 'new' })))

    const page = await client.tickets.list({ status: ['open'], size: 3 })

    expect(page.items).toHaveLength(3)
    expect(page.hasNext).toBe(false)
  })

  test('does not determine the total', async () => {
    const rows = tickets(6, (n) => ({ status: n < 3 ? 'open' : 'new' }))

    const ignored = await ignoringFilters(rows).client.tickets.list({ status: ['open'], size: 3 })
    const applied = await ignoringFilters(rows).client.tickets.list({ q: 'T', size: 3 })

    expect('total' in ignored).toBe(false)
    expect(applied.total).toBe(6)
  })

  test('is scanned up to scanLimit rows, then the list is refused', async () => {
    const { client, seen } = ignoringFilters(tickets(25_000, () => ({ status: 'new' })))

    const standard = await failureOf(client.tickets.list({ status: ['open'] }))
    const requests = seen.length
    const narrow = await failureOf(client.tickets.list({ status: ['open'] }, { scanLimit: 250 }))

    expect(standard).toMatchObject({ name: 'FilterNotSupportedError', filter: 'status', reason: 'scan_limit' })
    expect(standard).toHaveProperty('message', expect.stringContaining('more than 10000 rows'))
    expect(narrow).toHaveProperty('message', expect.stringContaining('more than 250 rows'))
    expect(requests).toBe(1 + 101)
  })

  test('is scanned within a limit that is exactly enough', async () => {
    const { client } = ignoringFilters(tickets(250, (n) => ({ status: n === 249 ? 'open' : 'new' })))

    const page = await client.tickets.list({ status: ['open'] }, { scanLimit: 250 })

    expect(page.items.map(({ title }) => title)).toEqual(['T 249'])
  })

  test('is refused with a limit that is one row short', async () => {
    const { client } = ignoringFilters(tickets(251, (n) => ({ status: n === 250 ? 'open' : 'new' })))

    const error = await failureOf(client.tickets.list({ status: ['open'] }, { scanLimit: 250 }))

    expect(error).toMatchObject({ name: 'FilterNotSupportedError', reason: 'scan_limit' })
  })

  test('has its scanned rows counted over all pages of a list', async () => {
    const { client } = ignoringFilters(tickets(250, (n) => ({ status: n % 2 === 0 ? 'open' : 'new' })))

    const error = await failureOf(collectAll(client.tickets.list({ status: ['open'] }, { scanLimit: 100 })))

    expect(error).toMatchObject({ name: 'FilterNotSupportedError', reason: 'scan_limit' })
  })

  test('is refused when its rows do not show the field', async () => {
    const { client } = ignoringFilters(tickets(3, () => ({})))

    const error = await failureOf(client.tickets.list({ tags: ['urgent'] }))

    expect(error).toMatchObject({ name: 'FilterNotSupportedError', filter: 'tags', reason: 'not_shown' })
    expect(error).toHaveProperty('message', expect.stringContaining('`tags`'))
  })

  test('is trusted when it announces its generation', async () => {
    const { client } = ignoringFilters(
      tickets(3, () => ({})),
      { 'API-Generation': 'current' },
    )

    const page = await client.tickets.list({ tags: ['urgent'] })

    expect(page.items).toHaveLength(3)
  })

  test('is not refused when there are no rows', async () => {
    const { client } = ignoringFilters([])

    expect((await client.tickets.list({ tags: ['urgent'] })).items).toEqual([])
  })
})

test.each([
  [{ urgency: ['high'] }, { urgency: 'high' }, { urgency: 'low' }],
  [{ category: ['bug'] }, { category: 'bug' }, { category: 'general' }],
  [{ priority: ['low', 'high'] }, { priority: 'high' }, { priority: 'medium' }],
  [{ escalation_level: 2 }, { escalation_level: 2 }, { escalation_level: 0 }],
  [{ satisfaction_rating: 5 }, { satisfaction_rating: 5 }, { satisfaction_rating: null }],
  [{ source_channel: 'web' }, { source_channel: 'web' }, { source_channel: 'email' }],
  [{ has_attachments: true }, { attachments: [{ file_id: nthId(1) }] }, { attachments: [] }],
  [{ has_attachments: false }, { attachments: null }, { files: [{ id: nthId(1) }] }],
  [{ has_attachments: true }, { file_count: 2 }, { file_count: 0 }],
  [{ integration_id: nthId(1) }, { integration_id: nthId(1) }, { integration_id: null }],
  [
    { updated_after: '2025-09-06T12:00:00Z' },
    { updated_at: '2025-09-06T12:00:00.000000Z' },
    { updated_at: '2025-09-06T11:59:59Z' },
  ],
  [
    { updated_before: '2025-09-06T12:00:00' },
    { updated_at: '2025-09-06T14:00:00+02:00' },
    { updated_at: '2025-09-06T12:00:01' },
  ],
  [{ resolved_after: '2025-09-06T12:00:00Z' }, { resolved_at: '2025-09-07T12:00:00Z' }, { resolved_at: null }],
  [
    { resolved_before: '2025-09-06T12:00:00Z' },
    { resolved_at: '2025-09-05T12:00:00Z' },
    { resolved_at: '2025-09-07T12:00:00Z' },
  ],
] as [object, object, object][])('the ticket filter %j accepts %j and not %j', async (filter, inside, outside) => {
  const { client } = ignoringFilters([
    { id: '1', title: 'in', ...inside },
    { id: '2', title: 'out', ...outside },
  ])

  const page = await client.tickets.list(filter)

  expect(page.items.map(({ title }) => title)).toEqual(['in'])
})

test.each([
  [{ integration_category: 'crm' }, { integration_category: 'crm' }, { integration_category: 'messaging' }],
  [
    { platform_name: 'jira' },
    { integration_category: 'ticketing', platform_name: 'jira' },
    { platform_name: 'zendesk' },
  ],
  [{ integration_status: 'error' }, { status: 'error' }, { status: 'active' }],
  [{ enabled: false }, { enabled: false }, { enabled: true }],
] as [object, object, object][])('the integration filter %j accepts %j and not %j', async (filter, inside, outside) => {
  const { client } = ignoringFilters([
    { id: '1', name: 'in', integration_category: 'ticketing', ...inside },
    { id: '2', name: 'out', integration_category: 'ticketing', ...outside },
  ])

  const page = await client.integrations.list(filter)

  expect(page.items.map(({ name }) => name)).toEqual(['in'])
})

test.each([
  { is_overdue: false },
  { integration_id: nthId(1) },
  { has_attachments: true },
  { status: ['open' as const] },
  { updated_after: '2025-09-06T12:00:00Z' },
])('a row that does not show %j is refused', async (filter) => {
  const { client } = ignoringFilters([{ id: '1', integration_result: null }])

  const error = await failureOf(client.tickets.list(filter))

  expect(error).toMatchObject({ name: 'FilterNotSupportedError', reason: 'not_shown' })
})

test.each([
  { q: 'x' },
  { department: 'it' },
  { created_by_id: nthId(1) },
  { assigned_to_id: nthId(1) },
  { created_after: '2025-09-06T12:00:00Z' },
  { created_before: '2025-09-06T12:00:00Z' },
  { is_overdue: true },
  { sort_by: 'title' as const, sort_order: 'asc' as const },
])('every backend is trusted to apply %j', async (filter) => {
  const { client } = ignoringFilters([{ id: '1' }])

  expect((await client.tickets.list(filter)).items).toHaveLength(1)
})

test('a legacy backend that does not show enabled is trusted to have filtered', async () => {
  const { client } = connectTo(() => Response.json([{ id: '1', status: 'pending' }]), { generation: 'legacy' })

  expect((await client.integrations.list({ enabled: true })).items).toHaveLength(1)
})

test('a legacy backend has no filter for a category alone: the client applies it', async () => {
  const { client, seen } = connect({ backend: 'legacy' })
  for (let n = 1; n <= 130; n += 1)
    await client.integrations.create({ name: `N ${n}`, platform_name: n % 10 === 0 ? 'hubspot' : 'jira' })
  seen.length = 0

  const page = await client.integrations.list({ integration_category: 'crm', limit: 5, offset: 2, sort_order: 'asc' })
  const rest = await page.next()

  expect(page.items.map(({ name }) => name)).toEqual(['N 30', 'N 40', 'N 50', 'N 60', 'N 70'])
  expect(rest.items.map(({ name }) => name)).toEqual(['N 80', 'N 90', 'N 100', 'N 110', 'N 120'])
  expect(requestLines(seen)[0]).toBe('GET /integrations/?sort_order=asc&offset=0&limit=100')
})

test('a legacy backend has no filter for the id of an integration: the client applies it', async () => {
  const { client, seen } = connect({ backend: 'legacy' })
  const { id } = await client.integrations.create({ name: 'Bugs', platform_name: 'jira' })
  await client.tickets.create({ ...bug, integration_id: id })
  await client.tickets.create(bug)
  seen.length = 0

  const page = await client.tickets.list({ integration_id: id })

  expect(page.items.map((ticket) => ticket.integration_id)).toEqual([id])
  expect(requestLines(seen)).toEqual(['GET /tickets/?page=1&size=100'])
})

test('a time without a zone is UTC wherever the client runs', async () => {
  vi.stubEnv('TZ', 'America/New_York')
  const row = { id: '1', updated_at: '2026-01-01T01:00:00Z' }
  const { client } = connectTo(() => Response.json({ items: [row], total: 1, has_next: false }))

  const page = await client.tickets.list({ updated_after: '2026-01-01T00:30:00' })
  const offset = new Date('2026-01-01T00:00:00Z').getTimezoneOffset()

  expect(offset).toBe(300)
  expect(page.items).toMatchObject([{ id: '1' }])
})

test('an id in upper case is the same id', async () => {
  const id = 'a0abea7c-a9de-42d2-b63e-71d3ac22d3e4'
  const { client } = connectTo(() =>
    Response.json({ items: [{ id: '1', integration_id: id }], total: 1, has_next: false }),
  )

  const page = await client.tickets.list({ integration_id: id.toUpperCase() })

  expect(page.items).toMatchObject([{ id: '1' }])
})

test('a legacy backend whose tickets do not show their integration is refused, even if it announces itself', async () => {
  const page = { items: [{ id: '1', integration_result: null }], total: 1, has_next: false }
  const { client } = connectTo(() => Response.json(page, { headers: { 'API-Generation': 'legacy' } }), {
    generation: 'legacy',
  })

  const error = await failureOf(client.tickets.list({ integration_id: nthId(1) }))

  expect(error).toMatchObject({ name: 'FilterNotSupportedError', filter: 'integration_id', reason: 'not_shown' })
})

test('a part of a name is matched by the backend, which may fold letters differently', async () => {
  const { client } = ignoringFilters([{ id: '1', name: 'Mull' }])

  const { items } = await client.integrations.list({ name: 'MÜLL' })

  expect(items.map(({ name }) => name)).toEqual(['Mull'])
})

test('a ticket is filtered by its present integration, not by the one that it was filed with', async () => {
  const [one, two] = [nthId(1), nthId(2)]
  const { client } = ignoringFilters([{ id: '1', integration_id: two, integration_result: { integration_id: one } }])

  const counts = await Promise.all(
    [one, two].map(async (integration_id) => (await collectAll(client.tickets.list({ integration_id }))).length),
  )

  expect(counts).toEqual([0, 1])
})

test('tickets that show only where they were filed cannot be filtered by integration', async () => {
  const { client } = ignoringFilters([{ id: '1', integration_result: { integration_id: nthId(1) } }])

  const error = await failureOf(client.tickets.list({ integration_id: nthId(1) }))

  expect(error).toMatchObject({ name: 'FilterNotSupportedError', filter: 'integration_id', reason: 'not_shown' })
})

test.each(['existing-legacy', 'existing-refactored', 'existing-latest'] as const)(
  'tickets of %s are not filtered by integration: their integration may have been changed since they were filed',
  async (profile) => {
    const { client: creator, store } = connect()
    const { id } = await creator.integrations.create({ name: 'Bugs', platform_name: 'jira' })
    const other = await creator.integrations.create({ name: 'Chat', platform_name: 'slack' })
    const ticket = await creator.tickets.create({ ...bug, integration_id: id })
    await creator.tickets.update(ticket.id, { integration_id: other.id })
    const app = createApp({ store, profile })
    const { client } = connect({ generation: 'auto', fetch: (request) => app.fetch(request) })

    const error = await failureOf(client.tickets.list({ integration_id: id }))

    expect(error).toMatchObject({ name: 'FilterNotSupportedError', filter: 'integration_id', reason: 'not_shown' })
  },
)

describe('a part of a name with wildcards of the existing backends', () => {
  test('is matched literally', async () => {
    const { client } = ignoringFilters([
      { id: '1', name: 'prodXjira' },
      { id: '2', name: 'PROD_jira' },
    ])

    const page = await client.integrations.list({ name: 'prod_' })

    expect(page.items.map(({ name }) => name)).toEqual(['PROD_jira'])
  })

  test('is sent as its longest piece where a backslash would hide rows', async () => {
    const { client, seen } = connect({ app: { profile: 'existing-latest' }, backend: 'current' })
    const list = await client.integrations.list({ name: 'a\\ west wing' })
    const alone = await client.integrations.list({ name: '\\' })

    expect([list.items, alone.items]).toEqual([[], []])
    expect(requestLines(seen)).toEqual([
      'GET /integrations/?name=west+wing&offset=0&limit=100',
      'GET /integrations/?offset=0&limit=100',
    ])
  })
})

test('rows of a legacy backend get the value that they were filtered by', async () => {
  const rows = [{ id: '1', status: 'active', integration_type: 'jira' }]
  const { client } = connectTo(() => Response.json(rows), { generation: 'legacy' })

  const off = await client.integrations.list({ enabled: false })
  const all = await client.integrations.list()

  expect(off.items.map(({ enabled }) => enabled)).toEqual([false])
  expect(all.items.map(({ enabled }) => enabled)).toEqual([true])
})
