import { compiledEndpoint } from '@ai-ticket-creator/domain/internal'
import type { CallContext } from '../core/call-context.ts'
import type { LoggedRequest } from '../core/call-progress.ts'
import { TokenReplacedError } from '../core/call-token.ts'
import type { Evidence } from '../core/client-state.ts'
import { shouldYield, yieldToEventLoop } from '../core/event-loop.ts'
import type { Delivery, Exchange, ParsedReply, Verified } from '../core/exchange.ts'
import type { WithResponse } from '../core/result.ts'
import { pause } from '../core/timeout.ts'
import type { WireReply, WireRequest } from '../core/wire.ts'
import { attempt } from './attempt.ts'
import { notifyAttempt } from './attempt-events.ts'
import { decodeReply } from './decode-reply.ts'
import { prepareRequest } from './encode-request.ts'
import { parseReply } from './parse-reply.ts'
import { createRetrySession, isReply, type Outcome, type RetrySession } from './retry/session.ts'

/** Sends a request and decodes its reply. An error of either is part of the outcome. */
export async function exchange(call: CallContext, request: WireRequest): Promise<Exchange> {
  const sent = await sendWithRetries(call, request)
  if (sent.reply === undefined) return { ...sent, parsed: undefined, evidence: undefined }

  const { reply, ...delivered } = sent
  let parsed: ParsedReply | undefined
  let evidence: Evidence | undefined
  try {
    parsed = parseReply(request, reply, call.secrets)
    const decoded = call.dialect.decode(call, request, parsed)
    evidence = decoded.evidence
    return { ...delivered, reply, parsed, evidence, result: decodeReply(call, request, parsed, decoded) }
  } catch (error) {
    return { ...delivered, reply, parsed, evidence, error }
  }
}

/** Sends a request that needs no verification. */
export async function exchangeUnverified(call: CallContext, request: WireRequest): Promise<WithResponse<unknown>> {
  const exchanged = await exchange(call, request)
  call.dialect.observe(call, request, exchanged)
  return unwrap(exchanged)
}

/** The result; throws the error if there is none. */
export function unwrap(outcome: Verified): WithResponse<unknown> {
  if (outcome.result === undefined) throw outcome.error
  return outcome.result
}

/** The last reply to a request, or the error if there is none. */
type Delivered = { readonly delivery: Delivery; readonly attempts: number } & (
  | { readonly reply: WireReply }
  | { readonly reply: undefined; readonly error: unknown }
)

/** Sends a request. Sends it again with a new token after a 401, and when the retry policy allows it. */
async function sendWithRetries(call: CallContext, request: WireRequest): Promise<Delivered> {
  const prepared = prepareRequest(call, request)
  const retries = createRetrySession(call, request, prepared.headers)
  const logged = call.log.begin(request.endpointId)
  try {
    const reply = await retryLoop(call, request, { prepared, retries, logged })
    const { isInDoubt } = retries
    return {
      reply: isInDoubt ? asDeleted(request, reply) : reply,
      delivery: isInDoubt ? 'in-doubt' : 'answered',
      attempts: logged.attempts,
    }
  } catch (error) {
    return {
      error,
      reply: undefined,
      delivery: retries.isInDoubt ? 'in-doubt' : 'not-executed',
      attempts: logged.attempts,
    }
  }
}

interface Sending {
  readonly prepared: ReturnType<typeof prepareRequest>
  readonly retries: RetrySession
  readonly logged: LoggedRequest
}

async function retryLoop(
  call: CallContext,
  request: WireRequest,
  { prepared, retries, logged }: Sending,
): Promise<WireReply> {
  // Nothing is awaited for a static token and without a limit of concurrency, so that the recorded stack of a read leads to the
  // line of the caller.
  const first = call.token.get()
  let token = typeof first === 'string' ? first : await first
  for (;;) {
    if (shouldYield()) await yieldToEventLoop()
    const slot = enterSlot(call)
    const leave = slot && (await slot)
    const event = { request, start: performance.now(), resends: logged.attempts }
    logged.attempts += 1
    let outcome: Outcome
    try {
      outcome = await attempt(call, request, prepared, token)
    } catch (error) {
      if (call.limit.isOver) retries.addAborted()
      notifyAttempt(call.settings, { ...event, outcome: { error } })
      throw error
    } finally {
      leave?.()
    }

    // A 401 proves that nothing was executed, so a write can be sent again as well.
    if (isReply(outcome) && outcome.status === 401 && (await call.token.replace(retries.isInDoubt))) {
      notifyAttempt(call.settings, { ...event, outcome, retry: { reason: 'token', delayMs: 0 } })
      // Ids were looked up with the old token, which may be of another organization, so the call looks them up again.
      if (call.token.isBound && call.written.isEmpty) throw new TokenReplacedError()
      token = await call.token.get()
      continue
    }

    const retry = retries.after(outcome)
    notifyAttempt(call.settings, { ...event, outcome: isReply(outcome) ? outcome : { error: outcome }, retry })
    if (retry !== undefined) await pause(retry.delayMs, call.limit.signal)
    else if (!isReply(outcome)) throw outcome
    else return outcome
  }
}

/** Waits until the attempt may begin. */
const enterSlot = ({ settings: { maxConcurrency }, state, limit }: CallContext) =>
  maxConcurrency === Number.POSITIVE_INFINITY ? undefined : state.backend.slots.enter(maxConcurrency, limit.signal)

/** A 404 for a repeated DELETE means that an earlier attempt deleted the row. */
function asDeleted({ endpointId, method }: WireRequest, reply: WireReply): WireReply {
  if (method !== 'DELETE' || endpointId === undefined || reply.status !== 404) return reply
  return { ...reply, status: compiledEndpoint(endpointId).status, text: '{"message":"deleted by an earlier attempt"}' }
}
