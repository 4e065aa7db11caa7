import { GENERATIONS } from '@ai-ticket-creator/domain'
import { createApp, createMemoryStore, type TicketRow } from '@ai-ticket-creator/reference-api'
import { expect, test } from 'vitest'
import { handClock } from './hand-clock.ts'
import { rowId, ticketRow } from './rows.ts'
import { send } from './send.ts'

async function withTickets(rows: readonly Partial<TicketRow>[], generation: 'legacy' | 'transitional' | 'current') {
  const store = createMemoryStore()
  for (const [index, row] of rows.entries()) await store.tickets.insert(ticketRow({ id: rowId(index), ...row }))
  return createApp({ store, generation, clock: handClock().clock })
}

const noCategory = {
  technical: 0,
  billing: 0,
  feature_request: 0,
  bug: 0,
  user_access: 0,
  general: 0,
  integration: 0,
  performance: 0,
  security: 0,
}
const noPriority = { low: 0, medium: 0, high: 0, critical: 0 }
const noStatus = { new: 0, open: 0, in_progress: 0, pending: 0, resolved: 0, closed: 0, cancelled: 0 }

test.each(GENERATIONS)('%s: counts the tickets of the organization, without deleted ones', async (generation) => {
  const created_at = '2025-09-06T08:00:00.000000Z'
  const past = '2025-09-06T11:59:59.000000Z'
  const app = await withTickets(
    [
      { created_at, sla_due_date: past, priority: 'high' },
      { created_at, status: 'open', category: 'bug', sla_due_date: '2025-09-06T12:00:01.000000Z' },
      { created_at, status: 'in_progress', first_response_at: '2025-09-06T08:20:00.000000Z' },
      { created_at, status: 'pending', priority: 'critical', first_response_at: '2025-09-06T09:00:00.000000Z' },
      {
        created_at,
        status: 'resolved',
        sla_due_date: past,
        resolved_at: '2025-09-06T09:00:00.000000Z',
        satisfaction_rating: 5,
      },
      {
        created_at,
        status: 'closed',
        resolved_at: '2025-09-06T08:30:00.000000Z',
        satisfaction_rating: 4,
      },
      { created_at, status: 'cancelled', satisfaction_rating: 4 },
      // A newer version may have written it.
      { created_at, status: 'parked' as TicketRow['status'] },
      { created_at, deleted_at: past },
      { created_at, organization_id: '20000000-0000-4000-8000-000000000002' },
    ],
    generation,
  )

  const reply = await send(app, 'GET /tickets/stats/overview')

  expect([reply.status, reply.json]).toEqual([
    200,
    {
      total_tickets: 8,
      open_tickets: 3,
      resolved_tickets: 1,
      overdue_tickets: 1,
      high_priority_tickets: 2,
      avg_resolution_time_hours: 0.75,
      avg_first_response_time_hours: 0.67,
      satisfaction_score: 4.33,
      category_distribution: { ...noCategory, general: 7, bug: 1 },
      priority_distribution: { ...noPriority, medium: 6, high: 1, critical: 1 },
      status_distribution: {
        new: 1,
        open: 1,
        in_progress: 1,
        pending: 1,
        resolved: 1,
        closed: 1,
        cancelled: 1,
        parked: 1,
      },
    },
  ])
})

test('without tickets every count is 0, and there are no averages', async () => {
  const app = await withTickets([], 'current')

  expect((await send(app, 'GET /tickets/stats/overview')).json).toEqual({
    total_tickets: 0,
    open_tickets: 0,
    resolved_tickets: 0,
    overdue_tickets: 0,
    high_priority_tickets: 0,
    avg_resolution_time_hours: null,
    avg_first_response_time_hours: null,
    satisfaction_score: null,
    category_distribution: noCategory,
    priority_distribution: noPriority,
    status_distribution: noStatus,
  })
})
