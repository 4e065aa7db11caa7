import { defineName, TicketCreatorError } from './base.ts'
import type { Issue } from './issue.ts'

/** The input is invalid. Nothing was sent. */
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

/** The facts of a `FilterNotSupportedError`. */
export interface FilterNotSupportedOptions {
  readonly filter: string
  readonly reason: 'not_shown' | 'scan_limit'
  readonly scanLimit: number
}

/** The backend cannot apply a filter, and neither can the client. */
export class FilterNotSupportedError extends TicketCreatorError {
  static {
    defineName(FilterNotSupportedError, 'FilterNotSupportedError')
  }
  readonly filter: string
  /** `not_shown`: rows do not show the field. `scan_limit`: more than `scanLimit` rows would have to be read. */
  readonly reason: 'not_shown' | 'scan_limit'

  constructor({ filter, reason, scanLimit }: FilterNotSupportedOptions) {
    super(
      reason === 'not_shown'
        ? `the backend does not apply the filter \`${filter}\`, and its rows do not show the field`
        : `the backend does not apply the filter \`${filter}\`, and there are more than ${scanLimit} rows; narrow the list, or raise \`scanLimit\``,
    )
    this.filter = filter
    this.reason = reason
  }
}
