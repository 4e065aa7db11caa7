import type { EndpointId, Generation, ProblemCode } from '@ai-ticket-creator/domain'
import { casesOf } from '../cases/index.ts'
import { observations } from '../cases/invariants/index.ts'
import type { ContractCase, Observation, Step } from '../model/case.ts'
import { holdsFor, isReadOnly } from './plan.ts'

/** What a case is about, for lists of them. */
export interface ContractCaseSummary {
  readonly id: string
  readonly title: string
  readonly endpoint: EndpointId | undefined
  readonly severity: 'error' | 'warning'
  /** The generations for which it holds. */
  readonly generations: readonly Generation[]
  /** It is tried in read-only mode too. */
  readonly readOnly: boolean
  /** The codes that it expects. */
  readonly codes: readonly ProblemCode[]
  readonly source: string
}

const about = (one: ContractCase | Observation) => ({
  id: one.id,
  title: one.title,
  endpoint: one.endpoint,
  severity: one.severity ?? ('error' as const),
  generations: (['legacy', 'transitional', 'current'] as const).filter((generation) => holdsFor(one, generation)),
  source: one.source,
})

const codesOf = (one: ContractCase): readonly ProblemCode[] =>
  [one, ...(one.next ?? [])].flatMap(({ expect }: Step) =>
    typeof expect === 'function' || expect.code === undefined ? [] : [expect.code],
  )

/** All that `verifyContract` tries. */
export const contractCases: readonly ContractCaseSummary[] = /* @__PURE__ */ summarize()

function summarize(): readonly ContractCaseSummary[] {
  return [
    ...casesOf(0).map((one) => ({ ...about(one), readOnly: isReadOnly(one), codes: codesOf(one) })),
    ...observations.map((one) => ({ ...about(one), readOnly: true, codes: [] })),
  ]
}
