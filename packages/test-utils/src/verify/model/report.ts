import type { EndpointId, Generation } from '@ai-ticket-creator/domain'

/** How a case of the contract ended. `inconclusive`: the run could not find out; it is never a pass and never a fail. */
export interface CaseResult {
  /** The same in each version of this package. */
  readonly id: string
  readonly title: string
  readonly endpoint: EndpointId | undefined
  readonly severity: 'error' | 'warning'
  readonly outcome: 'passed' | 'failed' | 'inconclusive' | 'skipped'
  /** Why it failed, could not be found out, or was skipped. */
  readonly reason?: string | undefined
  readonly expected?: string | undefined
  readonly actual?: string | undefined
  /** Where the rule is written. */
  readonly specReference: string
  /** The command that tries it again. */
  readonly rerunCommand?: string | undefined
  readonly durationMs: number
  /** It failed before, and a baseline says so. */
  readonly known?: boolean | undefined
}

/** Whether a backend keeps the contract. */
export interface VerifyReport {
  readonly baseUrl: string
  readonly mode: 'read-only' | 'full' | 'strict'
  readonly generation: Generation | undefined
  /** How the generation is known. */
  readonly evidence: string
  readonly seed: number
  readonly outcome: 'passed' | 'failed' | 'inconclusive'
  /** Why nothing could be found out, such as a backend that is not reached. */
  readonly reason?: string | undefined
  readonly results: readonly CaseResult[]
  /** What could not be deleted of that which was made. */
  readonly leftovers?: readonly UndeletedResource[] | undefined
  /** How many requests it took. */
  readonly requests?: number | undefined
  /** Cases that a baseline knows to fail, and that pass by now. */
  readonly fixed?: readonly string[] | undefined
  /** ISO 8601, in UTC. */
  readonly startedAt: string
  readonly durationMs: number
}

/** A row that was made and is still there. */
export interface UndeletedResource {
  readonly kind: 'integration' | 'ticket'
  readonly id: string
  readonly reason: string
}
