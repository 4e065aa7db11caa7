import type { Generation } from '@ai-ticket-creator/domain'
import type { CaseResult, VerifyReport } from '../verify/model/report.ts'

/** The result for one usage, in the form of a result of `verifyContract`, with its location. */
export interface UsageResult extends CaseResult {
  /** Absent when the call site is not known. */
  readonly location?: UsageLocation | undefined
}

/** A place in the consumer's files. */
export interface UsageLocation {
  /** The path relative to the `root` of the recording, with `/` between folders. */
  readonly file: string
  readonly line: number
  readonly column: number
}

/** Whether a consumer's usage works in a generation. */
export interface UsageReport {
  readonly generation: Generation
  /** `inconclusive` when nothing was recorded. */
  readonly outcome: VerifyReport['outcome']
  readonly reason?: string
  readonly results: readonly UsageResult[]
  /** Entries of the baseline that no longer fail. */
  readonly fixed?: readonly string[]
}
