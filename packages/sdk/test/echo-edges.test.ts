import { createApp, createMemoryStore, DEFAULT_USER, type Profile } from '@ai-ticket-creator/reference-api'
import { describe, expect, test } from 'vitest'
import { type ClientOptions, createClient } from '../src/index.ts'
import { baseUrl, connectTo, failureOf, nthId, setStoredFields } from './backend.ts'

const org = DEFAULT_USER.organization_id
const credentials = { url: 'https://bugs.example.test', email: 'bot@example.test', api_token: 't', api_key: 'k' }

/** A ticket that was filed with the first of two integrations; then the backend changed its generation. */
async function filed(backend: Profile | 'current', options: Partial<ClientOptions> = {}) {
  const store = createMemoryStore()
  const app = createApp({ store })
  const before = createClient({ baseUrl, token: DEFAULT_USER.token, fetch: app.fetch })
  const one = await before.integrations.create({ name: 'One', platform_name: 'jira', credentials })
  const two = await before.integrations.create({ name: 'Two', platform_name: 'jira', credentials })
  for (const { id } of [one, two])
    await setStoredFields(store, id, { health_check_status: 'healthy', checks_due_at: null, due_checks: [] })
  const { id } = await before.tickets.create({ title: 'Printer', description: 'Out.', integration_id: one.id })

  if (backend !== 'current') app.switchProfile(backend)
  const fetch = (request: Request): Promise<Response> => app.fetch(request)
  const client = createClient({ baseUrl, token: DEFAULT_USER.token, retry: false, fetch, ...options })
  return { store, app, client, one, two, id, row: () => store.tickets.find(org, id) }
}

describe('a new integration of a ticket that was filed with another one', () => {
  test.each([
    ['current', []],
    ['existing-legacy', ['integration_id']],
    ['existing-refactored', ['integration_id']],
    ['existing-latest', ['integration_id']],
  ] as const)('is stored by %s, although the reply still shows the first one', async (backend, expected) => {
    const { client, two, id, row } = await filed(backend)

    const { unverified } = await client.tickets.update(id, { integration_id: two.id }).withResponse()

    expect((await row())?.integration_id).toBe(two.id)
    expect(unverified).toEqual(expected)
  })

  test('can be null, which removes it', async () => {
    const { client, id, row } = await filed('current')

    const { unverified } = await client.tickets.update(id, { integration_id: null }).withResponse()

    expect((await row())?.integration_id).toBeNull()
    expect(unverified).toEqual([])
  })

  test.each(['existing-legacy', 'existing-refactored'] as const)(
    'null, which %s takes for "not given" and does not show, is unverified',
    async (backend) => {
      const { client, one, id, row } = await filed(backend)

      const { unverified } = await client.tickets.update(id, { integration_id: null }).withResponse()

      expect((await row())?.integration_id).toBe(one.id)
      expect(unverified).toEqual(['integration_id'])
    },
  )
})

test('a file that is sent twice is stored once', async () => {
  const { client } = await filed('current')
  const file = { file_id: nthId(77) }

  const created = await client.tickets.create({ title: 'A', description: 'B', attachments: [file, file] })
  const updated = await client.tickets.update(created.id, { attachments: [{ file_id: nthId(78) }, file, file] })

  expect(created.attachments).toEqual([file])
  expect(updated.attachments).toHaveLength(2)
})

test('a missing file is noticed, and so is an extra one', async () => {
  const { client } = connectTo(() => Response.json({ id: nthId(1), attachments: [{ file_id: nthId(77) }] }))

  const missing = await failureOf(client.tickets.update('1', { attachments: [nthId(77), nthId(78)].map(byId) }))
  const besides = await failureOf(client.tickets.update('1', { attachments: [nthId(78)].map(byId) }))

  expect([missing, besides]).toMatchObject([{ fields: ['attachments'] }, { fields: ['attachments'] }])
})

const byId = (file_id: string) => ({ file_id })

describe('credentials, when the read before the write shows their time and the reply of the write does not', () => {
  test.each([
    [false, { name: 'SilentDropError', fields: ['credentials'], applied: ['region'] }],
    [true, ['credentials']],
  ])(
    'are dropped by an existing backend, or unverified, with allowUnverified %s',
    async (allowUnverified, expected) => {
      const { app, store, one } = await filed('current')
      const fetch = (request: Request): Promise<Response> => {
        if (request.method === 'PUT') app.switchProfile('existing-latest')
        return app.fetch(request)
      }
      const client = createClient({ baseUrl, token: DEFAULT_USER.token, retry: false, fetch, allowUnverified })

      const update = client.integrations.update(one.id, { credentials, region: 'eu' }).withResponse()
      const outcome = await update.then(({ unverified }): unknown => unverified).catch((error: unknown) => error)

      expect(outcome).toMatchObject(expected)
      expect((await store.integrations.find(org, one.id))?.credentials_updated_at).toBe(one.credentials_updated_at)
    },
  )

  test('count as dropped without allowUnverified', async () => {
    const { client } = connectTo(({ method }) =>
      Response.json({ id: nthId(1), ...(method === 'GET' && { credentials_updated_at: null }) }),
    )

    const error = await failureOf(client.integrations.update(nthId(1), { credentials }))

    expect(error).toMatchObject({ name: 'SilentDropError', fields: ['credentials'], id: nthId(1) })
  })
})

describe('after a 500', () => {
  test('a field that was to be cleared and is still set was not written', async () => {
    const stored = { id: nthId(1), department: 'IT', title: 'A' }
    const { client } = connectTo(({ method }) =>
      method === 'GET' ? Response.json(stored) : Response.json({ detail: 'no' }, { status: 500 }),
    )

    const error = await failureOf(client.tickets.replace(nthId(1), { title: 'A', department: null }))

    expect(error).toMatchObject({ name: 'ApiError', status: 500, endpoint: 'tickets.replace' })
  })

  test('a status with another value than the stored one was not written', async () => {
    const { client, one } = await filed('existing-latest')
    const before = await client.integrations.retrieve(one.id)

    const same = await client.integrations.update(one.id, { ...before, region: 'eu' })
    const other = await failureOf(client.integrations.update(one.id, { ...before, status: 'suspended' } as never))

    expect(same.region).toBe('eu')
    expect(other).toMatchObject({ name: 'SilentDropError', fields: ['status'], endpoint: 'integrations.update' })
  })
})

test('a ticket that a legacy backend filed with an integration of another name is noticed', async () => {
  const { client } = connectTo(
    ({ method }) =>
      method === 'GET'
        ? Response.json([{ id: nthId(9), name: 'Bugs', status: 'active', integration_type: 'jira' }])
        : Response.json(
            { id: nthId(1), title: 'A', integration_result: { success: true, integration_name: 'Others' } },
            { status: 201 },
          ),
    { generation: 'legacy' },
  )

  const error = await failureOf(client.tickets.create({ title: 'A', description: 'B', integration_name: 'Bugs' }))

  expect(error).toMatchObject({ name: 'SilentDropError', fields: ['integration_id'], id: nthId(1) })
})

test('a ticket for the name of a platform is filed with its integration, whichever name the reply shows', async () => {
  const { client } = connectTo(
    ({ method, url }) => {
      const rows = url.includes('name=')
        ? []
        : [{ id: nthId(9), name: 'Bugs', status: 'active', integration_type: 'jira' }]
      const result = { success: true, integration_name: url.includes('ai-create') ? 'jira' : ' Bugs' }
      const ticket = { id: nthId(1), title: 'A', integration_result: result }
      if (method === 'GET') return Response.json(rows)
      return Response.json(url.includes('ai-create') ? { ticket } : ticket, { status: 201 })
    },
    { generation: 'legacy' },
  )

  const ticket = await client.tickets.create({ title: 'A', description: 'B', integration_name: 'JIRA' })
  const drafted = await client.tickets.createWithAi({ user_input: 'A', integration_name: 'jira' })

  expect([ticket.id, drafted.ticket.id]).toEqual([nthId(1), nthId(1)])
})
