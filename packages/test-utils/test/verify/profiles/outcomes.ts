import type { Profile } from '@ai-ticket-creator/reference-api'
import { verifyContract } from '../../../src/verify/engine/verify-contract.ts'
import type { CaseResult } from '../../../src/verify/model/report.ts'
import { ada, bo } from '../../people.ts'
import { type Open, optionsFor } from './backend.ts'

/** How cases end, by id. */
export type Outcomes = Readonly<Record<string, CaseResult['outcome']>>

/** How the cases end against a profile, in full mode; `filter` as for `verifyContract`. */
export async function outcomesOf(open: Open, profile: Profile, filter: readonly string[] = []): Promise<Outcomes> {
  const app = open(optionsFor(profile))
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

/** What ends otherwise in one than in the other. */
export const differences = (outcomes: Outcomes, sound: Outcomes): Outcomes =>
  Object.fromEntries(Object.entries(outcomes).filter(([id, outcome]) => outcome !== sound[id]))
