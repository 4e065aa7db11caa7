// Generated from the schemas in src/entities by npm run docs:update; test/compiled-documents.test.ts fails if this file differs.
import { AUTH_TYPES } from '../catalog/credentials.ts'
import { INTEGRATION_STATUSES } from '../catalog/integration-status.ts'
import { IntegrationCategory, PLATFORMS } from '../catalog/platforms.ts'
import {
  boolean,
  datetime,
  integer,
  list,
  nullable,
  nullish,
  number,
  object,
  oneOf,
  openEnum,
  optional,
  record,
  text,
  timestamp,
  unknown,
  url,
  uuid,
} from '../schema/json-type.ts'
import { TICKET_CATEGORIES, TICKET_PRIORITIES, TICKET_STATUSES } from './ticket-values.ts'

const attachment = object({ file_id: uuid })

export const integrationSummary = object({
  id: uuid,
  created_at: timestamp,
  updated_at: timestamp,
  name: text(),
  integration_category: openEnum(Object.values(IntegrationCategory)),
  platform_name: openEnum(PLATFORMS),
  status: openEnum(INTEGRATION_STATUSES),
  enabled: boolean,
  description: nullable(text()),
  environment: text(),
  is_healthy: boolean,
  base_url: nullable(text()),
  auth_type: openEnum(AUTH_TYPES),
  default_priority: number,
  sync_enabled: boolean,
  last_health_check_at: nullable(timestamp),
  health_check_status: nullable(text()),
  total_requests: number,
  success_rate: number,
  is_rate_limited: boolean,
  in_maintenance_window: boolean,
})

export const integration = object({
  id: uuid,
  created_at: timestamp,
  updated_at: timestamp,
  name: text(),
  integration_category: openEnum(Object.values(IntegrationCategory)),
  platform_name: openEnum(PLATFORMS),
  status: openEnum(INTEGRATION_STATUSES),
  enabled: boolean,
  description: nullable(text()),
  environment: text(),
  is_healthy: boolean,
  base_url: nullable(text()),
  api_version: nullable(text()),
  auth_type: openEnum(AUTH_TYPES),
  oauth_scopes: nullable(list(text())),
  health_info: object({
    status: text(),
    last_check: nullable(timestamp),
    response_time_ms: nullable(number),
    error_message: nullable(text()),
  }),
  usage_stats: object({
    total_requests: number,
    successful_requests: number,
    failed_requests: number,
    success_rate: number,
    avg_response_time_ms: nullable(number),
    last_request_at: nullable(timestamp),
    last_success_at: nullable(timestamp),
    last_error_at: nullable(timestamp),
  }),
  default_priority: number,
  supports_categories: nullable(list(text())),
  supports_priorities: nullable(list(text())),
  department_mapping: nullable(record(text())),
  custom_fields_mapping: nullable(record(text())),
  routing_rules: nullable(record(unknown)),
  sync_enabled: boolean,
  sync_frequency_minutes: number,
  last_sync_at: nullable(timestamp),
  webhook_url: nullable(text()),
  rate_limit_per_hour: nullable(number),
  current_hour_requests: number,
  rate_limit_reset_at: nullable(timestamp),
  notification_events: nullable(list(text())),
  notification_channels: nullable(record(unknown)),
  maintenance_window_start: nullable(text()),
  maintenance_window_end: nullable(text()),
  auto_disable_on_error: boolean,
  failure_threshold: number,
  consecutive_failures: number,
  expires_at: nullable(timestamp),
  region: nullable(text()),
  is_rate_limited: boolean,
  is_expired: boolean,
  in_maintenance_window: boolean,
  credentials_updated_at: nullish(timestamp),
})

export const integrationList = list(integrationSummary)

export const integrationTestResult = object({
  test_type: text(),
  success: boolean,
  response_time_ms: number,
  details: record(unknown),
  error_message: nullable(text()),
  suggestions: nullable(list(text())),
  activation_triggered: nullish(boolean),
  previous_status: nullish(text()),
  new_status: nullish(text()),
})

export const integrationSyncResult = object({
  sync_id: text(),
  sync_type: text(),
  direction: text(),
  started_at: timestamp,
  completed_at: nullable(timestamp),
  status: text(),
  records_processed: number,
  records_created: number,
  records_updated: number,
  records_failed: number,
  errors: list(record(unknown)),
  dry_run: boolean,
})

export const integrationActivation = object({
  message: text(),
  integration_id: text(),
  integration_name: text(),
  previous_status: text(),
  new_status: text(),
  activation_method: text(),
})

export const activeIntegration = object({
  id: uuid,
  name: text(),
  integration_category: openEnum(Object.values(IntegrationCategory)),
  platform_name: openEnum(PLATFORMS),
  status: openEnum(INTEGRATION_STATUSES),
  description: nullable(text()),
  supports_categories: list(text()),
  supports_priorities: list(text()),
  default_priority: number,
  health_status: text(),
  success_rate: number,
  last_successful_creation: nullable(timestamp),
})

export const activeIntegrationList = list(activeIntegration)

export const integrationFieldList = object({
  integration_name: text(),
  integration_category: openEnum(Object.values(IntegrationCategory)),
  platform_name: openEnum(PLATFORMS),
  total_fields: number,
  fields: list(record(unknown)),
})

export const deletedIntegration = object({ message: text() })

export const createIntegrationBody = object({
  enabled: optional(boolean),
  description: nullish(text()),
  base_url: nullish(url),
  api_version: nullish(text(0, 20)),
  credentials: optional(record(unknown)),
  oauth_scopes: nullish(list(text())),
  routing_rules: nullish(record(unknown)),
  default_priority: optional(integer(1, 1000)),
  supports_categories: nullish(list(text())),
  supports_priorities: nullish(list(text())),
  department_mapping: nullish(record(text())),
  custom_fields_mapping: nullish(record(text())),
  webhook_url: nullish(url),
  webhook_secret: nullish(text(0, 255)),
  sync_enabled: optional(boolean),
  sync_frequency_minutes: optional(integer(1, 1440)),
  rate_limit_per_hour: nullish(integer(1, 2147483647)),
  notification_events: nullish(list(text())),
  notification_channels: nullish(record(unknown)),
  environment: optional(text(1, 50)),
  region: nullish(text(0, 50)),
  name: text(1, 255),
  integration_category: optional(oneOf(Object.values(IntegrationCategory))),
  platform_name: oneOf(PLATFORMS),
  auth_type: optional(oneOf(AUTH_TYPES)),
})

export const updateIntegration = object({
  enabled: optional(boolean),
  description: nullish(text()),
  base_url: nullish(url),
  api_version: nullish(text(0, 20)),
  credentials: optional(record(unknown)),
  oauth_scopes: nullish(list(text())),
  routing_rules: nullish(record(unknown)),
  default_priority: optional(integer(1, 1000)),
  supports_categories: nullish(list(text())),
  supports_priorities: nullish(list(text())),
  department_mapping: nullish(record(text())),
  custom_fields_mapping: nullish(record(text())),
  webhook_url: nullish(url),
  webhook_secret: nullish(text(0, 255)),
  sync_enabled: optional(boolean),
  sync_frequency_minutes: optional(integer(1, 1440)),
  rate_limit_per_hour: nullish(integer(1, 2147483647)),
  notification_events: nullish(list(text())),
  notification_channels: nullish(record(unknown)),
  environment: optional(text(1, 50)),
  region: nullish(text(0, 50)),
  name: optional(text(1, 255)),
})

export const setIntegrationStatus = object({ enabled: boolean, reason: nullish(text(0, 500)) })

export const testIntegration = object({
  test_types: optional(
    list(oneOf(['connection', 'authentication', 'create_ticket', 'search', 'webhook', 'project_access']), 1),
  ),
  test_data: nullish(record(unknown)),
  auto_activate_on_success: optional(boolean),
})

export const syncIntegration = object({
  sync_type: oneOf(['full', 'incremental', 'test']),
  direction: optional(oneOf(['inbound', 'outbound', 'bidirectional'])),
  dry_run: optional(boolean),
  filters: nullish(record(unknown)),
})

export const listIntegrations = object({
  integration_category: optional(oneOf(Object.values(IntegrationCategory))),
  platform_name: optional(oneOf(PLATFORMS)),
  integration_status: optional(oneOf(INTEGRATION_STATUSES)),
  enabled: optional(boolean),
  name: optional(text()),
  sort_by: optional(oneOf(['created_at', 'updated_at', 'name', 'status', 'last_request_at', 'total_requests'])),
  sort_order: optional(oneOf(['asc', 'desc'])),
  offset: optional(integer(0)),
  limit: optional(integer(1, 100)),
  cursor: optional(text(1, 5000)),
})

export const retrieveIntegration = object({ include_stats: optional(boolean) })

export const listActiveIntegrations = object({
  integration_category: optional(oneOf(Object.values(IntegrationCategory))),
  platform_name: optional(oneOf(PLATFORMS)),
  supports_category: optional(text()),
})

export const listIntegrationFields = object({ field_type: optional(text()), search: optional(text()) })

export const user = object({
  id: uuid,
  email: text(),
  full_name: nullable(text()),
  display_name: text(),
  avatar_url: nullable(text()),
})

const ticketAnalysis = object({
  confidence_score: nullable(number),
  reasoning: nullable(text()),
  tags: nullable(list(text())),
  keywords: nullable(list(text())),
  similar_patterns: nullable(list(text())),
  sentiment: nullable(text()),
  business_impact: nullable(text()),
})

const integrationResult = object({
  success: boolean,
  outcome: optional(text()),
  integration_id: nullish(text()),
  platform_name: nullish(openEnum(PLATFORMS)),
  external_ticket_id: nullish(text()),
  external_ticket_url: nullish(text()),
  error_message: nullish(text()),
  response: nullish(record(unknown)),
})

export const ticket = object({
  id: uuid,
  created_at: timestamp,
  updated_at: timestamp,
  title: text(),
  display_title: text(),
  description: text(),
  category: openEnum(TICKET_CATEGORIES),
  subcategory: nullable(text()),
  priority: openEnum(TICKET_PRIORITIES),
  urgency: openEnum(TICKET_PRIORITIES),
  status: openEnum(TICKET_STATUSES),
  department: nullable(text()),
  source_channel: text(),
  creator: user,
  assigned_to_id: nullable(uuid),
  integration_id: nullish(uuid),
  integration_result: nullish(integrationResult),
  attachments: nullable(list(attachment)),
  custom_fields: nullable(record(unknown)),
  internal_notes: nullable(text()),
  resolution_summary: nullable(text()),
  escalation_reason: nullable(text()),
  satisfaction_feedback: nullable(text()),
  satisfaction_rating: nullable(number),
  first_response_at: nullable(timestamp),
  resolved_at: nullable(timestamp),
  closed_at: nullable(timestamp),
  sla_due_date: nullable(timestamp),
  escalated_at: nullable(timestamp),
  last_activity_at: timestamp,
  communication_count: number,
  escalation_level: number,
  resolution_time_minutes: nullable(number),
  resolution_time_hours: nullable(number),
  sla_breached: boolean,
  is_overdue: boolean,
  is_high_priority: boolean,
  can_be_closed: boolean,
  age_in_hours: number,
  ai_analysis: nullable(ticketAnalysis),
})

export const ticketPage = object({
  items: list(ticket),
  total: number,
  page: number,
  size: number,
  pages: number,
  has_next: boolean,
  has_prev: boolean,
})

export const ticketWithAnalysis = object({
  ticket: ticket,
  ai_analysis: ticketAnalysis,
  confidence_score: number,
  suggested_actions: list(text()),
  file_analysis_summary: nullable(text()),
})

export const ticketStats = object({
  total_tickets: number,
  open_tickets: number,
  resolved_tickets: number,
  overdue_tickets: number,
  high_priority_tickets: number,
  avg_resolution_time_hours: nullable(number),
  avg_first_response_time_hours: nullable(number),
  satisfaction_score: nullable(number),
  category_distribution: record(number),
  priority_distribution: record(number),
  status_distribution: record(number),
})

export const attachmentList = list(attachment)

export const createTicket = object({
  title: text(1, 500),
  description: text(1),
  category: optional(oneOf(TICKET_CATEGORIES)),
  priority: nullish(oneOf(TICKET_PRIORITIES)),
  urgency: optional(oneOf(TICKET_PRIORITIES)),
  department: nullish(text(0, 100)),
  assigned_to_id: nullish(uuid),
  integration_id: nullish(uuid),
  create_externally: optional(boolean),
  custom_fields: nullish(record(unknown)),
  attachments: nullish(list(attachment)),
})

export const replaceTicket = object({
  title: optional(text(1, 500)),
  description: optional(text(1)),
  category: optional(oneOf(TICKET_CATEGORIES)),
  priority: optional(oneOf(TICKET_PRIORITIES)),
  urgency: optional(oneOf(TICKET_PRIORITIES)),
  status: optional(oneOf(TICKET_STATUSES)),
  department: nullish(text(0, 100)),
  assigned_to_id: nullish(uuid),
  integration_id: nullish(uuid),
  custom_fields: nullish(record(unknown)),
  internal_notes: nullish(text()),
  resolution_summary: nullish(text()),
  attachments: nullish(list(attachment)),
})

export const updateTicket = object({
  title: optional(text(1, 500)),
  description: optional(text(1)),
  status: optional(oneOf(TICKET_STATUSES)),
  priority: optional(oneOf(TICKET_PRIORITIES)),
  category: optional(oneOf(TICKET_CATEGORIES)),
  assigned_to_id: nullish(uuid),
  assignment_reason: nullish(text(0, 500)),
  department: nullish(text(0, 100)),
  due_date: nullish(datetime),
  tags: nullish(list(text())),
  custom_fields: nullish(record(unknown)),
  internal_notes: nullish(text()),
  resolution_summary: nullish(text()),
  attachments: nullish(list(attachment)),
})

export const setTicketStatus = object({
  status: oneOf(TICKET_STATUSES),
  resolution_summary: nullish(text()),
  internal_notes: nullish(text()),
})

export const assignTicket = object({ assigned_to_id: nullish(uuid), reason: nullish(text(0, 500)) })

export const createTicketWithAi = object({
  user_input: text(1),
  uploaded_files: nullish(list(uuid)),
  conversation_context: nullish(list(record(unknown))),
  user_preferences: nullish(record(unknown)),
  integration_id: nullish(uuid),
})

export const addAttachments = object({ attachments: list(attachment, 1) })

export const listTickets = object({
  q: optional(text()),
  status: optional(list(oneOf(TICKET_STATUSES))),
  category: optional(list(oneOf(TICKET_CATEGORIES))),
  priority: optional(list(oneOf(TICKET_PRIORITIES))),
  urgency: optional(list(oneOf(TICKET_PRIORITIES))),
  tags: optional(list(text())),
  department: optional(text()),
  created_by_id: optional(uuid),
  assigned_to_id: optional(uuid),
  integration_id: optional(uuid),
  created_after: optional(datetime),
  created_before: optional(datetime),
  updated_after: optional(datetime),
  updated_before: optional(datetime),
  resolved_after: optional(datetime),
  resolved_before: optional(datetime),
  is_overdue: optional(boolean),
  has_attachments: optional(boolean),
  escalation_level: optional(integer()),
  satisfaction_rating: optional(integer()),
  source_channel: optional(text()),
  sort_by: optional(
    oneOf(['created_at', 'updated_at', 'title', 'priority', 'status', 'last_activity_at', 'resolution_time_minutes']),
  ),
  sort_order: optional(oneOf(['asc', 'desc'])),
  page: optional(integer(1)),
  size: optional(integer(1, 100)),
  cursor: optional(text(1, 5000)),
})

export const retrieveTicket = object({ include_ai_data: optional(boolean), include_internal: optional(boolean) })
