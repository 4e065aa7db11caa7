import { ENDPOINT_IDS, type EndpointId, endpointOf } from '@ai-ticket-creator/domain'
import type { ContractCase } from '../model/case.ts'
import type { CaseRequest } from '../model/case-request.ts'
import type { Reply } from '../model/observed-reply.ts'
import { createTicket, UNKNOWN_ID } from '../model/request-bodies.ts'
import { SPEC } from '../model/spec-references.ts'
import { isTicketEndpoint, minimalRequest, preconditionsOf, routeOf } from './sample-requests.ts'

const versioned = ENDPOINT_IDS.filter((id) => endpointOf(id).refusals?.includes('version_conflict') === true)

/** ETags and `If-Match`. */
export const versions: readonly ContractCase[] = [
  ...versioned.map(
    (endpoint): ContractCase => ({
      id: `${endpoint}/if-match`,
      title: `${routeOf(endpoint)} with \`If-Match\` is refused if the row has changed since it was read, and succeeds if not`,
      endpoint,
      specReference: SPEC.headers,
      preconditions: preconditionsOf(endpoint),
      request: { endpoint: retrieveOf(endpoint) },
      expect: { headers: { ETag: /^"[^"]+"$/ } },
      next: [
        {
          request: ({ tag }) => changeOf(endpoint, tag),
          expect: ({ replies: [read] }) => ({
            check: (reply) =>
              etagOf(reply) === etagOf(read) ? { expected: 'a new `ETag`', actual: 'the previous one' } : undefined,
          }),
        },
        {
          request: ({ tag, replies: [read] }) => ({
            ...minimalRequest(endpoint, tag),
            headers: { 'If-Match': etagOf(read) },
          }),
          expect: {
            code: 'version_conflict',
            check: (reply, { replies }) =>
              etagOf(reply) === etagOf(replies[1])
                ? undefined
                : { expected: 'the current `ETag`', actual: 'another one' },
          },
        },
        {
          request: { endpoint: retrieveOf(endpoint) },
          expect: ({ replies }) => ({ headers: { ETag: etagOf(replies[1]) } }),
        },
        {
          request: ({ tag, replies }) => ({
            ...minimalRequest(endpoint, tag),
            headers: { 'If-Match': `"of-another-version", ${etagOf(replies[1])}` },
          }),
          expect: {},
        },
      ],
    }),
  ),
  {
    id: 'versions/any',
    title: '`If-Match: *` matches any version',
    endpoint: 'tickets.replace',
    specReference: SPEC.headers,
    preconditions: ['a ticket'],
    request: { endpoint: 'tickets.replace', body: { description: 'changed' }, headers: { 'If-Match': '*' } },
    expect: {},
  },
  {
    id: 'versions/not-found-first',
    title: '`If-Match` on a row that does not exist is 404, not a version conflict',
    endpoint: 'tickets.replace',
    specReference: SPEC.headers,
    request: {
      endpoint: 'tickets.replace',
      params: { ticket_id: UNKNOWN_ID },
      body: { description: 'changed' },
      headers: { 'If-Match': '"1"' },
    },
    expect: { code: 'not_found' },
  },
  {
    id: 'versions/counters-keep-etag',
    title: 'Testing an integration or filing a ticket with it does not change its `ETag`',
    endpoint: 'integrations.retrieve',
    specReference: SPEC.headers,
    preconditions: ['an integration'],
    request: { endpoint: 'integrations.retrieve' },
    expect: {},
    next: [
      { request: { endpoint: 'integrations.test', body: {} }, expect: {} },
      { request: ({ tag, integration }) => createTicket(tag, { integration_id: integration.id }), expect: {} },
      {
        request: { endpoint: 'integrations.retrieve' },
        expect: ({ replies: [read] }) => ({ headers: { ETag: etagOf(read) } }),
      },
    ],
  },
  {
    id: 'versions/create-and-read',
    title: 'A create returns the same `ETag` as a GET after it',
    endpoint: 'tickets.create',
    specReference: SPEC.headers,
    request: ({ tag }) => createTicket(tag),
    expect: {},
    next: [
      {
        request: ({ replies: [created] }) => ({
          endpoint: 'tickets.retrieve',
          params: { ticket_id: String(created?.fields['id']) },
        }),
        expect: ({ replies: [created] }) => ({ headers: { ETag: etagOf(created) } }),
      },
    ],
  },
]

function etagOf(reply: Reply | undefined): string {
  return reply?.headers.get('ETag') ?? ''
}

function retrieveOf(endpoint: EndpointId): EndpointId {
  return isTicketEndpoint(endpoint) ? 'tickets.retrieve' : 'integrations.retrieve'
}

/** A request that changes the row of an endpoint. */
function changeOf(endpoint: EndpointId, tag: string): CaseRequest {
  const body = { description: `${tag} has changed` }
  return { endpoint: isTicketEndpoint(endpoint) ? 'tickets.replace' : 'integrations.update', body }
}
