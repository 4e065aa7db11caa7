import type { Issue, JsonObject } from '@ai-ticket-creator/domain'
import { isJsonObject } from '@ai-ticket-creator/domain/internal'
import { RawFailureError } from '../../errors/raw-failure.ts'
import { serializeIntegration } from '../../serializers/entities.ts'
import { nothingDue } from '../../services/apply-transition.ts'
import { onIssues, withIntegrationWrites } from '../hook-builders.ts'
import { ALL, BEFORE_LATEST, CURRENT, LATEST, LEGACY, type Row } from '../hooks.ts'
import { routeFailure } from '../messages.ts'
import type { ParsedPart } from '../parsing-hooks.ts'

/** POST /integrations/ */
export const integrationCreate: readonly Row[] = [
  {
    id: 'create-is-pending',
    profiles: ALL,
    source: 'status-and-enabled',
    assumed: true,
    summary: 'A new integration is `pending` and enabled, whatever the value of `enabled`.',
    handlers: {
      'integrations.create': async (call, next) => {
        const toPending = withIntegrationWrites(call, (row) => ({
          ...row,
          status: 'pending',
          enabled: true,
          ...nothingDue,
        }))
        const { reply } = await next(toPending)
        const row = await call.store.integrations.find(call.organizationId, reply.id)
        return { reply: row === undefined ? reply : serializeIntegration(row, call.clock()) }
      },
    },
  },
  {
    id: 'category-required',
    profiles: CURRENT,
    source: 'create-an-integration',
    summary: 'Create requires `integration_category`; it is not derived from the platform.',
    issues: onIssues(['integrations.create'], (issues, raw) => withMissing('integration_category', issues, raw)),
  },
  {
    id: 'platform-is-free-text',
    profiles: CURRENT,
    source: 'create-an-integration',
    summary:
      '`platform_name` is any string of up to 50 characters, also a blank or unknown one, and is not compared with the category.',
    issues: onIssues(['integrations.create'], (issues, { platform_name: platform }) => {
      const remaining = issues.filter(({ code }) => code !== 'unknown_platform' && code !== 'category_mismatch')
      if (platform === undefined) return remaining
      if (typeof platform !== 'string') return [...remaining, wrongPlatform('string_type', 'must be a string')]
      if ([...platform.trim()].length <= 50) return remaining
      return [...remaining, wrongPlatform('string_too_long', 'must have at most 50 characters')]
    }),
  },
  {
    id: 'category-is-an-enum',
    profiles: CURRENT,
    source: 'create-an-integration',
    summary: 'An `integration_category` that is not one of the seven values in exact case is a 422 of type `enum`.',
    issues: onIssues(['integrations.create'], (issues, { integration_category: category }) => {
      if (category === undefined || CATEGORIES.some((known) => known === category)) return issues
      return [...issues.filter(({ loc }) => loc[1] !== 'integration_category'), unknownCategory]
    }),
  },
  {
    id: 'schemes-in-lower-case',
    profiles: ALL,
    source: 'how-requests-are-read',
    assumed: true,
    summary: 'A URL must begin with `http://` or `https://` in lower case: `HTTPS://…` is a 422.',
    issues: onIssues(['integrations.create', 'integrations.update'], (issues, raw) => [
      ...issues,
      ...['base_url', 'webhook_url'].flatMap((name) => wrongScheme(name, raw[name], issues)),
    ]),
  },
  {
    id: 'credentials-required',
    profiles: ALL,
    source: 'create-an-integration',
    summary: 'Create requires `credentials`; they may be `{}` with `auth_type` `custom`.',
    issues: onIssues(['integrations.create'], (issues, raw) => withMissing('credentials', issues, raw)),
  },
  {
    id: 'credentials-by-auth-type',
    profiles: CURRENT,
    source: 'credentials',
    summary:
      'Create requires the keys of the auth type, else one 422 about the whole body; for `jira` in exact case `email` and `api_token` replace `api_key`. Update does not check them.',
    issues: (issues, parsed) => checkAuthKeys(issues, parsed, { jira: ['email', 'api_token'] }),
  },
  {
    id: 'credentials-by-auth-type-without-exception',
    profiles: LEGACY,
    source: 'credentials',
    summary:
      'Create requires the keys of the auth type, also `api_key` for jira, else one 422 about the whole body. Update does not check them.',
    issues: (issues, parsed) => checkAuthKeys(issues, parsed, {}),
  },
  {
    id: 'credentials-by-platform',
    profiles: LATEST,
    source: 'credentials',
    summary:
      'Create requires the keys of the platform, else a 400 that names the first missing one; empty strings count as given.',
    handlers: {
      'integrations.create': async (call, next) => {
        checkPlatformKeys(await call.body(), platformKeys)
        return next(call)
      },
    },
  },
  {
    id: 'credentials-by-platform-with-jira-url',
    profiles: BEFORE_LATEST,
    source: 'credentials',
    assumed: true,
    summary:
      'Create requires the keys of the platform, for jira also `url`, else a 400 that names the first missing one; empty strings count as given.',
    handlers: {
      'integrations.create': async (call, next) => {
        checkPlatformKeys(await call.body(), { ...platformKeys, jira: ['url', ...platformKeys.jira] })
        return next(call)
      },
    },
  },
  {
    id: 'empty-credentials-not-stored',
    profiles: ALL,
    source: 'credentials',
    assumed: true,
    summary: 'Credentials that are null or empty are not stored.',
    handlers: {
      'integrations.create': (call, next) =>
        next(withIntegrationWrites(call, (row) => ({ ...row, credentials: withoutEmpty(row.credentials) }))),
    },
  },
  {
    id: 'long-columns-fail',
    profiles: ALL,
    source: 'table-integrations',
    summary:
      'Values that only the database limits are answered with 500, and nothing is written: URLs above 500 characters, `environment` and `region` above 50, a number above the maximum of its column.',
    issues: (issues, { endpointId }) => {
      const remaining = issues.filter((issue) => !isColumnLimit(issue))
      if (remaining.length === 0 && issues.length > 0) throw routeFailure(endpointId, 'value too long for its column')
      return remaining
    },
  },
]

function withMissing(field: string, issues: readonly Issue[], raw: JsonObject): readonly Issue[] {
  if (raw[field] !== undefined || issues.some(({ loc }) => loc[1] === field)) return issues
  const msg = `\`${field}\` is required`
  return [...issues, { type: 'missing', loc: ['body', field], msg, code: 'validation_failed' }]
}

const CATEGORIES = [
  'ticketing',
  'crm',
  'messaging',
  'communication',
  'project_management',
  'code_repository',
  'webhook',
] as const

const unknownCategory: Issue = {
  type: 'enum',
  loc: ['body', 'integration_category'],
  msg: `\`integration_category\` must be one of ${CATEGORIES.join(', ')}`,
  code: 'validation_failed',
}

function wrongScheme(name: string, value: unknown, issues: readonly Issue[]): readonly Issue[] {
  if (typeof value !== 'string' || /^https?:\/\//.test(value.trim())) return []
  if (issues.some(({ loc }) => loc[1] === name)) return []
  const msg = `\`${name}\` must begin with http:// or https://`
  return [{ type: 'value_error', loc: ['body', name], msg, code: 'validation_failed' }]
}

const wrongPlatform = (type: string, rule: string): Issue => ({
  type,
  loc: ['body', 'platform_name'],
  msg: `\`platform_name\` ${rule}`,
  code: 'validation_failed',
})

const authKeys = {
  api_key: ['api_key'],
  oauth2: ['client_id', 'client_secret'],
  basic: ['username', 'password'],
  bearer: ['token'],
  custom: [],
} as const

const platformKeys = {
  jira: ['email', 'api_token'],
  salesforce: ['client_id', 'client_secret', 'instance_url'],
  servicenow: ['instance_url', 'username', 'password'],
  zendesk: ['subdomain', 'email', 'api_token'],
  github: ['token', 'organization'],
  slack: ['bot_token', 'channel'],
  teams: ['webhook_url'],
  zoom: ['client_id', 'client_secret'],
  email: ['smtp_host', 'smtp_port', 'username', 'password'],
  webhook: ['url'],
} as const

function checkAuthKeys(
  issues: readonly Issue[],
  { endpointId, part, raw }: ParsedPart,
  exceptions: Readonly<Record<string, readonly string[]>>,
): readonly Issue[] {
  const remaining = issues.filter(({ code }) => code !== 'credentials_incomplete')
  // A rule over the body runs only when every field is valid.
  if (endpointId !== 'integrations.create' || part !== 'body' || remaining.length > 0 || !isJsonObject(raw))
    return remaining

  const { platform_name: platform, auth_type: authType = 'api_key', credentials } = raw
  const exception = authType === 'api_key' ? keysIn(exceptions, String(platform).trim()) : undefined
  const keys = exception ?? keysIn(authKeys, String(authType)) ?? []
  const missing = keys.filter((key) => !isJsonObject(credentials) || !Object.hasOwn(credentials, key))
  if (missing.length === 0) return remaining
  const msg = `Value error, credentials for \`${String(authType)}\` need ${missing.join(', ')}`
  return [{ type: 'value_error', loc: ['body'], msg, code: 'validation_failed' }]
}

function checkPlatformKeys(
  {
    platform_name: platform,
    credentials,
  }: { readonly platform_name: string; readonly credentials?: JsonObject | undefined },
  table: Readonly<Record<string, readonly string[]>>,
): void {
  const missing = keysIn(table, platform.toLowerCase())?.find((key) => !Object.hasOwn(credentials ?? {}, key))
  if (missing !== undefined) throw new RawFailureError(400, `Missing required configuration field: ${missing}`)
}

const keysIn = (table: Readonly<Record<string, readonly string[]>>, name: string): readonly string[] | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined

const withoutEmpty = (credentials: JsonObject | null): JsonObject | null =>
  credentials === null
    ? null
    : Object.fromEntries(Object.entries(credentials).filter(([, value]) => value !== null && value !== ''))

function isColumnLimit({ type, loc }: Issue): boolean {
  const field = String(loc[1])
  if (type === 'string_too_long') return ['base_url', 'webhook_url', 'environment', 'region'].includes(field)
  return type === 'less_than_equal' && field === 'rate_limit_per_hour'
}
