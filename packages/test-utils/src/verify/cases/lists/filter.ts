import type { JsonObject } from '@ai-ticket-creator/domain'
import type { CaseContext } from '../../model/case-context.ts'

/** The last letters of the names of rows, in alphabetical order. */
export type Letters = string | ((context: CaseContext) => string)

/** A filter, and which of the five rows match it. */
export interface Filter {
  readonly id: string
  readonly title: string
  readonly query: (context: CaseContext) => JsonObject
  readonly matches: Letters
  /** For a filter that matches all rows: another value that matches none, so that an ignored filter is noticed. */
  readonly contrast?: Pick<Filter, 'query' | 'matches'>
  readonly since?: 'transitional'
  readonly until?: 'transitional'
  readonly verbatim?: true
}

/** The letters of the rows that match in a case. */
export const lettersIn = (matches: Letters, context: CaseContext): string =>
  typeof matches === 'string' ? matches : matches(context)
