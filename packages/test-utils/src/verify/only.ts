import { casesOf } from './cases/index.ts'
import { observations } from './observations.ts'

/** Beginnings of ids that no case has: a slip of the pen would try less than was asked, and be content. */
export function strangersIn(only: readonly string[]): readonly string[] {
  if (only.length === 0) return []
  const ids = [...casesOf(0), ...observations].map(({ id }) => id)
  return only.filter((start) => !ids.some((id) => id.startsWith(start)))
}
