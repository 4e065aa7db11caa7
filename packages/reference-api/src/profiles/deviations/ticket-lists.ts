import type { JsonObject } from '@ai-ticket-creator/domain'
import { dropParameters, omit, onEntities } from '../hook-builders.ts'
import { ALL, BEFORE_LATEST, type Row } from '../hooks.ts'

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
