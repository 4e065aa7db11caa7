import { expect } from 'vitest'
import { column, fieldsOf, idOf, send } from '../send.ts'
import {
  allTickets,
  insertIntegration,
  insertTicket,
  integrationPath,
  newJira,
  newTicket,
  storedIntegration,
  testDeviation,
  ticketPath,
  unknownId,
} from './test-deviation.ts'

testDeviation('unknown-keys-ignored', async (backend) => {
  const fields = { id: unknownId, enabled: false, platform_name: 'slack', colour: 'red' }

  const reply = await send(backend.app, 'POST /integrations/?colour=red&enabled=0', newJira(backend, fields))

  await insertTicket(backend)
  const put = await send(backend.app, `PUT ${ticketPath}`, { id: unknownId, title: 'B' })

  expect([reply.status, fieldsOf(reply)['integration_type']]).toEqual([200, 'jira'])
  expect([put.status, reply.headers.has('Ignored-Fields')]).toEqual([200, false])
  expect(await storedIntegration(backend, idOf(reply))).toMatchObject({ platform_name: 'jira', enabled: true })
})

testDeviation('unknown-and-old-keys-ignored', async (backend) => {
  const { app } = backend
  await insertIntegration(backend)

  const filtered = await send(app, 'GET /integrations/?integration_type=slack&is_enabled=false')
  const misspelt = await send(app, 'POST /integrations/', newJira(backend, { descripton: 'A' }))
  const named = await send(app, 'POST /tickets/', { title: 'A', description: 'B', integration_name: 'Stored' })

  expect([filtered.status, column(filtered, 'name')]).toEqual([200, ['Stored']])
  expect([misspelt.status, fieldsOf(misspelt)['description']]).toEqual([200, null])
  expect([named.status, fieldsOf(named)['integration_result']]).toEqual([201, null])
  expect((await allTickets(backend))[0]?.integration_id).toBe(null)
})

testDeviation('no-enabled-in-bodies', async (backend) => {
  await insertIntegration(backend)

  const created = await send(backend.app, 'POST /integrations/', newJira(backend, { is_enabled: false }))
  await send(backend.app, `PUT ${integrationPath}`, { is_enabled: false, name: 'B' })

  expect((await storedIntegration(backend, idOf(created)))?.enabled).toBe(true)
  expect(await storedIntegration(backend)).toMatchObject({ enabled: true, status: 'active', name: 'B' })
})

testDeviation('only-integration-field', async (backend) => {
  await insertIntegration(backend)
  const { app } = backend

  const known = await send(app, 'POST /tickets/', newTicket(backend))
  const others = await send(app, 'POST /tickets/', {
    ...newTicket(backend, { integration: undefined }),
    integration_name: 'Stored',
    integration_routing: 'jira',
    integration_preference: 'Stored',
  })

  expect([known, others].map((reply) => fieldsOf(reply)['external_ticket_id'])).toEqual(['JIRA-1', null])
})

testDeviation('no-platform-filter', async (backend) => {
  await insertIntegration(backend)

  const reply = await send(backend.app, 'GET /integrations/?platform_name=slack')

  expect([reply.status, column(reply, 'name')]).toEqual([200, ['Stored']])
})

testDeviation('no-attachments-in-bodies', async (backend) => {
  await insertTicket(backend)
  const attachments = [{ file_id: unknownId }]

  const created = await send(backend.app, 'POST /tickets/', { title: 'A', description: 'B', attachments })
  const put = await send(backend.app, `PUT ${ticketPath}`, { attachments, title: 'C' })
  const patched = await send(backend.app, `PATCH ${ticketPath}`, { attachments, title: 'D' })

  expect([created.status, put.status, patched.status]).toEqual([201, 200, 200])
  expect((await allTickets(backend)).map((ticket) => ticket.attachments)).toEqual([null, null])
})

testDeviation('types-in-exact-case', async (backend) => {
  const create = await send(backend.app, 'POST /integrations/', newJira(backend, { integration_type: 'JIRA' }))
  const list = await send(backend.app, 'GET /integrations/?integration_type=JIRA')

  expect([create.status, list.status]).toEqual([422, 422])
  expect(fieldsOf(list)['detail']).toEqual([
    {
      type: 'enum',
      loc: ['query', 'integration_type'],
      msg: '`integration_type` must be one of the known types, in lower case',
      input: 'JIRA',
      ctx: {},
    },
  ])
})

testDeviation('create-takes-null', async (backend) => {
  const { app } = backend

  const nullable = await send(app, 'POST /integrations/', newJira(backend, { region: null }))
  const credentials = await send(app, 'POST /integrations/', newJira(backend, { credentials: null }))
  const category = await send(app, 'POST /tickets/', { title: 'A', description: 'B', category: null })
  const urgency = await send(app, 'POST /tickets/', { title: 'A', description: 'B', urgency: null })
  const draft = await send(app, 'POST /tickets/ai-create', { user_input: null })

  expect([nullable.status, fieldsOf(nullable)['region']]).toEqual([200, null])
  expect([credentials, category, urgency, draft].map(({ status }) => status)).toEqual([422, 422, 422, 422])
})

testDeviation('fewer-limits', async (backend) => {
  await insertIntegration(backend)
  const secret = 's'.repeat(1000)
  const disable = backend.isLegacy ? { status: 'inactive' } : { enabled: false }

  const created = await send(
    backend.app,
    'POST /integrations/',
    newJira(backend, { webhook_secret: secret, environment: ' ' }),
  )
  const disabled = await send(backend.app, `PATCH ${integrationPath}/status`, { ...disable, reason: 'r'.repeat(600) })

  expect([created.status, disabled.status]).toEqual([200, 200])
  expect(await storedIntegration(backend, idOf(created))).toMatchObject({ webhook_secret: secret, environment: '' })
  // `Disabled: ` and the 600 characters of the reason.
  expect((await storedIntegration(backend))?.last_error_message).toHaveLength(610)
})
