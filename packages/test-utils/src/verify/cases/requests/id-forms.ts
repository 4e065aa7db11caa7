import { ENDPOINT_IDS, type JsonObject } from '@ai-ticket-creator/domain'
import type { ContractCase } from '../../model/case.ts'
import { creatorIdOf } from '../../model/case-context.ts'
import { createTicket } from '../../model/request-bodies.ts'
import { SPEC } from '../../model/spec-references.ts'
import { idsIn } from '../lists/rows.ts'
import { hasRow, idsOf, isGet, isTicketEndpoint, preconditionsOf } from '../sample-requests.ts'

// Only endpoints that read, so that these cases can share their rows.
const gets = ENDPOINT_IDS.filter((endpoint) => hasRow(endpoint) && isGet(endpoint))

/** Ids in upper case mean the same rows. */
export const idFormCases: readonly ContractCase[] = [
  ...gets.map(
    (endpoint): ContractCase => ({
      id: `${endpoint}/upper-case-id`,
      title: `An id in upper case in the path finds the row (\`${endpoint}\`)`,
      endpoint,
      specReference: SPEC.fields,
      preconditions: preconditionsOf(endpoint),
      shared: true,
      request: (context) => {
        const row = isTicketEndpoint(endpoint) ? context.ticket : context.integration
        return { endpoint, params: idsOf(endpoint, row.id.toUpperCase()) }
      },
      expect: {},
    }),
  ),
  {
    id: 'tickets.list/upper-case-ids',
    title: 'The filters of the list of tickets accept ids in upper case',
    endpoint: 'tickets.list',
    specReference: SPEC.lists,
    since: 'transitional',
    preconditions: ['an integration', 'a ticket with that integration'],
    request: ({ tag, integration, ticket }) =>
      [{ integration_id: integration.id }, { created_by_id: String(creatorIdOf(ticket)) }].map((filter) => ({
        endpoint: 'tickets.list',
        query: { q: tag, ...inUpperCase(filter) },
      })),
    expect: ({ ticket }) => ({
      check: (reply) =>
        idsIn(reply).join() === ticket.id
          ? undefined
          : { expected: 'the ticket', actual: `${idsIn(reply).length} rows` },
    }),
  },
  {
    id: 'tickets.create/upper-case-ids',
    title: 'Ids in upper case in the body of a new ticket are accepted, and returned in lower case',
    endpoint: 'tickets.create',
    specReference: SPEC.fields,
    since: 'transitional',
    preconditions: ['an integration', 'a ticket'],
    request: ({ tag, integration, ticket }) =>
      createTicket(tag, inUpperCase({ integration_id: integration.id, assigned_to_id: String(creatorIdOf(ticket)) })),
    expect: ({ integration, ticket }) => ({
      body: { integration_id: integration.id, assigned_to_id: creatorIdOf(ticket) },
    }),
  },
  ...(['tickets.replace', 'tickets.update', 'tickets.assign'] as const).map(
    (endpoint): ContractCase => ({
      id: `${endpoint}/upper-case-ids`,
      title: `An assignee in upper case is accepted, and returned in lower case (\`${endpoint}\`)`,
      endpoint,
      specReference: SPEC.fields,
      preconditions: ['a ticket'],
      request: ({ ticket }) => ({ endpoint, body: inUpperCase({ assigned_to_id: String(creatorIdOf(ticket)) }) }),
      expect: ({ ticket }) => ({ body: { assigned_to_id: creatorIdOf(ticket) } }),
    }),
  ),
]

const inUpperCase = (ids: Readonly<Record<string, string>>): JsonObject =>
  Object.fromEntries(Object.entries(ids).map(([name, id]) => [name, id.toUpperCase()]))
