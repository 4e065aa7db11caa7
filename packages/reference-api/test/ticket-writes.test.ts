import {
  type AppOptions,
  createApp,
  createMemoryStore,
  createUserDirectory,
  DEFAULT_USER,
  type Store,
  type TicketRow,
  type UserDirectory,
} from '@ai-ticket-creator/reference-api'
import { expect, test } from 'vitest'
import { handClock } from './hand-clock.ts'
import { integrationRow, rowId, ticketRow } from './rows.ts'
import { ada, bearer, type Fields, fieldsOf, issuesOf, nthId, type Reply, send, sorted } from './send.ts'

const path = `/tickets/${rowId(1)}`
const at = '2025-09-06T12:00:00.000000Z'

/** An app with one ticket that has every field, and integrations in several statuses. */
async function withStored(fields: Partial<TicketRow> = {}, options: AppOptions = {}) {
  const store: Store = createMemoryStore()
  await store.integrations.insert(integrationRow({ id: rowId(11), name: 'Live' }))
  await store.integrations.insert(integrationRow({ id: rowId(12), name: 'Broken', status: 'error' }))
  await store.integrations.insert(integrationRow({ id: rowId(13), name: 'Gone', deleted_at: at }))
  await store.integrations.insert(integrationRow({ id: rowId(14), name: 'Second' }))
  await store.tickets.insert(ticketRow({ ...full, ...fields, id: rowId(1) }))
  const row = async () => store.tickets.find(ticketRow().organization_id, rowId(1))
  const { clock, pass } = handClock()
  return { app: createApp({ store, clock, ...options }), store, row, pass }
}

const full: Partial<TicketRow> = {
  department: 'it',
  assigned_to_id: DEFAULT_USER.id,
  assignment_reason: 'on call',
  integration_id: rowId(11),
  custom_fields: { a: 1 },
  internal_notes: 'n',
  resolution_summary: 's',
  attachments: [{ file_id: rowId(7) }],
  tags: ['a'],
}

/** The reply fields that a write may change. */
const shown = (reply: Reply) => {
  const { department, assigned_to_id, custom_fields, internal_notes, resolution_summary, attachments } = fieldsOf(reply)
  return { department, assigned_to_id, custom_fields, internal_notes, resolution_summary, attachments }
}

// PUT and PATCH

const writes = [
  ['PUT', 'legacy'],
  ['PUT', 'transitional'],
  ['PUT', 'current'],
  ['PATCH', 'transitional'],
  ['PATCH', 'current'],
] as const

test.each(writes)('%s, %s: absent fields are left alone', async (method, generation) => {
  const { app, row } = await withStored({}, { generation })

  const reply = await send(app, `${method} ${path}`, { title: 'New' })

  expect([reply.status, reply.json]).toMatchObject([200, { title: 'New', updated_at: at, last_activity_at: at }])
  expect(await row()).toEqual(
    ticketRow({ ...full, id: rowId(1), title: 'New', version: 2, updated_at: at, last_activity_at: at }),
  )
})

// PUT of an older generation leaves null alone: see nulls.test.ts.
const clearing = writes.filter(([method, generation]) => method === 'PATCH' || generation === 'current')

test.each(clearing)('%s, %s: null clears a nullable field', async (method, generation) => {
  const { app, row } = await withStored({}, { generation })

  const reply = await send(app, `${method} ${path}`, {
    department: null,
    assigned_to_id: null,
    custom_fields: null,
    internal_notes: null,
    resolution_summary: null,
    attachments: null,
  })

  expect([reply.status, shown(reply)]).toEqual([
    200,
    {
      department: null,
      assigned_to_id: null,
      custom_fields: null,
      internal_notes: null,
      resolution_summary: null,
      attachments: null,
    },
  ])
  expect(await row()).toMatchObject({ assigned_to_id: null, assignment_reason: null, integration_id: rowId(11) })
})

test.each(clearing)('%s, %s: null is refused for a required field', async (method, generation) => {
  const { app, row } = await withStored({}, { generation })
  const body = { title: null, description: null, status: null, priority: null, category: null }

  const reply = await send(app, `${method} ${path}`, body)

  expect([reply.status, sorted(issuesOf(reply))]).toEqual([
    422,
    sorted(Object.keys(body)).map((field) => `body.${field} validation_failed`),
  ])
  expect((await row())?.version).toBe(1)
})

test.each(writes)('%s, %s: the limits are those of create', async (method, generation) => {
  const { app } = await withStored({}, { generation })
  const titled = (length: number) => send(app, `${method} ${path}`, { title: 'x'.repeat(length) })

  const replies = [await titled(500), await titled(501), await send(app, `${method} ${path}`, { title: '  ' })]

  expect(replies.map(({ status }) => status)).toEqual([200, 422, 422])
})

test.each(writes)('%s, %s: the whole reply can be sent back', async (method, generation) => {
  const { app, row } = await withStored({}, { generation })
  const read = fieldsOf(await send(app, `GET ${path}`))

  const reply = await send(app, `${method} ${path}`, { ...read, title: 'New' })

  expect([reply.status, reply.json]).toMatchObject([
    200,
    { ...read, title: 'New', display_title: 'New', updated_at: at, last_activity_at: at },
  ])
  expect(reply.headers.get('Ignored-Fields')).toContain('age_in_hours')
  expect(await row()).toMatchObject({ ...full, title: 'New' })
})

test.each([
  ['PUT', { id: nthId(9) }, 'body.id read_only_field'],
  ['PUT', { created_at: at }, 'body.created_at read_only_field'],
  ['PATCH', { urgency: 'high' }, 'body.urgency read_only_field'],
  ['PATCH', { integration_id: rowId(12) }, 'body.integration_id read_only_field'],
  ['PATCH', { colour: 'red' }, 'body.colour unknown_field'],
  ['PATCH', { tilte: 'B' }, 'body.tilte unknown_field -> title'],
] as const)('%s of %j is refused', async (method, body, issue) => {
  const { app, row } = await withStored()

  const reply = await send(app, `${method} ${path}`, { description: 'New', ...body })

  expect([reply.status, issuesOf(reply)]).toEqual([422, [issue]])
  expect((await row())?.version).toBe(1)
})

test('an empty PATCH is refused, an empty PUT changes only the times', async () => {
  const { app } = await withStored()

  const patched = await send(app, `PATCH ${path}`, {})
  const put = await send(app, `PUT ${path}`, {})

  expect([patched.status, issuesOf(patched)]).toEqual([422, ['body validation_failed']])
  expect([put.status, put.json]).toMatchObject([200, { title: 'Stored', updated_at: at }])
})

test.each(['PUT', 'PATCH', 'DELETE'])(
  '%s of an unknown ticket, or with another version in If-Match, is refused',
  async (method) => {
    const { app } = await withStored({}, { users: [DEFAULT_USER, ada] })
    const body = method === 'DELETE' ? undefined : { title: 'New' }

    const replies = [
      await send(app, `${method} /tickets/${rowId(2)}`, body),
      await send(app, `${method} ${path}`, body, bearer(ada)),
      await send(app, `${method} ${path}`, body, { 'If-Match': '"2"' }),
      await send(app, `${method} ${path}`, body, { 'If-Match': '"1"' }),
    ]

    expect(replies.map(({ status }) => status)).toEqual([404, 404, 412, method === 'DELETE' ? 204 : 200])
  },
)

// Status

test.each([
  // from, resolved, closed → to, resolved, closed
  ['open', null, null, 'resolved', at, null],
  ['open', null, null, 'closed', at, at],
  ['resolved', 'r', null, 'closed', 'r', at],
  ['closed', 'r', 'c', 'resolved', 'r', null],
  ['closed', 'r', 'c', 'open', null, null],
  ['resolved', 'r', null, 'in_progress', null, null],
  ['resolved', 'r', null, 'cancelled', null, null],
  ['resolved', 'r', null, 'resolved', 'r', null],
  ['closed', 'r', 'c', 'closed', 'r', 'c'],
] as const)('%s (%s, %s) becomes %s: resolved at %s, closed at %s', async (from, r, c, to, resolved, closed) => {
  const times = { r: '2025-09-03T10:00:00.000000Z', c: '2025-09-04T10:00:00.000000Z' }
  const time = (word: string | null) => (word === 'r' || word === 'c' ? times[word] : word)
  const before = { status: from, resolved_at: time(r), closed_at: time(c) }
  const patched = await withStored(before)
  const put = await withStored(before)
  const body = { status: to, resolution_summary: 'Done' }

  const replies = [await send(patched.app, `PATCH ${path}`, body), await send(put.app, `PUT ${path}`, body)]

  const after = { status: to, resolved_at: time(resolved), closed_at: time(closed), resolution_summary: 'Done' }
  expect(replies.map(({ json }) => json)).toMatchObject([after, after])
})

test('resolution times count from the creation', async () => {
  const { app } = await withStored({ created_at: '2025-09-06T10:30:00.000000Z' })

  const { json } = await send(app, `PATCH ${path}`, { status: 'resolved', resolution_summary: 'Done' })

  expect(json).toMatchObject({ resolution_time_minutes: 90, resolution_time_hours: 1.5 })
})

test('a status that ends a ticket needs a summary in the body; an ended ticket can be sent back', async () => {
  const { app, row } = await withStored({ status: 'open' })
  const ended = await withStored({ status: 'resolved' })

  const replies = [
    await send(app, `PATCH ${path}`, { status: 'resolved' }),
    await send(app, `PUT ${path}`, { status: 'closed', resolution_summary: ' ' }),
    await send(ended.app, `PUT ${path}`, { status: 'resolved', title: 'New' }),
    await send(ended.app, `PATCH ${path}`, { status: 'resolved', title: 'Newer' }),
  ]

  expect(replies.map(({ status }) => status)).toEqual([422, 422, 200, 200])
  expect(replies.slice(0, 2).map(issuesOf)).toEqual([
    ['body.resolution_summary validation_failed'],
    ['body.resolution_summary validation_failed'],
  ])
  expect((await row())?.status).toBe('open')
})

// Due date and tags

test('due_date sets sla_due_date in UTC, which decides what is overdue', async () => {
  const { app, pass } = await withStored()
  const patch = (due_date: string | null) => send(app, `PATCH ${path}`, { due_date })

  const future = await patch('2025-09-06T14:30:00+02:00')
  pass(31 * 60_000)
  const later = await send(app, `GET ${path}`)
  const local = await patch('2025-09-07T00:00:00')
  const cleared = await patch(null)

  expect([future, later, local, cleared].map(({ json }) => json)).toMatchObject([
    { sla_due_date: '2025-09-06T12:30:00.000000Z', is_overdue: false },
    { sla_due_date: '2025-09-06T12:30:00.000000Z', is_overdue: true, sla_breached: true },
    { sla_due_date: '2025-09-07T00:00:00.000000Z', is_overdue: false },
    { sla_due_date: null, is_overdue: false },
  ])
})

test('tags are stored once each, in order, and can be filtered', async () => {
  const { app, row } = await withStored()

  await send(app, `PATCH ${path}`, { tags: ['b', 'a', 'b'] })
  const tagged = await row()
  const found = await send(app, 'GET /tickets/?tags=b')
  await send(app, `PATCH ${path}`, { tags: null })

  expect([tagged?.tags, fieldsOf(found)['total'], (await row())?.tags]).toEqual([['b', 'a'], 1, []])
})

// Assignee

test('an assignee must be a user of the organization; the present one is not checked again', async () => {
  const { app, row } = await withStored({ assigned_to_id: rowId(99) }, { users: [DEFAULT_USER, ada] })

  const replies = [
    await send(app, `PUT ${path}`, { assigned_to_id: ada.id }),
    await send(app, `PATCH ${path}`, { assigned_to_id: rowId(98) }),
    await send(app, `PUT ${path}`, { assigned_to_id: rowId(99) }),
    await send(app, `PATCH ${path}`, { assigned_to_id: DEFAULT_USER.id.toUpperCase(), assignment_reason: 'free' }),
  ]

  expect(replies.map(({ status }) => status)).toEqual([422, 422, 200, 200])
  expect(replies.slice(0, 2).map(issuesOf)).toEqual([
    ['body.assigned_to_id validation_failed'],
    ['body.assigned_to_id validation_failed'],
  ])
  expect(await row()).toMatchObject({ assigned_to_id: DEFAULT_USER.id, assignment_reason: 'free' })
})

test('the reason of an assignment is removed with its assignee', async () => {
  const { app, row } = await withStored()

  await send(app, `PATCH ${path}`, { assigned_to_id: DEFAULT_USER.id })
  const unchanged = await row()
  await send(app, `PATCH ${path}`, { assignment_reason: 'new reason' })
  const renewed = await row()
  await send(app, `PATCH ${path}`, { assigned_to_id: null })

  expect([unchanged, renewed, await row()].map((one) => one?.assignment_reason)).toEqual([
    'on call',
    'new reason',
    null,
  ])
})

// Integration

test.each([
  ['current', { integration_id: rowId(11) }, 200, rowId(11)],
  ['current', { integration_id: rowId(11).toUpperCase() }, 200, rowId(11)],
  ['current', { integration_id: null }, 200, null],
  ['current', { integration_id: rowId(12) }, 'integration_unusable', rowId(13)],
  ['current', { integration_id: rowId(99) }, 'integration_not_found', rowId(13)],
  ['transitional', { integration_name: 'Live' }, 200, rowId(11)],
  ['transitional', { integration: 'Broken' }, 'integration_unusable', rowId(13)],
  ['legacy', { integration: 'Live' }, 200, rowId(11)],
  ['legacy', { integration_name: 'Nobody' }, 'integration_not_found', rowId(13)],
  // The present one may be sent back, also when it is deleted.
  ['current', { integration_id: rowId(13) }, 200, rowId(13)],
] as const)('PUT, %s: %j is %s', async (generation, body, outcome, integrationId) => {
  const { app, row } = await withStored({ integration_id: rowId(13) }, { generation })

  const reply = await send(app, `PUT ${path}`, body)

  expect(reply.status === 200 ? 200 : fieldsOf(reply)['code']).toBe(outcome)
  expect((await row())?.integration_id).toBe(integrationId)
})

test('PUT with an integration files nothing', async () => {
  const filed: unknown[] = []
  const { app } = await withStored(
    { integration_id: null },
    {
      external: async (ticket) => {
        filed.push(ticket)
        return { outcome: 'refused' }
      },
    },
  )

  const { json } = await send(app, `PUT ${path}`, { integration_id: rowId(11) })

  expect(json).toMatchObject({ integration_id: rowId(11), integration_result: null })
  expect(filed).toEqual([])
})

// Both spellings

test.each([
  [
    'an old client sends the whole ticket back with another name',
    { integration_id: rowId(11), integration: 'Second' },
    14,
  ],
  ['a new client sends the whole ticket back with another id', { integration_id: rowId(14), integration: 'Live' }, 14],
  ['both agree', { integration_id: rowId(14), integration: 'Second', integration_name: 'Second' }, 14],
  ['both have the stored value', { integration_id: rowId(11), integration: 'Live' }, 11],
] as const)('transitional PUT accepts both spellings when %s', async (_, body, expected) => {
  const { app, row } = await withStored({}, { generation: 'transitional' })

  const reply = await send(app, `PUT ${path}`, body)

  expect(reply.status).toBe(200)
  expect((await row())?.integration_id).toBe(rowId(expected))
})

test('transitional PUT: a name and an id that both changed and disagree are refused', async () => {
  const { app, row } = await withStored({ integration_id: null }, { generation: 'transitional' })

  const reply = await send(app, `PUT ${path}`, { integration_id: rowId(11), integration: 'Second' })

  expect([reply.status, issuesOf(reply)]).toEqual([422, ['body.integration_id conflicting_fields -> integration_id']])
  expect((await row())?.version).toBe(1)
})

// Delete

test.each(['legacy', 'transitional', 'current'] as const)(
  '%s: a deleted ticket is a 404 on every route',
  async (generation) => {
    const { app, row } = await withStored({}, { generation })

    const deleted = await send(app, `DELETE ${path}`)
    const later: Reply[] = []
    for (const [line, body] of gone(generation)) later.push(await send(app, line, body))
    const list = await send(app, 'GET /tickets/')

    expect([deleted.status, deleted.text, deleted.headers.get('Content-Type')]).toEqual([204, '', null])
    expect(later.map(({ status }) => status)).toEqual(later.map(() => 404))
    expect([fieldsOf(list)['total'], (await row())?.deleted_at]).toEqual([0, at])
  },
)

const gone = (generation: string): readonly (readonly [string, Fields?])[] => [
  [`GET ${path}`],
  [`GET ${path}/attachments`],
  [`PUT ${path}`, { title: 'New' }],
  [`POST ${path}/attachments`, { attachments: [{ file_id: rowId(7) }] }],
  [`DELETE ${path}`],
  ...(generation === 'legacy' ? [] : ([[`PATCH ${path}`, { title: 'New' }]] as const)),
  ...(generation === 'current'
    ? []
    : ([
        [`PATCH ${path}/status`, { status: 'open' }],
        [`PATCH ${path}/assign`, { assigned_to_id: null }],
      ] as const)),
]

// Parallel writes

test('twenty parallel writes are all applied', async () => {
  const { app } = await withStored()
  const fields = ['title', 'description', 'department', 'internal_notes', 'resolution_summary'] as const

  const replies = await Promise.all(
    Array.from({ length: 20 }, (_, n) => send(app, `PATCH ${path}`, { [fields[n % 5] ?? 'title']: `v${n}` })),
  )

  const read = await send(app, `GET ${path}`)
  expect(replies.filter(({ status }) => status !== 200)).toEqual([])
  expect(read.headers.get('ETag')).toBe('"21"')
  for (const field of fields) expect(fieldsOf(read)[field]).toMatch(/^v\d+$/)
})

// Users in replies

test.each(['transitional', 'current'] as const)(
  '%s: a user directory that fails does so before the write',
  async (generation) => {
    const directory = createUserDirectory([DEFAULT_USER, ada])
    const lines = [
      ['PUT', path, { title: 'New' }],
      ['PATCH', path, { title: 'New' }],
      ['POST', `${path}/attachments`, { attachments: [{ file_id: rowId(8) }] }],
      ['DELETE', path, undefined],
    ] as const

    const failed: string[] = []
    for (const [method, at, body] of lines)
      for (let failing = 1; ; failing++) {
        let calls = 0
        const users: UserDirectory = {
          ...directory,
          find: async (organizationId, id) => {
            if (++calls === failing) throw new Error('directory is down')
            return directory.find(organizationId, id)
          },
        }
        const { app, row } = await withStored({ created_by_id: ada.id }, { generation, users })

        const reply = await send(app, `${method} ${at}`, body)

        if (calls < failing) break
        expect([reply.status, (await row())?.version], `${method} ${at}, look-up ${failing}`).toEqual([500, 1])
        failed.push(method)
      }
    expect(new Set(failed)).toEqual(new Set(['PUT', 'PATCH', 'POST', 'DELETE']))
  },
)

test('each user of a list is looked up once, and the caller not at all', async () => {
  const directory = createUserDirectory([DEFAULT_USER, ada])
  const calls: string[] = []
  const users: UserDirectory = {
    ...directory,
    find: async (organizationId, id) => {
      calls.push(id)
      return directory.find(organizationId, id)
    },
  }
  const { app, store } = await withStored({ created_by_id: ada.id }, { generation: 'transitional', users })
  await store.tickets.insert(ticketRow({ id: rowId(2), created_by_id: ada.id }))
  await store.tickets.insert(ticketRow({ id: rowId(3), created_by_id: DEFAULT_USER.id }))

  const reply = await send(app, 'GET /tickets/')

  expect([reply.status, calls]).toEqual([200, [ada.id]])
})
