import { endpointOf, fillPath } from '@ai-ticket-creator/domain'
import type { RequestOptions, Settings } from '../core/options.ts'
import { type Call, perform } from '../core/run-call.ts'
import { untilAborted } from '../core/timeout.ts'
import type { WireRequest } from '../core/wire.ts'
import { interpret } from '../transport/decode-reply.ts'
import { send } from '../transport/send.ts'
import { evidenceInDocument, type Words, wordsOf } from './detect-generation.ts'

/** The words that a read is sent in: reads are never preceded by a question. */
export function wordsNow({ settings, words }: Pick<Call, 'settings' | 'words'>): Words {
  if (settings.generation !== 'auto') return settings.generation
  const { evidence } = settings.backend.memo
  return words ?? (evidence === undefined ? 'current' : wordsOf(evidence.generation))
}

/**
 * The words that a write is sent in, and the call stays with. The first one of a backend that nobody knows yet is
 * preceded by one cheap read; if that shows nothing, the current words are tried.
 */
export async function wordsToWrite(call: Call, integrationId?: string): Promise<Words> {
  if (call.settings.generation !== 'auto') return call.settings.generation
  await learn(call, integrationId)
  call.words ??= wordsNow(call)
  return call.words
}

/** Asks a backend for nothing but its generation, unless that is known or was asked before. */
export async function learn(
  { settings, options, signal }: Pick<Call, 'settings' | 'options' | 'signal'>,
  integrationId?: string,
): Promise<void> {
  const { memo } = settings.backend
  if (memo.evidence !== undefined) return

  // Shared by all that ask meanwhile, so one that gives up must not end it for the others: it has limits of its own.
  memo.question ??= ask(settings, options, integrationId)
  const { question } = memo
  await untilAborted(signal, () => question)
}

async function ask(settings: Settings, { headers, timeout }: RequestOptions, integrationId?: string): Promise<void> {
  try {
    // One request, whatever becomes of it.
    const token = typeof settings.token === 'string' ? settings.token : await settings.token()
    const once = { ...settings, token, pace: { ...settings.pace, attempts: 1 } }
    await perform(once, { headers, timeout }, (call) => askOnce(call, integrationId))
  } catch {
    // Nothing is known then. What is wrong will be wrong with the write itself.
  }
}

async function askOnce(call: Call, integrationId: string | undefined): Promise<void> {
  const { memo } = call.settings.backend
  const request = questionFor(memo.mute, integrationId)
  const reply = await send(call, request)
  const { data } = interpret(call, request, reply)
  const described = request.endpointId === undefined ? evidenceInDocument(data) : undefined
  if (described !== undefined) memo.hear(described)
}

// An integration shows the generation; a list without one does not, and then the document of the API may.
function questionFor(mute: boolean, integrationId: string | undefined): WireRequest {
  const common = { method: 'GET', query: {}, body: undefined } as const
  // It lies beside `/api/v1`.
  if (integrationId === undefined && mute)
    return { ...common, endpointId: undefined, path: '/openapi.json', target: '/../../openapi.json' }

  const endpointId = integrationId === undefined ? 'integrations.list' : 'integrations.retrieve'
  const { path } = endpointOf(endpointId)
  const target = fillPath(path, { integration_id: integrationId ?? '' })
  return { ...common, endpointId, path, target, query: integrationId === undefined ? { limit: 1 } : {} }
}
