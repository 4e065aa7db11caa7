import type { ContractCase } from '../../model/case.ts'
import { UNKNOWN_ID } from '../../model/request-bodies.ts'
import { SPEC } from '../../model/spec-references.ts'

/** Unknown paths, trailing slashes, and ids in upper case. */
export const pathCases: readonly ContractCase[] = [
  {
    id: 'requests/unknown-path',
    title: 'An unknown path is not found',
    specReference: SPEC.refusals,
    readOnly: true,
    request: { endpoint: 'integrations.list', path: '/no-such-thing/' },
    expect: { code: 'not_found' },
  },
  {
    id: 'requests/slash',
    title: 'A path with a wrong trailing slash is redirected, and the query is kept',
    specReference: SPEC.headers,
    readOnly: true,
    request: { endpoint: 'integrations.list', path: '/integrations', query: { limit: 1 } },
    expect: { status: 307, headers: { Location: /\/api\/v1\/integrations\/\?limit=1$/ } },
    next: [
      {
        request: { endpoint: 'tickets.list', path: '/tickets' },
        expect: { status: 307, headers: { Location: /\/api\/v1\/tickets\/$/ } },
      },
      {
        request: { endpoint: 'tickets.retrieve', path: `/tickets/${UNKNOWN_ID}/` },
        expect: { status: 307, headers: { Location: new RegExp(`/api/v1/tickets/${UNKNOWN_ID}$`) } },
      },
    ],
  },
  {
    id: 'requests/upper-case-id',
    title: 'An id in upper case finds the row',
    endpoint: 'tickets.retrieve',
    specReference: SPEC.fields,
    readOnly: true,
    preconditions: ['a ticket'],
    request: ({ ticket }) => ({ endpoint: 'tickets.retrieve', params: { ticket_id: ticket.id.toUpperCase() } }),
    expect: ({ ticket }) => ({ body: { id: ticket.id } }),
  },
]
