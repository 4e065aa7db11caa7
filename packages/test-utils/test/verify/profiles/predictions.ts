import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Profile } from '@ai-ticket-creator/reference-api'
import type { Outcomes } from './outcomes.ts'

/** What is predicted of a profile, from its rows one by one. */
export interface Prediction {
  /** Of each row of the table: the cases that end otherwise when the reference app has this row alone, and how. */
  readonly rows: Readonly<Record<string, Outcomes>>
  /** Cases that end otherwise than a row says, because of another row. */
  readonly hidden: Readonly<Record<string, Hidden>>
}

export interface Hidden {
  readonly outcome: Outcomes[string]
  /** With these rows added to those that say otherwise, the case ends so; with fewer of them it does not. */
  readonly by: readonly string[]
}

export type Predictions = Readonly<Record<Profile, Prediction>>

export const FILE = fileURLToPath(new URL('predictions.json', import.meta.url))

/** The predictions, as update.ts wrote them. */
// Written by update.ts, and by nobody else.
export const readPredictions = (): Predictions => JSON.parse(readFileSync(FILE, 'utf8')) as Predictions

/** How the cases of a whole profile end, as far as they end otherwise than against the reference app. */
export function foretell({ rows, hidden }: Prediction): Outcomes {
  const byRows = Object.assign({}, ...Object.values(rows)) as Outcomes
  const instead = Object.fromEntries(Object.entries(hidden).map(([id, { outcome }]) => [id, outcome]))
  return Object.fromEntries(Object.entries({ ...byRows, ...instead }).filter(([, outcome]) => outcome !== 'passed'))
}
