import type { JsonObject } from '@ai-ticket-creator/domain'
import type { ContractCase, Expect } from '../../model/case.ts'
import { SOURCES } from '../../model/spec-references.ts'
import { newTicket } from '../sample-requests.ts'

const sum = (counts: Readonly<Record<string, number>> = {}, words?: readonly string[]): number =>
  (words ?? Object.keys(counts)).reduce((all, word) => all + (counts[word] ?? 0), 0)

/** Counts over all tickets. */
export const stats: readonly ContractCase[] = [
  {
    id: 'tickets.stats/sums',
    title: 'The counts of tickets add up, by status, by priority and by category',
    endpoint: 'tickets.stats',
    source: SOURCES.fields,
    reads: true,
    request: { endpoint: 'tickets.stats' },
    expect: { holds: ({ fields }) => statsAddUp(fields) },
  },
  {
    id: 'tickets.stats/counts',
    title: 'A new ticket is counted: in all, as open, by its status, its priority and its category',
    endpoint: 'tickets.stats',
    source: SOURCES.fields,
    alone: true,
    request: { endpoint: 'tickets.stats' },
    expect: {},
    next: [
      { request: ({ tag }) => newTicket(tag, { priority: 'critical', category: 'security' }), expect: {} },
      {
        request: { endpoint: 'tickets.stats' },
        expect: ({ replies: [before] }) => ({
          holds: ({ fields }) =>
            differBy(before?.fields, fields, {
              total_tickets: 1,
              open_tickets: 1,
              resolved_tickets: 0,
              high_priority_tickets: 1,
              'status_distribution.new': 1,
              'priority_distribution.critical': 1,
              'category_distribution.security': 1,
            }),
        }),
      },
      {
        request: ({ replies }) => ({
          endpoint: 'tickets.replace',
          params: { ticket_id: String(replies[1]?.fields['id']) },
          body: { status: 'resolved', resolution_summary: 'found it', priority: 'low' },
        }),
        expect: {},
      },
      {
        request: { endpoint: 'tickets.stats' },
        expect: ({ replies: [before] }) => ({
          holds: ({ fields }) =>
            differBy(before?.fields, fields, {
              total_tickets: 1,
              open_tickets: 0,
              resolved_tickets: 1,
              high_priority_tickets: 0,
              'status_distribution.resolved': 1,
              'priority_distribution.low': 1,
            }) ??
            (typeof fields['avg_resolution_time_hours'] === 'number'
              ? undefined
              : { expected: '`avg_resolution_time_hours`: a number', actual: 'none' }),
        }),
      },
    ],
  },
]

function statsAddUp(fields: JsonObject): ReturnType<NonNullable<Expect['holds']>> {
  const [byStatus, byPriority, byCategory] = ['status', 'priority', 'category'].map(
    (name) => (fields[`${name}_distribution`] ?? {}) as Readonly<Record<string, number>>,
  )
  const fits =
    [byStatus, byPriority, byCategory].every((counts) => sum(counts) === fields['total_tickets']) &&
    sum(byStatus, ['new', 'open', 'in_progress']) === fields['open_tickets'] &&
    sum(byStatus, ['resolved']) === fields['resolved_tickets'] &&
    sum(byPriority, ['high', 'critical']) === fields['high_priority_tickets']
  return fits ? undefined : { expected: 'sums that fit', actual: 'sums that do not' }
}

function differBy(
  before: JsonObject = {},
  after: JsonObject,
  expected: Readonly<Record<string, number>>,
): ReturnType<NonNullable<Expect['holds']>> {
  for (const [path, by] of Object.entries(expected)) {
    const moved = countAt(after, path) - countAt(before, path)
    if (moved !== by) return { expected: `\`${path}\`: ${by} more`, actual: `${moved} more` }
  }
  return undefined
}

function countAt(fields: JsonObject, path: string): number {
  const [name = '', inner] = path.split('.')
  const value = inner === undefined ? fields[name] : (fields[name] as JsonObject | undefined)?.[inner]
  return Number(value ?? 0)
}
