import type { Generation } from '@ai-ticket-creator/domain'
import type { AppOptions } from '@ai-ticket-creator/reference-api'
import { verifyContract } from '../../src/verify/engine/verify-contract.ts'
import { ada, bo } from '../people.ts'
import type { Answering } from './mutant.ts'

/** A way to look at an API. */
export interface Look {
  readonly generation: Generation
  readonly mode: 'full' | 'strict'
}

/** All ways, those that find most first. */
export const LOOKS: readonly Look[] = [
  { generation: 'current', mode: 'full' },
  { generation: 'transitional', mode: 'full' },
  { generation: 'transitional', mode: 'strict' },
  { generation: 'legacy', mode: 'full' },
]

/** Which cases an API breaks, by id; `outcome` when it can not even be looked at. */
export async function casesBrokenBy(
  open: (options: AppOptions) => Promise<Answering> | Answering,
  { generation, mode }: Look,
  seed = 1,
  filter: readonly string[] = [],
): Promise<readonly string[]> {
  const answer = await open({ generation, users: [ada, bo], onError: () => {} })
  const report = await verifyContract({
    baseUrl: 'https://mutant.example.test',
    token: ada.token,
    otherTenantToken: bo.token,
    generation,
    mode,
    seed,
    filter,
    fetch: (input, init) => answer(new Request(input, init)),
  })
  const broken = report.results.filter(({ outcome }) => outcome === 'failed').map(({ id }) => id)
  return broken.length === 0 && report.outcome !== 'passed'
    ? [`(${report.outcome}: ${report.reason ?? 'unknown'})`]
    : broken
}
