import { CASE_IDS } from '../cases/index.ts'
import { invariants } from '../cases/invariants/index.ts'

const IDS = [...CASE_IDS, ...invariants.map(({ id }) => id)]

/** Beginnings of ids that no case has: a slip of the pen would try less than was asked, and be content. */
export const unknownFilters = (filter: readonly string[]): readonly string[] =>
  filter.filter((start) => !IDS.some((id) => id.startsWith(start)))
