import { ENDPOINT_IDS, type EndpointId, endpointOf, type JsonObject } from '@ai-ticket-creator/domain'
import { sameJson } from '@ai-ticket-creator/domain/internal'
import type { ContractCase, Expect } from '../model/case.ts'
import type { CaseContext } from '../model/case-context.ts'
import type { CaseRequest } from '../model/case-request.ts'
import { createIntegration, createTicket, OTHER_FILE_ID, ticketBody } from '../model/request-bodies.ts'
import { SPEC } from '../model/spec-references.ts'
import { minimalRequest, preconditionsOf, routeOf } from './sample-requests.ts'

const posts = ENDPOINT_IDS.filter((id) => endpointOf(id).method === 'POST')

/** Idempotency keys. */
export const idempotency: readonly ContractCase[] = [
  ...posts.map(
    (endpoint): ContractCase => ({
      id: `${endpoint}/repeated`,
      title: `${routeOf(endpoint)} replays its reply for a repeated \`Idempotency-Key\`, and refuses another body with that key`,
      endpoint,
      specReference: SPEC.idempotency,
      preconditions: preconditionsOf(endpoint),
      request: ({ tag }) => withKey(minimalRequest(endpoint, tag), tag),
      expect: { headers: { 'Idempotency-Replayed': undefined } },
      next: [
        { request: ({ tag }) => withKey(minimalRequest(endpoint, tag), tag), expect: expectReplay },
        // An activation has no body.
        ...(endpointOf(endpoint).body === undefined
          ? []
          : [
              {
                request: ({ tag }: CaseContext) => withKey(otherRequest(endpoint, tag), tag),
                expect: { code: 'idempotency_mismatch' as const },
              },
            ]),
        {
          request: ({ tag }) =>
            withKey({ endpoint: 'tickets.createWithAi', body: { user_input: `${tag}: another call` } }, tag),
          expect: { code: 'idempotency_mismatch' },
        },
      ],
    }),
  ),
  {
    id: 'idempotency/once',
    title: 'A create sent twice with the same key creates one row',
    endpoint: 'integrations.create',
    specReference: SPEC.idempotency,
    request: ({ tag }) => [withKey(createIntegration(tag), tag), withKey(createIntegration(tag), tag)],
    expect: {},
    next: [
      {
        request: ({ tag }) => ({ endpoint: 'integrations.list', query: { name: tag } }),
        expect: {
          check: ({ current }) =>
            Array.isArray(current) && current.length === 1
              ? undefined
              : { expected: 'one row', actual: Array.isArray(current) ? `${current.length} rows` : 'no list' },
        },
      },
    ],
  },
  {
    id: 'idempotency/other-row',
    title: 'A key that was used for one row is refused for another',
    endpoint: 'integrations.activate',
    specReference: SPEC.idempotency,
    preconditions: ['two integrations with the same name'],
    request: ({ tag }) => withKey({ endpoint: 'integrations.activate' }, tag),
    expect: {},
    next: [
      {
        request: ({ tag, integrations }) =>
          withKey({ endpoint: 'integrations.activate', params: { integration_id: String(integrations[1]?.id) } }, tag),
        expect: { code: 'idempotency_mismatch' },
      },
    ],
  },
  {
    id: 'idempotency/both-spellings',
    title: 'A call repeated with the old field names replays the first reply',
    endpoint: 'integrations.create',
    specReference: SPEC.idempotency,
    since: 'transitional',
    until: 'transitional',
    request: ({ tag }) =>
      withKey({ endpoint: 'integrations.create', body: { name: tag, platform_name: 'jira', enabled: false } }, tag),
    expect: {},
    next: [
      {
        request: ({ tag }) =>
          withKey(
            { endpoint: 'integrations.create', body: { is_enabled: false, name: tag, integration_type: 'jira' } },
            tag,
          ),
        expect: expectReplay,
      },
    ],
  },
  {
    id: 'idempotency/refused-call',
    title: 'A refused call does not use up its idempotency key',
    endpoint: 'tickets.create',
    specReference: SPEC.idempotency,
    request: ({ tag }) => withKey(createTicket(tag, { priority: 'urgent' }), tag),
    expect: { code: 'validation_failed', at: 'body.priority' },
    next: [
      {
        request: ({ tag }) => withKey(createTicket(tag), tag),
        expect: { headers: { 'Idempotency-Replayed': undefined } },
      },
    ],
  },
  {
    id: 'idempotency/key-length',
    title: 'An idempotency key has 1 to 255 characters',
    endpoint: 'tickets.create',
    specReference: SPEC.idempotency,
    request: ({ tag }) => withKey(createTicket(tag), tag.padEnd(256, 'x')),
    expect: { code: 'validation_failed', at: 'header.Idempotency-Key' },
    next: [{ request: ({ tag }) => withKey(createTicket(tag), tag.padEnd(255, 'x')), expect: {} }],
  },
  {
    id: 'idempotency/not-for-put',
    title: 'PUT ignores an idempotency key: the second body is applied',
    endpoint: 'tickets.replace',
    specReference: SPEC.idempotency,
    preconditions: ['a ticket'],
    request: ({ tag }) => withKey({ endpoint: 'tickets.replace', body: { description: 'one' } }, tag),
    expect: { body: { description: 'one' } },
    next: [
      {
        request: ({ tag }) => withKey({ endpoint: 'tickets.replace', body: { description: 'two' } }, tag),
        expect: { body: { description: 'two' }, headers: { 'Idempotency-Replayed': undefined } },
      },
    ],
  },
  {
    id: 'tickets.create/repeated-in-another-order',
    title: 'The order of fields does not matter for an `Idempotency-Key`',
    endpoint: 'tickets.create',
    specReference: SPEC.idempotency,
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

function withKey(request: CaseRequest, key: string): CaseRequest {
  return { ...request, headers: { ...request.headers, 'Idempotency-Key': key } }
}

function expectReplay({ replies: [first] }: CaseContext): Expect {
  return {
    headers: { 'Idempotency-Replayed': 'true', ETag: first?.headers.get('ETag') ?? undefined },
    check: ({ json }) =>
      sameJson(json, first?.json) ? undefined : { expected: 'the first reply again', actual: 'another reply' },
  }
}

/** A valid request that differs from the minimal one. */
function otherRequest(endpoint: EndpointId, tag: string): CaseRequest {
  const bodies: Partial<Record<EndpointId, JsonObject>> = {
    'integrations.create': { name: `${tag} two`, platform_name: 'slack' },
    'integrations.test': { test_types: ['search'] },
    'integrations.sync': { sync_type: 'full' },
    'tickets.create': { title: `${tag} two`, description: 'another' },
    'tickets.createWithAi': { user_input: `${tag}: two` },
    'tickets.addAttachments': { attachments: [{ file_id: OTHER_FILE_ID }] },
  }
  return { endpoint, body: bodies[endpoint] }
}
