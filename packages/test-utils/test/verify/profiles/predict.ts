import { deviations, type Profile } from '@ai-ticket-creator/reference-api'
import { type CreateApp, whole } from './backend.ts'
import { differences, type Outcomes, outcomesOf } from './outcomes.ts'
import type { Masked, Prediction } from './predictions.ts'

export const deviationsOf = (profile: Profile): readonly string[] =>
  deviations.filter(({ profiles }) => profiles.includes(profile)).map(({ id }) => id)

/**
 * Verifies a profile with each of its deviations alone, and finds the cases that deviations mask.
 *
 * @throws Error when a case of the whole profile has an outcome that no deviation alone causes.
 */
export async function predict(
  profile: Profile,
  withDeviations: (ids: readonly string[]) => CreateApp,
): Promise<Prediction> {
  const ids = deviationsOf(profile)
  const reference = await outcomesOf(withDeviations([]), profile)
  const alone: Record<string, Outcomes> = {}
  for (const id of ids) alone[id] = differences(await outcomesOf(withDeviations([id]), profile), reference)

  const masked: Record<string, Masked> = {}
  for (const [name, outcome] of Object.entries(await outcomesOf(whole, profile))) {
    const others = ids.filter((id) => (alone[id]?.[name] ?? outcome) !== outcome)
    const isPredicted = outcome === reference[name] || ids.some((id) => alone[id]?.[name] === outcome)
    if (others.length > 0) masked[name] = { outcome, by: await maskersOf(name, outcome, others) }
    else if (!isPredicted) throw new Error(`${profile}: ${name} is ${outcome}, and no deviation alone causes that`)
  }
  return { deviations: alone, masked }

  function maskersOf(name: string, outcome: string, predicting: readonly string[]): Promise<readonly string[]> {
    const candidates = ids.filter((id) => !predicting.includes(id))
    return smallestSubset(candidates, async (some) => {
      const outcomes = await outcomesOf(withDeviations([...predicting, ...some]), profile, [name])
      return outcomes[name] === outcome
    })
  }
}

/** Removes halves, quarters and so on for as long as the condition holds. */
async function smallestSubset<T>(
  all: readonly T[],
  holds: (some: readonly T[]) => Promise<boolean>,
): Promise<readonly T[]> {
  let subset = all
  for (let size = Math.ceil(all.length / 2); size >= 1; size = Math.floor(size / 2))
    for (let start = 0; start < subset.length; ) {
      const smaller = subset.toSpliced(start, size)
      if (await holds(smaller)) subset = smaller
      else start += size
    }
  return subset
}
