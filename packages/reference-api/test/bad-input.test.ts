import { ENDPOINT_IDS, endpointOf, GENERATIONS, type Generation, isAvailable } from '@ai-ticket-creator/domain'
import { type App, createApp, createMemoryStore, type Store } from '@ai-ticket-creator/reference-api'
import { expect, test } from 'vitest'
import { integrationRow, rowId, ticketRow } from './rows.ts'
import { fieldsOf, send } from './send.ts'

// Bodies that are invalid as a whole, for each endpoint and generation: the error names the field and the remedy, and
// nothing is written. Limits of single fields are in limits.test.ts, combinations of old and new names in outcomes.test.ts.

const everywhere: readonly Generation[] = GENERATIONS
const withOldNames: readonly Generation[] = ['legacy', 'transitional']

const bug = { title: 'T', description: 'D' }
const integration = `/integrations/${rowId(1)}`
const ticket = `/tickets/${rowId(6)}`

async function appWithRows(generation: Generation): Promise<{ app: App; dump: () => Promise<string> }> {
  const store = createMemoryStore()
  await store.integrations.insert(integrationRow({ id: rowId(1) }))
  await store.integrations.insert(integrationRow({ id: rowId(2), name: 'Twin' }))
  await store.integrations.insert(integrationRow({ id: rowId(3), name: 'Twin', platform_name: 'zendesk' }))
  await store.integrations.insert(integrationRow({ id: rowId(4), name: 'Broken', status: 'error' }))
  await store.integrations.insert(
    integrationRow({ id: rowId(5), name: 'Gone', deleted_at: '2025-09-02T00:00:00.000000Z' }),
  )
  await store.tickets.insert(ticketRow({ id: rowId(6), assigned_to_id: null }))
  return { app: createApp({ store, generation, bodyLimit: 10_000 }), dump: () => dumpOf(store) }
}

async function dumpOf({ integrations, tickets }: Store): Promise<string> {
  const window = { offset: 0, limit: 1000, now: new Date(0) }
  const { organization_id } = integrationRow()
  return JSON.stringify([
    await integrations.list(organization_id, {}, window),
    await integrations.find(organization_id, rowId(5)),
    await tickets.list(organization_id, {}, window),
  ])
}

const lineOf = (method: string, path: string): string =>
  `${method} ${path.replace('{integration_id}', rowId(1)).replace('{ticket_id}', rowId(6))}`

const withBody = GENERATIONS.flatMap((generation) =>
  ENDPOINT_IDS.filter((id) => isAvailable(id, generation) && endpointOf(id).body !== undefined).map((id) => ({
    generation,
    line: lineOf(endpointOf(id).method, endpointOf(id).path),
  })),
)

test.each(withBody)(
  '$generation: $line refuses a body that is not JSON, not an object, too long or of another type',
  async ({ generation, line }) => {
    const { app, dump } = await appWithRows(generation)
    const before = await dump()

    const replies = [
      await send(app, line, '{"title": "T",'),
      await send(app, line, '[]'),
      await send(app, line),
      await send(app, line, { description: 'x'.repeat(10_000) }),
      await send(app, line, 'title=T', { 'Content-Type': 'application/x-www-form-urlencoded' }),
    ]

    const item = (type: string, msg: string) => ({
      detail: [{ type, loc: ['body'], msg, code: 'validation_failed' }],
      code: 'validation_failed',
    })
    expect(replies.map(({ status, json }) => [status, json])).toEqual([
      [422, item('json_invalid', 'the body is not valid JSON')],
      [422, item('dict_type', 'the body must be an object, not a list')],
      [422, item('missing', 'the body is required; send a JSON object')],
      [413, { detail: 'the body is longer than 10000 bytes', code: 'payload_too_large' }],
      [415, { detail: 'send the body as `Content-Type: application/json`', code: 'unsupported_media_type' }],
    ])
    expect(await dump()).toBe(before)
  },
)

interface Bad {
  readonly what: string
  readonly in: readonly Generation[]
  readonly line: string
  readonly body?: object
  readonly status: number
  /** The expected problem, or part of it. */
  readonly problem: object
}

const issue = (loc: string, code: string, msg: string, replacement?: string) => ({
  code: 'validation_failed',
  detail: [
    expect.objectContaining({
      loc: loc.split('.').map(toStep),
      code,
      msg,
      ...(replacement !== undefined && { replacement }),
    }),
  ],
})

const toStep = (step: string): string | number => (/^\d+$/.test(step) ? Number(step) : step)

const namingBodies: readonly (readonly [line: string, body: object])[] = [
  ['POST /tickets/', bug],
  ['POST /tickets/ai-create', { user_input: 'It broke.' }],
  [`PUT ${ticket}`, {}],
]

const twins = [
  { id: rowId(2), name: 'Twin', platform_name: 'jira', status: 'active' },
  { id: rowId(3), name: 'Twin', platform_name: 'zendesk', status: 'active' },
]

const badBodies: readonly Bad[] = [
  ...namingBodies.flatMap(([line, body]): Bad[] => [
    {
      what: 'an unknown name',
      in: withOldNames,
      line,
      body: { ...body, integration_name: 'Nobody' },
      status: 422,
      problem: { code: 'integration_not_found', detail: expect.stringContaining('no integration') },
    },
    ...withOldNames.map((generation) => ({
      what: 'a name that several have',
      in: [generation],
      line,
      body: { ...body, integration: 'Twin' },
      status: 409,
      problem: {
        code: 'ambiguous_integration_name',
        detail: expect.stringContaining(generation === 'legacy' ? 'rename all but one' : '`integration_id`'),
        candidates: twins,
      },
    })),
    {
      what: 'the name of an integration that failed',
      in: withOldNames,
      line,
      body: { ...body, integration_routing: 'Broken' },
      status: 422,
      problem: { code: 'integration_unusable', reason: 'error' },
    },
    {
      what: 'the name of an integration that was deleted',
      in: withOldNames,
      line,
      body: { ...body, integration_name: 'Gone' },
      status: 422,
      problem: { code: 'integration_unusable', reason: 'deleted' },
    },
    {
      what: 'two names that disagree',
      in: ['transitional'],
      line,
      body: { ...body, integration_name: 'Stored', integration: 'Twin' },
      status: 422,
      problem: issue(
        'body.integration_name',
        'conflicting_fields',
        '`integration_name` disagrees with `integration`; send only `integration_id`',
        'integration_id',
      ),
    },
    {
      what: 'two names that disagree',
      in: ['legacy'],
      line,
      body: { ...body, integration_name: 'Stored', integration: 'Twin' },
      status: 422,
      problem: issue(
        'body.integration_name',
        'conflicting_fields',
        '`integration_name` disagrees with `integration`; send only one of them',
      ),
    },
    {
      what: 'a name',
      in: ['current'],
      line,
      body: { ...body, integration_name: 'Stored' },
      status: 422,
      problem: issue(
        'body.integration_name',
        'retired_field',
        '`integration_name` is retired; send `integration_id`',
        'integration_id',
      ),
    },
    {
      what: 'an id that no integration has',
      in: ['transitional', 'current'],
      line,
      body: { ...body, integration_id: rowId(99) },
      status: 422,
      problem: {
        code: 'integration_not_found',
        detail: 'no integration has this `integration_id`; list the integrations',
      },
    },
    {
      what: 'the id of an integration that was deleted',
      in: ['transitional', 'current'],
      line,
      body: { ...body, integration_id: rowId(5) },
      status: 422,
      problem: { code: 'integration_unusable', reason: 'deleted' },
    },
  ]),
  {
    what: 'a filter by an unknown name',
    in: withOldNames,
    line: 'GET /tickets/?integration=Nobody',
    status: 422,
    problem: { code: 'integration_not_found', detail: expect.stringContaining('no integration') },
  },
  {
    what: 'a filter by a name that several have',
    in: withOldNames,
    line: 'GET /tickets/?integration_routing=Twin',
    status: 409,
    problem: { code: 'ambiguous_integration_name', candidates: twins },
  },
  {
    what: 'a word that is no status',
    in: everywhere,
    line: 'GET /tickets/?status=opne',
    status: 422,
    problem: issue(
      'query.status.0',
      'validation_failed',
      '`status.0` must be one of new, open, in_progress, pending, resolved, closed, cancelled; did you mean `open`?',
      'open',
    ),
  },
  {
    what: 'an unknown assignee',
    in: everywhere,
    line: `PUT ${ticket}`,
    body: { assigned_to_id: rowId(99) },
    status: 422,
    problem: issue('body.assigned_to_id', 'validation_failed', '`assigned_to_id` is not a user of the organization'),
  },
  {
    what: 'an unknown assignee, by the old route',
    in: withOldNames,
    line: `PATCH ${ticket}/assign`,
    body: { assigned_to_id: rowId(99) },
    status: 422,
    problem: issue('body.assigned_to_id', 'validation_failed', '`assigned_to_id` is not a user of the organization'),
  },
  {
    what: 'a ticket that is resolved without a summary',
    in: withOldNames,
    line: `PATCH ${ticket}/status`,
    body: { status: 'resolved' },
    status: 422,
    problem: issue(
      'body.resolution_summary',
      'validation_failed',
      '`resolution_summary` is required when `status` becomes `resolved`',
    ),
  },
  {
    what: 'a change of nothing',
    in: ['transitional', 'current'],
    line: `PATCH ${ticket}`,
    body: {},
    status: 422,
    problem: issue('body', 'validation_failed', 'the body must have at least one field'),
  },
  {
    what: 'a category that is not that of the platform',
    in: ['transitional', 'current'],
    line: 'POST /integrations/',
    body: { name: 'A', platform_name: 'slack', integration_category: 'crm' },
    status: 422,
    problem: issue(
      'body.integration_category',
      'category_mismatch',
      '`integration_category` of `slack` is `messaging`; send `messaging`, or leave it out',
      'messaging',
    ),
  },
  {
    what: 'two spellings that disagree',
    in: ['transitional'],
    line: 'POST /integrations/',
    body: { name: 'A', platform_name: 'jira', enabled: true, is_enabled: false },
    status: 422,
    problem: issue(
      'body.enabled',
      'conflicting_fields',
      '`enabled` disagrees with `is_enabled`; send only `enabled`',
      'enabled',
    ),
  },
  {
    what: 'a field in another case',
    in: ['current'],
    line: 'POST /tickets/',
    body: { ...bug, Priority: 'high' },
    status: 422,
    problem: issue('body.Priority', 'unknown_field', '`Priority` is not a field; did you mean `priority`?', 'priority'),
  },
  {
    what: 'credentials by halves',
    in: everywhere,
    line: `PUT ${integration}`,
    body: { credentials: { email: 'e' } },
    status: 422,
    problem: {
      code: 'validation_failed',
      detail: expect.arrayContaining([
        expect.objectContaining({ loc: ['body', 'credentials', 'api_token'], code: 'credentials_incomplete' }),
      ]),
    },
  },
]

const each = badBodies.flatMap((bad) => bad.in.map((generation) => ({ ...bad, generation })))

test.each(each)('$generation: $line with $what', async ({ generation, line, body, status, problem }) => {
  const { app, dump } = await appWithRows(generation)
  const before = await dump()

  const reply = await send(app, line, body)

  expect([reply.status, fieldsOf(reply)]).toEqual([status, expect.objectContaining(problem)])
  expect(await dump()).toBe(before)
})
