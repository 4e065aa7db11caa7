import {
  isAmbiguousIntegrationError,
  isIntegrationNotFoundError,
  isIntegrationUnusableError,
  LEGACY_INTEGRATION_TYPES,
  type LegacyCreateIntegration,
  type LegacyIntegrationType,
} from '@ai-ticket-creator/sdk'
import { describe, expect, test } from 'vitest'
import type { Run } from '../backends.ts'
import { caught } from '../caught.ts'
import { outcomeOf } from '../outcome.ts'

// The cast is needed, because a platform that is known only at run time selects no member of the union.
const inputFor = (platform: LegacyIntegrationType, fields: object) =>
  ({ ...fields, name: platform, integration_type: platform }) as LegacyCreateIntegration

// An external ticket id. Its number is not fixed, because some backends are shared by all tests.
const FILED = /^JIRA-\d+$/

/**
 * Code with the names of the legacy API must work unchanged with every generation. Where the existing backend does not support a
 * call, the suite checks the error that the client reports; see ../profile-expectations.ts.
 */
export function describeBeforeCode(runs: readonly Run[]): void {
  describe.each(runs)('before-code: $name', ({ open, requiredFields, expected }) => {
    test('a create without credentials succeeds, or fails and creates nothing', async () => {
      await using backend = await open()
      const { integrations } = backend.client

      const creating = integrations.create({ name: 'JIRA Production', integration_type: 'jira', is_enabled: true })

      const outcome = await outcomeOf(creating)
      const listed = await integrations.list({ integration_type: 'jira' })
      expect(outcome).toBe(expected('createWithoutCredentials', 'done'))
      expect(listed.items.length).toBe(outcome === 'done' ? 1 : 0)
    })

    test('an integration created with legacy names is returned with legacy names', async () => {
      await using backend = await open()
      const { integrations } = backend.client

      const created = await integrations.create({
        ...requiredFields('jira'),
        name: 'JIRA Production',
        integration_type: 'jira',
        is_enabled: true,
      })

      const found = await integrations.retrieve(created.id)
      expect(found.name).toBe('JIRA Production')
      expect(found.integration_type).toBe('jira')
      expect([found.is_enabled, found.status]).toEqual(expected('created', [true, 'active']))
    })

    test('an integration on each platform has its type', async () => {
      await using backend = await open()
      const { integrations } = backend.client

      for (const platform of LEGACY_INTEGRATION_TYPES)
        await integrations.create(inputFor(platform, requiredFields(platform)))

      const types = new Map<string, unknown>()
      for await (const integration of integrations.list({ limit: 4 }))
        types.set(integration.name, integration.integration_type)
      expect(types).toEqual(new Map(LEGACY_INTEGRATION_TYPES.map((platform) => [platform, platform])))
    })

    test('`is_enabled: false` on create makes an inactive integration', async () => {
      await using backend = await open()
      const { integrations } = backend.client

      const created = await integrations.create({
        ...requiredFields('zoom'),
        name: 'Zoom',
        integration_type: 'zoom',
        is_enabled: false,
      })

      const found = await integrations.retrieve(created.id)
      expect([found.is_enabled, found.status]).toEqual([false, 'inactive'])
    })

    test('sending an integration back with `is_enabled` changed disables it', async () => {
      await using backend = await open()
      const { integrations } = backend.client
      const created = await integrations.create({ ...requiredFields('zoom'), name: 'Zoom', integration_type: 'zoom' })

      const found = await integrations.retrieve(created.id)
      await integrations.update(created.id, { ...found, is_enabled: false })

      const after = await integrations.retrieve(created.id)
      expect([after.is_enabled, after.status, after.name]).toEqual([false, 'inactive', 'Zoom'])
    })

    test('a list can be filtered by legacy names', async () => {
      await using backend = await open()
      const { integrations } = backend.client
      await integrations.create({ ...requiredFields('jira'), name: 'one', integration_type: 'jira' })
      await integrations.create({ ...requiredFields('jira'), name: 'two', integration_type: 'jira', is_enabled: false })
      await integrations.create({ ...requiredFields('zendesk'), name: 'three', integration_type: 'zendesk' })

      const jira = await integrations.list({ integration_type: 'jira', sort_by: 'name', sort_order: 'asc' })
      const off = await integrations.list({ is_enabled: false })

      expect(jira.items.map(({ name }) => name)).toEqual(['one', 'two'])
      expect(off.items.map(({ name }) => name)).toEqual(['two'])
    })

    test('a ticket with `integration_name` is created at that integration', async () => {
      await using backend = await open()
      const { integrations, tickets } = backend.client
      const jira = await backend.makeUsable(
        await integrations.create({ ...requiredFields('jira'), name: 'JIRA Production', integration_type: 'jira' }),
      )

      const ticket = await tickets.create({
        title: 'Bug Report',
        description: '...',
        integration_name: 'JIRA Production',
      })

      expect(ticket.integration_id).toBe(expected('showsIntegration', true) ? jira.id : undefined)
      expect((await backend.stored(ticket.id))?.integration_id).toBe(jira.id)
      expect(ticket.external_ticket_id).toMatch(FILED)
    })

    test('a ticket with `integration` is created at that integration', async () => {
      await using backend = await open()
      const { integrations, tickets } = backend.client
      const jira = await backend.makeUsable(
        await integrations.create({ ...requiredFields('jira'), name: 'JIRA Production', integration_type: 'jira' }),
      )

      const ticket = await tickets.create({ title: 'Bug Report', description: '...', integration: 'JIRA Production' })

      expect(ticket.integration_id).toBe(expected('showsIntegration', true) ? jira.id : undefined)
      expect((await backend.stored(ticket.id))?.integration_id).toBe(jira.id)
    })

    test('a ticket that names a platform is created at its only integration', async () => {
      await using backend = await open()
      const { integrations, tickets } = backend.client
      const jira = await backend.makeUsable(
        await integrations.create({ ...requiredFields('jira'), name: 'JIRA Production', integration_type: 'jira' }),
      )

      const ticket = await tickets.create({ title: 'Bug Report', description: '...', integration_name: 'jira' })

      expect(ticket.integration_id).toBe(expected('showsIntegration', true) ? jira.id : undefined)
      expect((await backend.stored(ticket.id))?.integration_id).toBe(jira.id)
    })

    test('a ticket for an ambiguous name is refused with the candidates', async () => {
      await using backend = await open()
      const { integrations, tickets } = backend.client
      const one = await integrations.create({
        ...requiredFields('zendesk'),
        name: 'Support',
        integration_type: 'zendesk',
      })
      const two = await integrations.create({
        ...requiredFields('freshdesk'),
        name: 'Support',
        integration_type: 'freshdesk',
      })

      const error = await caught(tickets.create({ title: 'Bug', description: '...', integration_name: 'Support' }))

      expect(isAmbiguousIntegrationError(error) && error.candidates.map(({ id }) => id).toSorted()).toEqual(
        [one.id, two.id].toSorted(),
      )
      expect((await tickets.list()).items).toEqual([])
    })

    test('a ticket for an unknown name is refused', async () => {
      await using backend = await open()
      const { tickets } = backend.client

      const error = await caught(tickets.create({ title: 'Bug', description: '...', integration_name: 'Nowhere' }))

      expect(isIntegrationNotFoundError(error)).toBe(true)
      expect((await tickets.list()).items).toEqual([])
    })

    test('a ticket for the name of a disabled integration is refused with the reason', async () => {
      await using backend = await open()
      const { integrations, tickets } = backend.client
      await integrations.create({
        ...requiredFields('zoom'),
        name: 'Zoom',
        integration_type: 'zoom',
        is_enabled: false,
      })

      const error = await caught(tickets.create({ title: 'Bug', description: '...', integration_name: 'Zoom' }))

      expect(isIntegrationUnusableError(error) && error.reason).toBe('inactive')
      expect((await tickets.list()).items).toEqual([])
    })

    test('a ticket drafted by AI is created at the integration that it names, or fails and creates nothing', async () => {
      await using backend = await open()
      const { integrations, tickets } = backend.client
      const jira = await backend.makeUsable(
        await integrations.create({ ...requiredFields('jira'), name: 'JIRA Production', integration_type: 'jira' }),
      )

      const outcomes = [
        await outcomeOf(tickets.createWithAi({ user_input: 'Fire', integration: 'JIRA Production' }), ({ ticket }) =>
          FILED.test(ticket.external_ticket_id ?? ''),
        ),
        await outcomeOf(tickets.createWithAi({ user_input: 'Smoke', integration_preference: 'jira' }), ({ ticket }) =>
          FILED.test(ticket.external_ticket_id ?? ''),
        ),
      ]

      const drafted = expected('drafted', true)
      expect(outcomes).toEqual([drafted, drafted])
      const ids = (await tickets.list()).items.map(({ id }) => id)
      expect(ids.length).toBe(drafted === true ? 2 : 0)
      const shown = await Promise.all(ids.map((id) => tickets.retrieve(id)))
      const stored = await Promise.all(ids.map((id) => backend.stored(id)))
      expect(shown.map((ticket) => ticket.integration_id)).toEqual(
        ids.map(() => (expected('showsIntegration', true) ? jira.id : undefined)),
      )
      expect(stored.map((row) => row?.integration_id)).toEqual(ids.map(() => jira.id))
    })

    test('an AI draft for an ambiguous name is refused', async () => {
      await using backend = await open()
      const { integrations, tickets } = backend.client
      await integrations.create({ ...requiredFields('zendesk'), name: 'Support', integration_type: 'zendesk' })
      await integrations.create({ ...requiredFields('freshdesk'), name: 'Support', integration_type: 'freshdesk' })

      const error = await caught(tickets.createWithAi({ user_input: 'Fire', integration_name: 'Support' }))

      expect(isAmbiguousIntegrationError(error)).toBe(true)
      expect((await tickets.list()).items).toEqual([])
    })

    test('an update and a replacement move a ticket to the integration that they name', async () => {
      await using backend = await open()
      const { integrations, tickets } = backend.client
      const jira = await backend.makeUsable(
        await integrations.create({ ...requiredFields('jira'), name: 'JIRA', integration_type: 'jira' }),
      )
      const chat = await backend.makeUsable(
        await integrations.create({ ...requiredFields('slack'), name: 'Chat', integration_type: 'slack' }),
      )
      const { id } = await tickets.create({ title: 'a', description: 'b', department: 'IT' })

      const updated = await tickets.update(id, { integration_name: 'JIRA' })
      const moved = await backend.stored(id)
      const replaced = await tickets.replace(id, { title: 'c', integration: 'Chat' })
      const movedOn = await backend.stored(id)

      const shown = expected('showsIntegration', true) ? [jira.id, chat.id] : [undefined, undefined]
      expect([updated.integration_id, replaced.integration_id]).toEqual(shown)
      expect([updated.title, updated.department, replaced.title]).toEqual(['a', 'IT', 'c'])
      expect([moved?.integration_id, movedOn?.integration_id]).toEqual([jira.id, chat.id])
    })

    test('sending a ticket back with another `integration_name` moves it', async () => {
      await using backend = await open()
      const { integrations, tickets } = backend.client
      await backend.makeUsable(
        await integrations.create({ ...requiredFields('jira'), name: 'JIRA', integration_type: 'jira' }),
      )
      const chat = await backend.makeUsable(
        await integrations.create({ ...requiredFields('slack'), name: 'Chat', integration_type: 'slack' }),
      )
      const { id } = await tickets.create({ title: 'a', description: 'b', integration_name: 'JIRA' })

      const found = await tickets.retrieve(id)
      await tickets.update(id, { ...found, integration_name: 'Chat' })

      const after = await tickets.retrieve(id)
      expect(after.title).toBe('a')
      expect(after.integration_id).toBe(expected('showsIntegration', true) ? chat.id : undefined)
      expect((await backend.stored(id))?.integration_id).toBe(chat.id)
    })

    test('an update accepts a `reason` and returns the assignee', async () => {
      await using backend = await open()
      const { tickets } = backend.client
      const { id, creator } = await tickets.create({ title: 'a', description: 'b' })

      const updated = await tickets.update(id, { assigned_to_id: creator.id, reason: 'on call' })

      expect([updated.assignee?.id, updated.assigned_to_id]).toEqual([creator.id, creator.id])
    })

    test('active integrations and fields have the legacy name of the type', async () => {
      await using backend = await open()
      const { integrations } = backend.client
      const jira = await backend.makeUsable(
        await integrations.create({ ...requiredFields('jira'), name: 'one', integration_type: 'jira' }),
      )
      await integrations.create({ ...requiredFields('slack'), name: 'two', integration_type: 'slack' })

      const active = await integrations.listActive({ integration_type: 'jira' })
      const fields = await integrations.fields(jira.id)

      expect(active.map(({ name, integration_type }) => [name, integration_type])).toEqual([['one', 'jira']])
      expect(fields.integration_type).toBe('jira')
    })

    test('`file_ids` become attachments, or the client reports that they were dropped', async () => {
      await using backend = await open()
      const { tickets } = backend.client
      const id = 'a0abea7c-a9de-42d2-b63e-71d3ac22d3e4'

      const outcome = await outcomeOf(tickets.create({ title: 'Bug', description: '...', file_ids: [id] }))

      const [ticket] = (await tickets.list()).items
      const found = await tickets.retrieve(ticket?.id ?? '')
      const isStored = expected('files', 'stored') === 'stored'
      expect(outcome).toBe(expected('attached', 'done'))
      expect(found.files).toEqual(isStored ? [{ id }] : [])
      expect(found.attachments).toEqual(isStored ? [{ file_id: id }] : [])
    })
  })
}
