import { CASE_IDS } from '../cases/index.ts'
import { invariants } from '../cases/invariants/index.ts'

const IDS = [...CASE_IDS, ...invariants.map(({ id }) => id)]

/** Entries of a filter that match no case. A typo would otherwise run fewer cases and pass. */
export const unknownFilters = (filter: readonly string[]): readonly string[] =>
  filter.filter((start) => !IDS.some((id) => id.startsWith(start)))
