import type { EndpointId, Generation } from '@ai-ticket-creator/domain'

/** How a case ended. `inconclusive`: the run cannot decide; it counts neither as passed nor as failed. */
export interface CaseResult {
  /** Stable across versions of this package. */
  readonly id: string
  readonly title: string
  readonly endpoint: EndpointId | undefined
  readonly severity: 'error' | 'warning'
  readonly outcome: 'passed' | 'failed' | 'inconclusive' | 'skipped'
  /** Why the case failed, was inconclusive or was skipped. */
  readonly reason?: string | undefined
  readonly expected?: string | undefined
  readonly actual?: string | undefined
  /** Where the rule is documented. */
  readonly specReference: string
  /** The command that runs this case again. */
  readonly rerunCommand?: string | undefined
  readonly durationMs: number
  /** The failure is in the baseline. */
  readonly known?: boolean | undefined
}

/** Whether a backend keeps the contract. */
export interface VerifyReport {
  readonly baseUrl: string
  readonly mode: 'read-only' | 'full' | 'strict'
  readonly generation: Generation | undefined
  /** How the generation was detected. */
  readonly detectedBy: string
  readonly seed: number
  readonly outcome: 'passed' | 'failed' | 'inconclusive'
  /** Why the whole run was inconclusive, such as a backend that is unreachable. */
  readonly reason?: string | undefined
  readonly results: readonly CaseResult[]
  /** Rows that the run created and could not delete. */
  readonly leftovers?: readonly UndeletedResource[] | undefined
  /** Number of requests sent. */
  readonly requests?: number | undefined
  /** Cases that the baseline lists as failing and that now pass. */
  readonly fixed?: readonly string[] | undefined
  /** ISO 8601, in UTC. */
  readonly startedAt: string
  readonly durationMs: number
}

/** A row that the run created and could not delete. */
export interface UndeletedResource {
  readonly kind: 'integration' | 'ticket'
  readonly id: string
  readonly reason: string
}
