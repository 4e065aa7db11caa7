import type { EndpointId, JsonObject } from '@ai-ticket-creator/domain'
import type { ContractCase } from '../../model/case.ts'
import type { Rows } from '../../model/case-context.ts'
import { NOWHERE } from '../../model/request-bodies.ts'
import { SOURCES } from '../../model/spec-references.ts'
import type { Kind } from './kinds.ts'
import { shows } from './rows.ts'

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
export const integrationFilters: readonly Filter[] = [
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
export const ticketFilters: readonly Filter[] = [
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

export const filterCases = (
  { endpoint, given, own, title }: Kind,
  filters: readonly Filter[],
): readonly ContractCase[] =>
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

export const words = (
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
