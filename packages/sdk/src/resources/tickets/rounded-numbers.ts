import { isJsonObject, isRounded } from '@ai-ticket-creator/domain/internal'
import { exactTextOf } from '../../core/exact-numbers.ts'
import { roundedIssue } from '../../core/rounded-copies.ts'
import type { Issue } from '../../errors/issue.ts'
import { InvalidRequestError } from '../../errors/request-errors.ts'

/** Whether a value has a number so long that parsing may have rounded it: at least 16 digits, or 2^53 and more. */
export function hasLongNumber(value: unknown): boolean {
  if (typeof value === 'number') return String(value).replace(/e.*|\D/g, '').length >= 16 || Math.abs(value) >= 2 ** 53
  return typeof value === 'object' && value !== null && Object.values(value).some(hasLongNumber)
}

/**
 * Refuses a copy of a stored value in which a long number was rounded: writing it would change a number that nobody meant to
 * change.
 *
 * @throws InvalidRequestError
 */
export function assertNotRounded(field: string, given: unknown, stored: unknown): void {
  const issues = roundedIn(given, stored, [field])
  if (issues.length > 0) throw new InvalidRequestError(issues)
}

function roundedIn(given: unknown, stored: unknown, path: readonly string[]): Issue[] {
  const isComparable = (isJsonObject(given) && isJsonObject(stored)) || (Array.isArray(given) && Array.isArray(stored))
  if (!isComparable) return []
  return Object.entries(given).flatMap(([key, value]) => {
    const text = typeof value === 'number' ? exactTextOf(stored, key) : undefined
    if (text === undefined) return roundedIn(value, Reflect.get(stored, key), [...path, key])
    const isCopy = Number(text) === value && isRounded(text) && exactTextOf(given, key) === undefined
    return isCopy ? [roundedIssue([...path, key])] : []
  })
}
