import type { ContractCase } from '../../model/case.ts'
import { SPEC } from '../../model/spec-references.ts'
import type { Filter } from './filter.ts'
import type { ListKind } from './kinds.ts'
import { shows } from './rows.ts'

/** One case for each filter. */
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
