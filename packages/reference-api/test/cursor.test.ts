import { GENERATIONS, INTEGRATION_SORT_KEYS, TICKET_SORT_KEYS } from '@ai-ticket-creator/domain'
import { type App, createApp, createMemoryStore } from '@ai-ticket-creator/reference-api'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { propertyRun } from './property-run.ts'
import { integrationRow, rowId, ticketRow } from './rows.ts'
import { ada, bearer, bob, column, fieldsOf, issuesOf, type Reply, send } from './send.ts'

const lists = ['/integrations/', '/tickets/'] as const
const sizeOf = (path: string): string => (path === '/tickets/' ? 'size' : 'limit')
const range = (count: number): number[] => Array.from({ length: count }, (_, n) => n)
const times = ['2025-09-01T00:00:00.000000Z', '2025-09-02T00:00:00.000000Z', '2025-09-03T00:00:00.000000Z']

/** Seven integrations and seven tickets, some with equal sort keys. */
async function appWithRows(generation: (typeof GENERATIONS)[number] = 'current'): Promise<App> {
  const store = createMemoryStore()
  for (const n of range(7)) {
    await store.integrations.insert(
      integrationRow({ id: rowId(n), name: n < 5 ? 'Jira' : 'Zendesk', total_requests: n % 3 }),
    )
    await store.tickets.insert(ticketRow({ id: rowId(n), title: n < 5 ? 'Paper' : 'Toner' }))
  }
  return createApp({ store, generation })
}

/** The URL of the next page; undefined at the end of the list. */
function nextOf({ headers }: Reply): string | undefined {
  const [, target] = /<([^>]*)>; rel="next"/.exec(headers.get('Link') ?? '') ?? []
  return target?.replace('/api/v1', '')
}

/** All pages from a query on, by following links. */
async function walk(app: App, query: string): Promise<readonly Reply[]> {
  const replies: Reply[] = []
  for (let path: string | undefined = query; path !== undefined; path = nextOf(replies.at(-1) as Reply)) {
    if (replies.length === 20) throw new Error('the links form a cycle')
    replies.push(await send(app, `GET ${path}`))
  }
  return replies
}

const numbersOf = (reply: Reply): string =>
  column(reply, 'id')
    .map((id) => Number(String(id).slice(-12)))
    .join(' ')

const cursorOf = (reply: Reply): string =>
  new URL(nextOf(reply) ?? '', 'http://api.example.test').searchParams.get('cursor') ?? ''

/** A cursor made of any JSON. */
const madeUp = (json: unknown): string => Buffer.from(JSON.stringify(json)).toString('base64url')

test.each(lists)('the links of %s lead to the end of the list', async (path) => {
  const app = await appWithRows()

  const pages = await walk(app, `${path}?${sizeOf(path)}=3`)

  expect(pages.map(({ status }) => status)).toEqual([200, 200, 200])
  expect(pages.map(numbersOf)).toEqual(['6 5 4', '3 2 1', '0'])
})

test.each([
  ['asc', ['0 1 2', '3 4 5', '6']],
  ['desc', ['6 5 4', '3 2 1', '0']],
])('a page that ends with the list has no link; order %s', async (sort_order, expected) => {
  const app = await appWithRows()

  const exact = await send(app, `GET /integrations/?limit=7&sort_order=${sort_order}`)
  const pages = await walk(app, `/integrations/?limit=3&sort_order=${sort_order}`)

  expect(exact.headers.get('Link')).toBeNull()
  expect(pages.map(numbersOf)).toEqual(expected)
})

test.each([
  ...INTEGRATION_SORT_KEYS.map((key) => ['/integrations/', key] as const),
  ...TICKET_SORT_KEYS.map((key) => ['/tickets/', key] as const),
])('%s sorted by %s: following the links gives the whole list, in both orders', async (path, key) => {
  const app = createApp({ store: await variedStore() })

  for (const order of ['asc', 'desc']) {
    const whole = await send(app, `GET ${path}?sort_by=${key}&sort_order=${order}&${sizeOf(path)}=100`)
    const pages = await walk(app, `${path}?sort_by=${key}&sort_order=${order}&${sizeOf(path)}=2`)

    expect(pages.flatMap((page) => column(page, 'id'))).toEqual(column(whole, 'id'))
    expect(pages).toHaveLength(5)
  }
})

/** Ten integrations and ten tickets with values that repeat or are missing. */
async function variedStore() {
  const store = createMemoryStore()
  for (const n of range(10)) {
    const at = times[n % 3] ?? ''
    const shared = { id: rowId(n), created_at: at, updated_at: times[(n + 1) % 3] ?? '' }
    await store.integrations.insert(
      integrationRow({
        ...shared,
        name: ['b', 'B', '🐞"\\', 'ä'][n % 4] ?? '',
        status: n % 2 === 0 ? 'active' : 'error',
        last_request_at: n % 4 === 0 ? null : at,
        total_requests: n % 5,
      }),
    )
    await store.tickets.insert(
      ticketRow({
        ...shared,
        title: ['b', 'B', '🐞"\\', '\ud800'][n % 4] ?? '',
        priority: n % 2 === 0 ? 'low' : 'critical',
        status: n % 3 === 0 ? 'open' : 'new',
        last_activity_at: at,
        resolved_at: n % 3 === 0 ? null : '2025-09-05T00:00:00.000000Z',
      }),
    )
  }
  return store
}

test('with cursors, the envelope of tickets counts the pages that were read', async () => {
  const app = await appWithRows()

  const pages = await walk(app, '/tickets/?size=3')
  const fromTwo = await walk(app, '/tickets/?page=2&size=3')

  const envelopes = pages.map((page) => ({ ...fieldsOf(page), items: 0 }))
  const all = { items: 0, total: 7, size: 3, pages: 3 }
  expect(envelopes).toEqual([
    { ...all, page: 1, has_next: true, has_prev: false },
    { ...all, page: 2, has_next: true, has_prev: true },
    { ...all, page: 3, has_next: false, has_prev: true },
  ])
  expect(fromTwo.map((page) => fieldsOf(page)['page'])).toEqual([2, 3])
})

test('a cursor can follow a page with an offset', async () => {
  const app = await appWithRows()

  const pages = await walk(app, '/integrations/?offset=2&limit=2')

  expect(pages.map(numbersOf)).toEqual(['4 3', '2 1', '0'])
})

test.each([
  ['legacy', '/integrations/?integration_type=jira&is_enabled=true&name=jira&limit=2'],
  ['transitional', '/integrations/?integration_type=jira&is_enabled=1&name=jira&limit=2'],
  ['transitional', '/integrations/?platform_name=jira&is_enabled=yes&name=jira&limit=2'],
  ['current', '/integrations/?platform_name=jira&enabled=true&name=jira&limit=2'],
] as const)('%s: the link keeps the names that were sent: %s', async (generation, query) => {
  const app = await appWithRows(generation)

  const pages = await walk(app, query)

  expect(pages.map(numbersOf)).toEqual(['4 3', '2 1', '0'])
  expect(nextOf(pages[0] as Reply)?.replace(/&cursor=.*/, '')).toBe(query)
})

test('the link to the next page is sent with the link to the guide', async () => {
  const app = await appWithRows('transitional')

  const reply = await send(app, 'GET /integrations/?is_enabled=true&offset=0&limit=3')

  expect(reply.headers.get('Link')).toBe(
    `</api/v1/integrations/?is_enabled=true&limit=3&cursor=${cursorOf(reply)}>; rel="next", </docs/migration#is-enabled-to-enabled>; rel="deprecation"`,
  )
})

test('repeated and encoded parameters are kept', async () => {
  const app = await appWithRows()

  const pages = await walk(app, '/tickets/?status=new&status=open&q=pap%65r&size=4&tags=')

  expect(pages.map(numbersOf)).toEqual([''])
  const others = await walk(app, '/tickets/?status=new&status=open&q=pap%65r&size=4')
  expect(others.map(numbersOf)).toEqual(['4 3 2 1', '0'])
})

test('every generation announces the capability cursor', async () => {
  for (const generation of GENERATIONS) {
    const reply = await send(await appWithRows(generation), 'GET /tickets/')

    expect(reply.headers.get('API-Capabilities')?.split(', ')).toContain('cursor')
  }
})

// Contents of a cursor

test('a cursor holds the sort key and the id of a row, nothing else', async () => {
  const app = await appWithRows()

  const integrations = cursorOf(await send(app, 'GET /integrations/?limit=3&sort_by=name&enabled=true'))
  const tickets = cursorOf(await send(app, 'GET /tickets/?page=2&size=3'))

  expect(JSON.parse(Buffer.from(integrations, 'base64url').toString())).toEqual([
    'integrations',
    'name',
    'desc',
    2,
    'Jira',
    rowId(4),
  ])
  expect(JSON.parse(Buffer.from(tickets, 'base64url').toString())).toEqual([
    'tickets',
    'created_at',
    'desc',
    3,
    '2025-09-01T08:00:00.000000Z',
    rowId(1),
  ])
})

test('a cursor with the longest title is accepted', async () => {
  const store = createMemoryStore()
  for (const n of range(3)) await store.tickets.insert(ticketRow({ id: rowId(n), title: '\u0001'.repeat(500) }))
  const app = createApp({ store })

  const pages = await walk(app, '/tickets/?sort_by=title&size=1')

  expect(pages.map(numbersOf)).toEqual(['2', '1', '0'])
})

const unreadable = '`cursor` is not valid; follow `Link: rel="next"` as it is, or start without it'
const otherOrder =
  '`cursor` belongs to a list in another order; send the `sort_by` and `sort_order` that it came with, or start without it'
const at = times[0]

test.each([
  ['no cursor', 'abc', unreadable],
  ['no base64', '%25%25', unreadable],
  ['no UTF-8', Buffer.from([0xff, 0xfe]).toString('base64url'), unreadable],
  ['no JSON', Buffer.from('[').toString('base64url'), unreadable],
  ['no list', madeUp({ list: 'tickets' }), unreadable],
  ['an empty list', madeUp([]), unreadable],
  ['a cursor of another list', madeUp(['integrations', 'created_at', 'desc', 2, at, rowId(1)]), unreadable],
  ['an impossible page', madeUp(['tickets', 'created_at', 'desc', 1, at, rowId(1)]), unreadable],
  ['half a page', madeUp(['tickets', 'created_at', 'desc', 2.5, at, rowId(1)]), unreadable],
  ['a page as a text', madeUp(['tickets', 'created_at', 'desc', '2', at, rowId(1)]), unreadable],
  ['a time that is none', madeUp(['tickets', 'created_at', 'desc', 2, 'now', rowId(1)]), unreadable],
  ['a time that is a number', madeUp(['tickets', 'created_at', 'desc', 2, 7, rowId(1)]), unreadable],
  ['no time where there always is one', madeUp(['tickets', 'created_at', 'desc', 2, null, rowId(1)]), unreadable],
  ['an id that is none', madeUp(['tickets', 'created_at', 'desc', 2, at, "'; --"]), unreadable],
  ['no id', madeUp(['tickets', 'created_at', 'desc', 2, at]), unreadable],
  ['another sort key', madeUp(['tickets', 'title', 'desc', 2, 'T', rowId(1)]), otherOrder],
  ['another order', madeUp(['tickets', 'created_at', 'asc', 2, at, rowId(1)]), otherOrder],
  ['no order', madeUp(['tickets', 'created_at', null, 2, at, rowId(1)]), otherOrder],
])('%s is refused, and the message says what to do', async (_, cursor, msg) => {
  const app = await appWithRows()

  const reply = await send(app, `GET /tickets/?cursor=${cursor}`)

  expect([reply.status, reply.json]).toEqual([
    422,
    {
      detail: [{ type: 'value_error', loc: ['query', 'cursor'], msg, code: 'validation_failed' }],
      code: 'validation_failed',
    },
  ])
})

test.each([
  ['title', 7],
  ['title', null],
  ['priority', 'high'],
  ['priority', 1.5],
  ['resolution_time_minutes', '5'],
])('a cursor by %s with the key %j is refused', async (key, value) => {
  const app = await appWithRows()

  const cursor = madeUp(['tickets', key, 'desc', 2, value, rowId(1)])
  const reply = await send(app, `GET /tickets/?sort_by=${key}&cursor=${cursor}`)

  expect([reply.status, issuesOf(reply)]).toEqual([422, ['query.cursor validation_failed']])
})

test.each([
  ['/integrations/', 'offset', '0'],
  ['/integrations/', 'offset', '20'],
  ['/tickets/', 'page', '1'],
])('%s: a cursor with `%s=%s` is refused', async (path, other, value) => {
  const app = await appWithRows()
  const first = await send(app, `GET ${path}?${sizeOf(path)}=3`)

  const reply = await send(app, `GET ${nextOf(first)}&${other}=${value}`)

  expect([reply.status, fieldsOf(reply)['detail']]).toEqual([
    422,
    [
      {
        type: 'value_error',
        loc: ['query', 'cursor'],
        msg: `\`cursor\` replaces \`${other}\`; send only one of them`,
        code: 'validation_failed',
      },
    ],
  ])
})

test('a cursor used by another organization shows that organization its own rows', async () => {
  const store = createMemoryStore()
  for (const n of range(6)) {
    const organization_id = (n % 2 === 0 ? ada : bob).organization_id
    await store.integrations.insert(integrationRow({ id: rowId(n), organization_id }))
  }
  const app = createApp({ store, users: [ada, bob] })
  const ofAda = await send(app, 'GET /integrations/?limit=1', undefined, bearer(ada))

  const ofBob = await send(app, `GET ${nextOf(ofAda)}`, undefined, bearer(bob))

  expect([numbersOf(ofAda), numbersOf(ofBob)]).toEqual(['4', '3'])
})

// Lists that change between pages

test('rows created and deleted between pages neither repeat nor hide other rows', async () => {
  const store = createMemoryStore()
  for (const n of [1, 2, 3, 4, 5, 6]) await store.tickets.insert(ticketRow({ id: rowId(n * 10) }))
  const app = createApp({ store })

  const first = await send(app, 'GET /tickets/?size=2')
  // One row that was shown is deleted; one row is created before the cursor and one after it.
  await store.tickets.replace(ticketRow({ id: rowId(50), version: 2, deleted_at: times[0] ?? null }), 1)
  await store.tickets.insert(ticketRow({ id: rowId(99) }))
  await store.tickets.insert(ticketRow({ id: rowId(35) }))
  const second = await send(app, `GET ${nextOf(first)}`)
  const third = await send(app, `GET ${nextOf(second)}`)

  expect([first, second, third].map(numbersOf)).toEqual(['60 50', '40 35', '30 20'])
  expect(fieldsOf(third)).toMatchObject({ page: 3, total: 7, pages: 4, has_next: true })
})

interface Event {
  readonly does: 'insert' | 'delete'
  readonly row: number
}

const event: fc.Arbitrary<Event> = fc.record({ does: fc.constantFrom('insert', 'delete'), row: fc.nat(39) })

test.each(lists)(
  '%s: every row that stays in the list is shown once, whatever else is created or deleted',
  async (path) => {
    const { size: walks, seed } = propertyRun(`cursors of ${path}`, { size: 'CURSOR_WALKS', seed: 'CURSOR_SEED' }, 25)
    const keys = path === '/tickets/' ? TICKET_SORT_KEYS : INTEGRATION_SORT_KEYS
    const walked = fc.record({
      begin: fc.uniqueArray(fc.nat(39), { maxLength: 25 }),
      values: fc.array(fc.nat(3), { minLength: 40, maxLength: 40 }),
      sort_by: fc.constantFrom(...keys),
      sort_order: fc.constantFrom('asc', 'desc'),
      size: fc.integer({ min: 1, max: 7 }),
      between: fc.array(fc.array(event, { maxLength: 5 }), { maxLength: 20 }),
    })

    await fc.assert(
      fc.asyncProperty(walked, async ({ begin, values, sort_by, sort_order, size, between }) => {
        const rows = createRowPool(path, values)
        for (const n of begin) await rows.insert(n)
        const app = createApp({ store: rows.store })
        const stays = new Set(
          begin.filter((n) => !between.flat().some(({ does, row }) => does === 'delete' && row === n)),
        )

        const shown: number[] = []
        let query: string | undefined = `${path}?sort_by=${sort_by}&sort_order=${sort_order}&${sizeOf(path)}=${size}`
        for (let turn = 0; query !== undefined && turn < 100; turn++) {
          const reply = await send(app, `GET ${query}`)
          shown.push(...numbersOf(reply).split(' ').filter(Boolean).map(Number))
          query = nextOf(reply)
          for (const { does, row } of between[turn] ?? []) await rows[does](row)
        }

        expect(new Set(shown).size).toBe(shown.length)
        expect([...stays].filter((n) => !shown.includes(n))).toEqual([])
      }),
      { seed, numRuns: walks },
    )
  },
  1_200_000,
)

/** Forty rows to insert and remove. */
function createRowPool(path: (typeof lists)[number], values: readonly number[]) {
  const store = createMemoryStore()
  const known = new Set<number>()
  const rowOf = (n: number, version: number, deleted_at: string | null) => {
    const value = values[n] ?? 0
    const at = times[value] ?? null
    const fields = { id: rowId(n), version, deleted_at, created_at: at ?? '2025-09-04T00:00:00.000000Z' }
    return {
      integration: integrationRow({ ...fields, name: `N${value}`, total_requests: value, last_request_at: at }),
      ticket: ticketRow({ ...fields, title: `T${value}`, resolved_at: at }),
    }
  }
  return {
    store,
    insert: async (n: number): Promise<void> => {
      if (known.has(n)) return
      known.add(n)
      const { integration, ticket } = rowOf(n, 1, null)
      await (path === '/tickets/' ? store.tickets.insert(ticket) : store.integrations.insert(integration))
    },
    delete: async (n: number): Promise<void> => {
      const { integration, ticket } = rowOf(n, 2, times[0] ?? null)
      await (path === '/tickets/' ? store.tickets.replace(ticket, 1) : store.integrations.replace(integration, 1))
    },
  }
}
