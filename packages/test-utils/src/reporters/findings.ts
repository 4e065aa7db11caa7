import type { EndpointId } from '@ai-ticket-creator/domain'

/** `inconclusive`: the run could not find out; it is never a pass and never a fail. */
type FindingOutcome = 'passed' | 'failed' | 'inconclusive' | 'skipped'

/** One thing that was looked at: a case of the contract, or a use of it. */
export interface Finding {
  /** The same in each run: what a baseline and a fingerprint go by. */
  readonly id: string
  readonly title: string
  readonly endpoint: EndpointId | undefined
  readonly severity: 'error' | 'warning'
  readonly outcome: FindingOutcome
  /** Why it failed, could not be found out, or was skipped. */
  readonly reason?: string | undefined
  readonly expected?: string | undefined
  readonly actual?: string | undefined
  /** Where the rule is written. */
  readonly specReference?: string | undefined
  /** The command that does it again. */
  readonly rerunCommand?: string | undefined
  /** Where in the consumer's files. */
  readonly location?: Location | undefined
  /** It failed before, and a baseline says so. */
  readonly known?: boolean | undefined
  readonly durationMs: number
}

/** A place in the consumer's files. */
interface Location {
  /** From the root of the repository, with `/`. */
  readonly file: string
  readonly line: number
  readonly column?: number | undefined
}

/** What every format tells, of whichever report. */
export interface Findings {
  /** `contract` or `usage`: the name of the suite. */
  readonly suite: string
  /** What was looked at: a base URL, a file. */
  readonly subject: string
  /** How it was looked at: mode, generation, seed. */
  readonly facts: readonly (readonly [name: string, value: string])[]
  readonly outcome: 'passed' | 'failed' | 'inconclusive'
  /** Why nothing could be found out. */
  readonly reason?: string | undefined
  readonly items: readonly Finding[]
  /** Ids of a baseline that pass by now. */
  readonly fixed: readonly string[]
  /** What a run made and could not delete: somebody has to. */
  readonly leftovers: readonly string[]
  readonly startedAt: Date
  readonly durationMs: number
}

/** How a finding counts: a known failure is none of the failed ones, and neither is one that breaks nothing. */
export type Verdict = FindingOutcome | 'known' | 'warned'

export function verdictOf({ outcome, severity, known }: Finding): Verdict {
  if (outcome !== 'failed') return outcome
  if (known === true) return 'known'
  return severity === 'warning' ? 'warned' : 'failed'
}

export const countOf = (items: readonly Finding[], verdict: Verdict): number =>
  items.filter((item) => verdictOf(item) === verdict).length

/** Those of one verdict; errors come before warnings, and then the ids in order. */
export const withVerdict = (items: readonly Finding[], verdict: Verdict): readonly Finding[] =>
  inOrder(items.filter((item) => verdictOf(item) === verdict))

/** An order that does not depend on the run. */
export const inOrder = (items: readonly Finding[]): readonly Finding[] =>
  items.toSorted((a, b) => compare(a.severity, b.severity) || compare(a.id, b.id))

// Not localeCompare: the order must be the same on every machine.
const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b))

/** `58 passed, 1 failed, 2 inconclusive`: what there is none of is left out. */
export function summaryOf({ items, fixed }: Findings): string {
  const counts = COUNTED.map(([verdict, words]) => [countOf(items, verdict), words] as const)
  const all = [...counts, [fixed.length, 'fixed since the baseline'] as const]
  return (
    all
      .filter(([count]) => count > 0)
      .map(([count, words]) => `${count} ${words}`)
      .join(', ') || 'nothing was tried'
  )
}

const COUNTED: readonly (readonly [Verdict, string])[] = [
  ['passed', 'passed'],
  ['failed', 'failed'],
  ['warned', 'warned of'],
  ['known', 'known to fail'],
  ['inconclusive', 'inconclusive'],
  ['skipped', 'skipped'],
]

/** The lines below a title: what was expected, what came, and how to see it again. */
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
    ['again with', rerunCommand],
  ].filter((pair): pair is [string, string] => pair[1] !== undefined)
