import type { JsonObject } from '@ai-ticket-creator/domain'
import type { ContractCase } from '../../model/case.ts'
import type { CaseContext } from '../../model/case-context.ts'
import { SPEC } from '../../model/spec-references.ts'
import type { ListKind } from './kinds.ts'
import { shows } from './rows.ts'

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

export const filterCases = (
  { endpoint, preconditions, ownRows, title }: ListKind,
  filters: readonly Filter[],
): readonly ContractCase[] =>
  filters.map(({ id, title: filter, query, matches, since, until, verbatim }) => ({
    id: `${endpoint}/by-${id}`,
    title: `The list of ${title} filters by ${filter}`,
    endpoint,
    specReference: SPEC.lists,
    ...(since !== undefined && { since }),
    ...(until !== undefined && { until }),
    preconditions,
    shared: true,
    request: (context) => ({
      endpoint,
      ...(verbatim !== undefined && { verbatim }),
      query: { ...ownRows(context.tag), ...query(context) },
    }),
    expect: shows(matches),
  }))
