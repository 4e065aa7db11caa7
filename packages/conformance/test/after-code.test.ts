import {
  categoryOf,
  isAmbiguousIntegrationError,
  isApiError,
  isIntegrationNotFoundError,
  isIntegrationUnusableError,
  isInvalidRequestError,
  LEGACY_INTEGRATION_TYPES,
  parseCreateIntegration,
} from '@ai-ticket-creator/sdk'
import { describe, expect, test } from 'vitest'
import { runs } from '../src/backends.ts'
import { caught } from '../src/caught.ts'

// Code as it is written after the change. It has to work against every generation, unchanged.
describe.each(runs)('after-code: $name', ({ open, sharedName }) => {
  test('an integration of each platform that all generations know shows its platform and category', async () => {
    await using backend = await open()
    const { integrations } = backend.client

    for (const platform of LEGACY_INTEGRATION_TYPES)
      await integrations.create(parseCreateIntegration({ name: platform, platform_name: platform }))

    const found = new Map<string, unknown>()
    for await (const row of integrations.list({ limit: 4 }))
      found.set(row.name, [row.integration_category, row.platform_name])
    expect(found).toEqual(
      new Map(LEGACY_INTEGRATION_TYPES.map((platform) => [platform, [categoryOf(platform), platform]])),
    )
  })

  test('an integration is active when it is created, and inactive when it is created disabled', async () => {
    await using backend = await open()
    const { integrations } = backend.client

    const on = await integrations.create({ name: 'on', platform_name: 'jira', integration_category: 'ticketing' })
    const off = await integrations.create({ name: 'off', platform_name: 'jira', enabled: false })

    expect([on.enabled, on.status]).toEqual([true, 'active'])
    expect([off.enabled, off.status]).toEqual([false, 'inactive'])
  })

  test('status follows `enabled`', async () => {
    await using backend = await open()
    const { integrations } = backend.client
    const { id } = await integrations.create({ name: 'JIRA', platform_name: 'jira' })

    const disabled = await integrations.disable(id)
    const enabled = await integrations.enable(id)
    const updated = await integrations.update(id, { enabled: false, description: 'closed' })

    expect([disabled.enabled, disabled.status]).toEqual([false, 'inactive'])
    expect([enabled.enabled, enabled.status]).toEqual([true, 'active'])
    expect([updated.enabled, updated.status, updated.description]).toEqual([false, 'inactive', 'closed'])
  })

  test('an update leaves what is absent alone and clears what is null', async () => {
    await using backend = await open()
    const { integrations } = backend.client
    const { id } = await integrations.create({ name: 'JIRA', platform_name: 'jira', description: 'old', region: 'eu' })

    const updated = await integrations.update(id, { description: null })

    expect([updated.description, updated.region, updated.name]).toEqual([null, 'eu', 'JIRA'])
  })

  test('an object that is sent back whole changes nothing', async () => {
    await using backend = await open()
    const { integrations } = backend.client
    const { id } = await integrations.create({ name: 'JIRA', platform_name: 'jira', region: 'eu' })
    const before = await integrations.retrieve(id)

    await integrations.update(id, before)

    const after = await integrations.retrieve(id)
    expect({ ...after, updated_at: '' }).toEqual({ ...before, updated_at: '' })
  })

  test('a list shows what its filters ask for, in the order asked for', async () => {
    await using backend = await open()
    const { integrations } = backend.client
    await integrations.create({ name: 'a', platform_name: 'jira' })
    await integrations.create({ name: 'b', platform_name: 'zendesk' })
    await integrations.create({ name: 'c', platform_name: 'slack', enabled: false })
    const names = async (filters: Parameters<typeof integrations.list>[0]) =>
      (await integrations.list({ sort_by: 'name', sort_order: 'asc', ...filters }).toArray({ limit: 10 })).map(
        ({ name }) => name,
      )

    expect(await names({ platform_name: 'jira' })).toEqual(['a'])
    expect(await names({ integration_category: 'ticketing' })).toEqual(['a', 'b'])
    expect(await names({ enabled: false })).toEqual(['c'])
    expect(await names({ sort_order: 'desc' })).toEqual(['c', 'b', 'a'])
  })

  test('a list is read page by page, without gaps and without repeats', async () => {
    await using backend = await open()
    const { integrations } = backend.client
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
    for (const name of names) await integrations.create({ name, platform_name: 'jira' })

    const seen: string[] = []
    for await (const { name } of integrations.list({ limit: 3, sort_by: 'name', sort_order: 'asc' })) seen.push(name)

    expect(seen).toEqual(names)
  })

  test('an integration that is deleted is gone', async () => {
    await using backend = await open()
    const { integrations } = backend.client
    const { id } = await integrations.create({ name: 'JIRA', platform_name: 'jira' })

    await integrations.delete(id)

    const error = await caught(integrations.retrieve(id))
    expect(isApiError(error) && [error.status, error.code]).toEqual([404, 'not_found'])
    expect((await integrations.list()).items).toEqual([])
  })

  test('an integration is found by its name, and only by its whole name', async () => {
    await using backend = await open()
    const { integrations } = backend.client
    const { id } = await integrations.create({ name: 'JIRA Production', platform_name: 'jira' })
    await integrations.create({ name: 'JIRA Production EU', platform_name: 'jira' })

    const found = await integrations.findByName('JIRA Production')

    expect(found.id).toBe(id)
    expect(isIntegrationNotFoundError(await caught(integrations.findByName('JIRA Prod')))).toBe(true)
  })

  test('a ticket reaches the integration with its id', async () => {
    await using backend = await open()
    const { integrations, tickets } = backend.client
    const jira = await integrations.create({ name: 'JIRA Production', platform_name: 'jira' })

    const ticket = await tickets.create({ title: 'Bug Report', description: '...', integration_id: jira.id })

    const found = await tickets.retrieve(ticket.id)
    expect(found.integration_id).toBe(jira.id)
    expect(found.integration_result?.external_ticket_id).toBe('JIRA-1')
  })

  test('a ticket reaches its integration, or none, when another one has its name', async () => {
    await using backend = await open()
    const { integrations, tickets } = backend.client
    const one = await integrations.create({ name: 'Support', platform_name: 'zendesk' })
    await integrations.create({ name: 'Support', platform_name: 'freshdesk' })

    const outcome = await tickets
      .create({ title: 'Bug', description: '...', integration_id: one.id })
      .then(({ integration_id }) => (integration_id === one.id ? 'filed' : 'misrouted'))
      .catch((error: unknown) => (isAmbiguousIntegrationError(error) ? 'refused' : error))

    const filed = await tickets.list().toArray({ limit: 10 })
    expect([outcome, filed.length]).toEqual([sharedName, { filed: 1, refused: 0 }[sharedName]])
  })

  test('a ticket with the id of a disabled integration files nothing and says why', async () => {
    await using backend = await open()
    const { integrations, tickets } = backend.client
    const { id } = await integrations.create({ name: 'Zoom', platform_name: 'zoom', enabled: false })

    const error = await caught(tickets.create({ title: 'Bug', description: '...', integration_id: id }))

    expect(isIntegrationUnusableError(error) && error.reason).toBe('inactive')
    expect((await tickets.list()).items).toEqual([])
  })

  test('a ticket without integration is internal', async () => {
    await using backend = await open()

    const ticket = await backend.client.tickets.create({ title: 'Chair', description: 'It squeaks.' })

    expect([ticket.integration_id, ticket.integration_result]).toEqual([null, null])
  })

  test('tickets are listed with their total', async () => {
    await using backend = await open()
    const { tickets } = backend.client
    for (const title of ['a', 'b', 'c']) await tickets.create({ title, description: '...' })

    const page = await tickets.list({ size: 2, sort_by: 'title', sort_order: 'asc' })
    const next = await page.next()

    expect([page.items.map(({ title }) => title), page.total, page.hasNext]).toEqual([['a', 'b'], 3, true])
    expect([next.items.map(({ title }) => title), next.hasNext]).toEqual([['c'], false])
  })

  test('a field that no schema has is refused before anything is sent', async () => {
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
