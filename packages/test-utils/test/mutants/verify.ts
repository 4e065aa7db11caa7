import type { Generation } from '@ai-ticket-creator/domain'
import type { AppOptions } from '@ai-ticket-creator/reference-api'
import { verifyContract } from '../../src/verify.ts'
import { ada, bo } from '../people.ts'
import type { Fetch } from './mutant.ts'

/** How an API is verified. */
export interface Setting {
  readonly generation: Generation
  readonly mode: 'full' | 'strict'
}

/** All settings. The first ones find most mutants. */
export const SETTINGS: readonly Setting[] = [
  { generation: 'current', mode: 'full' },
  { generation: 'transitional', mode: 'full' },
  { generation: 'transitional', mode: 'strict' },
  { generation: 'legacy', mode: 'full' },
]

/** Ids of the cases that fail. If none does but the run is inconclusive: the outcome with its reason in parentheses. */
export async function failedCases(
  create: (options: AppOptions) => Promise<Fetch> | Fetch,
  { generation, mode }: Setting,
  filter: readonly string[] = [],
): Promise<readonly string[]> {
  const answer = await create({ generation, users: [ada, bo], newId: idsWithLetters(), onError: () => {} })
  const report = await verifyContract({
    baseUrl: 'https://mutant.example.test',
    token: ada.token,
    otherTenantToken: bo.token,
    generation,
    mode,
    seed: 1,
    filter,
    fetch: (input, init) => answer(new Request(input, init)),
  })
  const failed = report.results.filter(({ outcome }) => outcome === 'failed').map(({ id }) => id)
  return failed.length === 0 && report.outcome !== 'passed'
    ? [`(${report.outcome}: ${report.reason ?? 'unknown'})`]
    : failed
}

/** Ids that count up and have letters, so that their case can be changed. */
function idsWithLetters(): () => string {
  let last = 0
  return () => `abcdef00-0000-4000-8000-${String(++last).padStart(12, '0')}`
}
