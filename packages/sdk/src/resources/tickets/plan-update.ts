import type { JsonObject } from '@ai-ticket-creator/domain'
import { fieldNames } from '@ai-ticket-creator/domain/internal'
import { differing, pick } from '../../core/fields.ts'
import { isEmptyValue } from '../../verification/same-value.ts'

const putFields = fieldNames('tickets.replace', 'body')
const patchFields = fieldNames('tickets.update', 'body')

// Longer texts are refused by PATCH and accepted by PUT (existing backend: update a ticket).
const MAX_LENGTH_OF_PATCH: ReadonlyMap<string, number> = new Map([
  ['title', 200],
  ['description', 10_000],
])

/** Whether only PUT has the field. */
export const isPutOnly = (field: string): boolean => putFields.includes(field) && !patchFields.includes(field)

/** Whether only PATCH has the field. */
export const isPatchOnly = (field: string): boolean => patchFields.includes(field) && !putFields.includes(field)

/**
 * Whether PATCH cannot express a change: it lacks some fields and lengths, and ignores `null` unless the backend announces
 * `patch-null`.
 */
export const needsPut = (changes: JsonObject, { nullByPatch = false } = {}): boolean =>
  Object.entries(changes).some(
    ([field, value]) =>
      isPutOnly(field) ||
      (value === null && !nullByPatch && putFields.includes(field)) ||
      isTooLongForPatch(field, value),
  )

/** Whether a change clears a field by PATCH, on backends that announce this. */
export const clearsByPatch = (field: string, value: unknown): boolean => value === null && patchFields.includes(field)

function isTooLongForPatch(field: string, value: unknown): boolean {
  const maxLength = MAX_LENGTH_OF_PATCH.get(field)
  return maxLength !== undefined && typeof value === 'string' && [...value].length > maxLength
}

/**
 * The fields of a change that differ from the stored ones. An empty list and null are the same: backends of different
 * generations show a ticket without attachments in either way. A new status keeps the summary that came with it, even an
 * unchanged one: resolving or closing needs a summary in the same body (existing backend: update a ticket).
 */
export function changedFields(changes: JsonObject, stored: JsonObject): JsonObject {
  const isStillEmpty = (field: string): boolean =>
    Object.hasOwn(stored, field) && isEmptyValue(stored[field]) && isEmptyValue(changes[field])
  const fresh = pick(differing(changes, stored), (field) => !isStillEmpty(field))
  const needsSummary = Object.hasOwn(fresh, 'status') && typeof changes['resolution_summary'] === 'string'
  return pick(changes, (field) => Object.hasOwn(fresh, field) || (needsSummary && field === 'resolution_summary'))
}

/** Splits a change into the part for PUT and the rest for PATCH. An assignment goes with its reason, which PUT lacks. */
export function splitForPut(
  changes: JsonObject,
  { nullByPatch }: { readonly nullByPatch: boolean },
): { readonly forPut: JsonObject; readonly forPatch: JsonObject } {
  const hasReason = ['assignment_reason', 'assigned_to_id'].every((field) => typeof changes[field] === 'string')
  const isForPatch = (field: string): boolean =>
    isPatchOnly(field) ||
    (hasReason && field === 'assigned_to_id') ||
    (nullByPatch && clearsByPatch(field, changes[field]))
  return { forPut: pick(changes, (field) => !isForPatch(field)), forPatch: pick(changes, isForPatch) }
}
