import { INTEGRATION_SORT_KEYS, type JsonObject, TICKET_SORT_KEYS } from '@ai-ticket-creator/domain'
import type { ContractCase, Fault } from '../../model/case.ts'
import type { Row, Rows } from '../../model/case-context.ts'
import { entitiesOf, type Reply } from '../../model/observed-reply.ts'
import { FILE } from '../../model/preconditions.ts'
import { SOURCES } from '../../model/spec-references.ts'
import { newTicket } from '../sample-requests.ts'
import { filterCases, integrationFilters, ticketFilters, words } from './filters.ts'
import { kinds } from './kinds.ts'
import { sortCases } from './orders.ts'
import { both, following, hasNext, hasNoNext, pagingCases, part } from './pages.ts'
import { hasFive, idsIn, shows } from './rows.ts'

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
  {
    id: 'integrations.list/both-links',
    title: 'The link to the next page stands beside the one to the guide',
    endpoint: 'integrations.list',
    source: SOURCES.headers,
    since: 'transitional',
    until: 'transitional',
    given: ['five integrations'],
    request: ({ tag }) => ({
      endpoint: 'integrations.list',
      query: { is_enabled: true, name: tag, limit: 1 },
      words: 'as written',
    }),
    expect: { headers: { Link: /rel="next".*rel="deprecation"|rel="deprecation".*rel="next"/ } },
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
    // One without it: in an empty backend no filter at all would show the same.
    request: ({ tag }) => newTicket(tag),
    expect: {},
    next: [
      {
        request: ({ integration }) => ({ endpoint: 'tickets.list', query: { integration_id: integration.id } }),
        expect: ({ ticket }) => ({
          body: { total: 1 },
          holds: (reply) =>
            idsIn(reply).join() === ticket.id ? undefined : { expected: 'its ticket', actual: 'others' },
        }),
      },
    ],
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
