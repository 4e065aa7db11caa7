import { ENDPOINT_IDS, endpointOf } from '@ai-ticket-creator/domain'
import type { Check, ContractCase } from '../../model/case.ts'
import { issuesOf } from '../../model/describe.ts'
import { createIntegration, createTicket } from '../../model/request-bodies.ts'
import { SPEC } from '../../model/spec-references.ts'
import { minimalRequest, preconditionsOf, routeOf } from '../sample-requests.ts'

const withBody = ENDPOINT_IDS.filter((id) => endpointOf(id).body !== undefined)

/** Request bodies: JSON, media type, issues. */
export const bodyCases: readonly ContractCase[] = [
  ...withBody.map(
    (endpoint): ContractCase => ({
      id: `${endpoint}/no-json-object`,
      title: `${routeOf(endpoint)} refuses a body that is malformed, missing or not an object`,
      endpoint,
      specReference: SPEC.refusals,
      preconditions: preconditionsOf(endpoint),
      request: ['{"description":', '"text"', '[]', 'null', ''].map((rawBody) => ({ endpoint, rawBody })),
      expect: { code: 'validation_failed', at: 'body' },
    }),
  ),
  ...withBody.map(
    (endpoint): ContractCase => ({
      id: `${endpoint}/media-type`,
      title: `${routeOf(endpoint)} refuses a body with another media type than JSON`,
      endpoint,
      specReference: SPEC.refusals,
      preconditions: preconditionsOf(endpoint),
      request: ({ tag }) => ({ ...minimalRequest(endpoint, tag), headers: { 'Content-Type': 'text/plain' } }),
      expect: { code: 'unsupported_media_type' },
    }),
  ),
  {
    id: 'requests/media-type-with-charset',
    title: 'A body may name its charset or use a `+json` media type',
    endpoint: 'tickets.create',
    specReference: SPEC.refusals,
    request: ({ tag }) =>
      ['application/json; charset=utf-8', 'application/vnd.example+json'].map((type) => ({
        ...minimalRequest('tickets.create', tag),
        headers: { 'Content-Type': type },
      })),
    expect: {},
  },
  {
    id: 'requests/malformed-before-token',
    title: 'Malformed JSON is refused before the token is checked',
    endpoint: 'tickets.create',
    specReference: SPEC.refusals,
    request: { endpoint: 'tickets.create', rawBody: '{"title":', token: 'none' },
    expect: { code: 'validation_failed', at: 'body' },
  },
  {
    id: 'requests/token-before-fields',
    title: 'The token is checked before the fields',
    endpoint: 'tickets.create',
    specReference: SPEC.refusals,
    request: { endpoint: 'tickets.create', body: {}, token: 'none' },
    expect: { code: 'unauthenticated' },
  },
  {
    id: 'requests/deep-nesting',
    title: 'A body nested deeper than 100 levels is refused',
    endpoint: 'tickets.create',
    specReference: SPEC.refusals,
    request: ({ tag }) => ({
      endpoint: 'tickets.create',
      rawBody: `{"title":"${tag}","description":"deep","custom_fields":${'{"a":'.repeat(120)}1${'}'.repeat(120)}}`,
    }),
    expect: { code: 'validation_failed', at: 'body' },
  },
  {
    id: 'requests/all-issues',
    title: 'A refusal has an issue for every invalid field',
    endpoint: 'tickets.create',
    specReference: SPEC.refusals,
    request: { endpoint: 'tickets.create', body: { title: ' ', priority: 'urgent' } },
    expect: {
      code: 'validation_failed',
      at: 'body.description',
      check({ text }) {
        const named = ['"title"', '"priority"', '"description"'].filter((name) => text.includes(name))
        return named.length === 3
          ? undefined
          : { expected: 'issues for three fields', actual: named.join(', ') || 'none' }
      },
    },
  },
  {
    id: 'refusals/too-large',
    title: 'A number above its limit is refused with the type `less_than_equal`',
    endpoint: 'integrations.create',
    specReference: SPEC.refusals,
    request: ({ tag }) => createIntegration(tag, { default_priority: 1001 }),
    expect: { code: 'validation_failed', at: 'body.default_priority', check: checkIssueType('less_than_equal') },
  },
  {
    id: 'refusals/at-most-100-issues',
    title: 'A refusal lists at most 100 issues',
    endpoint: 'tickets.create',
    specReference: SPEC.refusals,
    since: 'transitional',
    request: ({ tag }) => createTicket(tag, { attachments: Array.from({ length: 150 }, () => ({ file_id: 'no id' })) }),
    expect: {
      code: 'validation_failed',
      check: ({ json }) =>
        issuesOf(json).length <= 100
          ? undefined
          : { expected: 'at most 100 issues', actual: `${issuesOf(json).length} issues` },
    },
  },
]

function checkIssueType(type: string): Check {
  return ({ json }) =>
    issuesOf(json).some((issue) => issue['type'] === type)
      ? undefined
      : { expected: `an issue of type \`${type}\``, actual: 'another type' }
}
