import { defineName, TicketCreatorError } from './base.ts'
import { describeIssues, type Issue, MAX_ISSUES } from './issue.ts'

/** The input is invalid. Nothing was sent. */
export class InvalidRequestError extends TicketCreatorError {
  static {
    defineName(InvalidRequestError, 'InvalidRequestError')
  }
  readonly code = 'validation_failed'
  /** One per invalid field or option, at most 100. */
  readonly issues: readonly Issue[]

  constructor(issues: readonly Issue[]) {
    super(describeIssues(issues))
    this.issues = issues.slice(0, MAX_ISSUES)
  }
}

/** Why rows cannot be filtered. */
export type FilterProblem = 'not_shown' | 'scan_limit' | 'raw_request'

/** The details of a `FilterNotSupportedError`. */
export interface FilterNotSupportedOptions {
  readonly filter: string
  readonly reason: FilterProblem
  readonly scanLimit: number
}

/** The backend cannot apply a filter, and neither can the client. */
export class FilterNotSupportedError extends TicketCreatorError {
  static {
    defineName(FilterNotSupportedError, 'FilterNotSupportedError')
  }
  readonly filter: string
  /**
   * `not_shown`: rows do not show the field. `scan_limit`: more than `scanLimit` rows would have to be read. `raw_request`: a
   * raw request is not filtered by the client.
   */
  readonly reason: FilterProblem

  constructor({ filter, reason, scanLimit }: FilterNotSupportedOptions) {
    super(`the backend does not apply the filter \`${filter}\`, and ${filterProblems(scanLimit)[reason]}`)
    this.filter = filter
    this.reason = reason
  }
}

const filterProblems = (scanLimit: number): Readonly<Record<FilterProblem, string>> => ({
  not_shown: 'its rows do not show the field',
  scan_limit: `there are more than ${scanLimit} rows; narrow the list, or raise \`scanLimit\``,
  raw_request: 'a raw request is not filtered by the client; use the method for the list',
})

/** Why rows cannot be sorted. */
export type SortProblem = 'not_shown' | 'scan_limit' | 'ties' | 'rows_changed'

/** The details of a `SortNotSupportedError`. */
export interface SortNotSupportedOptions {
  readonly sortBy: string
  readonly reason: SortProblem
  /** Required for the reason `scan_limit`. */
  readonly scanLimit?: number
}

/** The backend gives rows with equal sort keys in any order, so pages would repeat and lose rows. The client cannot sort them. */
export class SortNotSupportedError extends TicketCreatorError {
  static {
    defineName(SortNotSupportedError, 'SortNotSupportedError')
  }
  readonly sortBy: string
  /**
   * `not_shown`: rows do not show the sort key. `scan_limit`: more than `scanLimit` rows would have to be read. `ties`: more
   * rows share the same sort key than fit on one page. `rows_changed`: rows were repeated or missing while the list was read.
   */
  readonly reason: SortProblem

  constructor({ sortBy, reason, scanLimit }: SortNotSupportedOptions) {
    super(`the backend does not order rows with equal \`${sortBy}\`, and ${sortProblems(scanLimit)[reason]}`)
    this.sortBy = sortBy
    this.reason = reason
  }
}

const sortProblems = (scanLimit: number | undefined): Readonly<Record<SortProblem, string>> => ({
  not_shown: 'its rows do not show the field',
  scan_limit: `there are more than ${scanLimit} rows; narrow the list, or raise \`scanLimit\``,
  ties: 'more rows have the same value in this field than fit on one page; narrow the list, or sort by another field',
  rows_changed: 'rows were repeated or missing while the list was read; try again',
})
