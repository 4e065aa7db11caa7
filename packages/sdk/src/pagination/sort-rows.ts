import { type JsonObject, TICKET_PRIORITIES, TICKET_STATUSES } from '@ai-ticket-creator/domain'
import { parseTimestamp } from '@ai-ticket-creator/domain/internal'
import type { Listing } from './listing.ts'
import type { Row } from './row-source.ts'

/** Sorts rows by a field and then by id. Rows without a value come last in both directions. */
export function sortRows<T extends Row>(
  { endpointId }: Pick<Listing, 'endpointId'>,
  rows: readonly T[],
  sortBy: string,
  isDescending: boolean,
): T[] {
  const sign = isDescending ? -1 : 1
  const keyOf = keyReader(endpointId, sortBy)
  return rows
    .map((row) => ({ row, key: keyOf(row as JsonObject) }))
    .toSorted((a, b) => {
      if ((a.key === null) !== (b.key === null)) return a.key === null ? 1 : -1
      return sign * (compare(a.key ?? 0, b.key ?? 0) || compare(a.row.id, b.row.id))
    })
    .map(({ row }) => row)
}

type Key = string | number | null

function keyReader(endpointId: Listing['endpointId'], sortBy: string): (row: JsonObject) => Key {
  const ranks = endpointId === 'tickets.list' ? ticketRanks[sortBy] : undefined
  return (row) => {
    const value = row[sortBy]
    if (typeof value === 'number') return value
    if (typeof value !== 'string') return null
    if (ranks !== undefined) return rankIn(ranks, value)
    return sortBy.endsWith('_at') ? parseTimestamp(value) : value
  }
}

// Sorted by their position in the enum, as backends do.
const ticketRanks: { readonly [field: string]: readonly string[] } = {
  priority: TICKET_PRIORITIES,
  status: TICKET_STATUSES,
}

// A value that this version does not know is ranked after all values that it knows.
const rankIn = (values: readonly string[], value: string): number =>
  values.includes(value) ? values.indexOf(value) : values.length

const compare = (a: string | number, b: string | number): number => (a < b ? -1 : a > b ? 1 : 0)
