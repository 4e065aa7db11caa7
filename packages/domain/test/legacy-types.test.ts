import type {
  EndpointId,
  LegacyCreateTicket,
  LegacyCreateTicketWithAi,
  LegacyIntegration,
  LegacyIntegrationSummary,
  LegacyListIntegrations,
  LegacyListTickets,
  LegacyReplaceTicket,
  LegacySetIntegrationStatus,
  LegacyTicket,
  LegacyUpdateIntegration,
  Location,
} from '@ai-ticket-creator/domain'
import { checkSchema, wireSchema } from '@ai-ticket-creator/domain/internal'
import { describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import { legacyIntegration, legacyPage, legacySummary, legacyTicket } from './legacy-replies.ts'

// The compiler compares each constant with its type, the tests compare it with the schema. So the types cannot drift.
type Fields<T> = { [Key in keyof T]-?: object extends Pick<T, Key> ? 'optional' : 'required' }

/** The fields of a schema, each with whether it is optional. */
function fieldsOf(endpointId: EndpointId, part: Location): Record<string, string> {
  const json = z.toJSONSchema(wireSchema(endpointId, part, 'legacy') ?? z.never(), { io: 'input' })
  // For a list, the schema of its items.
  const { properties = {}, required = [] } = (json.items ?? json) as z.core.JSONSchema.JSONSchema
  return Object.fromEntries(
    Object.keys(properties).map((name) => [name, required.includes(name) ? 'required' : 'optional']),
  )
}

describe('a legacy type has the fields of its schema', () => {
  test('LegacyIntegration', () => {
    const fields = {
      id: 'required',
      created_at: 'required',
      updated_at: 'required',
      name: 'required',
      integration_type: 'required',
      status: 'required',
      is_enabled: 'required',
      description: 'required',
      environment: 'required',
      is_healthy: 'required',
      base_url: 'required',
      api_version: 'required',
      auth_type: 'required',
      oauth_scopes: 'required',
      health_info: 'required',
      usage_stats: 'required',
      default_priority: 'required',
      supports_categories: 'required',
      supports_priorities: 'required',
      department_mapping: 'required',
      custom_fields_mapping: 'required',
      routing_rules: 'required',
      sync_enabled: 'required',
      sync_frequency_minutes: 'required',
      last_sync_at: 'required',
      webhook_url: 'required',
      rate_limit_per_hour: 'required',
      current_hour_requests: 'required',
      rate_limit_reset_at: 'required',
      notification_events: 'required',
      notification_channels: 'required',
      maintenance_window_start: 'required',
      maintenance_window_end: 'required',
      auto_disable_on_error: 'required',
      failure_threshold: 'required',
      consecutive_failures: 'required',
      expires_at: 'required',
      region: 'required',
      is_rate_limited: 'required',
      is_expired: 'required',
      in_maintenance_window: 'required',
      credentials_updated_at: 'optional',
    } satisfies Fields<LegacyIntegration>

    expect(fieldsOf('integrations.retrieve', 'reply')).toEqual(fields)
  })

  test('LegacyIntegrationSummary', () => {
    const fields = {
      id: 'required',
      created_at: 'required',
      updated_at: 'required',
      name: 'required',
      integration_type: 'required',
      status: 'required',
      is_enabled: 'required',
      description: 'required',
      environment: 'required',
      is_healthy: 'required',
      base_url: 'required',
      auth_type: 'required',
      default_priority: 'required',
      sync_enabled: 'required',
      last_health_check_at: 'required',
      health_check_status: 'required',
      total_requests: 'required',
      success_rate: 'required',
      is_rate_limited: 'required',
      in_maintenance_window: 'required',
    } satisfies Fields<LegacyIntegrationSummary>

    expect(fieldsOf('integrations.list', 'reply')).toEqual(fields)
  })

  test('LegacyUpdateIntegration', () => {
    const fields = {
      is_enabled: 'optional',
      description: 'optional',
      base_url: 'optional',
      api_version: 'optional',
      credentials: 'optional',
      oauth_scopes: 'optional',
      routing_rules: 'optional',
      default_priority: 'optional',
      supports_categories: 'optional',
      supports_priorities: 'optional',
      department_mapping: 'optional',
      custom_fields_mapping: 'optional',
      webhook_url: 'optional',
      webhook_secret: 'optional',
      sync_enabled: 'optional',
      sync_frequency_minutes: 'optional',
      rate_limit_per_hour: 'optional',
      notification_events: 'optional',
      notification_channels: 'optional',
      environment: 'optional',
      region: 'optional',
      name: 'optional',
    } satisfies Fields<LegacyUpdateIntegration>

    expect(fieldsOf('integrations.update', 'body')).toEqual(fields)
  })

  test('LegacySetIntegrationStatus', () => {
    const fields = {
      is_enabled: 'optional',
      status: 'optional',
      reason: 'optional',
    } satisfies Fields<LegacySetIntegrationStatus>

    expect(fieldsOf('integrations.setStatus', 'body')).toEqual(fields)
  })

  test('LegacyListIntegrations', () => {
    const fields = {
      integration_type: 'optional',
      integration_status: 'optional',
      is_enabled: 'optional',
      name: 'optional',
      sort_by: 'optional',
      sort_order: 'optional',
      offset: 'optional',
      limit: 'optional',
      cursor: 'optional',
    } satisfies Fields<LegacyListIntegrations>

    expect(fieldsOf('integrations.list', 'query')).toEqual(fields)
  })

  test('LegacyTicket', () => {
    const fields = {
      id: 'required',
      created_at: 'required',
      updated_at: 'required',
      title: 'required',
      display_title: 'required',
      description: 'required',
      category: 'required',
      subcategory: 'required',
      priority: 'required',
      urgency: 'required',
      status: 'required',
      department: 'required',
      source_channel: 'required',
      creator: 'required',
      assignee: 'required',
      integration_id: 'optional',
      integration_result: 'optional',
      external_ticket_id: 'optional',
      external_ticket_url: 'optional',
      files: 'required',
      custom_fields: 'required',
      internal_notes: 'required',
      resolution_summary: 'required',
      escalation_reason: 'required',
      satisfaction_feedback: 'required',
      satisfaction_rating: 'required',
      first_response_at: 'required',
      resolved_at: 'required',
      closed_at: 'required',
      sla_due_date: 'required',
      escalated_at: 'required',
      last_activity_at: 'required',
      communication_count: 'required',
      escalation_level: 'required',
      resolution_time_minutes: 'required',
      resolution_time_hours: 'required',
      sla_breached: 'required',
      is_overdue: 'required',
      is_high_priority: 'required',
      can_be_closed: 'required',
      age_in_hours: 'required',
      ai_analysis: 'required',
    } satisfies Fields<LegacyTicket>

    expect(fieldsOf('tickets.retrieve', 'reply')).toEqual(fields)
  })

  test('LegacyCreateTicket', () => {
    const fields = {
      title: 'required',
      description: 'required',
      category: 'optional',
      priority: 'optional',
      urgency: 'optional',
      department: 'optional',
      assigned_to_id: 'optional',
      integration_name: 'optional',
      integration: 'optional',
      integration_routing: 'optional',
      integration_preference: 'optional',
      create_externally: 'optional',
      custom_fields: 'optional',
      file_ids: 'optional',
    } satisfies Fields<LegacyCreateTicket>

    expect(fieldsOf('tickets.create', 'body')).toEqual(fields)
  })

  test('LegacyCreateTicketWithAi', () => {
    const fields = {
      user_input: 'required',
      uploaded_files: 'optional',
      conversation_context: 'optional',
      user_preferences: 'optional',
      integration_name: 'optional',
      integration: 'optional',
      integration_routing: 'optional',
      integration_preference: 'optional',
    } satisfies Fields<LegacyCreateTicketWithAi>

    expect(fieldsOf('tickets.createWithAi', 'body')).toEqual(fields)
  })

  test('LegacyReplaceTicket', () => {
    const fields = {
      title: 'optional',
      description: 'optional',
      category: 'optional',
      priority: 'optional',
      urgency: 'optional',
      status: 'optional',
      department: 'optional',
      assigned_to_id: 'optional',
      integration_name: 'optional',
      integration: 'optional',
      integration_routing: 'optional',
      integration_preference: 'optional',
      custom_fields: 'optional',
      internal_notes: 'optional',
      resolution_summary: 'optional',
      attachments: 'optional',
    } satisfies Fields<LegacyReplaceTicket>

    expect(fieldsOf('tickets.replace', 'body')).toEqual(fields)
  })

  test('LegacyListTickets', () => {
    const fields = {
      q: 'optional',
      status: 'optional',
      category: 'optional',
      priority: 'optional',
      urgency: 'optional',
      tags: 'optional',
      department: 'optional',
      created_by_id: 'optional',
      assigned_to_id: 'optional',
      integration_name: 'optional',
      integration: 'optional',
      integration_routing: 'optional',
      integration_preference: 'optional',
      created_after: 'optional',
      created_before: 'optional',
      updated_after: 'optional',
      updated_before: 'optional',
      resolved_after: 'optional',
      resolved_before: 'optional',
      is_overdue: 'optional',
      has_attachments: 'optional',
      escalation_level: 'optional',
      satisfaction_rating: 'optional',
      source_channel: 'optional',
      sort_by: 'optional',
      sort_order: 'optional',
      page: 'optional',
      size: 'optional',
      cursor: 'optional',
    } satisfies Fields<LegacyListTickets>

    expect(fieldsOf('tickets.list', 'query')).toEqual(fields)
  })
})

test.each([
  ['integrations.retrieve', legacyIntegration],
  ['integrations.list', [legacySummary]],
  ['tickets.retrieve', legacyTicket],
  ['tickets.list', legacyPage],
] as const)('a value of the legacy type fits the schema of %s', (endpointId, reply) => {
  const schema = wireSchema(endpointId, 'reply', 'legacy') ?? z.never()

  expect(checkSchema(schema, reply, 'reply')).toEqual([])
})
