import { ENDPOINT_IDS, type EndpointId, endpointOf, isAvailable } from '@ai-ticket-creator/domain'
import { paramNames } from '@ai-ticket-creator/domain/internal'
import type { ContractCase, Expect } from '../model/case.ts'
import { SOURCES } from '../model/spec-references.ts'
import { idsOf, isGet, lineOf, newIntegration, newTicket, nowhere, rowOf, smallAsk } from './sample-requests.ts'

const withRow = ENDPOINT_IDS.filter((id) => paramNames(endpointOf(id).path).length > 0)

/** Who is let in, and to which rows. */
export const access: readonly ContractCase[] = [
  ...ENDPOINT_IDS.map(
    (endpoint): ContractCase => ({
      id: `${endpoint}/token`,
      title: `${lineOf(endpoint)} is refused without a token, and with one that nobody has`,
      endpoint,
      source: SOURCES.refusals,
      ...(isGet(endpoint) && { reads: true }),
      request: ({ tag }) =>
        (['none', 'wrong'] as const).map((token) => ({ ...smallAsk(endpoint, tag), params: nowhere(endpoint), token })),
      expect: { code: 'unauthenticated', headers: { 'WWW-Authenticate': 'Bearer' } },
    }),
  ),

  ...withRow.map(
    (endpoint): ContractCase => ({
      id: `${endpoint}/unknown-id`,
      title: `${lineOf(endpoint)} does not find an id that no row has`,
      endpoint,
      source: SOURCES.refusals,
      ...(isGet(endpoint) && { reads: true }),
      request: ({ tag }) => ({ ...smallAsk(endpoint, tag), params: nowhere(endpoint) }),
      expect: { code: 'not_found' },
    }),
  ),

  ...withRow.map(
    (endpoint): ContractCase => ({
      id: `${endpoint}/malformed-id`,
      title: `${lineOf(endpoint)} refuses an id that is no UUID`,
      endpoint,
      source: SOURCES.refusals,
      ...(isGet(endpoint) && { reads: true }),
      request: ({ tag }) => ({ ...smallAsk(endpoint, tag), params: idsOf(endpoint, 'not-a-uuid') }),
      expect: { code: 'validation_failed', at: `path.${paramNames(endpointOf(endpoint).path)[0] ?? ''}` },
    }),
  ),

  ...withRow.map(
    (endpoint): ContractCase => ({
      id: `${endpoint}/deleted`,
      title: `${lineOf(endpoint)} does not find a row that was deleted`,
      endpoint,
      source: SOURCES.refusals,
      given: [rowOf(endpoint)[0] === 'a ticket' ? 'a deleted ticket' : 'a deleted integration'],
      request: ({ tag }) => smallAsk(endpoint, tag),
      expect: { code: 'not_found' },
    }),
  ),

  ...withRow.map(
    (endpoint): ContractCase => ({
      id: `${endpoint}/other-organization`,
      title: `${lineOf(endpoint)} does not find the row of another organization, and leaves it alone`,
      endpoint,
      source: SOURCES.refusals,
      other: true,
      given: rowOf(endpoint),
      request: ({ tag }) => ({ ...smallAsk(endpoint, tag), token: 'other' }),
      expect: { code: 'not_found' },
      next: [ownRowIsThere(endpoint)],
    }),
  ),

  {
    id: 'integrations.list/other-organization',
    title: 'A list of integrations, and that of the active ones, shows nothing of another organization',
    endpoint: 'integrations.list',
    source: SOURCES.refusals,
    other: true,
    given: ['an integration'],
    request: ({ tag }) => [
      { endpoint: 'integrations.list', query: { name: tag }, token: 'other' },
      { endpoint: 'integrations.listActive', token: 'other' },
    ],
    expect: ({ tag }) => showsNone((text) => text.includes(tag)),
  },
  {
    id: 'tickets.list/other-organization',
    title: 'A list of tickets shows nothing of another organization',
    endpoint: 'tickets.list',
    source: SOURCES.refusals,
    other: true,
    given: ['a ticket'],
    request: ({ tag }) => ({ endpoint: 'tickets.list', query: { q: tag }, token: 'other' }),
    expect: ({ tag }) => ({ ...showsNone((text) => text.includes(tag)), body: { total: 0, items: [] } }),
  },
  {
    id: 'tickets.create/other-organization',
    title: 'A ticket can not name an integration of another organization',
    endpoint: 'tickets.create',
    source: SOURCES.refusals,
    other: true,
    since: 'transitional',
    given: ['an integration'],
    request: ({ tag, integration }) => ({ ...newTicket(tag, { integration_id: integration.id }), token: 'other' }),
    expect: { code: 'integration_not_found' },
  },
  {
    id: 'tickets.create/key-of-other-organization',
    title: 'An idempotency key belongs to one organization',
    endpoint: 'integrations.create',
    source: SOURCES.repeats,
    other: true,
    request: ({ tag }) =>
      ([undefined, 'other'] as const).map((token) => ({
        ...newIntegration(tag),
        headers: { 'Idempotency-Key': tag },
        ...(token !== undefined && { token }),
      })),
    expect: { headers: { 'Idempotency-Replayed': undefined } },
  },
]

function ownRowIsThere(endpoint: EndpointId): NonNullable<ContractCase['next']>[number] {
  const kind = rowOf(endpoint)[0] === 'a ticket' ? 'ticket' : 'integration'
  return {
    request: { endpoint: `${kind}s.retrieve` },
    expect: (rows) => ({ body: { id: rows[kind].id, updated_at: rows[kind]['updated_at'] } }),
  }
}

const showsNone = (found: (text: string) => boolean): Expect => ({
  holds: ({ text }) =>
    found(text) ? { expected: 'no row of another organization', actual: 'a row of another organization' } : undefined,
})

/** The methods that a path takes in a generation. */
export const methodsAt = (path: string, generation: Parameters<typeof isAvailable>[1]): readonly string[] =>
  ENDPOINT_IDS.filter((id) => endpointOf(id).path === path && isAvailable(id, generation)).map(
    (id) => endpointOf(id).method,
  )
