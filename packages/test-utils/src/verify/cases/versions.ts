import { ENDPOINT_IDS, type EndpointId, endpointOf, type JsonObject } from '@ai-ticket-creator/domain'
import type { ContractCase, Step } from '../model/case.ts'
import type { Rows } from '../model/case-context.ts'
import type { Ask } from '../model/case-request.ts'
import type { Reply } from '../model/observed-reply.ts'
import { NOWHERE, ticketBody } from '../model/request-bodies.ts'
import { SOURCES } from '../model/spec-references.ts'
import { lineOf, newIntegration, newTicket, rowOf, smallAsk } from './sample-requests.ts'

const versioned = ENDPOINT_IDS.filter((id) => endpointOf(id).refusals?.includes('version_conflict') === true)
const posts = ENDPOINT_IDS.filter((id) => endpointOf(id).method === 'POST')

const kindOf = (endpoint: EndpointId): 'integrations' | 'tickets' =>
  rowOf(endpoint)[0] === 'a ticket' ? 'tickets' : 'integrations'

const tagOf = (reply: Reply | undefined): string => reply?.headers.get('ETag') ?? ''

const keyed = (ask: Ask, key: string): Ask => ({ ...ask, headers: { ...ask.headers, 'Idempotency-Key': key } })

const sameReply: Step['expect'] = ({ replies: [first] }) => ({
  headers: { 'Idempotency-Replayed': 'true', ETag: first?.headers.get('ETag') ?? undefined },
  holds: (reply) =>
    reply.text === first?.text ? undefined : { expected: 'the first answer again', actual: 'another one' },
})

/** Versions of rows, calls that are sent twice, and ids of requests. */
export const versions: readonly ContractCase[] = [
  ...versioned.map(
    (endpoint): ContractCase => ({
      id: `${endpoint}/if-match`,
      title: `${lineOf(endpoint)} is refused when the row has changed since it was read, and done when it has not`,
      endpoint,
      source: SOURCES.headers,
      given: rowOf(endpoint),
      request: { endpoint: `${kindOf(endpoint)}.retrieve` },
      expect: { headers: { ETag: /^"[^"]+"$/ } },
      next: [
        {
          request: (rows) => change(endpoint, rows),
          expect: ({ replies: [read] }) => ({
            holds: (reply) =>
              tagOf(reply) === tagOf(read) ? { expected: 'a new `ETag`', actual: 'the old one' } : undefined,
          }),
        },
        {
          request: ({ tag, replies: [read] }) => ({
            ...smallAsk(endpoint, tag),
            headers: { 'If-Match': tagOf(read) },
          }),
          expect: {
            code: 'version_conflict',
            holds: (reply, { replies }) =>
              tagOf(reply) === tagOf(replies[1]) ? undefined : { expected: 'the `ETag` of now', actual: 'another one' },
          },
        },
        {
          request: { endpoint: `${kindOf(endpoint)}.retrieve` },
          expect: ({ replies }) => ({ headers: { ETag: tagOf(replies[1]) } }),
        },
        {
          request: ({ tag, replies }) => ({
            ...smallAsk(endpoint, tag),
            headers: { 'If-Match': `"of-another-time", ${tagOf(replies[1])}` },
          }),
          expect: {},
        },
      ],
    }),
  ),
  {
    id: 'versions/any',
    title: '`If-Match: *` is whatever version there is',
    endpoint: 'tickets.replace',
    source: SOURCES.headers,
    given: ['a ticket'],
    request: { endpoint: 'tickets.replace', body: { description: 'changed' }, headers: { 'If-Match': '*' } },
    expect: {},
  },
  {
    id: 'versions/not-found-first',
    title: 'A row that is not there has no version to be in conflict with',
    endpoint: 'tickets.replace',
    source: SOURCES.headers,
    request: {
      endpoint: 'tickets.replace',
      params: { ticket_id: NOWHERE },
      body: { description: 'changed' },
      headers: { 'If-Match': '"1"' },
    },
    expect: { code: 'not_found' },
  },
  {
    id: 'versions/counters-move-no-tag',
    title: 'What a test or a filed ticket counts does not move the `ETag` of an integration',
    endpoint: 'integrations.retrieve',
    source: SOURCES.headers,
    given: ['an integration'],
    request: { endpoint: 'integrations.retrieve' },
    expect: {},
    next: [
      { request: { endpoint: 'integrations.test', body: {} }, expect: {} },
      { request: ({ tag, integration }) => newTicket(tag, { integration_id: integration.id }), expect: {} },
      {
        request: { endpoint: 'integrations.retrieve' },
        expect: ({ replies: [read] }) => ({ headers: { ETag: tagOf(read) } }),
      },
    ],
  },
  {
    id: 'versions/create-and-read',
    title: 'The create of a row shows the version that it is read in',
    endpoint: 'tickets.create',
    source: SOURCES.headers,
    request: ({ tag }) => newTicket(tag),
    expect: {},
    next: [
      {
        request: ({ replies: [made] }) => ({
          endpoint: 'tickets.retrieve',
          params: { ticket_id: String(made?.fields['id']) },
        }),
        expect: ({ replies: [made] }) => ({ headers: { ETag: tagOf(made) } }),
      },
    ],
  },

  ...posts.map(
    (endpoint): ContractCase => ({
      id: `${endpoint}/repeated`,
      title: `${lineOf(endpoint)} that is sent again with its \`Idempotency-Key\` is answered as before, and another body is refused`,
      endpoint,
      source: SOURCES.repeats,
      given: rowOf(endpoint),
      request: ({ tag }) => keyed(smallAsk(endpoint, tag), tag),
      expect: { headers: { 'Idempotency-Replayed': undefined } },
      next: [
        { request: ({ tag }) => keyed(smallAsk(endpoint, tag), tag), expect: sameReply },
        // A body that another one can be told from; an activation has none.
        ...(endpointOf(endpoint).body === undefined
          ? []
          : [
              {
                request: ({ tag }: Rows) => keyed(otherAsk(endpoint, tag), tag),
                expect: { code: 'idempotency_mismatch' as const },
              },
            ]),
        {
          request: ({ tag }) =>
            keyed({ endpoint: 'tickets.createWithAi', body: { user_input: `${tag}: another call` } }, tag),
          expect: { code: 'idempotency_mismatch' },
        },
      ],
    }),
  ),
  {
    id: 'repeats/once',
    title: 'A create that is sent twice with one key makes one row',
    endpoint: 'integrations.create',
    source: SOURCES.repeats,
    request: ({ tag }) => [keyed(newIntegration(tag), tag), keyed(newIntegration(tag), tag)],
    expect: {},
    next: [
      {
        request: ({ tag }) => ({ endpoint: 'integrations.list', query: { name: tag } }),
        expect: {
          holds: ({ current }) =>
            Array.isArray(current) && current.length === 1
              ? undefined
              : { expected: 'one row', actual: 'another number' },
        },
      },
    ],
  },
  {
    id: 'repeats/other-row',
    title: 'A key that was used for one row is refused for another one',
    endpoint: 'integrations.activate',
    source: SOURCES.repeats,
    given: ['two integrations of one name'],
    request: ({ tag }) => keyed({ endpoint: 'integrations.activate' }, tag),
    expect: {},
    next: [
      {
        request: ({ tag, integrations }) =>
          keyed({ endpoint: 'integrations.activate', params: { integration_id: String(integrations[1]?.id) } }, tag),
        expect: { code: 'idempotency_mismatch' },
      },
    ],
  },
  {
    id: 'repeats/both-spellings',
    title: 'A call that is repeated in the other spelling is the same call',
    endpoint: 'integrations.create',
    source: SOURCES.repeats,
    since: 'transitional',
    until: 'transitional',
    request: ({ tag }) =>
      keyed({ endpoint: 'integrations.create', body: { name: tag, platform_name: 'jira', enabled: false } }, tag),
    expect: {},
    next: [
      {
        request: ({ tag }) =>
          keyed(
            { endpoint: 'integrations.create', body: { is_enabled: false, name: tag, integration_type: 'jira' } },
            tag,
          ),
        expect: sameReply,
      },
    ],
  },
  {
    id: 'repeats/refused-is-free',
    title: 'A call that was refused leaves its key free',
    endpoint: 'tickets.create',
    source: SOURCES.repeats,
    request: ({ tag }) => keyed(newTicket(tag, { priority: 'urgent' }), tag),
    expect: { code: 'validation_failed', at: 'body.priority' },
    next: [
      { request: ({ tag }) => keyed(newTicket(tag), tag), expect: { headers: { 'Idempotency-Replayed': undefined } } },
    ],
  },
  {
    id: 'repeats/key-length',
    title: 'A key has 1 to 255 characters',
    endpoint: 'tickets.create',
    source: SOURCES.repeats,
    request: ({ tag }) => keyed(newTicket(tag), tag.padEnd(256, 'x')),
    expect: { code: 'validation_failed', at: 'header.Idempotency-Key' },
    next: [{ request: ({ tag }) => keyed(newTicket(tag), tag.padEnd(255, 'x')), expect: {} }],
  },
  {
    id: 'repeats/not-for-updates',
    title: 'A key has no meaning for PUT: the second body counts',
    endpoint: 'tickets.replace',
    source: SOURCES.repeats,
    given: ['a ticket'],
    request: ({ tag }) => keyed({ endpoint: 'tickets.replace', body: { description: 'one' } }, tag),
    expect: { body: { description: 'one' } },
    next: [
      {
        request: ({ tag }) => keyed({ endpoint: 'tickets.replace', body: { description: 'two' } }, tag),
        expect: { body: { description: 'two' }, headers: { 'Idempotency-Replayed': undefined } },
      },
    ],
  },

  {
    id: 'request-ids/own',
    title: 'The id of a request is repeated in its reply, also when it is refused',
    endpoint: 'integrations.list',
    source: SOURCES.headers,
    reads: true,
    request: ['none', undefined].map((token) => ({
      endpoint: 'integrations.list',
      headers: { 'X-Request-Id': 'a.request:of-ours_1' },
      query: token === undefined ? {} : { limit: 0 },
    })),
    expect: ({ replies }) => ({
      ...(replies.length === 1 && { code: 'validation_failed' as const, at: 'query.limit' }),
      headers: { 'X-Request-Id': 'a.request:of-ours_1' },
    }),
  },
  {
    id: 'request-ids/unsafe',
    title: 'An id that is too long, or of other characters, is replaced by one of the service',
    endpoint: 'integrations.list',
    source: SOURCES.headers,
    reads: true,
    request: ['a b', 'x'.repeat(129), '<b>'].map((id) => ({
      endpoint: 'integrations.list',
      headers: { 'X-Request-Id': id },
    })),
    expect: {
      holds: ({ headers, ask }) => {
        const id = headers.get('X-Request-Id') ?? ''
        return id !== '' && id !== ask.headers?.['X-Request-Id']
          ? undefined
          : { expected: 'an id of its own', actual: 'ours, or none' }
      },
    },
  },
  {
    id: 'tickets.create/repeated-in-another-order',
    title: 'A body whose fields stand in another order is the same body for its `Idempotency-Key`',
    endpoint: 'tickets.create',
    source: SOURCES.repeats,
    request: ({ tag }) => ({
      endpoint: 'tickets.create',
      body: { ...ticketBody(tag), custom_fields: { a: 1, b: 2 } },
      headers: { 'Idempotency-Key': tag },
    }),
    expect: {},
    next: [
      {
        request: ({ tag }) => ({
          endpoint: 'tickets.create',
          body: Object.fromEntries(Object.entries({ ...ticketBody(tag), custom_fields: { b: 2, a: 1 } }).toReversed()),
          headers: { 'Idempotency-Key': tag },
        }),
        expect: { headers: { 'Idempotency-Replayed': 'true' } },
      },
    ],
  },
]

/** A change of the row that an endpoint is about, by another endpoint or the same. */
function change(endpoint: EndpointId, { tag }: Rows): Ask {
  const body: JsonObject = { description: `${tag} has changed` }
  return { endpoint: kindOf(endpoint) === 'tickets' ? 'tickets.replace' : 'integrations.update', body }
}

/** A request to an endpoint that is not its small one. */
function otherAsk(endpoint: EndpointId, tag: string): Ask {
  const others: Partial<Record<EndpointId, JsonObject>> = {
    'integrations.create': { name: `${tag} two`, platform_name: 'slack' },
    'integrations.test': { test_types: ['search'] },
    'integrations.sync': { sync_type: 'full' },
    'tickets.create': { title: `${tag} two`, description: 'another' },
    'tickets.createWithAi': { user_input: `${tag}: two` },
    'tickets.addAttachments': { attachments: [{ file_id: NOWHERE }] },
  }
  return { endpoint, body: others[endpoint] }
}
