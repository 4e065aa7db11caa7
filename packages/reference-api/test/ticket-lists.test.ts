import { type App, createApp, createMemoryStore, DEFAULT_USER, type TicketRow } from '@ai-ticket-creator/reference-api'
import { expect, test } from 'vitest'
import { integrationRow, rowId, ticketRow } from './rows.ts'
import { column, fieldsOf, issuesOf, send, sorted } from './send.ts'

async function appWith(rows: readonly Partial<TicketRow>[], generation?: 'legacy' | 'transitional'): Promise<App> {
  const store = createMemoryStore()
  for (const [index, row] of rows.entries()) await store.tickets.insert(ticketRow({ id: rowId(index), ...row }))
  await store.integrations.insert(integrationRow({ id: jira, name: 'JIRA Production' }))
  await store.integrations.insert(integrationRow({ id: off, name: 'Off', status: 'inactive', enabled: false }))
  return createApp({ store, ...(generation && { generation }) })
}

const jira = 'aaaaaaaa-0000-4000-8000-00000000000a'
const off = 'aaaaaaaa-0000-4000-8000-00000000000b'
const someone = 'dddddddd-0000-4000-8000-00000000000d'

const desk = [
  { title: 'printer', description: 'out of Paper', tags: ['hw', 'paper'], department: 'IT', escalation_level: 2 },
  { title: 'Login', description: 'loops', status: 'open', category: 'user_access', integration_id: jira },
  { title: 'Invoice', description: 'twice', status: 'pending', category: 'billing', priority: 'high', urgency: 'low' },
  {
    title: 'Crash',
    description: 'at start',
    status: 'resolved',
    category: 'bug',
    priority: 'critical',
    urgency: 'critical',
    tags: ['hw'],
    assigned_to_id: DEFAULT_USER.id,
    created_by_id: someone,
    integration_id: off,
    created_at: '2025-09-03T00:00:00.000000Z',
    updated_at: '2025-09-04T00:00:00.000000Z',
    resolved_at: '2025-09-05T00:00:00.000000Z',
    sla_due_date: '2025-09-02T00:00:00.000000Z',
    attachments: [{ file_id: rowId(77) }],
    satisfaction_rating: 5,
    source_channel: 'mail',
  },
  { title: 'Late', description: 'still open', status: 'open', sla_due_date: '2025-09-02T00:00:00.000000Z' },
  { title: 'Gone', description: 'deleted', deleted_at: '2025-09-02T00:00:00.000000Z' },
] as const

test.each([
  ['', 'Crash Invoice Late Login printer'],
  ['q=PAPER', 'printer'],
  ['q=INT', 'printer'],
  ['q=printer%0Aout', ''],
  ['q=out', 'printer'],
  ['status=open', 'Late Login'],
  ['status=open&status=pending', 'Invoice Late Login'],
  ['category=billing&category=bug', 'Crash Invoice'],
  ['priority=high', 'Invoice'],
  ['urgency=critical', 'Crash'],
  ['tags=hw', 'Crash printer'],
  ['tags=hw&tags=paper', 'printer'],
  ['department=IT', 'printer'],
  ['department=it', ''],
  [`created_by_id=${someone}`, 'Crash'],
  [`created_by_id=${someone.toUpperCase()}`, 'Crash'],
  [`assigned_to_id=${DEFAULT_USER.id}`, 'Crash'],
  [`integration_id=${jira}`, 'Login'],
  [`integration_id=${jira.toUpperCase()}`, 'Login'],
  ['created_after=2025-09-02T00:00:00Z', 'Crash'],
  ['created_after=2025-09-03T00:00:00Z', 'Crash'],
  ['created_after=2025-09-03T00:00:01Z', ''],
  ['created_before=2025-09-01T08:00:00', 'Invoice Late Login printer'],
  ['created_before=2025-09-01T07:59:59', ''],
  ['created_before=2025-09-01T10:00:00%2B02:00', 'Invoice Late Login printer'],
  ['created_before=2025-09-01T09:59:59%2B02:00', ''],
  ['updated_after=2025-09-04T00:00:00Z', 'Crash'],
  ['updated_before=2025-09-03T00:00:00Z', 'Invoice Late Login printer'],
  ['resolved_after=2025-09-01T00:00:00Z', 'Crash'],
  ['resolved_before=2025-09-06T00:00:00Z', 'Crash'],
  ['resolved_after=2025-09-01T00:00:00Z&resolved_before=2025-09-02T00:00:00Z', ''],
  ['is_overdue=true', 'Late'],
  ['is_overdue=false', 'Crash Invoice Login printer'],
  ['has_attachments=true', 'Crash'],
  ['has_attachments=false', 'Invoice Late Login printer'],
  ['escalation_level=2', 'printer'],
  ['satisfaction_rating=5', 'Crash'],
  ['source_channel=mail', 'Crash'],
  ['status=resolved&tags=hw&priority=critical&has_attachments=1', 'Crash'],
  ['status=open&tags=hw', ''],
])('`%s` filters', async (query, titles) => {
  const app = await appWith(desk)

  const reply = await send(app, `GET /tickets/?sort_by=title&sort_order=asc&${query}`)

  expect(reply.status).toBe(200)
  expect(column(reply, 'title').join(' ')).toBe(titles)
  expect(fieldsOf(reply)['total']).toBe(titles === '' ? 0 : titles.split(' ').length)
})

test.each([
  ['legacy', 'integration=JIRA%20Production', 'Login'],
  ['transitional', 'integration_name=JIRA%20Production', 'Login'],
  ['transitional', `integration_name=JIRA%20Production&integration_id=${jira}`, 'Login'],
  // A filter may name an integration that can no longer file tickets.
  ['transitional', 'integration_name=Off', 'Crash'],
] as const)('%s: `%s` finds by name', async (generation, query, title) => {
  const app = await appWith(desk, generation)

  const reply = await send(app, `GET /tickets/?${query}`)

  expect([reply.status, column(reply, 'title')]).toEqual([200, [title]])
})

test('an unknown integration name in a query is refused', async () => {
  const app = await appWith(desk, 'legacy')

  const reply = await send(app, 'GET /tickets/?integration_name=jira')

  expect([reply.status, fieldsOf(reply)['code']]).toEqual([422, 'integration_not_found'])
})

test('current refuses an integration name in a query', async () => {
  const app = await appWith(desk)

  const reply = await send(app, 'GET /tickets/?integration=JIRA%20Production')

  expect([reply.status, issuesOf(reply)]).toEqual([422, ['query.integration retired_field -> integration_id']])
})

const times = ['2025-09-01T00:00:00.000000Z', '2025-09-02T00:00:00.000000Z', '2025-09-03T00:00:00.000000Z'] as const
const [first, second, third] = times

test.each([
  ['created_at', [{ created_at: second }, { created_at: first }, { created_at: third }], '1 0 2'],
  ['updated_at', [{ updated_at: third }, { updated_at: second }, { updated_at: first }], '2 1 0'],
  ['title', [{ title: 'b' }, { title: 'c' }, { title: 'a' }], '2 0 1'],
  // In the order of the enum, not of the alphabet.
  [
    'priority',
    [{ priority: 'critical' }, { priority: 'low' }, { priority: 'high' }, { priority: 'medium' }],
    '1 3 2 0',
  ],
  ['status', [{ status: 'closed' }, { status: 'new' }, { status: 'in_progress' }, { status: 'open' }], '1 3 2 0'],
  ['last_activity_at', [{ last_activity_at: third }, { last_activity_at: first }], '1 0'],
  [
    'resolution_time_minutes',
    [
      { created_at: first, resolved_at: third },
      { created_at: second, resolved_at: third },
    ],
    '1 0',
  ],
] as const)('sort_by=%s sorts both ways', async (key, rows, order) => {
  const app = await appWith(rows)
  const ids = order.split(' ').map((n) => rowId(Number(n)))

  const up = column(await send(app, `GET /tickets/?sort_by=${key}&sort_order=asc`), 'id')
  const down = column(await send(app, `GET /tickets/?sort_by=${key}`), 'id')

  expect(up).toEqual(ids)
  expect(down).toEqual(ids.toReversed())
})

test('an unknown enum value sorts after the known ones', async () => {
  // Unknown enum values are branded in the types.
  const blocker = 'blocker' as unknown as TicketRow['priority']
  const app = await appWith([{ priority: blocker }, { priority: 'low' }, { priority: 'critical' }])

  const up = column(await send(app, 'GET /tickets/?sort_by=priority&sort_order=asc'), 'priority')

  expect(up).toEqual(['low', 'critical', 'blocker'])
})

test('unresolved tickets come last in both orders, then by id', async () => {
  const app = await appWith([
    {},
    { created_at: first, resolved_at: third },
    {},
    { created_at: first, resolved_at: second },
  ])

  const up = column(await send(app, 'GET /tickets/?sort_by=resolution_time_minutes&sort_order=asc'), 'id')
  const down = column(await send(app, 'GET /tickets/?sort_by=resolution_time_minutes&sort_order=desc'), 'id')

  expect(up).toEqual([rowId(3), rowId(1), rowId(0), rowId(2)])
  expect(down).toEqual([rowId(1), rowId(3), rowId(2), rowId(0)])
})

test('an empty list has one empty page and no pages in total', async () => {
  const app = createApp()

  const reply = await send(app, 'GET /tickets/')

  expect(reply.json).toEqual({ items: [], total: 0, page: 1, size: 20, pages: 0, has_next: false, has_prev: false })
})

const many = Array.from({ length: 45 }, () => ({}))

test.each([
  ['', { total: 45, page: 1, size: 20, pages: 3, has_next: true, has_prev: false }, 20],
  ['page=2', { total: 45, page: 2, size: 20, pages: 3, has_next: true, has_prev: true }, 20],
  ['page=3', { total: 45, page: 3, size: 20, pages: 3, has_next: false, has_prev: true }, 5],
  ['page=4', { total: 45, page: 4, size: 20, pages: 3, has_next: false, has_prev: true }, 0],
  ['size=45', { total: 45, page: 1, size: 45, pages: 1, has_next: false, has_prev: false }, 45],
  ['size=100', { total: 45, page: 1, size: 100, pages: 1, has_next: false, has_prev: false }, 45],
  ['size=1&page=45', { total: 45, page: 45, size: 1, pages: 45, has_next: false, has_prev: true }, 1],
  ['size=44&page=2', { total: 45, page: 2, size: 44, pages: 2, has_next: false, has_prev: true }, 1],
  ['page=9007199254740991', { total: 45, page: 9007199254740991, pages: 3, has_next: false, has_prev: true }, 0],
])('`%s` returns the requested page', async (query, envelope, count) => {
  const app = await appWith(many)

  const reply = await send(app, `GET /tickets/?${query}`)

  expect(reply.json).toMatchObject(envelope)
  expect(column(reply, 'id')).toHaveLength(count)
})

test.each([1, 7, 45, 100])('pages of %s contain every ticket once', async (size) => {
  const app = await appWith(many)

  const seen: unknown[] = []
  let next = true
  for (let page = 1; next; page++) {
    const reply = await send(app, `GET /tickets/?page=${page}&size=${size}`)
    seen.push(...column(reply, 'id'))
    next = fieldsOf(reply)['has_next'] === true
  }

  expect(sorted(seen)).toEqual(many.map((_, n) => rowId(n)))
})

test.each([
  ['page=0', ['query.page validation_failed']],
  ['size=0', ['query.size validation_failed']],
  ['size=101', ['query.size validation_failed']],
  ['sort_by=age', ['query.sort_by validation_failed']],
  ['status=Open', ['query.status.0 validation_failed -> open']],
  ['status=open&status=shut', ['query.status.1 validation_failed']],
  ['created_after=yesterday', ['query.created_after validation_failed']],
  ['created_by_id=me', ['query.created_by_id validation_failed']],
  ['is_overdue=perhaps', ['query.is_overdue validation_failed']],
  ['limit=10', ['query.limit unknown_field -> size']],
])('`%s` is refused', async (query, issues) => {
  const app = createApp()

  const reply = await send(app, `GET /tickets/?${query}`)

  expect([reply.status, issuesOf(reply)]).toEqual([422, issues])
})
