// When `enabled` of an integration is changed, and by which request (existing backend: status and enabled).
import { createApp, createMemoryStore, DEFAULT_USER, type Profile } from '@ai-ticket-creator/reference-api'
import { describe, expect, test } from 'vitest'
import { createClient } from '../src/index.ts'
import { baseUrl, connect, nthId, recordRequests, requestLines, setStoredFields } from './backend.ts'

const id = nthId(1)
const row = `/integrations/${id}`
const credentials = { email: 'a@example.test', api_token: 't', url: 'https://jira.example.test' }

/** A client of a profile that has one integration, active and enabled, whose last health check was not healthy. */
async function unhealthy(profile: Profile) {
  const store = createMemoryStore()
  const app = createApp({ store, profile })
  const { seen, fetch } = recordRequests(app.fetch)
  const client = createClient({ baseUrl, token: DEFAULT_USER.token, fetch, retry: false })
  await client.integrations.create({ name: 'Bugs', platform_name: 'jira', auth_type: 'custom', credentials })
  await client.integrations.activate(id)
  await setStoredFields(store, id, { health_check_status: 'unhealthy' })
  seen.length = 0
  return { client, store, seen }
}

describe.each(['existing-refactored', 'existing-latest'] as const)(
  'an active, unhealthy integration on %s',
  (profile) => {
    test('stays active when it is sent back with a change', async () => {
      const { client, seen } = await unhealthy(profile)
      const retrieved = await client.integrations.retrieve(id)

      const updated = await client.integrations.update(id, { ...retrieved, description: 'B' })

      expect(updated).toMatchObject({ description: 'B', status: 'active', enabled: true })
      expect(requestLines(seen)).not.toContain(`PATCH ${row}/status`)
      expect(await client.integrations.retrieve(id)).toMatchObject({ status: 'active', enabled: true })
    })

    test('stays active when `enabled` is sent with its stored value', async () => {
      const { client, seen } = await unhealthy(profile)

      await client.integrations.update(id, { enabled: true, description: 'B' })
      await client.integrations.update(id, { enabled: true })

      expect(requestLines(seen)).not.toContain(`PATCH ${row}/status`)
      expect(await client.integrations.retrieve(id)).toMatchObject({
        description: 'B',
        status: 'active',
        enabled: true,
      })
    })

    test('stays active when it is enabled again', async () => {
      const { client, seen } = await unhealthy(profile)

      const enabled = await client.integrations.enable(id)

      expect(enabled).toMatchObject({ status: 'active', enabled: true })
      expect(requestLines(seen)).toEqual([`GET ${row}`])
    })

    test.each(['enable', 'update'] as const)('is enabled by PUT when it is disabled: %s', async (method) => {
      const { client, store, seen } = await unhealthy(profile)
      await setStoredFields(store, id, { enabled: false })

      const enabled =
        method === 'enable'
          ? await client.integrations.enable(id)
          : await client.integrations.update(id, { enabled: true })

      expect(enabled).toMatchObject({ status: 'active', enabled: true })
      expect(requestLines(seen)).toEqual([`GET ${row}`, `PUT ${row}`, `GET ${row}`])
      expect(seen[1]?.body).toEqual({ enabled: true })
    })
  },
)

describe.each(['legacy', 'transitional', 'current'] as const)('on a %s backend', (backend) => {
  test('an integration in the status `error` keeps it when it is sent back', async () => {
    const { client, store } = connect({ backend })
    await client.integrations.create({ name: 'Bugs', platform_name: 'jira' })
    await setStoredFields(store, id, { status: 'error' })
    const retrieved = await client.integrations.retrieve(id)

    const updated = await client.integrations.update(id, { ...retrieved, description: 'B' })

    expect(updated).toMatchObject({ description: 'B', status: 'error' })
  })

  test('an integration in the status `error` is enabled on request', async () => {
    const { client, store } = connect({ backend })
    await client.integrations.create({ name: 'Bugs', platform_name: 'jira' })
    await setStoredFields(store, id, { status: 'error' })

    const enabled = await client.integrations.enable(id)

    expect(enabled).toMatchObject({ status: 'active', enabled: true })
  })

  test('enabling and disabling send nothing when the integration is in that state', async () => {
    const { client, seen } = connect({ backend })
    await client.integrations.create({ name: 'Bugs', platform_name: 'jira' })

    await client.integrations.enable(id)
    await client.integrations.update(id, { enabled: true })
    await client.integrations.disable(id)
    await client.integrations.disable(id)
    await client.integrations.update(id, { enabled: false })

    expect(requestLines(seen).filter((request) => request.startsWith('P'))).toEqual([
      'POST /integrations/',
      `PATCH ${row}/status`,
    ])
  })

  test('a reason is sent for an integration that is disabled already', async () => {
    const { client, seen } = connect({ backend })
    await client.integrations.create({ name: 'Bugs', platform_name: 'jira', enabled: false })

    await client.integrations.disable(id, { reason: 'maintenance' })

    expect(seen.at(-1)).toMatchObject({ method: 'PATCH', body: { reason: 'maintenance' } })
  })
})
