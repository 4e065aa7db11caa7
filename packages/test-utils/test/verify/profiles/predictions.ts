import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Profile } from '@ai-ticket-creator/reference-api'
import type { Outcomes } from './outcomes.ts'

/** The predicted outcomes of a profile. */
export interface Prediction {
  /** For each deviation: the cases whose outcome changes when the reference app has this deviation only. */
  readonly deviations: Readonly<Record<string, Outcomes>>
  /** Cases with another outcome than one of the deviations predicts, because of a second deviation. */
  readonly masked: Readonly<Record<string, Masked>>
}

export interface Masked {
  readonly outcome: Outcomes[string]
  /** The smallest set of deviations that, added to those that predict otherwise, causes the outcome. */
  readonly by: readonly string[]
}

export type Predictions = Readonly<Record<Profile, Prediction>>

export const FILE = fileURLToPath(new URL('predictions.json', import.meta.url))

// Only update.ts writes the file.
export const readPredictions = (): Predictions => JSON.parse(readFileSync(FILE, 'utf8')) as Predictions

/** The cases of a whole profile that do not pass. */
export function predictedOutcomes({ deviations, masked }: Prediction): Outcomes {
  const outcomes: Record<string, Outcomes[string]> = {}
  for (const cases of Object.values(deviations)) Object.assign(outcomes, cases)
  for (const [id, { outcome }] of Object.entries(masked)) outcomes[id] = outcome
  return Object.fromEntries(Object.entries(outcomes).filter(([, outcome]) => outcome !== 'passed'))
}
