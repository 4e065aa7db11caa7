import { ENDPOINT_IDS, endpointOf, type Generation } from '@ai-ticket-creator/domain'
import type { ContractCase, Fault } from '../model/case.ts'
import { itemsOf } from '../model/describe.ts'
import type { Reply } from '../model/observed-reply.ts'
import { NOWHERE } from '../model/request-bodies.ts'
import { SOURCES } from '../model/spec-references.ts'
import { methodsAt } from './access.ts'
import { isGet, lineOf, newIntegration, newTicket, rowOf, smallAsk, smallBody } from './sample-requests.ts'

const withBody = ENDPOINT_IDS.filter((id) => endpointOf(id).body !== undefined)
const reading = ENDPOINT_IDS.filter(isGet)
const paths = [...new Set(ENDPOINT_IDS.map((id) => endpointOf(id).path))]

/** How a request is written, and what is said of one that is not written so. */
export const requests: readonly ContractCase[] = [
  ...withBody.map(
    (endpoint): ContractCase => ({
      id: `${endpoint}/no-json-object`,
      title: `${lineOf(endpoint)} refuses a body that is no JSON, no object, or not there`,
      endpoint,
      source: SOURCES.refusals,
      given: rowOf(endpoint),
      request: ['{"description":', '"text"', '[]', 'null', ''].map((text) => ({ endpoint, text })),
      expect: { code: 'validation_failed', at: 'body' },
    }),
  ),
  ...withBody.map(
    (endpoint): ContractCase => ({
      id: `${endpoint}/media-type`,
      title: `${lineOf(endpoint)} refuses a body that does not call itself JSON`,
      endpoint,
      source: SOURCES.refusals,
      given: rowOf(endpoint),
      request: ({ tag }) => ({ ...smallAsk(endpoint, tag), headers: { 'Content-Type': 'text/plain' } }),
      expect: { code: 'unsupported_media_type' },
    }),
  ),
  ...withBody.map(
    (endpoint): ContractCase => ({
      id: `${endpoint}/unknown-field`,
      title: `${lineOf(endpoint)} refuses a field that no schema has`,
      endpoint,
      source: SOURCES.generations,
      since: 'current',
      given: rowOf(endpoint),
      request: ({ tag }) => ({ endpoint, body: { ...smallBody(endpoint, tag), no_such_field: 1 } }),
      expect: { code: 'unknown_field', at: 'body.no_such_field' },
    }),
  ),
  ...withBody.map(
    (endpoint): ContractCase => ({
      id: `${endpoint}/ignored-field`,
      title: `${lineOf(endpoint)} passes over a field that no schema has, and says so`,
      endpoint,
      source: SOURCES.generations,
      until: 'transitional',
      given: rowOf(endpoint),
      request: ({ tag }) => ({ endpoint, body: { ...smallBody(endpoint, tag), no_such_field: 1 } }),
      expect: { headers: { 'Ignored-Fields': 'no_such_field' } },
    }),
  ),
  ...reading.map(
    (endpoint): ContractCase => ({
      id: `${endpoint}/unknown-parameter`,
      title: `${lineOf(endpoint)} refuses a parameter that it does not have`,
      endpoint,
      source: SOURCES.generations,
      since: 'current',
      reads: true,
      given: rowOf(endpoint),
      request: { endpoint, query: { no_such_parameter: 1 } },
      expect: { code: 'unknown_field', at: 'query.no_such_parameter' },
    }),
  ),
  ...reading.map(
    (endpoint): ContractCase => ({
      id: `${endpoint}/ignored-parameter`,
      title: `${lineOf(endpoint)} passes over a parameter that it does not have, and says so`,
      endpoint,
      source: SOURCES.generations,
      until: 'transitional',
      reads: true,
      given: rowOf(endpoint),
      request: { endpoint, query: { no_such_parameter: 1 } },
      expect: { headers: { 'Ignored-Fields': 'no_such_parameter' } },
    }),
  ),
  {
    id: 'requests/nearest-field',
    title: 'A field that is misspelt is refused with the name that was probably meant',
    endpoint: 'integrations.create',
    source: SOURCES.generations,
    since: 'current',
    request: ({ tag }) => ({
      endpoint: 'integrations.create',
      body: { ...smallBody('integrations.create', tag), enabeld: true },
    }),
    expect: { code: 'unknown_field', at: 'body.enabeld', replacement: 'enabled' },
  },
  {
    id: 'requests/nearest-parameter',
    title: 'A parameter that is misspelt is refused with the name that was probably meant',
    endpoint: 'integrations.list',
    source: SOURCES.generations,
    since: 'current',
    reads: true,
    request: { endpoint: 'integrations.list', query: { platform_nam: 'jira' } },
    expect: { code: 'unknown_field', at: 'query.platform_nam', replacement: 'platform_name' },
  },
  {
    id: 'requests/ignored-names-are-quoted',
    title: '`Ignored-Fields` quotes and encodes a name that is no token',
    endpoint: 'tickets.create',
    source: SOURCES.headers,
    until: 'transitional',
    request: ({ tag }) => ({
      endpoint: 'tickets.create',
      body: { ...smallBody('tickets.create', tag), 'no such, field': 1 },
    }),
    expect: { headers: { 'Ignored-Fields': '"no%20such%2C%20field"' } },
  },
  {
    id: 'requests/ignored-names-are-limited',
    title: '`Ignored-Fields` has at most 50 names and 4 KiB',
    endpoint: 'tickets.create',
    source: SOURCES.headers,
    until: 'transitional',
    request: ({ tag }) => ({
      endpoint: 'tickets.create',
      body: {
        ...smallBody('tickets.create', tag),
        ...Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`x${index}`, 1])),
      },
    }),
    expect: {
      holds({ headers }) {
        const count = (headers.get('Ignored-Fields') ?? '').split(', ').length
        return count === 50 ? undefined : { expected: '50 names', actual: `${count} names` }
      },
    },
  },
  {
    id: 'requests/media-type-with-charset',
    title: 'A body may say its charset, or be of a type that is written in JSON',
    endpoint: 'tickets.create',
    source: SOURCES.refusals,
    request: ({ tag }) =>
      ['application/json; charset=utf-8', 'application/vnd.example+json'].map((type) => ({
        ...smallAsk('tickets.create', tag),
        headers: { 'Content-Type': type },
      })),
    expect: {},
  },
  {
    id: 'requests/malformed-before-token',
    title: 'A body that is no JSON is refused before it is asked who calls',
    endpoint: 'tickets.create',
    source: SOURCES.refusals,
    request: { endpoint: 'tickets.create', text: '{"title":', token: 'none' },
    expect: { code: 'validation_failed', at: 'body' },
  },
  {
    id: 'requests/token-before-fields',
    title: 'Who calls is asked before fields are looked at',
    endpoint: 'tickets.create',
    source: SOURCES.refusals,
    request: { endpoint: 'tickets.create', body: {}, token: 'none' },
    expect: { code: 'unauthenticated' },
  },
  {
    id: 'requests/deep-nesting',
    title: 'A body that nests deeper than 100 levels is refused',
    endpoint: 'tickets.create',
    source: SOURCES.refusals,
    request: ({ tag }) => ({
      endpoint: 'tickets.create',
      text: `{"title":"${tag}","description":"deep","custom_fields":${'{"a":'.repeat(120)}1${'}'.repeat(120)}}`,
    }),
    expect: { code: 'validation_failed', at: 'body' },
  },
  {
    id: 'requests/all-faults',
    title: 'A refusal names every field that is wrong',
    endpoint: 'tickets.create',
    source: SOURCES.refusals,
    request: { endpoint: 'tickets.create', body: { title: ' ', priority: 'urgent' } },
    expect: {
      code: 'validation_failed',
      at: 'body.description',
      holds({ text }) {
        const named = ['"title"', '"priority"', '"description"'].filter((name) => text.includes(name))
        return named.length === 3 ? undefined : { expected: 'three fields', actual: named.join(', ') || 'none' }
      },
    },
  },
  {
    id: 'refusals/too-large',
    title: 'A number above its limit is refused as one that is too large',
    endpoint: 'integrations.create',
    source: SOURCES.refusals,
    request: ({ tag }) => newIntegration(tag, { default_priority: 1001 }),
    expect: { code: 'validation_failed', at: 'body.default_priority', holds: hasType('less_than_equal') },
  },
  {
    id: 'refusals/a-hundred',
    title: 'Of a long list of faults a hundred are told',
    endpoint: 'tickets.create',
    source: SOURCES.refusals,
    since: 'transitional',
    request: ({ tag }) => newTicket(tag, { attachments: Array.from({ length: 150 }, () => ({ file_id: 'no id' })) }),
    expect: {
      code: 'validation_failed',
      holds: ({ json }) =>
        itemsOf(json).length <= 100 ? undefined : { expected: 'at most 100', actual: `${itemsOf(json).length}` },
    },
  },
  {
    id: 'requests/unknown-path',
    title: 'A path that there is not is not found',
    source: SOURCES.refusals,
    reads: true,
    request: { endpoint: 'integrations.list', path: '/no-such-thing/' },
    expect: { code: 'not_found' },
  },
  {
    id: 'requests/slash',
    title: 'A path with or without its last slash is redirected to the right one, query included',
    source: SOURCES.headers,
    reads: true,
    request: { endpoint: 'integrations.list', path: '/integrations', query: { limit: 1 } },
    expect: { status: 307, headers: { Location: /\/api\/v1\/integrations\/\?limit=1$/ } },
    next: [
      {
        request: { endpoint: 'tickets.list', path: '/tickets' },
        expect: { status: 307, headers: { Location: /\/api\/v1\/tickets\/$/ } },
      },
      {
        request: { endpoint: 'tickets.retrieve', path: `/tickets/${NOWHERE}/` },
        expect: { status: 307, headers: { Location: new RegExp(`/api/v1/tickets/${NOWHERE}$`) } },
      },
    ],
  },
  {
    id: 'requests/upper-case-id',
    title: 'An id is found in upper case too',
    endpoint: 'tickets.retrieve',
    source: SOURCES.fields,
    reads: true,
    given: ['a ticket'],
    request: ({ ticket }) => ({ endpoint: 'tickets.retrieve', params: { ticket_id: ticket.id.toUpperCase() } }),
    expect: ({ ticket }) => ({ body: { id: ticket.id } }),
  },
  ...paths.flatMap((path) => (['legacy', 'transitional', 'current'] as const).flatMap((one) => methodCase(path, one))),
]

function hasType(type: string) {
  return ({ json }: Reply): Fault | undefined =>
    itemsOf(json).some((item) => item['type'] === type)
      ? undefined
      : { expected: `an issue of type \`${type}\``, actual: 'another type' }
}

// A case for each set of methods that a path has had.
function methodCase(path: string, generation: Generation): readonly ContractCase[] {
  const methods = methodsAt(path, generation)
  const earlier = generation === 'legacy' ? [] : methodsAt(path, generation === 'current' ? 'transitional' : 'legacy')
  const endpoint = ENDPOINT_IDS.find((id) => endpointOf(id).path === path)
  const other = ['DELETE', 'PUT', 'PATCH', 'POST'].find((method) => !methods.includes(method))
  if (endpoint === undefined || other === undefined || methods.length === 0) return []
  if (generation !== 'legacy' && methods.join() === earlier.join()) return []

  const until = lastWith(path, methods)
  const params = { integration_id: NOWHERE, ticket_id: NOWHERE }
  return [
    {
      id: `requests/methods-of${path.replaceAll(/[{}]/g, '').replaceAll('/', '.')}${generation === 'legacy' ? '' : `-${generation}`}`.replace(
        /\.$/,
        '',
      ),
      title: `${path} takes ${methods.join(', ')} and says so to other methods`,
      source: SOURCES.refusals,
      since: generation,
      until,
      request: { endpoint, method: other, params },
      expect: {
        code: 'method_not_allowed',
        holds({ headers }) {
          const allowed = (headers.get('Allow') ?? '').split(', ').toSorted().join(', ')
          const expected = methods.toSorted().join(', ')
          return allowed === expected ? undefined : { expected: `\`Allow\`: ${expected}`, actual: allowed || 'none' }
        },
      },
    },
  ]
}

function lastWith(path: string, methods: readonly string[]): Generation {
  return (
    (['current', 'transitional'] as const).find((one) => methodsAt(path, one).join() === methods.join()) ?? 'legacy'
  )
}
