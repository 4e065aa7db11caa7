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
  const values = rows.map((row) => (row as JsonObject)[sortBy])
  const keys = haveSameTimeFormat(values) ? values : values.map(keyReader(endpointId, sortBy))
  return rows
    .map((row, index) => ({ row, key: keys[index] ?? null }))
    .toSorted((a, b) => {
      if ((a.key === null) !== (b.key === null)) return a.key === null ? 1 : -1
      return sign * (compare(a.key ?? 0, b.key ?? 0) || compare(a.row.id, b.row.id))
    })
    .map(({ row }) => row)
}

// The form in which backends write times.
const UTC_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z$/

/** Whether all values are times that sort like their texts. Such times are not parsed, which would take long for many rows. */
function haveSameTimeFormat(values: readonly unknown[]): values is readonly string[] {
  const { length } = String(values[0])
  return values.every((value) => typeof value === 'string' && value.length === length && UTC_TIME.test(value))
}

type Key = string | number | null

function keyReader(endpointId: Listing['endpointId'], sortBy: string): (value: unknown) => Key {
  const ranks = endpointId === 'tickets.list' ? ticketRanks[sortBy] : undefined
  return (value) => {
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

// A value that is newer than this version is ranked last.
const rankIn = (values: readonly string[], value: string): number =>
  values.includes(value) ? values.indexOf(value) : values.length

const compare = (a: string | number, b: string | number): number => (a < b ? -1 : a > b ? 1 : 0)
