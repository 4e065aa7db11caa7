import { expect, test } from 'vitest'
import { connect, connectTo, failureOf } from './backend.ts'

test('asResponse returns the reply as the backend sent it', async () => {
  const { client } = connect({ backend: 'legacy' })
  await client.integrations.create({ name: 'JIRA', platform_name: 'jira' })

  const response = await client.integrations.list().asResponse()

  expect([response.status, response.headers.get('API-Generation')]).toEqual([200, 'legacy'])
  expect(await response.json()).toMatchObject([{ name: 'JIRA', integration_type: 'jira' }])
})

test('asResponse returns a new Response each time, and the call sends one request', async () => {
  const { client, seen } = connect()
  const call = client.tickets.create({ title: 'A', description: 'B' })

  const [data, { response }, first, second] = await Promise.all([
    call,
    call.withResponse(),
    call.asResponse(),
    call.asResponse(),
  ])

  expect([await first.json(), await second.json()]).toMatchObject([{ id: data.id }, { id: data.id }])
  expect(JSON.stringify(response)).not.toContain(data.id)
  expect(seen).toHaveLength(1)
})

test('asResponse works for a reply without a body, and removes the `Content-Encoding` of a decoded one', async () => {
  const headers = { 'Content-Encoding': 'gzip', 'Content-Length': '7' }
  const { client } = connectTo(({ method }) =>
    method === 'DELETE' ? new Response(null, { status: 204 }) : Response.json({ id: '1' }, { headers }),
  )

  const deleted = await client.tickets.delete('1').asResponse()
  const retrieved = await client.tickets.retrieve('1').asResponse()

  expect([deleted.status, deleted.body, retrieved.headers.get('Content-Encoding')]).toEqual([204, null, null])
  expect(await retrieved.json()).toEqual({ id: '1' })
})

test('asResponse rejects with the error of the call', async () => {
  const { client } = connectTo(() => Response.json({ detail: 'no' }, { status: 404 }))

  const error = await failureOf(client.tickets.retrieve('1').asResponse())

  expect(error).toMatchObject({ name: 'ApiError', status: 404 })
})

test.each(['update', 'replace'] as const)(
  'asResponse returns the last reply of a method with several requests: %s',
  async (method) => {
    const { client } = connect()
    const { id } = await client.tickets.create({ title: 'A', description: 'B', department: 'IT' })

    const response = await client.tickets[method](id, { title: 'A', department: null }).asResponse()

    expect(await response.json()).toMatchObject({ id, department: null })
  },
)
