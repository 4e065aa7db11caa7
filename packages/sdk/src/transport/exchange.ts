import type { CallContext } from '../core/call-context.ts'
import type { Evidence } from '../core/client-state.ts'
import type { Exchange, ParsedReply, Verified } from '../core/exchange.ts'
import type { WithResponse } from '../core/result.ts'
import type { WireRequest } from '../core/wire.ts'
import { decodeReply } from './decode-reply.ts'
import { parseReply } from './parse-reply.ts'
import { send } from './send.ts'

/** Sends a request and decodes its reply. An error of either is part of the outcome. */
export async function exchange(call: CallContext, request: WireRequest): Promise<Exchange> {
  const { reply, ...sent } = await send(call, request)
  if (reply === undefined) return { ...sent, reply, parsed: undefined, evidence: undefined }

  let parsed: ParsedReply | undefined
  let evidence: Evidence | undefined
  try {
    parsed = parseReply(request, reply, call.secrets)
    const decoded = call.dialect.decode(call, request, parsed)
    evidence = decoded.evidence
    return { ...sent, reply, parsed, evidence, result: decodeReply(call, request, parsed, decoded) }
  } catch (error) {
    return { ...sent, reply, parsed, evidence, error }
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
