import type { UsageResult } from '../usage/usage-report.ts'
import type { VerifyReport } from '../verify/model/report.ts'

/** One checked item: a case of the contract or, with a location, one usage of the API. */
export type Finding = UsageResult

/** The content of a report, independent of its kind and format. */
export interface Findings {
  /** The name of the suite: `contract` or `usage`. */
  readonly suite: string
  /** What was checked, such as a base URL. */
  readonly subject: string
  /** The settings of the run: mode, generation, seed. */
  readonly facts: readonly (readonly [name: string, value: string])[]
  readonly outcome: VerifyReport['outcome']
  /** Why the whole run is inconclusive. */
  readonly reason?: string | undefined
  readonly items: readonly Finding[]
  /** Entries of the baseline that no longer fail. */
  readonly fixed: readonly string[]
  /** Test data that could not be deleted, one sentence each. */
  readonly leftovers: readonly string[]
  readonly startedAt: Date
  readonly durationMs: number
}

/** The outcome of a finding, in which known failures and warnings are separate from failures. */
export type Verdict = Finding['outcome'] | 'known' | 'warned'

export function verdictOf({ outcome, severity, known }: Finding): Verdict {
  if (outcome !== 'failed') return outcome
  if (known === true) return 'known'
  return severity === 'warning' ? 'warned' : 'failed'
}

export const countOf = (items: readonly Finding[], verdict: Verdict): number =>
  items.filter((item) => verdictOf(item) === verdict).length

/** The findings with one verdict, sorted. */
export const withVerdict = (items: readonly Finding[], verdict: Verdict): readonly Finding[] =>
  inOrder(items.filter((item) => verdictOf(item) === verdict))

/** Errors before warnings, then by id: an order that does not depend on the run. */
export const inOrder = (items: readonly Finding[]): readonly Finding[] =>
  items.toSorted((a, b) => compare(a.severity, b.severity) || compare(a.id, b.id))

// Not localeCompare: the order must be the same on every machine.
const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b))

/** `58 passed, 1 failed, 2 inconclusive`, without zero counts. */
export function summaryOf({ items, fixed }: Findings): string {
  const counts = COUNTED.map(([verdict, label]) => [countOf(items, verdict), label] as const)
  const all = [...counts, [fixed.length, 'fixed since the baseline'] as const]
  return (
    all
      .filter(([count]) => count > 0)
      .map(([count, label]) => `${count} ${label}`)
      .join(', ') || 'no case was run'
  )
}

const COUNTED: readonly (readonly [Verdict, string])[] = [
  ['passed', 'passed'],
  ['failed', 'failed'],
  ['warned', 'with a warning'],
  ['known', 'known to fail'],
  ['inconclusive', 'inconclusive'],
  ['skipped', 'skipped'],
]

/** The labelled lines below the title of a finding. */
export const detailsOf = ({
  reason,
  expected,
  actual,
  specReference,
  rerunCommand,
}: Finding): readonly (readonly [string, string])[] =>
  [
    ['reason', reason],
    ['expected', expected],
    ['but got', actual],
    ['rule', specReference],
    ['rerun with', rerunCommand],
  ].filter((pair): pair is [string, string] => pair[1] !== undefined)
