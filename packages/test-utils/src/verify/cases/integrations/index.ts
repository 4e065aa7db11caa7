import {
  AUTH_TYPES,
  categoryOf,
  changes,
  credentialKeys,
  endpointOf,
  type JsonObject,
  PLATFORMS,
} from '@ai-ticket-creator/domain'
import { NEW_INTEGRATION } from '@ai-ticket-creator/domain/internal'
import type { ContractCase, Step } from '../../model/case.ts'
import { credentialsOf, integrationBody } from '../../model/request-bodies.ts'
import { SOURCES } from '../../model/spec-references.ts'
import { newIntegration } from '../sample-requests.ts'
import { credentialsCase } from './credentials.ts'
import { clearable } from './defaults.ts'
import {
  errorIsNoted,
  fieldsFit,
  freshHealth,
  notBefore,
  nulls,
  otherValue,
  settled,
  shown,
  showsNothingOf,
  showsRows,
  testDetails,
} from './expectations.ts'

const endpoint = 'integrations.create'

/** The row that the first reply shows, read again. */
const readAgain = (expect: Step['expect']): Step => ({
  request: ({ replies: [first] }) => ({
    endpoint: 'integrations.retrieve',
    params: { integration_id: String(first?.fields['id']) },
  }),
  expect,
})

const sameAsFirst: Step['expect'] = ({ replies: [first] }) => ({
  holds: ({ fields }) => {
    const differing = Object.keys({ ...first?.fields, ...fields }).filter(
      (name) => !MOVED_BY_CHECKS.includes(name) && JSON.stringify(fields[name]) !== JSON.stringify(first?.fields[name]),
    )
    return differing.length === 0
      ? undefined
      : { expected: 'the row as its create showed it', actual: `other values of ${differing.join(', ')}` }
  },
})

export const RETIRED_NAMES = changes.flatMap(({ retired }) => Object.keys(retired)).filter((name) => name !== 'status')

// A check that follows from a change may have run meanwhile.
export const MOVED_BY_CHECKS = ['health_info', 'usage_stats', 'is_healthy', 'consecutive_failures', 'status', 'enabled']

/** Creating and changing integrations. */
export const integrations: readonly ContractCase[] = [
  ...PLATFORMS.map(
    (platform): ContractCase => ({
      id: `platforms/${platform}`,
      title: `An integration on \`${platform}\` is created as ${categoryOf(platform)}, and read back as it was written`,
      endpoint,
      source: SOURCES.status,
      // No key more than the contract asks for.
      request: ({ tag }) => ({
        endpoint,
        body: integrationBody(tag, platform, { credentials: credentialsOf(tag, platform) }),
      }),
      expect: ({ tag }) => ({
        body: {
          ...NEW_INTEGRATION,
          name: tag,
          platform_name: platform,
          integration_category: categoryOf(platform),
          base_url: `https://${platform}.example.test`,
        },
      }),
      next: [readAgain(sameAsFirst)],
    }),
  ),
  ...PLATFORMS.filter((platform) => credentialKeys(platform, 'api_key').length > 0).map(
    (platform): ContractCase => credentialsCase(platform, 'api_key'),
  ),
  ...AUTH_TYPES.filter((authType) => credentialKeys('hubspot', authType).length > 0 && authType !== 'api_key').map(
    (authType): ContractCase => credentialsCase('hubspot', authType),
  ),
  ...AUTH_TYPES.map(
    (authType): ContractCase => ({
      id: `auth-types/${authType}`,
      title: `An integration can sign in by \`${authType}\``,
      endpoint,
      source: SOURCES.fields,
      request: ({ tag }) => ({
        endpoint,
        body: integrationBody(tag, 'hubspot', {
          auth_type: authType,
          credentials: credentialsOf(tag, 'hubspot', authType),
        }),
      }),
      expect: { body: { auth_type: authType } },
    }),
  ),
  {
    id: 'integrations.create/least',
    title: 'A name and a platform are enough; the category follows, and all else has its default',
    endpoint,
    source: SOURCES.fields,
    request: ({ tag }) => ({ endpoint, body: { name: tag, platform_name: 'jira' } }),
    expect: {
      body: { ...NEW_INTEGRATION, base_url: null, integration_category: 'ticketing', credentials_updated_at: null },
      holds: freshHealth,
    },
  },
  {
    id: 'integrations.create/disabled',
    title: 'An integration that is created disabled is inactive',
    endpoint,
    source: SOURCES.status,
    request: ({ tag }) => newIntegration(tag, { enabled: false }),
    expect: { body: { enabled: false, status: 'inactive' } },
    next: [readAgain({ body: { enabled: false, status: 'inactive' } })],
  },
  {
    id: 'integrations.create/credentials-are-noted',
    title: 'When credentials were written is shown, the credentials are not',
    endpoint,
    source: SOURCES.fields,
    request: ({ tag }) => newIntegration(tag),
    expect: {
      holds: ({ fields }) =>
        typeof fields['credentials_updated_at'] === 'string' && !Object.hasOwn(fields, 'credentials')
          ? undefined
          : { expected: '`credentials_updated_at` alone', actual: 'something else' },
    },
  },
  {
    id: 'integrations.create/names-are-not-unique',
    title: 'Two integrations may have one name',
    endpoint,
    source: SOURCES.names,
    request: ({ tag }) => [newIntegration(tag), newIntegration(tag)],
    expect: {},
  },
  {
    id: 'integrations.create/trims',
    title: 'Texts are trimmed on their way in',
    endpoint,
    source: SOURCES.fields,
    request: ({ tag }) => newIntegration(`  ${tag} `, { description: ' described ', region: '\teu ' }),
    expect: ({ tag }) => ({ body: { name: tag, description: 'described', region: 'eu' } }),
  },
  {
    id: 'integrations.create/extra-credentials',
    title: 'Further keys of credentials are taken',
    endpoint,
    source: SOURCES.fields,
    request: ({ tag }) =>
      newIntegration(tag, { credentials: { ...credentialsOf(tag, 'jira'), project: credentialsOf(tag, 'jira') } }),
    expect: {},
  },
  {
    id: 'integrations.create/empty-description',
    title: 'An empty text is a value where no length is asked for',
    endpoint: 'integrations.create',
    source: SOURCES.fields,
    request: ({ tag }) => newIntegration(tag, { description: '', region: '' }),
    expect: { body: { description: '', region: '' } },
  },
  {
    id: 'integrations.create/category-mismatch',
    title: 'A category that is not that of the platform is refused with the one that is',
    endpoint,
    source: SOURCES.status,
    since: 'transitional',
    request: ({ tag }) => ({ endpoint, body: { name: tag, platform_name: 'jira', integration_category: 'crm' } }),
    expect: { code: 'category_mismatch', at: 'body.integration_category', replacement: 'ticketing' },
  },
  {
    id: 'integrations.create/category-alone',
    title: 'A category without a platform is refused',
    endpoint,
    source: SOURCES.status,
    since: 'transitional',
    request: ({ tag }) => ({ endpoint, body: { name: tag, integration_category: 'crm' } }),
    expect: { code: 'platform_required', at: 'body.platform_name' },
  },
  {
    id: 'integrations.create/no-platform',
    title: 'An integration without a platform is refused',
    endpoint,
    source: SOURCES.status,
    request: ({ tag }) => ({ endpoint, body: { name: tag } }),
    expect: (_, generation) => ({
      code: 'platform_required',
      at: generation === 'legacy' ? 'body.integration_type' : 'body.platform_name',
    }),
  },
  {
    id: 'integrations.create/unknown-platform',
    title: 'An unknown platform is refused with the nearest one',
    endpoint,
    source: SOURCES.status,
    since: 'transitional',
    request: ({ tag }) => ({ endpoint, body: { name: tag, platform_name: 'salesfroce' } }),
    expect: { code: 'unknown_platform', at: 'body.platform_name', replacement: 'salesforce' },
  },
  {
    id: 'integrations.create/far-platform',
    title: 'A platform that is like none is refused without a suggestion',
    endpoint,
    source: SOURCES.status,
    since: 'transitional',
    request: ({ tag }) => ({ endpoint, body: { name: tag, platform_name: 'a-thing-of-our-own' } }),
    expect: {
      code: 'unknown_platform',
      at: 'body.platform_name',
      holds: ({ text }) =>
        text.includes('"replacement"') ? { expected: 'no suggestion', actual: 'a suggestion' } : undefined,
    },
  },
  {
    id: 'integrations.create/exact-case',
    title: '`platform_name` is matched exactly: `JIRA` and a blank around it are refused with `jira`',
    endpoint,
    source: SOURCES.status,
    since: 'transitional',
    request: ({ tag }) => ['JIRA', ' jira'].map((word) => ({ endpoint, body: { name: tag, platform_name: word } })),
    expect: { code: 'unknown_platform', at: 'body.platform_name', replacement: 'jira' },
  },
  {
    id: 'integrations.create/own-keys',
    title: 'Keys such as `__proto__` in free objects are kept as they are',
    endpoint,
    source: SOURCES.fields,
    request: ({ tag }) => ({
      endpoint: 'tickets.create',
      text: `{"title":"${tag}","description":"keys","custom_fields":{"__proto__":{"a":1},"constructor":"b","toString":null}}`,
    }),
    expect: {
      holds: (reply) =>
        JSON.stringify(reply.fields['custom_fields']) === '{"__proto__":{"a":1},"constructor":"b","toString":null}'
          ? undefined
          : { expected: 'the three keys', actual: 'others' },
    },
  },

  // Update
  {
    id: 'integrations.update/only-what-is-sent',
    title: 'PUT changes what is sent and leaves all else alone',
    endpoint: 'integrations.update',
    source: SOURCES.fields,
    given: ['an integration'],
    request: { endpoint: 'integrations.update', body: { description: 'changed', default_priority: 7 } },
    expect: ({ integration }) => ({
      body: { ...settled(integration), description: 'changed', default_priority: 7 },
    }),
  },
  {
    id: 'integrations.update/null-clears',
    title: 'PUT with null clears every field that can be null',
    endpoint: 'integrations.update',
    source: SOURCES.fields,
    request: ({ tag }) => newIntegration(tag, clearable),
    expect: { body: shown(clearable) },
    next: [
      {
        request: ({ replies: [first] }) => ({
          endpoint: 'integrations.update',
          params: { integration_id: String(first?.fields['id']) },
          body: nulls(clearable),
        }),
        expect: { body: nulls(shown(clearable)) },
      },
      readAgain({ body: nulls(shown(clearable)) }),
    ],
  },
  {
    id: 'integrations.update/null-refused',
    title: 'PUT refuses null for a field that always has a value',
    endpoint: 'integrations.update',
    source: SOURCES.fields,
    given: ['an integration'],
    request: ['name', 'default_priority', 'sync_enabled', 'sync_frequency_minutes', 'environment', 'credentials'].map(
      (name) => ({ endpoint: 'integrations.update', body: { [name]: null } }),
    ),
    expect: { code: 'validation_failed' },
  },
  {
    id: 'integrations.update/whole-reply',
    title: 'A reply that is sent back whole changes nothing, and what the server moves is named as ignored',
    endpoint: 'integrations.update',
    source: SOURCES.moving,
    given: ['an integration'],
    request: ({ integration }) => ({ endpoint: 'integrations.update', body: integration }),
    expect: ({ integration }) => ({
      body: { name: integration['name'], status: integration['status'], enabled: integration['enabled'] },
      headers: {
        'Ignored-Fields': /^(?=.*\bupdated_at\b)(?=.*\busage_stats\b)(?=.*\bhealth_info\b)(?!.*\bcreated_at\b)/,
      },
    }),
  },
  ...(endpointOf('integrations.update').readOnly ?? []).map(
    (field): ContractCase => ({
      id: `integrations.update/read-only-${field}`,
      title: `PUT of an integration can not change \`${field}\``,
      endpoint: 'integrations.update',
      source: SOURCES.moving,
      ...(['integration_category', 'platform_name'].includes(field) && { since: 'transitional' as const }),
      given: ['an integration'],
      request: { endpoint: 'integrations.update', body: { [field]: otherValue(field) } },
      expect: { code: 'read_only_field', at: `body.${field}` },
    }),
  ),
  {
    id: 'integrations.update/platform-and-category',
    title: 'PUT with another platform and its category changes neither',
    endpoint: 'integrations.update',
    source: SOURCES.moving,
    since: 'transitional',
    given: ['an integration'],
    request: {
      endpoint: 'integrations.update',
      body: { platform_name: 'slack', integration_category: 'messaging' },
    },
    expect: { code: 'read_only_field', at: 'body.platform_name' },
    next: [{ request: { endpoint: 'integrations.retrieve' }, expect: { body: { platform_name: 'jira' } } }],
  },
  {
    id: 'integrations.update/credentials-are-noted',
    title: 'New credentials have to be complete, and it is shown when they were written',
    endpoint: 'integrations.update',
    source: SOURCES.fields,
    given: ['an integration without credentials'],
    request: ({ tag }) => ({ endpoint: 'integrations.update', body: { credentials: credentialsOf(tag, 'jira') } }),
    expect: {
      holds: ({ fields }) =>
        typeof fields['credentials_updated_at'] === 'string'
          ? undefined
          : { expected: '`credentials_updated_at`: a point in time', actual: 'none' },
    },
    next: [
      {
        request: { endpoint: 'integrations.update', body: { credentials: { email: 'someone@example.test' } } },
        expect: { code: 'credentials_incomplete', at: 'body.credentials.api_token' },
      },
    ],
  },
  {
    id: 'integrations.update/moves-updated-at',
    title: 'A change never moves `updated_at` backwards, and `created_at` not at all',
    endpoint: 'integrations.update',
    source: SOURCES.fields,
    given: ['an integration'],
    request: { endpoint: 'integrations.update', body: { description: 'later' } },
    expect: ({ integration }) => ({
      body: { created_at: integration['created_at'] },
      holds: notBefore('updated_at', integration['updated_at']),
    }),
  },

  // Delete
  {
    id: 'integrations.delete/gone',
    title: 'A deleted integration is told as such, and is in no list',
    endpoint: 'integrations.delete',
    source: SOURCES.contract,
    given: ['an integration'],
    request: { endpoint: 'integrations.delete' },
    expect: {
      holds: ({ fields }) =>
        typeof fields['message'] === 'string' ? undefined : { expected: '`message`: a text', actual: 'none' },
    },
    next: [
      { request: ({ tag }) => ({ endpoint: 'integrations.list', query: { name: tag } }), expect: showsRows(0) },
      { request: { endpoint: 'integrations.listActive' }, expect: ({ tag }) => showsNothingOf(tag) },
    ],
  },

  // Test, sync, fields, activate
  {
    id: 'integrations.test/default-types',
    title: 'A test without types tries connection and authentication, and tells each',
    endpoint: 'integrations.test',
    source: SOURCES.checks,
    given: ['an integration'],
    request: { endpoint: 'integrations.test', body: {} },
    expect: { body: { test_type: 'connection, authentication' }, holds: testDetails(['connection', 'authentication']) },
  },
  {
    id: 'integrations.test/types',
    title: 'A test tries the types that it is asked for, each once',
    endpoint: 'integrations.test',
    source: SOURCES.checks,
    given: ['an integration'],
    request: { endpoint: 'integrations.test', body: { test_types: ['search', 'webhook', 'search', 'project_access'] } },
    expect: {
      body: { test_type: 'search, webhook, project_access' },
      holds: testDetails(['search', 'webhook', 'project_access']),
    },
  },
  {
    id: 'integrations.test/no-types',
    title: 'A test of nothing is refused',
    endpoint: 'integrations.test',
    source: SOURCES.checks,
    given: ['an integration'],
    request: { endpoint: 'integrations.test', body: { test_types: [] } },
    expect: { code: 'validation_failed', at: 'body.test_types' },
  },
  {
    id: 'integrations.test/unknown-type',
    title: 'A test of an unknown type is refused',
    endpoint: 'integrations.test',
    source: SOURCES.checks,
    given: ['an integration'],
    request: { endpoint: 'integrations.test', body: { test_types: ['connection', 'luck'] } },
    expect: { code: 'validation_failed', at: 'body.test_types.1' },
  },
  {
    id: 'integrations.test/is-shown',
    title: 'What a test has shown stands in the integration',
    endpoint: 'integrations.test',
    source: SOURCES.checks,
    given: ['an integration'],
    request: { endpoint: 'integrations.test', body: {} },
    expect: {},
    next: [
      {
        request: { endpoint: 'integrations.retrieve' },
        expect: ({ replies: [test] }) => ({
          holds: ({ fields }) => {
            const health = fields['health_info'] as JsonObject | undefined
            const expected = test?.fields['success'] === true ? 'healthy' : 'unhealthy'
            return health?.['status'] === expected && typeof health['last_check'] === 'string'
              ? undefined
              : { expected: `\`health_info.status\`: ${expected}, and when`, actual: 'something else' }
          },
        }),
      },
    ],
  },
  {
    id: 'integrations.sync/done',
    title: 'A synchronisation tells what it did',
    endpoint: 'integrations.sync',
    source: SOURCES.contract,
    given: ['an integration'],
    request: { endpoint: 'integrations.sync', body: { sync_type: 'full', direction: 'inbound' } },
    expect: { body: { sync_type: 'full', direction: 'inbound', dry_run: false } },
    next: [
      {
        request: { endpoint: 'integrations.retrieve' },
        expect: ({ replies: [sync] }) => ({ body: { last_sync_at: sync?.fields['completed_at'] } }),
      },
    ],
  },
  {
    id: 'integrations.sync/dry',
    title: 'A dry run says so, goes both ways by default, and leaves no trace',
    endpoint: 'integrations.sync',
    source: SOURCES.contract,
    given: ['an integration'],
    request: { endpoint: 'integrations.sync', body: { sync_type: 'incremental', dry_run: true } },
    expect: { body: { sync_type: 'incremental', direction: 'bidirectional', dry_run: true } },
    next: [{ request: { endpoint: 'integrations.retrieve' }, expect: { body: { last_sync_at: null } } }],
  },
  {
    id: 'integrations.sync/directions',
    title: 'An integration can be synchronised in each direction',
    endpoint: 'integrations.sync',
    source: SOURCES.fields,
    given: ['an integration'],
    request: () =>
      ['inbound', 'outbound', 'bidirectional'].map((direction) => ({
        endpoint: 'integrations.sync',
        body: { sync_type: 'test', dry_run: true, direction },
      })),
    expect: {},
  },
  {
    id: 'integrations.sync/words',
    title: 'A synchronisation of an unknown kind, or in an unknown direction, is refused',
    endpoint: 'integrations.sync',
    source: SOURCES.fields,
    given: ['an integration'],
    request: { endpoint: 'integrations.sync', body: { sync_type: 'all', direction: 'sideways' } },
    expect: {
      code: 'validation_failed',
      at: 'body.sync_type',
      holds: ({ text }) =>
        text.includes('"direction"') ? undefined : { expected: 'both fields', actual: '`sync_type` alone' },
    },
  },
  {
    id: 'integrations.fields/counts',
    title: 'The fields of a platform are counted, and filtered by kind and by name',
    endpoint: 'integrations.fields',
    source: SOURCES.contract,
    given: ['an integration'],
    request: [{}, { field_type: 'custom' }, { field_type: 'system' }, { search: 'SuMm' }].map((query) => ({
      endpoint: 'integrations.fields',
      query,
    })),
    expect: ({ tag }) => ({
      body: { integration_name: tag, integration_category: 'ticketing', platform_name: 'jira' },
      holds: fieldsFit,
    }),
  },
  {
    id: 'integrations.fields/not-supported',
    title: 'A platform that does not tell its fields is said to have no such operation',
    endpoint: 'integrations.fields',
    source: SOURCES.refusals,
    given: ['an integration of another platform'],
    request: { endpoint: 'integrations.fields' },
    expect: { code: 'not_supported' },
  },
  {
    id: 'integrations.activate/tells',
    title: 'An activation tells which integration, from what, to what',
    endpoint: 'integrations.activate',
    source: SOURCES.status,
    given: ['a disabled integration'],
    request: { endpoint: 'integrations.activate' },
    expect: ({ integration }) => ({
      body: {
        integration_id: integration.id,
        integration_name: integration['name'],
        previous_status: 'inactive',
        new_status: 'active',
        activation_method: 'manual',
      },
    }),
  },
  {
    id: 'integrations.setStatus/reason',
    title: 'The reason of disabling is kept as the last error, and that of enabling is not',
    endpoint: 'integrations.setStatus',
    source: SOURCES.fields,
    given: ['an integration'],
    request: { endpoint: 'integrations.setStatus', body: { enabled: false, reason: 'on holiday' } },
    expect: { body: { enabled: false }, holds: ({ fields }) => errorIsNoted(fields, true) },
  },
  {
    id: 'integrations.setStatus/no-reason',
    title: 'Disabling without a reason is no error of the integration',
    endpoint: 'integrations.setStatus',
    source: SOURCES.status,
    given: ['an integration'],
    request: { endpoint: 'integrations.setStatus', body: { enabled: false } },
    expect: { holds: ({ fields }) => errorIsNoted(fields, false) },
  },
  {
    id: 'integrations.setStatus/no-enabled',
    title: 'A status call that does not say `enabled` is refused, and moves nothing',
    endpoint: 'integrations.setStatus',
    source: SOURCES.refusals,
    given: ['an integration'],
    request: [{}, { reason: 'because' }].map((body) => ({ endpoint: 'integrations.setStatus', body })),
    expect: (_, generation) => ({
      code: 'validation_failed',
      at: generation === 'legacy' ? 'body.status' : 'body.enabled',
    }),
    next: [
      {
        request: { endpoint: 'integrations.retrieve' },
        expect: ({ integration }) => ({ body: { status: 'active', updated_at: integration['updated_at'] } }),
      },
    ],
  },
  {
    id: 'integrations.retrieve/stats',
    title: '`include_stats` changes nothing',
    endpoint: 'integrations.retrieve',
    source: SOURCES.fields,
    reads: true,
    given: ['an integration'],
    request: [true, false].map((include_stats) => ({ endpoint: 'integrations.retrieve', query: { include_stats } })),
    expect: ({ integration }) => ({ body: { id: integration.id, name: integration['name'] } }),
  },
  {
    id: 'integrations.retrieve/flag',
    title: 'A flag that is neither true nor false is refused',
    endpoint: 'integrations.retrieve',
    source: SOURCES.fields,
    reads: true,
    given: ['an integration'],
    request: { endpoint: 'integrations.retrieve', query: { include_stats: 'perhaps' } },
    expect: { code: 'validation_failed', at: 'query.include_stats' },
  },
]
