import type { JsonObject } from '@ai-ticket-creator/domain'
import type { CaseContext } from '../../model/case-context.ts'

/** A filter, and the rows of the five that match it, by the last letters of their names. */
export interface Filter {
  readonly id: string
  readonly title: string
  readonly query: (context: CaseContext) => JsonObject
  readonly matches: string
  readonly since?: 'transitional'
  readonly until?: 'transitional'
  readonly verbatim?: true
}
