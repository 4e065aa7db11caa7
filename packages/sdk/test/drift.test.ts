import type { Generation } from '@ai-ticket-creator/domain'
import { DEFAULT_USER } from '@ai-ticket-creator/reference-api'
import { expect, test } from 'vitest'
import { type ClientOptions, type Drift, isResponseMismatchError } from '../src/index.ts'
import { connect, failure, nthId, told } from './backend.ts'

const bug = { title: 'Bug Report', description: 'It breaks' }

/** A client of a backend whose tickets are as they should be but for some fields, and what it was told. */
async function answering(change: (ticket: object, nth: number) => object, options: Partial<ClientOptions> = {}) {
  const { client: real } = connect()
  const ticket = { ...(await real.tickets.create(bug)) }
  const drifts: Drift[] = []

  const page = { total: 3, page: 1, size: 20, pages: 1, has_next: false, has_prev: false }
  const answer = (request: Request): object =>
    request.method === 'GET' && new URL(request.url).pathname.endsWith('/tickets/')
      ? { ...page, items: [0, 1, 2].map((nth) => change(ticket, nth)) }
      : change(ticket, 0)
  const { client } = told((request) => Response.json(answer(request), { headers: { 'X-Request-Id': 'req-7' } }), {
    onDrift: (drift) => drifts.push(drift),
    ...options,
  })
  return { client, ticket, drifts }
}

test('a reply that does not fit is told of, and given as it came', async () => {
  const { client, ticket, drifts } = await answering((fields) => ({ ...fields, title: null }))

  const shown = await client.tickets.retrieve(nthId(1))

  expect(shown).toEqual({ ...ticket, title: null })
  expect(drifts).toEqual([
    {
      kind: 'mismatch',
      endpoint: 'tickets.retrieve',
      path: 'title',
      expected: 'a text',
      got: 'null',
      status: 200,
      requestId: 'req-7',
    },
  ])
})

test('each place is told of once per endpoint and kind, whichever row it is in', async () => {
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
    'tickets.list unknown_word items[].status',
    'tickets.list unknown_field items[].brand_new',
    'tickets.list mismatch items[].title',
    'tickets.retrieve unknown_word status',
    'tickets.retrieve unknown_field brand_new',
  ])
})

test('another backend is told of by itself', async () => {
  const { client, drifts } = await answering((fields) => ({ ...fields, title: null }))

  await client.tickets.retrieve(nthId(1))
  await client.withOptions({ baseUrl: 'https://other.example.test' }).tickets.retrieve(nthId(1))

  expect(drifts).toHaveLength(2)
})

test('under strict such a reply is a failure that says where, and whether anything was written', async () => {
  const { client, drifts } = await answering((fields) => ({ ...fields, title: null, creator: { id: 'x' } }), {
    validation: 'strict',
  })

  const error = await failure(client.tickets.retrieve(nthId(1)))
  const written = await failure(client.tickets.update(nthId(1), { priority: 'high' }))

  expect(isResponseMismatchError(error)).toBe(true)
  expect(error).toMatchObject({
    message:
      'GET /tickets/{ticket_id} was answered with 200, but the reply does not match: `title` must be a text, not null; ' +
      '`creator.id` must be a UUID, not a text; `creator.email` must be a text, not nothing; ' +
      '`creator.full_name` must be a text or null, not nothing; `creator.display_name` must be a text, not nothing; ' +
      '`creator.avatar_url` must be a text or null, not nothing',
    endpoint: 'tickets.retrieve',
    status: 200,
    requestId: 'req-7',
  })
  expect(error).toHaveProperty('mismatches.0', { kind: 'mismatch', path: 'title', expected: 'a text', got: 'null' })
  expect(error).not.toHaveProperty('created')
  expect((written as Error).message).toMatch(/^PATCH .*; the write was executed$/)
  expect(drifts.map(({ path }) => path)).toContain('creator.email')
})

test('under strict the id of what was created is on the error', async () => {
  const { client } = await answering((fields) => ({ ...fields, id: nthId(9), title: null }), { validation: 'strict' })

  expect(await failure(client.tickets.create(bug))).toHaveProperty('created', nthId(9))
})

test.each([['a b'], [7], ['x'.repeat(65)]])('an id that is none, %j, is not repeated', async (id) => {
  const { client } = await answering((fields) => ({ ...fields, id, title: null }), { validation: 'strict' })

  expect(await failure(client.tickets.create(bug))).not.toHaveProperty('created')
})

test('under strict the places of an error are the first ten, each once', async () => {
  const { client } = await answering(() => ({ id: nthId(1) }), { validation: 'strict' })

  const error = await failure(client.tickets.list())

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

test('what is newer than this version is told of, and no failure under strict', async () => {
  const { client, drifts } = await answering((fields) => ({ ...fields, status: 'parked', brand_new: 1 }), {
    validation: 'strict',
  })

  const ticket = await client.tickets.retrieve(nthId(1))

  expect(ticket.status).toBe('parked')
  expect(drifts.map(({ kind, path, got }) => [kind, path, got])).toEqual([
    ['unknown_word', 'status', 'another word'],
    ['unknown_field', 'brand_new', 'a whole number'],
  ])
})

test('with validation off nothing is looked at', async () => {
  const { client, drifts } = await answering(() => ({}), { validation: 'off' })

  expect(await client.tickets.retrieve(nthId(1))).toEqual({})
  expect(drifts).toEqual([])
})

test('without a handler a reply is given as it came', async () => {
  const { client } = await answering(() => ({}), { onDrift: undefined })

  expect(await client.tickets.retrieve(nthId(1))).toEqual({})
})

test('strict needs no handler', async () => {
  const { client } = await answering(() => ({}), { validation: 'strict', onDrift: undefined })

  expect(isResponseMismatchError(await failure(client.tickets.retrieve(nthId(1))))).toBe(true)
})

test('what a legacy backend does not say and nobody can know is no deviation, a missing old field is', async () => {
  const { client: real } = connect()
  const { enabled, integration_category, ...fields } = await real.integrations.create({
    name: 'A',
    platform_name: 'jira',
  })
  const { platform_name, ...others } = fields
  const drifts: Drift[] = []
  const onDrift = (drift: Drift) => drifts.push(drift)
  const shown = { ...fields, platform_name: undefined, integration_type: 'linear', status: 'error' }
  const full = told(() => Response.json(shown), { generation: 'legacy', onDrift })
  const bare = told(() => Response.json(others), { generation: 'legacy', onDrift })

  await full.client.integrations.retrieve(nthId(1))
  await bare.client.integrations.retrieve(nthId(1))
  await full.client.withOptions({ generation: 'current' }).integrations.retrieve(nthId(1))

  expect(drifts.map(({ kind, path }) => `${kind} ${path}`)).toEqual([
    'unknown_word platform_name',
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

test('after a thousand deviations no further ones are told', async () => {
  let nth = 0
  const { client, drifts } = await answering((fields) => {
    nth += 1
    return { ...fields, [`field_${nth}`]: 1 }
  })

  for (let n = 0; n < 1100; n += 1) await client.tickets.retrieve(nthId(1))

  expect(drifts).toHaveLength(1000)
})

test.each([
  ['validation', 'loose', "`validation` must be 'report', 'strict' or 'off'"],
  ['onDrift', 'log', '`onDrift` must be a function'],
])('%s: %j is refused', (name, value, message) => {
  expect(() => connect({ [name]: value })).toThrow(new TypeError(message))
})

test.each<Generation>(['legacy', 'transitional', 'current'])(
  'what the reference API answers fits (%s)',
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
