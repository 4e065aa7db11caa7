import { expect, test } from 'vitest'
import { connect, connectTo, failureOf, requestLines } from './backend.ts'

const headers = { 'X-Tenant': 'acme', 'X-Trace': 'client' }

test('headers of the client are sent with every request, and those of a call override them', async () => {
  const { client, seen } = connect({ headers })

  await client.tickets.list({}, { headers: { 'X-Trace': 'call' } })
  await client.tickets.list()

  expect(seen.map((request) => [request.headers['x-tenant'], request.headers['x-trace']])).toEqual([
    ['acme', 'call'],
    ['acme', 'client'],
  ])
})

test('headers of the client override those that the client makes', async () => {
  const { client, seen } = connect({
    consumer: 'billing@1.4',
    headers: { 'X-Client': 'gateway', Authorization: 'Basic x' },
  })

  await client.tickets
    .list()
    .withResponse()
    .catch(() => {})

  expect(seen[0]?.headers).toMatchObject({ 'x-client': 'gateway', authorization: 'Basic x' })
})

test('no message shows the value of a header of the client', async () => {
  const { client } = connectTo(() => Response.json({ detail: 'unknown key s3cr3t-k3y-12345' }, { status: 403 }), {
    headers: { 'X-Api-Key': 's3cr3t-k3y-12345' },
  })

  const error = await failureOf(client.tickets.list())

  expect(error).toHaveProperty('message', expect.stringContaining('unknown key [redacted]'))
})

test('looked-up names are not shared between clients with other headers', async () => {
  const { client, seen } = connect({ headers })
  await client.integrations.create({ name: 'JIRA', platform_name: 'jira' })
  const ticket = { title: 'A', description: 'B', integration_name: 'JIRA' }
  await client.tickets.create(ticket)
  seen.length = 0

  await client.tickets.create(ticket)
  await client.withOptions({ headers: { 'X-Tenant': 'other' } }).tickets.create(ticket)

  expect(requestLines(seen).map((line) => line.split('?')[0])).toEqual([
    'POST /tickets/',
    'GET /integrations/',
    'POST /tickets/',
  ])
})
