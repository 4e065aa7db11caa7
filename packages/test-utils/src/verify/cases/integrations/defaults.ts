import type { JsonObject } from '@ai-ticket-creator/domain'

/** Default field values of a new integration. */
export const defaults: JsonObject = {
  status: 'active',
  enabled: true,
  description: null,
  environment: 'production',
  api_version: null,
  auth_type: 'api_key',
  oauth_scopes: null,
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
}

/** The nullable fields, each with a value. */
export const clearable: JsonObject = {
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

/** `clearable` as a reply shows it: no reply shows the secret. */
export const shownClearable: JsonObject = Object.fromEntries(
  Object.entries(clearable).filter(([name]) => name !== 'webhook_secret'),
)
