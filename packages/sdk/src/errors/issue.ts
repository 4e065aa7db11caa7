import type { IssueCode } from '@ai-ticket-creator/domain'

/** A problem with one field. It names the field, never its value. */
export interface Issue {
  /** The kind of problem: `missing`, `string_type`, `enum`, … */
  readonly type: string
  /** The path of the field, such as `['body', 'credentials', 'api_token']`. */
  readonly loc: readonly (string | number)[]
  readonly msg: string
  readonly code: IssueCode | (string & {})
  /** The name to use instead. */
  readonly replacement?: string
}

/** An issue that this package itself found. */
export const issueAt = (loc: Issue['loc'], msg: string): Issue => ({
  type: 'value_error',
  loc,
  msg,
  code: 'validation_failed',
})

/** The maximum number of issues of one error, which must stay small enough for a log. */
export const MAX_ISSUES = 100
const MAX_IN_MESSAGE = 10

/** The message of an error with these issues; `total`: their number, including those that were left out. */
export function describeIssues(issues: readonly Issue[], total: number = issues.length): string {
  const shown = issues.slice(0, MAX_IN_MESSAGE)
  const rest = total - shown.length
  return `${shown.map(({ msg }) => msg).join('; ')}${rest > 0 ? `; and ${rest} more` : ''}`
}
