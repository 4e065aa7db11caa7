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
