import type { Generation } from '@ai-ticket-creator/domain'
import type { CallContext } from '../core/context.ts'
import type { WithResponse } from '../core/result.ts'
import type { WireReply, WireRequest } from '../core/wire.ts'
import { decodeReply } from '../transport/decode-reply.ts'
import { send } from '../transport/send.ts'
import { detectGeneration } from './detect-generation.ts'

export async function exchange(call: CallContext, wire: WireRequest): Promise<WithResponse<unknown>> {
  call.observedGeneration = undefined
  return decodeReply(call, wire, await send(call, wire))
}
/** Learns what a reply shows of the generation of its backend. */
export function recordGeneration(
  call: Pick<CallContext, 'settings' | 'observedGeneration'>,
  { endpointId }: WireRequest,
  { status, headers }: WireReply,
  body: unknown,
): Generation | undefined {
  const { generationCache } = call.settings.backend
  const evidence = detectGeneration({ endpointId, status, headers, body })
  if (evidence !== undefined) generationCache.record(evidence)
  else if (endpointId === 'integrations.list' && status === 200) generationCache.probeInconclusive = true
  call.observedGeneration = evidence?.generation
  return call.observedGeneration
}
