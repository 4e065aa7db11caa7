import { compiledEndpoint, detectDocumentGeneration, fillPath } from '@ai-ticket-creator/domain/internal'
import type { CallContext } from '../core/call-context.ts'
import { runCall } from '../core/run-call.ts'
import { untilAborted } from '../core/timeout.ts'
import type { WireRequest } from '../core/wire.ts'
import { exchangeUnverified } from '../transport/exchange.ts'
import type { GenerationCache } from './generation-cache.ts'

/** Sends a request that only detects the generation, unless the generation is known or a probe was sent before. */
export async function probeGeneration(
  cache: GenerationCache,
  call: CallContext,
  integrationId?: string,
): Promise<void> {
  if (cache.evidence !== undefined) return

  // Concurrent calls share the probe. It has its own time limits, so that the abort of one call does not end it.
  cache.pendingProbe ??= probe(cache, call, integrationId)
  const { pendingProbe } = cache
  await untilAborted(call.limit.signal, () => pendingProbe)
}

async function probe(cache: GenerationCache, call: CallContext, integrationId?: string): Promise<void> {
  const { options } = call
  try {
    // One request, without retries and without another token.
    const settings = {
      ...call.settings,
      token: await call.token.get(),
      maxRetries: 0,
    }
    const { headers, timeout } = options
    await runCall({ ...call, settings }, { headers, timeout }, (own) => sendProbe(cache, own, integrationId))
  } catch {
    // The generation stays unknown. Whatever is wrong will fail the write itself.
  }
}

async function sendProbe(cache: GenerationCache, call: CallContext, integrationId: string | undefined): Promise<void> {
  const request = probeRequest(cache, integrationId)
  const { data } = await exchangeUnverified(call, request)
  const described = request.endpointId === undefined ? detectDocumentGeneration(data) : undefined
  if (described !== undefined) cache.record({ generation: described, source: 'openapi' })
}

// An integration shows the generation. An empty list does not, but the OpenAPI document may.
function probeRequest({ probeInconclusive }: GenerationCache, integrationId: string | undefined): WireRequest {
  const common = { method: 'GET', query: {}, body: undefined } as const
  // The document is next to `/api`, not below `/api/v1`.
  if (integrationId === undefined && probeInconclusive)
    return { ...common, endpointId: undefined, path: '/openapi.json', target: '/../../openapi.json' }

  const endpointId = integrationId === undefined ? 'integrations.list' : 'integrations.retrieve'
  const { path } = compiledEndpoint(endpointId)
  const target = fillPath(path, { integration_id: integrationId ?? '' })
  return { ...common, endpointId, path, target, query: integrationId === undefined ? { limit: 1 } : {} }
}
