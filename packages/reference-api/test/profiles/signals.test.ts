import { expect } from 'vitest'
import { column, send } from '../send.ts'
import { allTickets, insertIntegration, integrationPath, testDeviation } from './test-deviation.ts'

testDeviation('no-generation-header', async ({ app }) => {
  const listed = await send(app, 'GET /integrations/')
  const lost = await send(app, 'GET /nowhere')

  expect([listed, lost].flatMap(({ headers }) => [...headers.keys()])).toEqual(['content-type', 'content-type'])
})

testDeviation('no-request-ids', async ({ app }) => {
  const reply = await send(app, 'GET /integrations/', undefined, { 'X-Request-Id': 'mine' })

  expect(reply.headers.has('X-Request-Id')).toBe(false)
})

testDeviation('no-versions', async (backend) => {
  await insertIntegration(backend, { revision: 7 })

  const read = await send(backend.app, `GET ${integrationPath}`)
  const deleted = await send(backend.app, `DELETE ${integrationPath}`, undefined, { 'If-Match': '"1"' })

  expect([read.headers.has('ETag'), deleted.status]).toEqual([false, 200])
})

testDeviation('no-idempotency-keys', async (backend) => {
  const ticket = { title: 'Printer', description: 'It burns' }
  const key = { 'Idempotency-Key': 'once' }

  await send(backend.app, 'POST /tickets/', ticket, key)
  const again = await send(backend.app, 'POST /tickets/', ticket, key)

  expect([again.status, again.headers.has('Idempotency-Replayed')]).toEqual([201, false])
  expect(await allTickets(backend)).toHaveLength(2)
})

testDeviation('no-cursors', async (backend) => {
  await insertIntegration(backend)
  await insertIntegration(backend, { id: 'aaaaaaaa-0000-4000-8000-000000000002' })

  const first = await send(backend.app, 'GET /integrations/?limit=1')
  const made = await send(backend.app, 'GET /integrations/?cursor=whatever&offset=1')

  expect([first.headers.has('Link'), made.status, column(made, 'name')]).toEqual([false, 200, ['Stored']])
})
