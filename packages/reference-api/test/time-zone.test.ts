import { createApp, createMemoryStore } from '@ai-ticket-creator/reference-api'
import { expect, test, vi } from 'vitest'
import { ticketRow } from './rows.ts'
import { fieldsOf, send } from './send.ts'

vi.stubEnv('TZ', 'Asia/Tokyo')

test('this file runs in a time zone of UTC+9', () => {
  expect(new Date('2025-09-06T12:00:00Z').getTimezoneOffset()).toBe(-540)
})

test.each([
  ['created_after=2025-09-01T08:00:00', 1],
  ['created_after=2025-09-01T08:00:01', 0],
  ['created_before=2025-09-01T08:00:00', 1],
  ['created_before=2025-09-01T07:59:59', 0],
  ['created_after=2025-09-01T08:00', 1],
  ['created_after=2025-09-01T17:00:00%2B09:00', 1],
  ['created_after=2025-09-01T17:00:01%2B09:00', 0],
])('`%s`: a time without offset is UTC, not local time', async (query, total) => {
  const store = createMemoryStore()
  await store.tickets.insert(ticketRow({ created_at: '2025-09-01T08:00:00.000000Z' }))
  const app = createApp({ store })

  const reply = await send(app, `GET /tickets/?${query}`)

  expect([reply.status, fieldsOf(reply)['total']]).toEqual([200, total])
})

test('replies show UTC', async () => {
  const app = createApp()

  const reply = await send(app, 'POST /tickets/', { title: 'T', description: 'D' })

  expect(fieldsOf(reply)['created_at']).toBe('2025-09-06T12:00:00.000000Z')
})
