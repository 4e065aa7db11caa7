import { PROFILES } from '@ai-ticket-creator/reference-api'
import { expect, test } from 'vitest'
import { ada, bearer, bob, column, fieldsOf, itemsOf, send } from '../send.ts'
import { createBackend, insertTicket, testDeviation, unknownId } from './test-deviation.ts'

const CURRENT_PROFILES = PROFILES.filter((profile) => profile !== 'existing-legacy')

testDeviation('filters-in-a-body', async (backend) => {
  await insertTicket(backend)

  const filters = 'status=closed&category=bug&priority=high&urgency=high&tags=a'
  const known = await send(backend.app, `GET /tickets/?${filters}`)
  const unknown = await send(backend.app, 'GET /tickets/?status=asleep')

  expect([known, unknown].map((reply) => [reply.status, column(reply, 'title')])).toEqual([
    [200, ['Stored']],
    [200, ['Stored']],
  ])
})

testDeviation('integration-filter-ignored', async (backend) => {
  await insertTicket(backend)

  const reply = await send(
    backend.app,
    `GET /tickets/?${backend.isLegacy ? 'integration=Lost' : `integration_id=${unknownId}`}`,
  )
  const malformed = await send(backend.app, 'GET /tickets/?integration_id=7')

  expect([reply.status, column(reply, 'title')]).toEqual([200, ['Stored']])
  expect(malformed.status).toBe(backend.isLegacy ? 200 : 422)
})

testDeviation('filters-without-effect', async (backend) => {
  await insertTicket(backend)

  const reply = await send(
    backend.app,
    'GET /tickets/?has_attachments=true&escalation_level=5&satisfaction_rating=1&source_channel=phone&updated_after=2026-01-01T00:00:00Z&resolved_before=2020-01-01T00:00:00Z',
  )
  const malformed = await send(backend.app, 'GET /tickets/?has_attachments=perhaps')
  const effective = await send(backend.app, 'GET /tickets/?department=IT')

  expect([reply.status, column(reply, 'title')]).toEqual([200, ['Stored']])
  expect([malformed.status, itemsOf(effective)]).toEqual([422, []])
})

testDeviation('not-overdue-is-no-filter', async (backend) => {
  await insertTicket(backend, { sla_due_date: '2025-09-02T00:00:00.000000Z' })

  const not = await send(backend.app, 'GET /tickets/?is_overdue=false')
  const overdue = await send(backend.app, 'GET /tickets/?is_overdue=true')

  expect([itemsOf(not).length, itemsOf(overdue).length]).toEqual([1, 1])
})

testDeviation('short-items', async (backend) => {
  await insertTicket(backend)

  const [item] = itemsOf(await send(backend.app, 'GET /tickets/'))

  expect(Object.keys(item ?? {})).toEqual([
    'id',
    'created_at',
    'updated_at',
    'title',
    'display_title',
    'category',
    'subcategory',
    'priority',
    'urgency',
    'status',
    'department',
    'source_channel',
    'last_activity_at',
    'communication_count',
    'escalation_level',
    'is_overdue',
    'is_high_priority',
    'age_in_hours',
    'file_count',
  ])
})

testDeviation('q-has-wildcards', async (backend) => {
  const titles = ['100% paper', '100 paper', 'C:\\temp', 'axb']
  for (const [n, title] of titles.entries())
    await insertTicket(backend, {
      id: `bbbbbbbb-0000-4000-8000-00000000000${n}`,
      title,
      description: 'D',
      created_at: `2025-09-0${n + 1}T00:00:00.000000Z`,
    })
  const found = async (q: string) =>
    column(await send(backend.app, `GET /tickets/?sort_order=asc&q=${encodeURIComponent(q)}`), 'title')

  expect(await found('%')).toEqual(titles)
  expect(await found('100% PAPER')).toEqual(['100% paper', '100 paper'])
  expect(await found('a_b')).toEqual(['axb'])
  expect(await found('C:\\temp')).toEqual([])
  expect(await found('C:\\\\temp')).toEqual(['C:\\temp'])
})

testDeviation('tickets-without-stable-order', async (backend) => {
  for (const n of [1, 2, 3, 4])
    await insertTicket(backend, { id: `bbbbbbbb-0000-4000-8000-00000000000${n}`, priority: n === 4 ? 'low' : 'high' })
  const page = async (n: number) => send(backend.app, `GET /tickets/?sort_by=priority&size=2&page=${n}`)

  const [first, second, third] = [await page(1), await page(2), await page(3)]

  const ids = [...column(first, 'id'), ...column(second, 'id')]
  // Page 2 repeats a ticket of page 1 and misses another.
  expect([ids.length, new Set(ids).size]).toEqual([4, 3])
  expect([first, second, third].map((reply) => [fieldsOf(reply)['total'], fieldsOf(reply)['has_next']])).toEqual([
    [4, true],
    [4, false],
    [4, false],
  ])
  expect(column(third, 'id')).toEqual([])
})

test.each(CURRENT_PROFILES)('%s, statistics-of-all-organizations: two organizations are mixed', async (profile) => {
  const mixed = await createBackend(profile, { users: [ada, bob] })
  await insertTicket(mixed, { organization_id: ada.organization_id, priority: 'high', status: 'open' })
  await insertTicket(mixed, {
    id: unknownId,
    organization_id: bob.organization_id,
    priority: 'critical',
    status: 'new',
  })

  const stats = fieldsOf(await send(mixed.app, 'GET /tickets/stats/overview', undefined, bearer(ada)))

  expect(stats).toMatchObject({ total_tickets: 1, open_tickets: 1, high_priority_tickets: 2 })
  expect(stats['priority_distribution']).toEqual({ high: 1, critical: 1 })
  expect(stats['status_distribution']).toEqual({ open: 1, new: 1 })
})

testDeviation('statistics-of-all-organizations', async (backend) => {
  await insertTicket(backend, { priority: 'low' })

  const stats = fieldsOf(await send(backend.app, 'GET /tickets/stats/overview'))

  expect(stats['priority_distribution']).toEqual({ low: 1 })
})

testDeviation('averages-always-null', async (backend) => {
  await insertTicket(backend, { resolved_at: '2025-09-02T00:00:00.000000Z', satisfaction_rating: 5 })

  const stats = fieldsOf(await send(backend.app, 'GET /tickets/stats/overview'))

  expect(stats).toMatchObject({
    total_tickets: 1,
    avg_resolution_time_hours: null,
    avg_first_response_time_hours: null,
    satisfaction_score: null,
  })
})
