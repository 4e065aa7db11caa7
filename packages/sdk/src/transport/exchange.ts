import type { CallContext } from '../core/call-context.ts'
import type { Evidence } from '../core/client-state.ts'
import type { Exchange, ParsedReply, Verified } from '../core/exchange.ts'
import type { WithResponse } from '../core/result.ts'
import type { WireRequest } from '../core/wire.ts'
import { decodeReply } from './decode-reply.ts'
import { parseReply } from './parse-reply.ts'
import { sendWithRetries } from './send.ts'

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
