import type { Observation } from '../model/case.ts'
import { sayRequest } from '../model/describe.ts'
import type { Reply } from '../model/observed-reply.ts'
import { type Ending, legible } from './run-case.ts'

/** Holds a rule against all replies of a run. */
export function observe({ of = () => true, holds }: Observation, replies: readonly Reply[]): Ending {
  const seen = replies.filter(of)
  if (seen.length === 0) return { outcome: 'skipped', reason: 'no reply to look at' }

  for (const reply of seen) {
    const fault = legible(() => holds(reply))
    if (fault !== undefined) return { outcome: 'failed', reason: `${sayRequest(reply)}, ${reply.status}`, ...fault }
  }
  return { outcome: 'passed' }
}
