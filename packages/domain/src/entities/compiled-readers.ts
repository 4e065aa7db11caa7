// Generated from the schemas in src/entities by npm run docs:update; test/compiled-documents.test.ts fails if this file differs.
import { AUTH_TYPES } from '../catalog/credentials.ts'
import { INTEGRATION_STATUSES } from '../catalog/integration-status.ts'
import { IntegrationCategory, PLATFORMS } from '../catalog/platforms.ts'
import { given, isListOf, isOneOf, isRecordOf, isUuidText } from '../schema/fits.ts'
import { isJsonObject, type JsonObject } from '../schema/json.ts'
import type { JsonType } from '../schema/json-type.ts'
import { integration, integrationSummary, ticket } from './compiled-types.ts'
import { TICKET_CATEGORIES, TICKET_PRIORITIES, TICKET_STATUSES } from './ticket-values.ts'

const fitsHealthInfo = (e: JsonObject): boolean =>
  Object.keys(e).length === 4 &&
  typeof e['status'] === 'string' &&
  (e['last_check'] === null || typeof e['last_check'] === 'string') &&
  (e['response_time_ms'] === null || Number.isFinite(e['response_time_ms'])) &&
  (e['error_message'] === null || typeof e['error_message'] === 'string')

const fitsUsageStats = (e: JsonObject): boolean =>
  Object.keys(e).length === 8 &&
  Number.isFinite(e['total_requests']) &&
  Number.isFinite(e['successful_requests']) &&
  Number.isFinite(e['failed_requests']) &&
  Number.isFinite(e['success_rate']) &&
  (e['avg_response_time_ms'] === null || Number.isFinite(e['avg_response_time_ms'])) &&
  (e['last_request_at'] === null || typeof e['last_request_at'] === 'string') &&
  (e['last_success_at'] === null || typeof e['last_success_at'] === 'string') &&
  (e['last_error_at'] === null || typeof e['last_error_at'] === 'string')

const fitsIntegration = (e: JsonObject): boolean =>
  Object.keys(e).length === 42 + given(e['credentials_updated_at']) &&
  isUuidText(e['id']) &&
  typeof e['created_at'] === 'string' &&
  typeof e['updated_at'] === 'string' &&
  typeof e['name'] === 'string' &&
  isOneOf(Object.values(IntegrationCategory), e['integration_category']) &&
  isOneOf(PLATFORMS, e['platform_name']) &&
  isOneOf(INTEGRATION_STATUSES, e['status']) &&
  typeof e['enabled'] === 'boolean' &&
  (e['description'] === null || typeof e['description'] === 'string') &&
  typeof e['environment'] === 'string' &&
  typeof e['is_healthy'] === 'boolean' &&
  (e['base_url'] === null || typeof e['base_url'] === 'string') &&
  (e['api_version'] === null || typeof e['api_version'] === 'string') &&
  isOneOf(AUTH_TYPES, e['auth_type']) &&
  (e['oauth_scopes'] === null || isListOf(e['oauth_scopes'], (item) => typeof item === 'string')) &&
  isJsonObject(e['health_info']) &&
  fitsHealthInfo(e['health_info']) &&
  isJsonObject(e['usage_stats']) &&
  fitsUsageStats(e['usage_stats']) &&
  Number.isFinite(e['default_priority']) &&
  (e['supports_categories'] === null || isListOf(e['supports_categories'], (item) => typeof item === 'string')) &&
  (e['supports_priorities'] === null || isListOf(e['supports_priorities'], (item) => typeof item === 'string')) &&
  (e['department_mapping'] === null || isRecordOf(e['department_mapping'], (item) => typeof item === 'string')) &&
  (e['custom_fields_mapping'] === null || isRecordOf(e['custom_fields_mapping'], (item) => typeof item === 'string')) &&
  (e['routing_rules'] === null || isJsonObject(e['routing_rules'])) &&
  typeof e['sync_enabled'] === 'boolean' &&
  Number.isFinite(e['sync_frequency_minutes']) &&
  (e['last_sync_at'] === null || typeof e['last_sync_at'] === 'string') &&
  (e['webhook_url'] === null || typeof e['webhook_url'] === 'string') &&
  (e['rate_limit_per_hour'] === null || Number.isFinite(e['rate_limit_per_hour'])) &&
  Number.isFinite(e['current_hour_requests']) &&
  (e['rate_limit_reset_at'] === null || typeof e['rate_limit_reset_at'] === 'string') &&
  (e['notification_events'] === null || isListOf(e['notification_events'], (item) => typeof item === 'string')) &&
  (e['notification_channels'] === null || isJsonObject(e['notification_channels'])) &&
  (e['maintenance_window_start'] === null || typeof e['maintenance_window_start'] === 'string') &&
  (e['maintenance_window_end'] === null || typeof e['maintenance_window_end'] === 'string') &&
  typeof e['auto_disable_on_error'] === 'boolean' &&
  Number.isFinite(e['failure_threshold']) &&
  Number.isFinite(e['consecutive_failures']) &&
  (e['expires_at'] === null || typeof e['expires_at'] === 'string') &&
  (e['region'] === null || typeof e['region'] === 'string') &&
  typeof e['is_rate_limited'] === 'boolean' &&
  typeof e['is_expired'] === 'boolean' &&
  typeof e['in_maintenance_window'] === 'boolean' &&
  (e['credentials_updated_at'] === undefined ||
    e['credentials_updated_at'] === null ||
    typeof e['credentials_updated_at'] === 'string')

const fitsIntegrationSummary = (e: JsonObject): boolean =>
  Object.keys(e).length === 21 &&
  isUuidText(e['id']) &&
  typeof e['created_at'] === 'string' &&
  typeof e['updated_at'] === 'string' &&
  typeof e['name'] === 'string' &&
  isOneOf(Object.values(IntegrationCategory), e['integration_category']) &&
  isOneOf(PLATFORMS, e['platform_name']) &&
  isOneOf(INTEGRATION_STATUSES, e['status']) &&
  typeof e['enabled'] === 'boolean' &&
  (e['description'] === null || typeof e['description'] === 'string') &&
  typeof e['environment'] === 'string' &&
  typeof e['is_healthy'] === 'boolean' &&
  (e['base_url'] === null || typeof e['base_url'] === 'string') &&
  isOneOf(AUTH_TYPES, e['auth_type']) &&
  Number.isFinite(e['default_priority']) &&
  typeof e['sync_enabled'] === 'boolean' &&
  (e['last_health_check_at'] === null || typeof e['last_health_check_at'] === 'string') &&
  (e['health_check_status'] === null || typeof e['health_check_status'] === 'string') &&
  Number.isFinite(e['total_requests']) &&
  Number.isFinite(e['success_rate']) &&
  typeof e['is_rate_limited'] === 'boolean' &&
  typeof e['in_maintenance_window'] === 'boolean'

const fitsUser = (e: JsonObject): boolean =>
  Object.keys(e).length === 5 &&
  isUuidText(e['id']) &&
  typeof e['email'] === 'string' &&
  (e['full_name'] === null || typeof e['full_name'] === 'string') &&
  typeof e['display_name'] === 'string' &&
  (e['avatar_url'] === null || typeof e['avatar_url'] === 'string')

const fitsIntegrationResult = (e: JsonObject): boolean =>
  Object.keys(e).length ===
    1 +
      given(e['outcome']) +
      given(e['integration_id']) +
      given(e['platform_name']) +
      given(e['external_ticket_id']) +
      given(e['external_ticket_url']) +
      given(e['error_message']) +
      given(e['response']) &&
  typeof e['success'] === 'boolean' &&
  (e['outcome'] === undefined || typeof e['outcome'] === 'string') &&
  (e['integration_id'] === undefined || e['integration_id'] === null || typeof e['integration_id'] === 'string') &&
  (e['platform_name'] === undefined || e['platform_name'] === null || isOneOf(PLATFORMS, e['platform_name'])) &&
  (e['external_ticket_id'] === undefined ||
    e['external_ticket_id'] === null ||
    typeof e['external_ticket_id'] === 'string') &&
  (e['external_ticket_url'] === undefined ||
    e['external_ticket_url'] === null ||
    typeof e['external_ticket_url'] === 'string') &&
  (e['error_message'] === undefined || e['error_message'] === null || typeof e['error_message'] === 'string') &&
  (e['response'] === undefined || e['response'] === null || isJsonObject(e['response']))

const fitsAttachment = (e: JsonObject): boolean => Object.keys(e).length === 1 && isUuidText(e['file_id'])

const fitsTicketAnalysis = (e: JsonObject): boolean =>
  Object.keys(e).length === 7 &&
  (e['confidence_score'] === null || Number.isFinite(e['confidence_score'])) &&
  (e['reasoning'] === null || typeof e['reasoning'] === 'string') &&
  (e['tags'] === null || isListOf(e['tags'], (item) => typeof item === 'string')) &&
  (e['keywords'] === null || isListOf(e['keywords'], (item) => typeof item === 'string')) &&
  (e['similar_patterns'] === null || isListOf(e['similar_patterns'], (item) => typeof item === 'string')) &&
  (e['sentiment'] === null || typeof e['sentiment'] === 'string') &&
  (e['business_impact'] === null || typeof e['business_impact'] === 'string')

const fitsTicket = (e: JsonObject): boolean =>
  Object.keys(e).length === 38 + given(e['integration_id']) + given(e['integration_result']) &&
  isUuidText(e['id']) &&
  typeof e['created_at'] === 'string' &&
  typeof e['updated_at'] === 'string' &&
  typeof e['title'] === 'string' &&
  typeof e['display_title'] === 'string' &&
  typeof e['description'] === 'string' &&
  isOneOf(TICKET_CATEGORIES, e['category']) &&
  (e['subcategory'] === null || typeof e['subcategory'] === 'string') &&
  isOneOf(TICKET_PRIORITIES, e['priority']) &&
  isOneOf(TICKET_PRIORITIES, e['urgency']) &&
  isOneOf(TICKET_STATUSES, e['status']) &&
  (e['department'] === null || typeof e['department'] === 'string') &&
  typeof e['source_channel'] === 'string' &&
  isJsonObject(e['creator']) &&
  fitsUser(e['creator']) &&
  (e['assigned_to_id'] === null || isUuidText(e['assigned_to_id'])) &&
  (e['integration_id'] === undefined || e['integration_id'] === null || isUuidText(e['integration_id'])) &&
  (e['integration_result'] === undefined ||
    e['integration_result'] === null ||
    (isJsonObject(e['integration_result']) && fitsIntegrationResult(e['integration_result']))) &&
  (e['attachments'] === null || isListOf(e['attachments'], (item) => isJsonObject(item) && fitsAttachment(item))) &&
  (e['custom_fields'] === null || isJsonObject(e['custom_fields'])) &&
  (e['internal_notes'] === null || typeof e['internal_notes'] === 'string') &&
  (e['resolution_summary'] === null || typeof e['resolution_summary'] === 'string') &&
  (e['escalation_reason'] === null || typeof e['escalation_reason'] === 'string') &&
  (e['satisfaction_feedback'] === null || typeof e['satisfaction_feedback'] === 'string') &&
  (e['satisfaction_rating'] === null || Number.isFinite(e['satisfaction_rating'])) &&
  (e['first_response_at'] === null || typeof e['first_response_at'] === 'string') &&
  (e['resolved_at'] === null || typeof e['resolved_at'] === 'string') &&
  (e['closed_at'] === null || typeof e['closed_at'] === 'string') &&
  (e['sla_due_date'] === null || typeof e['sla_due_date'] === 'string') &&
  (e['escalated_at'] === null || typeof e['escalated_at'] === 'string') &&
  typeof e['last_activity_at'] === 'string' &&
  Number.isFinite(e['communication_count']) &&
  Number.isFinite(e['escalation_level']) &&
  (e['resolution_time_minutes'] === null || Number.isFinite(e['resolution_time_minutes'])) &&
  (e['resolution_time_hours'] === null || Number.isFinite(e['resolution_time_hours'])) &&
  typeof e['sla_breached'] === 'boolean' &&
  typeof e['is_overdue'] === 'boolean' &&
  typeof e['is_high_priority'] === 'boolean' &&
  typeof e['can_be_closed'] === 'boolean' &&
  Number.isFinite(e['age_in_hours']) &&
  (e['ai_analysis'] === null || (isJsonObject(e['ai_analysis']) && fitsTicketAnalysis(e['ai_analysis'])))

/** Whether an object has exactly the fields of its type, with values that fit: a fast check, which does not explain. */
export const readers: ReadonlyMap<JsonType, (entity: JsonObject) => boolean> = /* @__PURE__ */ new Map<
  JsonType,
  (entity: JsonObject) => boolean
>([
  [integration, fitsIntegration],
  [integrationSummary, fitsIntegrationSummary],
  [ticket, fitsTicket],
])
