import { expect } from 'vitest'
import { column, fieldsOf, itemsOf, send } from '../send.ts'
import { keepTicket, row, unknownId } from './row.ts'

row('filters-in-a-body', async (backend) => {
  await keepTicket(backend)

  const words = 'status=closed&category=bug&priority=high&urgency=high&tags=a'
  const known = await send(backend.app, `GET /tickets/?${words}`)
  const unknown = await send(backend.app, 'GET /tickets/?status=asleep')

  expect([known, unknown].map((reply) => [reply.status, column(reply, 'title')])).toEqual([
    [200, ['Stored']],
    [200, ['Stored']],
  ])
})

row('integration-filter-ignored', async (backend) => {
  await keepTicket(backend)

  const reply = await send(
    backend.app,
    `GET /tickets/?${backend.old ? 'integration=Lost' : `integration_id=${unknownId}`}`,
  )
  const malformed = await send(backend.app, 'GET /tickets/?integration_id=7')

  expect([reply.status, column(reply, 'title')]).toEqual([200, ['Stored']])
  expect(malformed.status).toBe(backend.old ? 200 : 422)
})

row('filters-without-effect', async (backend) => {
  await keepTicket(backend)

  const reply = await send(
    backend.app,
    'GET /tickets/?has_attachments=true&escalation_level=5&satisfaction_rating=1&source_channel=phone&updated_after=2026-01-01T00:00:00Z&resolved_before=2020-01-01T00:00:00Z',
  )
  const malformed = await send(backend.app, 'GET /tickets/?has_attachments=perhaps')
  const effective = await send(backend.app, 'GET /tickets/?department=IT')

  expect([reply.status, column(reply, 'title')]).toEqual([200, ['Stored']])
  expect([malformed.status, itemsOf(effective)]).toEqual([422, []])
})

row('not-overdue-is-no-filter', async (backend) => {
  await keepTicket(backend, { sla_due_date: '2025-09-02T00:00:00.000000Z' })

  const not = await send(backend.app, 'GET /tickets/?is_overdue=false')
  const overdue = await send(backend.app, 'GET /tickets/?is_overdue=true')

  expect([itemsOf(not).length, itemsOf(overdue).length]).toEqual([1, 1])
})

row('short-items', async (backend) => {
  await keepTicket(backend)

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

row('averages-always-null', async (backend) => {
  await keepTicket(backend, { resolved_at: '2025-09-02T00:00:00.000000Z', satisfaction_rating: 5 })

  const stats = fieldsOf(await send(backend.app, 'GET /tickets/stats/overview'))

  expect(stats).toMatchObject({
    total_tickets: 1,
    avg_resolution_time_hours: null,
    avg_first_response_time_hours: null,
    satisfaction_score: null,
  })
})
