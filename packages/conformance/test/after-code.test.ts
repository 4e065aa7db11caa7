import {
  categoryOf,
  isAmbiguousIntegrationError,
  isApiError,
  isIntegrationNotFoundError,
  isInvalidRequestError,
  LEGACY_INTEGRATION_TYPES,
  parseCreateIntegration,
} from '@ai-ticket-creator/sdk'
import { describe, expect, test } from 'vitest'
import { runs } from '../src/backends.ts'
import { caught } from '../src/caught.ts'
import { outcomeOf } from '../src/outcome.ts'

// Code as it is written after the change. It has to work against every generation, unchanged. The existing backend can not
// do all of it: there the suite says what the client answers, see ../src/existing.ts.
const allCredentials = { url: 'https://jira.example.test', email: 'bot@example.test', api_token: 'old', api_key: 'old' }

describe.each(runs)('after-code: $name', ({ open, asked, here, sharedName, tags }) => {
  test('an integration of each platform that all generations know shows its platform and category', async () => {
    await using backend = await open()
    const { integrations } = backend.client

    for (const platform of LEGACY_INTEGRATION_TYPES)
      await integrations.create(parseCreateIntegration({ ...asked(platform), name: platform, platform_name: platform }))

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

    const on = await integrations.create({
      ...asked('jira'),
      name: 'on',
      platform_name: 'jira',
      integration_category: 'ticketing',
    })
    const off = await integrations.create({ ...asked('jira'), name: 'off', platform_name: 'jira', enabled: false })

    expect([on.enabled, on.status]).toEqual(here('created', [true, 'active']))
    expect([off.enabled, off.status]).toEqual([false, 'inactive'])
  })

  test('status follows `enabled`', async () => {
    await using backend = await open()
    const { integrations } = backend.client
    const { id } = await integrations.create({ ...asked('jira'), name: 'JIRA', platform_name: 'jira' })

    const disabled = await integrations.disable(id)
    const enabled = await integrations.enable(id)
    const updated = await integrations.update(id, { enabled: false, description: 'closed' })

    expect([disabled.enabled, disabled.status]).toEqual([false, 'inactive'])
    expect([enabled.enabled, enabled.status]).toEqual(here('enabled', [true, 'active']))
    expect([updated.enabled, updated.status, updated.description]).toEqual([false, 'inactive', 'closed'])
  })

  test('an update leaves what is absent alone and clears what is null', async () => {
    await using backend = await open()
    const { integrations } = backend.client
    const { id } = await integrations.create({
      ...asked('jira'),
      name: 'JIRA',
      platform_name: 'jira',
      description: 'old',
      region: 'eu',
    })

    const updated = await integrations.update(id, { description: null })

    expect([updated.description, updated.region, updated.name]).toEqual([null, 'eu', 'JIRA'])
  })

  test('an object that is sent back whole changes nothing', async () => {
    await using backend = await open()
    const { integrations } = backend.client
    const { id } = await integrations.create({ ...asked('jira'), name: 'JIRA', platform_name: 'jira', region: 'eu' })
    const before = await integrations.retrieve(id)

    await integrations.update(id, before)

    const after = await integrations.retrieve(id)
    expect({ ...after, updated_at: '' }).toEqual({ ...before, updated_at: '' })
  })

  test('a create tells what no reply shows of it', async () => {
    await using backend = await open()
    const { integrations } = backend.client
    const secrets = { credentials: allCredentials, webhook_secret: 'hush' }

    const creating = integrations.create({ name: 'JIRA', platform_name: 'jira', ...secrets })
    const { data, unverified } = await creating.withResponse()

    expect(unverified).toEqual(here('unverifiedOfCreate', ['webhook_secret']))
    expect((await integrations.retrieve(data.id)).name).toBe('JIRA')
  })

  test('new credentials are kept, or not sent where nothing confirms them unless that is allowed', async () => {
    await using backend = await open()
    const { integrations } = backend.client
    const { id } = await integrations.create({ name: 'JIRA', platform_name: 'jira', credentials: allCredentials })
    const fresh = { credentials: { ...allCredentials, api_token: 'new' } }

    const outcome = await outcomeOf(integrations.update(id, fresh))
    const allowing = integrations.update(id, { ...fresh, description: 'x' }, { allowUnverified: true }).withResponse()
    const allowed = await outcomeOf(allowing, ({ unverified }) => unverified)

    expect(outcome).toBe(here('newCredentials', 'done'))
    expect(allowed).toEqual(here('newCredentialsAllowed', []))
    expect((await integrations.retrieve(id)).description).toBe('x')
  })

  test('a list shows what its filters ask for, in the order asked for', async () => {
    await using backend = await open()
    const { integrations } = backend.client
    await integrations.create({ ...asked('jira'), name: 'a', platform_name: 'jira' })
    await integrations.create({ ...asked('zendesk'), name: 'b', platform_name: 'zendesk' })
    await integrations.create({ ...asked('slack'), name: 'c', platform_name: 'slack', enabled: false })
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
    for (const name of names) await integrations.create({ ...asked('jira'), name, platform_name: 'jira' })

    const seen: string[] = []
    for await (const { name } of integrations.list({ limit: 3, sort_by: 'name', sort_order: 'asc' })) seen.push(name)

    expect(seen).toEqual(names)
  })

  test('an integration that is deleted is gone', async () => {
    await using backend = await open()
    const { integrations } = backend.client
    const { id } = await integrations.create({ ...asked('jira'), name: 'JIRA', platform_name: 'jira' })

    await integrations.delete(id)

    const error = await caught(integrations.retrieve(id))
    expect(isApiError(error) && [error.status, error.code]).toEqual([404, 'not_found'])
    expect((await integrations.list()).items).toEqual([])
  })

  test('an integration is found by its name, and only by its whole name', async () => {
    await using backend = await open()
    const { integrations } = backend.client
    const { id } = await integrations.create({ ...asked('jira'), name: 'JIRA Production', platform_name: 'jira' })
    await integrations.create({ ...asked('jira'), name: 'JIRA Production EU', platform_name: 'jira' })

    const found = await integrations.findByName('JIRA Production')

    expect(found.id).toBe(id)
    expect(isIntegrationNotFoundError(await caught(integrations.findByName('JIRA Prod')))).toBe(true)
  })

  test('a ticket reaches the integration with its id', async () => {
    await using backend = await open()
    const { integrations, tickets } = backend.client
    const jira = await backend.ready(
      await integrations.create({ ...asked('jira'), name: 'JIRA Production', platform_name: 'jira' }),
    )

    const ticket = await tickets.create({ title: 'Bug Report', description: '...', integration_id: jira.id })

    const found = await tickets.retrieve(ticket.id)
    expect(found.integration_id).toBe(here('showsIntegration', true) ? jira.id : undefined)
    expect((await backend.stored(ticket.id))?.integration_id).toBe(jira.id)
    expect(found.integration_result?.external_ticket_id).toBe('JIRA-1')
  })

  test('a ticket reaches its integration, or none, when another one has its name', async () => {
    await using backend = await open()
    const { integrations, tickets } = backend.client
    const one = await backend.ready(
      await integrations.create({ ...asked('jira'), name: 'Support', platform_name: 'jira' }),
    )
    await backend.ready(await integrations.create({ ...asked('jira'), name: 'Support', platform_name: 'jira' }))

    const outcome = await tickets
      .create({ title: 'Bug', description: '...', integration_id: one.id })
      .then(({ id }) => backend.stored(id))
      .then((row) => (row?.integration_id === one.id ? 'filed' : 'misrouted'))
      .catch((error: unknown) => (isAmbiguousIntegrationError(error) ? 'refused' : error))

    const filed = await tickets.list().toArray({ limit: 10 })
    expect([outcome, filed.length]).toEqual([sharedName, { filed: 1, refused: 0 }[sharedName]])
  })

  test('a ticket with the id of a disabled integration files nothing and says why', async () => {
    await using backend = await open()
    const { integrations, tickets } = backend.client
    const { id } = await integrations.create({ ...asked('zoom'), name: 'Zoom', platform_name: 'zoom', enabled: false })

    const outcome = await outcomeOf(tickets.create({ title: 'Bug', description: '...', integration_id: id }))

    expect(outcome).toBe(here('disabledById', 'IntegrationUnusableError: inactive'))
    expect((await tickets.list()).items).toEqual([])
  })

  test('a ticket without integration is internal', async () => {
    await using backend = await open()

    const ticket = await backend.client.tickets.create({ title: 'Chair', description: 'It squeaks.' })

    expect(ticket.integration_id).toBe(here('showsIntegration', true) ? null : undefined)
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

  test('an integration is tested, synchronised and activated', async () => {
    await using backend = await open()
    const { integrations } = backend.client
    const { id } = await integrations.create({ ...asked('jira'), name: 'JIRA', platform_name: 'jira', enabled: false })

    const activated = await outcomeOf(integrations.activate(id), (to) => [to.previous_status, to.new_status])
    const tested = await integrations.test(id, { test_types: ['connection'] })
    const synchronising = integrations.sync(id, { sync_type: 'test', dry_run: true })
    const synchronised = await outcomeOf(synchronising, (sync) => [sync.sync_type, sync.dry_run])

    expect(activated).toEqual(here('activated', ['inactive', 'active']))
    expect([tested.success, tested.test_type]).toEqual(here('tested', [true, 'connection']))
    expect(synchronised).toEqual(here('synchronised', ['test', true]))
  })

  test('the active integrations are listed, and the fields of one', async () => {
    await using backend = await open()
    const { integrations } = backend.client
    const { id } = await backend.ready(
      await integrations.create({ ...asked('jira'), name: 'a', platform_name: 'jira' }),
    )
    await backend.ready(await integrations.create({ ...asked('slack'), name: 'b', platform_name: 'slack' }))
    await integrations.create({ ...asked('jira'), name: 'c', platform_name: 'jira', enabled: false })

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

  test("a ticket is drafted from a user's words and reaches its integration", async () => {
    await using backend = await open()
    const { integrations, tickets } = backend.client
    const jira = await backend.ready(
      await integrations.create({ ...asked('jira'), name: 'JIRA', platform_name: 'jira' }),
    )

    const { ticket } = await tickets.createWithAi({ user_input: 'The printer is on fire', integration_id: jira.id })

    const found = await tickets.retrieve(ticket.id)
    expect(found.integration_id).toBe(here('showsIntegration', true) ? jira.id : undefined)
    expect((await backend.stored(ticket.id))?.integration_id).toBe(jira.id)
    expect(found.integration_result?.success).toBe(true)
  })

  test('a change of a ticket leaves what is absent alone and clears what is null', async () => {
    await using backend = await open()
    const { tickets } = backend.client
    const { id } = await tickets.create({ title: 'a', description: 'b', department: 'IT', custom_fields: { floor: 2 } })
    await tickets.update(id, { internal_notes: 'seen', priority: 'high' })

    const updating = tickets.update(id, { department: null, urgency: 'low', title: 'x'.repeat(300) })
    const outcome = await outcomeOf(updating, (updated) => updated)

    const after = await tickets.retrieve(id)
    expect(outcome).toEqual(here('clearedByUpdate', after))
    expect(after).toMatchObject({
      title: 'x'.repeat(300),
      description: 'b',
      department: here('afterClearing', null),
      urgency: 'low',
      priority: 'high',
      internal_notes: 'seen',
      custom_fields: { floor: 2 },
    })
  })

  test('a ticket that is sent back whole changes nothing', async () => {
    await using backend = await open()
    const { integrations, tickets } = backend.client
    const jira = await backend.ready(
      await integrations.create({ ...asked('jira'), name: 'JIRA', platform_name: 'jira' }),
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
    expect(outcome).toBe(here('attached', 'done'))
    expect(before.attachments).toEqual(here('files', 'kept') === 'kept' ? [file] : [])
    expect((await backend.stored(id))?.integration_id).toBe(jira.id)
    const moving = { updated_at: '', last_activity_at: '', age_in_hours: 0 }
    expect({ ...after, ...moving }).toEqual({ ...before, ...moving })
  })

  test('of an object that is sent back whole with the id of another integration that id counts', async () => {
    await using backend = await open()
    const { integrations, tickets } = backend.client
    const jira = await backend.ready(
      await integrations.create({ ...asked('jira'), name: 'JIRA', platform_name: 'jira' }),
    )
    const chat = await backend.ready(
      await integrations.create({ ...asked('slack'), name: 'Chat', platform_name: 'slack' }),
    )
    const { id } = await tickets.create({ title: 'a', description: 'b', integration_id: jira.id })

    const found = await tickets.retrieve(id)
    await tickets.update(id, { ...found, integration_id: chat.id })

    const after = await tickets.retrieve(id)
    expect(after.title).toBe('a')
    expect(after.integration_id).toBe(here('showsIntegration', true) ? chat.id : undefined)
    expect((await backend.stored(id))?.integration_id).toBe(chat.id)
  })

  test('tags are written, or refused before anything is', async () => {
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
    const kept = tags === 'written' && here('tagsKept', true)
    expect((await backend.stored(id))?.tags).toEqual(kept ? ['printer'] : [])
  })

  test('a replacement writes what is given and says that nothing was cleared', async () => {
    await using backend = await open()
    const { tickets } = backend.client
    const { id } = await tickets.create({ title: 'a', description: 'b', department: 'IT' })

    const { data, cleared } = await tickets.replace(id, { title: 'c', description: 'd' }).withResponse()

    expect([data.title, data.description]).toEqual(['c', 'd'])
    expect(data.department).toBe(here('absentInReplace', 'IT'))
    expect(cleared).toEqual(here('cleared', []))
  })

  test('a ticket goes through its statuses and hands', async () => {
    await using backend = await open()
    const { tickets } = backend.client
    const { id, creator } = await tickets.create({ title: 'a', description: 'b' })

    const assigned = await tickets.assign(id, creator.id, { reason: 'on call' })
    const resolved = await tickets.setStatus(id, 'resolved', { resolution_summary: 'Mended' })
    const unassigned = await outcomeOf(tickets.assign(id, null), (ticket) => ticket)
    const after = await tickets.retrieve(id)

    expect([assigned.assigned_to_id, assigned.status]).toEqual([creator.id, 'new'])
    expect([resolved.status, resolved.resolution_summary]).toEqual(['resolved', 'Mended'])
    expect(unassigned).toEqual(here('unassigned', after))
    expect([after.status, after.resolution_summary]).toEqual(['resolved', 'Mended'])
    expect(after.assigned_to_id).toBe(here('stillAssigned', false) ? creator.id : null)
  })

  test('files are attached to a ticket and listed', async () => {
    await using backend = await open()
    const { tickets } = backend.client
    const { id } = await tickets.create({ title: 'a', description: 'b' })
    const file = { file_id: 'a0abea7c-a9de-42d2-b63e-71d3ac22d3e4' }

    const added = await outcomeOf(tickets.attachments.add(id, [file]), ({ attachments }) => attachments)
    const listed = await outcomeOf(tickets.attachments.list(id), (files) => files)

    expect(added).toEqual(here('attachmentAdded', [file]))
    expect(listed).toEqual(here('attachmentsListed', [file]))
  })

  test('tickets are counted, and gone when they are deleted', async () => {
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

  test('an endpoint is asked past its method', async () => {
    await using backend = await open()
    const { client } = backend

    const body = { ...asked('jira'), name: 'JIRA', platform_name: 'jira' as const }
    const { id } = await client.integrations.create(body)
    const patient = client.withOptions({ timeout: 60_000 })
    const found = await patient.request('integrations.retrieve', { params: { integration_id: id } })
    const creating = client.request('integrations.create', { body })
    const created = await outcomeOf(creating, (one) => [one.name, one.platform_name, one.enabled])

    const [enabled] = here('created', [true, 'active'])
    expect([found.name, found.platform_name, found.enabled]).toEqual(['JIRA', 'jira', enabled])
    expect(created).toEqual(here('createPastMethod', ['JIRA', 'jira', true]))
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
