import type { CreateIntegrationBody, CreateTicket, IntegrationCategory } from '@ai-ticket-creator/domain'
import { NEW_INTEGRATION, NEW_TICKET } from '@ai-ticket-creator/domain/internal'
import type { IntegrationRow, TicketRow } from '../ports/rows.ts'
import { dedupeAttachments } from '../store/dedupe-attachments.ts'
import { applyTransition, nothingDue } from './apply-transition.ts'

/** The values of a new row that are not in the body. */
export interface Origin {
  readonly id: string
  readonly organizationId: string
  /** The current time, in wire format. */
  readonly at: string
}

// Long because the row has many fields, each written once.
/** The row of a new integration, with the defaults of absent fields (existing backend: create an integration). */
export function newIntegration(
  body: CreateIntegrationBody,
  category: IntegrationCategory,
  { id, organizationId, at }: Origin,
): IntegrationRow {
  const row: IntegrationRow = {
    id,
    organization_id: organizationId,
    version: 1,
    revision: 1,
    created_at: at,
    updated_at: at,
    deleted_at: null,
    name: body.name,
    integration_category: category,
    platform_name: body.platform_name,
    status: 'inactive',
    enabled: false,
    description: body.description ?? null,
    environment: body.environment ?? NEW_INTEGRATION.environment,
    region: body.region ?? null,
    base_url: body.base_url ?? null,
    api_version: body.api_version ?? null,
    auth_type: body.auth_type ?? NEW_INTEGRATION.auth_type,
    credentials: body.credentials ?? null,
    credentials_updated_at: body.credentials === undefined ? null : at,
    oauth_scopes: body.oauth_scopes ?? null,
    default_priority: body.default_priority ?? NEW_INTEGRATION.default_priority,
    supports_categories: body.supports_categories ?? null,
    supports_priorities: body.supports_priorities ?? null,
    department_mapping: body.department_mapping ?? null,
    custom_fields_mapping: body.custom_fields_mapping ?? null,
    routing_rules: body.routing_rules ?? null,
    sync_enabled: body.sync_enabled ?? NEW_INTEGRATION.sync_enabled,
    sync_frequency_minutes: body.sync_frequency_minutes ?? NEW_INTEGRATION.sync_frequency_minutes,
    last_sync_at: null,
    webhook_url: body.webhook_url ?? null,
    webhook_secret: body.webhook_secret ?? null,
    rate_limit_per_hour: body.rate_limit_per_hour ?? null,
    current_hour_requests: 0,
    rate_limit_reset_at: null,
    notification_events: body.notification_events ?? null,
    notification_channels: body.notification_channels ?? null,
    health_check_status: null,
    health_check_error: null,
    last_health_check_at: null,
    total_requests: 0,
    successful_requests: 0,
    failed_requests: 0,
    last_request_at: null,
    last_success_at: null,
    last_error_at: null,
    last_error_message: null,
    maintenance_window_start: null,
    maintenance_window_end: null,
    auto_disable_on_error: NEW_INTEGRATION.auto_disable_on_error,
    failure_threshold: NEW_INTEGRATION.failure_threshold,
    consecutive_failures: 0,
    expires_at: null,
    ...nothingDue,
  }
  return body.enabled === false ? row : applyTransition(row, 'enable', at)
}

/** The row of a new ticket, with the defaults of absent fields (existing backend: create a ticket). */
export function newTicket(body: CreateTicket, createdBy: string, { id, organizationId, at }: Origin): TicketRow {
  return {
    id,
    organization_id: organizationId,
    version: 1,
    created_at: at,
    updated_at: at,
    deleted_at: null,
    title: body.title,
    description: body.description,
    category: body.category ?? NEW_TICKET.category,
    subcategory: null,
    priority: body.priority ?? NEW_TICKET.priority,
    urgency: body.urgency ?? NEW_TICKET.urgency,
    status: NEW_TICKET.status,
    department: body.department ?? null,
    source_channel: NEW_TICKET.source_channel,
    created_by_id: createdBy,
    assigned_to_id: body.assigned_to_id?.toLowerCase() ?? null,
    assignment_reason: null,
    integration_id: body.integration_id?.toLowerCase() ?? null,
    integration_result: null,
    attachments: body.attachments ? dedupeAttachments(body.attachments) : null,
    custom_fields: body.custom_fields ?? null,
    ai_analysis: null,
    internal_notes: null,
    resolution_summary: null,
    tags: [],
    first_response_at: null,
    resolved_at: null,
    closed_at: null,
    sla_due_date: null,
    escalated_at: null,
    escalation_reason: null,
    escalation_level: 0,
    last_activity_at: at,
    communication_count: 0,
    satisfaction_rating: null,
    satisfaction_feedback: null,
  }
}
