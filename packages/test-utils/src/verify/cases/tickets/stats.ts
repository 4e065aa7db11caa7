import type { JsonObject } from '@ai-ticket-creator/domain'
import { isJsonObject } from '@ai-ticket-creator/domain/internal'
import type { Check, ContractCase, Mismatch } from '../../model/case.ts'
import { createTicket } from '../../model/request-bodies.ts'
import { SPEC } from '../../model/spec-references.ts'

/** Statistics of tickets. */
export const statsCases: readonly ContractCase[] = [
  {
    id: 'tickets.stats/sums',
    title: 'The distributions by status, priority and category add up to the totals',
    endpoint: 'tickets.stats',
    specReference: SPEC.fields,
    readOnly: true,
    // Totals and distributions may be counted at different moments, between which other cases create and delete tickets.
    exclusive: true,
    request: { endpoint: 'tickets.stats' },
    expect: { check: checkSums },
  },
  {
    id: 'tickets.stats/other-organization',
    title: 'A new ticket is not counted in the statistics of another organization',
    endpoint: 'tickets.stats',
    specReference: SPEC.refusals,
    needsOtherTenant: true,
    exclusive: true,
    request: { endpoint: 'tickets.stats', token: 'other-tenant' },
    expect: {},
    next: [
      { request: ({ tag }) => createTicket(tag, { priority: 'critical', category: 'security' }), expect: {} },
      {
        request: { endpoint: 'tickets.stats', token: 'other-tenant' },
        expect: ({ replies: [before] }) => ({
          check: ({ fields }) =>
            checkIncreases(before?.fields, fields, {
              total_tickets: 0,
              open_tickets: 0,
              high_priority_tickets: 0,
              'status_distribution.new': 0,
              'priority_distribution.critical': 0,
              'category_distribution.security': 0,
            }),
        }),
      },
    ],
  },
  {
    id: 'tickets.stats/counts',
    title: 'A new ticket is counted in total, as open, and by status, priority and category',
    endpoint: 'tickets.stats',
    specReference: SPEC.fields,
    exclusive: true,
    request: { endpoint: 'tickets.stats' },
    expect: {},
    next: [
      { request: ({ tag }) => createTicket(tag, { priority: 'critical', category: 'security' }), expect: {} },
      {
        request: { endpoint: 'tickets.stats' },
        expect: ({ replies: [before] }) => ({
          check: ({ fields }) =>
            checkIncreases(before?.fields, fields, {
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
          check: ({ fields }) =>
            checkIncreases(before?.fields, fields, {
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

function checkSums({ fields }: Parameters<Check>[0]): ReturnType<Check> {
  const byStatus = countsIn(fields, 'status_distribution')
  const byPriority = countsIn(fields, 'priority_distribution')
  const byCategory = countsIn(fields, 'category_distribution')
  const agrees =
    [byStatus, byPriority, byCategory].every((counts) => sum(counts) === fields['total_tickets']) &&
    sum(byStatus, ['new', 'open', 'in_progress']) === fields['open_tickets'] &&
    sum(byStatus, ['resolved']) === fields['resolved_tickets'] &&
    sum(byPriority, ['high', 'critical']) === fields['high_priority_tickets']
  return agrees ? undefined : { expected: 'distributions that add up', actual: 'other sums' }
}

function countsIn(fields: JsonObject, name: string): JsonObject {
  const counts = fields[name]
  return isJsonObject(counts) ? counts : {}
}

function sum(counts: JsonObject, names: readonly string[] = Object.keys(counts)): number {
  return names.reduce((total, name) => total + Number(counts[name] ?? 0), 0)
}

/** Compares the increase of each count; a path such as `status_distribution.new` leads into a distribution. */
function checkIncreases(
  before: JsonObject = {},
  after: JsonObject,
  expected: Readonly<Record<string, number>>,
): Mismatch | undefined {
  for (const [path, increase] of Object.entries(expected)) {
    const actual = countAt(after, path) - countAt(before, path)
    if (actual !== increase) return { expected: `\`${path}\`: ${increase} more`, actual: `${actual} more` }
  }
  return undefined
}

function countAt(fields: JsonObject, path: string): number {
  const [name = '', inner] = path.split('.')
  return Number((inner === undefined ? fields[name] : countsIn(fields, name)[inner]) ?? 0)
}
