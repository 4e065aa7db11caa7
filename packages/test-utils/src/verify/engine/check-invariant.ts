import type { Invariant } from '../model/case.ts'
import { describeRequest } from '../model/describe.ts'
import type { Reply } from '../model/observed-reply.ts'
import { type CaseOutcome, catchTypeErrors } from './run-case.ts'

/** Holds a rule against all replies of a run. */
export function checkInvariant({ of = () => true, holds }: Invariant, replies: readonly Reply[]): CaseOutcome {
  const seen = replies.filter(of)
  if (seen.length === 0) return { outcome: 'skipped', reason: 'no reply to look at' }

  for (const reply of seen) {
    const fault = catchTypeErrors(() => holds(reply))
    if (fault !== undefined)
      return { outcome: 'failed', reason: `${describeRequest(reply)}, ${reply.status}`, ...fault }
  }
  return { outcome: 'passed' }
}
