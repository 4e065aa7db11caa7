import type { JsonObject } from '@ai-ticket-creator/domain'

/** The nullable fields of an integration, each with a value that is not null. */
export const clearableFields: JsonObject = {
  description: 'x',
  base_url: 'https://x.example.test',
  api_version: '2',
  oauth_scopes: ['read'],
  routing_rules: { a: { b: [1] } },
  supports_categories: ['bug'],
  supports_priorities: ['high'],
  department_mapping: { it: 'IT' },
  custom_fields_mapping: { a: 'b' },
  webhook_url: 'http://hooks.example.test/a',
  webhook_secret: 'hidden-in-any-reply',
  rate_limit_per_hour: 10,
  notification_events: ['created'],
  notification_channels: { slack: '#it' },
  region: 'eu',
}

/** `clearableFields` as a reply shows them: without the secret, which is write-only. */
export const clearableFieldsInReply: JsonObject = Object.fromEntries(
  Object.entries(clearableFields).filter(([name]) => name !== 'webhook_secret'),
)
