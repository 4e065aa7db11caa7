import { createApp, createMemoryStore } from '@ai-ticket-creator/reference-api'
import { expect, test } from 'vitest'
import { integrationRow } from './rows.ts'
import { fieldsOf, idOf, itemsOf, nthId, send } from './send.ts'

// The reply fields, in every generation, of an integration created with name and platform only.
const rest = {
  id: '00000000-0000-4000-8000-000000000001',
  created_at: '2025-09-06T12:00:00.000000Z',
  updated_at: '2025-09-06T12:00:00.000000Z',
  name: 'JIRA Production',
  status: 'active',
  description: null,
  environment: 'production',
  is_healthy: false,
  base_url: null,
  api_version: null,
  auth_type: 'api_key',
  oauth_scopes: null,
  health_info: { status: 'unknown', last_check: null, response_time_ms: null, error_message: null },
  usage_stats: {
    total_requests: 0,
    successful_requests: 0,
    failed_requests: 0,
    success_rate: 0,
    avg_response_time_ms: null,
    last_request_at: null,
    last_success_at: null,
    last_error_at: null,
  },
  default_priority: 100,
  supports_categories: null,
  supports_priorities: null,
  department_mapping: null,
  custom_fields_mapping: null,
  routing_rules: null,
  sync_enabled: false,
  sync_frequency_minutes: 60,
  last_sync_at: null,
  webhook_url: null,
  rate_limit_per_hour: null,
  current_hour_requests: 0,
  rate_limit_reset_at: null,
  notification_events: null,
  notification_channels: null,
  maintenance_window_start: null,
  maintenance_window_end: null,
  auto_disable_on_error: false,
  failure_threshold: 3,
  consecutive_failures: 0,
  expires_at: null,
  region: null,
  is_rate_limited: false,
  is_expired: false,
  in_maintenance_window: false,
  credentials_updated_at: null,
}
const oldFields = { integration_type: 'jira', is_enabled: true }
const newFields = { integration_category: 'ticketing', platform_name: 'jira', enabled: true }

test('legacy accepts an old body and answers with old names only', async () => {
  const app = createApp({ generation: 'legacy' })

  const reply = await send(app, 'POST /integrations/', { name: 'JIRA Production', ...oldFields })

  expect([reply.status, reply.json]).toEqual([200, { ...rest, ...oldFields }])
})

test('transitional accepts an old body and answers with both names', async () => {
  const app = createApp({ generation: 'transitional' })

  const reply = await send(app, 'POST /integrations/', { name: 'JIRA Production', ...oldFields })

  expect([reply.status, reply.json]).toEqual([200, { ...rest, ...oldFields, ...newFields }])
})

test('transitional accepts a new body and answers with both names', async () => {
  const app = createApp({ generation: 'transitional' })

  const reply = await send(app, 'POST /integrations/', { name: 'JIRA Production', ...newFields })

  expect([reply.status, reply.json]).toEqual([200, { ...rest, ...oldFields, ...newFields }])
})

test('current accepts a new body and answers with new names only', async () => {
  const app = createApp({ generation: 'current' })

  const reply = await send(app, 'POST /integrations/', { name: 'JIRA Production', ...newFields })

  expect([reply.status, reply.json]).toEqual([200, { ...rest, ...newFields }])
})

test('the default generation is current', () => {
  expect(createApp().generation).toBe('current')
})

test('the reply of a create has every setting, strings trimmed, without secrets', async () => {
  const app = createApp()
  const settings = {
    description: 'Where bugs go',
    base_url: 'https://acme.example.test',
    api_version: '3',
    auth_type: 'basic',
    oauth_scopes: ['read', 'write'],
    default_priority: 1,
    supports_categories: ['bug'],
    supports_priorities: ['high'],
    department_mapping: { it: 'IT' },
    custom_fields_mapping: { team: 'customfield_1' },
    routing_rules: { when: [{ department: 'it' }] },
    sync_enabled: true,
    sync_frequency_minutes: 1440,
    webhook_url: 'http://hooks.example.test/in',
    rate_limit_per_hour: 1,
    notification_events: ['created'],
    notification_channels: { email: ['ops@example.test'] },
    environment: 'staging',
    region: 'eu-1',
  }
  const secrets = {
    credentials: { email: 'bot@example.test', api_token: 't', username: 'u', password: 'p', project_key: 'OPS' },
    webhook_secret: ' kept as it is ',
  }

  const reply = await send(app, 'POST /integrations/', {
    name: '  JIRA Production  ',
    platform_name: 'jira',
    ...settings,
    ...secrets,
  })

  expect(reply.json).toEqual({ ...rest, ...newFields, ...settings, credentials_updated_at: rest.created_at })
})

test('secrets are stored untrimmed and are in no reply', async () => {
  const store = createMemoryStore()
  const app = createApp({ store })
  const credentials = { email: 'bot@example.test', api_token: ' t ' }

  const { json } = await send(app, 'POST /integrations/', {
    name: 'A',
    platform_name: 'jira',
    credentials,
    webhook_secret: ' s ',
  })

  const row = await store.integrations.find('20000000-0000-4000-8000-000000000001', nthId(1))
  expect([row?.credentials, row?.webhook_secret]).toEqual([credentials, ' s '])
  expect(Object.keys(fieldsOf({ json })).filter((key) => /^credentials$|secret|organization/.test(key))).toEqual([])
})

test('an integration that is created disabled is inactive', async () => {
  const app = createApp({ generation: 'legacy' })

  const { json } = await send(app, 'POST /integrations/', { name: 'A', integration_type: 'slack', is_enabled: false })

  expect(json).toMatchObject({ integration_type: 'slack', is_enabled: false, status: 'inactive' })
})

test('checks of a new enabled integration are due, those of a disabled one are not', async () => {
  const checked: unknown[] = []
  const app = createApp({
    health: async (kind, { name }) => {
      checked.push([name, kind])
      return { outcome: 'passed' }
    },
  })

  await send(app, 'POST /integrations/', { name: 'On', platform_name: 'jira' })
  await send(app, 'POST /integrations/', { name: 'Off', platform_name: 'jira', enabled: false })

  expect(checked).toEqual([])
  expect(await app.runDueChecks()).toBe(1)
  expect(checked).toEqual([
    ['On', 'validate_credentials'],
    ['On', 'check_health'],
  ])
})

test('names are not unique', async () => {
  const app = createApp()

  await send(app, 'POST /integrations/', { name: 'A', platform_name: 'jira' })
  const second = await send(app, 'POST /integrations/', { name: 'A', platform_name: 'jira' })

  expect([second.status, idOf(second)]).toEqual([200, nthId(2)])
})

test('retrieve returns the reply of create; an unknown id is a 404', async () => {
  const app = createApp()
  const created = await send(app, 'POST /integrations/', { name: 'JIRA Production', platform_name: 'jira' })

  const known = await send(app, `GET /integrations/${nthId(1)}?include_stats=true`)
  const unknown = await send(app, `GET /integrations/${nthId(2)}`)

  expect([known.status, known.json]).toEqual([200, created.json])
  expect([unknown.status, unknown.json]).toEqual([404, { detail: 'Integration not found', code: 'not_found' }])
})

test('an id in capitals finds its row', async () => {
  const store = createMemoryStore()
  await store.integrations.insert(integrationRow())
  const app = createApp({ store })

  const reply = await send(app, 'GET /integrations/AAAAAAAA-0000-4000-8000-000000000001')

  expect([reply.status, idOf(reply)]).toEqual([200, 'aaaaaaaa-0000-4000-8000-000000000001'])
})

test('a list shows the short form', async () => {
  const app = createApp()
  await send(app, 'POST /integrations/', { name: 'JIRA Production', platform_name: 'jira' })

  const reply = await send(app, 'GET /integrations/')

  expect(reply.json).toEqual([
    {
      id: nthId(1),
      created_at: '2025-09-06T12:00:00.000000Z',
      updated_at: '2025-09-06T12:00:00.000000Z',
      name: 'JIRA Production',
      ...newFields,
      status: 'active',
      description: null,
      environment: 'production',
      is_healthy: false,
      base_url: null,
      auth_type: 'api_key',
      default_priority: 100,
      sync_enabled: false,
      last_health_check_at: null,
      health_check_status: null,
      total_requests: 0,
      success_rate: 0,
      is_rate_limited: false,
      in_maintenance_window: false,
    },
  ])
})

test.each([
  ['legacy', true, false],
  ['transitional', true, true],
  ['current', false, true],
] as const)('%s: reply shapes of list, retrieve, update and status', async (generation, hasOld, hasNew) => {
  const store = createMemoryStore()
  await store.integrations.insert(integrationRow())
  const app = createApp({ store, generation })
  const path = '/integrations/aaaaaaaa-0000-4000-8000-000000000001'

  const [listed = {}] = itemsOf(await send(app, 'GET /integrations/'))
  const replies = [
    listed,
    fieldsOf(await send(app, `GET ${path}`)),
    fieldsOf(await send(app, `PUT ${path}`, { name: 'B' })),
    fieldsOf(
      await send(app, `PATCH ${path}/status`, generation === 'legacy' ? { status: 'active' } : { enabled: true }),
    ),
  ]

  for (const reply of replies) {
    expect(['integration_type', 'is_enabled'].map((field) => field in reply)).toEqual([hasOld, hasOld])
    expect(['integration_category', 'platform_name', 'enabled'].map((field) => field in reply)).toEqual([
      hasNew,
      hasNew,
      hasNew,
    ])
  }
})

test('an update changes the given fields and leaves the others alone', async () => {
  const app = createApp()
  await send(app, 'POST /integrations/', { name: 'A', platform_name: 'jira', region: 'eu', description: 'old' })

  const reply = await send(app, `PUT /integrations/${nthId(1)}`, { description: ' new ', default_priority: 7 })

  expect(reply.status).toBe(200)
  expect(reply.json).toMatchObject({
    name: 'A',
    region: 'eu',
    description: 'new',
    default_priority: 7,
    created_at: '2025-09-06T12:00:00.000000Z',
    updated_at: '2025-09-06T12:00:00.001000Z',
  })
})

test('null in an update clears a nullable field', async () => {
  const app = createApp()
  await send(app, 'POST /integrations/', { name: 'A', platform_name: 'jira', region: 'eu', oauth_scopes: ['read'] })

  const cleared = await send(app, `PUT /integrations/${nthId(1)}`, { region: null, oauth_scopes: null })
  const refused = await send(app, `PUT /integrations/${nthId(1)}`, { name: null })

  expect(cleared.json).toMatchObject({ name: 'A', region: null, oauth_scopes: null })
  expect(refused.json).toEqual({
    detail: [
      {
        type: 'string_type',
        loc: ['body', 'name'],
        msg: '`name` must be a string, not null',
        code: 'validation_failed',
      },
    ],
    code: 'validation_failed',
  })
})

test('an empty update changes only updated_at', async () => {
  const app = createApp()
  const created = await send(app, 'POST /integrations/', { name: 'A', platform_name: 'jira' })

  const reply = await send(app, `PUT /integrations/${nthId(1)}`, {})

  expect(reply.json).toEqual({ ...fieldsOf(created), updated_at: '2025-09-06T12:00:00.001000Z' })
})

test('new credentials set credentials_updated_at and make checks due', async () => {
  const app = createApp()
  await send(app, 'POST /integrations/', { name: 'A', platform_name: 'jira', enabled: false })
  await send(app, `PATCH /integrations/${nthId(1)}/status`, { enabled: true })
  await app.runDueChecks()

  const credentials = { email: 'bot@example.test', api_token: 't' }
  const reply = await send(app, `PUT /integrations/${nthId(1)}`, { credentials })

  expect(reply.json).toMatchObject({ credentials_updated_at: '2025-09-06T12:00:00.005000Z', status: 'active' })
  expect(await app.runDueChecks()).toBe(1)
})

test('credentials of an update must be complete for the stored platform and auth type', async () => {
  const app = createApp()
  await send(app, 'POST /integrations/', { name: 'A', platform_name: 'jira' })

  const reply = await send(app, `PUT /integrations/${nthId(1)}`, { credentials: { email: 'bot@example.test' } })

  expect(reply.json).toEqual({
    detail: [
      {
        type: 'missing',
        loc: ['body', 'credentials', 'api_token'],
        msg: '`credentials.api_token` is required for `jira` with auth type `api_key`',
        code: 'credentials_incomplete',
      },
    ],
    code: 'validation_failed',
  })
})

test('a deleted integration is a 404 on every route, also on a second delete', async () => {
  const app = createApp()
  await send(app, 'POST /integrations/', { name: 'A', platform_name: 'jira' })
  const path = `/integrations/${nthId(1)}`

  const deleted = await send(app, `DELETE ${path}`)
  const after = [
    await send(app, `GET ${path}`),
    await send(app, `PUT ${path}`, { name: 'B' }),
    await send(app, `PATCH ${path}/status`, { enabled: false }),
    await send(app, `DELETE ${path}`),
  ]

  expect([deleted.status, deleted.json]).toEqual([200, { message: 'Integration deleted successfully' }])
  expect(after.map(({ status }) => status)).toEqual([404, 404, 404, 404])
  expect((await send(app, 'GET /integrations/')).json).toEqual([])
})

test('health, usage, limits and maintenance are derived from the row and the time', async () => {
  const store = createMemoryStore()
  await store.integrations.insert(
    integrationRow({
      health_check_status: 'healthy',
      last_health_check_at: '2025-09-06T11:00:00.000000Z',
      total_requests: 3,
      successful_requests: 2,
      failed_requests: 1,
      rate_limit_per_hour: 10,
      current_hour_requests: 10,
      maintenance_window_start: '11:30',
      maintenance_window_end: '12:30',
      expires_at: '2025-09-06T12:00:00.000000Z',
    }),
  )
  const app = createApp({ store })

  const reply = await send(app, 'GET /integrations/aaaaaaaa-0000-4000-8000-000000000001')

  expect(reply.json).toMatchObject({
    is_healthy: true,
    health_info: { status: 'healthy', last_check: '2025-09-06T11:00:00.000000Z' },
    usage_stats: { total_requests: 3, successful_requests: 2, failed_requests: 1, success_rate: 66.67 },
    is_rate_limited: true,
    in_maintenance_window: true,
    is_expired: true,
  })
})

test.each([
  // The time is 12:00.
  ['12:00', '12:01', true],
  ['11:00', '12:00', false],
  ['12:01', '13:00', false],
  ['23:00', '12:01', true],
  ['12:00', '01:00', true],
  ['23:00', '12:00', false],
  ['12:00', '12:00', false],
  ['12:00', null, false],
  [null, '12:30', false],
])('a maintenance window from %s to %s: %s', async (start, end, expected) => {
  const store = createMemoryStore()
  await store.integrations.insert(integrationRow({ maintenance_window_start: start, maintenance_window_end: end }))
  const app = createApp({ store })

  const [listed] = itemsOf(await send(app, 'GET /integrations/'))

  expect(listed).toMatchObject({ in_maintenance_window: expected })
})

test('only an active integration is healthy, and limits and expiry depend on count and time', async () => {
  const store = createMemoryStore()
  await store.integrations.insert(
    integrationRow({
      status: 'error',
      health_check_status: 'healthy',
      rate_limit_per_hour: 10,
      current_hour_requests: 9,
      expires_at: '2025-09-06T12:00:00.001000Z',
    }),
  )
  const app = createApp({ store })

  const reply = await send(app, 'GET /integrations/aaaaaaaa-0000-4000-8000-000000000001')

  expect(reply.json).toMatchObject({ is_healthy: false, is_rate_limited: false, is_expired: false })
})
