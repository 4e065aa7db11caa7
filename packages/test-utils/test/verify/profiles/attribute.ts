import { deviations, type Profile } from '@ai-ticket-creator/reference-api'
import { type Open, whole } from './backend.ts'
import { differences, type Outcomes, outcomesOf } from './outcomes.ts'
import type { Hidden, Prediction } from './predictions.ts'

export const rowsOf = (profile: Profile): readonly string[] =>
  deviations.filter(({ profiles }) => profiles.includes(profile)).map(({ id }) => id)

/**
 * Finds out what each row of a profile does to the cases by itself, and what rows hide of one another.
 *
 * @throws Error when a case ends as no row alone makes it end.
 */
export async function attribute(profile: Profile, withRows: (ids: readonly string[]) => Open): Promise<Prediction> {
  const ids = rowsOf(profile)
  const sound = await outcomesOf(withRows([]), profile)
  const rows: Record<string, Outcomes> = {}
  for (const id of ids) rows[id] = differences(await outcomesOf(withRows([id]), profile), sound)

  const hidden: Record<string, Hidden> = {}
  const end = await outcomesOf(whole, profile)
  for (const [name, outcome] of Object.entries(end)) {
    const otherwise = ids.filter((id) => (rows[id]?.[name] ?? outcome) !== outcome)
    const told = ids.some((id) => rows[id]?.[name] === outcome)
    if (otherwise.length > 0) hidden[name] = { outcome, by: await whoHides(name, outcome, otherwise) }
    else if (!told && outcome !== sound[name])
      throw new Error(`${profile}: ${name} is ${outcome}, and no row alone makes it so`)
  }
  return { rows, hidden }

  function whoHides(name: string, outcome: string, otherwise: readonly string[]): Promise<readonly string[]> {
    const others = ids.filter((id) => !otherwise.includes(id))
    return least(others, async (some) => {
      const outcomes = await outcomesOf(withRows([...otherwise, ...some]), profile, [name])
      return outcomes[name] === outcome
    })
  }
}

/** As few as will do: what holds for all is tried without a half, without a quarter, and so on. */
async function least<T>(all: readonly T[], holds: (some: readonly T[]) => Promise<boolean>): Promise<readonly T[]> {
  let kept = all
  for (let size = Math.ceil(all.length / 2); size >= 1; size = Math.floor(size / 2))
    for (let place = 0; place < kept.length; ) {
      const without = kept.toSpliced(place, size)
      if (await holds(without)) kept = without
      else place += size
    }
  return kept
}
