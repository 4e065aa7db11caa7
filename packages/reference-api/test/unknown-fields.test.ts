// Unknown fields and parameters of every endpoint, whether it has a body and a query or not.
import { ENDPOINT_IDS, type EndpointId, endpointOf, type GENERATIONS, isAvailable } from '@ai-ticket-creator/domain'
import { type App, createApp, createMemoryStore, DEFAULT_USER, type Store } from '@ai-ticket-creator/reference-api'
import { describe, expect, test } from 'vitest'
import { integrationRow, rowId, ticketRow } from './rows.ts'
import { issuesOf, send } from './send.ts'

async function createAppWithRows(options: Parameters<typeof createApp>[0]): Promise<{ app: App; store: Store }> {
  const store = createMemoryStore()
  await store.integrations.insert(integrationRow({ id: rowId(1), status: 'pending' }))
  await store.tickets.insert(ticketRow({ id: rowId(2) }))
  return { app: createApp({ store, ...options }), store }
}

const lineOf = (id: EndpointId): string => {
  const { method, path } = endpointOf(id)
  return `${method} ${path.replace('{integration_id}', rowId(1)).replace('{ticket_id}', rowId(2))}`
}

const validBodies: Readonly<Partial<Record<EndpointId, object>>> = {
  'integrations.create': { name: 'A', platform_name: 'jira' },
  'integrations.update': { description: 'B' },
  'integrations.setStatus': { enabled: true },
  'integrations.test': { test_types: ['search'] },
  'integrations.sync': { sync_type: 'full' },
  'tickets.create': { title: 'T', description: 'D' },
  'tickets.createWithAi': { user_input: 'It broke.' },
  'tickets.replace': { title: 'T' },
  'tickets.update': { title: 'T' },
  'tickets.setStatus': { status: 'in_progress' },
  'tickets.assign': { assigned_to_id: DEFAULT_USER.id },
  'tickets.addAttachments': { attachments: [{ file_id: rowId(7) }] },
}

const legacyBodies: typeof validBodies = {
  ...validBodies,
  'integrations.create': { name: 'A', integration_type: 'jira' },
  'integrations.setStatus': { is_enabled: true },
}

const integrationOf = (store: Store) => store.integrations.find(integrationRow().organization_id, rowId(1))

const endpointsIn = (generation: (typeof GENERATIONS)[number]): readonly EndpointId[] =>
  ENDPOINT_IDS.filter((id) => isAvailable(id, generation))

const isWithoutBody = (id: EndpointId): boolean => {
  const { method, body } = endpointOf(id)
  return method !== 'GET' && body === undefined
}

test('only these endpoints change something and have no body', () => {
  expect(ENDPOINT_IDS.filter(isWithoutBody)).toEqual(['integrations.delete', 'integrations.activate', 'tickets.delete'])
})

describe('current refuses', () => {
  test.each(endpointsIn('current'))('an unknown parameter of %s', async (id) => {
    const { app } = await createAppWithRows({ generation: 'current' })
    const method = endpointOf(id).method
    const body = method === 'GET' || isWithoutBody(id) ? undefined : validBodies[id]

    const reply = await send(app, `${lineOf(id)}?surprise=1`, body)

    expect([reply.status, issuesOf(reply)]).toEqual([422, ['query.surprise unknown_field']])
  })

  test.each(endpointsIn('current').filter((id) => endpointOf(id).method !== 'GET'))(
    'an unknown field in the body of %s',
    async (id) => {
      const { app, store } = await createAppWithRows({ generation: 'current' })

      const reply = await send(app, lineOf(id), { ...validBodies[id], surprise: 1 })

      expect([reply.status, issuesOf(reply)]).toEqual([422, ['body.surprise unknown_field']])
      expect(await integrationOf(store)).toEqual(integrationRow({ id: rowId(1), status: 'pending' }))
    },
  )

  test('the retired spelling of a field in an activation', async () => {
    const { app } = await createAppWithRows({ generation: 'current' })

    const reply = await send(app, lineOf('integrations.activate'), { is_enabled: true })

    expect([reply.status, issuesOf(reply)]).toEqual([422, ['body.is_enabled unknown_field']])
  })
})

describe.each(['legacy', 'transitional'] as const)('%s ignores and names', (generation) => {
  const changing = endpointsIn(generation).filter((id) => endpointOf(id).method !== 'GET')

  test.each(changing)('an unknown field and an unknown parameter of %s', async (id) => {
    const { app } = await createAppWithRows({ generation })

    const reply = await send(app, `${lineOf(id)}?unexpected=1`, { ...legacyBodies[id], surprise: 1 })

    expect([reply.status, reply.headers.get('Ignored-Fields')?.split(', ').toSorted()]).toEqual([
      endpointOf(id).status,
      ['surprise', 'unexpected'],
    ])
  })
})

test('a strict request to transitional is refused as in current', async () => {
  const { app, store } = await createAppWithRows({ generation: 'transitional' })

  const reply = await send(app, lineOf('integrations.activate'), { surprise: 1 }, { Prefer: 'handling=strict' })

  expect([reply.status, issuesOf(reply)]).toEqual([422, ['body.surprise unknown_field']])
  expect((await integrationOf(store))?.status).toBe('pending')
})

test.each([
  ['no body', undefined],
  ['an empty object', {}],
  ['null', null],
  ['a list', [1]],
  ['no JSON', '{"surprise":'],
  ['a body longer than the limit', { surprise: 'x'.repeat(100) }],
])('an activation with %s is accepted', async (_, body) => {
  const { app, store } = await createAppWithRows({ generation: 'current', bodyLimit: 100 })

  const reply = await send(app, lineOf('integrations.activate'), body)

  expect(reply.status).toBe(200)
  expect((await integrationOf(store))?.status).toBe('active')
})

test.each(['existing-legacy', 'existing-refactored', 'existing-latest'] as const)(
  '%s ignores the body of an activation, and no header names its fields',
  async (profile) => {
    const { app } = await createAppWithRows({ profile })

    const reply = await send(app, `${lineOf('integrations.activate')}?unexpected=1`, { surprise: 1 })

    expect([reply.status, reply.headers.get('Ignored-Fields')]).toEqual([200, null])
  },
)
