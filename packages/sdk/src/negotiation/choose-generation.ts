import { endpointOf } from '@ai-ticket-creator/domain'
import { detectDocumentGeneration, fillPath } from '@ai-ticket-creator/domain/internal'
import type { CallContext } from '../core/context.ts'
import type { RequestOptions } from '../core/options.ts'
import { runCall } from '../core/run-call.ts'
import type { Settings } from '../core/settings.ts'
import { untilAborted } from '../core/timeout.ts'
import type { WireGeneration, WireRequest } from '../core/wire.ts'
import { decodeReply } from '../transport/decode-reply.ts'
import { send } from '../transport/send.ts'
import { wireGenerationOf } from './detect-generation.ts'

/** The words that a read is sent in: reads are never preceded by a question. */
export function generationForRead({
  settings,
  generation: words,
}: Pick<CallContext, 'settings' | 'generation'>): WireGeneration {
  if (settings.generation !== 'auto') return settings.generation
  const { evidence } = settings.backend.generationCache
  return words ?? (evidence === undefined ? 'current' : wireGenerationOf(evidence.generation))
}

/**
 * The words that a write is sent in, and the call stays with. The first one of a backend that nobody knows yet is
 * preceded by one cheap read; if that shows nothing, the current words are tried.
 */
export async function resolveWriteGeneration(call: CallContext, integrationId?: string): Promise<WireGeneration> {
  if (call.settings.generation !== 'auto') return call.settings.generation
  await probeGeneration(call, integrationId)
  call.generation ??= generationForRead(call)
  return call.generation
}

/** Asks a backend for nothing but its generation, unless that is known or was asked before. */
export async function probeGeneration(
  { settings, options, signal }: Pick<CallContext, 'settings' | 'options' | 'signal'>,
  integrationId?: string,
): Promise<void> {
  const { generationCache } = settings.backend
  if (generationCache.evidence !== undefined) return

  // Shared by all that ask meanwhile, so one that gives up must not end it for the others: it has limits of its own.
  generationCache.pendingProbe ??= ask(settings, options, integrationId)
  const { pendingProbe } = generationCache
  await untilAborted(signal, () => pendingProbe)
}

async function ask(settings: Settings, { headers, timeout }: RequestOptions, integrationId?: string): Promise<void> {
  try {
    // One request, whatever becomes of it.
    const token = typeof settings.token === 'string' ? settings.token : await settings.token()
    const once = { ...settings, token, pace: { ...settings.pace, attempts: 1 } }
    await runCall(once, { headers, timeout }, (call) => askOnce(call, integrationId))
  } catch {
    // Nothing is known then. What is wrong will be wrong with the write itself.
  }
}

async function askOnce(call: CallContext, integrationId: string | undefined): Promise<void> {
  const { generationCache } = call.settings.backend
  const request = probeRequest(generationCache.probeInconclusive, integrationId)
  const reply = await send(call, request)
  const { data } = decodeReply(call, request, reply)
  const described = request.endpointId === undefined ? detectDocumentGeneration(data) : undefined
  if (described !== undefined) generationCache.record({ generation: described, source: 'openapi' })
}

// An integration shows the generation; a list without one does not, and then the document of the API may.
function probeRequest(mute: boolean, integrationId: string | undefined): WireRequest {
  const common = { method: 'GET', query: {}, body: undefined } as const
  // It lies beside `/api/v1`.
  if (integrationId === undefined && mute)
    return { ...common, endpointId: undefined, path: '/openapi.json', target: '/../../openapi.json' }

  const endpointId = integrationId === undefined ? 'integrations.list' : 'integrations.retrieve'
  const { path } = endpointOf(endpointId)
  const target = fillPath(path, { integration_id: integrationId ?? '' })
  return { ...common, endpointId, path, target, query: integrationId === undefined ? { limit: 1 } : {} }
}
