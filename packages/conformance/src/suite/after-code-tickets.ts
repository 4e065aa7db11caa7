import { isAmbiguousIntegrationError, isApiError, isInvalidRequestError } from '@ai-ticket-creator/sdk'
import { describe, expect, test } from 'vitest'
import type { Run } from '../backends.ts'
import { caught } from '../caught.ts'
import { outcomeOf } from '../outcome.ts'

/**
 * Code with the names of the new API must work unchanged with every generation. Where the existing backend does not support a
 * call, the suite checks the error that the client reports; see ../profile-expectations.ts.
 */
export function describeAfterCodeTickets(runs: readonly Run[]): void {
  describe.each(runs)('after-code: $name', ({ open, requiredFields, expected, sharedName, tags }) => {
    test('a ticket by id is created at that integration', async () => {
      await using backend = await open()
      const { integrations, tickets } = backend.client
      const jira = await backend.makeUsable(
        await integrations.create({ ...requiredFields('jira'), name: 'JIRA Production', platform_name: 'jira' }),
      )

      const ticket = await tickets.create({ title: 'Bug Report', description: '...', integration_id: jira.id })

      const found = await tickets.retrieve(ticket.id)
      expect(found.integration_id).toBe(expected('showsIntegration', true) ? jira.id : undefined)
      expect((await backend.stored(ticket.id))?.integration_id).toBe(jira.id)
      expect(found.integration_result?.external_ticket_id).toMatch(/^JIRA-\d+$/)
    })

    test('a ticket by id is never created at another integration of the same name', async () => {
      await using backend = await open()
      const { integrations, tickets } = backend.client
      const one = await backend.makeUsable(
        await integrations.create({ ...requiredFields('jira'), name: 'Support', platform_name: 'jira' }),
      )
      await backend.makeUsable(
        await integrations.create({ ...requiredFields('jira'), name: 'Support', platform_name: 'jira' }),
      )

      const outcome = await tickets
        .create({ title: 'Bug', description: '...', integration_id: one.id })
        .then(({ id }) => backend.stored(id))
        .then((row) => (row?.integration_id === one.id ? 'filed' : 'misrouted'))
        .catch((error: unknown) => (isAmbiguousIntegrationError(error) ? 'refused' : error))

      const filed = await tickets.list().toArray({ limit: 10 })
      expect([outcome, filed.length]).toEqual([sharedName, { filed: 1, refused: 0 }[sharedName]])
    })

    test('a ticket for a disabled integration is refused with the reason', async () => {
      await using backend = await open()
      const { integrations, tickets } = backend.client
      const { id } = await integrations.create({
        ...requiredFields('zoom'),
        name: 'Zoom',
        platform_name: 'zoom',
        enabled: false,
      })

      const outcome = await outcomeOf(tickets.create({ title: 'Bug', description: '...', integration_id: id }))

      expect(outcome).toBe('IntegrationUnusableError: inactive')
      expect((await tickets.list()).items).toEqual([])
    })

    test('a ticket without an integration is internal', async () => {
      await using backend = await open()

      const ticket = await backend.client.tickets.create({ title: 'Chair', description: 'It squeaks.' })

      expect(ticket.integration_id).toBe(expected('showsIntegration', true) ? null : undefined)
      expect(ticket.integration_result).toBe(null)
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

    test('a ticket drafted by AI is created at its integration, or fails and creates nothing', async () => {
      await using backend = await open()
      const { integrations, tickets } = backend.client
      const jira = await backend.makeUsable(
        await integrations.create({ ...requiredFields('jira'), name: 'JIRA', platform_name: 'jira' }),
      )

      const drafting = tickets.createWithAi({ user_input: 'The printer is on fire', integration_id: jira.id })
      const outcome = await outcomeOf(drafting, ({ ticket }) => ticket.integration_result?.success)

      expect(outcome).toBe(expected('drafted', true))
      const ids = (await tickets.list()).items.map(({ id }) => id)
      expect(ids.length).toBe(outcome === true ? 1 : 0)
      const shown = await Promise.all(ids.map((id) => tickets.retrieve(id)))
      const stored = await Promise.all(ids.map((id) => backend.stored(id)))
      expect(shown.map((ticket) => ticket.integration_id)).toEqual(
        ids.map(() => (expected('showsIntegration', true) ? jira.id : undefined)),
      )
      expect(stored.map((row) => row?.integration_id)).toEqual(ids.map(() => jira.id))
    })

    test('an update of a ticket does not change absent fields and clears a null, or reports that it cannot', async () => {
      await using backend = await open()
      const { tickets } = backend.client
      const { id } = await tickets.create({
        title: 'a',
        description: 'b',
        department: 'IT',
        custom_fields: { floor: 2 },
      })
      await tickets.update(id, { internal_notes: 'seen', priority: 'high' })

      const updating = tickets.update(id, { department: null, urgency: 'low', title: 'x'.repeat(300) })
      const outcome = await outcomeOf(updating, (updated) => updated)

      const after = await tickets.retrieve(id)
      expect(outcome).toEqual(expected('clearedByUpdate', after))
      expect(after).toMatchObject({
        title: 'x'.repeat(300),
        description: 'b',
        department: expected('afterClearing', null),
        urgency: 'low',
        priority: 'high',
        internal_notes: 'seen',
        custom_fields: { floor: 2 },
      })
    })

    test('sending a retrieved ticket back changes nothing', async () => {
      await using backend = await open()
      const { integrations, tickets } = backend.client
      const jira = await backend.makeUsable(
        await integrations.create({ ...requiredFields('jira'), name: 'JIRA', platform_name: 'jira' }),
      )
      const file = { file_id: 'a0abea7c-a9de-42d2-b63e-71d3ac22d3e4' }
      const outcome = await outcomeOf(
        tickets.create({ title: 'a', description: 'b', integration_id: jira.id, attachments: [file] }),
      )
      const [{ id } = { id: '' }] = (await tickets.list()).items
      const before = await tickets.retrieve(id)

      await tickets.update(id, before)
      await tickets.replace(id, before)

      const after = await tickets.retrieve(id)
      expect(outcome).toBe(expected('attached', 'done'))
      expect(before.attachments).toEqual(expected('files', 'stored') === 'stored' ? [file] : [])
      expect((await backend.stored(id))?.integration_id).toBe(jira.id)
      const volatileFields = { updated_at: '', last_activity_at: '', age_in_hours: 0 }
      expect({ ...after, ...volatileFields }).toEqual({ ...before, ...volatileFields })
    })

    test('sending a ticket back with another integration_id moves it', async () => {
      await using backend = await open()
      const { integrations, tickets } = backend.client
      const jira = await backend.makeUsable(
        await integrations.create({ ...requiredFields('jira'), name: 'JIRA', platform_name: 'jira' }),
      )
      const chat = await backend.makeUsable(
        await integrations.create({ ...requiredFields('slack'), name: 'Chat', platform_name: 'slack' }),
      )
      const { id } = await tickets.create({ title: 'a', description: 'b', integration_id: jira.id })

      const found = await tickets.retrieve(id)
      await tickets.update(id, { ...found, integration_id: chat.id })

      const after = await tickets.retrieve(id)
      expect(after.title).toBe('a')
      expect(after.integration_id).toBe(expected('showsIntegration', true) ? chat.id : undefined)
      expect((await backend.stored(id))?.integration_id).toBe(chat.id)
    })

    test('tags are stored, or the whole update is refused', async () => {
      await using backend = await open()
      const { tickets } = backend.client
      const { id } = await tickets.create({ title: 'a', description: 'b' })

      const outcome = await tickets
        .update(id, { title: 'c', tags: ['printer'] })
        .withResponse()
        .then(({ unverified }) => (unverified.join() === 'tags' ? 'written' : unverified))
        .catch((error: unknown) => (isInvalidRequestError(error) ? 'refused' : error))

      const { title } = await tickets.retrieve(id)
      expect([outcome, title]).toEqual([tags, { written: 'c', refused: 'a' }[tags]])
      const isStored = tags === 'written' && expected('storesTags', true)
      expect((await backend.stored(id))?.tags).toEqual(isStored ? ['printer'] : [])
    })

    test('a replacement stores the given fields and lists the cleared ones', async () => {
      await using backend = await open()
      const { tickets } = backend.client
      const { id } = await tickets.create({ title: 'a', description: 'b', department: 'IT' })

      const { data, cleared } = await tickets.replace(id, { title: 'c', description: 'd' }).withResponse()

      expect([data.title, data.description]).toEqual(['c', 'd'])
      expect(data.department).toBe(expected('absentInReplace', 'IT'))
      expect(cleared).toEqual(expected('cleared', []))
    })

    test('a ticket changes its status and assignee', async () => {
      await using backend = await open()
      const { tickets } = backend.client
      const { id, creator } = await tickets.create({ title: 'a', description: 'b' })

      const assigned = await tickets.assign(id, creator.id, { reason: 'on call' })
      const resolved = await tickets.setStatus(id, 'resolved', { resolution_summary: 'Mended' })
      const unassigned = await outcomeOf(tickets.assign(id, null), (ticket) => ticket)
      const after = await tickets.retrieve(id)

      expect([assigned.assigned_to_id, assigned.status]).toEqual([creator.id, 'new'])
      expect([resolved.status, resolved.resolution_summary]).toEqual(['resolved', 'Mended'])
      expect(unassigned).toEqual(expected('unassigned', after))
      expect([after.status, after.resolution_summary]).toEqual(['resolved', 'Mended'])
      expect(after.assigned_to_id).toBe(expected('stillAssigned', false) ? creator.id : null)
    })

    test('files are attached to a ticket and listed', async () => {
      await using backend = await open()
      const { tickets } = backend.client
      const { id } = await tickets.create({ title: 'a', description: 'b' })
      const file = { file_id: 'a0abea7c-a9de-42d2-b63e-71d3ac22d3e4' }

      const added = await outcomeOf(tickets.attachments.add(id, [file]), ({ attachments }) => attachments)
      const listed = await outcomeOf(tickets.attachments.list(id), (files) => files)

      expect(added).toEqual(expected('attachmentAdded', [file]))
      expect(listed).toEqual(expected('attachmentsListed', [file]))
    })

    test('statistics count tickets, and a deleted ticket is gone', async () => {
      await using backend = await open()
      const { tickets } = backend.client
      const { id } = await tickets.create({ title: 'a', description: 'b', priority: 'critical' })
      await tickets.create({ title: 'c', description: 'd' })

      const before = await tickets.stats()
      await tickets.delete(id)
      const after = await tickets.stats()

      expect([before.total_tickets, before.high_priority_tickets, after.total_tickets]).toEqual([2, 1, 1])
      const error = await caught(tickets.retrieve(id))
      expect(isApiError(error) && error.code).toBe('not_found')
    })
  })
}
