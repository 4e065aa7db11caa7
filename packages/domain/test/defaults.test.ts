import { NEW_INTEGRATION, NEW_TICKET } from '@ai-ticket-creator/domain/internal'
import { expect, test } from 'vitest'
import { fieldComments } from '../src/openapi/comments.ts'

test.each([
  ['CreateIntegrationBody', NEW_INTEGRATION],
  ['CreateTicket', NEW_TICKET],
])('the comments of %s give the defaults that a new row shows', (schema, row) => {
  const shown = new Map(Object.entries(row).map(([field, value]) => [field, String(value)]))
  const documented = Object.entries(fieldComments[schema] ?? {}).flatMap(([field, comment]) => {
    const value = /Default[^:]*: `?(\w+)/.exec(comment)?.[1]
    return value === undefined || !shown.has(field) ? [] : [[field, value]]
  })

  expect(documented.length).toBeGreaterThan(2)
  expect(documented).toEqual(documented.map(([field = '']) => [field, shown.get(field)]))
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
