import type { ContractCase, Step } from '../../model/case.ts'
import type { CaseContext } from '../../model/case-context.ts'
import { SPEC } from '../../model/spec-references.ts'
import { type Filter, lettersIn } from './filter.ts'
import type { ListKind } from './kinds.ts'
import { expectRows } from './rows.ts'

/** One case for each filter, and one for two filters at once. */
export const filterCases = (kind: ListKind): readonly ContractCase[] => [
  ...kind.filters.map((filter) => filterCase(kind, filter)),
  twoFilters(kind),
]

function filterCase({ endpoint, preconditions, ownRows, title }: ListKind, filter: Filter): ContractCase {
  const { since, until, verbatim, contrast } = filter
  const step = ({ query, matches }: Pick<Filter, 'query' | 'matches'>): Step => ({
    request: (context) => ({
      endpoint,
      ...(verbatim !== undefined && { verbatim }),
      query: { ...ownRows(context.tag), ...query(context) },
    }),
    expect: (context) => expectRows(lettersIn(matches, context)),
  })
  return {
    id: `${endpoint}/by-${filter.id}`,
    title: `The list of ${title} filters by ${filter.title}`,
    endpoint,
    specReference: SPEC.lists,
    ...(since !== undefined && { since }),
    ...(until !== undefined && { until }),
    preconditions,
    shared: true,
    ...step(filter),
    next: contrast === undefined ? [] : [step(contrast)],
  }
}

/** Every pair of filters: a row must match both. */
function twoFilters({ endpoint, preconditions, ownRows, title, filters }: ListKind): ContractCase {
  return {
    id: `${endpoint}/by-two-filters`,
    title: `The list of ${title} shows the rows that match both of two filters`,
    endpoint,
    specReference: SPEC.lists,
    // A legacy backend has another set of filters.
    since: 'transitional',
    preconditions,
    shared: true,
    request: (context) =>
      pairsOf(filters, context).map(({ query }) => ({ endpoint, query: { ...ownRows(context.tag), ...query } })),
    expect: (context) => expectRows(pairsOf(filters, context)[context.replies.length - 1]?.matches ?? ''),
  }
}

/**
 * Pairs of filters with different parameters, their queries merged. Only filters are used that match some but not all of the
 * rows, and whose query is one parameter that is not retired.
 */
function pairsOf(filters: readonly Filter[], context: CaseContext) {
  const selective = filters
    .filter(({ until, verbatim }) => until === undefined && verbatim === undefined)
    .map(({ query, matches }) => ({ query: query(context), matches: lettersIn(matches, context) }))
    .filter(({ query, matches }) => Object.keys(query).length === 1 && matches.length > 0 && matches.length < 5)
  return selective.flatMap((one, index) =>
    selective
      .slice(index + 1)
      .filter(({ query }) => !Object.keys(query).some((name) => name in one.query))
      .map((other) => ({
        query: { ...one.query, ...other.query },
        matches: [...one.matches].filter((letter) => other.matches.includes(letter)).join(''),
      })),
  )
}
