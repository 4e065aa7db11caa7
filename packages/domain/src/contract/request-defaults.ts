import { NEW_INTEGRATION, NEW_TICKET } from '../entities/defaults.ts'
import type { JsonObject } from '../schema/json.ts'
import type { EndpointId } from './contract.ts'

/** What the API uses for a field or a parameter that a request leaves out. */
export const REQUEST_DEFAULTS = {
  'integrations.create': {
    enabled: NEW_INTEGRATION.enabled,
    default_priority: NEW_INTEGRATION.default_priority,
    sync_enabled: NEW_INTEGRATION.sync_enabled,
    sync_frequency_minutes: NEW_INTEGRATION.sync_frequency_minutes,
    environment: NEW_INTEGRATION.environment,
    auth_type: NEW_INTEGRATION.auth_type,
  },
  'integrations.test': { test_types: ['connection', 'authentication'], auto_activate_on_success: true },
  'integrations.sync': { direction: 'bidirectional', dry_run: false },
  'integrations.list': { sort_by: 'created_at', sort_order: 'desc', offset: 0, limit: 20 },
  'tickets.create': {
    category: NEW_TICKET.category,
    priority: NEW_TICKET.priority,
    urgency: NEW_TICKET.urgency,
    create_externally: true,
  },
  'tickets.list': { sort_by: 'created_at', sort_order: 'desc', page: 1, size: 20 },
} as const satisfies Partial<Record<EndpointId, JsonObject>>
