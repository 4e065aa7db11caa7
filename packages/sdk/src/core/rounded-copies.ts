import { type Issue, issueAt } from '../errors/issue.ts'
import { InvalidRequestError } from '../errors/request-errors.ts'
import { exactTextOf, isAnyNumberRounded, isRoundedNumber } from './exact-numbers.ts'

/**
 * Refuses numbers that were rounded when a reply was parsed and then copied to another object: sending one would change
 * the stored number.
 *
 * @throws InvalidRequestError
 */
export function assertNoRoundedCopies(body: unknown): void {
  const issues = isAnyNumberRounded() ? roundedIn(body, []) : []
  if (issues.length > 0) throw new InvalidRequestError(issues)
}

/** The issue of a number in the body that lost digits. */
export const roundedIssue = (path: readonly string[]): Issue =>
  issueAt(
    ['body', ...path],
    `\`${path.join('.')}\` was rounded: the number that was read has more digits than JavaScript numbers; send the retrieved object itself, or all digits with \`exactNumber\``,
  )

function roundedIn(value: unknown, path: readonly string[]): Issue[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => {
    if (typeof inner !== 'number') return roundedIn(inner, [...path, key])
    return isRoundedNumber(inner) && exactTextOf(value, key) === undefined ? [roundedIssue([...path, key])] : []
  })
}
