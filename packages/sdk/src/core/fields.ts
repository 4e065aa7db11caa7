import type { JsonObject } from '@ai-ticket-creator/domain'
import { sameJson } from '@ai-ticket-creator/domain/internal'

/** The fields that are wanted, of those that say something. */
export const pick = (object: JsonObject, wanted: (field: string) => boolean): JsonObject =>
  Object.fromEntries(Object.entries(object).filter(([field, value]) => value !== undefined && wanted(field)))

export const isEmpty = (object: JsonObject): boolean => Object.keys(object).length === 0

/** The fields whose value is another than the stored one. */
export const differing = (changes: JsonObject, stored: JsonObject): JsonObject =>
  pick(changes, (field) => !Object.hasOwn(stored, field) || !sameJson(changes[field], stored[field]))
