import { endpointOf } from '@ai-ticket-creator/domain'
import type { ContractCase } from '../../model/case.ts'
import { createIntegration, credentialsOf } from '../../model/request-bodies.ts'
import { SPEC } from '../../model/spec-references.ts'
import { nulls } from '../sample-requests.ts'
import { clearableFields, clearableFieldsInReply } from './clearable-fields.ts'
import {
  checkIgnoredFields,
  checkNotBefore,
  expectNoRowOf,
  expectRowCount,
  otherValue,
  stableFields,
} from './expectations.ts'
import { readCreated } from './read-back.ts'

const NOT_NULLABLE = [
  'name',
  'default_priority',
  'sync_enabled',
  'sync_frequency_minutes',
  'environment',
  'credentials',
]

/** Updating and deleting integrations. */
export const updateCases: readonly ContractCase[] = [
  {
    id: 'integrations.update/only-what-is-sent',
    title: 'PUT of an integration changes only the sent fields',
    endpoint: 'integrations.update',
    specReference: SPEC.fields,
    preconditions: ['an integration'],
    request: { endpoint: 'integrations.update', body: { description: 'changed', default_priority: 7 } },
    expect: ({ integration }) => ({
      body: { ...stableFields(integration), description: 'changed', default_priority: 7 },
    }),
  },
  {
    id: 'integrations.update/null-clears',
    title: 'PUT of an integration clears every nullable field that is sent as null',
    endpoint: 'integrations.update',
    specReference: SPEC.fields,
    request: ({ tag }) => createIntegration(tag, clearableFields),
    expect: { body: clearableFieldsInReply },
    next: [
      {
        request: ({ replies: [first] }) => ({
          endpoint: 'integrations.update',
          params: { integration_id: String(first?.fields['id']) },
          body: nulls(clearableFields),
        }),
        expect: { body: nulls(clearableFieldsInReply) },
      },
      readCreated({ body: nulls(clearableFieldsInReply) }),
    ],
  },
  {
    id: 'integrations.update/null-refused',
    title: 'PUT of an integration refuses null for a field that is not nullable',
    endpoint: 'integrations.update',
    specReference: SPEC.fields,
    since: 'current',
    preconditions: ['an integration'],
    request: NOT_NULLABLE.map((name) => ({ endpoint: 'integrations.update', body: { [name]: null } })),
    expect: { code: 'validation_failed' },
  },
  {
    id: 'integrations.update/null-ignored',
    title:
      'PUT of an integration ignores null for a field that is not nullable, and names the field in `Ignored-Fields`',
    endpoint: 'integrations.update',
    specReference: SPEC.fields,
    until: 'transitional',
    preconditions: ['an integration'],
    request: NOT_NULLABLE.map((name) => ({ endpoint: 'integrations.update', body: { [name]: null } })),
    expect: { check: checkIgnoredFields },
  },
  {
    id: 'integrations.update/whole-reply',
    title:
      'Sending a whole reply back changes nothing, and `Ignored-Fields` names the fields that the server maintains',
    endpoint: 'integrations.update',
    specReference: SPEC.migration,
    preconditions: ['an integration'],
    request: ({ integration }) => ({ endpoint: 'integrations.update', body: integration }),
    expect: ({ integration }) => ({
      body: { name: integration['name'], status: integration['status'], enabled: integration['enabled'] },
      headers: {
        // Maintained fields, in any order. `created_at` is read-only: its unchanged value is accepted and not ignored.
        'Ignored-Fields': /^(?=.*\bupdated_at\b)(?=.*\busage_stats\b)(?=.*\bhealth_info\b)(?!.*\bcreated_at\b)/,
      },
    }),
  },
  ...(endpointOf('integrations.update').readOnly ?? []).map(
    (field): ContractCase => ({
      id: `integrations.update/read-only-${field}`,
      title: `PUT of an integration refuses another \`${field}\``,
      endpoint: 'integrations.update',
      specReference: SPEC.migration,
      ...(['integration_category', 'platform_name'].includes(field) && { since: 'transitional' as const }),
      preconditions: ['an integration'],
      request: { endpoint: 'integrations.update', body: { [field]: otherValue(field) } },
      expect: { code: 'read_only_field', at: `body.${field}` },
    }),
  ),
  {
    id: 'integrations.update/platform-and-category',
    title: 'PUT with another platform and its category is refused',
    endpoint: 'integrations.update',
    specReference: SPEC.migration,
    since: 'transitional',
    preconditions: ['an integration'],
    request: {
      endpoint: 'integrations.update',
      body: { platform_name: 'slack', integration_category: 'messaging' },
    },
    expect: { code: 'read_only_field', at: 'body.platform_name' },
    next: [{ request: { endpoint: 'integrations.retrieve' }, expect: { body: { platform_name: 'jira' } } }],
  },
  {
    id: 'integrations.update/credentials-updated-at',
    title: 'New credentials must be complete, and `credentials_updated_at` is set',
    endpoint: 'integrations.update',
    specReference: SPEC.fields,
    preconditions: ['an integration without credentials'],
    request: ({ tag }) => ({ endpoint: 'integrations.update', body: { credentials: credentialsOf(tag, 'jira') } }),
    expect: {
      check: ({ fields }) =>
        typeof fields['credentials_updated_at'] === 'string'
          ? undefined
          : { expected: '`credentials_updated_at`: a time', actual: 'no time' },
    },
    next: [
      {
        request: { endpoint: 'integrations.update', body: { credentials: { email: 'someone@example.test' } } },
        expect: { code: 'credentials_incomplete', at: 'body.credentials.api_token' },
      },
    ],
  },
  {
    id: 'integrations.update/times',
    title: 'A change never moves `updated_at` back and never changes `created_at`',
    endpoint: 'integrations.update',
    specReference: SPEC.fields,
    preconditions: ['an integration'],
    request: { endpoint: 'integrations.update', body: { description: 'later' } },
    expect: ({ integration }) => ({
      body: { created_at: integration['created_at'] },
      check: checkNotBefore('updated_at', integration['updated_at']),
    }),
  },
  {
    id: 'integrations.delete/gone',
    title: 'Deleting an integration returns a message and removes it from the lists',
    endpoint: 'integrations.delete',
    specReference: SPEC.contract,
    preconditions: ['an integration'],
    request: { endpoint: 'integrations.delete' },
    expect: {
      check: ({ fields }) =>
        typeof fields['message'] === 'string' ? undefined : { expected: '`message`: a string', actual: 'no string' },
    },
    next: [
      { request: ({ tag }) => ({ endpoint: 'integrations.list', query: { name: tag } }), expect: expectRowCount(0) },
      { request: { endpoint: 'integrations.listActive' }, expect: ({ tag }) => expectNoRowOf(tag) },
    ],
  },
]
