import { ENDPOINT_IDS, type EndpointId, endpointOf } from '@ai-ticket-creator/domain'
import { paramNames } from '@ai-ticket-creator/domain/internal'
import type { ContractCase, Expect, Step } from '../model/case.ts'
import { createIntegration, createTicket } from '../model/request-bodies.ts'
import { SPEC } from '../model/spec-references.ts'
import {
  hasRow,
  idsOf,
  isGet,
  isTicketEndpoint,
  minimalRequest,
  preconditionsOf,
  routeOf,
  unknownIds,
} from './sample-requests.ts'

const rowEndpoints = ENDPOINT_IDS.filter(hasRow)

/** Authentication, and access to the rows of other organizations. */
export const access: readonly ContractCase[] = [
  ...ENDPOINT_IDS.map(
    (endpoint): ContractCase => ({
      id: `${endpoint}/token`,
      title: `${routeOf(endpoint)} is refused without a token and with an unknown one`,
      endpoint,
      specReference: SPEC.refusals,
      ...(isGet(endpoint) && { readOnly: true }),
      request: ({ tag }) =>
        (['none', 'wrong'] as const).map((token) => ({
          ...minimalRequest(endpoint, tag),
          params: unknownIds(endpoint),
          token,
        })),
      expect: { code: 'unauthenticated', headers: { 'WWW-Authenticate': 'Bearer' } },
    }),
  ),

  ...rowEndpoints.map(
    (endpoint): ContractCase => ({
      id: `${endpoint}/unknown-id`,
      title: `${routeOf(endpoint)} returns 404 for an unknown id`,
      endpoint,
      specReference: SPEC.refusals,
      ...(isGet(endpoint) && { readOnly: true }),
      request: ({ tag }) => ({ ...minimalRequest(endpoint, tag), params: unknownIds(endpoint) }),
      expect: { code: 'not_found' },
    }),
  ),

  ...rowEndpoints.map(
    (endpoint): ContractCase => ({
      id: `${endpoint}/malformed-id`,
      title: `${routeOf(endpoint)} refuses an id that is not a UUID`,
      endpoint,
      specReference: SPEC.refusals,
      ...(isGet(endpoint) && { readOnly: true }),
      request: ({ tag }) => ({ ...minimalRequest(endpoint, tag), params: idsOf(endpoint, 'not-a-uuid') }),
      expect: { code: 'validation_failed', at: `path.${paramNames(endpointOf(endpoint).path)[0] ?? ''}` },
    }),
  ),

  ...rowEndpoints.map(
    (endpoint): ContractCase => ({
      id: `${endpoint}/deleted`,
      title: `${routeOf(endpoint)} returns 404 for a deleted row`,
      endpoint,
      specReference: SPEC.refusals,
      preconditions: [isTicketEndpoint(endpoint) ? 'a deleted ticket' : 'a deleted integration'],
      request: ({ tag }) => minimalRequest(endpoint, tag),
      expect: { code: 'not_found' },
    }),
  ),

  ...rowEndpoints.map(
    (endpoint): ContractCase => ({
      id: `${endpoint}/other-organization`,
      title: `${routeOf(endpoint)} returns 404 for a row of another organization, and does not change it`,
      endpoint,
      specReference: SPEC.refusals,
      needsOtherTenant: true,
      preconditions: preconditionsOf(endpoint),
      request: ({ tag }) => ({ ...minimalRequest(endpoint, tag), token: 'other-tenant' }),
      expect: { code: 'not_found' },
      next: [rowIsUnchanged(endpoint)],
    }),
  ),

  {
    id: 'integrations.list/other-organization',
    title: 'The lists of integrations and of active integrations have no row of another organization',
    endpoint: 'integrations.list',
    specReference: SPEC.refusals,
    needsOtherTenant: true,
    preconditions: ['an integration'],
    request: ({ tag }) => [
      { endpoint: 'integrations.list', query: { name: tag }, token: 'other-tenant' },
      { endpoint: 'integrations.listActive', token: 'other-tenant' },
    ],
    expect: ({ tag }) => expectNoRow(tag),
  },
  {
    id: 'tickets.list/other-organization',
    title: 'The list of tickets has no row of another organization',
    endpoint: 'tickets.list',
    specReference: SPEC.refusals,
    needsOtherTenant: true,
    preconditions: ['a ticket'],
    request: ({ tag }) => ({ endpoint: 'tickets.list', query: { q: tag }, token: 'other-tenant' }),
    expect: ({ tag }) => ({ ...expectNoRow(tag), body: { total: 0, items: [] } }),
  },
  {
    id: 'tickets.create/other-organization',
    title: 'A ticket cannot use an integration of another organization',
    endpoint: 'tickets.create',
    specReference: SPEC.refusals,
    needsOtherTenant: true,
    since: 'transitional',
    preconditions: ['an integration'],
    request: ({ tag, integration }) => ({
      ...createTicket(tag, { integration_id: integration.id }),
      token: 'other-tenant',
    }),
    expect: { code: 'integration_not_found' },
  },
  {
    id: 'integrations.create/key-of-other-organization',
    title: 'An idempotency key belongs to one organization',
    endpoint: 'integrations.create',
    specReference: SPEC.idempotency,
    needsOtherTenant: true,
    request: ({ tag }) =>
      ([undefined, 'other-tenant'] as const).map((token) => ({
        ...createIntegration(tag),
        headers: { 'Idempotency-Key': tag },
        ...(token !== undefined && { token }),
      })),
    expect: { headers: { 'Idempotency-Replayed': undefined } },
  },
]

/** A GET with the token of the run, which returns the row unchanged. */
function rowIsUnchanged(endpoint: EndpointId): Step {
  const kind = isTicketEndpoint(endpoint) ? 'ticket' : 'integration'
  return {
    request: { endpoint: `${kind}s.retrieve` },
    expect: (context) => ({ body: { id: context[kind].id, updated_at: context[kind]['updated_at'] } }),
  }
}

function expectNoRow(tag: string): Expect {
  return {
    check: ({ text }) =>
      text.includes(tag)
        ? { expected: 'no row of another organization', actual: 'a row of another organization' }
        : undefined,
  }
}
