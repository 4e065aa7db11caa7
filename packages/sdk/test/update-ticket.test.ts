import { ReplaceTicket, UpdateTicket as UpdateTicketSchema } from '@ai-ticket-creator/domain'
import { CLEARED_BY_PUT, checkSchema, fieldsOf } from '@ai-ticket-creator/domain/internal'
import { DEFAULT_USER } from '@ai-ticket-creator/reference-api'
import { describe, expect, test } from 'vitest'
import type { UpdateTicket } from '../src/index.ts'
import { needsPut } from '../src/resources/tickets/plan-update.ts'
import { connect, connectTo, failureOf, nthId, outcomeOf, requestLines, setStoredFields } from './backend.ts'

const bug = { title: 'Bug Report', description: 'It breaks' }
const me = DEFAULT_USER.id

const pairs = [
  { backend: 'legacy', generation: 'legacy' },
  { backend: 'transitional', generation: 'legacy' },
  { backend: 'transitional', generation: 'current' },
  { backend: 'current', generation: 'current' },
] as const

describe.each(pairs)('a $generation client of a $backend backend', (pair) => {
  test('changes the given fields only', async () => {
    const { client } = connect(pair)
    const { id } = await client.tickets.create({ ...bug, department: 'IT', custom_fields: { floor: 2 } })

    const updated = await client.tickets.update(id, { title: 'Bug', priority: 'high', internal_notes: 'seen' })

    expect(updated).toMatchObject({
      ...bug,
      title: 'Bug',
      priority: 'high',
      internal_notes: 'seen',
      department: 'IT',
      custom_fields: { floor: 2 },
    })
  })

  test('clears the null fields only', async () => {
    const { client } = connect(pair)
    const { id } = await client.tickets.create({ ...bug, department: 'IT', assigned_to_id: me })
    await client.tickets.update(id, { internal_notes: 'keep', attachments: undefined })

    const updated = client.tickets.update(id, { department: null, title: 'Bug' })

    // A legacy backend cannot clear a field of a ticket.
    expect(await outcomeOf(updated)).toMatchObject(
      pair.backend === 'legacy'
        ? { name: 'SilentDropError', fields: ['department'] }
        : { department: null, title: 'Bug' },
    )
    expect(await client.tickets.retrieve(id)).toMatchObject({
      title: 'Bug',
      internal_notes: 'keep',
      assigned_to_id: me,
    })
  })

  test('changes urgency and integration, by id or by name', async () => {
    const { client } = connect(pair)
    const one = await client.integrations.create({ name: 'JIRA', platform_name: 'jira' })
    const two = await client.integrations.create({ name: 'Chat', platform_name: 'slack' })
    const { id } = await client.tickets.create({ ...bug, department: 'IT' })

    const byId = await client.tickets.update(id, { urgency: 'critical', integration_id: one.id })
    const byName = await client.tickets.update(id, { integration_name: ' Chat ' })
    const without = client.tickets.update(id, { integration_id: null })

    expect(byId).toMatchObject({ urgency: 'critical', integration_id: one.id, department: 'IT' })
    expect(byName).toMatchObject({ urgency: 'critical', integration_id: two.id, department: 'IT' })
    expect(await outcomeOf(without)).toMatchObject(
      pair.generation === 'legacy'
        ? { name: 'SilentDropError', fields: ['integration_id'] }
        : { urgency: 'critical', integration_id: null, department: 'IT' },
    )
  })

  test('a null `integration_routing` is ignored beside another name', async () => {
    const { client } = connect(pair)
    const { tickets } = client
    const one = await client.integrations.create({ name: 'JIRA', platform_name: 'jira' })
    const { id } = await tickets.create(bug)

    const byName = await tickets.update(id, { integration_name: 'JIRA', integration_routing: null })
    const replaced = await tickets.replace(id, { ...bug, integration: 'JIRA', integration_routing: null })
    const refused = await failureOf(tickets.update(id, { integration_name: 'JIRA', integration_routing: 'Chat' }))

    expect([byName, replaced].map((ticket) => ticket.integration_id)).toEqual([one.id, one.id])
    expect(refused).toMatchObject({ name: 'InvalidRequestError', issues: [{ code: 'conflicting_fields' }] })
  })

  test('accepts texts of the lengths that a new ticket may have', async () => {
    const { client } = connect(pair)
    const { id } = await client.tickets.create({ ...bug, department: 'IT' })
    const long = { title: 'ä'.repeat(500), description: '✓'.repeat(10_001) }

    const updated = await client.tickets.update(id, long)

    expect(updated).toMatchObject({ ...long, department: 'IT' })
  })

  test('accepts a retrieved ticket, and changes nothing', async () => {
    const { client, store } = connect(pair)
    const integration = await client.integrations.create({ name: 'JIRA', platform_name: 'jira' })
    const { id } = await client.tickets.create({ ...bug, integration_id: integration.id, file_ids: [nthId(77)] })
    // An integration that became unusable stays with the tickets that it filed.
    await setStoredFields(store, integration.id, { status: 'suspended' })
    const before = await client.tickets.retrieve(id)

    const unchanged = await client.tickets.update(id, before)
    const updated = await client.tickets.update(id, { ...before, title: 'Bug' })

    expect({ ...unchanged, age_in_hours: 0 }).toEqual({ ...before, age_in_hours: 0 })
    const moved = { title: '', display_title: '', updated_at: '', last_activity_at: '', age_in_hours: 0 }
    expect({ ...updated, ...moved }).toEqual({ ...before, ...moved })
    expect(updated.title).toBe('Bug')
  })

  test('of a name and the retrieved id beside it, the changed one is used', async () => {
    const { client } = connect(pair)
    const one = await client.integrations.create({ name: 'JIRA', platform_name: 'jira' })
    const two = await client.integrations.create({ name: 'Chat', platform_name: 'slack' })
    const { id } = await client.tickets.create({ ...bug, integration_id: one.id })
    const before = await client.tickets.retrieve(id)

    const updated = await client.tickets.update(id, { ...before, integration_name: 'Chat' })
    const replaced = await client.tickets.replace(id, { ...updated, integration_name: 'JIRA' })

    expect([updated.integration_id, replaced.integration_id]).toEqual([two.id, one.id])
  })

  test('changes the assignee with a reason, by its new and its old name', async () => {
    const { client, store } = connect(pair)
    const { id } = await client.tickets.create({ ...bug, department: 'IT' })

    const withNew = await client.tickets.update(id, { assigned_to_id: me, assignment_reason: 'on call', title: 'A' })
    const row = await store.tickets.find(DEFAULT_USER.organization_id, id)
    await client.tickets.update(id, { assigned_to_id: me, reason: 'knows it' })
    const again = await store.tickets.find(DEFAULT_USER.organization_id, id)

    expect(withNew).toMatchObject({ assigned_to_id: me, title: 'A', department: 'IT' })
    expect([row?.assignment_reason, again?.assignment_reason]).toEqual(['on call', 'knows it'])
  })

  test('refuses an `id` that differs from the ticket’s', async () => {
    const { client, seen } = connect(pair)
    const { id } = await client.tickets.create(bug)
    seen.length = 0

    const error = await failureOf(client.tickets.update(id, { id: nthId(99), urgency: 'low' } as never))

    expect((error as { issues: object[] }).issues).toMatchObject([{ loc: ['body', 'id'], code: 'read_only_field' }])
  })

  test('an equal `id` is no change', async () => {
    const { client } = connect(pair)
    const { id } = await client.tickets.create(bug)

    const updated = await client.tickets.update(id, { id, urgency: 'low' } as never)

    expect(updated).toMatchObject({ id, urgency: 'low' })
  })

  test.each([
    ['an empty change', {}],
    ['a word that no schema has', { titel: 'x' }],
    ['a status that needs a summary', { status: 'resolved' }],
    ['a wrong priority beside an urgency', { urgency: 'low', priority: 'urgent' }],
    ['a wrong urgency', { urgency: 'urgent' }],
    ['two old names that disagree', { integration: 'A', integration_name: 'B' }],
    ['no object', 'title'],
  ])('refuses %s before a request is sent', async (_, input) => {
    const { client, seen } = connect(pair)

    const error = await failureOf(client.tickets.update(nthId(1), input as never))

    expect(error).toMatchObject({ name: 'InvalidRequestError' })
    expect(seen).toEqual([])
  })

  test('replaces a ticket without clearing anything', async () => {
    const { client } = connect(pair)
    const { id } = await client.tickets.create({ ...bug, department: 'IT' })

    const { data, cleared, response } = await client.tickets.replace(id, { ...bug, title: 'New' }).withResponse()

    expect(data).toMatchObject({ title: 'New', department: 'IT' })
    expect([cleared, response.status]).toEqual([[], 200])
  })

  test('replaces a ticket with a retrieved one', async () => {
    const { client } = connect(pair)
    const { id } = await client.tickets.create({ ...bug, attachments: [{ file_id: nthId(77) }] })
    const before = await client.tickets.retrieve(id)

    const replaced = await client.tickets.replace(id, { ...before, title: 'New', department: null })

    expect(replaced).toMatchObject({ title: 'New', attachments: [{ file_id: nthId(77) }] })
  })

  test('names the integration of a replacement by old or new names', async () => {
    const { client } = connect(pair)
    const one = await client.integrations.create({ name: 'JIRA', platform_name: 'jira' })
    const two = await client.integrations.create({ name: 'Chat', platform_name: 'slack' })
    const { id } = await client.tickets.create(bug)

    const byName = await client.tickets.replace(id, { ...bug, integration: 'JIRA' })
    const byId = await client.tickets.replace(id, { ...bug, integration_id: two.id })
    const missing = await failureOf(client.tickets.replace(id, { ...bug, integration_name: 'Nowhere' }))

    expect([byName.integration_id, byId.integration_id]).toEqual([one.id, two.id])
    expect(missing).toMatchObject({ name: 'IntegrationNotFoundError' })
  })
})

describe('on a current backend', () => {
  test('PATCH alone is used where it can express the change', async () => {
    const { client, seen } = connect()
    const { id } = await client.tickets.create(bug)
    seen.length = 0

    await client.tickets.update(id, { title: 'Bug', due_date: null, tags: ['a'], file_ids: [nthId(77)] })

    expect(requestLines(seen)).toEqual([`PATCH /tickets/${id}`])
    expect(seen[0]?.body).toEqual({
      title: 'Bug',
      due_date: null,
      tags: ['a'],
      attachments: [{ file_id: nthId(77) }],
    })
  })

  test('null is sent by PATCH where `patch-null` is announced, and what only PUT has goes by PUT', async () => {
    const { client, seen } = connect()
    const { id } = await client.tickets.create({ ...bug, department: 'IT' })
    seen.length = 0

    const cleared = await client.tickets.update(id, { department: null })
    const both = await client.tickets.update(id, { internal_notes: 'seen', integration_id: null, urgency: 'low' })
    const mixed = await client.tickets.update(id, { internal_notes: null, urgency: 'high' })

    expect([cleared.department, both.urgency, mixed.internal_notes]).toEqual([null, 'low', null])
    expect(seen.map(({ method, body }) => [method, body])).toMatchObject([
      ['GET', undefined],
      ['PATCH', { department: null }],
      ['GET', undefined],
      ['PUT', { urgency: 'low' }],
      ['GET', undefined],
      ['PUT', { urgency: 'high' }],
      ['PATCH', { internal_notes: null }],
    ])
  })

  test('a transitional backend clears by PUT under strict handling', async () => {
    const { client, seen } = connect({ backend: 'transitional', generation: 'current' })
    const integration = await client.integrations.create({ name: 'JIRA', platform_name: 'jira' })
    const { id } = await client.tickets.create({ ...bug, integration_id: integration.id })

    const updated = await client.tickets.update(id, { integration_id: null })
    const replaced = await client.tickets.replace(id, { ...bug, department: null })

    expect([updated.integration_id, replaced.department]).toEqual([null, null])
    const puts = seen.filter(({ method }) => method === 'PUT')
    expect(puts.map(({ headers }) => headers['prefer'])).toEqual(['handling=strict', 'handling=strict'])
  })

  test.each([
    ['an urgency', { urgency: 'low' }, { urgency: 'low' }],
    ['a long title', { title: 'x'.repeat(201) }, { title: 'x'.repeat(201) }],
    ['a long description', { description: 'x'.repeat(10_001) }, { description: 'x'.repeat(10_001) }],
  ] as const)(
    '%s is merged into all that PUT might clear, and written if nobody wrote since',
    async (_, input, put) => {
      const { client, seen } = connect()
      const { id } = await client.tickets.create({
        ...bug,
        department: 'IT',
        assigned_to_id: me,
        custom_fields: { floor: 2 },
        attachments: [{ file_id: nthId(77) }],
      })
      await client.tickets.update(id, { internal_notes: 'seen', resolution_summary: 'mended' })
      seen.length = 0

      await client.tickets.update(id, input)

      expect(requestLines(seen)).toEqual([`GET /tickets/${id}`, `PUT /tickets/${id}`])
      expect(seen[1]?.headers).toMatchObject({ 'if-match': '"2"' })
      expect(seen[1]?.body).toEqual({
        assigned_to_id: me,
        department: 'IT',
        resolution_summary: 'mended',
        internal_notes: 'seen',
        custom_fields: { floor: 2 },
        attachments: [{ file_id: nthId(77) }],
        ...put,
      })
    },
  )

  test.each([
    { title: '𝄞'.repeat(200) },
    { description: '𝄞'.repeat(10_000) },
    { attachments: [] },
    { tags: null },
    { assignment_reason: null },
  ])('what the existing PATCH accepts is sent by PATCH (%#)', async (input) => {
    const { client, seen } = connect()
    const { id } = await client.tickets.create(bug)
    seen.length = 0

    await client.tickets.update(id, input)

    expect(requestLines(seen)).toEqual([`PATCH /tickets/${id}`])
  })

  test('of a ticket that is sent back only the differences are written, by PATCH if possible', async () => {
    const { client, seen } = connect()
    const { id } = await client.tickets.create({ ...bug, department: 'IT' })
    const before = await client.tickets.retrieve(id)
    seen.length = 0

    await client.tickets.update(id, before)
    await client.tickets.update(id, { ...before, title: 'Bug' })

    expect(requestLines(seen)).toEqual([`GET /tickets/${id}`, `GET /tickets/${id}`, `PATCH /tickets/${id}`])
    expect(seen[2]?.body).toEqual({ title: 'Bug' })
  })

  test('of files and the retrieved attachments beside them, the changed ones are used', async () => {
    const { client } = connect()
    const { id } = await client.tickets.create({ ...bug, file_ids: [nthId(77)] })
    const before = await client.tickets.retrieve(id)

    const updated = await client.tickets.update(id, { ...before, file_ids: [nthId(78)] })

    expect(updated.attachments).toEqual([{ file_id: nthId(78) }])
  })

  test('fields that only PATCH has are sent after the PUT, with the new version', async () => {
    const { client, seen } = connect()
    const { id } = await client.tickets.create({ ...bug, department: 'IT' })
    seen.length = 0

    const updated = await client.tickets.update(id, {
      urgency: 'low',
      title: 'A',
      tags: ['a'],
      due_date: '2026-01-01T00:00:00Z',
    })

    expect(requestLines(seen)).toEqual([`GET /tickets/${id}`, `PUT /tickets/${id}`, `PATCH /tickets/${id}`])
    expect(seen[1]?.body).toMatchObject({ urgency: 'low', title: 'A', department: 'IT' })
    expect(seen[2]?.body).toEqual({ tags: ['a'], due_date: '2026-01-01T00:00:00Z' })
    expect([seen[1]?.headers['if-match'], seen[2]?.headers['if-match']]).toEqual(['"1"', '"2"'])
    expect(updated).toMatchObject({ urgency: 'low', title: 'A', department: 'IT' })
  })

  test('a reason is sent with its assignee', async () => {
    const { client, seen } = connect()
    const { id } = await client.tickets.create(bug)
    seen.length = 0

    await client.tickets.update(id, { urgency: 'low', assigned_to_id: me, assignment_reason: 'on call' })

    expect(seen[1]?.body).toMatchObject({ urgency: 'low', assigned_to_id: null })
    expect(seen[2]?.body).toEqual({ assigned_to_id: me, assignment_reason: 'on call' })
  })

  test('an assignee without a reason is sent with the other fields', async () => {
    const { client, seen } = connect()
    const { id } = await client.tickets.create(bug)
    seen.length = 0

    await client.tickets.update(id, { urgency: 'low', assigned_to_id: me })

    expect(requestLines(seen)).toEqual([`GET /tickets/${id}`, `PUT /tickets/${id}`])
    expect(seen[1]?.body).toMatchObject({ urgency: 'low', assigned_to_id: me })
  })

  test('when the second request fails, the error lists what the first has written', async () => {
    const { client } = connect({
      fetch: async (request) =>
        request.method === 'PATCH'
          ? Response.json({ detail: 'no', code: 'validation_failed' }, { status: 422 })
          : Response.json(changed(request, { urgency: 'low' }), {
              headers: { 'API-Capabilities': 'if-match', ETag: '"1"' },
            }),
    })

    const error = await failureOf(client.tickets.update(nthId(1), { urgency: 'low', department: null, tags: ['a'] }))

    expect(error).toMatchObject({
      name: 'ApiError',
      endpoint: 'tickets.update',
      status: 422,
      applied: ['urgency'],
      message:
        'PATCH /tickets/{ticket_id} was answered with 422 validation_failed: no; these fields were written: `urgency`',
    })
    expect(JSON.parse(JSON.stringify(error))).toMatchObject({ applied: ['urgency'] })
  })

  test.each(['timeout', 'totalTimeout'])(
    'when the second request times out, the error lists what the first has written: %s',
    async (limit) => {
      const { client } = connectTo(
        (request) =>
          request.method === 'PATCH'
            ? new Promise<never>(() => {})
            : Response.json(changed(request, { urgency: 'high' })),
        { [limit]: 50 },
      )

      const error = await failureOf(client.tickets.update(nthId(1), { urgency: 'high', tags: ['a'] }))

      expect(error).toMatchObject({
        name: 'TimeoutError',
        limit,
        applied: ['urgency'],
        message: expect.stringMatching(/within 50 ms \(`\w+`\); these fields were written: `urgency`$/),
      })
    },
  )

  test('`applied` has the confirmed fields only: not those that were dropped, nor those that no reply shows', async () => {
    const { client } = connectTo((request) =>
      Response.json({ ...changed(request, { urgency: 'high' }), sla_due_date: '2026-01-01T00:00:00Z' }),
    )

    const error = await failureOf(client.tickets.update(nthId(1), { urgency: 'high', tags: ['a'], due_date: null }))

    expect(error).toMatchObject({ name: 'SilentDropError', fields: ['due_date'], unverified: ['tags'] })
    expect(error).toHaveProperty('applied', ['urgency'])
  })

  test('when others write between the two requests, the rest of the change is still written', async () => {
    const { client, app, seen } = connect({
      fetch: async (request) => {
        const { method } = request
        if (method === 'PATCH' && seen.every((one) => one.method !== 'PATCH'))
          await other.client.tickets.update(id, { internal_notes: 'note' })
        seen.push({ method, target: new URL(request.url).pathname, headers: {}, body: undefined })
        return app.fetch(request)
      },
    })
    const other = connect({ fetch: (request) => app.fetch(request) })
    const { id } = await client.tickets.create(bug)
    seen.length = 0

    const input = { urgency: 'low', assigned_to_id: me, assignment_reason: 'on call' } as const
    const updated = await client.tickets.update(id, input)

    expect(seen.map(({ method }) => method)).toEqual(['GET', 'PUT', 'PATCH', 'GET', 'PATCH'])
    expect(updated).toMatchObject({ urgency: 'low', assigned_to_id: me, internal_notes: 'note' })
  })

  test('when others write in between, the ticket is read and merged again', async () => {
    const { client, app, seen } = connect({
      fetch: async (request) => {
        if (request.method === 'PUT' && others > 0) {
          others -= 1
          await other.client.tickets.update(id, { internal_notes: `note ${others}` })
        }
        seen.push({ method: request.method, target: new URL(request.url).pathname, headers: {}, body: undefined })
        return app.fetch(request)
      },
    })
    const other = connect({ fetch: (request) => app.fetch(request) })
    let others = 0
    const { id } = await client.tickets.create({ ...bug, department: 'IT' })

    others = 3
    const updated = await client.tickets.update(id, { urgency: 'high' })
    others = 5
    const error = await failureOf(client.tickets.update(id, { urgency: 'low' }))

    expect(updated).toMatchObject({ urgency: 'high', internal_notes: 'note 0' })
    expect(error).toMatchObject({
      name: 'ApiError',
      status: 412,
      code: 'version_conflict',
      endpoint: 'tickets.replace',
    })
    expect(seen.filter(({ method }) => method === 'PUT')).toHaveLength(4 + 5)
  })

  test('the If-Match of the caller is kept, so newer changes are not overwritten', async () => {
    const { client, seen } = connect()
    const { id } = await client.tickets.create({ ...bug, department: 'IT' })
    const condition = { headers: { 'if-match': '"1"' } }

    await client.tickets.update(id, { urgency: 'low', tags: ['a'] }, condition)
    const error = await failureOf(client.tickets.update(id, { department: null }, condition))

    expect(error).toMatchObject({ name: 'ApiError', status: 412 })
    expect(seen.map(({ method, headers }) => [method, headers['if-match']])).toEqual([
      ['POST', undefined],
      ['GET', undefined],
      ['PUT', '"1"'],
      ['PATCH', '"2"'],
      ['GET', undefined],
      ['PATCH', '"1"'],
    ])
  })

  test('without `if-match` announced no condition is sent', async () => {
    const { client, seen } = connectTo((request) =>
      Response.json(changed(request, { urgency: 'low' }), { headers: { ETag: '"1"' } }),
    )

    await client.tickets.update(nthId(1), { urgency: 'low' })

    expect(seen.map(({ headers }) => headers['if-match'])).toEqual([undefined, undefined])
  })

  test('a ticket whose reply lacks fields is not written by PUT', async () => {
    const part = { ...ticket, internal_notes: undefined }
    const { client, seen } = connectTo(() => Response.json(part))

    const error = await failureOf(client.tickets.update(nthId(1), { urgency: 'low' }))

    expect(error).toMatchObject({
      name: 'ResponseMismatchError',
      message: 'the reply lacks `internal_notes`, which PUT might clear; nothing was written',
      endpoint: 'tickets.retrieve',
    })
    expect(requestLines(seen)).toEqual([`GET /tickets/${nthId(1)}`])
  })

  test('a ticket whose reply lacks fields is written when the backend announces `partial-put`', async () => {
    const part = { internal_notes: undefined }
    const { client, seen } = connectTo((request) =>
      Response.json(
        { ...changed(request, { urgency: 'low' }), ...part },
        { headers: { 'API-Capabilities': 'x, partial-put' } },
      ),
    )

    await client.tickets.update(nthId(1), { urgency: 'low' })

    expect(seen[1]?.body).not.toHaveProperty('internal_notes')
  })

  test('a backend that does not clear a field is detected', async () => {
    const { client } = connectTo((request) =>
      Response.json({ ...changed(request, { urgency: 'low' }), department: 'IT', attachments: [] }),
    )

    const error = await failureOf(
      client.tickets.update(nthId(1), { department: null, attachments: null, urgency: 'low' }),
    )

    expect(error).toMatchObject({
      name: 'SilentDropError',
      message: 'the backend accepted null for `department` and did not clear it; these fields were written: `urgency`',
      endpoint: 'tickets.replace',
      fields: ['department'],
      id: nthId(1),
    })
  })

  test('absent fields are listed as cleared when the backend does not announce `partial-put`', async () => {
    const { client } = connectTo((request) => Response.json(changed(request, { ...bug, department: 'IT' })))

    const { cleared } = await client.tickets
      .replace(nthId(1), { ...bug, department: 'IT', custom_fields: null })
      .withResponse()

    expect(cleared).toEqual(['assigned_to_id', 'resolution_summary', 'internal_notes', 'attachments'])
  })
})

describe('on a backend whose PUT clears absent fields and whose PATCH drops null', () => {
  const filled = {
    ...bug,
    id: nthId(1),
    urgency: 'medium',
    status: 'open',
    assigned_to_id: me,
    department: 'IT',
    resolution_summary: 'mended',
    internal_notes: 'seen',
    custom_fields: { floor: 2 },
    attachments: [{ file_id: nthId(77) }],
  }

  /** A backend that stores the changes of a ticket as the existing backend does. */
  function existing() {
    let row: Record<string, unknown> = filled
    const cleared = Object.fromEntries(CLEARED_BY_PUT.map((field) => [field, null]))
    return connectTo(async (request) => {
      const body = request.method === 'GET' ? {} : ((await request.json()) as object)
      const given = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null))
      if (request.method === 'PUT') row = { ...row, ...cleared, ...given }
      if (request.method === 'PATCH' && Object.keys(given).length === 0)
        return Response.json({ detail: 'At least one field must be provided for update' }, { status: 400 })
      if (request.method === 'PATCH') row = { ...row, ...given, urgency: row['urgency'] }
      return Response.json(row)
    })
  }

  const changes: { [what: string]: UpdateTicket } = {
    'a field that is cleared': { department: null },
    'two of them': { internal_notes: null, custom_fields: null },
    'one of them and another change': { attachments: null, title: 'A' },
    'an urgency': { urgency: 'high' },
    'a long title and a status': { title: 'x'.repeat(300), status: 'pending' },
  }
  test.each(Object.entries(changes))('%s is written, and nothing else changes', async (_, change) => {
    const { client } = existing()

    const updated = await client.tickets.update(nthId(1), change)

    expect({ ...updated }).toEqual({ ...filled, ...change })
  })

  test('the assignee is removed and the status set, and nothing else changes', async () => {
    const { client } = existing()

    const unassigned = await client.tickets.assign(nthId(1), null)
    const closed = await client.tickets.setStatus(nthId(1), 'closed', { resolution_summary: 'again' })

    expect({ ...unassigned }).toEqual({ ...filled, assigned_to_id: null })
    expect({ ...closed }).toEqual({
      ...filled,
      assigned_to_id: null,
      status: 'closed',
      resolution_summary: 'again',
    })
  })

  test('a replacement lists the fields that it has cleared', async () => {
    const { client } = existing()

    const { data, cleared } = await client.tickets.replace(nthId(1), { ...bug, department: 'HR' }).withResponse()

    expect(data).toMatchObject({ department: 'HR', internal_notes: null, attachments: null })
    expect(cleared).toEqual(['assigned_to_id', 'resolution_summary', 'internal_notes', 'custom_fields', 'attachments'])
  })
})

describe('on a legacy backend', () => {
  test('PUT is used, with the old names', async () => {
    const { client, seen } = connect({ backend: 'legacy' })
    await client.integrations.create({ name: 'JIRA', platform_name: 'jira' })
    const { id } = await client.tickets.create(bug)
    seen.length = 0

    await client.tickets.update(id, { status: 'open', department: 'IT', urgency: 'low', integration_name: 'JIRA' })

    expect(requestLines(seen)).toEqual([
      'GET /integrations/?sort_by=created_at&sort_order=asc&name=JIRA&offset=0&limit=100',
      `PUT /tickets/${id}`,
    ])
    expect(seen[1]?.body).toEqual({
      status: 'open',
      department: 'IT',
      urgency: 'low',
      integration_name: 'JIRA',
      integration: 'JIRA',
    })
  })

  test.each([
    ['due_date', '2026-01-01T00:00:00Z'],
    ['due_date', null],
    ['tags', ['a']],
    ['tags', null],
  ])('a field that it lacks is refused before a request is sent: %s', async (field, value) => {
    const { client, seen } = connect({ backend: 'legacy' })

    const error = await failureOf(client.tickets.update(nthId(1), { title: 'A', [field]: value }))

    expect(error).toMatchObject({
      name: 'InvalidRequestError',
      message: `\`${field}\` cannot be changed on a legacy backend; leave it out`,
      issues: [{ loc: ['body', field], code: 'validation_failed' }],
    })
    expect(seen).toEqual([])
  })

  test.each(['update', 'replace'] as const)(
    'its PUT ignores attachments, so that %s refuses others',
    async (method) => {
      const { client, seen } = connect({ backend: 'legacy' })
      const { id } = await client.tickets.create({ ...bug, attachments: [{ file_id: nthId(77) }] })
      seen.length = 0

      const error = await failureOf(client.tickets[method](id, { ...bug, file_ids: [nthId(78)] }))

      expect(error).toMatchObject({ name: 'InvalidRequestError', issues: [{ loc: ['body', 'attachments'] }] })
      expect(requestLines(seen)).toEqual([`GET /tickets/${id}`])
    },
  )

  test('the integration that the ticket already has is no change, usable or not', async () => {
    const { client, store } = connect({ backend: 'legacy' })
    const integration = await client.integrations.create({ name: 'JIRA', platform_name: 'jira' })
    const { id } = await client.tickets.create({ ...bug, integration_id: integration.id })
    await setStoredFields(store, integration.id, { status: 'suspended' })

    const updated = await client.tickets.update(id, { title: 'A', integration_id: integration.id })

    expect(updated).toMatchObject({ title: 'A', integration_id: integration.id })
  })

  test('a reason is sent by the old route, after the other fields', async () => {
    const { client, seen } = connect({ backend: 'legacy' })
    const { id } = await client.tickets.create(bug)
    seen.length = 0

    const condition = { headers: { 'If-Match': '"1"' } }
    await client.tickets.update(id, { title: 'A', assigned_to_id: me, assignment_reason: 'on call' }, condition)
    await client.tickets.update(id, { assigned_to_id: me, assignment_reason: 'knows it' })

    expect(seen.map(({ method, target, body }) => [`${method} ${target}`, body])).toEqual([
      [`PUT /tickets/${id}`, { title: 'A' }],
      [`PATCH /tickets/${id}/assign`, { assigned_to_id: me, reason: 'on call' }],
      [`PATCH /tickets/${id}/assign`, { assigned_to_id: me, reason: 'knows it' }],
    ])
    expect(seen.map(({ headers }) => headers['if-match'])).toEqual(['"1"', undefined, undefined])
  })

  test('when the request with the reason fails, the error lists the fields written before', async () => {
    const { client } = connect({ backend: 'legacy' })
    const { id } = await client.tickets.create(bug)

    const error = await failureOf(
      client.tickets.update(id, { title: 'A', assigned_to_id: nthId(9), assignment_reason: 'on call' }),
    )

    expect(error).toMatchObject({ name: 'ApiError', endpoint: 'tickets.assign', status: 422, applied: ['title'] })
  })

  test('a backend that ignores null is detected', async () => {
    const { client } = connectTo(() => Response.json({ ...ticket, department: 'IT' }), { generation: 'legacy' })

    const error = await failureOf(client.tickets.update(nthId(1), { department: null }))

    expect(error).toMatchObject({ name: 'SilentDropError', fields: ['department'] })
    expect(error).not.toHaveProperty('applied')
  })
})

test('PUT may clear every nullable field except the integration', () => {
  const nullable = fieldsOf(ReplaceTicket).filter(
    (field) => checkSchema(ReplaceTicket, { [field]: null }, 'body').length === 0,
  )

  expect(nullable.filter((field) => field !== 'integration_id').toSorted()).toEqual([...CLEARED_BY_PUT].toSorted())
})

test('a text that is too long for PATCH of the existing backend is sent by PUT', () => {
  const texts = fieldsOf(UpdateTicketSchema).filter(
    (field) => checkSchema(UpdateTicketSchema, { [field]: 'x' }, 'body').length === 0,
  )

  const atMost = texts.map((field) => [
    field,
    [200, 10_000].filter((most) => needsPut({ [field]: 'x'.repeat(most + 1) })),
  ])

  // The lengths are from docs/existing-backend.md#update-a-ticket and #replace-a-ticket.
  expect(Object.fromEntries(atMost)).toEqual({
    title: [200, 10_000],
    description: [10_000],
    assignment_reason: [],
    department: [],
    internal_notes: [],
    resolution_summary: [],
  })
})

const ticket = {
  id: nthId(1),
  ...bug,
  urgency: 'medium',
  assigned_to_id: null,
  department: null,
  resolution_summary: null,
  internal_notes: null,
  custom_fields: null,
  attachments: null,
}

/** The ticket as it was for those who read it, and with the change for those who write. */
const changed = ({ method }: Request, change: object): object => (method === 'GET' ? ticket : { ...ticket, ...change })
