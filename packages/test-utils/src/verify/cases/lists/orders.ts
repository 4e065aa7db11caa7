import { type JsonObject, TICKET_PRIORITIES, TICKET_STATUSES } from '@ai-ticket-creator/domain'
import type { ContractCase, Expect } from '../../model/case.ts'
import { entitiesOf } from '../../model/observed-reply.ts'
import { SOURCES } from '../../model/spec-references.ts'
import type { Kind, List } from './kinds.ts'
import { hasFive, sameOrder, sameRows } from './rows.ts'

/** How a list is ordered: rows without a value come last in both orders, equal ones by id. */
export function isOrdered(key: string, order: 'asc' | 'desc'): NonNullable<Expect['holds']> {
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

export const sortCases = (
  { list, endpoint, given, own, title }: Kind,
  keys: readonly string[],
): readonly ContractCase[] =>
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
