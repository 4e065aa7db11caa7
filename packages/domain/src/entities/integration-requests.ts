import * as z from 'zod/mini'
import { AUTH_TYPES } from '../catalog/credentials.ts'
import { INTEGRATION_STATUSES } from '../catalog/integration-status.ts'
import { IntegrationCategory, PLATFORMS } from '../catalog/platforms.ts'
import {
  integer,
  jsonObject,
  nullish,
  type OutputOf,
  type Schema,
  text,
  textMap,
  webAddress,
} from '../schema/schema.ts'

const settingsShape = {
  /** Whether tickets may be filed with the integration. A change also sets the status. Default on create: true. */
  enabled: z.optional(z.boolean()),
  /** What the integration is for. */
  description: nullish(text()),
  /** The base URL of the platform, such as `https://acme.atlassian.net`. At most 500 characters. */
  base_url: nullish(webAddress()),
  /** The version of the platform's API. At most 20 characters. */
  api_version: nullish(text({ max: 20 })),
  /** Write-only: never returned. The platform and the auth type determine the keys. */
  credentials: z.optional(jsonObject()),
  /** The scopes of an OAuth account. */
  oauth_scopes: nullish(z.array(z.string())),
  /** Custom rules for choosing an integration. The backend stores them without interpreting them. */
  routing_rules: nullish(jsonObject()),
  /** 1 to 1000; lower is preferred. Default on create: 100. */
  default_priority: z.optional(integer({ min: 1, max: 1000 })),
  /** The ticket categories that the integration accepts; null or empty: all. */
  supports_categories: nullish(z.array(z.string())),
  /** The ticket priorities that the integration accepts; null or empty: all. */
  supports_priorities: nullish(z.array(z.string())),
  /** The name on the platform of each ticket department. */
  department_mapping: nullish(textMap()),
  /** The name on the platform of each custom field of tickets. */
  custom_fields_mapping: nullish(textMap()),
  /** Where the platform sends its events. At most 500 characters. */
  webhook_url: nullish(webAddress()),
  /** Write-only: never returned. At most 255 characters. */
  webhook_secret: nullish(text({ max: 255 })),
  /** Whether the integration is synchronized regularly. Default on create: false. */
  sync_enabled: z.optional(z.boolean()),
  /** Minutes between synchronisations, 1 to 1440. Default on create: 60. */
  sync_frequency_minutes: z.optional(integer({ min: 1, max: 1440 })),
  /** The maximum number of requests per hour, at least 1; null for no limit. */
  rate_limit_per_hour: nullish(integer({ min: 1, max: 2_147_483_647 })),
  /** The events that cause a notification. */
  notification_events: nullish(z.array(z.string())),
  /** Where notifications are sent. The backend stores the value without interpreting it. */
  notification_channels: nullish(jsonObject()),
  /** The environment. At most 50 characters. Default on create: `production`. */
  environment: z.optional(text({ min: 1, max: 50 })),
  /** Where the data of the integration is stored. At most 50 characters. */
  region: nullish(text({ max: 50 })),
}

/** The settings of an integration, in a create or an update. An update does not change absent fields; `null` clears a field. */
export interface IntegrationSettings extends OutputOf<typeof settingsShape> {}
const IntegrationSettings = z.object(settingsShape)

const createShape = {
  /** Not blank, at most 255 characters. Names are not unique. */
  name: text({ min: 1, max: 255 }),
  /** The category of the platform. May be omitted; any other category is invalid. */
  integration_category: z.optional(z.enum(IntegrationCategory)),
  /** The platform where tickets are filed, such as `jira`. */
  platform_name: z.enum(PLATFORMS),
  /** Default: `api_key`. */
  auth_type: z.optional(z.enum(AUTH_TYPES)),
}

/** The body of a create, for validation. Callers use the stricter `CreateIntegration`, with a member per platform. */
export interface CreateIntegrationBody extends IntegrationSettings, OutputOf<typeof createShape> {}
export const CreateIntegrationBody: Schema<CreateIntegrationBody> = z.extend(IntegrationSettings, createShape)

const updateShape = {
  /** Not blank, at most 255 characters. */
  name: z.optional(text({ min: 1, max: 255 })),
}

/** The body of an update. Absent fields do not change; `null` clears a nullable field. */
export interface UpdateIntegration extends IntegrationSettings, OutputOf<typeof updateShape> {}
export const UpdateIntegration: Schema<UpdateIntegration> = z.extend(IntegrationSettings, updateShape)

const statusShape = {
  /** Whether tickets may be filed with the integration. A change also sets the status. */
  enabled: z.boolean(),
  /** Why the integration is disabled. Stored in the last error message. */
  reason: nullish(text({ max: 500 })),
}

/** The body of the status endpoint. */
export interface SetIntegrationStatus extends OutputOf<typeof statusShape> {}
export const SetIntegrationStatus: Schema<SetIntegrationStatus> = z.object(statusShape)

/** The checks that a test of an integration can include. */
export const INTEGRATION_TEST_TYPES = [
  'connection',
  'authentication',
  'create_ticket',
  'search',
  'webhook',
  'project_access',
] as const

/** One check of a test. */
export type IntegrationTestType = (typeof INTEGRATION_TEST_TYPES)[number]

const testShape = {
  /** The checks to run, at least one. Default: `connection` and `authentication`. */
  test_types: z.optional(z.array(z.enum(INTEGRATION_TEST_TYPES)).check(z.minLength(1))),
  /** Data for the test on the platform, such as a project key. */
  test_data: nullish(jsonObject()),
  /** Whether a successful test activates the integration. Default: true. */
  auto_activate_on_success: z.optional(z.boolean()),
}

/** The body of a test. `{}` is valid. */
export interface TestIntegration extends OutputOf<typeof testShape> {}
export const TestIntegration: Schema<TestIntegration> = z.object(testShape)

const syncShape = {
  /** `test` checks the connection only. */
  sync_type: z.enum(['full', 'incremental', 'test']),
  /** Default: `bidirectional`. */
  direction: z.optional(z.enum(['inbound', 'outbound', 'bidirectional'])),
  /** Whether to synchronize without writing anything. Default: false. */
  dry_run: z.optional(z.boolean()),
  /** Which records to synchronize, in the platform's own format. */
  filters: nullish(jsonObject()),
}

/** The body of a synchronisation. */
export interface SyncIntegration extends OutputOf<typeof syncShape> {}
export const SyncIntegration: Schema<SyncIntegration> = z.object(syncShape)

// Queries

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
  /** Only integrations in this category. */
  integration_category: z.optional(z.enum(IntegrationCategory)),
  /** Only integrations on this platform, such as `jira`. */
  platform_name: z.optional(z.enum(PLATFORMS)),
  /** Only integrations in this status. */
  integration_status: z.optional(z.enum(INTEGRATION_STATUSES)),
  /** `true`: only enabled integrations; `false`: only disabled ones. */
  enabled: z.optional(z.boolean()),
  /** Only integrations whose name contains this text, case-insensitive. */
  name: z.optional(z.string()),
  /** The column to sort by. Default: `created_at`. */
  sort_by: z.optional(z.enum(INTEGRATION_SORT_KEYS)),
  /** The direction to sort in. Default: `desc`. */
  sort_order: z.optional(z.enum(['asc', 'desc'])),
}

/** Selects and sorts the integrations of a list. */
export interface IntegrationFilters extends OutputOf<typeof filtersShape> {}
const IntegrationFilters = z.object(filtersShape)

const pageShape = {
  /** How many integrations to skip. Default: 0. */
  offset: z.optional(integer({ min: 0 })),
  /** Integrations per page, 1 to 100. Default: 20. */
  limit: z.optional(integer({ min: 1, max: 100 })),
  /** The cursor in `Link: rel="next"`, if the backend announces `cursor`. Replaces `offset`. */
  cursor: z.optional(text({ min: 1, max: 5000 })),
}

/** The query of a list of integrations. */
export interface ListIntegrations extends IntegrationFilters, OutputOf<typeof pageShape> {}
export const ListIntegrations: Schema<ListIntegrations> = z.extend(IntegrationFilters, pageShape)

const retrieveShape = {
  /** Accepted, but does not change the reply. */
  include_stats: z.optional(z.boolean()),
}

/** The query of a retrieve. */
export interface RetrieveIntegration extends OutputOf<typeof retrieveShape> {}
export const RetrieveIntegration: Schema<RetrieveIntegration> = z.object(retrieveShape)

const listActiveShape = {
  /** Only integrations in this category. */
  integration_category: z.optional(z.enum(IntegrationCategory)),
  /** Only integrations on this platform, such as `jira`. */
  platform_name: z.optional(z.enum(PLATFORMS)),
  /** Only integrations that accept this ticket category or all categories. */
  supports_category: z.optional(z.string()),
}

/** The query of a list of active integrations. */
export interface ListActiveIntegrations extends OutputOf<typeof listActiveShape> {}
export const ListActiveIntegrations: Schema<ListActiveIntegrations> = z.object(listActiveShape)

const listFieldsShape = {
  /** `custom`: only custom fields; `system`: only built-in ones. Any other value: all. */
  field_type: z.optional(z.string()),
  /** Only fields whose name contains this text, case-insensitive. */
  search: z.optional(z.string()),
}

/** The query of a list of the fields of the platform's tickets. */
export interface ListIntegrationFields extends OutputOf<typeof listFieldsShape> {}
export const ListIntegrationFields: Schema<ListIntegrationFields> = z.object(listFieldsShape)
