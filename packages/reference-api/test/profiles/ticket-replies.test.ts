import { createApp, DEFAULT_USER, type Profile, type TicketRow } from '@ai-ticket-creator/reference-api'
import { expect, test } from 'vitest'
import { type Fields, fieldsOf, itemsOf, send } from '../send.ts'
import {
  type Backend,
  createBackend,
  insertIntegration,
  insertTicket,
  newDraft,
  newTicket,
  testDeviation,
  ticketPath,
  unknownId,
} from './test-deviation.ts'

const filed: Partial<TicketRow> = {
  integration_id: 'aaaaaaaa-0000-4000-8000-000000000001',
  integration_result: {
    success: true,
    integration_id: 'aaaaaaaa-0000-4000-8000-000000000001',
    platform_name: 'jira',
    external_ticket_id: 'JIRA-7',
    external_ticket_url: 'https://one.example.test/JIRA-7',
    error_message: null,
    response: null,
  },
}

const read = async (backend: Backend): Promise<Fields> => fieldsOf(await send(backend.app, `GET ${ticketPath}`))

/** The replies of create, and of ai-create where it can succeed. */
async function create(backend: Backend): Promise<readonly Fields[]> {
  const created = await send(backend.app, 'POST /tickets/', newTicket(backend))
  if (!backend.isLegacy) return [fieldsOf(created)]
  const drafted = await send(backend.app, 'POST /tickets/ai-create', newDraft(backend))
  return [fieldsOf(created), fieldsOf({ json: fieldsOf(drafted)['ticket'] })]
}

testDeviation('no-integration-id', async (backend) => {
  await insertIntegration(backend)
  await insertTicket(backend, filed)

  const shown = [...(await create(backend)), await read(backend), ...itemsOf(await send(backend.app, 'GET /tickets/'))]

  expect(shown.map((ticket) => ['integration_id', 'integration_name'].some((name) => name in ticket))).toEqual(
    shown.map(() => false),
  )
})

testDeviation('older-form-of-replies', async (backend) => {
  await insertTicket(backend, { ...filed, assigned_to_id: DEFAULT_USER.id, attachments: [{ file_id: unknownId }] })

  const ticket = await read(backend)

  expect(ticket).toMatchObject({
    assignee: { id: DEFAULT_USER.id, display_name: 'Agent' },
    files: [{ id: unknownId }],
    external_ticket_id: 'JIRA-7',
    external_ticket_url: 'https://one.example.test/JIRA-7',
  })
  expect(['assigned_to_id', 'attachments'].filter((name) => name in ticket)).toEqual([])
})

testDeviation('empty-routing', async (backend) => {
  await insertTicket(backend, filed)

  expect((await read(backend))['integration_routing']).toBe(null)
})

testDeviation('files-never-null', async (backend) => {
  await insertTicket(backend)

  expect((await read(backend))['files']).toEqual([])
})

testDeviation('result-on-create-only', async (backend) => {
  await insertIntegration(backend)
  await insertTicket(backend, filed)

  const created = await create(backend)
  const later = await read(backend)
  const written = fieldsOf(await send(backend.app, `PUT ${ticketPath}`, { title: 'New' }))

  expect(created.map((ticket) => ticket['integration_result'])).toMatchObject(created.map(() => ({ success: true })))
  expect([later, written].map((ticket) => [ticket['integration_result'], ticket['external_ticket_id']])).toEqual([
    [null, 'JIRA-7'],
    [null, 'JIRA-7'],
  ])
})

const resultKeys = (tickets: readonly Fields[]): unknown =>
  tickets.map((ticket) => Object.keys(fieldsOf({ json: ticket['integration_result'] })).toSorted())

testDeviation('result-without-platform', async (backend) => {
  await insertIntegration(backend)

  const created = await create(backend)

  const keys = ['error_message', 'external_ticket_id', 'external_ticket_url', 'integration_id', 'response', 'success']
  expect(resultKeys(created)).toEqual(created.map(() => keys))
})

testDeviation('result-with-name', async (backend) => {
  await insertIntegration(backend)

  const created = await create(backend)

  const keys = ['error_message', 'external_ticket_id', 'external_ticket_url', 'integration_name', 'response', 'success']
  expect(resultKeys(created)).toEqual([keys, keys])
  expect(created[0]?.['integration_result']).toMatchObject({ integration_name: 'Stored' })
})

testDeviation('never-overdue', async (backend) => {
  await insertTicket(backend, { sla_due_date: '2025-09-02T00:00:00.000000Z' })

  const one = await read(backend)
  const [item] = itemsOf(await send(backend.app, 'GET /tickets/?is_overdue=true'))

  expect([one['is_overdue'], item?.['is_overdue']]).toEqual([false, false])
})

testDeviation('no-analysis-on-tickets', async (backend) => {
  const reference = createApp({ store: backend.store })
  const drafted = fieldsOf(await send(reference, 'POST /tickets/ai-create', { user_input: 'A' }))
  const ticket = fieldsOf({ json: drafted['ticket'] })

  const shown = fieldsOf(await send(backend.app, `GET /tickets/${String(ticket['id'])}`))

  expect(ticket).toMatchObject({ ai_analysis: expect.any(Object) })
  expect(shown['ai_analysis']).toBe(null)
})

test.each<[Profile, object | null]>([
  ['existing-legacy', null],
  ['existing-refactored', null],
  ['existing-latest', null],
])('%s: an internal ticket has no result', async (profile, result) => {
  const backendOf = await createBackend(profile)

  const created = fieldsOf(await send(backendOf.app, 'POST /tickets/', { title: 'A', description: 'B' }))

  expect(created['integration_result']).toBe(result)
})
