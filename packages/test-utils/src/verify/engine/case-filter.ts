import { CASE_IDS } from '../cases/index.ts'
import { observations } from '../cases/invariants/index.ts'

const IDS = [...CASE_IDS, ...observations.map(({ id }) => id)]

/** Beginnings of ids that no case has: a slip of the pen would try less than was asked, and be content. */
export const strangersIn = (only: readonly string[]): readonly string[] =>
  only.filter((start) => !IDS.some((id) => id.startsWith(start)))
