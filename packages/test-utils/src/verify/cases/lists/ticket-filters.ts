import { type CaseContext, creatorIdOf, type Row } from '../../model/case-context.ts'
import { UNKNOWN_ID } from '../../model/request-bodies.ts'
import { normalizeTime } from '../../model/times.ts'
import type { Filter } from './filter.ts'

/**
 * Filters of `five tickets`: c and a are bugs of one department with a file, e and b are about billing, and d about
 * security. In the order c, a, e, b, d, priorities are low, medium, high, critical, low; e is in progress and b is closed.
 */
export const ticketFilters: readonly Filter[] = [
  {
    id: 'q',
    title: 'part of the title, in upper or lower case',
    query: ({ tag }) => ({ q: `${tag} E`.toUpperCase() }),
    matches: 'e',
  },
  {
    id: 'q-description',
    title: 'part of the description',
    query: ({ tag }) => ({ q: `when it ends: ${tag} b` }),
    matches: 'b',
  },
  {
    id: 'q-percent',
    title: 'a search text with a literal %',
    query: ({ tag }) => ({ q: `${tag}%` }),
    matches: '',
  },
  { id: 'status', title: 'status', query: () => ({ status: ['new'] }), matches: 'acd' },
  {
    id: 'statuses',
    title: 'either of two statuses',
    query: () => ({ status: ['in_progress', 'closed'] }),
    matches: 'be',
  },
  {
    id: 'status-none',
    title: 'statuses that no ticket has',
    query: () => ({ status: ['pending', 'cancelled'] }),
    matches: '',
  },
  { id: 'category', title: 'category', query: () => ({ category: ['bug'] }), matches: 'ac' },
  {
    id: 'categories',
    title: 'either of two categories',
    query: () => ({ category: ['bug', 'billing'] }),
    matches: 'abce',
  },
  { id: 'priority', title: 'priority', query: () => ({ priority: ['low'] }), matches: 'cd' },
  {
    id: 'priorities',
    title: 'either of two priorities',
    query: () => ({ priority: ['low', 'critical'] }),
    matches: 'bcd',
  },
  { id: 'urgency', title: 'urgency', query: () => ({ urgency: ['critical'] }), matches: 'e' },
  {
    id: 'urgencies',
    title: 'either of two urgencies',
    query: () => ({ urgency: ['critical', 'low'] }),
    matches: 'be',
  },
  {
    id: 'department',
    title: 'department, with an exact match',
    query: ({ tag }) => ({ department: tag }),
    matches: 'ac',
  },
  {
    id: 'created_by_id',
    title: 'creator',
    query: ({ ticket }) => ({ created_by_id: creatorIdOf(ticket) }),
    matches: 'abcde',
    contrast: { query: () => ({ created_by_id: UNKNOWN_ID }), matches: '' },
  },
  {
    id: 'created_by_nobody',
    title: 'a creator that no ticket has',
    query: () => ({ created_by_id: UNKNOWN_ID }),
    matches: '',
  },
  {
    id: 'assigned_to_id',
    title: 'an assignee that no ticket has',
    query: () => ({ assigned_to_id: UNKNOWN_ID }),
    matches: '',
  },
  {
    id: 'integration_id',
    title: 'an integration that no ticket has',
    query: () => ({ integration_id: UNKNOWN_ID }),
    matches: '',
    since: 'transitional',
  },
  {
    id: 'created_after',
    title: '`created_after` in the past',
    query: () => ({ created_after: '2001-01-01T00:00:00Z' }),
    matches: 'abcde',
    contrast: { query: () => ({ created_after: '2901-01-01T00:00:00Z' }), matches: '' },
  },
  {
    id: 'created_after-own',
    title: '`created_after`, which includes the time itself',
    query: ({ tickets }) => ({ created_after: tickets[2]?.['created_at'] }),
    matches: whereCreated((time, middle) => time >= middle),
  },
  {
    id: 'created_after-late',
    title: '`created_after` in the future',
    query: () => ({ created_after: '2901-01-01T00:00:00Z' }),
    matches: '',
  },
  {
    id: 'created_before',
    title: '`created_before` in the future',
    query: () => ({ created_before: '2901-01-01T00:00:00' }),
    matches: 'abcde',
    contrast: { query: () => ({ created_before: '2001-01-01T00:00:00' }), matches: '' },
  },
  {
    id: 'created_before-own',
    title: '`created_before`, which includes the time itself',
    query: ({ tickets }) => ({ created_before: tickets[2]?.['created_at'] }),
    matches: whereCreated((time, middle) => time <= middle),
  },
  {
    id: 'created_before-early',
    title: '`created_before` in the past',
    query: () => ({ created_before: '2001-01-01T00:00:00Z' }),
    matches: '',
  },
  {
    id: 'updated_after',
    title: '`updated_after` in the future',
    query: () => ({ updated_after: '2901-01-01T00:00:00Z' }),
    matches: '',
  },
  {
    id: 'updated_before',
    title: '`updated_before` in the future',
    query: () => ({ updated_before: '2901-01-01T00:00:00Z' }),
    matches: 'abcde',
    contrast: { query: () => ({ updated_before: '2001-01-01T00:00:00Z' }), matches: '' },
  },
  {
    id: 'resolved_after',
    title: '`resolved_after`, which no unresolved ticket matches',
    query: () => ({ resolved_after: '2001-01-01T00:00:00Z' }),
    matches: 'b',
    contrast: { query: () => ({ resolved_after: '2901-01-01T00:00:00Z' }), matches: '' },
  },
  {
    id: 'resolved_before',
    title: '`resolved_before`, which no unresolved ticket matches',
    query: () => ({ resolved_before: '2901-01-01T00:00:00Z' }),
    matches: 'b',
    contrast: { query: () => ({ resolved_before: '2001-01-01T00:00:00Z' }), matches: '' },
  },
  { id: 'is_overdue', title: '`is_overdue: true`', query: () => ({ is_overdue: true }), matches: '' },
  {
    id: 'not-overdue',
    title: '`is_overdue: false`',
    query: () => ({ is_overdue: false }),
    matches: 'abcde',
    contrast: { query: () => ({ is_overdue: true }), matches: '' },
  },
  { id: 'has_attachments', title: '`has_attachments: true`', query: () => ({ has_attachments: true }), matches: 'ac' },
  {
    id: 'no-attachments',
    title: '`has_attachments: false`',
    query: () => ({ has_attachments: false }),
    matches: 'bde',
  },
  {
    id: 'escalation_level',
    title: 'escalation level 0',
    query: () => ({ escalation_level: 0 }),
    matches: 'abcde',
    contrast: { query: () => ({ escalation_level: 1 }), matches: '' },
  },
  { id: 'escalation_level-1', title: 'escalation level 1', query: () => ({ escalation_level: 1 }), matches: '' },
  {
    id: 'satisfaction_rating',
    title: 'a satisfaction rating that no ticket has',
    query: () => ({ satisfaction_rating: 5 }),
    matches: '',
  },
  {
    id: 'source_channel',
    title: 'source channel',
    query: () => ({ source_channel: 'web' }),
    matches: 'abcde',
    contrast: { query: () => ({ source_channel: 'email' }), matches: '' },
  },
  {
    id: 'source_channel-other',
    title: 'a source channel that no ticket has',
    query: () => ({ source_channel: 'email' }),
    matches: '',
  },
  {
    id: 'several',
    title: 'several filters at once',
    query: () => ({ category: ['billing'], priority: ['low', 'high'] }),
    matches: 'e',
  },
]

/** The tickets for which a comparison of their creation time with that of the third ticket is true. */
function whereCreated(isWanted: (time: string, middle: string) => boolean) {
  return ({ tickets }: CaseContext): string => {
    const letters = tickets
      .filter((row) => isWanted(timeOf(row), timeOf(tickets[2])))
      .map(({ title }) => String(title).slice(-1))
    return letters.toSorted().join('')
  }
}

const timeOf = (row: Row | undefined): string => String(normalizeTime(row?.['created_at']))
