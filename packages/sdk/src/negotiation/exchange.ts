import type { Generation } from '@ai-ticket-creator/domain'
import type { CallContext } from '../core/context.ts'
import type { WithResponse } from '../core/result.ts'
import type { WireRequest } from '../core/wire.ts'
import { recordDeprecationHeaders } from '../deprecations/read-headers.ts'
import { decodeReply } from '../transport/decode-reply.ts'
import { type ParsedReply, parseReply } from '../transport/parse-reply.ts'
import { send } from '../transport/send.ts'
import { detectGeneration } from './detect-generation.ts'

/** Sends a request, records what its reply shows about the backend, and decodes it. */
export async function exchange(call: CallContext, request: WireRequest): Promise<WithResponse<unknown>> {
  call.observedGeneration = undefined
  const reply = await send(call, request)

  recordDeprecationHeaders(call, request, reply.headers)
  const parsed = parseReply(request, reply, call.secrets)
  call.observedGeneration = recordGeneration(call, request, parsed)

  return decodeReply(call, request, parsed, call.observedGeneration)
}

function recordGeneration(
  { settings }: CallContext,
  { endpointId }: WireRequest,
  { status, headers, body }: ParsedReply,
): Generation | undefined {
  const { generationCache } = settings.backend
  const evidence = detectGeneration({ endpointId, status, headers, body })
  if (evidence !== undefined) generationCache.record(evidence)
  else if (endpointId === 'integrations.list' && status === 200) generationCache.probeInconclusive = true
  return evidence?.generation
}
