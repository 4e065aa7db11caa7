import { DEFAULT_USER } from '@ai-ticket-creator/reference-api'
import { describe, expect, test } from 'vitest'
import { createClient } from '../src/index.ts'
import { baseUrl, connect, connectTo, failureOf, nthId, requestLines, setStoredFields } from './backend.ts'

const bug = { title: 'Bug Report', description: 'It breaks' }
const me = DEFAULT_USER.id

const pairs = [
  { backend: 'legacy', generation: 'legacy' },
  { backend: 'transitional', generation: 'legacy' },
  { backend: 'transitional', generation: 'current' },
  { backend: 'current', generation: 'current' },
] as const

describe.each(pairs)('a $generation client of a $backend backend', (pair) => {
  test.each([
    ['by the id of the integration', 'integration_id'],
    ['by its name', 'integration_name'],
    ['by its name in another old word', 'integration_preference'],
  ])('drafts and files a ticket %s', async (_, field) => {
    const { client } = connect(pair)
    const { id, name } = await client.integrations.create({ name: 'JIRA', platform_name: 'jira' })
    const request = { user_input: 'The printer is on fire' }

    const drafted = await client.tickets.createWithAi({ ...request, [field]: field === 'integration_id' ? id : name })

    expect(drafted.ticket).toMatchObject({ integration_id: id, integration_result: { success: true } })
    expect(drafted).toHaveProperty('suggested_actions')
    expect(await client.tickets.retrieve(drafted.ticket.id)).toMatchObject({ title: drafted.ticket.title })
  })

  test('shows the old names on a drafted ticket, but not in copies of it', async () => {
    const { client } = connect(pair)
    const { ticket } = await client.tickets.createWithAi({ user_input: 'Fire', uploaded_files: [nthId(77)] })

    expect(ticket.files).toEqual([{ id: nthId(77) }])
    expect([ticket.assignee, ticket.assigned_to_id]).toEqual([null, null])
    expect(Object.keys({ ...ticket })).not.toContain('files')
  })

  test('drafts nothing for an unusable integration, nor for a name that several share', async () => {
    const { client, store, seen } = connect(pair)
    const { id } = await client.integrations.create({ name: 'JIRA', platform_name: 'jira' })
    await client.integrations.create({ name: 'Bugs', platform_name: 'jira' })
    await client.integrations.create({ name: 'Bugs', platform_name: 'zendesk' })
    await setStoredFields(store, id, { status: 'expired' })

    const unusable = await failureOf(client.tickets.createWithAi({ user_input: 'Fire', integration_id: id }))
    const ambiguous = await failureOf(client.tickets.createWithAi({ user_input: 'Fire', integration: 'Bugs' }))
    const faulty = await failureOf(client.tickets.createWithAi({ user_input: ' ', integration: 'Bugs' }))

    expect(unusable).toMatchObject({ name: 'IntegrationUnusableError', reason: 'expired', id })
    expect(ambiguous).toMatchObject({ name: 'AmbiguousIntegrationError', candidates: [{}, {}] })
    expect(faulty).toMatchObject({ name: 'InvalidRequestError', issues: [{ loc: ['body', 'user_input'] }] })
    expect((await client.tickets.list()).items).toEqual([])
    expect(seen.filter(({ method, target }) => method === 'POST' && target.startsWith('/tickets/')).length).toBe(
      pair.generation === 'legacy' ? 0 : 1,
    )
  })

  test('changes the status', async () => {
    const { client } = connect(pair)
    const { id } = await client.tickets.create({ ...bug, department: 'IT' })

    const open = await client.tickets.setStatus(id, 'open')
    const closed = await client.tickets.setStatus(id, 'closed', { resolution_summary: 'mended', internal_notes: 'x' })

    expect(open).toMatchObject({ status: 'open', department: 'IT' })
    expect(closed).toMatchObject({ status: 'closed', resolution_summary: 'mended', internal_notes: 'x' })
  })

  test.each([
    ['a field to clear', { department: null }],
    ['a field that only PUT has', { urgency: 'medium' as const }],
    ['attachments', { attachments: [{ file_id: nthId(77) }] }],
  ])('resolves with the summary that is already stored, beside %s', async (_, stored) => {
    const { client } = connect(pair)
    const { id } = await client.tickets.create({ ...bug, ...stored })
    await client.tickets.update(id, { resolution_summary: 'mended' })

    const changed = await client.tickets.update(id, { ...stored, status: 'resolved', resolution_summary: 'mended' })

    expect(changed).toMatchObject({ ...stored, status: 'resolved', resolution_summary: 'mended' })
  })

  test('closes with the summary and the empty notes that are already stored', async () => {
    const { client } = connect(pair)
    const { id } = await client.tickets.create(bug)
    await client.tickets.update(id, { resolution_summary: 'mended' })
    const texts = { resolution_summary: 'mended', internal_notes: null }

    const closed = await client.tickets.setStatus(id, 'closed', texts)

    expect(closed).toMatchObject({ status: 'closed', ...texts })
  })

  test('refuses a missing summary, an invalid status and an unknown option before a request is sent', async () => {
    const { client, seen } = connect(pair)

    const errors = [
      await failureOf(client.tickets.setStatus(nthId(1), 'resolved')),
      await failureOf(client.tickets.setStatus(nthId(1), 'done' as never)),
      await failureOf(client.tickets.setStatus(nthId(1), 'open', { resolution: 'x' } as object)),
      await failureOf(client.tickets.assign(nthId(1), 'someone')),
      await failureOf(client.tickets.assign(nthId(1), undefined as never, { assignment_reason: 'x' } as object)),
      await failureOf(client.tickets.assign(nthId(1), me, { reason: 'x'.repeat(501) })),
    ]

    expect(errors.map((error) => (error as { issues: { loc: unknown }[] }).issues[0]?.loc)).toEqual([
      ['body', 'resolution_summary'],
      ['body', 'status'],
      ['options', 'resolution'],
      ['body', 'assigned_to_id'],
      ['options', 'assignment_reason'],
      ['body', 'reason'],
    ])
    expect(seen).toEqual([])
  })

  test('assigns with a reason, and unassigns', async () => {
    const { client, store } = connect(pair)
    const { id } = await client.tickets.create({ ...bug, department: 'IT' })
    const reason = async () => (await store.tickets.find(DEFAULT_USER.organization_id, id))?.assignment_reason

    const assigned = await client.tickets.assign(id, me, { reason: 'on call' })
    const why = await reason()
    const unassigned = await client.tickets.assign(id, null)

    expect([assigned.assigned_to_id, assigned.assignee?.id, why]).toEqual([me, me, 'on call'])
    expect([unassigned.assigned_to_id, unassigned.assignee, unassigned.department]).toEqual([null, null, 'IT'])
  })

  test('unassigns with a reason', async () => {
    const { client, store } = connect(pair)
    const { id } = await client.tickets.create({ ...bug, assigned_to_id: me })

    const unassigned = await client.tickets.assign(id, null, { reason: 'on leave' })

    expect(unassigned.assigned_to_id).toBe(null)
    expect(await store.tickets.find(DEFAULT_USER.organization_id, id)).toMatchObject({ assignment_reason: 'on leave' })
  })

  test('deletes a ticket and resolves to undefined', async () => {
    const { client } = connect(pair)
    const { id } = await client.tickets.create(bug)

    const { data, response } = await client.tickets.delete(id).withResponse()
    const error = await failureOf(client.tickets.retrieve(id))
    const again = await failureOf(client.tickets.delete(id))

    expect([data, response.status]).toEqual([undefined, 204])
    expect([error, again]).toMatchObject([{ status: 404 }, { status: 404, endpoint: 'tickets.delete' }])
  })

  test('counts tickets', async () => {
    const { client } = connect(pair)
    await client.tickets.create({ ...bug, priority: 'high' })
    await client.tickets.create(bug)

    const stats = await client.tickets.stats()

    expect(stats).toMatchObject({ total_tickets: 2, high_priority_tickets: 1, status_distribution: { new: 2 } })
  })

  test('adds attachments and lists them', async () => {
    const { client } = connect(pair)
    const { id } = await client.tickets.create({ ...bug, file_ids: [nthId(77)] })

    const ticket = await client.tickets.attachments.add(id, [{ file_id: nthId(78) }])
    const attachments = await client.tickets.attachments.list(id)

    expect(ticket).toMatchObject({ title: 'Bug Report', attachments: [{ file_id: nthId(77) }, { file_id: nthId(78) }] })
    expect(ticket.files).toEqual([{ id: nthId(77) }, { id: nthId(78) }])
    expect(attachments).toEqual([{ file_id: nthId(77) }, { file_id: nthId(78) }])
  })

  test.each([
    ['no attachments', []],
    ['ids alone', [nthId(77)]],
    ['no list', { file_id: nthId(77) }],
    ['an id that is none', [{ file_id: 'x' }]],
  ])('refuses to add %s before a request is sent', async (_, attachments) => {
    const { client, seen } = connect(pair)

    const error = await failureOf(client.tickets.attachments.add(nthId(1), attachments as never))

    expect(error).toMatchObject({ name: 'InvalidRequestError' })
    expect(seen).toEqual([])
  })
})

test('on a current backend status and assignee are fields of the ticket', async () => {
  const { client, seen } = connect()
  const { id } = await client.tickets.create(bug)
  seen.length = 0

  await client.tickets.setStatus(id, 'resolved', { resolution_summary: 'mended' })
  await client.tickets.assign(id, me, { reason: 'on call' })
  await client.tickets.assign(id, null)

  expect(requestLines(seen)).toEqual([
    `PATCH /tickets/${id}`,
    `PATCH /tickets/${id}`,
    `GET /tickets/${id}`,
    `PATCH /tickets/${id}`,
  ])
  expect(seen.slice(0, 2).map(({ body }) => body)).toEqual([
    { status: 'resolved', resolution_summary: 'mended' },
    { assigned_to_id: me, assignment_reason: 'on call' },
  ])
  expect(seen[3]?.body).toEqual({ assigned_to_id: null })
})

test('on a legacy backend they have their own routes', async () => {
  const { client, seen } = connect({ backend: 'legacy' })
  const { id } = await client.tickets.create(bug)
  seen.length = 0

  await client.tickets.setStatus(id, 'resolved', { resolution_summary: 'mended' })
  await client.tickets.assign(id, me, { reason: 'on call' })
  await client.tickets.assign(id, null)

  expect(seen.map(({ method, target, body }) => [`${method} ${target}`, body])).toEqual([
    [`PATCH /tickets/${id}/status`, { status: 'resolved', resolution_summary: 'mended' }],
    [`PATCH /tickets/${id}/assign`, { assigned_to_id: me, reason: 'on call' }],
    [`PATCH /tickets/${id}/assign`, { assigned_to_id: null }],
  ])
})

test('a legacy backend that cannot unassign is detected', async () => {
  const { client } = connectTo(() => Response.json({ id: nthId(1), assignee: { id: me } }), { generation: 'legacy' })

  const error = await failureOf(client.tickets.assign(nthId(1), null))

  expect(error).toMatchObject({
    name: 'SilentDropError',
    message: 'the backend accepted null for `assigned_to_id` and did not clear it',
    endpoint: 'tickets.assign',
    fields: ['assigned_to_id'],
    id: nthId(1),
  })
})

test('a draft without a ticket in the reply is in doubt', async () => {
  const { client } = connectTo(() => Response.json({ ai_analysis: null }, { status: 201 }))

  const error = await failureOf(client.tickets.createWithAi({ user_input: 'Fire' }))

  expect(error).toMatchObject({
    name: 'OutcomeUnknownError',
    cause: {
      name: 'ResponseMismatchError',
      message: 'POST /tickets/ai-create was answered with 201, but the reply is of another type than the contract has',
    },
  })
})

test('with legacyFields off the old names of a drafted ticket throw', async () => {
  const { app } = connect()
  const options = { baseUrl, token: 'test-token', generation: 'current', fetch: app.fetch } as const
  const { ticket } = await createClient({ ...options, legacyFields: false }).tickets.createWithAi({
    user_input: 'Fire',
  })

  expect(() => Reflect.get(ticket, 'assignee', ticket)).toThrow('`assignee` is retired; use `assigned_to_id`')
})

test('files that a backend lists by `id` get a `file_id`', async () => {
  const shown = [{ id: nthId(77), filename: 'log.txt' }, { file_id: nthId(78) }, { filename: 'nameless.txt' }]
  const { client } = connectTo(({ url }) => Response.json(url.endsWith('/attachments') ? shown : { id: nthId(1) }))

  const attachments = await client.tickets.attachments.list(nthId(1))

  expect(attachments).toEqual([{ ...shown[0], file_id: nthId(77) }, shown[1], shown[2]])
})

// The newest existing backend answers 500 without an integration and 400 with one.
test.each([400, 500])('where tickets are never drafted, the error says what to do instead: %i', async (status) => {
  const { client } = connectTo(({ method }) =>
    method === 'GET' ? Response.json([]) : Response.json({ detail: 'Failed to create ticket' }, { status }),
  )

  const error = await failureOf(client.tickets.createWithAi({ user_input: 'The printer is on fire' }))

  expect(String(error)).toMatch(/existing backends cannot draft tickets: create the ticket with `tickets.create`$/)
})
