// Writes that existing backends carry out in part before they answer 500 (existing backend: update an integration).
import { createApp, createMemoryStore, DEFAULT_USER, type Profile } from '@ai-ticket-creator/reference-api'
import { describe, expect, test } from 'vitest'
import { type ClientOptions, createClient } from '../src/index.ts'
import { baseUrl, connectTo, failureOf, nthId, recordRequests, requestLines } from './backend.ts'

const id = nthId(1)
const row = `/integrations/${id}`
const credentials = { email: 'a@example.test', api_token: 't', url: 'https://jira.example.test' }

async function oneIntegration(profile: Profile, options: Partial<ClientOptions> = {}) {
  let seconds = 0
  const clock = () => new Date(Date.UTC(2026, 0, 1, 0, 0, seconds++))
  const app = createApp({ store: createMemoryStore(), profile, clock })
  const { seen, fetch } = recordRequests(app.fetch)
  const client = createClient({ baseUrl, token: DEFAULT_USER.token, fetch, retry: false, ...options })
  await client.integrations.create({ name: 'Bugs', platform_name: 'jira', auth_type: 'custom', credentials })
  seen.length = 0
  return { client, seen }
}

describe.each(['existing-refactored', 'existing-latest'] as const)('an update on %s', (profile) => {
  test.each([
    ['platform_name', 'zendesk'],
    ['integration_type', 'zendesk'],
    ['status', 'suspended'],
    ['auth_type', 'basic'],
  ])('names a read-only field that was not written, and lists the others as applied: %s', async (field, value) => {
    const { client } = await oneIntegration(profile)

    const error = await failureOf(client.integrations.update(id, { description: 'B', [field]: value }))

    expect(error).toMatchObject({ name: 'SilentDropError', endpoint: 'integrations.update', applied: ['description'] })
    expect(error).toHaveProperty(
      'fields',
      expect.arrayContaining([field === 'integration_type' ? 'platform_name' : field]),
    )
    expect((await client.integrations.retrieve(id)).description).toBe('B')
  })

  test('changes `enabled` also when another field was not written', async () => {
    const { client } = await oneIntegration(profile)

    const error = await failureOf(
      client.integrations.update(id, { description: 'B', auth_type: 'basic', enabled: false } as object),
    )

    expect(error).toMatchObject({
      name: 'SilentDropError',
      fields: ['auth_type'],
      applied: ['description', 'enabled'],
      message: expect.stringMatching(
        /shows `auth_type` with another value; these fields were written: `description`, `enabled`$/,
      ),
    })
    expect(await client.integrations.retrieve(id)).toMatchObject({ status: 'inactive', enabled: false })
  })

  test('does not claim a field that no reply shows', async () => {
    const { client } = await oneIntegration(profile)
    const ticket = await client.tickets.create({ title: 'A', description: 'B' })

    const error = await failureOf(
      client.tickets.update(ticket.id, { tags: ['a'], due_date: '2026-02-01T00:00:00Z', title: 'C' }),
    )

    expect(error).toMatchObject({
      name: 'SilentDropError',
      fields: ['due_date'],
      unverified: ['tags'],
      applied: ['title'],
      message:
        'the backend accepted the write, but its reply shows `due_date` with another value; `tags` may not be written either: no reply shows it; these fields were written: `title`',
    })
  })

  test('has no `applied` when nothing is confirmed', async () => {
    const { client } = await oneIntegration(profile)
    const ticket = await client.tickets.create({ title: 'A', description: 'B' })

    const error = await failureOf(client.tickets.update(ticket.id, { tags: ['a'], due_date: '2026-02-01T00:00:00Z' }))

    expect(error).toMatchObject({ name: 'SilentDropError', fields: ['due_date'], unverified: ['tags'] })
    expect(error).not.toHaveProperty('applied')
  })

  test('of credentials alone is unverified, and `enabled` is still changed', async () => {
    const { client, seen } = await oneIntegration(profile, { allowUnverified: true })

    const { data, unverified } = await client.integrations.update(id, { credentials, enabled: false }).withResponse()

    expect(data).toMatchObject({ status: 'inactive', enabled: false })
    expect(unverified).toEqual(['credentials'])
    expect(requestLines(seen)).toEqual([`GET ${row}`, `PUT ${row}`, `GET ${row}`, `PATCH ${row}/status`])
  })
})

describe('after a 500, a row that shows no sent value', () => {
  const stored = { id, name: 'Bugs', description: 'A', region: 'eu', updated_at: '2026-01-01T00:00:00.000Z' }
  const answering = (after: object) => {
    let isWritten = false
    return connectTo(
      ({ method }) => {
        if (method === 'GET') return Response.json(isWritten ? { ...stored, ...after } : stored)
        isWritten = true
        return Response.json({ detail: 'no' }, { status: 500 })
      },
      { allowUnverified: true },
    )
  }

  test('was not written when `updated_at` has not moved', async () => {
    const { client } = answering({})

    const error = await failureOf(client.integrations.update(id, { description: 'B' }))

    expect(error).toMatchObject({ name: 'ApiError', status: 500 })
  })

  test('was not written when it shows unchanged fields only', async () => {
    const { client } = answering({})

    const error = await failureOf(client.integrations.update(id, { region: 'eu', description: 'B' }))

    expect(error).toMatchObject({ name: 'ApiError', status: 500 })
    expect(error).not.toHaveProperty('applied')
  })

  test('has dropped the fields when `updated_at` has moved', async () => {
    const { client } = answering({ updated_at: '2026-01-02T00:00:00.000Z' })

    const error = await failureOf(client.integrations.update(id, { description: 'B' }))

    expect(error).toMatchObject({ name: 'SilentDropError', fields: ['description'] })
  })

  test('may hold the secrets when `updated_at` has moved', async () => {
    const moved = answering({ updated_at: '2026-01-02T00:00:00.000Z' })
    const unmoved = answering({})

    const { unverified } = await moved.client.integrations.update(id, { webhook_secret: 's3cr3t' }).withResponse()
    const error = await failureOf(unmoved.client.integrations.update(id, { webhook_secret: 's3cr3t' }))

    expect(unverified).toEqual(['webhook_secret'])
    expect(error).toMatchObject({ name: 'ApiError', status: 500 })
  })
})
