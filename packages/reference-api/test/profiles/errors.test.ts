import { createMemoryStore, type UserDirectory } from '@ai-ticket-creator/reference-api'
import { expect, test } from 'vitest'
import { send } from '../send.ts'
import {
  createBackend,
  integrationPath,
  issueItemsOf,
  newJira,
  testDeviation,
  ticketPath,
  unknownId,
} from './test-deviation.ts'

const broken = () => Promise.reject(new Error('SELECT secret FROM users'))
const healthy = createMemoryStore()
const brokenStore = {
  ...healthy,
  integrations: { ...healthy.integrations, list: broken },
  tickets: { ...healthy.tickets, list: broken },
}
const brokenUsers: UserDirectory = { authenticate: broken, find: broken }

testDeviation('errors-without-code', async ({ app }) => {
  const lost = await send(app, `GET /integrations/${unknownId}`)
  const nowhere = await send(app, 'GET /nowhere')

  expect([lost.status, lost.json]).toEqual([404, { detail: 'Integration not found' }])
  expect([nowhere.status, nowhere.json]).toEqual([404, { detail: 'Not Found' }])
})

testDeviation('validation-echoes-input', async (backend) => {
  const { app } = backend
  const whole = newJira(backend, { auth_type: 'oauth2' })

  const wrongType = await send(app, 'POST /integrations/', newJira(backend, { name: 7 }))
  const missing = await send(app, 'POST /integrations/', newJira(backend, { name: undefined }))
  const rule = await send(app, 'POST /integrations/', whole)
  const query = await send(app, 'GET /integrations/?limit=0')
  const path = await send(app, 'GET /integrations/7')

  expect(issueItemsOf(wrongType.json)).toEqual([
    { type: 'string_type', loc: ['body', 'name'], msg: '`name` must be a string, not an integer', input: 7 },
  ])
  expect(issueItemsOf(missing.json)[0]).toMatchObject({
    loc: ['body', 'name'],
    input: { credentials: { api_token: 't0ken' } },
  })
  expect(issueItemsOf(rule.json)[0]).toMatchObject({
    type: 'value_error',
    loc: ['body'],
    input: whole,
    ctx: { error: {} },
  })
  expect(issueItemsOf(query.json)[0]).toMatchObject({ loc: ['query', 'limit'], input: '0' })
  expect(issueItemsOf(path.json)[0]).toMatchObject({ loc: ['path', 'integration_id'], input: '7' })
})

testDeviation('405-text', async ({ app }) => {
  const reply = await send(app, 'DELETE /integrations/')

  expect([reply.status, reply.json]).toEqual([405, { detail: 'Method Not Allowed' }])
})

testDeviation('allow-of-the-first-route', async ({ app }) => {
  const collection = await send(app, 'DELETE /integrations/')
  const item = await send(app, `POST ${integrationPath}`)

  expect([collection.status, collection.headers.get('Allow')]).toEqual([405, 'POST'])
  expect([item.status, item.headers.get('Allow')]).toEqual([405, 'GET'])
})

testDeviation('no-head', async ({ app }) => {
  const list = await app.fetch(new Request('http://api.example.test/api/v1/tickets/', { method: 'HEAD' }))
  const nowhere = await app.fetch(new Request('http://api.example.test/api/v1/nowhere', { method: 'HEAD' }))

  expect([list.status, list.headers.get('Allow'), nowhere.status]).toEqual([405, 'GET', 404])
})

testDeviation('json-faults-have-a-position', async ({ app }) => {
  const reply = await send(app, 'POST /tickets/', '{"title":"T"')

  expect([reply.status, issueItemsOf(reply.json)[0]?.['loc']]).toEqual([422, ['body', 12]])
})

testDeviation('ai-create-is-read-as-an-id', async ({ app }) => {
  const replies = await Promise.all(['GET', 'PUT', 'DELETE'].map((method) => send(app, `${method} /tickets/ai-create`)))

  expect(replies.map(({ status }) => status)).toEqual([422, 422, 422])
  expect(replies.map(({ json }) => issueItemsOf(json)[0]?.['loc'])).toEqual([
    ['path', 'ticket_id'],
    ['path', 'ticket_id'],
    ['path', 'ticket_id'],
  ])
})

testDeviation('absolute-redirects', async ({ app }) => {
  const reply = await send(app, 'GET /tickets?page=1')

  expect([reply.status, reply.headers.get('Location')]).toEqual([307, 'http://api.example.test/api/v1/tickets/?page=1'])
})

testDeviation('401-texts', async ({ app }) => {
  const none = await send(app, 'GET /integrations/', undefined, { Authorization: '' })
  const wrong = await send(app, 'GET /integrations/', undefined, { Authorization: 'Bearer nobody' })

  expect([none.status, none.json, none.headers.get('WWW-Authenticate')]).toEqual([
    401,
    { detail: 'Not authenticated' },
    'Bearer',
  ])
  expect([wrong.status, wrong.json]).toEqual([401, { detail: 'Invalid authentication credentials' }])
})

testDeviation('401-text', async ({ app }) => {
  const none = await send(app, 'GET /integrations/', undefined, { Authorization: '' })
  const wrong = await send(app, 'GET /integrations/', undefined, { Authorization: 'Bearer nobody' })

  expect([none.json, wrong.json]).toEqual([
    { detail: 'Authentication required' },
    { detail: 'Authentication required' },
  ])
})

testDeviation('patch-404-text', async ({ app }) => {
  const patched = await send(app, `PATCH ${ticketPath}`, { title: 'A' })
  const put = await send(app, `PUT ${ticketPath}`, { title: 'A' })

  expect([patched.status, patched.json]).toEqual([404, { detail: 'Ticket not found or not accessible' }])
  expect(put.json).toEqual({ detail: 'Ticket not found' })
})

testDeviation(
  'failures-of-routes',
  async ({ app }) => {
    const integrations = await send(app, 'GET /integrations/')
    const tickets = await send(app, 'GET /tickets/')

    expect([integrations.status, integrations.json]).toEqual([500, { detail: 'Failed to list integrations' }])
    expect([tickets.status, tickets.json]).toEqual([
      500,
      { detail: 'Failed to list tickets: SELECT secret FROM users' },
    ])
  },
  { store: brokenStore },
)

testDeviation(
  'failures-outside-of-routes',
  async ({ app }) => {
    const reply = await app.fetch(
      new Request(`http://api.example.test/api/v1${integrationPath}`, { headers: { Authorization: 'Bearer any' } }),
    )

    expect([reply.status, await reply.text()]).toEqual([500, 'Internal Server Error'])
    expect(reply.headers.get('Content-Type')).toBe('text/plain; charset=utf-8')
  },
  { users: brokenUsers },
)

test('malformed JSON has no input', async () => {
  const { app } = await createBackend('existing-refactored')

  const reply = await send(app, 'POST /tickets/', '{')

  expect(reply.json).toEqual({
    detail: [{ type: 'json_invalid', loc: ['body', 1], msg: 'the body is not valid JSON', input: null, ctx: {} }],
  })
})

testDeviation(
  'failures-outside-of-routes',
  async ({ app }) => {
    const reply = await app.fetch(new Request('http://api.example.test/api/v1/integrations/'))

    expect([reply.status, await reply.text(), [...reply.headers.keys()]]).toEqual([
      500,
      'Internal Server Error',
      ['content-type'],
    ])
  },
  {
    newRequestId: () => {
      throw new Error('no ids left')
    },
  },
)
