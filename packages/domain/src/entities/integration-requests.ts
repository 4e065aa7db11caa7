import * as z from 'zod/mini'
import { AUTH_TYPES, type AuthType } from '../catalog/credentials.ts'
import { INTEGRATION_STATUSES, type IntegrationStatus } from '../catalog/integration-status.ts'
import { IntegrationCategory, PLATFORMS, type Platform } from '../catalog/platforms.ts'
import {
  integer,
  jsonObject,
  maybe,
  type OutputOf,
  openWord,
  type Schema,
  text,
  textMap,
  timestamp,
  uuid,
  webAddress,
} from '../schema/schema.ts'
import type { UnknownCategory, UnknownPlatform, UnknownStatus } from '../schema/unknown-values.ts'

// Requests: CONTRACT §2.1–§2.5.

const CATEGORIES = Object.values(IntegrationCategory)

const settingsShape = {
  /** Whether tickets may be filed with it; the status follows by itself. Default on create: true. */
  enabled: z.optional(z.boolean()),
  description: maybe(text()),
  /** Where the platform's account lives, such as `https://acme.atlassian.net`. At most 500 characters. */
  base_url: maybe(webAddress()),
  /** At most 20 characters. */
  api_version: maybe(text({ max: 20 })),
  /** Write-only: no reply shows them. The keys follow from platform and auth type. */
  credentials: z.optional(jsonObject()),
  oauth_scopes: maybe(z.array(z.string())),
  routing_rules: maybe(jsonObject()),
  /** 1 to 1000; lower is preferred. Default on create: 100. */
  default_priority: z.optional(integer({ min: 1, max: 1000 })),
  supports_categories: maybe(z.array(z.string())),
  supports_priorities: maybe(z.array(z.string())),
  department_mapping: maybe(textMap()),
  custom_fields_mapping: maybe(textMap()),
  /** At most 500 characters. */
  webhook_url: maybe(webAddress()),
  /** Write-only. */
  webhook_secret: maybe(text({ max: 255 })),
  /** Default on create: false. */
  sync_enabled: z.optional(z.boolean()),
  /** 1 to 1440. Default on create: 60. */
  sync_frequency_minutes: z.optional(integer({ min: 1, max: 1440 })),
  /** At least 1; null for no limit. */
  rate_limit_per_hour: maybe(integer({ min: 1, max: 2_147_483_647 })),
  notification_events: maybe(z.array(z.string())),
  notification_channels: maybe(jsonObject()),
  /** At most 50 characters. Default on create: `production`. */
  environment: z.optional(text({ min: 1, max: 50 })),
  /** At most 50 characters. */
  region: maybe(text({ max: 50 })),
}

/** What can be set on create and changed later. Absent means: leave alone. `null` clears. */
export interface IntegrationSettings extends OutputOf<typeof settingsShape> {}
const IntegrationSettings = z.object(settingsShape)

const createShape = {
  /** Not blank, at most 255 characters. Names are not unique. */
  name: text({ min: 1, max: 255 }),
  /** Follows from the platform; when given, it has to be the platform's. */
  integration_category: z.optional(z.enum(IntegrationCategory)),
  platform_name: z.enum(PLATFORMS),
  /** Default: `api_key`. */
  auth_type: z.optional(z.enum(AUTH_TYPES)),
}

/** The body of a create as it is checked at run time. `CreateIntegration` is its strict type, a member per platform. */
export interface CreateIntegrationBody extends IntegrationSettings, OutputOf<typeof createShape> {}
export const CreateIntegrationBody: Schema<CreateIntegrationBody> = z.extend(IntegrationSettings, createShape)

const updateShape = {
  /** Not blank, at most 255 characters. */
  name: z.optional(text({ min: 1, max: 255 })),
}

/** The body of an update: absent fields are left alone, `null` clears where a field is nullable. */
export interface UpdateIntegration extends IntegrationSettings, OutputOf<typeof updateShape> {}
export const UpdateIntegration: Schema<UpdateIntegration> = z.extend(IntegrationSettings, updateShape)

const statusShape = {
  enabled: z.boolean(),
  /** Kept as the last error message when disabling. */
  reason: maybe(text({ max: 500 })),
}

/** The body of a status change. */
export interface SetIntegrationStatus extends OutputOf<typeof statusShape> {}
export const SetIntegrationStatus: Schema<SetIntegrationStatus> = z.object(statusShape)

/** What a test of an integration can try. */
export const INTEGRATION_TEST_TYPES = [
  'connection',
  'authentication',
  'create_ticket',
  'search',
  'webhook',
  'project_access',
] as const
export type IntegrationTestType = (typeof INTEGRATION_TEST_TYPES)[number]

const testShape = {
  /** Default: `connection` and `authentication`. Not empty. */
  test_types: z.optional(z.array(z.enum(INTEGRATION_TEST_TYPES)).check(z.minLength(1))),
  test_data: maybe(jsonObject()),
  /** Default: true. */
  auto_activate_on_success: z.optional(z.boolean()),
}

/** The body of a test; `{}` is valid. */
export interface TestIntegration extends OutputOf<typeof testShape> {}
export const TestIntegration: Schema<TestIntegration> = z.object(testShape)

const syncShape = {
  sync_type: z.enum(['full', 'incremental', 'test']),
  /** Default: `bidirectional`. */
  direction: z.optional(z.enum(['inbound', 'outbound', 'bidirectional'])),
  /** Default: false. */
  dry_run: z.optional(z.boolean()),
  filters: maybe(jsonObject()),
}

/** The body of a synchronisation. */
export interface SyncIntegration extends OutputOf<typeof syncShape> {}
export const SyncIntegration: Schema<SyncIntegration> = z.object(syncShape)

// Queries: CONTRACT §1.1.

/** The columns that integrations can be sorted by. */
export const INTEGRATION_SORT_KEYS = [
  'created_at',
  'updated_at',
  'name',
  'status',
  'last_request_at',
  'total_requests',
] as const

const filtersShape = {
  integration_category: z.optional(z.enum(IntegrationCategory)),
  platform_name: z.optional(z.enum(PLATFORMS)),
  integration_status: z.optional(z.enum(INTEGRATION_STATUSES)),
  enabled: z.optional(z.boolean()),
  /** Part of the name, case-insensitive. */
  name: z.optional(z.string()),
  /** Default: `created_at`. */
  sort_by: z.optional(z.enum(INTEGRATION_SORT_KEYS)),
  /** Default: `desc`. */
  sort_order: z.optional(z.enum(['asc', 'desc'])),
}

/** Which integrations a list shows, and in which order. */
export interface IntegrationFilters extends OutputOf<typeof filtersShape> {}
const IntegrationFilters = z.object(filtersShape)

const pageShape = {
  /** Rows to pass over. Default: 0. */
  offset: z.optional(integer({ min: 0 })),
  /** Rows a page, 1 to 100. Default: 20. */
  limit: z.optional(integer({ min: 1, max: 100 })),
  /** From `Link: rel="next"`, where the backend announces `cursor`. It stands for `offset`. */
  cursor: z.optional(text({ min: 1, max: 5000 })),
}

/** The query of a list of integrations. */
export interface ListIntegrations extends IntegrationFilters, OutputOf<typeof pageShape> {}
export const ListIntegrations: Schema<ListIntegrations> = z.extend(IntegrationFilters, pageShape)

const retrieveShape = {
  /** Accepted, no effect on the body. */
  include_stats: z.optional(z.boolean()),
}
export interface RetrieveIntegration extends OutputOf<typeof retrieveShape> {}
export const RetrieveIntegration: Schema<RetrieveIntegration> = z.object(retrieveShape)

const listActiveShape = {
  integration_category: z.optional(z.enum(IntegrationCategory)),
  platform_name: z.optional(z.enum(PLATFORMS)),
  /** Only integrations that support this ticket category, or all. */
  supports_category: z.optional(z.string()),
}
export interface ListActiveIntegrations extends OutputOf<typeof listActiveShape> {}
export const ListActiveIntegrations: Schema<ListActiveIntegrations> = z.object(listActiveShape)

const listFieldsShape = {
  /** `custom`, `system`, or all. */
  field_type: z.optional(z.string()),
  /** Part of a field's name, case-insensitive. */
  search: z.optional(z.string()),
}
export interface ListIntegrationFields extends OutputOf<typeof listFieldsShape> {}
export const ListIntegrationFields: Schema<ListIntegrationFields> = z.object(listFieldsShape)

// Replies: CONTRACT §2.6–§2.10. Open when reading: a word or a field that is newer than this version is kept.

const category = (): Schema<IntegrationCategory | UnknownCategory> => openWord(CATEGORIES)
const platform = (): Schema<Platform | UnknownPlatform> => openWord(PLATFORMS)
const status = (): Schema<IntegrationStatus | UnknownStatus> => openWord(INTEGRATION_STATUSES)

const baseShape = {
  id: uuid(),
  created_at: timestamp(),
  updated_at: timestamp(),
  name: z.string(),
  integration_category: category(),
  platform_name: platform(),
  status: status(),
  /** Whether tickets may be filed with it. */
  enabled: z.boolean(),
  description: z.nullable(z.string()),
  environment: z.string(),
  /** Active, and the last health check passed. */
  is_healthy: z.boolean(),
}

interface IntegrationBase extends OutputOf<typeof baseShape> {}
const IntegrationBase = z.object(baseShape)

const summaryShape = {
  base_url: z.nullable(z.string()),
  auth_type: openWord<AuthType, string & {}>(AUTH_TYPES),
  default_priority: z.number(),
  sync_enabled: z.boolean(),
  last_health_check_at: z.nullable(timestamp()),
  health_check_status: z.nullable(z.string()),
  total_requests: z.number(),
  /** 0 to 100. */
  success_rate: z.number(),
  is_rate_limited: z.boolean(),
  in_maintenance_window: z.boolean(),
}

/** An integration as lists show it. */
export interface IntegrationSummary extends IntegrationBase, OutputOf<typeof summaryShape> {}
export const IntegrationSummary: Schema<IntegrationSummary> = z.extend(IntegrationBase, summaryShape)

const healthShape = {
  /** `healthy`, `unhealthy` or `unknown`. */
  status: z.string(),
  last_check: z.nullable(timestamp()),
  response_time_ms: z.nullable(z.number()),
  error_message: z.nullable(z.string()),
}

const usageShape = {
  total_requests: z.number(),
  successful_requests: z.number(),
  failed_requests: z.number(),
  success_rate: z.number(),
  avg_response_time_ms: z.nullable(z.number()),
  last_request_at: z.nullable(timestamp()),
  last_success_at: z.nullable(timestamp()),
  last_error_at: z.nullable(timestamp()),
}

const detailShape = {
  base_url: z.nullable(z.string()),
  api_version: z.nullable(z.string()),
  auth_type: openWord<AuthType, string & {}>(AUTH_TYPES),
  oauth_scopes: z.nullable(z.array(z.string())),
  health_info: z.object(healthShape),
  usage_stats: z.object(usageShape),
  default_priority: z.number(),
  supports_categories: z.nullable(z.array(z.string())),
  supports_priorities: z.nullable(z.array(z.string())),
  department_mapping: z.nullable(textMap()),
  custom_fields_mapping: z.nullable(textMap()),
  routing_rules: z.nullable(jsonObject()),
  sync_enabled: z.boolean(),
  sync_frequency_minutes: z.number(),
  last_sync_at: z.nullable(timestamp()),
  webhook_url: z.nullable(z.string()),
  rate_limit_per_hour: z.nullable(z.number()),
  current_hour_requests: z.number(),
  rate_limit_reset_at: z.nullable(timestamp()),
  notification_events: z.nullable(z.array(z.string())),
  notification_channels: z.nullable(jsonObject()),
  /** HH:MM, UTC. */
  maintenance_window_start: z.nullable(z.string()),
  /** HH:MM, UTC. */
  maintenance_window_end: z.nullable(z.string()),
  auto_disable_on_error: z.boolean(),
  failure_threshold: z.number(),
  consecutive_failures: z.number(),
  expires_at: z.nullable(timestamp()),
  region: z.nullable(z.string()),
  is_rate_limited: z.boolean(),
  is_expired: z.boolean(),
  in_maintenance_window: z.boolean(),
  /** When the credentials were last written; null when there are none. Not sent by the existing backend. */
  credentials_updated_at: maybe(timestamp()),
}

/** An integration with all its settings. Credentials are never in it. */
export interface Integration extends IntegrationBase, OutputOf<typeof detailShape> {}
export const Integration: Schema<Integration> = z.extend(IntegrationBase, detailShape)

/** A list of integrations: an array, no envelope (CONTRACT §1.1). */
export const IntegrationList: Schema<IntegrationSummary[]> = z.array(IntegrationSummary)

const testReplyShape = {
  /** The tried types, joined with `, `. */
  test_type: z.string(),
  success: z.boolean(),
  response_time_ms: z.number(),
  details: jsonObject(),
  error_message: z.nullable(z.string()),
  suggestions: z.nullable(z.array(z.string())),
  activation_triggered: maybe(z.boolean()),
  previous_status: maybe(z.string()),
  new_status: maybe(z.string()),
}

/** The outcome of a test; a failed test is a reply with `success: false`, not an error. */
export interface IntegrationTestResult extends OutputOf<typeof testReplyShape> {}
export const IntegrationTestResult: Schema<IntegrationTestResult> = z.object(testReplyShape)

const syncReplyShape = {
  sync_id: z.string(),
  sync_type: z.string(),
  direction: z.string(),
  started_at: timestamp(),
  completed_at: z.nullable(timestamp()),
  status: z.string(),
  records_processed: z.number(),
  records_created: z.number(),
  records_updated: z.number(),
  records_failed: z.number(),
  errors: z.array(jsonObject()),
  dry_run: z.boolean(),
}

/** The outcome of a synchronisation. */
export interface IntegrationSyncResult extends OutputOf<typeof syncReplyShape> {}
export const IntegrationSyncResult: Schema<IntegrationSyncResult> = z.object(syncReplyShape)

const activationShape = {
  message: z.string(),
  integration_id: z.string(),
  integration_name: z.string(),
  previous_status: z.string(),
  new_status: z.string(),
  activation_method: z.string(),
}

/** The outcome of an activation. */
export interface IntegrationActivation extends OutputOf<typeof activationShape> {}
export const IntegrationActivation: Schema<IntegrationActivation> = z.object(activationShape)

const activeShape = {
  id: uuid(),
  name: z.string(),
  integration_category: category(),
  platform_name: platform(),
  status: status(),
  description: z.nullable(z.string()),
  supports_categories: z.array(z.string()),
  supports_priorities: z.array(z.string()),
  default_priority: z.number(),
  /** `healthy` or `error`. */
  health_status: z.string(),
  success_rate: z.number(),
  last_successful_creation: z.nullable(timestamp()),
}

/** An integration that tickets can be filed with now. */
export interface ActiveIntegration extends OutputOf<typeof activeShape> {}
export const ActiveIntegration: Schema<ActiveIntegration> = z.object(activeShape)
export const ActiveIntegrationList: Schema<ActiveIntegration[]> = z.array(ActiveIntegration)

const fieldsReplyShape = {
  integration_name: z.string(),
  integration_category: category(),
  platform_name: platform(),
  total_fields: z.number(),
  fields: z.array(jsonObject()),
}

/** The fields that the platform's tickets have. */
export interface IntegrationFieldList extends OutputOf<typeof fieldsReplyShape> {}
export const IntegrationFieldList: Schema<IntegrationFieldList> = z.object(fieldsReplyShape)

const messageShape = { message: z.string() }

/** The reply to a delete. */
export interface Message extends OutputOf<typeof messageShape> {}
export const Message: Schema<Message> = z.object(messageShape)
