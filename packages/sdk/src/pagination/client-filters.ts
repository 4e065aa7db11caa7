import type { JsonObject } from '@ai-ticket-creator/domain'
import { isJsonObject, parseTimestamp } from '@ai-ticket-creator/domain/internal'
import { FilterNotSupportedError } from '../errors/request-errors.ts'

/** How to tell from a row whether a filter fits. */
interface Rule {
  /** Undefined: the row does not show it. */
  readonly fits?: (row: JsonObject, wanted: unknown) => boolean | undefined
  /** Whether every backend applies it; others accept it and answer with all rows (CONTRACT §1). */
  readonly everywhere?: (wanted: unknown) => boolean
}

const always = () => true

const equals =
  (field: string): NonNullable<Rule['fits']> =>
  (row, wanted) =>
    row[field] === undefined ? undefined : row[field] === wanted

const oneOf =
  (field: string): NonNullable<Rule['fits']> =>
  (row, wanted) =>
    row[field] === undefined ? undefined : Array.isArray(wanted) && wanted.includes(row[field])

// On the very boundary the backend decides.
const inTime =
  (field: string, side: 'after' | 'before'): NonNullable<Rule['fits']> =>
  (row, wanted) => {
    const value = row[field]
    if (value === undefined) return undefined
    if (typeof value !== 'string' || typeof wanted !== 'string') return false
    return side === 'after'
      ? parseTimestamp(value) >= parseTimestamp(wanted)
      : parseTimestamp(value) <= parseTimestamp(wanted)
  }

const rules: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  // Integrations
  ['integration_category', { fits: equals('integration_category') }],
  ['platform_name', { fits: equals('platform_name') }],
  ['integration_status', { fits: equals('status') }],
  ['enabled', { fits: equals('enabled'), everywhere: always }],
  ['name', { fits: isCalled, everywhere: (wanted) => !hasWildcards(wanted) }],
  ['supports_category', { everywhere: always }],

  // Tickets
  ['q', { everywhere: always }],
  ['department', { everywhere: always }],
  ['created_by_id', { everywhere: always }],
  ['assigned_to_id', { everywhere: always }],
  ['created_after', { everywhere: always }],
  ['created_before', { everywhere: always }],
  // The rows of existing backends always say false (CONTRACT §3.6).
  ['is_overdue', { everywhere: (wanted) => wanted === true }],
  ['status', { fits: oneOf('status') }],
  ['category', { fits: oneOf('category') }],
  ['priority', { fits: oneOf('priority') }],
  ['urgency', { fits: oneOf('urgency') }],
  ['tags', {}],
  ['integration_id', { fits: filedWith }],
  ['has_attachments', { fits: hasAttachments }],
  ['escalation_level', { fits: equals('escalation_level') }],
  ['satisfaction_rating', { fits: equals('satisfaction_rating') }],
  ['source_channel', { fits: equals('source_channel') }],
  ['updated_after', { fits: inTime('updated_at', 'after') }],
  ['updated_before', { fits: inTime('updated_at', 'before') }],
  ['resolved_after', { fits: inTime('resolved_at', 'after') }],
  ['resolved_before', { fits: inTime('resolved_at', 'before') }],

  // Not filters
  ['sort_by', { everywhere: always }],
  ['sort_order', { everywhere: always }],
])

// The existing backend reads % and _ as wildcards and \ as their escape: it answers more names, or others.
const hasWildcards = (name: unknown): boolean => typeof name === 'string' && /[%_\\]/.test(name)

function isCalled(row: JsonObject, wanted: unknown): boolean | undefined {
  const name = row['name']
  if (typeof name !== 'string' || typeof wanted !== 'string' || !hasWildcards(wanted)) return undefined
  return name.toLowerCase().includes(wanted.toLowerCase())
}

/** Filters as every backend understands them: what a part of a name leaves too much is left out by the client. */
export function readEverywhere(filters: JsonObject): {
  readonly filters: JsonObject
  readonly widened: readonly string[]
} {
  const { name, ...others } = filters
  if (typeof name !== 'string' || !name.includes('\\')) return { filters, widened: [] }

  const part = longestPart(name, /\\+/)
  return { filters: part === '' ? others : { ...others, name: part }, widened: ['name'] }
}

/** The longest piece between separators. */
export const longestPart = (text: string, separators: RegExp): string =>
  text
    .split(separators)
    .map((part) => part.trim())
    .reduce((longest, part) => (part.length > longest.length ? part : longest), '')

function filedWith(row: JsonObject, wanted: unknown): boolean | undefined {
  const result = row['integration_result']
  const shown = row['integration_id']
  const id = shown === undefined && isJsonObject(result) ? result['integration_id'] : shown
  return id === undefined ? undefined : sameId(id, wanted)
}

// UUIDs may be written in either case.
const sameId = (a: unknown, b: unknown): boolean =>
  typeof a === 'string' && typeof b === 'string' && a.toLowerCase() === b.toLowerCase()

function hasAttachments(row: JsonObject, wanted: unknown): boolean | undefined {
  const { attachments, file_count: count } = row
  if (attachments === undefined && typeof count === 'number') return count > 0 === wanted
  if (attachments === undefined) return undefined
  return (Array.isArray(attachments) && attachments.length > 0) === wanted
}

/** What is known about the backend that answered. */
export interface Backend {
  /** Filters that were not sent, since the backend has no words for them. */
  readonly notSent: readonly string[]
  /** Whether it is one that applies all filters that it takes: it says `API-Generation`. */
  readonly announced: boolean
  readonly scanLimit: number
}

/** Whether the backend applies all of the filters, so that its count of rows is to be believed. */
export const allApplied = (filters: JsonObject, backend: Backend): boolean =>
  Object.entries(filters).every(([filter, wanted]) => isApplied(filter, wanted, backend))

function isApplied(filter: string, wanted: unknown, { announced, notSent }: Backend): boolean {
  const { everywhere } = rules.get(filter) ?? {}
  return (announced || everywhere?.(wanted) === true) && !notSent.includes(filter)
}

/** The filters that a row does not fit, although it was answered. */
export function unmet(filters: JsonObject, row: object, backend: Backend): readonly string[] {
  return Object.keys(filters).filter((filter) => {
    const answer = rules.get(filter)?.fits?.(row as JsonObject, filters[filter])
    if (answer !== undefined) return !answer
    if (isApplied(filter, filters[filter], backend)) return false
    throw new FilterNotSupportedError({ filter, reason: 'not_shown', scanLimit: backend.scanLimit })
  })
}
