import type {
  Integration,
  IntegrationEffect,
  IntegrationResult,
  JsonObject,
  Ticket,
  TicketAnalysis,
} from '@ai-ticket-creator/domain'

// The enum fields of rows are open, as in replies: another version of the service may have written them.

// Numbers in JSON fields that JavaScript cannot hold are raw JSON (`JSON.rawJSON`). `JSON.stringify` writes their digits; a
// store that reads such a column back uses `JSON.parse` with the source text, or the digits are lost.

/** An integration as it is stored. Times are ISO 8601 with microseconds and `Z`. */
export interface IntegrationRow {
  readonly id: string
  readonly organization_id: string
  /** Number of writes, from 1. */
  readonly version: number
  /** Number of changes of settings and status, from 1, sent as the `ETag`. Counters and results of checks do not change it. */
  readonly revision: number
  readonly created_at: string
  readonly updated_at: string
  /** null while it is not deleted. */
  readonly deleted_at: string | null

  readonly name: string
  readonly integration_category: Integration['integration_category']
  readonly platform_name: Integration['platform_name']
  readonly status: Integration['status']
  readonly enabled: boolean
  readonly description: string | null
  readonly environment: string
  readonly region: string | null

  readonly base_url: string | null
  readonly api_version: string | null
  readonly auth_type: Integration['auth_type']
  /** Never in a reply. */
  readonly credentials: JsonObject | null
  readonly credentials_updated_at: string | null
  readonly oauth_scopes: readonly string[] | null

  readonly default_priority: number
  readonly supports_categories: readonly string[] | null
  readonly supports_priorities: readonly string[] | null
  readonly department_mapping: JsonObject | null
  readonly custom_fields_mapping: JsonObject | null
  readonly routing_rules: JsonObject | null

  readonly sync_enabled: boolean
  readonly sync_frequency_minutes: number
  readonly last_sync_at: string | null

  readonly webhook_url: string | null
  /** Never in a reply. */
  readonly webhook_secret: string | null
  readonly rate_limit_per_hour: number | null
  readonly current_hour_requests: number
  readonly rate_limit_reset_at: string | null
  readonly notification_events: readonly string[] | null
  readonly notification_channels: JsonObject | null

  readonly health_check_status: string | null
  readonly health_check_error: string | null
  readonly last_health_check_at: string | null
  readonly total_requests: number
  readonly successful_requests: number
  readonly failed_requests: number
  readonly last_request_at: string | null
  readonly last_success_at: string | null
  readonly last_error_at: string | null
  readonly last_error_message: string | null

  readonly maintenance_window_start: string | null
  readonly maintenance_window_end: string | null
  readonly auto_disable_on_error: boolean
  readonly failure_threshold: number
  readonly consecutive_failures: number
  readonly expires_at: string | null
  /** When the checks in `due_checks` are to run; null for none. */
  readonly checks_due_at: string | null
  readonly due_checks: readonly IntegrationEffect[]
}

/** A ticket as it is stored. */
export interface TicketRow {
  readonly id: string
  readonly organization_id: string
  /** Number of writes, from 1. */
  readonly version: number
  readonly created_at: string
  readonly updated_at: string
  /** null while it is not deleted. */
  readonly deleted_at: string | null

  readonly title: string
  readonly description: string
  readonly category: Ticket['category']
  readonly subcategory: string | null
  readonly priority: Ticket['priority']
  readonly urgency: Ticket['urgency']
  readonly status: Ticket['status']
  readonly department: string | null
  readonly source_channel: string
  readonly created_by_id: string
  readonly assigned_to_id: string | null
  /** Why the assignee was chosen. Not in replies. */
  readonly assignment_reason: string | null
  readonly integration_id: string | null
  readonly integration_result: IntegrationResult | null
  readonly attachments: readonly { readonly file_id: string }[] | null
  readonly custom_fields: JsonObject | null
  readonly ai_analysis: TicketAnalysis | null
  readonly internal_notes: string | null
  readonly resolution_summary: string | null
  /** Used by the list filter. Not in replies. */
  readonly tags: readonly string[]

  readonly first_response_at: string | null
  readonly resolved_at: string | null
  readonly closed_at: string | null
  /** Set by `due_date` of a request. */
  readonly sla_due_date: string | null
  readonly escalated_at: string | null
  readonly escalation_reason: string | null
  readonly escalation_level: number
  readonly last_activity_at: string
  readonly communication_count: number
  readonly satisfaction_rating: number | null
  readonly satisfaction_feedback: string | null
}
