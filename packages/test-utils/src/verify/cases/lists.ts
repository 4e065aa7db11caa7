import {
  type EndpointId,
  INTEGRATION_SORT_KEYS,
  type JsonObject,
  TICKET_PRIORITIES,
  TICKET_SORT_KEYS,
  TICKET_STATUSES,
} from '@ai-ticket-creator/domain'
import type { Ask } from '../ask.ts'
import { NOWHERE } from '../bodies.ts'
import type { ContractCase, Expect, Fault, Step } from '../case.ts'
import { FILE } from '../given.ts'
import { entitiesOf, type Reply } from '../reply.ts'
import type { Row, Rows } from '../rows.ts'
import { SOURCES } from '../sources.ts'

type List = 'integrations' | 'tickets'

interface Kind {
  readonly list: List
  readonly endpoint: EndpointId
  readonly given: 'five integrations' | 'five tickets'
  /** The filter that shows the rows of a case, and no others. */
  readonly own: (tag: string) => JsonObject
  readonly size: string
  readonly title: string
}

const kinds: readonly Kind[] = [
  {
    list: 'integrations',
    endpoint: 'integrations.list',
    given: 'five integrations',
    own: (name) => ({ name }),
    size: 'limit',
    title: 'integrations',
  },
  {
    list: 'tickets',
    endpoint: 'tickets.list',
    given: 'five tickets',
    own: (q) => ({ q }),
    size: 'size',
    title: 'tickets',
  },
]

const namesOf = (reply: Reply): readonly string[] =>
  entitiesOf(reply).map(({ name, title }) => String(name ?? title).slice(-1))

/** Rows by the last letters of their names, in an order or in any. */
function shows(letters: string, ordered: boolean): Expect {
  return {
    holds(reply): Fault | undefined {
      const names = ordered ? namesOf(reply) : namesOf(reply).toSorted()
      return names.join('') === letters
        ? undefined
        : { expected: `rows ${letters || 'none'}`, actual: `${names.length} rows: ${ownLetters(names)}` }
    },
  }
}

const ownLetters = (names: readonly string[]): string =>
  names.every((name) => /^[a-e]$/.test(name)) ? names.join('') : 'others'

/** A filter, and which of the five rows it shows. */
interface Filter {
  readonly id: string
  readonly title: string
  readonly query: (rows: Rows) => JsonObject
  readonly rows: string
  readonly since?: 'transitional'
  readonly until?: 'transitional'
  readonly words?: 'as written'
}

// Of `five integrations`: c is on jira, a and b on slack, e on zendesk and disabled, d on hubspot.
const integrationFilters: readonly Filter[] = [
  {
    id: 'integration_category',
    title: 'category',
    query: () => ({ integration_category: 'messaging' }),
    rows: 'ab',
    since: 'transitional',
  },
  { id: 'platform_name', title: 'platform', query: () => ({ platform_name: 'slack' }), rows: 'ab' },
  {
    id: 'platform-and-category',
    title: 'platform and category',
    query: () => ({ platform_name: 'zendesk', integration_category: 'ticketing' }),
    rows: 'e',
  },
  {
    id: 'integration_type',
    title: '`integration_type`',
    query: () => ({ integration_type: 'SLACK' }),
    rows: 'ab',
    until: 'transitional',
    words: 'as written',
  },
  { id: 'integration_status', title: 'status', query: () => ({ integration_status: 'inactive' }), rows: 'e' },
  { id: 'enabled', title: '`enabled: true`', query: () => ({ enabled: true }), rows: 'abcd' },
  { id: 'disabled', title: '`enabled: false`', query: () => ({ enabled: false }), rows: 'e' },
  {
    id: 'is_enabled',
    title: '`is_enabled`',
    query: () => ({ is_enabled: 'no' }),
    rows: 'e',
    until: 'transitional',
    words: 'as written',
  },
  {
    id: 'name',
    title: 'part of the name, in any case',
    query: ({ tag }) => ({ name: `${tag} A`.toUpperCase() }),
    rows: 'a',
  },
  {
    id: 'name-percent',
    title: 'a name in which % is a character like any other',
    query: ({ tag }) => ({ name: `${tag}%` }),
    rows: '',
  },
  {
    id: 'name-underscore',
    title: 'a name in which _ is a character like any other',
    query: ({ tag }) => ({ name: `${tag}_` }),
    rows: '',
  },
]

// Of `five tickets`: c and a are bugs in one department with a file; priorities are low, medium, high, critical, low.
const ticketFilters: readonly Filter[] = [
  {
    id: 'q',
    title: 'part of the title, in any case',
    query: ({ tag }) => ({ q: `${tag} E`.toUpperCase() }),
    rows: 'e',
  },
  {
    id: 'q-description',
    title: 'part of the description',
    query: ({ tag }) => ({ q: `deleted by it: ${tag} b` }),
    rows: 'b',
  },
  {
    id: 'q-percent',
    title: 'words in which % and _ are characters like any other',
    query: ({ tag }) => ({ q: `${tag}%` }),
    rows: '',
  },
  { id: 'status', title: 'status', query: () => ({ status: ['new'] }), rows: 'abcde' },
  { id: 'status-none', title: 'a status that none has', query: () => ({ status: ['closed', 'cancelled'] }), rows: '' },
  { id: 'category', title: 'category', query: () => ({ category: ['bug'] }), rows: 'ac' },
  {
    id: 'categories',
    title: 'either of two categories',
    query: () => ({ category: ['bug', 'billing'] }),
    rows: 'abcde',
  },
  { id: 'priority', title: 'priority', query: () => ({ priority: ['low'] }), rows: 'cd' },
  {
    id: 'priorities',
    title: 'either of two priorities',
    query: () => ({ priority: ['low', 'critical'] }),
    rows: 'bcd',
  },
  { id: 'urgency', title: 'urgency', query: () => ({ urgency: ['critical'] }), rows: 'e' },
  { id: 'department', title: 'department, exactly', query: ({ tag }) => ({ department: tag }), rows: 'ac' },
  {
    id: 'created_by_id',
    title: 'who made them',
    query: ({ ticket }) => ({ created_by_id: (ticket['creator'] as JsonObject)['id'] }),
    rows: 'abcde',
  },
  { id: 'created_by_nobody', title: 'somebody who made none', query: () => ({ created_by_id: NOWHERE }), rows: '' },
  { id: 'assigned_to_id', title: 'an assignee whom none has', query: () => ({ assigned_to_id: NOWHERE }), rows: '' },
  {
    id: 'integration_id',
    title: 'an integration that none has',
    query: () => ({ integration_id: NOWHERE }),
    rows: '',
    since: 'transitional',
  },
  {
    id: 'created_after',
    title: 'a time that all are after',
    query: () => ({ created_after: '2001-01-01T00:00:00Z' }),
    rows: 'abcde',
  },
  {
    id: 'created_after-own',
    title: 'the time at which one was made, which counts',
    query: ({ tickets }) => ({ created_after: tickets[0]?.['created_at'] }),
    rows: 'abcde',
  },
  {
    id: 'created_after-late',
    title: 'a time that none is after',
    query: () => ({ created_after: '2901-01-01T00:00:00Z' }),
    rows: '',
  },
  {
    id: 'created_before',
    title: 'a time that all are before',
    query: () => ({ created_before: '2901-01-01T00:00:00' }),
    rows: 'abcde',
  },
  {
    id: 'created_before-early',
    title: 'a time that none is before',
    query: () => ({ created_before: '2001-01-01T00:00:00Z' }),
    rows: '',
  },
  {
    id: 'updated_after',
    title: 'a time after which none was changed',
    query: () => ({ updated_after: '2901-01-01T00:00:00Z' }),
    rows: '',
  },
  {
    id: 'updated_before',
    title: 'a time before which all were changed',
    query: () => ({ updated_before: '2901-01-01T00:00:00Z' }),
    rows: 'abcde',
  },
  {
    id: 'resolved_after',
    title: 'a time after which none was resolved',
    query: () => ({ resolved_after: '2001-01-01T00:00:00Z' }),
    rows: '',
  },
  {
    id: 'resolved_before',
    title: 'a time before which none was resolved',
    query: () => ({ resolved_before: '2901-01-01T00:00:00Z' }),
    rows: '',
  },
  { id: 'is_overdue', title: '`is_overdue: true`', query: () => ({ is_overdue: true }), rows: '' },
  { id: 'not-overdue', title: '`is_overdue: false`', query: () => ({ is_overdue: false }), rows: 'abcde' },
  { id: 'has_attachments', title: '`has_attachments: true`', query: () => ({ has_attachments: true }), rows: 'ac' },
  { id: 'no-attachments', title: '`has_attachments: false`', query: () => ({ has_attachments: false }), rows: 'bde' },
  { id: 'escalation_level', title: 'escalation level 0', query: () => ({ escalation_level: 0 }), rows: 'abcde' },
  { id: 'escalation_level-1', title: 'escalation level 1', query: () => ({ escalation_level: 1 }), rows: '' },
  { id: 'satisfaction_rating', title: 'a rating that none has', query: () => ({ satisfaction_rating: 5 }), rows: '' },
  {
    id: 'source_channel',
    title: 'the channel that they came by',
    query: () => ({ source_channel: 'web' }),
    rows: 'abcde',
  },
  { id: 'source_channel-other', title: 'another channel', query: () => ({ source_channel: 'email' }), rows: '' },
  {
    id: 'several',
    title: 'several filters at once',
    query: () => ({ category: ['billing'], priority: ['low', 'high'] }),
    rows: 'de',
  },
]

const filterCases = ({ endpoint, given, own, title }: Kind, filters: readonly Filter[]): readonly ContractCase[] =>
  filters.map(({ id, title: what, query, rows: letters, since, until, words }) => ({
    id: `${endpoint}/by-${id}`,
    title: `A list of ${title} filters by ${what}`,
    endpoint,
    source: SOURCES.lists,
    ...(since !== undefined && { since }),
    ...(until !== undefined && { until }),
    given: [given],
    shared: true,
    request: (rows) => ({
      endpoint,
      ...(words !== undefined && { words }),
      query: { ...own(rows.tag), ...query(rows) },
    }),
    expect: shows(letters, false),
  }))

/** How a list is ordered: rows without a value come last in both orders, equal ones by id. */
function isOrdered(key: string, order: 'asc' | 'desc'): NonNullable<Expect['holds']> {
  return (reply) => {
    const places = entitiesOf(reply).map((row) => [keyOf(row, key), String(row['id'])] as const)
    const wrong = places
      .slice(1)
      .some((place, index) => !follows(places[index] ?? place, place, order === 'asc' ? 1 : -1))
    return wrong ? { expected: `rows by \`${key}\`, ${order}`, actual: 'another order' } : undefined
  }
}

function follows([a, idA]: readonly [unknown, string], [b, idB]: readonly [unknown, string], sign: number): boolean {
  if ((a === null) !== (b === null)) return b === null
  const by = a === b ? sign * compare(idA, idB) : sign * compare(a as string, b as string)
  return by <= 0
}

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b))

function keyOf(row: JsonObject, key: string): unknown {
  const value = row[key] ?? null
  if (key === 'priority') return TICKET_PRIORITIES.indexOf(value as (typeof TICKET_PRIORITIES)[number])
  if (key === 'status' && 'title' in row) return TICKET_STATUSES.indexOf(value as (typeof TICKET_STATUSES)[number])
  return value
}

/** A list of integrations does not show what it is sorted by in every case. */
const shown = (list: List, key: string): boolean => list === 'tickets' || key !== 'last_request_at'

const sortCases = ({ list, endpoint, given, own, title }: Kind, keys: readonly string[]): readonly ContractCase[] =>
  keys.map(
    (key): ContractCase => ({
      id: `${endpoint}/sorted-by-${key}`,
      title: `A list of ${title} is sorted by \`${key}\`, in both orders`,
      endpoint,
      source: SOURCES.lists,
      given: [given],
      shared: true,
      request: ({ tag }) => ({ endpoint, query: { ...own(tag), sort_by: key, sort_order: 'asc' } }),
      expect: { holds: shown(list, key) ? isOrdered(key, 'asc') : hasFive },
      next: [
        {
          request: ({ tag }) => ({ endpoint, query: { ...own(tag), sort_by: key, sort_order: 'desc' } }),
          expect: ({ replies: [first] }) => ({
            holds: (reply, rows) =>
              (shown(list, key) ? isOrdered(key, 'desc') : hasFive)(reply, rows) ?? sameRows(first, reply),
          }),
        },
        {
          request: ({ tag }) => ({ endpoint, query: { ...own(tag), sort_by: key } }),
          expect: ({ replies }) => ({ holds: (reply) => sameOrder(replies[1], reply) }),
        },
      ],
    }),
  )

const hasFive: NonNullable<Expect['holds']> = (reply) => {
  const { length } = entitiesOf(reply)
  return length === 5 ? undefined : { expected: '5 rows', actual: `${length} rows` }
}

const idsIn = (reply: Reply | undefined): readonly string[] =>
  reply === undefined ? [] : entitiesOf(reply).map(({ id }) => String(id))

const sameRows = (one: Reply | undefined, other: Reply): Fault | undefined =>
  idsIn(one).toSorted().join() === idsIn(other).toSorted().join()
    ? undefined
    : { expected: 'the same rows', actual: 'others' }

const sameOrder = (one: Reply | undefined, other: Reply): Fault | undefined =>
  idsIn(one).join() === idsIn(other).join()
    ? undefined
    : { expected: 'the same rows in the same order', actual: 'others' }

type Find = Extract<Step['expect'], (...given: never[]) => Expect>

/** The rows from one place to another, in the order in which the first reply showed all. */
const part =
  (from: number, to: number): Find =>
  ({ replies: [all] }) => ({
    holds: (reply) => {
      const expected = idsIn(all).slice(from, to).join()
      return idsIn(reply).join() === expected
        ? undefined
        : { expected: `rows ${from + 1} to ${to} of the whole list`, actual: `${idsIn(reply).length} rows` }
    },
  })

const both =
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
function following(endpoint: EndpointId, reply: Reply | undefined): Ask {
  const [, address = ''] = NEXT.exec(reply?.headers.get('Link') ?? '') ?? []
  const { searchParams } = new URL(address, 'https://any.example.test')
  return { endpoint, words: 'as written', query: Object.fromEntries(searchParams) }
}

const hasNext: Expect = { headers: { Link: NEXT } }
const hasNoNext: Expect = {
  holds: ({ headers }) =>
    NEXT.test(headers.get('Link') ?? '') ? { expected: 'no `rel="next"`', actual: 'a link' } : undefined,
}

const pagingCases = ({ list, endpoint, given, own, size, title }: Kind): readonly ContractCase[] => [
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

const words = (
  endpoint: EndpointId,
  name: string,
  value: unknown,
  more: Partial<ContractCase> & { readonly code?: 'unknown_platform' } = {},
): ContractCase => {
  const { code = 'validation_failed', ...rest } = more
  return {
    id: `${endpoint}/refuses-${name}`,
    title: `The filter \`${name}\` refuses what it can not be`,
    endpoint,
    source: SOURCES.fields,
    reads: true,
    request: { endpoint, query: { [name]: value } },
    expect: { code, at: `query.${name}${Array.isArray(value) ? '.0' : ''}` },
    ...rest,
  }
}

const newTypes = { since: 'transitional' } as const

/** Lists: pages, orders and filters. */
export const lists: readonly ContractCase[] = [
  ...kinds.flatMap(pagingCases),
  ...kinds.flatMap((kind) => sortCases(kind, kind.list === 'tickets' ? TICKET_SORT_KEYS : INTEGRATION_SORT_KEYS)),
  ...kinds.flatMap((kind) => filterCases(kind, kind.list === 'tickets' ? ticketFilters : integrationFilters)),

  {
    id: 'integrations.list/offset',
    title: 'A list of integrations passes over `offset` rows and shows `limit`',
    endpoint: 'integrations.list',
    source: SOURCES.lists,
    given: ['five integrations'],
    shared: true,
    request: ({ tag }) => ({ endpoint: 'integrations.list', query: { name: tag } }),
    expect: { holds: hasFive },
    next: (
      [
        [0, 2],
        [1, 2],
        [3, 2],
        [4, 2],
        [5, 2],
        [3, 100],
      ] as const
    ).map(([offset, limit]) => ({
      request: ({ tag }: Rows) => ({ endpoint: 'integrations.list', query: { name: tag, offset, limit } }),
      expect: both(part(offset, offset + limit), offset + limit < 5 ? hasNext : hasNoNext),
    })),
  },
  words('integrations.list', 'offset', -1),
  words('integrations.list', 'integration_status', 'alive'),
  words('integrations.list', 'enabled', 'perhaps', newTypes),
  words('integrations.list', 'integration_category', 'tickets', newTypes),
  {
    ...words('integrations.list', 'platform_name', 'jirra', { ...newTypes, code: 'unknown_platform' }),
    title: 'The filter `platform_name` refuses an unknown platform, and names the nearest',
    expect: { code: 'unknown_platform', at: 'query.platform_name', replacement: 'jira' },
  },
  {
    id: 'integrations.list/category-mismatch',
    title: 'The filters by platform and category have to fit',
    endpoint: 'integrations.list',
    source: SOURCES.status,
    since: 'transitional',
    reads: true,
    request: { endpoint: 'integrations.list', query: { platform_name: 'jira', integration_category: 'crm' } },
    expect: { code: 'category_mismatch', at: 'query.integration_category', replacement: 'ticketing' },
  },
  {
    id: 'integrations.list/conflicting-filters',
    title: 'Filters in both spellings are refused when they disagree',
    endpoint: 'integrations.list',
    source: SOURCES.moving,
    since: 'transitional',
    until: 'transitional',
    reads: true,
    request: { endpoint: 'integrations.list', query: { enabled: true, is_enabled: false } },
    expect: { code: 'conflicting_fields', at: 'query.enabled' },
  },
  {
    id: 'integrations.list/booleans',
    title: 'A flag in a query is true as `true`, `1`, `yes` and `on`, in any case',
    endpoint: 'integrations.list',
    source: SOURCES.lists,
    given: ['five integrations'],
    shared: true,
    request: ({ tag }) =>
      ['true', '1', 'yes', 'on', 'TRUE'].map((enabled) => ({
        endpoint: 'integrations.list',
        query: { name: tag, enabled },
      })),
    expect: shows('abcd', false),
    next: [
      {
        request: ({ tag }) =>
          ['false', '0', 'no', 'off'].map((enabled) => ({
            endpoint: 'integrations.list',
            query: { name: tag, enabled },
          })),
        expect: shows('e', false),
      },
    ],
  },
  {
    id: 'integrations.list/summaries',
    title: 'A list shows of an integration what the integration itself shows',
    endpoint: 'integrations.list',
    source: SOURCES.fields,
    given: ['an integration'],
    request: ({ tag }) => ({ endpoint: 'integrations.list', query: { name: tag } }),
    expect: ({ integration }) => ({ holds: (reply) => agrees(entitiesOf(reply)[0], integration) }),
  },
  {
    id: 'integrations.listActive/order',
    title: 'The list of active integrations shows those that are active, by name, and no others',
    endpoint: 'integrations.listActive',
    source: SOURCES.contract,
    given: ['five integrations'],
    shared: true,
    request: { endpoint: 'integrations.listActive' },
    expect: { holds: (reply, { tag }) => ownActive(reply, tag, 'abcd') },
  },
  {
    id: 'integrations.listActive/by-platform',
    title: 'The list of active integrations filters by platform',
    endpoint: 'integrations.listActive',
    source: SOURCES.contract,
    given: ['five integrations'],
    shared: true,
    request: { endpoint: 'integrations.listActive', query: { platform_name: 'slack' } },
    expect: { holds: (reply, { tag }) => ownActive(reply, tag, 'ab') },
  },
  {
    id: 'integrations.listActive/by-category',
    title: 'The list of active integrations filters by category',
    endpoint: 'integrations.listActive',
    source: SOURCES.contract,
    since: 'transitional',
    given: ['five integrations'],
    shared: true,
    request: { endpoint: 'integrations.listActive', query: { integration_category: 'ticketing' } },
    expect: { holds: (reply, { tag }) => ownActive(reply, tag, 'c') },
  },
  {
    id: 'integrations.listActive/by-supported-category',
    title: 'An active integration that names no ticket categories supports all of them',
    endpoint: 'integrations.listActive',
    source: SOURCES.contract,
    given: ['five integrations'],
    shared: true,
    request: { endpoint: 'integrations.listActive', query: { supports_category: 'bug' } },
    expect: { holds: (reply, { tag }) => ownActive(reply, tag, 'acd') },
  },
  {
    id: 'integrations.listActive/fields',
    title: 'An active integration is shown with what tickets need to know of it',
    endpoint: 'integrations.listActive',
    source: SOURCES.fields,
    given: ['an integration'],
    request: { endpoint: 'integrations.listActive' },
    expect: ({ integration }) => ({
      holds: (reply) => {
        const row = entitiesOf(reply).find(({ id }) => id === integration.id)
        const fits = JSON.stringify(row?.['supports_categories']) === '[]' && row?.['health_status'] === 'healthy'
        return (
          agrees(row, { ...integration, supports_categories: [], supports_priorities: [] }) ??
          (fits ? undefined : { expected: '`supports_categories`: [], `health_status`: healthy', actual: 'others' })
        )
      },
    }),
  },

  {
    id: 'tickets.list/pages',
    title: 'A page of tickets has its rows, its place and the sums of all',
    endpoint: 'tickets.list',
    source: SOURCES.lists,
    given: ['five tickets'],
    shared: true,
    request: ({ tag }) => ({ endpoint: 'tickets.list', query: { q: tag } }),
    expect: { body: { total: 5, page: 1, size: 20, pages: 1, has_next: false, has_prev: false }, holds: hasFive },
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
      request: ({ tag }: Rows) => ({ endpoint: 'tickets.list', query: { q: tag, page, size } }),
      expect: both(part((page - 1) * size, page * size), {
        body: { total: 5, page, size, pages, has_next, has_prev },
        ...(has_next ? hasNext : hasNoNext),
      }),
    })),
  },
  {
    id: 'tickets.list/cursor-counts',
    title: 'A page of tickets that a cursor leads to counts on',
    endpoint: 'tickets.list',
    source: SOURCES.lists,
    given: ['five tickets'],
    shared: true,
    request: ({ tag }) => ({ endpoint: 'tickets.list', query: { q: tag, size: 2 } }),
    expect: { body: { page: 1, has_next: true, has_prev: false } },
    next: [
      {
        request: ({ replies }) => following('tickets.list', replies[0]),
        expect: { body: { total: 5, page: 2, size: 2, pages: 3, has_next: true, has_prev: true } },
      },
    ],
  },
  {
    id: 'tickets.list/same-as-retrieved',
    title: 'A list shows a ticket as it is shown alone',
    endpoint: 'tickets.list',
    source: SOURCES.fields,
    given: ['a full ticket'],
    request: ({ tag }) => ({ endpoint: 'tickets.list', query: { q: tag } }),
    expect: ({ ticket }) => ({ holds: (reply) => agrees(entitiesOf(reply)[0], ticket) }),
  },
  {
    id: 'tickets.list/by-assignee',
    title: 'A list of tickets filters by assignee, and by files that were attached',
    endpoint: 'tickets.replace',
    source: SOURCES.lists,
    given: ['five tickets'],
    request: ({ ticket }) => ({
      endpoint: 'tickets.replace',
      body: { assigned_to_id: (ticket['creator'] as JsonObject)['id'], attachments: [{ file_id: FILE }] },
    }),
    expect: {},
    next: [
      {
        request: ({ tag, ticket }) => ({
          endpoint: 'tickets.list',
          query: { q: tag, assigned_to_id: (ticket['creator'] as JsonObject)['id'] },
        }),
        expect: shows('c', false),
      },
    ],
  },
  {
    id: 'tickets.list/by-resolution',
    title: 'A list of tickets filters by status, by when they were resolved, and by whether they are overdue',
    endpoint: 'tickets.replace',
    source: SOURCES.lists,
    given: ['five tickets'],
    request: { endpoint: 'tickets.replace', body: { status: 'resolved', resolution_summary: 'found it' } },
    expect: {},
    next: [
      {
        request: ({ tag, replies: [first] }) =>
          [
            { status: ['resolved'] },
            { resolved_after: '2001-01-01T00:00:00Z' },
            { resolved_before: '2901-01-01T00:00:00Z' },
            { resolved_after: first?.fields['resolved_at'], resolved_before: first?.fields['resolved_at'] },
          ].map((query) => ({ endpoint: 'tickets.list', query: { q: tag, ...query } })),
        expect: shows('c', false),
      },
      {
        request: ({ tag }) => ({ endpoint: 'tickets.list', query: { q: tag, status: ['new'] } }),
        expect: shows('abde', false),
      },
    ],
  },
  {
    id: 'tickets.list/by-tags-and-due-date',
    title: 'A list of tickets filters by all of several tags, and by whether they are overdue',
    endpoint: 'tickets.update',
    source: SOURCES.lists,
    given: ['five tickets'],
    request: { endpoint: 'tickets.update', body: { tags: ['one', 'two', 'one'], due_date: '2001-01-01T00:00:00Z' } },
    expect: {},
    next: [
      {
        request: ({ tag }) =>
          [{ tags: ['one'] }, { tags: ['two', 'one'] }, { is_overdue: true }].map((query) => ({
            endpoint: 'tickets.list',
            query: { q: tag, ...query },
          })),
        expect: shows('c', false),
      },
      {
        request: ({ tag }) => ({ endpoint: 'tickets.list', query: { q: tag, tags: ['one', 'three'] } }),
        expect: shows('', false),
      },
      {
        request: ({ tag }) => ({ endpoint: 'tickets.list', query: { q: tag, is_overdue: false } }),
        expect: shows('abde', false),
      },
    ],
  },
  {
    id: 'tickets.list/by-integration',
    title: 'A list of tickets filters by integration, by id and by the name it has',
    endpoint: 'tickets.list',
    source: SOURCES.lists,
    given: ['an integration', 'a ticket with that integration'],
    request: ({ integration }) => ({ endpoint: 'tickets.list', query: { integration_id: integration.id } }),
    expect: ({ ticket }) => ({
      body: { total: 1 },
      holds: (reply) => (idsIn(reply).join() === ticket.id ? undefined : { expected: 'its ticket', actual: 'others' }),
    }),
  },
  words('tickets.list', 'page', 0),
  words('tickets.list', 'status', ['done']),
  words('tickets.list', 'category', ['bugs']),
  words('tickets.list', 'priority', ['urgent']),
  words('tickets.list', 'urgency', ['urgent']),
  words('tickets.list', 'created_by_id', 'me'),
  words('tickets.list', 'assigned_to_id', 'me'),
  words('tickets.list', 'integration_id', 'jira', newTypes),
  words('tickets.list', 'created_after', 'yesterday'),
  words('tickets.list', 'created_before', 'yesterday'),
  words('tickets.list', 'updated_after', '2025-02-30T00:00:00Z'),
  words('tickets.list', 'updated_before', '2025'),
  words('tickets.list', 'resolved_after', 'yesterday'),
  words('tickets.list', 'resolved_before', 'yesterday'),
  words('tickets.list', 'is_overdue', 'perhaps'),
  words('tickets.list', 'has_attachments', 'some'),
  words('tickets.list', 'escalation_level', 'high'),
  words('tickets.list', 'satisfaction_rating', '4.5'),
]

/** Whether a row of a list says what the row itself says, as far as it says it. */
function agrees(row: JsonObject | undefined, whole: Row): Fault | undefined {
  if (row === undefined) return { expected: 'the row', actual: 'no row' }
  const moving = ['age_in_hours']
  const differing = Object.keys(row).filter(
    (name) =>
      !moving.includes(name) && Object.hasOwn(whole, name) && JSON.stringify(row[name]) !== JSON.stringify(whole[name]),
  )
  return differing.length === 0
    ? undefined
    : { expected: 'the row as it is shown alone', actual: `other values of ${differing.join(', ')}` }
}

/** Of the active integrations those of the case, by the last letters of their names, in order. */
function ownActive(reply: Reply, tag: string, letters: string): Fault | undefined {
  const rows = entitiesOf(reply)
  const own = rows.filter(({ name }) => String(name).startsWith(tag)).map(({ name }) => String(name).slice(-1))
  const active = rows.every(({ status }) => status === 'active')
  const ordered = rows.every(({ name }, index) => index === 0 || String(rows[index - 1]?.['name']) <= String(name))
  return own.join('') === letters && active && ordered
    ? undefined
    : { expected: `rows ${letters}, all active and by name`, actual: `rows ${own.join('') || 'none'}` }
}
