// Generated from the schemas in src/entities by npm run docs:update; test/compiled-documents.test.ts fails if this file differs.
import type { JsonObject } from '../schema/json.ts'
import type { JsonType } from '../schema/json-type.ts'
import { integration, integrationSummary, ticket } from './compiled-types.ts'

/** The constructor copies an entity. The entity must have every field of its type and no other field. */
type EntityClass = new (entity: JsonObject) => object

const integrationClass = (): EntityClass =>
  class {
    constructor(entity: JsonObject) {
      const fields = this as Record<string, unknown>
      fields['id'] = entity['id']
      fields['created_at'] = entity['created_at']
      fields['updated_at'] = entity['updated_at']
      fields['name'] = entity['name']
      fields['integration_category'] = entity['integration_category']
      fields['platform_name'] = entity['platform_name']
      fields['status'] = entity['status']
      fields['enabled'] = entity['enabled']
      fields['description'] = entity['description']
      fields['environment'] = entity['environment']
      fields['is_healthy'] = entity['is_healthy']
      fields['base_url'] = entity['base_url']
      fields['api_version'] = entity['api_version']
      fields['auth_type'] = entity['auth_type']
      fields['oauth_scopes'] = entity['oauth_scopes']
      fields['health_info'] = entity['health_info']
      fields['usage_stats'] = entity['usage_stats']
      fields['default_priority'] = entity['default_priority']
      fields['supports_categories'] = entity['supports_categories']
      fields['supports_priorities'] = entity['supports_priorities']
      fields['department_mapping'] = entity['department_mapping']
      fields['custom_fields_mapping'] = entity['custom_fields_mapping']
      fields['routing_rules'] = entity['routing_rules']
      fields['sync_enabled'] = entity['sync_enabled']
      fields['sync_frequency_minutes'] = entity['sync_frequency_minutes']
      fields['last_sync_at'] = entity['last_sync_at']
      fields['webhook_url'] = entity['webhook_url']
      fields['rate_limit_per_hour'] = entity['rate_limit_per_hour']
      fields['current_hour_requests'] = entity['current_hour_requests']
      fields['rate_limit_reset_at'] = entity['rate_limit_reset_at']
      fields['notification_events'] = entity['notification_events']
      fields['notification_channels'] = entity['notification_channels']
      fields['maintenance_window_start'] = entity['maintenance_window_start']
      fields['maintenance_window_end'] = entity['maintenance_window_end']
      fields['auto_disable_on_error'] = entity['auto_disable_on_error']
      fields['failure_threshold'] = entity['failure_threshold']
      fields['consecutive_failures'] = entity['consecutive_failures']
      fields['expires_at'] = entity['expires_at']
      fields['region'] = entity['region']
      fields['is_rate_limited'] = entity['is_rate_limited']
      fields['is_expired'] = entity['is_expired']
      fields['in_maintenance_window'] = entity['in_maintenance_window']
      fields['credentials_updated_at'] = entity['credentials_updated_at']
    }
  }

const integrationSummaryClass = (): EntityClass =>
  class {
    constructor(entity: JsonObject) {
      const fields = this as Record<string, unknown>
      fields['id'] = entity['id']
      fields['created_at'] = entity['created_at']
      fields['updated_at'] = entity['updated_at']
      fields['name'] = entity['name']
      fields['integration_category'] = entity['integration_category']
      fields['platform_name'] = entity['platform_name']
      fields['status'] = entity['status']
      fields['enabled'] = entity['enabled']
      fields['description'] = entity['description']
      fields['environment'] = entity['environment']
      fields['is_healthy'] = entity['is_healthy']
      fields['base_url'] = entity['base_url']
      fields['auth_type'] = entity['auth_type']
      fields['default_priority'] = entity['default_priority']
      fields['sync_enabled'] = entity['sync_enabled']
      fields['last_health_check_at'] = entity['last_health_check_at']
      fields['health_check_status'] = entity['health_check_status']
      fields['total_requests'] = entity['total_requests']
      fields['success_rate'] = entity['success_rate']
      fields['is_rate_limited'] = entity['is_rate_limited']
      fields['in_maintenance_window'] = entity['in_maintenance_window']
    }
  }

const ticketClass = (): EntityClass =>
  class {
    constructor(entity: JsonObject) {
      const fields = this as Record<string, unknown>
      fields['id'] = entity['id']
      fields['created_at'] = entity['created_at']
      fields['updated_at'] = entity['updated_at']
      fields['title'] = entity['title']
      fields['display_title'] = entity['display_title']
      fields['description'] = entity['description']
      fields['category'] = entity['category']
      fields['subcategory'] = entity['subcategory']
      fields['priority'] = entity['priority']
      fields['urgency'] = entity['urgency']
      fields['status'] = entity['status']
      fields['department'] = entity['department']
      fields['source_channel'] = entity['source_channel']
      fields['creator'] = entity['creator']
      fields['assigned_to_id'] = entity['assigned_to_id']
      fields['integration_id'] = entity['integration_id']
      fields['integration_result'] = entity['integration_result']
      fields['attachments'] = entity['attachments']
      fields['custom_fields'] = entity['custom_fields']
      fields['internal_notes'] = entity['internal_notes']
      fields['resolution_summary'] = entity['resolution_summary']
      fields['escalation_reason'] = entity['escalation_reason']
      fields['satisfaction_feedback'] = entity['satisfaction_feedback']
      fields['satisfaction_rating'] = entity['satisfaction_rating']
      fields['first_response_at'] = entity['first_response_at']
      fields['resolved_at'] = entity['resolved_at']
      fields['closed_at'] = entity['closed_at']
      fields['sla_due_date'] = entity['sla_due_date']
      fields['escalated_at'] = entity['escalated_at']
      fields['last_activity_at'] = entity['last_activity_at']
      fields['communication_count'] = entity['communication_count']
      fields['escalation_level'] = entity['escalation_level']
      fields['resolution_time_minutes'] = entity['resolution_time_minutes']
      fields['resolution_time_hours'] = entity['resolution_time_hours']
      fields['sla_breached'] = entity['sla_breached']
      fields['is_overdue'] = entity['is_overdue']
      fields['is_high_priority'] = entity['is_high_priority']
      fields['can_be_closed'] = entity['can_be_closed']
      fields['age_in_hours'] = entity['age_in_hours']
      fields['ai_analysis'] = entity['ai_analysis']
    }
  }

/**
 * Functions that make a new class for a type. The caller adds members to its prototype. Copying an entity is much faster than
 * setting its prototype.
 */
export const entityClasses: ReadonlyMap<JsonType, () => EntityClass> = /* @__PURE__ */ new Map([
  [integration, integrationClass],
  [integrationSummary, integrationSummaryClass],
  [ticket, ticketClass],
])
