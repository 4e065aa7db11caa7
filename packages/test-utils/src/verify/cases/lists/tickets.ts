import type { ContractCase } from '../../model/case.ts'
import { type CaseContext, creatorIdOf } from '../../model/case-context.ts'
import { entitiesOf } from '../../model/observed-reply.ts'
import { createTicket, FILE_ID } from '../../model/request-bodies.ts'
import { SPEC } from '../../model/spec-references.ts'
import { both, expectNextLink, expectNoNextLink, nextPage, slice } from './pages.ts'
import { checkFiveRows, compareFields, expectRows, idsIn } from './rows.ts'

/** The list of tickets. */
export const ticketListCases: readonly ContractCase[] = [
  {
    id: 'tickets.list/pages',
    title: 'A page of tickets has its rows, its number and the totals',
    endpoint: 'tickets.list',
    specReference: SPEC.lists,
    preconditions: ['five tickets'],
    shared: true,
    request: ({ tag }) => ({ endpoint: 'tickets.list', query: { q: tag } }),
    expect: { body: { total: 5, page: 1, size: 20, pages: 1, has_next: false, has_prev: false }, check: checkFiveRows },
    next: (
      [
        [1, 2, 3, true, false],
        [2, 2, 3, true, true],
        [3, 2, 3, false, true],
        [4, 2, 3, false, true],
        [1, 5, 1, false, false],
        [2, 4, 2, false, true],
      ] as const
    ).map(([page, size, pages, has_next, has_prev]) => ({
      request: ({ tag }: CaseContext) => ({ endpoint: 'tickets.list', query: { q: tag, page, size } }),
      expect: both(slice((page - 1) * size, page * size), {
        body: { total: 5, page, size, pages, has_next, has_prev },
        ...(has_next ? expectNextLink : expectNoNextLink),
      }),
    })),
  },
  {
    id: 'tickets.list/cursor-counts',
    title: 'The page that follows a cursor has the next page number',
    endpoint: 'tickets.list',
    specReference: SPEC.lists,
    preconditions: ['five tickets'],
    shared: true,
    request: ({ tag }) => ({ endpoint: 'tickets.list', query: { q: tag, size: 2 } }),
    expect: { body: { page: 1, has_next: true, has_prev: false } },
    next: [
      {
        request: ({ replies }) => nextPage('tickets.list', replies[0]),
        expect: { body: { total: 5, page: 2, size: 2, pages: 3, has_next: true, has_prev: true } },
      },
    ],
  },
  {
    id: 'tickets.list/same-as-retrieved',
    title: 'The list of tickets has the same values as GET of a ticket',
    endpoint: 'tickets.list',
    specReference: SPEC.fields,
    preconditions: ['a full ticket'],
    request: ({ tag }) => ({ endpoint: 'tickets.list', query: { q: tag } }),
    expect: ({ ticket }) => ({ check: (reply) => compareFields(entitiesOf(reply)[0], ticket) }),
  },
  {
    id: 'tickets.list/by-assignee',
    title: 'The list of tickets filters by assignee',
    endpoint: 'tickets.replace',
    specReference: SPEC.lists,
    preconditions: ['five tickets'],
    request: ({ ticket }) => ({
      endpoint: 'tickets.replace',
      body: { assigned_to_id: creatorIdOf(ticket), attachments: [{ file_id: FILE_ID }] },
    }),
    expect: {},
    next: [
      {
        request: ({ tag, ticket }) => ({
          endpoint: 'tickets.list',
          query: { q: tag, assigned_to_id: creatorIdOf(ticket) },
        }),
        expect: expectRows('c'),
      },
    ],
  },
  {
    id: 'tickets.list/by-resolution',
    title: 'The list of tickets filters by status and by time of resolution',
    endpoint: 'tickets.replace',
    specReference: SPEC.lists,
    preconditions: ['five tickets'],
    request: { endpoint: 'tickets.replace', body: { status: 'resolved', resolution_summary: 'found it' } },
    expect: {},
    next: [
      {
        request: ({ tag, replies: [first] }) =>
          [
            { status: ['resolved'] },
            {
              status: ['resolved'],
              resolved_after: first?.fields['resolved_at'],
              resolved_before: first?.fields['resolved_at'],
            },
          ].map((query) => ({ endpoint: 'tickets.list', query: { q: tag, ...query } })),
        expect: expectRows('c'),
      },
      {
        request: ({ tag }) => ({ endpoint: 'tickets.list', query: { q: tag, status: ['new'] } }),
        expect: expectRows('ad'),
      },
    ],
  },
  {
    id: 'tickets.list/by-tags-and-due-date',
    title: 'The list of tickets filters by tags, which must all match, and by `is_overdue`',
    endpoint: 'tickets.update',
    specReference: SPEC.lists,
    preconditions: ['five tickets'],
    request: { endpoint: 'tickets.update', body: { tags: ['one', 'two', 'one'], due_date: '2001-01-01T00:00:00Z' } },
    expect: {},
    next: [
      {
        request: ({ tag }) =>
          [{ tags: ['one'] }, { tags: ['two', 'one'] }, { is_overdue: true }].map((query) => ({
            endpoint: 'tickets.list',
            query: { q: tag, ...query },
          })),
        expect: expectRows('c'),
      },
      {
        request: ({ tag }) => ({ endpoint: 'tickets.list', query: { q: tag, tags: ['one', 'three'] } }),
        expect: expectRows(''),
      },
      {
        request: ({ tag }) => ({ endpoint: 'tickets.list', query: { q: tag, is_overdue: false } }),
        expect: expectRows('abde'),
      },
    ],
  },
  {
    id: 'tickets.list/by-integration',
    title: 'The list of tickets filters by integration',
    endpoint: 'tickets.list',
    specReference: SPEC.lists,
    preconditions: ['an integration', 'a ticket with that integration'],
    // A second ticket, which has no integration: a backend that ignores the filter returns it too.
    request: ({ tag }) => createTicket(tag),
    expect: {},
    next: [
      {
        request: ({ integration }) => ({ endpoint: 'tickets.list', query: { integration_id: integration.id } }),
        expect: ({ ticket }) => ({
          body: { total: 1 },
          check: (reply) =>
            idsIn(reply).join() === ticket.id
              ? undefined
              : { expected: 'the ticket with that integration', actual: 'other tickets' },
        }),
      },
    ],
  },
]
