import type { JsonObject } from '@ai-ticket-creator/domain'
import { parseTimestamp } from '@ai-ticket-creator/domain/internal'
import { hasWildcards } from './wildcards.ts'

type Fits = (row: JsonObject, wanted: unknown) => boolean | undefined

/** How the client applies a filter, and whether every backend applies the filter itself. */
interface FilterRule {
  /** Whether a row matches the filter. Undefined if the row does not have the field. */
  readonly fits?: Fits
  /** Whether every backend applies the filter. Otherwise some backends accept the filter and return all rows. */
  readonly everywhere?: (wanted: unknown) => boolean
}

const always = () => true

const equals =
  (field: string): Fits =>
  (row, wanted) =>
    row[field] === undefined ? undefined : row[field] === wanted

const oneOf =
  (field: string): Fits =>
  (row, wanted) =>
    row[field] === undefined ? undefined : Array.isArray(wanted) && wanted.includes(row[field])

// A time equal to the boundary matches, because the backend decides whether the boundary is included.
const inTime =
  (field: string, side: 'after' | 'before'): Fits =>
  (row, wanted) => {
    const value = row[field]
    if (value === undefined) return undefined
    if (typeof value !== 'string' || typeof wanted !== 'string') return false
    return side === 'after'
      ? parseTimestamp(value) >= parseTimestamp(wanted)
      : parseTimestamp(value) <= parseTimestamp(wanted)
  }

// Only a text with wildcards is searched here, literally. Other texts are left to the backend, whose rules for upper and lower
// case may differ.
const containsIn =
  (fields: readonly string[]): Fits =>
  (row, wanted) => {
    if (typeof wanted !== 'string' || !hasWildcards(wanted)) return undefined
    const isFound = fields.some((field) => contains(row[field], wanted))
    return isFound || fields.every((field) => row[field] !== undefined) ? isFound : undefined
  }

const contains = (text: unknown, part: string): boolean =>
  typeof text === 'string' && text.toLowerCase().includes(part.toLowerCase())

// Which filters the existing backend ignores: docs/existing-backend.md#list-integrations and #list-tickets.
export const filterRules: ReadonlyMap<string, FilterRule> = new Map<string, FilterRule>([
  // Integrations
  ['integration_category', { fits: equals('integration_category') }],
  ['platform_name', { fits: equals('platform_name') }],
  ['integration_status', { fits: equals('status') }],
  ['enabled', { fits: equals('enabled'), everywhere: always }],
  ['name', { fits: containsIn(['name']), everywhere: (wanted) => !hasWildcards(wanted) }],
  ['supports_category', { everywhere: always }],

  // Tickets
  ['q', { fits: containsIn(['title', 'description']), everywhere: (wanted) => !hasWildcards(wanted) }],
  ['department', { everywhere: always }],
  ['created_by_id', { everywhere: always }],
  ['assigned_to_id', { everywhere: always }],
  ['created_after', { everywhere: always }],
  ['created_before', { everywhere: always }],
  // Rows of the existing backend always show false (existing backend: ticket replies).
  ['is_overdue', { everywhere: (wanted) => wanted === true }],
  ['status', { fits: oneOf('status') }],
  ['category', { fits: oneOf('category') }],
  ['priority', { fits: oneOf('priority') }],
  ['urgency', { fits: oneOf('urgency') }],
  ['tags', {}],
  ['integration_id', { fits: hasIntegration }],
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

// `integration_result` is not compared: it shows where the ticket was filed, and `integration_id` may have changed since.
function hasIntegration({ integration_id: id }: JsonObject, wanted: unknown): boolean | undefined {
  return id === undefined ? undefined : isSameId(id, wanted)
}

// UUIDs may be written in upper or lower case.
const isSameId = (a: unknown, b: unknown): boolean =>
  typeof a === 'string' && typeof b === 'string' && a.toLowerCase() === b.toLowerCase()

function hasAttachments(row: JsonObject, wanted: unknown): boolean | undefined {
  const { attachments, file_count: count } = row
  if (attachments === undefined && typeof count === 'number') return count > 0 === wanted
  if (attachments === undefined) return undefined
  return (Array.isArray(attachments) && attachments.length > 0) === wanted
}
