import { expect } from 'vitest'
import { ada, bearer, bob, column, fieldsOf, send } from '../send.ts'
import {
  createBackend,
  insertIntegration,
  insertTicket,
  issueItemsOf,
  newJira,
  storedIntegration,
  storedTicket,
  testDeviation,
  ticketPath,
} from './test-deviation.ts'

const typesOf = (json: unknown): readonly string[] => issueItemsOf(json).map(({ type }) => String(type))

testDeviation('types-of-its-own', async (backend) => {
  const { app } = backend

  const fields = { name: ' ', auth_type: 'x', base_url: 'x', default_priority: 5.5, sync_enabled: 'x' }
  const body = await send(app, 'POST /integrations/', newJira(backend, fields))
  const list = await send(app, 'POST /integrations/', [])
  const query = await send(app, 'GET /tickets/?created_after=x&sort_by=x')

  expect(typesOf(body.json).toSorted()).toEqual([
    'bool_parsing',
    'int_from_float',
    'value_error',
    'value_error',
    'value_error',
  ])
  expect(typesOf(list.json)).toEqual(['model_attributes_type'])
  expect(typesOf(query.json).toSorted()).toEqual(['datetime_from_date_parsing', 'string_pattern_mismatch'])
})

testDeviation('context-of-items', async ({ app }) => {
  const blank = await send(app, 'POST /tickets/', { title: ' ', description: 'B' })
  const unknown = await send(app, 'POST /tickets/', { title: 'A', description: 'B', priority: 'x' })
  const wrong = await send(app, 'POST /tickets/', { title: 5 })

  expect(issueItemsOf(blank.json).map(({ ctx }) => ctx)).toEqual([{ error: {} }])
  expect(issueItemsOf(unknown.json).map(({ ctx }) => ctx)).toEqual([{}])
  expect(issueItemsOf(wrong.json).map(({ ctx }) => ctx)).toEqual([undefined, undefined])
})

testDeviation('other-media-types-are-422', async ({ app }) => {
  const form = await send(app, 'POST /tickets/', 'title=A', { 'Content-Type': 'application/x-www-form-urlencoded' })
  const text = await send(app, 'POST /tickets/', { title: 'A', description: 'B' }, { 'Content-Type': 'text/plain' })

  expect([form.status, typesOf(form.json)]).toEqual([422, ['model_attributes_type']])
  expect([text.status, typesOf(text.json)]).toEqual([422, ['model_attributes_type']])
})

testDeviation('numbers-and-booleans-as-text', async (backend) => {
  const fields = { default_priority: '5', sync_frequency_minutes: true, sync_enabled: 'Yes' }

  const created = await send(backend.app, 'POST /integrations/', newJira(backend, fields))
  const wrong = await send(backend.app, 'POST /integrations/', newJira(backend, { default_priority: 'high' }))

  expect(fieldsOf(created)).toMatchObject({ default_priority: 5, sync_frequency_minutes: 1, sync_enabled: true })
  expect(wrong.status).toBe(422)
})

testDeviation('dates-as-times', async (backend) => {
  await insertTicket(backend, { created_at: '2025-09-01T00:00:00.000000Z' })

  const after = await send(backend.app, 'GET /tickets/?created_after=2025-09-01')
  const later = await send(backend.app, 'GET /tickets/?created_after=2025-09-02')

  expect([column(after, 'title'), column(later, 'title')]).toEqual([['Stored'], []])
})

testDeviation('other-forms-of-ids', async (backend) => {
  await insertTicket(backend)
  const short = ticketPath.replaceAll('-', '')

  const plain = await send(backend.app, `GET ${short}`)
  const braces = await send(backend.app, `GET ${ticketPath.replace(/([^/]+)$/, '%7B$1%7D')}`)
  const body = await send(backend.app, `PUT ${short}`, { assigned_to_id: '00000000000040008000000000000000' })
  const query = await send(backend.app, 'GET /tickets/?assigned_to_id=00000000000040008000000000000000')

  expect([plain.status, braces.status, query.status]).toEqual([200, 200, 200])
  // No user has this id. The database refuses it, not the parser.
  expect(body.status).toBe(500)
})

testDeviation('category-is-an-enum', async (backend) => {
  const replies = await Promise.all(
    [5, null, 'nope', 'TICKETING'].map((integration_category) =>
      send(backend.app, 'POST /integrations/', newJira(backend, { integration_category })),
    ),
  )

  expect(replies.map(({ json }) => typesOf(json))).toEqual([['enum'], ['enum'], ['enum'], ['enum']])
})

testDeviation('schemes-in-lower-case', async (backend) => {
  await insertIntegration(backend)

  const upper = await send(backend.app, 'POST /integrations/', newJira(backend, { base_url: 'HTTPS://x.example.test' }))
  const lower = await send(backend.app, 'POST /integrations/', newJira(backend, { base_url: 'https://x.example.test' }))

  expect([upper.status, lower.status]).toEqual([422, 200])
  expect(issueItemsOf(upper.json).map(({ loc }) => loc)).toEqual([['body', 'base_url']])
})

testDeviation('bodies-before-rows', async (backend) => {
  await insertTicket(backend, { resolution_summary: 'Done' })
  await insertIntegration(backend)
  const unknownRow = '/00000000-0000-4000-8000-000000000009'

  const patched = await send(backend.app, `PATCH /tickets${unknownRow}`, { title: '' })
  const put = await send(backend.app, `PUT /tickets${unknownRow}`, { title: '' })
  const updated = await send(backend.app, `PUT /integrations${unknownRow}`, { name: 5 })
  const closed = await send(backend.app, `PATCH ${ticketPath}`, { status: 'closed' })

  expect([patched, put, updated, closed].map(({ status }) => status)).toEqual([422, 422, 422, 422])
  expect((await storedTicket(backend))?.status).toBe('new')
  expect((await storedIntegration(backend))?.name).toBe('Stored')
})

testDeviation('assignees-of-any-organization', async ({ profile }) => {
  const two = await createBackend(profile, { users: [ada, bob] })
  await insertTicket(two, { organization_id: ada.organization_id, created_by_id: ada.id })

  const put = await send(two.app, `PUT ${ticketPath}`, { assigned_to_id: bob.id }, bearer(ada))

  expect(put.status).toBe(200)
  expect((await two.store.tickets.find(ada.organization_id, ticketPath.slice(9)))?.assigned_to_id).toBe(bob.id)
})
