import { categoryOf, LEGACY_INTEGRATION_TYPES } from '@ai-ticket-creator/domain'
import type { ContractCase } from '../../model/case.ts'
import { credentialsOf, integrationBody } from '../../model/request-bodies.ts'
import { SPEC } from '../../model/spec-references.ts'
import { nothingCreated } from './nothing-created.ts'

/** Values of `status` that cannot be set; the last one is misspelt. */
const NOT_SETTABLE = ['pending', 'error', 'expired', 'suspended', 'actve']

/** Retired fields of integrations. */
export const retiredIntegrationFields: readonly ContractCase[] = [
  ...LEGACY_INTEGRATION_TYPES.map(
    (type): ContractCase => ({
      id: `integration-type/${type}`,
      title: `\`integration_type: ${type}\` becomes category \`${categoryOf(type)}\` and platform \`${type}\``,
      endpoint: 'integrations.create',
      specReference: SPEC.migration,
      until: 'transitional',
      request: ({ tag }) => ({
        endpoint: 'integrations.create',
        verbatim: true,
        body: { name: tag, integration_type: type, credentials: credentialsOf(tag, type) },
      }),
      expect: { body: { integration_category: categoryOf(type), platform_name: type } },
    }),
  ),
  {
    id: 'integration-type/case-and-spaces',
    title: '`integration_type` is trimmed, and upper and lower case do not matter',
    endpoint: 'integrations.create',
    specReference: SPEC.migration,
    until: 'transitional',
    request: ({ tag }) =>
      ['JIRA', ' Jira '].map((type) => ({
        endpoint: 'integrations.create',
        verbatim: true,
        body: { name: tag, integration_type: type },
      })),
    expect: { body: { integration_category: 'ticketing', platform_name: 'jira' } },
  },
  {
    id: 'integration-type/unknown',
    title: 'An unknown `integration_type` is refused with a suggestion, and nothing is created',
    endpoint: 'integrations.create',
    specReference: SPEC.migration,
    until: 'transitional',
    request: ({ tag }) => ({
      endpoint: 'integrations.create',
      verbatim: true,
      body: { name: tag, integration_type: 'jirra' },
    }),
    expect: { code: 'unknown_platform', at: 'body.integration_type', replacement: 'jira' },
    next: [nothingCreated],
  },
  {
    id: 'is-enabled/both-agree',
    title: 'A create with an old and a new field is accepted if they agree',
    endpoint: 'integrations.create',
    specReference: SPEC.migration,
    since: 'transitional',
    until: 'transitional',
    request: ({ tag }) => ({
      endpoint: 'integrations.create',
      body: {
        name: tag,
        platform_name: 'jira',
        integration_category: 'ticketing',
        integration_type: 'jira',
        enabled: false,
        is_enabled: false,
      },
    }),
    expect: {
      body: { enabled: false, status: 'inactive', platform_name: 'jira' },
      // Both fields, in any order.
      headers: { 'Deprecated-Fields': /^(?=.*is_enabled;use=enabled)(?=.*integration_type;use=platform_name)/ },
    },
  },
  {
    id: 'is-enabled/both-disagree',
    title: 'A create whose old and new field disagree is refused with both names, and nothing is created',
    endpoint: 'integrations.create',
    specReference: SPEC.migration,
    since: 'transitional',
    until: 'transitional',
    request: ({ tag }) => ({
      endpoint: 'integrations.create',
      body: { ...integrationBody(tag), enabled: true, is_enabled: false },
    }),
    expect: {
      code: 'conflicting_fields',
      at: 'body.enabled',
      replacement: 'enabled',
      headers: { 'Deprecated-Fields': 'is_enabled;use=enabled' },
      check: ({ text }) =>
        text.includes('`enabled`') && text.includes('`is_enabled`')
          ? undefined
          : { expected: 'a message with both names', actual: 'another message' },
    },
    next: [nothingCreated],
  },
  {
    id: 'integration-type/both-disagree',
    title: 'A create whose `integration_type` and `platform_name` disagree is refused',
    endpoint: 'integrations.create',
    specReference: SPEC.migration,
    since: 'transitional',
    until: 'transitional',
    request: ({ tag }) => ({
      endpoint: 'integrations.create',
      body: { name: tag, platform_name: 'jira', integration_type: 'slack' },
    }),
    expect: { code: 'conflicting_fields', at: 'body.platform_name' },
    next: [nothingCreated],
  },
  {
    id: 'is-enabled/old-client-flips',
    title: 'An update that changes `is_enabled` and sends the rest of the reply back is applied',
    endpoint: 'integrations.update',
    specReference: SPEC.migration,
    since: 'transitional',
    until: 'transitional',
    preconditions: ['an integration'],
    request: ({ integration }) => ({
      endpoint: 'integrations.update',
      body: { ...integration, is_enabled: false, integration_type: 'jira' },
    }),
    expect: { body: { enabled: false, status: 'inactive' } },
  },
  {
    id: 'is-enabled/new-client-flips',
    title: 'An update that changes `enabled` and sends `is_enabled` back unchanged is applied',
    endpoint: 'integrations.update',
    specReference: SPEC.migration,
    since: 'transitional',
    until: 'transitional',
    preconditions: ['a disabled integration'],
    request: ({ integration }) => ({
      endpoint: 'integrations.update',
      body: { ...integration, enabled: true, is_enabled: false, integration_type: 'jira' },
    }),
    expect: { body: { enabled: true, status: 'active' } },
  },
  {
    id: 'is-enabled/null',
    title: '`is_enabled: null` on create counts as absent',
    endpoint: 'integrations.create',
    specReference: SPEC.migration,
    until: 'transitional',
    request: ({ tag }) => ({
      endpoint: 'integrations.create',
      verbatim: true,
      body: { name: tag, integration_type: 'jira', is_enabled: null },
    }),
    expect: { body: { enabled: true, status: 'active' } },
  },
  {
    id: 'status-to-enabled/active',
    title: '`{"status": "active"}` enables an integration',
    endpoint: 'integrations.setStatus',
    specReference: SPEC.migration,
    until: 'transitional',
    preconditions: ['a disabled integration'],
    request: { endpoint: 'integrations.setStatus', verbatim: true, body: { status: 'active' } },
    expect: { body: { enabled: true, status: 'active' } },
  },
  {
    id: 'status-to-enabled/inactive',
    title: '`{"status": "inactive"}` disables an integration',
    endpoint: 'integrations.setStatus',
    specReference: SPEC.migration,
    until: 'transitional',
    preconditions: ['an integration'],
    request: { endpoint: 'integrations.setStatus', verbatim: true, body: { status: 'inactive' } },
    expect: { body: { enabled: false, status: 'inactive' } },
  },
  ...NOT_SETTABLE.map(
    (status): ContractCase => ({
      id: `status-to-enabled/${status}`,
      title: `\`{"status": "${status}"}\` is refused`,
      endpoint: 'integrations.setStatus',
      specReference: SPEC.migration,
      until: 'transitional',
      preconditions: ['an integration'],
      request: { endpoint: 'integrations.setStatus', verbatim: true, body: { status } },
      expect: { code: 'status_not_settable', at: 'body.status' },
      next: [{ request: { endpoint: 'integrations.retrieve' }, expect: { body: { status: 'active' } } }],
    }),
  ),
  {
    id: 'status-to-enabled/replacement',
    title: 'The refusal of a status that cannot be set names `enabled` as the replacement',
    endpoint: 'integrations.setStatus',
    specReference: SPEC.migration,
    // A legacy backend has no `enabled`.
    since: 'transitional',
    until: 'transitional',
    preconditions: ['an integration'],
    request: NOT_SETTABLE.map((status) => ({ endpoint: 'integrations.setStatus', verbatim: true, body: { status } })),
    expect: { code: 'status_not_settable', at: 'body.status', replacement: 'enabled' },
  },
  {
    id: 'new-fields/unknown-to-legacy',
    title: 'A legacy backend ignores new fields and names them in `Ignored-Fields`',
    endpoint: 'integrations.create',
    specReference: SPEC.generations,
    until: 'legacy',
    request: ({ tag }) => ({
      endpoint: 'integrations.create',
      verbatim: true,
      body: { name: tag, integration_type: 'jira', enabled: false, platform_name: 'slack' },
    }),
    expect: {
      body: { enabled: true, platform_name: 'jira' },
      // Both fields, in any order.
      headers: { 'Ignored-Fields': /^(?=.*\benabled\b)(?=.*\bplatform_name\b)/ },
    },
  },
  {
    id: 'new-fields/filters-unknown-to-legacy',
    title: 'A legacy backend ignores new filters and names them in `Ignored-Fields`',
    endpoint: 'integrations.list',
    specReference: SPEC.generations,
    until: 'legacy',
    readOnly: true,
    request: { endpoint: 'integrations.list', verbatim: true, query: { platform_name: 'jira' } },
    expect: { headers: { 'Ignored-Fields': 'platform_name' } },
  },
]
