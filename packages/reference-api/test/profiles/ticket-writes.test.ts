import { DEFAULT_USER, type TicketRow } from '@ai-ticket-creator/reference-api'
import { expect, test } from 'vitest'
import { type Fields, fieldsOf, send } from '../send.ts'
import {
  type Backend,
  createBackend,
  insertIntegration,
  insertTicket,
  newTicket,
  storedTicket,
  testDeviation,
  ticketPath,
  unknownId,
} from './test-deviation.ts'

const put = (backend: Backend, body: Fields) => send(backend.app, `PUT ${ticketPath}`, body)
const patch = (backend: Backend, body: Fields) => send(backend.app, `PATCH ${ticketPath}`, body)

const filled: Partial<TicketRow> = {
  assigned_to_id: DEFAULT_USER.id,
  department: 'IT',
  resolution_summary: 'Done',
  internal_notes: 'Note',
  custom_fields: { a: 1 },
  attachments: [{ file_id: unknownId }],
}
const wiped: Partial<TicketRow> = {
  assigned_to_id: null,
  department: null,
  resolution_summary: null,
  internal_notes: null,
  custom_fields: null,
  attachments: null,
}

testDeviation('tickets-without-token', async (backend) => {
  await insertTicket(backend)
  const noToken = { Authorization: '' }

  const list = await send(backend.app, 'GET /tickets/', undefined, noToken)
  const put = await send(backend.app, `PUT ${ticketPath}`, { title: 'B' }, { Authorization: 'Bearer nobody' })
  const created = await send(backend.app, 'POST /tickets/', newTicket(backend), noToken)
  const drafted = await send(backend.app, 'POST /tickets/ai-create', { user_input: 'A' }, noToken)
  const integrations = await send(backend.app, 'GET /integrations/', undefined, noToken)

  expect([list.status, fieldsOf(list)['total'], put.status]).toEqual([200, 1, 200])
  expect([created.status, drafted.status, integrations.status]).toEqual([401, 401, 401])
})

test('with a user directory every endpoint needs a token', async () => {
  const users = { authenticate: async () => undefined, find: async () => undefined }
  const { app } = await createBackend('existing-legacy', { users })

  const reply = await send(app, 'GET /tickets/')

  expect(reply.status).toBe(401)
})

testDeviation('removed-ticket-routes', async (backend) => {
  await insertTicket(backend)

  const status = await send(backend.app, `PATCH ${ticketPath}/status`, { status: 'open' })
  const assign = await send(backend.app, `PATCH ${ticketPath}/assign`, {})
  const slash = await send(backend.app, `PATCH ${ticketPath}/assign/`, {})

  const gone = [404, { detail: 'Not Found' }]
  expect([status, assign, slash].map((reply) => [reply.status, reply.json])).toEqual([gone, gone, gone])
})

testDeviation('no-attachment-routes', async (backend) => {
  await insertTicket(backend)

  const list = await send(backend.app, `GET ${ticketPath}/attachments`)
  const add = await send(backend.app, `POST ${ticketPath}/attachments`, { attachments: [{ file_id: unknownId }] })

  expect([list.status, add.status, add.json]).toEqual([404, 404, { detail: 'Not Found' }])
})

testDeviation('unknown-assignee-fails', async (backend) => {
  await insertTicket(backend)
  const unknown = { assigned_to_id: unknownId }

  const created = await send(backend.app, 'POST /tickets/', { title: 'A', description: 'secret words', ...unknown })
  const written = await put(backend, unknown)
  const assigned = backend.isLegacy
    ? await send(backend.app, `PATCH ${ticketPath}/assign`, unknown)
    : await patch(backend, unknown)
  const malformed = await put(backend, { assigned_to_id: '7' })

  expect([created.status, written.status, assigned.status, malformed.status]).toEqual([500, 500, 500, 422])
  expect(created.text).toMatch(/^\{"detail":"Failed to create ticket: .*tickets_assigned_to_id_fkey.*secret words/)
  expect((await storedTicket(backend))?.assigned_to_id).toBe(null)
})

testDeviation('put-leaves-null-alone', async (backend) => {
  await insertTicket(backend, filled)

  const reply = await put(backend, { department: null, custom_fields: null, title: null, description: 'New' })

  expect(reply.status).toBe(200)
  expect(await storedTicket(backend)).toMatchObject({ ...filled, title: 'Stored', description: 'New' })
})

testDeviation('put-wipes', async (backend) => {
  await insertTicket(backend, filled)

  const some = await put(backend, { title: null, priority: 'high', department: 'HR', internal_notes: null })
  const first = await storedTicket(backend)
  await put(backend, { title: 'New' })

  expect([some.status, first]).toMatchObject([200, { ...wiped, department: 'HR', title: 'Stored', priority: 'high' }])
  expect(await storedTicket(backend)).toMatchObject({ ...wiped, title: 'New', priority: 'high' })
})

testDeviation('put-needs-no-summary', async (backend) => {
  await insertTicket(backend)

  const reply = await put(backend, { status: 'resolved' })

  expect([reply.status, fieldsOf(reply)['status']]).toEqual([200, 'resolved'])
})

testDeviation('put-sets-no-times', async (backend) => {
  await insertTicket(backend)

  const reply = await put(backend, { status: 'closed', resolution_summary: 'Done' })

  expect(fieldsOf(reply)).toMatchObject({ status: 'closed', resolved_at: null, closed_at: null })
  expect(await storedTicket(backend)).toMatchObject({ status: 'closed', resolved_at: null, closed_at: null })
})

testDeviation('put-takes-any-integration', async (backend) => {
  await insertIntegration(backend, { status: backend.isLegacy ? 'active' : 'suspended' })
  await insertTicket(backend)
  const { integration_id, integration } = newTicket(backend)

  const reply = await put(backend, { integration_id, integration })
  const stored = await storedTicket(backend)
  const lost = await put(backend, backend.isLegacy ? { integration: 'Lost' } : { integration_id: unknownId })
  const other = await put(backend, { title: 'B' })

  expect([reply.status, stored?.integration_id]).toEqual([200, 'aaaaaaaa-0000-4000-8000-000000000001'])
  expect([lost.status, other.status]).toEqual([500, 200])
  expect(lost.text).toContain('tickets_integration_id_fkey')
  expect((await storedTicket(backend))?.integration_id).toBe('aaaaaaaa-0000-4000-8000-000000000001')
})

testDeviation('patch-has-tighter-limits', async (backend) => {
  await insertTicket(backend)

  const fits = await patch(backend, { title: '𝒳'.repeat(200), description: 'd'.repeat(10_000) })
  const title = await patch(backend, { title: 't'.repeat(201) })
  const description = await patch(backend, { description: 'd'.repeat(10_001) })

  expect([fits.status, title.status, description.status]).toEqual([200, 422, 422])
})

testDeviation('patch-drops-nulls', async (backend) => {
  await insertTicket(backend, filled)

  const some = await patch(backend, { department: null, title: 'New' })
  const alone = await patch(backend, { assigned_to_id: null })
  const empty = await patch(backend, { colour: 'red' })

  expect([some.status, await storedTicket(backend)]).toMatchObject([200, { department: 'IT', title: 'New' }])
  expect([alone, empty].map((reply) => [reply.status, reply.json])).toEqual([
    [400, { detail: 'At least one field must be provided for update' }],
    [400, { detail: 'At least one field must be provided for update' }],
  ])
})

testDeviation('patch-ignores-fields', async (backend) => {
  await insertTicket(backend)

  const reply = await patch(backend, {
    due_date: '2025-10-01T00:00:00Z',
    tags: ['a'],
    assignment_reason: 'Because',
    title: 'New',
  })
  const alone = await patch(backend, { tags: ['a'] })

  expect([reply.status, alone.status]).toEqual([200, 200])
  expect(await storedTicket(backend)).toMatchObject({
    sla_due_date: null,
    tags: [],
    assignment_reason: null,
    title: 'New',
  })
})

testDeviation('missing-summary-is-a-rule-of-the-body', async (backend) => {
  await insertTicket(backend, { resolution_summary: 'Done' })

  const reply = backend.isLegacy
    ? await send(backend.app, `PATCH ${ticketPath}/status`, { status: 'resolved' })
    : await patch(backend, { status: 'resolved' })

  expect([reply.status, fieldsOf(reply)['detail']]).toMatchObject([
    422,
    [{ type: 'value_error', loc: ['body'], input: { status: 'resolved' }, ctx: { error: {} } }],
  ])
})

testDeviation('patch-sets-no-times', async (backend) => {
  await insertTicket(backend)

  const reply = await patch(backend, { status: 'closed', resolution_summary: 'Done' })

  expect([reply.status, fieldsOf(reply)['status'], fieldsOf(reply)['closed_at']]).toEqual([200, 'closed', null])
  expect((await storedTicket(backend))?.resolved_at).toBe(null)
})
