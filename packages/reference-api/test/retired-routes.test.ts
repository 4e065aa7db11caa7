import { ENDPOINT_IDS, replacementRoute } from '@ai-ticket-creator/domain'
import { createApp, createMemoryStore, DEFAULT_USER, type TicketRow } from '@ai-ticket-creator/reference-api'
import { expect, test } from 'vitest'
import { handClock } from './hand-clock.ts'
import { rowId, ticketRow } from './rows.ts'
import { issuesOf, send } from './send.ts'

// PATCH /tickets/{ticket_id}/status and /assign (existing backend: retired ticket routes)

const path = `/tickets/${rowId(1)}`
const at = '2025-09-06T12:00:00.000000Z'

async function withStored(generation: 'legacy' | 'transitional' | 'current', fields: Partial<TicketRow> = {}) {
  const store = createMemoryStore()
  await store.tickets.insert(ticketRow({ id: rowId(1), ...fields }))
  const row = async () => store.tickets.find(ticketRow().organization_id, rowId(1))
  return { app: createApp({ store, generation, clock: handClock().clock }), row }
}

const old = ['legacy', 'transitional'] as const

test('two routes are retired, and PATCH /tickets/{ticket_id} replaces both', () => {
  const moved = ENDPOINT_IDS.flatMap((id) =>
    replacementRoute(id) === undefined ? [] : [[id, replacementRoute(id)?.to]],
  )

  // The type of a handler's body (ports/handler.ts) names them.
  expect(moved).toEqual([
    ['tickets.setStatus', 'tickets.update'],
    ['tickets.assign', 'tickets.update'],
  ])
})

test.each(old)('%s: a status is set by its own route', async (generation) => {
  const { app, row } = await withStored(generation)
  const body = { status: 'resolved', resolution_summary: ' Done ', internal_notes: 'see ABC-1' }

  const reply = await send(app, `PATCH ${path}/status`, body)

  expect([reply.status, reply.json]).toMatchObject([200, { status: 'resolved', resolution_summary: 'Done' }])
  expect(await row()).toMatchObject({ status: 'resolved', internal_notes: 'see ABC-1', resolved_at: at, version: 2 })
})

test.each(old)('%s: an assignment has a reason, and null removes the assignee', async (generation) => {
  const { app, row } = await withStored(generation)

  const assigned = await send(app, `PATCH ${path}/assign`, { assigned_to_id: DEFAULT_USER.id, reason: 'free' })
  const stored = await row()
  const taken = await send(app, `PATCH ${path}/assign`, { assigned_to_id: null })

  expect([assigned.json, taken.json]).toMatchObject([{ assignee: { id: DEFAULT_USER.id } }, { assignee: null }])
  expect(stored).toMatchObject({ assigned_to_id: DEFAULT_USER.id, assignment_reason: 'free' })
  expect(await row()).toMatchObject({ assigned_to_id: null, assignment_reason: null })
})

test.each(old)('%s: unknown fields are ignored and named', async (generation) => {
  const { app, row } = await withStored(generation)

  const status = await send(app, `PATCH ${path}/status`, { status: 'open', title: 'New' })
  const assign = await send(app, `PATCH ${path}/assign`, { reason: 'why', assignment_reason: 'other', status: 'open' })

  expect([status, assign].map(({ headers }) => headers.get('Ignored-Fields'))).toEqual([
    'title',
    'assignment_reason, status',
  ])
  expect(await row()).toMatchObject({ title: 'Stored', status: 'open', assignment_reason: 'why' })
})

test.each([
  ['/status', {}, 'body.status validation_failed'],
  ['/status', { status: 'done' }, 'body.status validation_failed'],
  ['/status', { status: 'closed' }, 'body.resolution_summary validation_failed'],
  ['/assign', {}, 'body validation_failed'],
  ['/assign', { assigned_to_id: rowId(99) }, 'body.assigned_to_id validation_failed'],
  ['/assign', { reason: 'x'.repeat(501) }, 'body.reason validation_failed'],
  ['/assign', { reason: 7 }, 'body.reason validation_failed'],
] as const)('%s refuses %j, nothing is written', async (route, body, issue) => {
  for (const generation of old) {
    const { app, row } = await withStored(generation)

    const reply = await send(app, `PATCH ${path}${route}`, body)

    expect([reply.status, issuesOf(reply)]).toEqual([422, [issue]])
    expect(await row()).toEqual(ticketRow({ id: rowId(1) }))
  }
})

test.each(['/status', '/assign'])(
  '%s with another version in If-Match is refused, and an unknown ticket is a 404',
  async (route) => {
    const { app } = await withStored('legacy')
    const body = route === '/status' ? { status: 'open' } : { assigned_to_id: null }

    const replies = [
      await send(app, `PATCH ${path}${route}`, body, { 'If-Match': '"9"' }),
      await send(app, `PATCH /tickets/${rowId(2)}${route}`, body),
      await send(app, `PATCH ${path}${route}`, body, { 'If-Match': '"1"' }),
    ]

    expect(replies.map(({ status }) => status)).toEqual([412, 404, 200])
    expect(replies[2]?.headers.get('ETag')).toBe('"2"')
  },
)

test('legacy has no deprecation headers, transitional names the replacement', async () => {
  const legacy = await withStored('legacy')
  const transitional = await withStored('transitional')

  const [before, during] = [
    await send(legacy.app, `PATCH ${path}/status`, { status: 'open' }),
    await send(transitional.app, `PATCH ${path}/status`, { status: 'open' }),
  ]

  expect([before.headers.get('Deprecation'), before.headers.get('Link')]).toEqual([null, null])
  expect([during.headers.get('Deprecation'), during.headers.get('Link')]).toEqual([
    '@1757203200',
    '</docs/migration#ticket-status-and-assign-routes>; rel="deprecation"',
  ])
})

test.each([
  ['/status', { status: 'open' }, null],
  ['/assign', { assigned_to_id: null }, null],
  ['/assign', { reason: 'why' }, 'reason;use=assignment_reason'],
  ['/assign', { reason: 7 }, 'reason;use=assignment_reason'],
] as const)('transitional names the deprecated fields of PATCH %s with %j', async (route, body, used) => {
  const { app } = await withStored('transitional')

  const reply = await send(app, `PATCH ${path}${route}`, body)

  expect(reply.headers.get('Deprecated-Fields')).toBe(used)
})

test.each([
  ['current', {}],
  ['transitional', { Prefer: 'handling=strict' }],
] as const)('%s with %j refuses the retired routes', async (generation, headers) => {
  const { app, row } = await withStored(generation)

  const replies = [
    await send(app, `PATCH ${path}/status`, { status: 'open' }, headers),
    await send(app, `PATCH ${path}/assign`, { assigned_to_id: null }, headers),
  ]

  expect(replies.map(({ status }) => status)).toEqual([410, 410])
  expect(replies.map(({ json }) => json)).toMatchObject([
    { code: 'retired_route', replacement: 'PATCH /tickets/{ticket_id}' },
    { code: 'retired_route', replacement: 'PATCH /tickets/{ticket_id}' },
  ])
  expect(await row()).toEqual(ticketRow({ id: rowId(1) }))
})
