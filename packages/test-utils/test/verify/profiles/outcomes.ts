import type { Profile } from '@ai-ticket-creator/reference-api'
import { type CaseResult, verifyContract } from '../../../src/verify.ts'
import { ada, bo } from '../../people.ts'
import { type CreateApp, optionsFor } from './backend.ts'

/** The outcome of each case, by id. */
export type Outcomes = Readonly<Record<string, CaseResult['outcome']>>

/** Verifies a profile in full mode. `filter` as for `verifyContract`. */
export async function outcomesOf(
  create: CreateApp,
  profile: Profile,
  filter: readonly string[] = [],
): Promise<Outcomes> {
  const app = create(optionsFor(profile))
  const { results } = await verifyContract({
    baseUrl: 'https://profile.example.test',
    token: ada.token,
    otherTenantToken: bo.token,
    generation: app.generation,
    mode: 'full',
    seed: 1,
    filter,
    fetch: (input, init) => app.fetch(new Request(input, init)),
  })
  return Object.fromEntries(results.map(({ id, outcome }) => [id, outcome]))
}

/** The cases with another outcome than for the reference app. */
export const differences = (outcomes: Outcomes, reference: Outcomes): Outcomes =>
  Object.fromEntries(Object.entries(outcomes).filter(([id, outcome]) => outcome !== reference[id]))
