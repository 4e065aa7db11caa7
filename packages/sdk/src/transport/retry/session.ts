import type { Call } from '../../core/run-call.ts'
import { untilAborted } from '../../core/timeout.ts'
import type { WireReply, WireRequest } from '../../core/wire.ts'
import type { ConnectionError, TimeoutError } from '../../errors/base.ts'
import { objectIn, retryAfterOf } from '../reply-fields.ts'
import {
  delayBefore,
  kindOf,
  PROOFS,
  RETRY_POLICY,
  type RetryReason,
  reasonOfLoss,
  reasonOfReply,
  SILENCES,
} from './policy.ts'

/** What became of one try. */
export type Outcome = WireReply | ConnectionError | TimeoutError

export const isReply = (outcome: Outcome): outcome is WireReply => 'headers' in outcome

/** Another try, and what it is for. */
interface Retry {
  readonly reason: RetryReason
  readonly delayMs: number
}

/** The tries of one request. */
export interface Tries {
  /** The next try, or undefined when the outcome is final: for good, or because nothing allows another. */
  after(outcome: Outcome): Retry | undefined
  /** Whether an earlier try may have been carried out. */
  mayBeDone(): boolean
}

const PRICES = { limited: 5, other: 10 }

export function countTries(call: Call, request: WireRequest, headers: Headers): Tries {
  const { pace, backend } = call.settings
  const verdicts = RETRY_POLICY[kindOf(request)]
  const reasons: RetryReason[] = []
  let paid = 1

  function allows(reason: RetryReason): boolean {
    const verdict = verdicts[reason]
    if (verdict === 'key') return headers.has('Idempotency-Key') && backend.announces('idempotency-key')
    return verdict === 'unconditional' ? !headers.has('If-Match') : verdict === 'yes'
  }

  function settle(outcome: Outcome): undefined {
    backend.budget.give(paid)
    // A token that ran out says nothing of the tries before.
    if (isReply(outcome) && outcome.status !== 401) call.unsure = false
  }

  return {
    after(outcome) {
      // A long list is not read once more to learn that it is none.
      const body = isReply(outcome) && outcome.status >= 400 ? objectIn(outcome.text) : {}
      const reason = isReply(outcome) ? reasonOfReply({ ...outcome, body }) : reasonOfLoss(outcome)
      if (reason === undefined) return settle(outcome)

      reasons.push(reason)
      if (SILENCES.includes(reason)) call.unsure = true
      if (!allows(reason) || reasons.length >= pace.attempts) return undefined

      const advice = isReply(outcome) ? retryAfterOf(outcome.headers, body) : undefined
      const delayMs = delayBefore(reasons.length, pace, advice, Math.random())
      // Waiting in vain would lose the answer and its advice.
      if (performance.now() + delayMs >= call.deadline) return undefined

      paid = PRICES[reason === 'limited' ? 'limited' : 'other']
      return backend.budget.take(paid) ? { reason, delayMs } : undefined
    },
    mayBeDone: () => reasons.some((reason) => !PROOFS.includes(reason)),
  }
}

/** Waits; ends at once when the signal aborts, with its reason. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  try {
    await untilAborted(signal, () => new Promise<void>((resolve) => (timer = setTimeout(resolve, ms))))
  } finally {
    clearTimeout(timer)
  }
}
