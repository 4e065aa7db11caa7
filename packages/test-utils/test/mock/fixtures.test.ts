import { type Generation, isPlatform, LEGACY_INTEGRATION_TYPES, PLATFORMS, parseBody } from '@ai-ticket-creator/domain'
import { checkSchema, wireSchema } from '@ai-ticket-creator/domain/internal'
import { describe, expect, test } from 'vitest'
import {
  aLegacyIntegration,
  aLegacyIntegrationInput,
  aLegacyTicket,
  aLegacyTicketInput,
  anIntegration,
  anIntegrationInput,
  aTicket,
  aTicketInput,
  aUser,
  createTestApi,
} from '../../src/index.ts'
import { caught, clientOf, send } from './transports.ts'

const schemaOf = (endpointId: 'integrations.retrieve' | 'tickets.retrieve', generation: Generation) => {
  const schema = wireSchema(endpointId, 'reply', generation)
  if (schema === undefined) throw new TypeError('no schema')
  return schema
}

describe.each(PLATFORMS)('%s', (platform) => {
  test.each([true, false])('an integration is valid for the current schema, enabled: %s', (enabled) => {
    const integration = anIntegration({ platform_name: platform, enabled })

    expect(checkSchema(schemaOf('integrations.retrieve', 'current'), integration, 'reply')).toEqual([])
    expect(integration).toMatchObject({ platform_name: platform, enabled, status: enabled ? 'active' : 'inactive' })
  })

  test('its input is valid in each generation that has it, and the API accepts it', async () => {
    const input = anIntegrationInput(platform)
    const api = createTestApi()

    const read = (['transitional', 'current'] as const).map((generation) =>
      parseBody('integrations.create', input, { generation }),
    )
    const reply = await send({ api, fetch: api.fetch }, 'POST /integrations/', input)

    expect(read.map(({ issues, ignored, used }) => [issues, ignored, used])).toEqual([
      [[], [], []],
      [[], [], []],
    ])
    expect([reply.status, reply.headers.get('Ignored-Fields')]).toEqual([200, null])
  })
})

describe.each(LEGACY_INTEGRATION_TYPES)('%s, legacy', (type) => {
  test.each([true, false])('an integration is valid for the legacy schema, enabled: %s', (is_enabled) => {
    const integration = aLegacyIntegration({ integration_type: type, is_enabled })

    expect(checkSchema(schemaOf('integrations.retrieve', 'legacy'), integration, 'reply')).toEqual([])
    expect(integration).toMatchObject({
      integration_type: type,
      is_enabled,
      status: is_enabled ? 'active' : 'inactive',
    })
    expect(
      Object.keys(integration).filter((key) => /^(?:platform_name|integration_category|enabled)$/.test(key)),
    ).toEqual([])
  })

  test('a legacy API accepts its input and returns the same values', async () => {
    const input = aLegacyIntegrationInput(type, { is_enabled: false })
    const api = createTestApi({ generation: 'legacy' })

    const reply = await send({ api, fetch: api.fetch }, 'POST /integrations/', input)

    expect([reply.status, reply.headers.get('Ignored-Fields')]).toEqual([200, null])
    expect(await reply.json()).toMatchObject({ integration_type: type, is_enabled: false, status: 'inactive' })
  })
})

test.each(['pending', 'active', 'inactive', 'error', 'expired', 'suspended'] as const)(
  '`enabled` is derived from the status %s',
  (status) => {
    expect(anIntegration({ status }).enabled).toBe(status !== 'inactive')
  },
)

test('given fields are not changed, even when they contradict each other', () => {
  const odd = anIntegration({ status: 'active', enabled: false, integration_category: 'crm' })

  expect(odd).toMatchObject({ status: 'active', enabled: false, integration_category: 'crm', platform_name: 'jira' })
})

test('unknown enum values are kept', () => {
  const later = anIntegration({ platform_name: 'linear' as never, status: 'paused' as never })

  expect([later.name, later.platform_name, later.status, later.enabled]).toEqual([
    'LINEAR Production',
    'linear',
    'paused',
    true,
  ])
  expect(isPlatform(later.platform_name)).toBe(false)
})

test('a fixture is always the same, and each platform has its own id', () => {
  const ids = PLATFORMS.map((platform_name) => anIntegration({ platform_name }).id)

  expect(anIntegration()).toEqual(anIntegration({ description: undefined }))
  expect(new Set(ids).size).toBe(PLATFORMS.length)
})

test('a fixture is a plain object', () => {
  expect(anIntegration()).toMatchInlineSnapshot(`
    {
      "api_version": null,
      "auth_type": "api_key",
      "auto_disable_on_error": false,
      "base_url": "https://jira.example.test",
      "consecutive_failures": 0,
      "created_at": "2025-09-06T12:00:00.000000Z",
      "credentials_updated_at": null,
      "current_hour_requests": 0,
      "custom_fields_mapping": null,
      "default_priority": 100,
      "department_mapping": null,
      "description": null,
      "enabled": true,
      "environment": "production",
      "expires_at": null,
      "failure_threshold": 3,
      "health_info": {
        "error_message": null,
        "last_check": null,
        "response_time_ms": null,
        "status": "unknown",
      },
      "id": "aaaaaaaa-0000-4000-8000-000000000001",
      "in_maintenance_window": false,
      "integration_category": "ticketing",
      "is_expired": false,
      "is_healthy": false,
      "is_rate_limited": false,
      "last_sync_at": null,
      "maintenance_window_end": null,
      "maintenance_window_start": null,
      "name": "JIRA Production",
      "notification_channels": null,
      "notification_events": null,
      "oauth_scopes": null,
      "platform_name": "jira",
      "rate_limit_per_hour": null,
      "rate_limit_reset_at": null,
      "region": null,
      "routing_rules": null,
      "status": "active",
      "supports_categories": null,
      "supports_priorities": null,
      "sync_enabled": false,
      "sync_frequency_minutes": 60,
      "updated_at": "2025-09-06T12:00:00.000000Z",
      "usage_stats": {
        "avg_response_time_ms": null,
        "failed_requests": 0,
        "last_error_at": null,
        "last_request_at": null,
        "last_success_at": null,
        "success_rate": 0,
        "successful_requests": 0,
        "total_requests": 0,
      },
      "webhook_url": null,
    }
  `)
})

test('a ticket is valid for the schema of its generation', () => {
  const [now, old] = [schemaOf('tickets.retrieve', 'current'), schemaOf('tickets.retrieve', 'legacy')]

  const tickets = [
    checkSchema(now, aTicket(), 'reply'),
    checkSchema(
      now,
      aTicket({ assigned_to_id: aUser.id, attachments: [{ file_id: aUser.id }], status: 'resolved' }),
      'reply',
    ),
    checkSchema(old, aLegacyTicket(), 'reply'),
    checkSchema(old, aLegacyTicket({ assignee: aUser, files: [{ id: aUser.id }], status: 'resolved' }), 'reply'),
  ]

  expect(tickets).toEqual([[], [], [], []])
})

test('derived fields of a ticket follow from the given ones', () => {
  const ticket = aTicket({ priority: 'critical', status: 'resolved', sla_due_date: '2025-01-01T00:00:00Z' })

  expect(ticket).toMatchObject({ is_high_priority: true, can_be_closed: true, is_overdue: false })
  expect(aTicket({ title: 'x'.repeat(101) }).display_title).toBe(`${'x'.repeat(100)}...`)
})

test('the assignee of a legacy ticket is the given one or null', () => {
  const other = { ...aUser, id: '10000000-0000-4000-8000-000000000009', display_name: 'Other' }

  expect(aLegacyTicket({ assignee: other }).assignee).toEqual(other)
  expect(aLegacyTicket().assignee).toBeNull()
})

test('the API accepts the input of a ticket in its generation', async () => {
  const legacy = createTestApi({ generation: 'legacy' })
  await legacy.seed.integration()
  const current = createTestApi()
  const jira = await current.seed.integration()

  const old = await send(
    { api: legacy, fetch: legacy.fetch },
    'POST /tickets/',
    aLegacyTicketInput({ integration_name: 'JIRA Production' }),
  )
  const now = await send(
    { api: current, fetch: current.fetch },
    'POST /tickets/',
    aTicketInput({ integration_id: jira.id }),
  )

  expect([old.status, now.status]).toEqual([201, 201])
  expect(await old.json()).toMatchObject({ external_ticket_id: 'JIRA-1' })
})

test('given credentials are merged with the fake ones, and other settings are kept', () => {
  const input = anIntegrationInput('slack', { auth_type: 'bearer', credentials: { channel: 'ops' }, region: 'eu' })

  expect(input).toEqual({
    name: 'SLACK Production',
    integration_category: 'messaging',
    platform_name: 'slack',
    enabled: true,
    auth_type: 'bearer',
    region: 'eu',
    credentials: { bot_token: 'fake-bot-token', channel: 'ops', token: 'fake-token' },
  })
  expect(anIntegrationInput('email').credentials).toEqual({
    smtp_host: 'smtp.example.test',
    smtp_port: '587',
    username: 'fake-username',
    password: 'fake-password',
    api_key: 'fake-api-key',
  })
  expect(anIntegrationInput('servicenow').credentials.instance_url).toBe('https://servicenow.example.test/instance')
  expect(anIntegrationInput('zendesk').credentials.email).toBe('bot@example.test')
  expect(aLegacyIntegrationInput('jira')).toMatchObject({ integration_type: 'jira', is_enabled: true })
})

test('seeded rows are returned in the form of a reply', async () => {
  const api = createTestApi()
  const client = clientOf({ api, fetch: api.fetch })
  const slack = await api.seed.integration({ platform_name: 'slack', enabled: false, credentials: { token: 'x' } })
  const ticket = await api.seed.ticket({ title: 'Given', integration_id: slack.id })

  expect(await client.integrations.retrieve(slack.id)).toMatchObject({ ...slack })
  expect(await client.tickets.retrieve(ticket.id)).toMatchObject({ ...ticket })
  expect(slack).toMatchObject({ name: 'SLACK Production', status: 'inactive', integration_category: 'messaging' })
  expect(await caught(api.seed.ticket({ id: ticket.id }))).toBeInstanceOf(Error)
})
