import { ENDPOINT_IDS, endpointOf } from '@ai-ticket-creator/domain'
import type { ContractCase } from '../../model/case.ts'
import { SPEC } from '../../model/spec-references.ts'
import { isGet, minimalBody, preconditionsOf, routeOf } from '../sample-requests.ts'

const withBody = ENDPOINT_IDS.filter((id) => endpointOf(id).body !== undefined)
const withQuery = ENDPOINT_IDS.filter(isGet)

/** Unknown fields of bodies and unknown query parameters. */
export const unknownFieldCases: readonly ContractCase[] = [
  ...withBody.map(
    (endpoint): ContractCase => ({
      id: `${endpoint}/unknown-field`,
      title: `${routeOf(endpoint)} refuses an unknown field`,
      endpoint,
      specReference: SPEC.generations,
      since: 'current',
      preconditions: preconditionsOf(endpoint),
      request: ({ tag }) => ({ endpoint, body: { ...minimalBody(endpoint, tag), no_such_field: 1 } }),
      expect: { code: 'unknown_field', at: 'body.no_such_field' },
    }),
  ),
  ...withBody.map(
    (endpoint): ContractCase => ({
      id: `${endpoint}/ignored-field`,
      title: `${routeOf(endpoint)} ignores an unknown field and names it in \`Ignored-Fields\``,
      endpoint,
      specReference: SPEC.generations,
      until: 'transitional',
      preconditions: preconditionsOf(endpoint),
      request: ({ tag }) => ({ endpoint, body: { ...minimalBody(endpoint, tag), no_such_field: 1 } }),
      expect: { headers: { 'Ignored-Fields': 'no_such_field' } },
    }),
  ),
  ...withQuery.map(
    (endpoint): ContractCase => ({
      id: `${endpoint}/unknown-parameter`,
      title: `${routeOf(endpoint)} refuses an unknown parameter`,
      endpoint,
      specReference: SPEC.generations,
      since: 'current',
      readOnly: true,
      preconditions: preconditionsOf(endpoint),
      request: { endpoint, query: { no_such_parameter: 1 } },
      expect: { code: 'unknown_field', at: 'query.no_such_parameter' },
    }),
  ),
  ...withQuery.map(
    (endpoint): ContractCase => ({
      id: `${endpoint}/ignored-parameter`,
      title: `${routeOf(endpoint)} ignores an unknown parameter and names it in \`Ignored-Fields\``,
      endpoint,
      specReference: SPEC.generations,
      until: 'transitional',
      readOnly: true,
      preconditions: preconditionsOf(endpoint),
      request: { endpoint, query: { no_such_parameter: 1 } },
      expect: { headers: { 'Ignored-Fields': 'no_such_parameter' } },
    }),
  ),
  {
    id: 'requests/nearest-field',
    title: 'A misspelt field is refused, and the issue suggests the right name',
    endpoint: 'integrations.create',
    specReference: SPEC.generations,
    since: 'current',
    request: ({ tag }) => ({
      endpoint: 'integrations.create',
      body: { ...minimalBody('integrations.create', tag), enabeld: true },
    }),
    expect: { code: 'unknown_field', at: 'body.enabeld', replacement: 'enabled' },
  },
  {
    id: 'requests/nearest-parameter',
    title: 'A misspelt query parameter is refused, and the issue suggests the right name',
    endpoint: 'integrations.list',
    specReference: SPEC.generations,
    since: 'current',
    readOnly: true,
    request: { endpoint: 'integrations.list', query: { platform_nam: 'jira' } },
    expect: { code: 'unknown_field', at: 'query.platform_nam', replacement: 'platform_name' },
  },
  {
    id: 'requests/ignored-names-are-quoted',
    title: '`Ignored-Fields` quotes and encodes a name that is not a token',
    endpoint: 'tickets.create',
    specReference: SPEC.headers,
    until: 'transitional',
    request: ({ tag }) => ({
      endpoint: 'tickets.create',
      body: { ...minimalBody('tickets.create', tag), 'no such, field': 1 },
    }),
    expect: { headers: { 'Ignored-Fields': '"no%20such%2C%20field"' } },
  },
  {
    id: 'requests/ignored-names-are-limited',
    title: '`Ignored-Fields` has at most 50 names and 4 KiB',
    endpoint: 'tickets.create',
    specReference: SPEC.headers,
    until: 'transitional',
    request: ({ tag }) => ({
      endpoint: 'tickets.create',
      body: {
        ...minimalBody('tickets.create', tag),
        ...Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`x${index}`, 1])),
      },
    }),
    expect: {
      check({ headers }) {
        const count = (headers.get('Ignored-Fields') ?? '').split(', ').length
        return count === 50 ? undefined : { expected: '50 names', actual: `${count} names` }
      },
    },
  },
]
