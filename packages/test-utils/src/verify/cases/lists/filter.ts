import type { JsonObject } from '@ai-ticket-creator/domain'
import type { CaseContext } from '../../model/case-context.ts'

/** The last letters of names, in alphabetical order. */
export type Letters = string | ((context: CaseContext) => string)

/** A filter, and the rows of the five that match it, by the last letters of their names. */
export interface Filter {
  readonly id: string
  readonly title: string
  readonly query: (context: CaseContext) => JsonObject
  readonly matches: Letters
  /** Another value, which does not match all rows: without it, a filter that is ignored would go unnoticed. */
  readonly contrast?: Pick<Filter, 'query' | 'matches'>
  readonly since?: 'transitional'
  readonly until?: 'transitional'
  readonly verbatim?: true
}

export const lettersIn = (matches: Letters, context: CaseContext): string =>
  typeof matches === 'string' ? matches : matches(context)
