import { expect, test } from 'vitest'
import { baseUrl, connect, connectTo, failureOf, nthId, requestLines } from './backend.ts'

const bug = { title: 'Bug Report', description: 'It breaks' }
type Seen = Parameters<typeof requestLines>[0]
const lookups = (seen: Seen) => requestLines(seen).filter((line) => line.startsWith('GET /integrations/?')).length

test('a client with other options does not change the first one', async () => {
  const { client, seen } = connect({ consumer: 'billing@1.4' })

  const other = client.withOptions({ consumer: 'reports@2' })
  await other.tickets.list()
  await client.tickets.list()

  expect(seen.map(({ headers }) => headers['x-client'])).toEqual(['reports@2', 'billing@1.4'])
  expect(seen[0]?.headers).toMatchObject({ authorization: 'Bearer test-token' })
})

test('changes add up, and undefined options stay', async () => {
  const { client, seen } = connect({ consumer: 'billing@1.4' })

  await client
    .withOptions({ baseUrl: 'https://other.example.test' })
    .withOptions({ consumer: undefined, timeout: 1000 })
    .tickets.list()

  expect(seen[0]?.headers).toMatchObject({ 'x-client': 'billing@1.4' })
})

test('the limits of the new client are used', async () => {
  const { client } = connectTo(() => new Promise(() => {}))

  const error = await failureOf(client.withOptions({ timeout: 5 }).tickets.list())

  expect(error).toMatchObject({ name: 'TimeoutError', ms: 5 })
})

test.each([
  [
    'a wrong option',
    { timeout: -1 },
    '`timeout` must be a number of milliseconds above 0 and at most 2147483647 (24.8 days)',
  ],
  ['an option that does not exist', { retries: 1 }, '`retries` is not an option of createClient'],
])('%s is refused at once', (_, changes, message) => {
  const { client } = connect()

  expect(() => client.withOptions(changes as object)).toThrow(new TypeError(message))
})

test('old names depend on the option', async () => {
  const { client } = connect()
  const { id } = await client.integrations.create({ name: 'JIRA', platform_name: 'jira' })
  const strict = client.withOptions({ legacyFields: false })

  const integration = await strict.withOptions({ timeout: 1000 }).integrations.retrieve(id)
  const again = await strict.withOptions({ legacyFields: true }).integrations.retrieve(id)

  expect(() => Reflect.get(integration, 'is_enabled', integration)).toThrow(TypeError)
  expect(again.is_enabled).toBe(true)
})

test.each([
  ['timeout', { timeout: 1000 }],
  ['totalTimeout', { totalTimeout: 1000 }],
  ['consumer', { consumer: 'reports@2' }],
  ['validation', { validation: 'off' as const }],
  ['the same base URL', { baseUrl: `${baseUrl}/api/v1/` }],
])('cached names are shared: %s', async (_, changes) => {
  const { client, seen } = connect()
  await client.integrations.create({ name: 'JIRA', platform_name: 'jira' })
  const other = client.withOptions(changes)

  await client.tickets.create({ ...bug, integration_name: 'JIRA' })
  await other.tickets.create({ ...bug, integration_name: 'JIRA' })
  expect(lookups(seen)).toBe(1)

  await other.integrations.create({ name: 'Chat', platform_name: 'slack' })
  await client.tickets.create({ ...bug, integration_name: 'JIRA' })
  expect(lookups(seen)).toBe(2)
})

test.each([
  ['baseUrl', { baseUrl: 'https://other.example.test' }],
  ['token', { token: () => 'test-token' }],
  ['generation', { generation: 'legacy' as const }],
  ['nameCacheTtl', { nameCacheTtl: 0 }],
])('they are not shared with another %s', async (_, changes) => {
  const { client, seen } = connect({ backend: 'transitional' })
  await client.integrations.create({ name: 'JIRA', platform_name: 'jira' })

  await client.tickets.create({ ...bug, integration_name: 'JIRA' })
  await client.withOptions(changes).tickets.create({ ...bug, integration_name: 'JIRA' })

  expect(lookups(seen)).toBe(2)
})

test('another fetch may reach another backend', async () => {
  const one = connect()
  const two = connect()
  await one.client.integrations.create({ name: 'JIRA', platform_name: 'jira' })
  await two.client.integrations.create({ name: 'Chat', platform_name: 'slack' })
  await two.client.integrations.create({ name: 'JIRA', platform_name: 'jira' })

  const first = await one.client.tickets.create({ ...bug, integration_name: 'JIRA' })
  const second = await one.client
    .withOptions({ fetch: (request) => two.app.fetch(request) })
    .tickets.create({ ...bug, integration_name: 'JIRA' })

  expect(second.integration_id).not.toBe(first.integration_id)
})

test.each(['timeout', 'totalTimeout'])(
  'a client with a shorter limit does not end the look-up of another client: %s',
  async (limit) => {
    let lookupsAsked = 0
    const { client } = connectTo((request) => {
      if (request.method === 'POST') return Response.json({ id: nthId(5) }, { status: 201 })
      lookupsAsked += 1
      if (lookupsAsked === 1) return new Promise(() => {})
      return Response.json([{ id: nthId(1), name: 'JIRA', platform_name: 'jira', status: 'active' }])
    })

    const limited = failureOf(client.withOptions({ [limit]: 20 }).tickets.create({ ...bug, integration_name: 'JIRA' }))
    const ticket = await client.tickets.create({ ...bug, integration_name: 'JIRA' })

    expect(ticket.id).toBe(nthId(5))
    expect(await limited).toMatchObject({ name: 'TimeoutError', limit, ms: 20 })
  },
)
