import type { EndpointId } from '@ai-ticket-creator/domain'
import type { ContractCase, Expect, Step } from '../../model/case.ts'
import type { Ask } from '../../model/case-request.ts'
import { entitiesOf, type Reply } from '../../model/observed-reply.ts'
import { SOURCES } from '../../model/spec-references.ts'
import type { Kind } from './kinds.ts'
import { isOrdered } from './orders.ts'
import { hasFive, idsIn } from './rows.ts'

type Find = Extract<Step['expect'], (...given: never[]) => Expect>

/** The rows from one place to another, in the order in which the first reply showed all. */
export const part =
  (from: number, to: number): Find =>
  ({ replies: [all] }) => ({
    holds: (reply) => {
      const expected = idsIn(all).slice(from, to).join()
      return idsIn(reply).join() === expected
        ? undefined
        : { expected: `rows ${from + 1} to ${to} of the whole list`, actual: `${idsIn(reply).length} rows` }
    },
  })

export const both =
  (one: Find, other: Expect): Find =>
  (rows, generation) => {
    const first = one(rows, generation)
    return {
      ...first,
      ...other,
      holds: (reply, all) => first.holds?.(reply, all) ?? other.holds?.(reply, all),
    }
  }

const NEXT = /<([^>]+)>; rel="next"/

/** The request that a reply links to. */
export function following(endpoint: EndpointId, reply: Reply | undefined): Ask {
  const [, address = ''] = NEXT.exec(reply?.headers.get('Link') ?? '') ?? []
  const { searchParams } = new URL(address, 'https://any.example.test')
  return { endpoint, words: 'as written', query: Object.fromEntries(searchParams) }
}

export const hasNext: Expect = { headers: { Link: NEXT } }
export const hasNoNext: Expect = {
  holds: ({ headers }) =>
    NEXT.test(headers.get('Link') ?? '') ? { expected: 'no `rel="next"`', actual: 'a link' } : undefined,
}

export const pagingCases = ({ list, endpoint, given, own, size, title }: Kind): readonly ContractCase[] => [
  {
    id: `${endpoint}/default-order`,
    title: `A list of ${title} begins with the newest`,
    endpoint,
    source: SOURCES.lists,
    given: [given],
    shared: true,
    request: ({ tag }) => ({ endpoint, query: own(tag) }),
    expect: { holds: (reply, rows) => hasFive(reply, rows) ?? isOrdered('created_at', 'desc')(reply, rows) },
  },
  {
    id: `${endpoint}/cursor`,
    title: `A walk along the links of a list of ${title} shows each row once, in order, and ends`,
    endpoint,
    source: SOURCES.lists,
    given: [given],
    shared: true,
    request: ({ tag }) => ({ endpoint, query: { ...own(tag), sort_by: 'created_at' } }),
    expect: { holds: hasFive },
    next: [
      {
        request: ({ tag }) => ({ endpoint, query: { ...own(tag), sort_by: 'created_at', [size]: 2 } }),
        expect: both(part(0, 2), hasNext),
      },
      { request: ({ replies }) => following(endpoint, replies[1]), expect: both(part(2, 4), hasNext) },
      { request: ({ replies }) => following(endpoint, replies[2]), expect: both(part(4, 5), hasNoNext) },
    ],
  },
  {
    id: `${endpoint}/cursor-ascending`,
    title: `A walk along the links of a list of ${title} keeps its order and its filters`,
    endpoint,
    source: SOURCES.lists,
    given: [given],
    shared: true,
    request: ({ tag }) => ({
      endpoint,
      query: { ...own(tag), sort_by: list === 'tickets' ? 'priority' : 'name', sort_order: 'asc' },
    }),
    expect: { holds: hasFive },
    next: [
      {
        request: ({ tag }) => ({
          endpoint,
          query: { ...own(tag), sort_by: list === 'tickets' ? 'priority' : 'name', sort_order: 'asc', [size]: 3 },
        }),
        expect: both(part(0, 3), hasNext),
      },
      { request: ({ replies }) => following(endpoint, replies[1]), expect: both(part(3, 5), hasNoNext) },
    ],
  },
  {
    id: `${endpoint}/cursor-of-another-order`,
    title: `A cursor of a list of ${title} is refused with another order`,
    endpoint,
    source: SOURCES.lists,
    given: [given],
    shared: true,
    request: ({ tag }) => ({ endpoint, query: { ...own(tag), [size]: 2 } }),
    expect: hasNext,
    next: [
      {
        request: ({ replies }) => {
          const ask = following(endpoint, replies[0])
          return [
            { ...ask, query: { ...ask.query, sort_order: 'asc' } },
            { ...ask, query: { ...ask.query, sort_by: 'updated_at' } },
            { ...ask, query: { ...ask.query, [list === 'tickets' ? 'page' : 'offset']: 1 } },
          ]
        },
        expect: { code: 'validation_failed', at: 'query.cursor' },
      },
    ],
  },
  {
    id: `${endpoint}/cursor-made-up`,
    title: `A cursor of a list of ${title} that was made up is refused`,
    endpoint,
    source: SOURCES.lists,
    reads: true,
    request: ['made-up', 'W10', '%', 'eyJhIjoxfQ'].map((cursor) => ({ endpoint, query: { cursor } })),
    expect: { code: 'validation_failed', at: 'query.cursor' },
  },
  {
    id: `${endpoint}/size-limits`,
    title: `A page of ${title} has 1 to 100 rows`,
    endpoint,
    source: SOURCES.fields,
    reads: true,
    request: [0, 101, -1, 'many', '1.5', ''].map((count) => ({ endpoint, query: { [size]: count } })),
    expect: { code: 'validation_failed', at: `query.${size}` },
    next: [
      {
        request: [1, 100].map((count) => ({ endpoint, query: { [size]: count } })),
        expect: {
          holds: (reply) => {
            const [rows, most] = [entitiesOf(reply).length, Number(reply.ask.query?.[size])]
            return rows <= most ? undefined : { expected: `at most ${most} rows`, actual: `${rows} rows` }
          },
        },
      },
    ],
  },
  {
    id: `${endpoint}/unknown-order`,
    title: `A list of ${title} refuses an order that it does not have`,
    endpoint,
    source: SOURCES.fields,
    reads: true,
    request: { endpoint, query: { sort_by: 'success_rate' } },
    expect: { code: 'validation_failed', at: 'query.sort_by' },
    next: [
      {
        request: { endpoint, query: { sort_order: 'up' } },
        expect: { code: 'validation_failed', at: 'query.sort_order' },
      },
    ],
  },
]
