import type { Invariant } from '../model/case.ts'
import { describeRequest } from '../model/describe.ts'
import { isInterruption } from '../model/interruption.ts'
import type { Reply } from '../model/observed-reply.ts'
import { type CaseOutcome, catchTypeErrors } from './run-case.ts'

/** Checks an invariant against all replies of a run. */
export function checkInvariant({ appliesTo = () => true, check }: Invariant, replies: readonly Reply[]): CaseOutcome {
  const relevant = replies.filter((reply) => !isInterruption(reply) && appliesTo(reply))
  if (relevant.length === 0) return { outcome: 'skipped', reason: 'the run has no reply to check' }

  for (const reply of relevant) {
    const mismatch = catchTypeErrors(() => check(reply))
    if (mismatch !== undefined)
      return { outcome: 'failed', reason: `${describeRequest(reply)}, ${reply.status}`, ...mismatch }
  }
  return { outcome: 'passed' }
}
