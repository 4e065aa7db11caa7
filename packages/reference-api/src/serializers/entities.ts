import type {
  ActiveIntegration,
  Integration,
  IntegrationResult,
  IntegrationSummary,
  Ticket,
  User,
} from '@ai-ticket-creator/domain'
import { isOverdue, minutesToResolve } from '../ports/derived-fields.ts'
import type { IntegrationRow, TicketRow } from '../ports/rows.ts'
import { redactUserInfo, withoutUserInfo } from './user-info.ts'

/** The reply form of an integration, current generation (existing backend: integration replies). */
export function serializeIntegration(row: IntegrationRow, now: Date): Integration {
  return {
    ...base(row),
    base_url: withoutUserInfo(row.base_url),
    api_version: row.api_version,
    auth_type: row.auth_type,
    oauth_scopes: copy(row.oauth_scopes),
    health_info: {
      status: row.health_check_status ?? 'unknown',
      last_check: row.last_health_check_at,
      response_time_ms: null,
      error_message: redactUserInfo(row.health_check_error, row),
    },
    usage_stats: {
      total_requests: row.total_requests,
      successful_requests: row.successful_requests,
      failed_requests: row.failed_requests,
      success_rate: successRate(row),
      avg_response_time_ms: null,
      last_request_at: row.last_request_at,
      last_success_at: row.last_success_at,
      last_error_at: row.last_error_at,
    },
    default_priority: row.default_priority,
    supports_categories: copy(row.supports_categories),
    supports_priorities: copy(row.supports_priorities),
    // Validated on input: the values are strings.
    department_mapping: row.department_mapping as Record<string, string> | null,
    custom_fields_mapping: row.custom_fields_mapping as Record<string, string> | null,
    routing_rules: row.routing_rules,
    sync_enabled: row.sync_enabled,
    sync_frequency_minutes: row.sync_frequency_minutes,
    last_sync_at: row.last_sync_at,
    webhook_url: withoutUserInfo(row.webhook_url),
    rate_limit_per_hour: row.rate_limit_per_hour,
    current_hour_requests: requestsThisHour(row, now),
    rate_limit_reset_at: row.rate_limit_reset_at,
    notification_events: copy(row.notification_events),
    notification_channels: row.notification_channels,
    maintenance_window_start: row.maintenance_window_start,
    maintenance_window_end: row.maintenance_window_end,
    auto_disable_on_error: row.auto_disable_on_error,
    failure_threshold: row.failure_threshold,
    consecutive_failures: row.consecutive_failures,
    expires_at: row.expires_at,
    region: row.region,
    is_rate_limited: isRateLimited(row, now),
    is_expired: row.expires_at !== null && Date.parse(row.expires_at) <= now.getTime(),
    in_maintenance_window: inMaintenance(row, now),
    credentials_updated_at: row.credentials_updated_at,
  }
}

/** The list item of an integration, current generation (existing backend: integration replies). */
export function serializeIntegrationSummary(row: IntegrationRow, now: Date): IntegrationSummary {
  return {
    ...base(row),
    base_url: withoutUserInfo(row.base_url),
    auth_type: row.auth_type,
    default_priority: row.default_priority,
    sync_enabled: row.sync_enabled,
    last_health_check_at: row.last_health_check_at,
    health_check_status: row.health_check_status,
    total_requests: row.total_requests,
    success_rate: successRate(row),
    is_rate_limited: isRateLimited(row, now),
    in_maintenance_window: inMaintenance(row, now),
  }
}

/** The item of the list of active integrations (existing backend: active integrations). */
export function serializeActiveIntegration(row: IntegrationRow): ActiveIntegration {
  return {
    id: row.id,
    name: row.name,
    integration_category: row.integration_category,
    platform_name: row.platform_name,
    status: row.status,
    description: row.description,
    supports_categories: copy(row.supports_categories) ?? [],
    supports_priorities: copy(row.supports_priorities) ?? [],
    default_priority: row.default_priority,
    // The field has two values only; an integration that was never checked counts as healthy.
    health_status: row.health_check_status === 'unhealthy' ? 'error' : 'healthy',
    success_rate: successRate(row),
    last_successful_creation: row.last_success_at,
  }
}

const base = (row: IntegrationRow) => ({
  id: row.id,
  created_at: row.created_at,
  updated_at: row.updated_at,
  name: row.name,
  integration_category: row.integration_category,
  platform_name: row.platform_name,
  status: row.status,
  enabled: row.enabled,
  description: row.description,
  environment: row.environment,
  is_healthy: row.status === 'active' && row.health_check_status === 'healthy',
})

const copy = <T>(list: readonly T[] | null): T[] | null => (list === null ? null : [...list])

// Percent with two decimals; 0 before the first request.
const successRate = ({ total_requests: total, successful_requests: successful }: IntegrationRow): number =>
  total === 0 ? 0 : Math.round((successful / total) * 10_000) / 100

const isRateLimited = (row: IntegrationRow, now: Date): boolean =>
  row.rate_limit_per_hour !== null && requestsThisHour(row, now) >= row.rate_limit_per_hour

// The next request resets the counter. Until then, a count of a past hour is shown as 0.
const requestsThisHour = ({ current_hour_requests: count, rate_limit_reset_at: reset }: IntegrationRow, now: Date) =>
  reset !== null && Date.parse(reset) <= now.getTime() ? 0 : count

// HH:MM in UTC; a window may pass midnight.
function inMaintenance({ maintenance_window_start: start, maintenance_window_end: end }: IntegrationRow, now: Date) {
  if (start === null || end === null) return false
  const time = now.toISOString().slice(11, 16)
  return start <= end ? start <= time && time < end : start <= time || time < end
}

// A platform may return the URL with which it was called, including user and password.
const withPublicUrl = (result: IntegrationResult | null): IntegrationResult | null =>
  result === null || typeof result.external_ticket_url !== 'string'
    ? result
    : { ...result, external_ticket_url: withoutUserInfo(result.external_ticket_url) }

/** The reply form of a ticket, current generation (existing backend: ticket replies). */
export function serializeTicket(row: TicketRow, creator: User, now: Date): Ticket {
  const minutes = minutesToResolve(row)
  return {
    id: row.id,
    created_at: row.created_at,
    updated_at: row.updated_at,
    title: row.title,
    display_title: [...row.title].length > 100 ? `${[...row.title].slice(0, 100).join('')}...` : row.title,
    description: row.description,
    category: row.category,
    subcategory: row.subcategory,
    priority: row.priority,
    urgency: row.urgency,
    status: row.status,
    department: row.department,
    source_channel: row.source_channel,
    creator,
    assigned_to_id: row.assigned_to_id,
    integration_id: row.integration_id,
    integration_result: withPublicUrl(row.integration_result),
    attachments: copy(row.attachments),
    custom_fields: row.custom_fields,
    internal_notes: row.internal_notes,
    resolution_summary: row.resolution_summary,
    escalation_reason: row.escalation_reason,
    satisfaction_feedback: row.satisfaction_feedback,
    satisfaction_rating: row.satisfaction_rating,
    first_response_at: row.first_response_at,
    resolved_at: row.resolved_at,
    closed_at: row.closed_at,
    sla_due_date: row.sla_due_date,
    escalated_at: row.escalated_at,
    last_activity_at: row.last_activity_at,
    communication_count: row.communication_count,
    escalation_level: row.escalation_level,
    resolution_time_minutes: minutes,
    resolution_time_hours: minutes === null ? null : Math.round((minutes / 60) * 100) / 100,
    sla_breached: isOverdue(row, now),
    is_overdue: isOverdue(row, now),
    is_high_priority: row.priority === 'high' || row.priority === 'critical',
    can_be_closed: row.status === 'resolved' || row.status === 'pending',
    age_in_hours: Math.round(((now.getTime() - Date.parse(row.created_at)) / 3_600_000) * 100) / 100,
    ai_analysis: row.ai_analysis,
  }
}
