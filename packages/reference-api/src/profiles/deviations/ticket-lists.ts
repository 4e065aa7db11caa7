import type { JsonObject, TicketStats } from '@ai-ticket-creator/domain'
import type { HandlerCall } from '../../ports/handler.ts'
import { dropParameters, omit, onEntities } from '../hook-builders.ts'
import { ALL, BEFORE_LATEST, CURRENT, type Row } from '../hooks.ts'
import { toLikePattern } from '../like.ts'
import { withUnstableOrder } from '../unstable-order.ts'

/** GET /tickets/ and /tickets/stats/overview */
export const ticketLists: readonly Row[] = [
  {
    id: 'filters-in-a-body',
    profiles: ALL,
    source: 'list-tickets',
    assumed: true,
    summary:
      '`status`, `category`, `priority`, `urgency` and `tags` filter nothing and are not validated: the backend expects them in the body of the GET, not in the query.',
    query: dropParameters(['tickets.list'], ['status', 'category', 'priority', 'urgency', 'tags']),
  },
  {
    id: 'body-of-get-fails',
    profiles: ALL,
    source: 'list-tickets',
    summary: 'A GET with `status`, `category` or `priority` in its body is answered with 500.',
    notReproduced: 'A `Request` with GET cannot have a body.',
  },
  {
    id: 'q-has-wildcards',
    profiles: ALL,
    source: 'list-tickets',
    assumed: true,
    summary: 'The filter `q` is a LIKE pattern: `%` matches any text, `_` any character, and `\\` escapes both.',
    handlers: {
      'tickets.list': (call, next) => {
        const { q } = call.query
        return q !== undefined && /[%_\\]/.test(q) ? next(matchingLike(call, q)) : next(call)
      },
    },
  },
  {
    id: 'tickets-without-stable-order',
    profiles: ALL,
    source: 'pagination-and-sorting',
    assumed: true,
    summary:
      'Tickets with equal sort keys have no order: pages repeat some and miss others. Creation times are never equal.',
    handlers: { 'tickets.list': (call, next) => next(withUnstableOrder(call, 'tickets')) },
  },
  {
    id: 'integration-filter-ignored',
    profiles: ALL,
    source: 'list-tickets',
    summary: 'Tickets are not filtered by integration: the parameter is accepted and ignored.',
    query: dropParameters(
      ['tickets.list'],
      ['integration', 'integration_name', 'integration_routing', 'integration_preference'],
    ),
    handlers: { 'tickets.list': (call, next) => next({ ...call, query: omit(call.query, ['integration_id']) }) },
  },
  {
    id: 'filters-without-effect',
    profiles: ALL,
    source: 'list-tickets',
    assumed: true,
    summary:
      'The filters of tickets by attachments, escalation, satisfaction, channel and the times of update and resolution are validated and ignored.',
    handlers: { 'tickets.list': (call, next) => next({ ...call, query: omit(call.query, IGNORED_FILTERS) }) },
  },
  {
    id: 'not-overdue-is-no-filter',
    profiles: ALL,
    source: 'list-tickets',
    assumed: true,
    summary: '`is_overdue=false` is treated as absent.',
    handlers: {
      'tickets.list': (call, next) =>
        next(call.query.is_overdue === false ? { ...call, query: omit(call.query, ['is_overdue']) } : call),
    },
  },
  {
    id: 'short-items',
    profiles: BEFORE_LATEST,
    source: 'ticket-replies',
    assumed: true,
    summary:
      'List items lack the description, the users and everything about the integration; they have an additional `file_count`.',
    note: 'Which fields a legacy list item has is not recorded.',
    reply: onEntities(['tickets.list'], shorten),
  },
  {
    id: 'statistics-of-all-organizations',
    profiles: CURRENT,
    source: 'ticket-statistics',
    summary:
      'Overdue and high-priority tickets and the distributions count all organizations; values without tickets are absent. The other counts are of the organization of the caller.',
    note: 'With a user directory that does not list organizations, only the organization of the caller is counted.',
    handlers: {
      'tickets.stats': async (call, next) => {
        const result = await next(call)
        const organizations = (await call.users.organizations?.()) ?? []
        const all = await Promise.all(
          [...new Set([call.organizationId, ...organizations])].map(
            async (organizationId) => (await next({ ...call, organizationId })).reply,
          ),
        )
        return { ...result, reply: { ...result.reply, ...sumOf(all) } }
      },
    },
  },
  {
    id: 'averages-always-null',
    profiles: ALL,
    source: 'ticket-statistics',
    summary: 'The averages and the satisfaction score of the statistics are always null.',
    reply: onEntities(['tickets.stats'], (stats) => ({
      ...stats,
      avg_resolution_time_hours: null,
      avg_first_response_time_hours: null,
      satisfaction_score: null,
    })),
  },
]

/** The call with a store that matches `q` as SQL LIKE does. It reads the whole list. */
function matchingLike(call: HandlerCall<'tickets.list'>, q: string): HandlerCall<'tickets.list'> {
  const { tickets } = call.store
  const pattern = toLikePattern(`%${q}%`)
  return {
    ...call,
    store: {
      ...call.store,
      tickets: {
        ...tickets,
        async list(organizationId, query, window) {
          const everything = { offset: 0, limit: Number.MAX_SAFE_INTEGER, now: window.now }
          const { rows } = await tickets.list(organizationId, omit(query, ['q']), everything)
          const matching = rows.filter((row) => pattern.test(row.title) || pattern.test(row.description))
          return { rows: matching.slice(window.offset, window.offset + window.limit), total: matching.length }
        },
      },
    },
  }
}

function sumOf(all: readonly TicketStats[]): Partial<TicketStats> {
  const sum = (count: (stats: TicketStats) => number): number => all.reduce((total, stats) => total + count(stats), 0)
  const distribution = (name: 'category_distribution' | 'priority_distribution' | 'status_distribution') => {
    const values = new Set(all.flatMap((stats) => Object.keys(stats[name])))
    const counts = [...values].map((value) => [value, sum((stats) => stats[name][value] ?? 0)] as const)
    return Object.fromEntries(counts.filter(([, count]) => count > 0))
  }
  return {
    overdue_tickets: sum((stats) => stats.overdue_tickets),
    high_priority_tickets: sum((stats) => stats.high_priority_tickets),
    category_distribution: distribution('category_distribution'),
    priority_distribution: distribution('priority_distribution'),
    status_distribution: distribution('status_distribution'),
  }
}

const IGNORED_FILTERS = [
  'has_attachments',
  'escalation_level',
  'satisfaction_rating',
  'source_channel',
  'updated_after',
  'updated_before',
  'resolved_after',
  'resolved_before',
] as const

const SHORT_ITEM_FIELDS = [
  'id',
  'created_at',
  'updated_at',
  'title',
  'display_title',
  'category',
  'subcategory',
  'priority',
  'urgency',
  'status',
  'department',
  'source_channel',
  'last_activity_at',
  'communication_count',
  'is_overdue',
  'is_high_priority',
  'age_in_hours',
  'escalation_level',
]

function shorten(ticket: JsonObject): JsonObject {
  const short = Object.fromEntries(Object.entries(ticket).filter(([name]) => SHORT_ITEM_FIELDS.includes(name)))
  const files = ticket['files']
  return { ...short, file_count: Array.isArray(files) ? files.length : null }
}
