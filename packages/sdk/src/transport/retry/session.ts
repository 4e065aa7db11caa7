import type { JsonObject } from '@ai-ticket-creator/domain'
import type { CallContext } from '../../core/call-context.ts'
import type { RetryReason } from '../../core/events.ts'
import type { WireReply, WireRequest } from '../../core/wire.ts'
import type { ConnectionError, TimeoutError } from '../../errors/connection-errors.ts'
import { objectIn, retryAfterOf } from '../reply-fields.ts'
import { endsDoubt, leavesDoubt, mayBeExecuted } from './doubt.ts'
import { delayBefore, kindOf, RETRY_POLICY, reasonOfLoss, reasonOfReply } from './policy.ts'

/** The outcome of one attempt. */
export type Outcome = WireReply | ConnectionError | TimeoutError

export const isReply = (outcome: Outcome): outcome is WireReply => 'headers' in outcome

interface Retry {
  readonly reason: RetryReason
  readonly delayMs: number
}

/** The attempts of one request. */
export interface RetrySession {
  /** The next attempt; undefined when the outcome is final or no further attempt is allowed. */
  after(outcome: Outcome): Retry | undefined
  /** Records an attempt that was aborted with the call: it may have been executed. */
  addAborted(): void
  /** Whether an attempt may have been executed although no reply proves it. */
  readonly isInDoubt: boolean
}

// The costs, the capacity and the base delays are those of the standard retry mode that the AWS SDKs share since 2026.
const RETRY_COST = { rate_limited: 5, other: 14 }

// `headers` has the names in lower case.
export function createRetrySession(
  call: CallContext,
  request: WireRequest,
  headers: Readonly<Record<string, string>>,
): RetrySession {
  const { backend } = call.state
  const { backoff } = call.settings
  const { maxRetries = call.settings.maxRetries } = call.options
  const hasKey = headers['idempotency-key'] !== undefined
  const verdicts = RETRY_POLICY[kindOf(request)]
  const reasons: RetryReason[] = []
  // The tokens that `settle` returns: the cost of the last retry. Without a retry it is 1, so that success fills the bucket.
  let cost = 1
  let attemptsInDoubt = 0

  function allows(reason: RetryReason): boolean {
    const verdict = verdicts[reason]
    if (verdict === 'key') return hasKey && backend.announces('idempotency-key')
    return verdict === 'unconditional' ? headers['if-match'] === undefined : verdict === 'yes'
  }

  function settle(): undefined {
    backend.budget.release(cost)
  }

  function updateDoubt(outcome: Outcome, body: JsonObject): void {
    const isDoubtful = isReply(outcome) ? leavesDoubt({ ...outcome, body }) : mayBeExecuted(outcome)
    if (isDoubtful) attemptsInDoubt += 1
    else if (isReply(outcome) && hasKey && endsDoubt({ ...outcome, body }, attemptsInDoubt, backend))
      attemptsInDoubt = 0
  }

  return {
    get isInDoubt() {
      return attemptsInDoubt > 0
    },
    addAborted() {
      attemptsInDoubt += 1
    },
    after(outcome) {
      // The body of a success reply does not matter here, and a long list takes a while to parse.
      const body = isReply(outcome) && outcome.status >= 400 ? objectIn(outcome.text) : {}
      updateDoubt(outcome, body)
      const reason = isReply(outcome) ? reasonOfReply({ ...outcome, body }) : reasonOfLoss(outcome)
      if (reason === undefined) return settle()

      reasons.push(reason)
      if (!allows(reason) || reasons.length > maxRetries) return undefined

      const retryAfter = isReply(outcome) ? retryAfterOf(outcome.headers, body) : undefined
      const delayMs = delayBefore({ reason, resend: reasons.length, retryAfter }, backoff, Math.random())
      // A wait beyond the deadline would lose the reply and its advice.
      if (performance.now() + delayMs >= call.limit.deadline) return undefined

      cost = RETRY_COST[reason === 'rate_limited' ? 'rate_limited' : 'other']
      return backend.budget.acquire(cost) ? { reason, delayMs } : undefined
    },
  }
}
