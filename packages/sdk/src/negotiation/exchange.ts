import type { Generation } from '@ai-ticket-creator/domain'
import type { Call } from '../core/context.ts'
import type { WithResponse } from '../core/result.ts'
import type { WireReply, WireRequest } from '../core/wire.ts'
import { interpret } from '../transport/decode-reply.ts'
import { send } from '../transport/send.ts'
import { evidenceIn } from './detect-generation.ts'

export async function exchange(call: Call, wire: WireRequest): Promise<WithResponse<unknown>> {
  call.shown = undefined
  return interpret(call, wire, await send(call, wire))
}
/** Learns what a reply shows of the generation of its backend. */
export function hear(
  call: Pick<Call, 'settings' | 'shown'>,
  { endpointId }: WireRequest,
  { status, headers }: WireReply,
  body: unknown,
): Generation | undefined {
  const { memo } = call.settings.backend
  const evidence = evidenceIn({ endpointId, status, headers, body })
  if (evidence !== undefined) memo.hear(evidence)
  else if (endpointId === 'integrations.list' && status === 200) memo.mute = true
  call.shown = evidence?.generation
  return call.shown
}
