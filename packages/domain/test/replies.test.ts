import {
  downgrade,
  ENDPOINT_IDS,
  type EndpointId,
  endpointOf,
  type JsonObject,
  type ReplyMismatch,
  upgrade,
  validateReply,
} from '@ai-ticket-creator/domain'
import { checkSchema, isJsonObject } from '@ai-ticket-creator/domain/internal'
import { expect, test } from 'vitest'

// Replies of every endpoint (existing backend: integration replies, ticket replies), with the new names.
const at = '2025-09-06T12:00:00.000000Z'
const base = {
  id: 'a0abea7c-a9de-42d2-b63e-71d3ac22d3e4',
  created_at: at,
  updated_at: at,
  name: 'JIRA Production',
  integration_category: 'ticketing',
  platform_name: 'jira',
  status: 'active',
  enabled: true,
  description: null,
  environment: 'production',
  is_healthy: true,
}
const summary = {
  ...base,
  base_url: 'https://tracker.example.test',
  auth_type: 'api_key',
  default_priority: 100,
  sync_enabled: false,
  last_health_check_at: at,
  health_check_status: 'healthy',
  total_requests: 10,
  success_rate: 90.5,
  is_rate_limited: false,
  in_maintenance_window: false,
}
const integration = {
  ...base,
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
  supports_categories: ['bug'],
  supports_priorities: null,
  department_mapping: { it: 'IT' },
  custom_fields_mapping: null,
  routing_rules: {},
  sync_enabled: false,
  sync_frequency_minutes: 60,
  last_sync_at: null,
  webhook_url: null,
  rate_limit_per_hour: null,
  current_hour_requests: 0,
  rate_limit_reset_at: null,
  notification_events: [],
  notification_channels: null,
  maintenance_window_start: '22:00',
  maintenance_window_end: null,
  auto_disable_on_error: false,
  failure_threshold: 3,
  consecutive_failures: 0,
  expires_at: null,
  region: null,
  is_rate_limited: false,
  is_expired: false,
  in_maintenance_window: false,
}
const analysis = {
  confidence_score: 0.9,
  reasoning: null,
  tags: ['printer'],
  keywords: null,
  similar_patterns: null,
  sentiment: null,
  business_impact: null,
}
const person = {
  id: '00000000-0000-4000-8000-000000000001',
  email: 'agent@example.test',
  full_name: null,
  display_name: 'Agent',
  avatar_url: null,
}
const ticket = {
  id: '00000000-0000-4000-8000-000000000002',
  created_at: at,
  updated_at: at,
  title: 'Bug Report',
  display_title: 'Bug Report',
  description: '...',
  category: 'bug',
  subcategory: null,
  priority: 'medium',
  urgency: 'medium',
  status: 'new',
  department: null,
  source_channel: 'web',
  creator: person,
  assigned_to_id: '00000000-0000-4000-8000-000000000003',
  integration_result: {
    success: true,
    integration_id: 'a0abea7c-a9de-42d2-b63e-71d3ac22d3e4',
    external_ticket_id: 'BUG-1',
    external_ticket_url: 'https://tracker.example.test/BUG-1',
    error_message: null,
    response: { key: 'BUG-1' },
  },
  attachments: [{ file_id: '00000000-0000-4000-8000-000000000004' }],
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
  last_activity_at: at,
  communication_count: 0,
  escalation_level: 0,
  resolution_time_minutes: null,
  resolution_time_hours: null,
  sla_breached: false,
  is_overdue: false,
  is_high_priority: false,
  can_be_closed: false,
  age_in_hours: 0.5,
  ai_analysis: null,
}
const replies: Record<Exclude<EndpointId, 'tickets.delete'>, unknown> = {
  'integrations.create': integration,
  'integrations.list': [summary],
  'integrations.listActive': [
    {
      id: base.id,
      name: 'JIRA Production',
      integration_category: 'ticketing',
      platform_name: 'jira',
      status: 'active',
      description: null,
      supports_categories: [],
      supports_priorities: [],
      default_priority: 100,
      health_status: 'healthy',
      success_rate: 99.25,
      last_successful_creation: null,
    },
  ],
  'integrations.retrieve': { ...integration, credentials_updated_at: at },
  'integrations.update': { ...integration, credentials_updated_at: null },
  'integrations.delete': { message: 'Integration deleted' },
  'integrations.setStatus': integration,
  'integrations.test': {
    test_type: 'connection, authentication',
    success: false,
    response_time_ms: 0,
    details: { connection: { success: false, message: 'refused' } },
    error_message: 'refused',
    suggestions: null,
    activation_triggered: null,
    previous_status: null,
    new_status: null,
  },
  'integrations.sync': {
    sync_id: '1',
    sync_type: 'full',
    direction: 'inbound',
    started_at: at,
    completed_at: null,
    status: 'running',
    records_processed: 0,
    records_created: 0,
    records_updated: 0,
    records_failed: 0,
    errors: [],
    dry_run: true,
  },
  'integrations.activate': {
    message: 'Integration activated',
    integration_id: base.id,
    integration_name: 'JIRA Production',
    previous_status: 'pending',
    new_status: 'active',
    activation_method: 'manual',
  },
  'integrations.fields': {
    integration_name: 'JIRA Production',
    integration_category: 'ticketing',
    platform_name: 'jira',
    total_fields: 1,
    fields: [{ id: 'summary', name: 'Summary', custom: false }],
  },
  'tickets.list': { items: [ticket], total: 1, page: 1, size: 20, pages: 1, has_next: false, has_prev: false },
  'tickets.create': { ...ticket, integration_id: base.id },
  'tickets.createWithAi': {
    ticket,
    ai_analysis: analysis,
    confidence_score: 0.9,
    suggested_actions: ['Restart it'],
    file_analysis_summary: null,
  },
  'tickets.stats': {
    total_tickets: 1,
    open_tickets: 1,
    resolved_tickets: 0,
    overdue_tickets: 0,
    high_priority_tickets: 0,
    avg_resolution_time_hours: null,
    avg_first_response_time_hours: 1.5,
    satisfaction_score: null,
    category_distribution: { bug: 1 },
    priority_distribution: {},
    status_distribution: {},
  },
  'tickets.retrieve': { ...ticket, ai_analysis: analysis },
  'tickets.replace': { ...ticket, integration_result: null },
  'tickets.update': { ...ticket, assigned_to_id: null, attachments: null },
  'tickets.setStatus': ticket,
  'tickets.assign': ticket,
  'tickets.addAttachments': ticket,
  'tickets.listAttachments': [{ file_id: '00000000-0000-4000-8000-000000000004' }],
}
const named = Object.entries(replies).map(([endpointId, reply]) => ({ endpointId: endpointId as EndpointId, reply }))

const faults = (endpointId: EndpointId, reply: unknown) => {
  const { reply: schema } = endpointOf(endpointId)
  if (schema === undefined) throw new Error(`${endpointId} has no reply`)
  return checkSchema(schema, reply, 'reply')
}

test('there is a reply for every endpoint except the delete of a ticket', () => {
  expect(named.map(({ endpointId }) => endpointId)).toEqual(ENDPOINT_IDS.filter((id) => id !== 'tickets.delete'))
})

test.each(named)('a reply of $endpointId fits', ({ endpointId, reply }) => {
  expect(faults(endpointId, reply)).toEqual([])
})

test.each(named)('a reply of $endpointId with unknown fields fits', ({ endpointId, reply }) => {
  const newer = Array.isArray(reply)
    ? reply.map((item: object) => ({ ...item, brand_new: 1 }))
    : { ...(reply as object), brand_new: 1 }

  expect(faults(endpointId, newer)).toEqual([])
})

test.each(named)('a reply of $endpointId of another type does not fit', ({ endpointId, reply }) => {
  const others = Array.isArray(reply) ? [{ items: reply }, null, 'OK'] : [[reply], null, 'OK', {}]

  expect(others.filter((other) => faults(endpointId, other).length === 0)).toEqual([])
})

test.each(named)('an upgrade leaves a reply of $endpointId unchanged', ({ endpointId, reply }) => {
  const { body, used, issues } = upgrade(endpointId, reply, { part: 'reply' })

  expect(JSON.stringify(body)).toBe(JSON.stringify(reply))
  expect([used, issues]).toEqual([[], []])
})

test.each(named)('a reply of $endpointId survives a downgrade and an upgrade', ({ endpointId, reply }) => {
  const old = downgrade(endpointId, reply, { part: 'reply' })

  const { body } = upgrade(endpointId, old.body, { part: 'reply' })

  expect(JSON.stringify(body)).toBe(JSON.stringify(reply))
  expect(old.unmapped).toEqual([])
})

test.each(named)('a reply of $endpointId with both names is upgraded to the new ones', ({ endpointId, reply }) => {
  const both = downgrade(endpointId, reply, { part: 'reply', both: true })

  const { body } = upgrade(endpointId, both.body, { part: 'reply' })

  expect(JSON.stringify(body)).toBe(JSON.stringify(reply))
})

// Every pair of status and enabled fits (existing backend: status and enabled).
test.each(['active', 'inactive', 'pending', 'error', 'expired', 'suspended', 'archived'])(
  'an integration that is %s fits, enabled or not',
  (status) => {
    expect(faults('integrations.retrieve', { ...integration, status, enabled: true })).toEqual([])
    expect(faults('integrations.retrieve', { ...integration, status, enabled: false })).toEqual([])
  },
)

test.each(['integration_category', 'platform_name', 'status', 'auth_type'])(
  '%s of a reply may be any text',
  (field) => {
    expect(faults('integrations.retrieve', { ...integration, [field]: 'new-value' })).toEqual([])
    expect(faults('integrations.retrieve', { ...integration, [field]: 5 }).map(({ msg }) => msg)).toEqual([
      `\`${field}\` must be a string, not an integer`,
    ])
  },
)

test.each(['category', 'priority', 'urgency', 'status'])('%s of a ticket may be any string', (field) => {
  expect(faults('tickets.retrieve', { ...ticket, [field]: 'new-value' })).toEqual([])
  expect(faults('tickets.retrieve', { ...ticket, [field]: null }).length).toBe(1)
})

test('numbers of a reply may be integers or not', () => {
  expect(faults('tickets.retrieve', { ...ticket, age_in_hours: 'long' })).toEqual([
    {
      type: 'float_type',
      loc: ['reply', 'age_in_hours'],
      msg: '`age_in_hours` must be a number, not a string',
      code: 'validation_failed',
    },
  ])
})

// validateReply, which the client runs on each reply.

const deviations = (endpointId: EndpointId, reply: unknown): ReplyMismatch[] => {
  const found: ReplyMismatch[] = []
  validateReply(endpointId, reply, (mismatch) => found.push(mismatch))
  return found
}

/** Copies of a value, each with one place changed in one way. */
function* variantsOf(value: unknown): Generator {
  yield* [null, 'x', 5, 1.5, Number.POSITIVE_INFINITY, true, [], [null], {}, { x: 1 }]
  if (Array.isArray(value))
    for (const [index, inner] of value.entries())
      for (const variant of variantsOf(inner)) yield value.map((other, place) => (place === index ? variant : other))
  else if (isJsonObject(value))
    for (const [key, inner] of Object.entries(value)) {
      for (const variant of variantsOf(inner)) yield { ...value, [key]: variant }
      yield Object.fromEntries(Object.entries(value).filter(([other]) => other !== key))
    }
}

const inRecord =
  /^((?:items\[\]\.|ticket\.)?(?:routing_rules|department_mapping|custom_fields_mapping|notification_channels|\w+_distribution))\..+/

const toPath = ([, ...steps]: readonly (string | number)[]): string =>
  steps
    .map((step) => (typeof step === 'number' ? '[]' : `.${step}`))
    .join('')
    .replace(/^\./, '')
    .replace(inRecord, '$1.*')

test.each(named)(
  'a reply of $endpointId fits exactly if its schema accepts it, after any change',
  ({ endpointId, reply }) => {
    let variants = 0
    for (const variant of variantsOf(reply)) {
      const paths = deviations(endpointId, variant).flatMap(({ kind, path }) =>
        kind.startsWith('unknown') ? [] : [path],
      )
      const expected = faults(endpointId, variant).map(({ loc }) => toPath(loc))

      expect({ variant, paths: paths.toSorted() }).toEqual({ variant, paths: expected.toSorted() })
      variants += 1
    }
    expect(variants).toBeGreaterThan(20)
    expect(deviations(endpointId, reply)).toEqual([])
  },
)

test('a mismatch has its path, what was expected and the kind of the value, never the value', () => {
  const page = {
    ...(replies['tickets.list'] as JsonObject),
    items: [
      { ...ticket, title: null, assigned_to_id: 'nobody', status: 'parked', creator: 5 },
      { ...ticket, brand_new: 'a value', 'd9b1-77': 1, integration_result: { success: 'yes', response: { any: [1] } } },
    ],
    has_next: undefined,
  }

  expect(deviations('tickets.list', page)).toEqual([
    { kind: 'mismatch', path: 'items[].title', expected: 'a string', got: 'null' },
    {
      kind: 'unknown_value',
      path: 'items[].status',
      expected: 'one of new, open, in_progress, pending, resolved, closed, cancelled',
      got: 'another value',
    },
    { kind: 'mismatch', path: 'items[].creator', expected: 'an object', got: 'an integer' },
    { kind: 'mismatch', path: 'items[].assigned_to_id', expected: 'a UUID or null', got: 'a string' },
    { kind: 'mismatch', path: 'items[].integration_result.success', expected: 'a boolean', got: 'a string' },
    { kind: 'unknown_field', path: 'items[].brand_new', expected: 'no such field', got: 'a string' },
    { kind: 'unknown_field', path: 'items[].*', expected: 'no such field', got: 'an integer' },
    { kind: 'missing', path: 'has_next', expected: 'a boolean', got: 'nothing' },
  ])
})

test('every item of a list is checked', () => {
  const items = Array.from({ length: 100 }, (_, index) => ({ ...ticket, title: index < 99 ? 'A' : 1 }))
  const page = { ...(replies['tickets.list'] as JsonObject), items }

  expect(deviations('tickets.list', page)).toEqual([
    { kind: 'mismatch', path: 'items[].title', expected: 'a string', got: 'an integer' },
  ])
})

test('an empty reply has no mismatches', () => {
  expect(deviations('tickets.delete', { any: 1 })).toEqual([])
})

// Legacy replies of tickets (existing backend: ticket replies).

const up = (entity: JsonObject) => upgrade('tickets.retrieve', entity, { part: 'reply' }).body
const down = (entity: JsonObject, options = {}) =>
  downgrade('tickets.retrieve', entity, { part: 'reply', ...options }).body

test('an assignee becomes the id of the assignee', () => {
  expect(up({ title: 'Bug', assignee: person })).toEqual({ title: 'Bug', assigned_to_id: person.id })
  expect(up({ assignee: null })).toEqual({ assigned_to_id: null })
  expect(up({ assignee: { email: 'agent@example.test' } })).toEqual({ assigned_to_id: null })
})

test('the id of the assignee becomes the user from the directory', () => {
  const userOf = (id: string) => (id === person.id ? person : undefined)

  expect(down({ assigned_to_id: person.id }, { userOf })).toEqual({ assignee: person })
  expect(down({ assigned_to_id: 'other' }, { userOf })).toEqual({ assignee: { id: 'other' } })
  expect(down({ assigned_to_id: null }, { userOf })).toEqual({ assignee: null })
})

test('files become attachments', () => {
  const files = [{ id: '1', filename: 'log.txt', file_size: 5 }, { id: '2' }]

  expect(up({ files })).toEqual({ attachments: [{ file_id: '1' }, { file_id: '2' }] })
  expect(up({ files: null })).toEqual({ attachments: null })
  expect(up({ files: [] })).toEqual({ attachments: [] })
})

test('attachments become files with an id only', () => {
  expect(down({ attachments: [{ file_id: '1' }] })).toEqual({ files: [{ id: '1' }] })
  expect(down({ attachments: null })).toEqual({ files: null })
})

test('an external ticket at the top level becomes the result of the integration', () => {
  const old = { external_ticket_id: 'BUG-1', external_ticket_url: 'https://tracker.example.test/BUG-1' }

  expect(up({ ...old, title: 'Bug' })).toEqual({ integration_result: { success: true, ...old }, title: 'Bug' })
  expect(up({ external_ticket_id: 'BUG-1', external_ticket_url: null })).toEqual({
    integration_result: { success: true, external_ticket_id: 'BUG-1' },
  })
})

test('without an external ticket there is no result', () => {
  expect(up({ external_ticket_id: null, external_ticket_url: null, title: 'Bug' })).toEqual({ title: 'Bug' })
})

test('an external ticket at the top level fills the gaps of the result and changes nothing else', () => {
  const old = { external_ticket_id: 'BUG-1', external_ticket_url: 'https://tracker.example.test/BUG-1' }

  expect(up({ ...old, integration_result: { success: false } })).toEqual({
    integration_result: { success: false, ...old },
  })
  expect(up({ ...old, integration_result: { success: true, external_ticket_id: null } })).toEqual({
    integration_result: { success: true, ...old },
  })
  expect(up({ ...old, integration_result: { success: true, external_ticket_id: 'BUG-2' } })).toEqual({
    integration_result: { success: true, external_ticket_id: 'BUG-2', external_ticket_url: old.external_ticket_url },
  })
  expect(up({ ...old, integration_result: null })).toEqual({ integration_result: { success: true, ...old } })
})

test('a result is kept, and its external ticket is also shown at the top level', () => {
  const integration_result = { success: true, external_ticket_id: 'BUG-1' }

  expect(Object.entries(down({ a: 1, integration_result, b: 2 }))).toEqual([
    ['a', 1],
    ['external_ticket_id', 'BUG-1'],
    ['external_ticket_url', null],
    ['integration_result', integration_result],
    ['b', 2],
  ])
  expect(down({ integration_result: null })).toEqual({
    external_ticket_id: null,
    external_ticket_url: null,
    integration_result: null,
  })
})

test('a result keeps the order of its fields after a downgrade and an upgrade', () => {
  const reply = {
    integration_result: { external_ticket_url: 'https://tracker.example.test/1', external_ticket_id: '1' },
  }

  expect(JSON.stringify(up(down(reply)))).toBe(JSON.stringify(reply))
})

test('every retired field of a ticket takes the position of the new one', () => {
  const old = down({ a: 1, attachments: [], b: 2, assigned_to_id: null, c: 3 })

  expect(Object.keys(old)).toEqual(['a', 'files', 'b', 'assignee', 'c'])
})

test('if the retired and the new field of a reply differ, the new one counts', () => {
  expect(up({ assignee: person, assigned_to_id: 'other' })).toEqual({ assigned_to_id: 'other' })
  expect(upgrade('integrations.retrieve', { is_enabled: true, enabled: false }, { part: 'reply' })).toMatchObject({
    body: { enabled: false },
    issues: [],
  })
})

test('if the new field of a reply is null, the retired one counts', () => {
  expect(up({ assignee: person, assigned_to_id: null })).toEqual({ assigned_to_id: person.id })
})

test('unexpected values of retired fields stay unchanged', () => {
  expect(up({ assignee: 'agent', files: 'none' })).toEqual({ assigned_to_id: 'agent', attachments: 'none' })
  expect(up({ files: ['1', { name: 'log.txt' }] })).toEqual({ attachments: ['1', { name: 'log.txt' }] })
  expect(down({ assigned_to_id: 7, attachments: 'none', integration_result: 'OK' })).toEqual({
    assignee: 7,
    files: 'none',
    external_ticket_id: null,
    external_ticket_url: null,
    integration_result: 'OK',
  })
  expect(down({ attachments: ['1', { name: 'log.txt' }] })).toEqual({ files: ['1', { name: 'log.txt' }] })
})

// Envelopes.

test('every entity of a list is converted; other items stay', () => {
  const { body, used } = upgrade('integrations.list', [{ is_enabled: true }, null, { is_enabled: false }, 'x'], {
    part: 'reply',
  })

  expect(body).toEqual([{ enabled: true }, null, { enabled: false }, 'x'])
  expect(used.length).toBe(2)
})

test('items of a page are converted; the page stays', () => {
  const page = { total: 1, items: [{ files: [] }], page: 1 }

  expect(Object.entries(upgrade('tickets.list', page, { part: 'reply' }).body)).toEqual([
    ['total', 1],
    ['items', [{ attachments: [] }]],
    ['page', 1],
  ])
})

test('the ticket of a create with AI is converted; the fields beside it stay', () => {
  const reply = { confidence_score: 1, ticket: { files: [] }, files: ['kept'] }

  expect(upgrade('tickets.createWithAi', reply, { part: 'reply' }).body).toEqual({
    confidence_score: 1,
    ticket: { attachments: [] },
    files: ['kept'],
  })
})

test.each<[EndpointId, unknown]>([
  ['integrations.list', { is_enabled: true }],
  ['integrations.list', null],
  ['integrations.list', 'x'],
  ['tickets.list', [{ files: [] }]],
  ['tickets.list', { total: 0 }],
  ['tickets.list', { items: null }],
  ['tickets.list', { items: { files: [] } }],
  ['tickets.createWithAi', {}],
  ['tickets.createWithAi', { ticket: null }],
  ['tickets.createWithAi', null],
  ['tickets.retrieve', []],
  ['tickets.retrieve', undefined],
])('%s: a reply of another form stays unchanged: %j', (endpointId, reply) => {
  expect(upgrade(endpointId, reply, { part: 'reply' }).body).toEqual(reply)
  expect(downgrade(endpointId, reply, { part: 'reply' }).body).toEqual(reply)
})

test('a body that is not an object stays unchanged', () => {
  expect(upgrade('integrations.create', ['x']).body).toEqual(['x'])
  expect(upgrade('integrations.create', null)).toEqual({ body: null, used: [], issues: [], lookups: [], origins: {} })
  expect(downgrade('integrations.create', 'x')).toEqual({ body: 'x', unmapped: [] })
})

// What cannot be downgraded.

test('an id without a known name cannot be downgraded: it stays', () => {
  const body = { title: 'Bug', integration_id: 'a0abea7c-a9de-42d2-b63e-71d3ac22d3e4' }

  const { body: same, unmapped } = downgrade('tickets.create', body, { nameOf: () => undefined })

  expect(same).toEqual(body)
  expect(unmapped.map(({ id }) => id)).toEqual(['integration-name-to-id'])
  expect(downgrade('tickets.create', body).body).toEqual(body)
})

test('attachments with more than an id cannot be downgraded', () => {
  const bodies = [{ attachments: [{ file_id: '1', name: 'log.txt' }] }, { attachments: ['1'] }, { attachments: 'x' }]

  expect(bodies.map((body) => downgrade('tickets.create', body).body)).toEqual(bodies)
})

test('a value that is not a boolean has no status', () => {
  const { body, unmapped } = downgrade('integrations.setStatus', { enabled: 'yes' })

  expect(body).toEqual({ enabled: 'yes' })
  expect(unmapped.map(({ id }) => id)).toEqual(['status-to-enabled'])
})

test('if platform and category contradict each other, a legacy reply shows the platform', () => {
  const row = { integration_category: 'crm', platform_name: 'jira' }

  expect(downgrade('integrations.retrieve', row, { part: 'reply' })).toEqual({
    body: { integration_type: 'jira' },
    unmapped: [],
  })
})

test('if platform and category contradict each other, a request cannot be downgraded', () => {
  const body = { integration_category: 'crm', platform_name: 'jira' }

  expect(downgrade('integrations.create', body).body).toEqual(body)
  expect(downgrade('integrations.create', { integration_category: 'crm', platform_name: null }).body).toEqual({
    integration_category: 'crm',
    platform_name: null,
  })
})

test('a downgrade replaces a retired field that is already there', () => {
  expect(Object.entries(downgrade('integrations.create', { is_enabled: false, a: 1, enabled: true }).body)).toEqual([
    ['a', 1],
    ['is_enabled', true],
  ])
})
