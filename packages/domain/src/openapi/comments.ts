// Made from the JSDoc of the entities by npm run docs:update.

/** The comment of each field, by interface and field. */
export const fieldComments: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "IntegrationBase": {
    "enabled": "Whether tickets may be filed with it.",
    "is_healthy": "Active, and the last health check passed."
  },
  "IntegrationSummary": {
    "enabled": "Whether tickets may be filed with it.",
    "is_healthy": "Active, and the last health check passed.",
    "success_rate": "0 to 100."
  },
  "Integration": {
    "enabled": "Whether tickets may be filed with it.",
    "is_healthy": "Active, and the last health check passed.",
    "maintenance_window_start": "HH:MM, UTC.",
    "maintenance_window_end": "HH:MM, UTC.",
    "credentials_updated_at": "When the credentials were last written; null if there are none. The existing backend does not send it."
  },
  "IntegrationTestResult": {
    "test_type": "The types that were tested, joined with `, `."
  },
  "ActiveIntegration": {
    "health_status": "`healthy` or `error`."
  },
  "IntegrationSettings": {
    "enabled": "Whether tickets may be filed with it; the status follows by itself. Default on create: true.",
    "base_url": "Where the platform's account lives, such as `https://acme.atlassian.net`. At most 500 characters.",
    "api_version": "At most 20 characters.",
    "credentials": "Write-only: no reply shows them. The platform and the auth type determine the keys.",
    "default_priority": "1 to 1000; lower is preferred. Default on create: 100.",
    "webhook_url": "At most 500 characters.",
    "webhook_secret": "Write-only.",
    "sync_enabled": "Default on create: false.",
    "sync_frequency_minutes": "1 to 1440. Default on create: 60.",
    "rate_limit_per_hour": "At least 1; null for no limit.",
    "environment": "At most 50 characters. Default on create: `production`.",
    "region": "At most 50 characters."
  },
  "CreateIntegrationBody": {
    "enabled": "Whether tickets may be filed with it; the status follows by itself. Default on create: true.",
    "base_url": "Where the platform's account lives, such as `https://acme.atlassian.net`. At most 500 characters.",
    "api_version": "At most 20 characters.",
    "credentials": "Write-only: no reply shows them. The platform and the auth type determine the keys.",
    "default_priority": "1 to 1000; lower is preferred. Default on create: 100.",
    "webhook_url": "At most 500 characters.",
    "webhook_secret": "Write-only.",
    "sync_enabled": "Default on create: false.",
    "sync_frequency_minutes": "1 to 1440. Default on create: 60.",
    "rate_limit_per_hour": "At least 1; null for no limit.",
    "environment": "At most 50 characters. Default on create: `production`.",
    "region": "At most 50 characters.",
    "name": "Not blank, at most 255 characters. Names are not unique.",
    "integration_category": "Follows from the platform; if given, it must be the platform's.",
    "auth_type": "Default: `api_key`."
  },
  "UpdateIntegration": {
    "enabled": "Whether tickets may be filed with it; the status follows by itself. Default on create: true.",
    "base_url": "Where the platform's account lives, such as `https://acme.atlassian.net`. At most 500 characters.",
    "api_version": "At most 20 characters.",
    "credentials": "Write-only: no reply shows them. The platform and the auth type determine the keys.",
    "default_priority": "1 to 1000; lower is preferred. Default on create: 100.",
    "webhook_url": "At most 500 characters.",
    "webhook_secret": "Write-only.",
    "sync_enabled": "Default on create: false.",
    "sync_frequency_minutes": "1 to 1440. Default on create: 60.",
    "rate_limit_per_hour": "At least 1; null for no limit.",
    "environment": "At most 50 characters. Default on create: `production`.",
    "region": "At most 50 characters.",
    "name": "Not blank, at most 255 characters."
  },
  "SetIntegrationStatus": {
    "reason": "Stored as the last error message when disabling."
  },
  "TestIntegration": {
    "test_types": "Default: `connection` and `authentication`. Not empty.",
    "auto_activate_on_success": "Default: true."
  },
  "SyncIntegration": {
    "direction": "Default: `bidirectional`.",
    "dry_run": "Default: false."
  },
  "IntegrationFilters": {
    "name": "Part of the name, case-insensitive.",
    "sort_by": "Default: `created_at`.",
    "sort_order": "Default: `desc`."
  },
  "ListIntegrations": {
    "name": "Part of the name, case-insensitive.",
    "sort_by": "Default: `created_at`.",
    "sort_order": "Default: `desc`.",
    "offset": "Rows to skip. Default: 0.",
    "limit": "Rows per page, 1 to 100. Default: 20.",
    "cursor": "From `Link: rel=\"next\"`, where the backend announces `cursor`. It replaces `offset`."
  },
  "RetrieveIntegration": {
    "include_stats": "Accepted, no effect on the body."
  },
  "ListActiveIntegrations": {
    "supports_category": "Only integrations that support this ticket category, or all."
  },
  "ListIntegrationFields": {
    "field_type": "`custom`, `system`, or all.",
    "search": "Part of a field's name, case-insensitive."
  },
  "IntegrationResult": {
    "outcome": "`unknown` when the platform did not answer in time: the ticket may or may not exist there."
  },
  "Ticket": {
    "display_title": "The title, cut off after 100 characters with `...`.",
    "integration_id": "The integration that the ticket was filed with. The existing backend does not send it."
  },
  "TicketPage": {
    "pages": "ceil(total / size); 0 when empty."
  },
  "CreateTicket": {
    "title": "Not blank, at most 500 characters.",
    "description": "Not blank.",
    "category": "Default: `general`.",
    "priority": "Default, and for null: `medium`.",
    "urgency": "Default: `medium`.",
    "department": "At most 100 characters.",
    "integration_id": "The integration that files the ticket on its platform; it must be active. Absent: the ticket is internal.",
    "create_externally": "Whether the ticket is filed on the integration's platform. Default: true."
  },
  "ReplaceTicket": {
    "title": "Not blank, at most 500 characters.",
    "department": "At most 100 characters."
  },
  "UpdateTicket": {
    "title": "Not blank, at most 500 characters, as on create.",
    "assigned_to_id": "`null` removes the assignee.",
    "assignment_reason": "At most 500 characters.",
    "department": "At most 100 characters.",
    "resolution_summary": "Required when the status becomes `resolved` or `closed`."
  },
  "SetTicketStatus": {
    "resolution_summary": "Required for `resolved` and `closed`."
  },
  "AssignTicket": {
    "reason": "At most 500 characters."
  },
  "CreateTicketWithAi": {
    "user_input": "The text to create the ticket from. Not blank."
  },
  "TicketFilters": {
    "q": "Part of title or description, case-insensitive.",
    "tags": "Tickets that have all of these.",
    "department": "Exact match.",
    "sort_by": "Default: `created_at`.",
    "sort_order": "Default: `desc`."
  },
  "ListTickets": {
    "q": "Part of title or description, case-insensitive.",
    "tags": "Tickets that have all of these.",
    "department": "Exact match.",
    "sort_by": "Default: `created_at`.",
    "sort_order": "Default: `desc`.",
    "page": "1-based. Default: 1.",
    "size": "Rows per page, 1 to 100. Default: 20.",
    "cursor": "From `Link: rel=\"next\"`, where the backend announces `cursor`. It replaces `page`."
  },
  "RetrieveTicket": {
    "include_ai_data": "Accepted, no effect on the body.",
    "include_internal": "Accepted, no effect on the body."
  }
}
