import type { JsonObject } from '@ai-ticket-creator/domain'
import { sameJson } from '@ai-ticket-creator/domain/internal'

/** The wanted fields of an object, without those that are undefined. */
export const pick = (object: JsonObject, isWanted: (field: string) => boolean): JsonObject =>
  Object.fromEntries(Object.entries(object).filter(([field, value]) => value !== undefined && isWanted(field)))

export const isEmpty = (object: JsonObject): boolean => Object.keys(object).length === 0

/** The changes whose value differs from the stored one. */
export const differing = (changes: JsonObject, stored: JsonObject): JsonObject =>
  pick(changes, (field) => !Object.hasOwn(stored, field) || !sameJson(changes[field], stored[field]))
