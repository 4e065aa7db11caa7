import * as z from 'zod/mini'
import { AUTH_TYPES, type AuthType } from '../catalog/credentials.ts'
import { INTEGRATION_STATUSES, type IntegrationStatus } from '../catalog/integration-status.ts'
import { IntegrationCategory, PLATFORMS, type Platform } from '../catalog/platforms.ts'
import {
  jsonObject,
  nullish,
  type OutputOf,
  openEnum,
  type Schema,
  textMap,
  timestamp,
  uuid,
} from '../schema/schema.ts'
import type { UnknownCategory, UnknownPlatform, UnknownStatus } from '../schema/unknown-values.ts'

// Replies may contain enum values and fields that this version does not know: both are accepted.

const CATEGORIES = Object.values(IntegrationCategory)

const category = (): Schema<IntegrationCategory | UnknownCategory> => openEnum(CATEGORIES)
const platform = (): Schema<Platform | UnknownPlatform> => openEnum(PLATFORMS)
const status = (): Schema<IntegrationStatus | UnknownStatus> => openEnum(INTEGRATION_STATUSES)

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

/** The fields that `IntegrationSummary` and `Integration` share. */
export interface IntegrationBase extends OutputOf<typeof baseShape> {}
const IntegrationBase = z.object(baseShape)

const summaryShape = {
  base_url: z.nullable(z.string()),
  auth_type: openEnum<AuthType, string & {}>(AUTH_TYPES),
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
  auth_type: openEnum<AuthType, string & {}>(AUTH_TYPES),
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
  /** When the credentials were last written; null if there are none. The existing backend does not send it. */
  credentials_updated_at: nullish(timestamp()),
}

/** An integration with all its settings. Credentials are never in it. */
export interface Integration extends IntegrationBase, OutputOf<typeof detailShape> {}
export const Integration: Schema<Integration> = z.extend(IntegrationBase, detailShape)

/** A list of integrations: an array without an envelope. */
export const IntegrationList: Schema<IntegrationSummary[]> = z.array(IntegrationSummary)

const testReplyShape = {
  /** The types that were tested, joined with `, `. */
  test_type: z.string(),
  success: z.boolean(),
  response_time_ms: z.number(),
  details: jsonObject(),
  error_message: z.nullable(z.string()),
  suggestions: z.nullable(z.array(z.string())),
  activation_triggered: nullish(z.boolean()),
  previous_status: nullish(z.string()),
  new_status: nullish(z.string()),
}

/** The result of a test. A failed test is a reply with `success: false`, not an error. */
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

/** The result of a synchronisation. */
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

/** The result of an activation. */
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

/** An active integration: tickets can be filed with it. */
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

/** The fields of the platform's tickets. */
export interface IntegrationFieldList extends OutputOf<typeof fieldsReplyShape> {}
export const IntegrationFieldList: Schema<IntegrationFieldList> = z.object(fieldsReplyShape)

const messageShape = { message: z.string() }

/** The reply to a delete. */
export interface DeletedIntegration extends OutputOf<typeof messageShape> {}
export const DeletedIntegration: Schema<DeletedIntegration> = z.object(messageShape)
