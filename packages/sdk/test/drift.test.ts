import type { Generation } from '@ai-ticket-creator/domain'
import { DEFAULT_USER } from '@ai-ticket-creator/reference-api'
import { expect, test } from 'vitest'
import { type ClientOptions, type Drift, isResponseMismatchError } from '../src/index.ts'
import { connect, connectTo, failureOf, nthId } from './backend.ts'

const bug = { title: 'Bug Report', description: 'It breaks' }

/** A client of a backend whose tickets have some wrong fields, and the deviations that it reported. */
async function answering(change: (ticket: object, nth: number) => object, options: Partial<ClientOptions> = {}) {
  const { client: real } = connect()
  const ticket = { ...(await real.tickets.create(bug)) }
  const drifts: Drift[] = []

  const page = { total: 3, page: 1, size: 20, pages: 1, has_next: false, has_prev: false }
  const answer = (request: Request): object =>
    request.method === 'GET' && new URL(request.url).pathname.endsWith('/tickets/')
      ? { ...page, items: [0, 1, 2].map((nth) => change(ticket, nth)) }
      : change(ticket, 0)
  const { client } = connectTo((request) => Response.json(answer(request), { headers: { 'X-Request-Id': 'req-7' } }), {
    onDrift: (drift) => drifts.push(drift),
    ...options,
  })
  return { client, ticket, drifts }
}

test('a reply that does not match the contract is reported and returned unchanged', async () => {
  const { client, ticket, drifts } = await answering((fields) => ({ ...fields, title: null }))

  const shown = await client.tickets.retrieve(nthId(1))

  expect(shown).toEqual({ ...ticket, title: null })
  expect(drifts).toEqual([
    {
      kind: 'mismatch',
      endpoint: 'tickets.retrieve',
      path: 'title',
      expected: 'a string',
      got: 'null',
      status: 200,
      requestId: 'req-7',
    },
  ])
})

test('each place is reported once per endpoint and kind, whichever row it is in', async () => {
  const { client, drifts } = await answering((fields, nth) => ({
    ...fields,
    title: nth === 0 ? 'A' : null,
    status: 'parked',
    brand_new: nth,
  }))

  await client.tickets.list()
  await client.tickets.list()
  await client.withOptions({ timeout: 1000 }).tickets.list()
  await client.tickets.retrieve(nthId(1))

  expect(drifts.map(({ endpoint, kind, path }) => `${endpoint} ${kind} ${path}`)).toEqual([
    'tickets.list unknown_value items[].status',
    'tickets.list unknown_field items[].brand_new',
    'tickets.list mismatch items[].title',
    'tickets.retrieve unknown_value status',
    'tickets.retrieve unknown_field brand_new',
  ])
})

test('the same deviation of another backend is reported too', async () => {
  const { client, drifts } = await answering((fields) => ({ ...fields, title: null }))

  await client.tickets.retrieve(nthId(1))
  await client.withOptions({ baseUrl: 'https://other.example.test' }).tickets.retrieve(nthId(1))

  expect(drifts).toHaveLength(2)
})

test('under strict such a reply is an error with the places, and whether a write was executed', async () => {
  const { client, drifts } = await answering((fields) => ({ ...fields, title: null, creator: { id: 'x' } }), {
    validation: 'strict',
  })

  const error = await failureOf(client.tickets.retrieve(nthId(1)))
  const written = await failureOf(client.tickets.update(nthId(1), { priority: 'high' }))

  expect(isResponseMismatchError(error)).toBe(true)
  expect(error).toMatchObject({
    message:
      'GET /tickets/{ticket_id} was answered with 200, but the reply does not match: `title` must be a string, not null; ' +
      '`creator.id` must be a UUID, not a string; `creator.email` must be a string, not nothing; ' +
      '`creator.full_name` must be a string or null, not nothing; `creator.display_name` must be a string, not nothing; ' +
      '`creator.avatar_url` must be a string or null, not nothing',
    endpoint: 'tickets.retrieve',
    status: 200,
    requestId: 'req-7',
  })
  expect(error).toHaveProperty('mismatches.0', { kind: 'mismatch', path: 'title', expected: 'a string', got: 'null' })
  expect(error).not.toHaveProperty('created')
  expect((written as Error).message).toMatch(/^PATCH .*; the write was executed$/)
  expect(drifts.map(({ path }) => path)).toContain('creator.email')
})

test('under strict the error of a create has the id', async () => {
  const { client } = await answering((fields) => ({ ...fields, id: nthId(9), title: null }), { validation: 'strict' })

  expect(await failureOf(client.tickets.create(bug))).toHaveProperty('created', nthId(9))
})

test.each([['a b'], [7], ['x'.repeat(65)]])('an invalid id, %j, is not in the error', async (id) => {
  const { client } = await answering((fields) => ({ ...fields, id, title: null }), { validation: 'strict' })

  expect(await failureOf(client.tickets.create(bug))).not.toHaveProperty('created')
})

test('under strict an error has the first ten places, each once', async () => {
  const { client } = await answering(() => ({ id: nthId(1) }), { validation: 'strict' })

  const error = await failureOf(client.tickets.list())

  expect(isResponseMismatchError(error) && error.mismatches.map(({ path }) => path)).toEqual([
    'items[].created_at',
    'items[].updated_at',
    'items[].title',
    'items[].display_title',
    'items[].description',
    'items[].category',
    'items[].subcategory',
    'items[].priority',
    'items[].urgency',
    'items[].status',
  ])
})

test('fields and values newer than this version are reported, and are no error under strict', async () => {
  const { client, drifts } = await answering((fields) => ({ ...fields, status: 'parked', brand_new: 1 }), {
    validation: 'strict',
  })

  const ticket = await client.tickets.retrieve(nthId(1))

  expect(ticket.status).toBe('parked')
  expect(drifts.map(({ kind, path, got }) => [kind, path, got])).toEqual([
    ['unknown_value', 'status', 'another value'],
    ['unknown_field', 'brand_new', 'an integer'],
  ])
})

test('with validation off nothing is checked', async () => {
  const { client, drifts } = await answering(() => ({}), { validation: 'off' })

  expect(await client.tickets.retrieve(nthId(1))).toEqual({})
  expect(drifts).toEqual([])
})

test('without a listener a reply is returned unchanged', async () => {
  const { client } = await answering(() => ({}), { onDrift: undefined })

  expect(await client.tickets.retrieve(nthId(1))).toEqual({})
})

test('strict needs no listener', async () => {
  const { client } = await answering(() => ({}), { validation: 'strict', onDrift: undefined })

  expect(isResponseMismatchError(await failureOf(client.tickets.retrieve(nthId(1))))).toBe(true)
})

test('a field that a legacy backend does not have is no deviation, a missing old field is', async () => {
  const { client: real } = connect()
  const { enabled, integration_category, ...fields } = await real.integrations.create({
    name: 'A',
    platform_name: 'jira',
  })
  const { platform_name, ...others } = fields
  const drifts: Drift[] = []
  const onDrift = (drift: Drift) => drifts.push(drift)
  const shown = { ...fields, platform_name: undefined, integration_type: 'linear', status: 'error' }
  const full = connectTo(() => Response.json(shown), { generation: 'legacy', onDrift })
  const bare = connectTo(() => Response.json(others), { generation: 'legacy', onDrift })

  await full.client.integrations.retrieve(nthId(1))
  await bare.client.integrations.retrieve(nthId(1))
  await full.client.withOptions({ generation: 'current' }).integrations.retrieve(nthId(1))

  expect(drifts.map(({ kind, path }) => `${kind} ${path}`)).toEqual([
    'unknown_value platform_name',
    'missing platform_name',
    'missing integration_category',
    'missing enabled',
  ])
  expect([enabled, integration_category, platform_name]).toEqual([true, 'ticketing', 'jira'])
})

test.each([
  [
    'throws',
    () => {
      throw new Error('broken')
    },
  ],
  ['is rejected', () => Promise.reject(new Error('broken'))],
])('a handler that %s does not break a call', async (_, onDrift: () => void) => {
  const { client, ticket } = await answering((fields) => ({ ...fields, brand_new: 1 }), { onDrift })

  expect(await client.tickets.retrieve(nthId(1))).toEqual({ ...ticket, brand_new: 1 })
})

test('after a thousand deviations no further ones are reported', async () => {
  let nth = 0
  const { client, drifts } = await answering((fields) => {
    nth += 1
    const added = Array.from({ length: 400 }, (_, index) => [`field_${nth}_${index}`, 1])
    return { ...fields, ...Object.fromEntries(added) }
  })

  for (let n = 0; n < 3; n += 1) await client.tickets.retrieve(nthId(1))

  expect(drifts).toHaveLength(1000)
})

test.each([
  ['validation', 'loose', "`validation` must be 'report', 'strict' or 'off'"],
  ['onDrift', 'log', '`onDrift` must be a function'],
])('%s: %j is refused', (name, value, message) => {
  expect(() => connect({ [name]: value })).toThrow(new TypeError(message))
})

test.each<Generation>(['legacy', 'transitional', 'current'])(
  'replies of the reference API match the contract (%s)',
  async (backend) => {
    const drifts: Drift[] = []
    const { client } = connect({ backend, validation: 'strict', onDrift: (drift) => drifts.push(drift) })

    const { id } = await client.integrations.create({ name: 'A', platform_name: 'jira', enabled: false })
    await client.integrations.enable(id)
    await client.integrations.test(id)
    await client.integrations.sync(id, { sync_type: 'full' })
    await client.integrations.activate(id)
    await client.integrations.update(id, { description: 'x' })
    await client.integrations.fields(id)
    await client.integrations.listActive()
    await client.integrations.list()
    const ticket = await client.tickets.create({ ...bug, integration_id: id, assigned_to_id: DEFAULT_USER.id })
    await client.tickets.createWithAi({ user_input: 'It breaks' })
    await client.tickets.list()
    await client.tickets.stats()
    await client.tickets.update(ticket.id, { priority: 'high' })
    await client.tickets.replace(ticket.id, bug)
    await client.tickets.setStatus(ticket.id, 'closed', { resolution_summary: 'Mended' })
    await client.tickets.assign(ticket.id, DEFAULT_USER.id)
    await client.tickets.attachments.add(ticket.id, [{ file_id: nthId(4) }])
    await client.tickets.attachments.list(ticket.id)
    await client.tickets.delete(ticket.id)
    await client.integrations.delete(id)

    expect(drifts).toEqual([])
  },
)
