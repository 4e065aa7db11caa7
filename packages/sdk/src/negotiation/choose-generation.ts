import { endpointOf } from '@ai-ticket-creator/domain'
import { detectDocumentGeneration, fillPath } from '@ai-ticket-creator/domain/internal'
import type { CallContext } from '../core/context.ts'
import { runCall } from '../core/run-call.ts'
import { untilAborted } from '../core/timeout.ts'
import type { WireGeneration, WireRequest } from '../core/wire.ts'
import { tokenOf } from '../transport/token.ts'
import { wireGenerationOf } from './detect-generation.ts'
import { exchange } from './exchange.ts'

/** The generation for a read. Reads are never preceded by a probe. */
export function generationForRead({
  settings,
  generation,
}: Pick<CallContext, 'settings' | 'generation'>): WireGeneration {
  if (settings.generation !== 'auto') return settings.generation
  const { evidence } = settings.backend.generationCache
  return generation ?? (evidence === undefined ? 'current' : wireGenerationOf(evidence.generation))
}

/**
 * The generation for all writes of a call. The first write to an unknown backend is preceded by one cheap read; if that
 * shows no generation, `current` is tried.
 */
export async function resolveWriteGeneration(call: CallContext, integrationId?: string): Promise<WireGeneration> {
  if (call.settings.generation !== 'auto') return call.settings.generation
  await probeGeneration(call, integrationId)
  call.generation ??= generationForRead(call)
  return call.generation
}

/** Sends a request that only detects the generation, unless that is known or was tried before. */
export async function probeGeneration(call: CallContext, integrationId?: string): Promise<void> {
  const { generationCache } = call.settings.backend
  if (generationCache.evidence !== undefined) return

  // Concurrent calls share the probe, so an abort of one of them must not end it: it has limits of its own.
  generationCache.pendingProbe ??= probe(call, integrationId)
  const { pendingProbe } = generationCache
  await untilAborted(call.signal, () => pendingProbe)
}

async function probe(call: CallContext, integrationId?: string): Promise<void> {
  const { settings, options } = call
  try {
    // One request, without retries and without another token.
    const once = { ...settings, token: await tokenOf(call), maxRetries: 0 }
    const { headers, timeout } = options
    await runCall(once, { headers, timeout }, (own) => sendProbe(own, integrationId))
  } catch {
    // The generation stays unknown. Whatever is wrong will fail the write itself.
  }
}

async function sendProbe(call: CallContext, integrationId: string | undefined): Promise<void> {
  const { generationCache } = call.settings.backend
  const request = probeRequest(generationCache.probeInconclusive, integrationId)
  const { data } = await exchange(call, request)
  const described = request.endpointId === undefined ? detectDocumentGeneration(data) : undefined
  if (described !== undefined) generationCache.record({ generation: described, source: 'openapi' })
}

// An integration shows the generation. An empty list does not, but the OpenAPI document may.
function probeRequest(isListInconclusive: boolean, integrationId: string | undefined): WireRequest {
  const common = { method: 'GET', query: {}, body: undefined } as const
  // The document is next to `/api`, not below `/api/v1`.
  if (integrationId === undefined && isListInconclusive)
    return { ...common, endpointId: undefined, path: '/openapi.json', target: '/../../openapi.json' }

  const endpointId = integrationId === undefined ? 'integrations.list' : 'integrations.retrieve'
  const { path } = endpointOf(endpointId)
  const target = fillPath(path, { integration_id: integrationId ?? '' })
  return { ...common, endpointId, path, target, query: integrationId === undefined ? { limit: 1 } : {} }
}
