import { type EndpointId, GENERATIONS, type Generation, type ProblemCode } from '@ai-ticket-creator/domain'
import { casesOf } from '../cases/index.ts'
import { invariants } from '../cases/invariants/index.ts'
import type { ContractCase, Invariant, Step } from '../model/case.ts'
import { appliesToGeneration, isReadOnly } from './plan.ts'

/** A case of the contract, for lists and documents. */
export interface ContractCaseSummary {
  readonly id: string
  readonly title: string
  readonly endpoint: EndpointId | undefined
  readonly severity: 'error' | 'warning'
  /** The generations for which the rule holds. */
  readonly generations: readonly Generation[]
  /** Runs in read-only mode too. */
  readonly readOnly: boolean
  /** The problem codes that the case expects. */
  readonly codes: readonly ProblemCode[]
  /** Where the rule is documented. */
  readonly specReference: string
}

/** Everything that `verifyContract` checks. */
export const contractCases: readonly ContractCaseSummary[] = /* @__PURE__ */ summarize()

function summarize(): readonly ContractCaseSummary[] {
  return [
    ...casesOf(0).map((one) => ({ ...summaryOf(one), readOnly: isReadOnly(one), codes: codesOf(one) })),
    ...invariants.map((one) => ({ ...summaryOf(one), readOnly: true, codes: [] })),
  ]
}

function summaryOf(one: ContractCase | Invariant) {
  const { id, title, endpoint, specReference } = one
  const severity = one.severity ?? ('error' as const)
  const generations = GENERATIONS.filter((generation) => appliesToGeneration(one, generation))
  return { id, title, endpoint, severity, generations, specReference }
}

function codesOf(one: ContractCase): readonly ProblemCode[] {
  return [one, ...(one.next ?? [])].flatMap(({ expect }: Step) =>
    typeof expect === 'function' || expect.code === undefined ? [] : [expect.code],
  )
}
