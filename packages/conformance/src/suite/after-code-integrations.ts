import {
  categoryOf,
  isApiError,
  isIntegrationNotFoundError,
  isInvalidRequestError,
  LEGACY_INTEGRATION_TYPES,
  parseCreateIntegration,
} from '@ai-ticket-creator/sdk'
import { describe, expect, test } from 'vitest'
import type { Run } from '../backends.ts'
import { caught } from '../caught.ts'
import { outcomeOf } from '../outcome.ts'

const allCredentials = { url: 'https://jira.example.test', email: 'bot@example.test', api_token: 'old', api_key: 'old' }

/**
 * Code with the names of the new API must work unchanged with every generation. Where the existing backend does not support a
 * call, the suite checks the error that the client reports; see ../profile-expectations.ts.
 */
export function describeAfterCodeIntegrations(runs: readonly Run[]): void {
  describe.each(runs)('after-code: $name', ({ open, requiredFields, expected }) => {
    test('an integration on each platform that exists in every generation has its platform and category', async () => {
      await using backend = await open()
      const { integrations } = backend.client

      for (const platform of LEGACY_INTEGRATION_TYPES)
        await integrations.create(
          parseCreateIntegration({ ...requiredFields(platform), name: platform, platform_name: platform }),
        )

      const found = new Map<string, unknown>()
      for await (const row of integrations.list({ limit: 4 }))
        found.set(row.name, [row.integration_category, row.platform_name])
      expect(found).toEqual(
        new Map(LEGACY_INTEGRATION_TYPES.map((platform) => [platform, [categoryOf(platform), platform]])),
      )
    })

    test('a new integration is active, and inactive when it is created disabled', async () => {
      await using backend = await open()
      const { integrations } = backend.client

      const on = await integrations.create({
        ...requiredFields('jira'),
        name: 'on',
        platform_name: 'jira',
        integration_category: 'ticketing',
      })
      const off = await integrations.create({
        ...requiredFields('jira'),
        name: 'off',
        platform_name: 'jira',
        enabled: false,
      })

      expect([on.enabled, on.status]).toEqual(expected('created', [true, 'active']))
      expect([off.enabled, off.status]).toEqual([false, 'inactive'])
    })

    test('status follows `enabled`', async () => {
      await using backend = await open()
      const { integrations } = backend.client
      const { id } = await integrations.create({ ...requiredFields('jira'), name: 'JIRA', platform_name: 'jira' })

      const disabled = await integrations.disable(id)
      const enabled = await integrations.enable(id)
      const updated = await integrations.update(id, { enabled: false, description: 'closed' })

      expect([disabled.enabled, disabled.status]).toEqual([false, 'inactive'])
      expect([enabled.enabled, enabled.status]).toEqual(expected('enabled', [true, 'active']))
      expect([updated.enabled, updated.status, updated.description]).toEqual([false, 'inactive', 'closed'])
    })

    test('an update does not change absent fields and clears a null', async () => {
      await using backend = await open()
      const { integrations } = backend.client
      const { id } = await integrations.create({
        ...requiredFields('jira'),
        name: 'JIRA',
        platform_name: 'jira',
        description: 'old',
        region: 'eu',
      })

      const updated = await integrations.update(id, { description: null })

      expect([updated.description, updated.region, updated.name]).toEqual([null, 'eu', 'JIRA'])
    })

    test('sending a retrieved integration back changes nothing', async () => {
      await using backend = await open()
      const { integrations } = backend.client
      const { id } = await integrations.create({
        ...requiredFields('jira'),
        name: 'JIRA',
        platform_name: 'jira',
        region: 'eu',
      })
      const before = await integrations.retrieve(id)

      await integrations.update(id, before)

      const after = await integrations.retrieve(id)
      expect({ ...after, updated_at: '' }).toEqual({ ...before, updated_at: '' })
    })

    test('a create lists the fields that no reply shows', async () => {
      await using backend = await open()
      const { integrations } = backend.client
      const secrets = { credentials: allCredentials, webhook_secret: 'hush' }

      const creating = integrations.create({ name: 'JIRA', platform_name: 'jira', ...secrets })
      const { data, unverified } = await creating.withResponse()

      expect(unverified).toEqual(expected('unverifiedOfCreate', ['webhook_secret']))
      expect((await integrations.retrieve(data.id)).name).toBe('JIRA')
    })

    test('new credentials are stored; a backend that cannot confirm them gets them only when that is allowed', async () => {
      await using backend = await open()
      const { integrations } = backend.client
      const { id } = await integrations.create({ name: 'JIRA', platform_name: 'jira', credentials: allCredentials })
      const fresh = { credentials: { ...allCredentials, api_token: 'new' } }

      const outcome = await outcomeOf(integrations.update(id, fresh))
      const allowing = integrations.update(id, { ...fresh, description: 'x' }, { allowUnverified: true }).withResponse()
      const allowed = await outcomeOf(allowing, ({ unverified }) => unverified)

      expect(outcome).toBe(expected('newCredentials', 'done'))
      expect(allowed).toEqual(expected('newCredentialsAllowed', []))
      expect((await integrations.retrieve(id)).description).toBe('x')
    })

    test('a list is filtered and sorted as requested', async () => {
      await using backend = await open()
      const { integrations } = backend.client
      await integrations.create({ ...requiredFields('jira'), name: 'a', platform_name: 'jira' })
      await integrations.create({ ...requiredFields('zendesk'), name: 'b', platform_name: 'zendesk' })
      await integrations.create({ ...requiredFields('slack'), name: 'c', platform_name: 'slack', enabled: false })
      const names = async (filters: Parameters<typeof integrations.list>[0]) =>
        (await integrations.list({ sort_by: 'name', sort_order: 'asc', ...filters }).toArray({ limit: 10 })).map(
          ({ name }) => name,
        )

      expect(await names({ platform_name: 'jira' })).toEqual(['a'])
      expect(await names({ integration_category: 'ticketing' })).toEqual(['a', 'b'])
      expect(await names({ enabled: false })).toEqual(['c'])
      expect(await names({ sort_order: 'desc' })).toEqual(['c', 'b', 'a'])
    })

    test('a list is read page by page, without gaps or duplicates', async () => {
      await using backend = await open()
      const { integrations } = backend.client
      const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
      for (const name of names) await integrations.create({ ...requiredFields('jira'), name, platform_name: 'jira' })

      const seen: string[] = []
      for await (const { name } of integrations.list({ limit: 3, sort_by: 'name', sort_order: 'asc' })) seen.push(name)

      expect(seen).toEqual(names)
    })

    test('a deleted integration is not found', async () => {
      await using backend = await open()
      const { integrations } = backend.client
      const { id } = await integrations.create({ ...requiredFields('jira'), name: 'JIRA', platform_name: 'jira' })

      await integrations.delete(id)

      const error = await caught(integrations.retrieve(id))
      expect(isApiError(error) && [error.status, error.code]).toEqual([404, 'not_found'])
      expect((await integrations.list()).items).toEqual([])
    })

    test('an integration is found only by its whole name', async () => {
      await using backend = await open()
      const { integrations } = backend.client
      const { id } = await integrations.create({
        ...requiredFields('jira'),
        name: 'JIRA Production',
        platform_name: 'jira',
      })
      await integrations.create({ ...requiredFields('jira'), name: 'JIRA Production EU', platform_name: 'jira' })

      const found = await integrations.findByName('JIRA Production')

      expect(found.id).toBe(id)
      expect(isIntegrationNotFoundError(await caught(integrations.findByName('JIRA Prod')))).toBe(true)
    })

    test('an integration can be tested, synchronised and activated', async () => {
      await using backend = await open()
      const { integrations } = backend.client
      const { id } = await integrations.create({
        ...requiredFields('jira'),
        name: 'JIRA',
        platform_name: 'jira',
        enabled: false,
      })

      const activated = await outcomeOf(integrations.activate(id), (to) => [to.previous_status, to.new_status])
      const tested = await integrations.test(id, { test_types: ['connection'] })
      const synchronising = integrations.sync(id, { sync_type: 'test', dry_run: true })
      const synchronised = await outcomeOf(synchronising, (sync) => [sync.sync_type, sync.dry_run])

      expect(activated).toEqual(expected('activated', ['inactive', 'active']))
      expect([tested.success, tested.test_type]).toEqual(expected('tested', [true, 'connection']))
      expect(synchronised).toEqual(expected('synchronised', ['test', true]))
    })

    test('active integrations and the fields of one are listed', async () => {
      await using backend = await open()
      const { integrations } = backend.client
      const { id } = await backend.makeUsable(
        await integrations.create({ ...requiredFields('jira'), name: 'a', platform_name: 'jira' }),
      )
      await backend.makeUsable(
        await integrations.create({ ...requiredFields('slack'), name: 'b', platform_name: 'slack' }),
      )
      await integrations.create({ ...requiredFields('jira'), name: 'c', platform_name: 'jira', enabled: false })

      const all = await integrations.listActive()
      const jira = await integrations.listActive({ platform_name: 'jira' })
      const messaging = await integrations.listActive({ integration_category: 'messaging' })
      const fields = await integrations.fields(id)

      expect([all, jira, messaging].map((rows) => rows.map(({ name }) => name))).toEqual([['a', 'b'], ['a'], ['b']])
      expect([fields.integration_category, fields.platform_name, fields.integration_name]).toEqual([
        'ticketing',
        'jira',
        'a',
      ])
    })

    test('`client.request` calls an endpoint directly', async () => {
      await using backend = await open()
      const { client } = backend

      const body = { ...requiredFields('jira'), name: 'JIRA', platform_name: 'jira' as const }
      const { id } = await client.integrations.create(body)
      const patient = client.withOptions({ timeout: 60_000 })
      const found = await patient.request('integrations.retrieve', { params: { integration_id: id } })
      const creating = client.request('integrations.create', { body })
      const created = await outcomeOf(creating, (one) => [one.name, one.platform_name, one.enabled])

      const [enabled] = expected('created', [true, 'active'])
      expect([found.name, found.platform_name, found.enabled]).toEqual(['JIRA', 'jira', enabled])
      expect(created).toEqual(expected('rawCreate', ['JIRA', 'jira', true]))
    })

    test('an unknown field is refused before a request is sent', async () => {
      await using backend = await open()
      const { integrations } = backend.client
      const input = { name: 'JIRA', platform_name: 'jira' as const, enabeld: false }

      const error = await caught(integrations.create(input))

      expect(isInvalidRequestError(error) && error.issues.map(({ code, replacement }) => [code, replacement])).toEqual([
        ['unknown_field', 'enabled'],
      ])
      expect((await integrations.list()).items).toEqual([])
    })
  })
}
