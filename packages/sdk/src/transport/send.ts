import { endpointOf } from '@ai-ticket-creator/domain'
import type { CallContext } from '../core/context.ts'
import { isTurnDue, takeTurn } from '../core/event-loop.ts'
import { pause } from '../core/timeout.ts'
import type { WireReply, WireRequest } from '../core/wire.ts'
import { attempt } from './attempt.ts'
import { notifyAttempt } from './attempt-events.ts'
import { prepareRequest } from './prepare-request.ts'
import { createRetrySession, isReply } from './retry/session.ts'
import { assertTokenUnbound, replaceToken, tokenOf } from './token.ts'

/**
 * Sends a request: once more with a new token after a 401, and again as far as the retry policy allows.
 *
 * @throws the error of the last attempt when there was no reply.
 */
export async function send(call: CallContext, request: WireRequest): Promise<WireReply> {
  const prepared = prepareRequest(call, request)
  const retries = createRetrySession(call, request, prepared.headers)

  call.endpoints.push(request.endpointId)
  call.attempts = 0
  call.isInDoubt = false
  // No `await` for a static token, so that the stack of a read leads to the caller's line when requests are recorded.
  const first = tokenOf(call)
  let token = typeof first === 'string' ? first : await first
  for (;;) {
    if (isTurnDue()) await takeTurn()
    const sent = { request, start: performance.now(), resends: call.attempts }
    call.totalAttempts += 1
    const outcome = await attempt(call, request, prepared, token).catch((error: unknown) => {
      notifyAttempt(call.settings, { ...sent, outcome: { error } })
      throw error
    })

    // A 401 proves that nothing was executed, so a write can be sent again as well.
    if (isReply(outcome) && outcome.status === 401 && (await replaceToken(call))) {
      notifyAttempt(call.settings, { ...sent, outcome, retry: { reason: 'token', delayMs: 0 } })
      assertTokenUnbound(call)
      token = await tokenOf(call)
      continue
    }

    const retry = retries.after(outcome)
    notifyAttempt(call.settings, { ...sent, outcome: isReply(outcome) ? outcome : { error: outcome }, retry })
    if (retry !== undefined) await pause(retry.delayMs, call.signal)
    else if (!isReply(outcome)) throw outcome
    else return call.isInDoubt ? deletedBefore(request, outcome) : outcome
  }
}

/** A 404 for a repeated DELETE means that an earlier attempt deleted it. */
function deletedBefore({ endpointId, method }: WireRequest, reply: WireReply): WireReply {
  if (method !== 'DELETE' || endpointId === undefined || reply.status !== 404) return reply
  return { ...reply, status: endpointOf(endpointId).status, text: '{"message":"deleted by an earlier attempt"}' }
}
