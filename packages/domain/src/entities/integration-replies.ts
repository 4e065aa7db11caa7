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

// Replies may contain enum values and fields that this version does not have: both are accepted.

const CATEGORIES = Object.values(IntegrationCategory)

const category = (): Schema<IntegrationCategory | UnknownCategory> => openEnum(CATEGORIES)
const platform = (): Schema<Platform | UnknownPlatform> => openEnum(PLATFORMS)
const status = (): Schema<IntegrationStatus | UnknownStatus> => openEnum(INTEGRATION_STATUSES)

const baseShape = {
  /** A UUID. Tickets refer to it as `integration_id`. */
  id: uuid(),
  /** When the integration was created. */
  created_at: timestamp(),
  /** When the integration was last changed. */
  updated_at: timestamp(),
  /** Names are not unique. */
  name: z.string(),
  /** The kind of platform, determined by `platform_name`. */
  integration_category: category(),
  /** The platform where tickets are filed, such as `jira`. */
  platform_name: platform(),
  /** Tickets are filed only while the status is `active`. */
  status: status(),
  /** Whether tickets may be filed with the integration. */
  enabled: z.boolean(),
  /** What the integration is for. */
  description: z.nullable(z.string()),
  /** The environment, such as `production`. */
  environment: z.string(),
  /** Whether the integration is active and its last health check passed. */
  is_healthy: z.boolean(),
}

/** The fields that `IntegrationSummary` and `Integration` share. */
export interface IntegrationBase extends OutputOf<typeof baseShape> {}
const IntegrationBase = z.object(baseShape)

const summaryShape = {
  /** The base URL of the platform. */
  base_url: z.nullable(z.string()),
  /** How the integration authenticates with the platform. */
  auth_type: openEnum<AuthType, string & {}>(AUTH_TYPES),
  /** 1 to 1000; lower is preferred. */
  default_priority: z.number(),
  /** Whether the integration is synchronized regularly. */
  sync_enabled: z.boolean(),
  /** When the connection was last checked. */
  last_health_check_at: z.nullable(timestamp()),
  /** `healthy` or `unhealthy`; null before the first check. */
  health_check_status: z.nullable(z.string()),
  /** Requests to the platform so far. */
  total_requests: z.number(),
  /** The percentage of successful requests, from 0 to 100. */
  success_rate: z.number(),
  /** Whether the platform currently rejects requests because of a rate limit. */
  is_rate_limited: z.boolean(),
  /** Whether the platform is in its maintenance window now. */
  in_maintenance_window: z.boolean(),
}

/** An integration in a list. */
export interface IntegrationSummary extends IntegrationBase, OutputOf<typeof summaryShape> {}
export const IntegrationSummary: Schema<IntegrationSummary> = z.extend(IntegrationBase, summaryShape)

const healthShape = {
  /** `healthy`, `unhealthy` or `unknown`. */
  status: z.string(),
  /** When the connection was last checked. */
  last_check: z.nullable(timestamp()),
  /** How long the last check took. */
  response_time_ms: z.nullable(z.number()),
  /** Why the last check failed. */
  error_message: z.nullable(z.string()),
}

const usageShape = {
  /** Requests to the platform so far. */
  total_requests: z.number(),
  /** Requests that succeeded. */
  successful_requests: z.number(),
  /** Requests that failed. */
  failed_requests: z.number(),
  /** The percentage of successful requests, from 0 to 100. */
  success_rate: z.number(),
  /** The average over all requests. */
  avg_response_time_ms: z.nullable(z.number()),
  /** When the platform was last called. */
  last_request_at: z.nullable(timestamp()),
  /** When a request last succeeded. */
  last_success_at: z.nullable(timestamp()),
  /** When a request last failed. */
  last_error_at: z.nullable(timestamp()),
}

const detailShape = {
  /** The base URL of the platform. */
  base_url: z.nullable(z.string()),
  /** The version of the platform's API. */
  api_version: z.nullable(z.string()),
  /** How the integration authenticates with the platform. */
  auth_type: openEnum<AuthType, string & {}>(AUTH_TYPES),
  /** The scopes of an OAuth account. */
  oauth_scopes: z.nullable(z.array(z.string())),
  /** The result of the last check of the connection. */
  health_info: z.object(healthShape),
  /** Counts and times of the requests to the platform. */
  usage_stats: z.object(usageShape),
  /** 1 to 1000; lower is preferred. */
  default_priority: z.number(),
  /** The ticket categories that the integration accepts; null or empty: all. */
  supports_categories: z.nullable(z.array(z.string())),
  /** The ticket priorities that the integration accepts; null or empty: all. */
  supports_priorities: z.nullable(z.array(z.string())),
  /** The name on the platform of each ticket department. */
  department_mapping: z.nullable(textMap()),
  /** The name on the platform of each custom field of tickets. */
  custom_fields_mapping: z.nullable(textMap()),
  /** Custom rules, returned unchanged. */
  routing_rules: z.nullable(jsonObject()),
  /** Whether the integration is synchronized regularly. */
  sync_enabled: z.boolean(),
  /** Minutes between synchronisations. */
  sync_frequency_minutes: z.number(),
  /** When the integration was last synchronized. */
  last_sync_at: z.nullable(timestamp()),
  /** Where the platform sends its events. */
  webhook_url: z.nullable(z.string()),
  /** The maximum number of requests per hour; null for no limit. */
  rate_limit_per_hour: z.nullable(z.number()),
  /** Requests in the current hour. */
  current_hour_requests: z.number(),
  /** When the current hour ends. */
  rate_limit_reset_at: z.nullable(timestamp()),
  /** The events that cause a notification. */
  notification_events: z.nullable(z.array(z.string())),
  /** Where notifications are sent. */
  notification_channels: z.nullable(jsonObject()),
  /** When the daily maintenance window begins: HH:MM, UTC. */
  maintenance_window_start: z.nullable(z.string()),
  /** When the daily maintenance window ends: HH:MM, UTC. */
  maintenance_window_end: z.nullable(z.string()),
  /** Whether repeated failures set the status to `error`. */
  auto_disable_on_error: z.boolean(),
  /** How many consecutive failures set the status to `error`. */
  failure_threshold: z.number(),
  /** The number of consecutive failures so far. */
  consecutive_failures: z.number(),
  /** When the credentials expire; null if unknown. */
  expires_at: z.nullable(timestamp()),
  /** Where the data of the integration is stored. */
  region: z.nullable(z.string()),
  /** Whether the platform currently rejects requests because of a rate limit. */
  is_rate_limited: z.boolean(),
  /** Whether the credentials have expired. */
  is_expired: z.boolean(),
  /** Whether the platform is in its maintenance window now. */
  in_maintenance_window: z.boolean(),
  /** When the credentials were last written; null if there are none. The existing backend does not send this field. */
  credentials_updated_at: nullish(timestamp()),
}

/** An integration with all its settings, but never its credentials. */
export interface Integration extends IntegrationBase, OutputOf<typeof detailShape> {}
export const Integration: Schema<Integration> = z.extend(IntegrationBase, detailShape)

/** A list of integrations: an array without an envelope. */
export const IntegrationList: Schema<IntegrationSummary[]> = z.array(IntegrationSummary)

const testReplyShape = {
  /** The checks that ran, joined with `, `. */
  test_type: z.string(),
  /** Whether all checks passed. */
  success: z.boolean(),
  /** How long the checks took. */
  response_time_ms: z.number(),
  /** The result of each check. */
  details: jsonObject(),
  /** Why a check failed. */
  error_message: z.nullable(z.string()),
  /** What may solve the problem. */
  suggestions: z.nullable(z.array(z.string())),
  /** Whether the test activated the integration. */
  activation_triggered: nullish(z.boolean()),
  /** The status before the test. */
  previous_status: nullish(z.string()),
  /** The status after the test. */
  new_status: nullish(z.string()),
}

/** The result of a test. A failed test is a reply with `success: false`, not an error. */
export interface IntegrationTestResult extends OutputOf<typeof testReplyShape> {}
export const IntegrationTestResult: Schema<IntegrationTestResult> = z.object(testReplyShape)

const syncReplyShape = {
  /** Identifies the run. */
  sync_id: z.string(),
  /** The requested type. */
  sync_type: z.string(),
  /** The requested direction, or the default. */
  direction: z.string(),
  /** When the run began. */
  started_at: timestamp(),
  /** When the run ended; null before that. */
  completed_at: z.nullable(timestamp()),
  /** The state of the run, such as `completed`. */
  status: z.string(),
  /** How many records were read. */
  records_processed: z.number(),
  /** How many of the records were new. */
  records_created: z.number(),
  /** How many of the records were changed. */
  records_updated: z.number(),
  /** How many of the records failed. */
  records_failed: z.number(),
  /** Why individual records failed. */
  errors: z.array(jsonObject()),
  /** Whether this was a dry run, which writes nothing. */
  dry_run: z.boolean(),
}

/** The result of a synchronisation. */
export interface IntegrationSyncResult extends OutputOf<typeof syncReplyShape> {}
export const IntegrationSyncResult: Schema<IntegrationSyncResult> = z.object(syncReplyShape)

const activationShape = {
  /** A human-readable message. */
  message: z.string(),
  /** The id of the integration. */
  integration_id: z.string(),
  /** The name of the integration. */
  integration_name: z.string(),
  /** The status before the activation. */
  previous_status: z.string(),
  /** The status after the activation. */
  new_status: z.string(),
  /** How the integration was activated, such as `manual`. */
  activation_method: z.string(),
}

/** The result of an activation. */
export interface IntegrationActivation extends OutputOf<typeof activationShape> {}
export const IntegrationActivation: Schema<IntegrationActivation> = z.object(activationShape)

const activeShape = {
  /** A UUID. Tickets refer to it as `integration_id`. */
  id: uuid(),
  /** Names are not unique. */
  name: z.string(),
  /** The kind of platform, determined by `platform_name`. */
  integration_category: category(),
  /** The platform where tickets are filed, such as `jira`. */
  platform_name: platform(),
  /** Always `active`. */
  status: status(),
  /** What the integration is for. */
  description: z.nullable(z.string()),
  /** The ticket categories that the integration accepts; empty: all. */
  supports_categories: z.array(z.string()),
  /** The ticket priorities that the integration accepts; empty: all. */
  supports_priorities: z.array(z.string()),
  /** 1 to 1000; lower is preferred. */
  default_priority: z.number(),
  /** `error` if the last health check failed, otherwise `healthy`. */
  health_status: z.string(),
  /** The percentage of successful requests, from 0 to 100. */
  success_rate: z.number(),
  /** When a ticket was last filed with the integration. */
  last_successful_creation: z.nullable(timestamp()),
}

/** An active integration: tickets can be filed with it. */
export interface ActiveIntegration extends OutputOf<typeof activeShape> {}
export const ActiveIntegration: Schema<ActiveIntegration> = z.object(activeShape)
/** A list of active integrations: an array without an envelope. */
export const ActiveIntegrationList: Schema<ActiveIntegration[]> = z.array(ActiveIntegration)

const fieldsReplyShape = {
  /** The name of the integration. */
  integration_name: z.string(),
  /** The kind of platform. */
  integration_category: category(),
  /** The platform, such as `jira`. */
  platform_name: platform(),
  /** How many fields there are. */
  total_fields: z.number(),
  /** The fields, as the platform describes them. */
  fields: z.array(jsonObject()),
}

/** The fields of the platform's tickets. */
export interface IntegrationFieldList extends OutputOf<typeof fieldsReplyShape> {}
export const IntegrationFieldList: Schema<IntegrationFieldList> = z.object(fieldsReplyShape)

const messageShape = {
  /** A human-readable message. */
  message: z.string(),
}

/** The reply to a delete. */
export interface DeletedIntegration extends OutputOf<typeof messageShape> {}
export const DeletedIntegration: Schema<DeletedIntegration> = z.object(messageShape)
