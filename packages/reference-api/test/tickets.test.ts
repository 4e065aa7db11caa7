import { GENERATIONS, type Generation } from '@ai-ticket-creator/domain'
import {
  type App,
  type AppOptions,
  createApp,
  createMemoryStore,
  DEFAULT_USER,
  type ExternalTickets,
  type IntegrationRow,
} from '@ai-ticket-creator/reference-api'
import { expect, test } from 'vitest'
import { integrationRow, rowId, ticketRow } from './rows.ts'
import { ada, type Fields, fieldsOf, issuesOf, nthId, send } from './send.ts'

const bug = { title: 'Bug Report', description: '...' }
const agent = {
  id: '10000000-0000-4000-8000-000000000001',
  email: 'agent@example.test',
  full_name: null,
  display_name: 'Agent',
  avatar_url: null,
}

const rest = {
  id: nthId(1),
  created_at: '2025-09-06T12:00:00.000000Z',
  updated_at: '2025-09-06T12:00:00.000000Z',
  title: 'Bug Report',
  display_title: 'Bug Report',
  description: '...',
  category: 'general',
  subcategory: null,
  priority: 'medium',
  urgency: 'medium',
  status: 'new',
  department: null,
  source_channel: 'web',
  creator: agent,
  integration_id: null,
  integration_result: null,
  custom_fields: null,
  internal_notes: null,
  resolution_summary: null,
  escalation_reason: null,
  satisfaction_feedback: null,
  satisfaction_rating: null,
  first_response_at: null,
  resolved_at: null,
  closed_at: null,
  sla_due_date: null,
  escalated_at: null,
  last_activity_at: '2025-09-06T12:00:00.000000Z',
  communication_count: 0,
  escalation_level: 0,
  resolution_time_minutes: null,
  resolution_time_hours: null,
  sla_breached: false,
  is_overdue: false,
  is_high_priority: false,
  can_be_closed: false,
  age_in_hours: 0,
  ai_analysis: null,
}
const oldFields = { assignee: null, files: null, external_ticket_id: null, external_ticket_url: null }
const newFields = { assigned_to_id: null, attachments: null }

test.each([
  ['legacy', { ...rest, ...oldFields }],
  ['transitional', { ...rest, ...oldFields, ...newFields }],
  ['current', { ...rest, ...newFields }],
] as const)('%s: an internal ticket has these fields in create, retrieve and list', async (generation, ticket) => {
  const app = createApp({ generation })

  const created = await send(app, 'POST /tickets/', bug)
  const read = await send(app, `GET /tickets/${nthId(1)}?include_ai_data=false&include_internal=true`)
  const listed = await send(app, 'GET /tickets/')

  expect([created.status, created.json]).toEqual([201, ticket])
  expect([read.status, read.json]).toEqual([200, ticket])
  expect([listed.status, listed.json]).toEqual([
    200,
    { items: [ticket], total: 1, page: 1, size: 20, pages: 1, has_next: false, has_prev: false },
  ])
})

test('the reply of a create has every field', async () => {
  const app = createApp({ users: [ada] })
  const fields = {
    title: 'T',
    description: 'D',
    category: 'bug',
    priority: 'critical',
    urgency: 'high',
    department: 'IT',
    custom_fields: { team: ['a', { b: null }] },
    attachments: [{ file_id: rowId(1) }],
  }

  const reply = await send(
    app,
    'POST /tickets/',
    { ...fields, assigned_to_id: ada.id.toUpperCase() },
    { Authorization: 'Bearer token-of-ada' },
  )

  expect(reply.json).toMatchObject({
    ...fields,
    assigned_to_id: ada.id,
    is_high_priority: true,
    creator: {
      id: '10000000-0000-4000-8000-00000000000a',
      email: 'ada@one.example.test',
      full_name: 'Ada of One',
      display_name: 'Ada',
      avatar_url: null,
    },
  })
})

test('legacy replies have the assignee as an object and files by id', async () => {
  const app = createApp({ generation: 'legacy' })

  const reply = await send(app, 'POST /tickets/', { ...bug, assigned_to_id: DEFAULT_USER.id, file_ids: [rowId(1)] })

  expect(reply.json).toMatchObject({ assignee: agent, files: [{ id: rowId(1) }] })
})

test('an assignee who is no longer in the directory is shown by id', async () => {
  const store = createMemoryStore()
  await store.tickets.insert(ticketRow({ assigned_to_id: rowId(9) }))
  const app = createApp({ store, generation: 'legacy' })

  const reply = await send(app, `GET /tickets/${ticketRow().id}`)

  expect(reply.json).toMatchObject({ assignee: { id: rowId(9) } })
})

test('an assignee must be a user of the organization', async () => {
  const app = createApp()

  const reply = await send(app, 'POST /tickets/', { ...bug, assigned_to_id: rowId(9) })

  expect([reply.status, reply.json]).toEqual([
    422,
    {
      detail: [
        {
          type: 'value_error',
          loc: ['body', 'assigned_to_id'],
          msg: '`assigned_to_id` is not a user of the organization',
          code: 'validation_failed',
        },
      ],
      code: 'validation_failed',
    },
  ])
  expect((await send(app, 'GET /tickets/')).json).toMatchObject({ total: 0 })
})

test('a ticket keeps a creator who has left', async () => {
  const store = createMemoryStore()
  await store.tickets.insert(ticketRow({ created_by_id: rowId(9) }))
  const app = createApp({ store })

  const reply = await send(app, `GET /tickets/${ticketRow().id}`)

  expect(fieldsOf(reply)['creator']).toEqual({
    id: rowId(9),
    email: '',
    full_name: null,
    display_name: 'former user',
    avatar_url: null,
  })
})

test('null on create means the default', async () => {
  const app = createApp()
  const nothing = {
    priority: null,
    department: null,
    assigned_to_id: null,
    integration_id: null,
    custom_fields: null,
    attachments: null,
  }

  const reply = await send(app, 'POST /tickets/', { ...bug, ...nothing })

  expect([reply.status, reply.json]).toEqual([201, { ...rest, ...newFields }])
})

test('display_title is cut after 100 characters, not within a surrogate pair', async () => {
  const app = createApp()

  const fits = await send(app, 'POST /tickets/', { ...bug, title: '🐞'.repeat(100) })
  const cut = await send(app, 'POST /tickets/', { ...bug, title: '🐞'.repeat(101) })

  expect(fieldsOf(fits)['display_title']).toBe('🐞'.repeat(100))
  expect(fieldsOf(cut)['display_title']).toBe(`${'🐞'.repeat(100)}...`)
})

test('times and flags are derived from the row and the time', async () => {
  const store = createMemoryStore()
  await store.tickets.insert(
    ticketRow({
      created_at: '2025-09-06T09:30:00.000000Z',
      resolved_at: '2025-09-06T11:00:59.000000Z',
      status: 'resolved',
      sla_due_date: '2025-09-06T10:00:00.000000Z',
      priority: 'high',
    }),
  )
  await store.tickets.insert(
    ticketRow({ id: rowId(2), sla_due_date: '2025-09-06T10:00:00.000000Z', status: 'pending' }),
  )
  await store.tickets.insert(ticketRow({ id: rowId(3), sla_due_date: '2025-09-06T12:00:00.002000Z' }))
  const app = createApp({ store })

  const resolved = await send(app, `GET /tickets/${ticketRow().id}`)
  const overdue = await send(app, `GET /tickets/${rowId(2)}`)
  const inTime = await send(app, `GET /tickets/${rowId(3)}`)

  expect(resolved.json).toMatchObject({
    resolution_time_minutes: 90,
    resolution_time_hours: 1.5,
    age_in_hours: 2.5,
    is_overdue: false,
    sla_breached: false,
    is_high_priority: true,
    can_be_closed: true,
  })
  expect(overdue.json).toMatchObject({ is_overdue: true, sla_breached: true, can_be_closed: true })
  expect(inTime.json).toMatchObject({ is_overdue: false, sla_breached: false, can_be_closed: false })
})

test('an unknown or deleted ticket is a 404', async () => {
  const store = createMemoryStore()
  await store.tickets.insert(ticketRow({ deleted_at: '2025-09-06T10:00:00.000000Z' }))
  const app = createApp({ store })

  const unknown = await send(app, `GET /tickets/${nthId(9)}`)
  const deleted = await send(app, `GET /tickets/${ticketRow().id}`)

  const problem = { detail: 'Ticket not found', code: 'not_found' }
  expect([unknown.status, unknown.json]).toEqual([404, problem])
  expect([deleted.status, deleted.json]).toEqual([404, problem])
})

// The integration of a ticket

const ids = { jira: rowId(1), slack: rowId(2), twinA: rowId(3), twinB: rowId(4), off: rowId(5), gone: rowId(6) }

async function appWithIntegrations(generation: Generation, options: AppOptions = {}): Promise<App> {
  const store = createMemoryStore()
  const rows: readonly Partial<IntegrationRow>[] = [
    { id: ids.jira, name: 'JIRA Production', base_url: 'https://acme.example.test/' },
    { id: ids.slack, name: 'Chat', platform_name: 'slack', integration_category: 'messaging' },
    { id: ids.twinA, name: 'Twin', platform_name: 'zendesk' },
    { id: ids.twinB, name: 'Twin', platform_name: 'zendesk', status: 'inactive', enabled: false },
    { id: ids.off, name: 'Off', platform_name: 'hubspot', status: 'inactive', enabled: false },
    { id: ids.gone, name: 'Gone', platform_name: 'sms', deleted_at: '2025-09-05T00:00:00.000000Z' },
  ]
  for (const row of rows) await store.integrations.insert(integrationRow(row))
  return createApp({ store, generation, ...options })
}

const strict = { Prefer: 'handling=strict' }

test.each(GENERATIONS)('%s: `integration_id` selects the integration, or is ignored in legacy', async (generation) => {
  const app = await appWithIntegrations(generation)

  const reply = await send(app, 'POST /tickets/', { ...bug, integration_id: ids.jira.toUpperCase() })

  // In legacy the new name is an unknown key.
  const expected = generation === 'legacy' ? null : ids.jira
  expect([reply.status, fieldsOf(reply)['integration_id']]).toEqual([201, expected])
  expect(reply.headers.get('Ignored-Fields')).toBe(generation === 'legacy' ? 'integration_id' : null)
})

test.each([
  ['legacy', { integration_name: 'JIRA Production' }, ids.jira],
  ['legacy', { integration: ' JIRA Production ' }, ids.jira],
  ['legacy', { integration_routing: 'jira' }, ids.jira],
  ['legacy', { integration: 'JIRA Production', integration_name: 'JIRA Production' }, ids.jira],
  ['legacy', { integration: 'SLACK' }, ids.slack],
  ['legacy', { integration: null }, null],
  ['transitional', { integration_name: 'JIRA Production' }, ids.jira],
  ['transitional', { integration: 'Chat' }, ids.slack],
  ['transitional', { integration_name: 'Chat', integration_id: ids.slack }, ids.slack],
] as const)('%s accepts %j', async (generation, names, expected) => {
  const app = await appWithIntegrations(generation)

  const reply = await send(app, 'POST /tickets/', { ...bug, ...names })

  expect([reply.status, fieldsOf(reply)['integration_id']]).toEqual([201, expected])
})

test('names that disagree are refused before anything is looked up', async () => {
  const app = await appWithIntegrations('legacy')

  const reply = await send(app, 'POST /tickets/', { ...bug, integration: 'Chat', integration_name: 'JIRA Production' })

  expect([reply.status, issuesOf(reply)]).toEqual([422, ['body.integration conflicting_fields']])
})

test('a name and an id that disagree are refused', async () => {
  const app = await appWithIntegrations('transitional')

  const reply = await send(app, 'POST /tickets/', { ...bug, integration_name: 'Chat', integration_id: ids.jira })

  expect([reply.status, issuesOf(reply)]).toEqual([422, ['body.integration_id conflicting_fields -> integration_id']])
})

test.each([
  ['current', {}],
  ['transitional', strict],
] as const)('%s with %j refuses names', async (generation, headers) => {
  const app = await appWithIntegrations(generation)

  const reply = await send(app, 'POST /tickets/', { ...bug, integration_name: 'JIRA Production' }, headers)

  expect([reply.status, issuesOf(reply)]).toEqual([422, ['body.integration_name retired_field -> integration_id']])
})

const unresolved: readonly (readonly [sentence: string, body: Fields, status: number, problem: Fields])[] = [
  [
    'a name that several have, also when only one of them is usable',
    { integration_name: 'Twin' },
    409,
    {
      detail: `2 integrations have this name; send \`integration_id\` with one of ${ids.twinA}, ${ids.twinB}`,
      code: 'ambiguous_integration_name',
      candidates: [
        { id: ids.twinA, name: 'Twin', platform_name: 'zendesk', status: 'active' },
        { id: ids.twinB, name: 'Twin', platform_name: 'zendesk', status: 'inactive' },
      ],
    },
  ],
  [
    'a platform with several integrations',
    { integration_name: 'zendesk' },
    422,
    {
      detail: 'no integration has this name, and 2 integrations are on the platform it names; send `integration_id`',
      code: 'integration_not_found',
    },
  ],
  [
    'an unknown name',
    { integration_name: 'Nobody' },
    422,
    {
      detail: 'no integration has this name; list the integrations and send `integration_id`',
      code: 'integration_not_found',
    },
  ],
  [
    'an empty name',
    { integration_name: ' ' },
    422,
    {
      detail: 'no integration has this name; list the integrations and send `integration_id`',
      code: 'integration_not_found',
    },
  ],
  [
    'the name of a disabled one',
    { integration_name: 'Off' },
    422,
    {
      detail: `integration ${ids.off} is inactive; enable it first`,
      code: 'integration_unusable',
      reason: 'inactive',
    },
  ],
  [
    'the id of a disabled one',
    { integration_id: ids.off },
    422,
    {
      detail: `integration ${ids.off} is inactive; enable it first`,
      code: 'integration_unusable',
      reason: 'inactive',
    },
  ],
  [
    'the name of a deleted one',
    { integration_name: 'Gone' },
    422,
    {
      detail: `integration ${ids.gone} is deleted; use another one`,
      code: 'integration_unusable',
      reason: 'deleted',
    },
  ],
  [
    'the id of a deleted one',
    { integration_id: ids.gone },
    422,
    {
      detail: `integration ${ids.gone} is deleted; use another one`,
      code: 'integration_unusable',
      reason: 'deleted',
    },
  ],
  [
    'an unknown id',
    { integration_id: rowId(99) },
    422,
    { detail: 'no integration has this `integration_id`; list the integrations', code: 'integration_not_found' },
  ],
]

test.each(unresolved)('%s is refused, nothing is written', async (_, body, status, problem) => {
  const app = await appWithIntegrations('transitional')

  const reply = await send(app, 'POST /tickets/', { ...bug, ...body })

  expect([reply.status, reply.json]).toEqual([status, problem])
  expect((await send(app, 'GET /tickets/')).json).toMatchObject({ total: 0, items: [] })
})

test.each(['inactive', 'pending', 'error', 'expired', 'suspended', 'paused'])(
  'an integration that is %s files no tickets, and `reason` has its status',
  async (status) => {
    const store = createMemoryStore()
    // Unknown enum values are branded in the types.
    await store.integrations.insert(integrationRow({ status: status as unknown as IntegrationRow['status'] }))
    const app = createApp({ store })

    const reply = await send(app, 'POST /tickets/', { ...bug, integration_id: integrationRow().id })

    expect(reply.status).toBe(422)
    expect(reply.json).toMatchObject({ code: 'integration_unusable', reason: status })
  },
)

// Filing

test('a ticket is filed on the platform of its integration', async () => {
  const app = await appWithIntegrations('transitional')

  const jira = await send(app, 'POST /tickets/', { ...bug, integration_id: ids.jira })
  const slack = await send(app, 'POST /tickets/', { ...bug, integration_name: 'Chat' })
  const second = await send(app, 'POST /tickets/', { ...bug, integration: 'jira' })

  expect(fieldsOf(jira)).toMatchObject({
    integration_result: {
      success: true,
      integration_id: ids.jira,
      platform_name: 'jira',
      external_ticket_id: 'JIRA-1',
      external_ticket_url: 'https://acme.example.test/tickets/JIRA-1',
      error_message: null,
      response: { id: 'JIRA-1' },
    },
    external_ticket_id: 'JIRA-1',
    external_ticket_url: 'https://acme.example.test/tickets/JIRA-1',
  })
  expect(fieldsOf(slack)).toMatchObject({ external_ticket_url: 'https://slack.example.test/tickets/SLACK-1' })
  expect(fieldsOf(second)).toMatchObject({ external_ticket_id: 'JIRA-2' })
  expect((await send(app, `GET /tickets/${nthId(1)}`)).json).toMatchObject({ external_ticket_id: 'JIRA-1' })
})

test('the port gets ticket and integration, and is not called for internal tickets', async () => {
  const calls: unknown[] = []
  const app = await appWithIntegrations('current', {
    external: async (ticket, integration) => {
      calls.push([ticket.title, ticket.id, integration.id])
      return { outcome: 'created', id: 'X-1', url: null }
    },
  })

  const filed = await send(app, 'POST /tickets/', { ...bug, integration_id: ids.jira })
  const unfiled = await send(app, 'POST /tickets/', { ...bug, integration_id: ids.jira, create_externally: false })
  const internal = await send(app, 'POST /tickets/', bug)

  expect(calls).toEqual([['Bug Report', nthId(1), ids.jira]])
  expect(fieldsOf(filed)['integration_result']).toMatchObject({ external_ticket_url: null, response: null })
  expect(unfiled.json).toMatchObject({ integration_id: ids.jira, integration_result: null })
  expect(internal.json).toMatchObject({ integration_id: null, integration_result: null })
})

test('an internal ticket of an integration needs a usable one', async () => {
  const app = await appWithIntegrations('current')

  const reply = await send(app, 'POST /tickets/', { ...bug, integration_id: ids.off, create_externally: false })

  expect([reply.status, fieldsOf(reply)['code']]).toEqual([422, 'integration_unusable'])
})

test.each([
  ['refused', 502, 'external_creation_failed', 'the platform refused the ticket; nothing was stored'],
  [
    'not_supported',
    501,
    'not_supported',
    'the platform of this integration does not support tickets; nothing was stored',
  ],
] as const)('a ticket that the platform answers with %s is removed', async (outcome, status, code, detail) => {
  const app = await appWithIntegrations('current', { external: async () => ({ outcome }) })

  const reply = await send(app, 'POST /tickets/', { ...bug, integration_id: ids.jira })

  expect([reply.status, reply.json]).toEqual([status, { detail, code }])
  expect((await send(app, 'GET /tickets/')).json).toMatchObject({ total: 0, items: [] })
  expect((await send(app, `GET /tickets/${nthId(1)}`)).status).toBe(404)
})

const silent: ExternalTickets = async () => ({ outcome: 'unknown' })
const broken: ExternalTickets = async () => {
  throw new Error('connection lost with token s3cret')
}
const brokenAtOnce: ExternalTickets = () => {
  throw new Error('no such platform')
}

test.each([
  ['does not answer', silent, []],
  ['fails in the middle', broken, ['connection lost with token s3cret']],
  ['fails at once', brokenAtOnce, ['no such platform']],
] as const)('a ticket whose platform %s stays, with an unknown outcome', async (_, external, reported) => {
  const errors: unknown[] = []
  const app = await appWithIntegrations('current', { external, onError: (error) => errors.push(error) })

  const reply = await send(app, 'POST /tickets/', { ...bug, integration_id: ids.jira })
  const read = await send(app, `GET /tickets/${nthId(1)}`)

  expect(reply.status).toBe(201)
  expect(reply.json).toMatchObject({
    integration_result: { success: false, outcome: 'unknown', integration_id: ids.jira, platform_name: 'jira' },
  })
  expect(fieldsOf(read)['integration_result']).toEqual(fieldsOf(reply)['integration_result'])
  expect(errors.map((error) => (error instanceof Error ? error.message : error))).toEqual(reported)
})

test.each([
  ['title', { title: ' ' }, 'body.title'],
  ['title', { title: 'x'.repeat(501) }, 'body.title'],
  ['description', { description: '' }, 'body.description'],
  ['category', { category: 'Bug' }, 'body.category'],
  ['priority', { priority: 'urgent' }, 'body.priority'],
  ['department', { department: 'x'.repeat(101) }, 'body.department'],
  ['integration_id', { integration_id: 'jira' }, 'body.integration_id'],
  ['attachments', { attachments: [{ file_id: rowId(1) }, { file_id: 7 }] }, 'body.attachments.1.file_id'],
  ['create_externally', { create_externally: 'yes' }, 'body.create_externally'],
])('an invalid %s is named', async (_, fields, place) => {
  const app = createApp()

  const reply = await send(app, 'POST /tickets/', { ...bug, ...fields })

  expect(reply.status).toBe(422)
  expect(issuesOf(reply).map((issue) => issue.split(' ')[0])).toEqual([place])
})

test('a long list with issues everywhere is answered with the first hundred', async () => {
  const app = createApp()
  const attachments = Array.from({ length: 2000 }, () => 0)

  const reply = await send(app, 'POST /tickets/', { ...bug, attachments })

  expect(reply.status).toBe(422)
  expect(issuesOf(reply)).toHaveLength(100)
}, 5000)
