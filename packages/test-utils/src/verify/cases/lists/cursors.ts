import type { ContractCase } from '../../model/case.ts'
import { SPEC } from '../../model/spec-references.ts'
import type { ListKind } from './kinds.ts'
import { both, expectNextLink, expectNoNextLink, nextPage, slice } from './pages.ts'
import { checkFiveRows } from './rows.ts'

/** Cursor links. */
export const cursorCases = (kind: ListKind): readonly ContractCase[] => [
  walk(kind),
  walkInOtherOrder(kind),
  otherOrder(kind),
  invalidCursor(kind),
]

function walk({ title, endpoint, preconditions, ownRows, sizeParameter }: ListKind): ContractCase {
  return {
    id: `${endpoint}/cursor`,
    title: `Cursor links of the list of ${title} lead to each row once, in order, and end`,
    endpoint,
    specReference: SPEC.lists,
    preconditions,
    shared: true,
    request: ({ tag }) => ({ endpoint, query: { ...ownRows(tag), sort_by: 'created_at' } }),
    expect: { check: checkFiveRows },
    next: [
      {
        request: ({ tag }) => ({ endpoint, query: { ...ownRows(tag), sort_by: 'created_at', [sizeParameter]: 2 } }),
        expect: both(slice(0, 2), expectNextLink),
      },
      { request: ({ replies }) => nextPage(endpoint, replies[1]), expect: both(slice(2, 4), expectNextLink) },
      { request: ({ replies }) => nextPage(endpoint, replies[2]), expect: both(slice(4, 5), expectNoNextLink) },
    ],
  }
}

function walkInOtherOrder({ title, endpoint, preconditions, ownRows, sizeParameter }: ListKind): ContractCase {
  const order = { sort_by: title === 'tickets' ? 'priority' : 'name', sort_order: 'asc' }
  return {
    id: `${endpoint}/cursor-ascending`,
    title: `Cursor links of the list of ${title} keep its order and filters`,
    endpoint,
    specReference: SPEC.lists,
    preconditions,
    shared: true,
    request: ({ tag }) => ({ endpoint, query: { ...ownRows(tag), ...order } }),
    expect: { check: checkFiveRows },
    next: [
      {
        request: ({ tag }) => ({ endpoint, query: { ...ownRows(tag), ...order, [sizeParameter]: 3 } }),
        expect: both(slice(0, 3), expectNextLink),
      },
      { request: ({ replies }) => nextPage(endpoint, replies[1]), expect: both(slice(3, 5), expectNoNextLink) },
    ],
  }
}

function otherOrder({
  title,
  endpoint,
  preconditions,
  ownRows,
  sizeParameter,
  positionParameter,
}: ListKind): ContractCase {
  return {
    id: `${endpoint}/cursor-of-another-order`,
    title: `A cursor of the list of ${title} is refused with another order, offset or page`,
    endpoint,
    specReference: SPEC.lists,
    preconditions,
    shared: true,
    request: ({ tag }) => ({ endpoint, query: { ...ownRows(tag), [sizeParameter]: 2 } }),
    expect: expectNextLink,
    next: [
      {
        request: ({ replies }) => {
          const next = nextPage(endpoint, replies[0])
          return [{ sort_order: 'asc' }, { sort_by: 'updated_at' }, { [positionParameter]: 1 }].map((other) => ({
            ...next,
            query: { ...next.query, ...other },
          }))
        },
        expect: { code: 'validation_failed', at: 'query.cursor' },
      },
    ],
  }
}

function invalidCursor({ title, endpoint }: ListKind): ContractCase {
  return {
    id: `${endpoint}/cursor-made-up`,
    title: `An invalid cursor of the list of ${title} is refused`,
    endpoint,
    specReference: SPEC.lists,
    readOnly: true,
    // Two of them are JSON in base64url, as real cursors are: `[]` and `{"a":1}`.
    request: ['made-up', 'W10', '%', 'eyJhIjoxfQ'].map((cursor) => ({ endpoint, query: { cursor } })),
    expect: { code: 'validation_failed', at: 'query.cursor' },
  }
}
