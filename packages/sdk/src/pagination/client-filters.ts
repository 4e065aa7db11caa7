import type { JsonObject } from '@ai-ticket-creator/domain'
import { FilterNotSupportedError } from '../errors/request-errors.ts'
import { filterRules } from './filter-rules.ts'
import { longestPart } from './wildcards.ts'

/** What is known about the backend that sent the rows. */
export interface ListBackend {
  /** Filters that were not sent, or not as they were given. */
  readonly notSent: readonly string[]
  /** Whether the backend sends `API-Generation`: such a backend applies every filter that it accepts. */
  readonly announced: boolean
  readonly scanLimit: number
}

/** Whether the backend applies all of the filters. Otherwise its total counts other rows too. */
export const allApplied = (filters: JsonObject, backend: ListBackend): boolean =>
  Object.entries(filters).every(([filter, wanted]) => isApplied(filter, wanted, backend))

/**
 * Checks that the backend applies all filters of a query, for a reply that the client does not filter.
 *
 * @throws FilterNotSupportedError
 */
export function assertFiltersApplied(query: JsonObject, backend: ListBackend): void {
  const ignored = Object.entries(query).find(
    ([field, wanted]) => !PAGING.includes(field) && wanted !== undefined && !isApplied(field, wanted, backend),
  )
  if (ignored === undefined) return
  throw new FilterNotSupportedError({ filter: ignored[0], reason: 'raw_request', scanLimit: backend.scanLimit })
}

const PAGING: readonly string[] = ['page', 'size', 'offset', 'limit', 'cursor']

/**
 * The filters that a row does not match.
 *
 * @throws FilterNotSupportedError if the row does not have the field, and the backend may ignore the filter.
 */
export function unmetFilters(filters: JsonObject, row: object, backend: ListBackend): readonly string[] {
  return Object.keys(filters).filter((filter) => {
    const fits = filterRules.get(filter)?.fits?.(row as JsonObject, filters[filter])
    if (fits !== undefined) return !fits
    if (isApplied(filter, filters[filter], backend)) return false
    throw new FilterNotSupportedError({ filter, reason: 'not_shown', scanLimit: backend.scanLimit })
  })
}

function isApplied(filter: string, wanted: unknown, { announced, notSent }: ListBackend): boolean {
  const { everywhere } = filterRules.get(filter) ?? {}
  return (announced || everywhere?.(wanted) === true) && !notSent.includes(filter)
}

// The filters that existing backends search with LIKE.
const PATTERN_FILTERS: readonly string[] = ['name', 'q']

/**
 * The filters without backslashes, which backends treat differently. Of a text with backslashes, only the longest part between
 * them is sent. Such a widened filter finds too many rows; the client removes the others.
 */
export function widenFilters(filters: JsonObject): {
  readonly filters: JsonObject
  readonly widened: readonly string[]
} {
  const widened = PATTERN_FILTERS.filter((filter) => {
    const wanted = filters[filter]
    return typeof wanted === 'string' && wanted.includes('\\')
  })
  const entries = Object.entries(filters).flatMap(([filter, wanted]) => {
    if (!widened.includes(filter)) return [[filter, wanted] as const]
    const part = longestPart(String(wanted), /\\+/)
    return part === '' ? [] : [[filter, part] as const]
  })
  return { filters: Object.fromEntries(entries), widened }
}
