// Counts that include tickets of other organizations (existing backend: ticket statistics).
import { expect, test } from 'vitest'
import type { Drift } from '../src/index.ts'
import { connect, connectTo, failureOf } from './backend.ts'

const stats = {
  total_tickets: 2,
  open_tickets: 1,
  resolved_tickets: 1,
  overdue_tickets: 0,
  high_priority_tickets: 1,
  avg_resolution_time_hours: null,
  avg_first_response_time_hours: null,
  satisfaction_score: null,
  category_distribution: { general: 2 },
  priority_distribution: { high: 1, medium: 1 },
  status_distribution: { open: 1, resolved: 1 },
}

test.each([
  ['status_distribution', { open: 3, resolved: 1 }],
  ['priority_distribution', { high: 1, medium: 1, low: 5 }],
  ['category_distribution', { general: 1 }],
  ['overdue_tickets', 3],
  ['high_priority_tickets', 7],
])('a reply whose `%s` disagrees with its total is reported, and refused under strict', async (field, value) => {
  const drifts: Drift[] = []
  const { client } = connectTo(() => Response.json({ ...stats, [field]: value }), {
    onDrift: (drift) => drifts.push(drift),
  })

  const shown = await client.tickets.stats()
  const error = await failureOf(client.withOptions({ validation: 'strict' }).tickets.stats())

  expect(shown).toMatchObject({ total_tickets: 2, [field]: value })
  expect(drifts).toMatchObject([{ kind: 'mismatch', endpoint: 'tickets.stats', path: field }])
  expect(error).toMatchObject({ name: 'ResponseMismatchError', mismatches: [{ path: field }] })
})

test('statistics that agree are no deviation', async () => {
  const drifts: Drift[] = []
  const onDrift = (drift: Drift) => drifts.push(drift)
  const { client } = connectTo(() => Response.json(stats), { onDrift })
  const { client: reference } = connect({ onDrift, validation: 'strict' })
  await reference.tickets.create({ title: 'A', description: 'B', priority: 'critical' })

  await client.tickets.stats()
  await reference.tickets.stats()

  expect(drifts).toEqual([])
})
