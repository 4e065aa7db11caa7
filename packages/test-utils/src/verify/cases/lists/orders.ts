import { type JsonObject, TICKET_PRIORITIES, TICKET_STATUSES } from '@ai-ticket-creator/domain'
import type { Check, ContractCase } from '../../model/case.ts'
import { entitiesOf } from '../../model/observed-reply.ts'
import { SPEC } from '../../model/spec-references.ts'
import { normalizeTime } from '../../model/times.ts'
import type { ListKind } from './kinds.ts'
import { checkFiveRows, compareOrder, compareRows } from './rows.ts'

/** Sort orders. */
export const sortCases = (kind: ListKind): readonly ContractCase[] => [
  defaultOrder(kind),
  unknownOrder(kind),
  ...kind.sortKeys.map((key) => sortedBy(kind, key)),
]

function defaultOrder({ title, endpoint, preconditions, ownRows }: ListKind): ContractCase {
  return {
    id: `${endpoint}/default-order`,
    title: `The list of ${title} is sorted by newest first`,
    endpoint,
    specReference: SPEC.lists,
    preconditions,
    shared: true,
    request: ({ tag }) => ({ endpoint, query: ownRows(tag) }),
    expect: {
      check: (reply, context) => checkFiveRows(reply, context) ?? checkSorted('created_at', 'desc')(reply, context),
    },
  }
}

function unknownOrder({ title, endpoint }: ListKind): ContractCase {
  return {
    id: `${endpoint}/unknown-order`,
    title: `The list of ${title} refuses an unknown sort key or order`,
    endpoint,
    specReference: SPEC.fields,
    readOnly: true,
    request: { endpoint, query: { sort_by: 'success_rate' } },
    expect: { code: 'validation_failed', at: 'query.sort_by' },
    next: [
      {
        request: { endpoint, query: { sort_order: 'up' } },
        expect: { code: 'validation_failed', at: 'query.sort_order' },
      },
    ],
  }
}

function sortedBy({ title, endpoint, preconditions, ownRows }: ListKind, key: string): ContractCase {
  const check = (order: 'asc' | 'desc'): Check => (showsKey(title, key) ? checkSorted(key, order) : checkFiveRows)
  return {
    id: `${endpoint}/sorted-by-${key}`,
    title: `The list of ${title} can be sorted by \`${key}\` in both orders`,
    endpoint,
    specReference: SPEC.lists,
    preconditions,
    shared: true,
    request: ({ tag }) => ({ endpoint, query: { ...ownRows(tag), sort_by: key, sort_order: 'asc' } }),
    expect: { check: check('asc') },
    next: [
      {
        request: ({ tag }) => ({ endpoint, query: { ...ownRows(tag), sort_by: key, sort_order: 'desc' } }),
        expect: ({ replies: [first] }) => ({
          check: (reply, context) => check('desc')(reply, context) ?? compareRows(first, reply),
        }),
      },
      {
        // Descending is the default.
        request: ({ tag }) => ({ endpoint, query: { ...ownRows(tag), sort_by: key } }),
        expect: ({ replies }) => ({ check: (reply) => compareOrder(replies[1], reply) }),
      },
    ],
  }
}

/** Whether the list returns the field by which it is sorted. */
const showsKey = (title: ListKind['title'], key: string): boolean => title === 'tickets' || key !== 'last_request_at'

/** Rows without a value come last in both orders; ties are sorted by id. */
function checkSorted(key: string, order: 'asc' | 'desc'): Check {
  const sign = order === 'asc' ? 1 : -1
  return (reply) => {
    const rows = entitiesOf(reply).map((row): SortedRow => [sortValue(row, key), String(row['id'])])
    const isWrong = rows.some((row, index) => index > 0 && !follows(rows[index - 1] ?? row, row, sign))
    return isWrong ? { expected: `rows by \`${key}\`, ${order}`, actual: 'another order' } : undefined
  }
}

type SortedRow = readonly [value: unknown, id: string]

function follows([a, idA]: SortedRow, [b, idB]: SortedRow, sign: number): boolean {
  if ((a === null) !== (b === null)) return b === null
  // Values of one key have one type, and `<` orders strings, numbers and booleans alike.
  const order = a === b ? compare(idA, idB) : compare(a as string, b as string)
  return sign * order <= 0
}

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b))

// Priorities and statuses of tickets are sorted by rank.
function sortValue(row: JsonObject, key: string): unknown {
  const value = row[key] ?? null
  if (key === 'priority') return rankIn(TICKET_PRIORITIES, value)
  if (key === 'status' && 'title' in row) return rankIn(TICKET_STATUSES, value)
  return normalizeTime(value)
}

const rankIn = (values: readonly unknown[], value: unknown): number => values.indexOf(value)
