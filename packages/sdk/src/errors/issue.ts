import type { IssueCode } from '@ai-ticket-creator/domain'

/** What is wrong with one field. It names the field, never its value. */

export interface Issue {
  /** The kind of fault: `missing`, `string_type`, `enum`, … */
  readonly type: string
  /** Where: `['body', 'credentials', 'api_token']`. */
  readonly loc: readonly (string | number)[]
  readonly msg: string
  readonly code: IssueCode | (string & {})
  /** The name to use instead. */
  readonly replacement?: string
}
/** What this package itself finds wrong with a place of the input. */

export const issueAt = (loc: Issue['loc'], msg: string): Issue => ({
  type: 'value_error',
  loc,
  msg,
  code: 'validation_failed',
})
