import { isRawJson } from '@ai-ticket-creator/domain/internal'

/** A deep copy. Raw JSON is frozen, so it is shared: `structuredClone` would turn it into an ordinary object. */
export function copyJson<T>(value: T): T {
  // Each branch returns the kind of value that it was given.
  return copy(value) as T
}

function copy(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || isRawJson(value)) return value
  if (Array.isArray(value)) return value.map(copy)
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copy(inner)]))
}
