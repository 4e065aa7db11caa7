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
  /** Whether tickets may be filed with it; the status follows by itself. Default on create: true. */
  enabled: z.optional(z.boolean()),
  /** What it is for. */
  description: nullish(text()),
  /** Where the platform's account lives, such as `https://acme.atlassian.net`. At most 500 characters. */
  base_url: nullish(webAddress()),
  /** At most 20 characters. */
  api_version: nullish(text({ max: 20 })),
  /** Write-only: no reply shows them. The platform and the auth type determine the keys. */
  credentials: z.optional(jsonObject()),
  /** The scopes of an OAuth account. */
  oauth_scopes: nullish(z.array(z.string())),
  /** Rules of your own for choosing an integration. The backend stores them as they are. */
  routing_rules: nullish(jsonObject()),
  /** 1 to 1000; lower is preferred. Default on create: 100. */
  default_priority: z.optional(integer({ min: 1, max: 1000 })),
  /** The ticket categories that it accepts; null or empty: all. */
  supports_categories: nullish(z.array(z.string())),
  /** The ticket priorities that it accepts; null or empty: all. */
  supports_priorities: nullish(z.array(z.string())),
  /** Departments of tickets, and their names on the platform. */
  department_mapping: nullish(textMap()),
  /** Custom fields of tickets, and their names on the platform. */
  custom_fields_mapping: nullish(textMap()),
  /** At most 500 characters. */
  webhook_url: nullish(webAddress()),
  /** Write-only. At most 255 characters. */
  webhook_secret: nullish(text({ max: 255 })),
  /** Default on create: false. */
  sync_enabled: z.optional(z.boolean()),
  /** 1 to 1440. Default on create: 60. */
  sync_frequency_minutes: z.optional(integer({ min: 1, max: 1440 })),
  /** At least 1; null for no limit. */
  rate_limit_per_hour: nullish(integer({ min: 1, max: 2_147_483_647 })),
  /** The events to send notifications about. */
  notification_events: nullish(z.array(z.string())),
  /** Where notifications go. The backend stores it as it is. */
  notification_channels: nullish(jsonObject()),
  /** At most 50 characters. Default on create: `production`. */
  environment: z.optional(text({ min: 1, max: 50 })),
  /** At most 50 characters. */
  region: nullish(text({ max: 50 })),
}

/** The settings of an integration, for create and update. An update leaves absent fields alone; `null` clears a field. */
export interface IntegrationSettings extends OutputOf<typeof settingsShape> {}
const IntegrationSettings = z.object(settingsShape)

const createShape = {
  /** Not blank, at most 255 characters. Names are not unique. */
  name: text({ min: 1, max: 255 }),
  /** Follows from the platform; if given, it must be the platform's. */
  integration_category: z.optional(z.enum(IntegrationCategory)),
  /** The platform where tickets are filed, such as `jira`. */
  platform_name: z.enum(PLATFORMS),
  /** Default: `api_key`. */
  auth_type: z.optional(z.enum(AUTH_TYPES)),
}

/** The body of a create, as it is checked at run time. `CreateIntegration` is the strict type, with a member per platform. */
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
  /** Whether tickets may be filed with it; the status follows. */
  enabled: z.boolean(),
  /** Stored as the last error message when disabling. */
  reason: nullish(text({ max: 500 })),
}

/** The body of a status change. */
export interface SetIntegrationStatus extends OutputOf<typeof statusShape> {}
export const SetIntegrationStatus: Schema<SetIntegrationStatus> = z.object(statusShape)

/** What a test of an integration can include. */
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
  /** Data for the test on the platform, such as a project key. */
  test_data: nullish(jsonObject()),
  /** Default: true. */
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
  /** Default: false. */
  dry_run: z.optional(z.boolean()),
  /** Which records to synchronize, in terms of the platform. */
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
  /** All platforms of a category. */
  integration_category: z.optional(z.enum(IntegrationCategory)),
  /** One platform, such as `jira`. */
  platform_name: z.optional(z.enum(PLATFORMS)),
  /** Only integrations in this status. */
  integration_status: z.optional(z.enum(INTEGRATION_STATUSES)),
  /** Only enabled, or only disabled ones. */
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
  /** Rows to skip. Default: 0. */
  offset: z.optional(integer({ min: 0 })),
  /** Rows per page, 1 to 100. Default: 20. */
  limit: z.optional(integer({ min: 1, max: 100 })),
  /** From `Link: rel="next"`, where the backend announces `cursor`. It replaces `offset`. */
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
  /** All platforms of a category. */
  integration_category: z.optional(z.enum(IntegrationCategory)),
  /** One platform, such as `jira`. */
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
