import { defineName, TicketCreatorError } from './base.ts'
import type { Issue } from './issue.ts'

/** The input can not be right: refused before anything was sent. */

export class InvalidRequestError extends TicketCreatorError {
  static {
    defineName(InvalidRequestError, 'InvalidRequestError')
  }
  readonly code = 'validation_failed'
  readonly issues: readonly Issue[]

  constructor(issues: readonly Issue[]) {
    super(issues.map(({ msg }) => msg).join('; '))
    this.issues = issues
  }
}

/** The backend can not apply a filter, and the client can not apply it in its place. */

export class FilterNotSupportedError extends TicketCreatorError {
  static {
    defineName(FilterNotSupportedError, 'FilterNotSupportedError')
  }
  readonly filter: string
  /** `not_shown`: the rows do not tell. `scan_limit`: more rows than `scanLimit` would have to be looked at. */
  readonly reason: 'not_shown' | 'scan_limit'

  constructor(facts: { filter: string; reason: 'not_shown' | 'scan_limit'; scanLimit: number }) {
    super(
      facts.reason === 'not_shown'
        ? `the backend does not apply the filter \`${facts.filter}\`, and its rows do not show what to filter by`
        : `the backend does not apply the filter \`${facts.filter}\`, and there are more than ${facts.scanLimit} rows; narrow the list, or raise \`scanLimit\``,
    )
    this.filter = facts.filter
    this.reason = facts.reason
  }
}
