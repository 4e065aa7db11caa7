import { ENDPOINT_IDS, endpointOf } from '@ai-ticket-creator/domain'
import { fieldsOf, NEW_INTEGRATION, NEW_TICKET, REQUEST_DEFAULTS } from '@ai-ticket-creator/domain/internal'
import { openApiDocument } from '@ai-ticket-creator/domain/openapi'
import { expect, test } from 'vitest'
import { fieldComments } from '../src/openapi/comments.ts'

const defaults: Readonly<Record<string, object>> = REQUEST_DEFAULTS
const schemas = {
  'integrations.create': 'CreateIntegrationBody',
  'integrations.test': 'TestIntegration',
  'integrations.sync': 'SyncIntegration',
  'integrations.list': 'ListIntegrations',
  'tickets.create': 'CreateTicket',
  'tickets.list': 'ListTickets',
}

test.each(Object.entries(schemas))('the comments of the fields of %s give its defaults', (id, schema) => {
  const documented = Object.entries(fieldComments[schema] ?? {}).flatMap(([field, comment]) => {
    const value = /Default[^:]*: ([^.]+)\./.exec(comment)?.[1]
    return value === undefined ? [] : [[field, value.replaceAll('`', '')]]
  })
  const expected = Object.entries(defaults[id] ?? {}).map(([field, value]) => [field, [value].flat().join(' and ')])

  expect(documented.length).toBeGreaterThan(1)
  expect(Object.fromEntries(documented)).toEqual(Object.fromEntries(expected))
})

test('every default belongs to a field of its request', () => {
  expect(Object.keys(REQUEST_DEFAULTS).toSorted()).toEqual(Object.keys(schemas).toSorted())
  for (const id of ENDPOINT_IDS) {
    const { body, query } = endpointOf(id)
    const fields = [body, query].flatMap((schema) => (schema === undefined ? [] : fieldsOf(schema)))
    expect(fields).toEqual(expect.arrayContaining(Object.keys(defaults[id] ?? {})))
  }
})

test('a field with two names has no default in a document, so that a generated client does not contradict itself', () => {
  const ofCreate = (['legacy', 'transitional', 'current'] as const).map((generation) => {
    const { properties = {} } = openApiDocument({ generation }).components.schemas['CreateIntegration'] ?? {}
    return Object.fromEntries(
      Object.entries(properties).flatMap(([name, { default: value }]) => (value === undefined ? [] : [[name, value]])),
    )
  })

  const shared = {
    default_priority: 100,
    sync_enabled: false,
    sync_frequency_minutes: 60,
    environment: 'production',
    auth_type: 'api_key',
  }
  expect(ofCreate).toEqual([{ is_enabled: true, ...shared }, shared, { enabled: true, ...shared }])
})

test('a parameter that a cursor replaces has no default in a document, so that a generated client can send a cursor', () => {
  const { parameters = [] } = openApiDocument({ generation: 'current' }).paths['/tickets/']?.get ?? {}

  const withDefault = parameters.flatMap((one) =>
    'schema' in one && one.schema.default !== undefined ? [[one.name, one.schema.default]] : [],
  )

  expect(withDefault).toEqual([
    ['sort_by', 'created_at'],
    ['sort_order', 'desc'],
    ['size', 20],
  ])
})

test('all other defaults are the absence of a value, or what a row begins with', () => {
  const set = (row: object) => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null))

  expect([set(NEW_INTEGRATION), set(NEW_TICKET)]).toMatchInlineSnapshot(`
    [
      {
        "auth_type": "api_key",
        "auto_disable_on_error": false,
        "consecutive_failures": 0,
        "current_hour_requests": 0,
        "default_priority": 100,
        "enabled": true,
        "environment": "production",
        "failure_threshold": 3,
        "in_maintenance_window": false,
        "is_expired": false,
        "is_rate_limited": false,
        "status": "active",
        "sync_enabled": false,
        "sync_frequency_minutes": 60,
      },
      {
        "can_be_closed": false,
        "category": "general",
        "communication_count": 0,
        "escalation_level": 0,
        "is_high_priority": false,
        "is_overdue": false,
        "priority": "medium",
        "sla_breached": false,
        "source_channel": "web",
        "status": "new",
        "urgency": "medium",
      },
    ]
  `)
})
