// Which error a refused ticket is, on backends that do not say why (existing backend: error texts).
import { createApp, createMemoryStore, DEFAULT_USER, type Profile } from '@ai-ticket-creator/reference-api'
import { describe, expect, test } from 'vitest'
import { createClient } from '../src/index.ts'
import { baseUrl, connectTo, failureOf, nthId, setStoredFields } from './backend.ts'

const id = nthId(1)
const bug = { title: 'Bug', description: 'It breaks' }
const credentials = { email: 'a@example.test', api_token: 't', url: 'https://jira.example.test' }

async function withIntegration(profile: Profile, fields: object) {
  const store = createMemoryStore()
  const app = createApp({ store, profile })
  const client = createClient({ baseUrl, token: DEFAULT_USER.token, fetch: app.fetch, retry: false })
  await client.integrations.create({ name: 'Bugs', platform_name: 'jira', auth_type: 'custom', credentials })
  await setStoredFields(store, id, fields)
  return client
}

describe.each(['existing-refactored', 'existing-latest'] as const)('on %s', (profile) => {
  test.each([
    ['pending', { status: 'pending', enabled: true }],
    ['error', { status: 'error', enabled: true }],
    ['inactive', { status: 'inactive', enabled: false }],
    ['inactive', { status: 'active', enabled: false }],
  ])('an unusable integration by id is an IntegrationUnusableError: %s, %j', async (reason, fields) => {
    const client = await withIntegration(profile, fields)

    const error = await failureOf(client.tickets.create({ ...bug, integration_id: id }))

    expect(error).toMatchObject({ name: 'IntegrationUnusableError', reason, id, integrationName: 'Bugs' })
  })

  test('an active, disabled integration by name is an IntegrationUnusableError', async () => {
    const client = await withIntegration(profile, { status: 'active', enabled: false })

    const error = await failureOf(client.tickets.create({ ...bug, integration_name: 'Bugs' }))

    expect(error).toMatchObject({ name: 'IntegrationUnusableError', reason: 'inactive', id })
  })

  test('an id without an integration is an IntegrationNotFoundError', async () => {
    const client = await withIntegration(profile, {})

    const error = await failureOf(client.tickets.create({ ...bug, integration_id: nthId(9) }))

    expect(error).toMatchObject({ name: 'IntegrationNotFoundError', id: nthId(9) })
  })

  test('an id without an integration in an update is an IntegrationNotFoundError', async () => {
    const client = await withIntegration(profile, {})
    const ticket = await client.tickets.create(bug)

    const error = await failureOf(client.tickets.update(ticket.id, { integration_id: nthId(9) }))

    expect(error).toMatchObject({ name: 'IntegrationNotFoundError', id: nthId(9) })
  })
})

test('a refusal stays an ApiError when the integration is usable', async () => {
  const { client } = connectTo(({ method }) =>
    method === 'GET'
      ? Response.json({ id, name: 'Bugs', status: 'active', enabled: true })
      : Response.json({ detail: 'External ticket creation failed: no such project' }, { status: 400 }),
  )

  const error = await failureOf(client.tickets.create({ ...bug, integration_id: id }))

  expect(error).toMatchObject({ name: 'ApiError', status: 400, endpoint: 'tickets.create' })
  expect(String(error)).toMatch(/no such project/)
})

test('a replacement lists only fields as cleared that the reply does not show', async () => {
  const ticket = { id, title: 'A', description: 'B', department: 'IT', internal_notes: null, assigned_to_id: nthId(5) }
  const { client } = connectTo(() => Response.json(ticket))

  const { cleared } = await client.tickets.replace(id, { title: 'A' }).withResponse()

  expect(cleared).toEqual(['resolution_summary', 'internal_notes', 'custom_fields', 'attachments'])
})

test('an error from a legacy backend, which takes names only, does not advise sending an id', async () => {
  const rows = [1, 2].map((n) => ({ id: nthId(n), name: 'Bugs', status: 'active', integration_type: 'jira' }))
  const { client } = connectTo(({ url }) => Response.json(url.includes('name=') ? rows : rows[0]), {
    generation: 'legacy',
  })

  const error = await failureOf(client.tickets.create({ ...bug, integration_id: id }))

  expect(error).toMatchObject({ name: 'AmbiguousIntegrationError' })
  expect(String(error)).not.toMatch(/integration_id/)
})
