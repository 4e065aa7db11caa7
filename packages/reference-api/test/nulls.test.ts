import { createApp, createMemoryStore, DEFAULT_USER } from '@ai-ticket-creator/reference-api'
import { expect, test } from 'vitest'
import { integrationRow, ticketRow } from './rows.ts'
import { issuesOf, send } from './send.ts'

const I = `/integrations/${integrationRow().id}`
const T = `/tickets/${ticketRow().id}`
const strict = { Prefer: 'handling=strict' }

async function withStored(generation: 'legacy' | 'transitional' | 'current') {
  const store = createMemoryStore()
  await store.integrations.insert(integrationRow({ description: 'D', region: 'eu', environment: 'staging' }))
  await store.tickets.insert(ticketRow({ department: 'it', assigned_to_id: DEFAULT_USER.id }))
  return { app: createApp({ store, generation }), store }
}

test.each([
  ['legacy', { integration_type: 'jira', is_enabled: null, default_priority: null, credentials: null }],
  ['transitional', { integration_type: 'jira', platform_name: null, is_enabled: null, enabled: true }],
  ['current', { platform_name: 'jira', integration_category: null, enabled: null, environment: null, auth_type: null }],
] as const)('%s: null on create counts as absent: %j', async (generation, body) => {
  const { app } = await withStored(generation)

  const reply = await send(app, 'POST /integrations/', { name: 'A', ...body })

  expect([reply.status, reply.headers.get('Ignored-Fields')]).toEqual([200, null])
  expect(reply.json).toMatchObject({ status: 'active', default_priority: 100, environment: 'production' })
})

test.each(['legacy', 'transitional'] as const)(
  '%s: PUT of an integration clears nullable fields, and names a null that it leaves alone',
  async (generation) => {
    const { app, store } = await withStored(generation)

    const reply = await send(app, `PUT ${I}`, { description: null, environment: null, is_enabled: null })

    expect([reply.status, reply.headers.get('Ignored-Fields')]).toEqual([200, 'environment, is_enabled'])
    expect(await store.integrations.find(DEFAULT_USER.organization_id, integrationRow().id)).toMatchObject({
      description: null,
      environment: 'staging',
      region: 'eu',
      enabled: true,
    })
  },
)

test.each([
  ['current', {}],
  ['transitional', strict],
] as const)(
  '%s with %j refuses null in PUT of an integration where a field cannot be null',
  async (generation, headers) => {
    const { app } = await withStored(generation)

    const reply = await send(app, `PUT ${I}`, { description: null, environment: null }, headers)

    expect([reply.status, issuesOf(reply)]).toEqual([422, ['body.environment validation_failed']])
  },
)

test.each(['legacy', 'transitional'] as const)(
  '%s: PUT of a ticket leaves null alone, and names it',
  async (generation) => {
    const { app, store } = await withStored(generation)

    const reply = await send(app, `PUT ${T}`, { title: 'B', department: null, assigned_to_id: null, status: null })

    expect([reply.status, reply.headers.get('Ignored-Fields')]).toEqual([200, 'department, assigned_to_id, status'])
    expect(await store.tickets.find(DEFAULT_USER.organization_id, ticketRow().id)).toMatchObject({
      title: 'B',
      department: 'it',
      assigned_to_id: DEFAULT_USER.id,
      status: 'new',
    })
  },
)

test.each([
  ['PUT', 'current', {}],
  ['PUT', 'transitional', strict],
  ['PATCH', 'current', {}],
  ['PATCH', 'transitional', {}],
] as const)('%s of a ticket in %s with %j clears by null', async (method, generation, headers) => {
  const { app, store } = await withStored(generation)

  const reply = await send(app, `${method} ${T}`, { department: null, assigned_to_id: null }, headers)

  expect([reply.status, reply.headers.get('Ignored-Fields')]).toEqual([200, null])
  expect(await store.tickets.find(DEFAULT_USER.organization_id, ticketRow().id)).toMatchObject({
    department: null,
    assigned_to_id: null,
  })
})

test.each(['transitional', 'current'] as const)(
  '%s announces that PATCH clears by null, and a stable order',
  async (generation) => {
    const { app } = await withStored(generation)

    const capabilities = (await send(app, 'GET /tickets/')).headers.get('API-Capabilities')?.split(', ')

    expect(capabilities).toEqual(expect.arrayContaining(['patch-null', 'stable-order']))
  },
)
