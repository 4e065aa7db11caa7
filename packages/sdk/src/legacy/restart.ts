import { compiledEndpoint } from '@ai-ticket-creator/domain/internal'
import type { Exchange, Verified } from '../core/exchange.ts'
import type { SentRequest } from '../core/sent-request.ts'
import type { WireGeneration } from '../core/wire.ts'
import { isApiError, isSilentDropError } from '../errors/guards.ts'
import { ignoredFields } from './check-fields.ts'
import { contradicts } from './detect-generation.ts'
import { renamedFields } from './renamed-fields.ts'

/**
 * The generation that the reply shows, if the request must be sent again in it: a read whose renamed filters the backend may
 * have ignored, or a write that the backend refused or ignored, and that has changed nothing yet.
 */
export function generationToRestartIn(
  sent: SentRequest,
  exchange: Exchange,
  verified: Verified,
  canRestartCall: boolean,
): WireGeneration | undefined {
  const observed = exchange.evidence?.generation
  if (!contradicts(observed, sent.generation)) return undefined

  const { endpointId, input } = sent
  const mustRestart =
    compiledEndpoint(endpointId).method === 'GET'
      ? input.generation === undefined && renamedFields(endpointId, input.query).length > 0
      : canRestartCall && (isRefused(sent, exchange, verified) || isIgnored(sent, exchange, verified))
  return mustRestart ? observed : undefined
}

// Statuses that prove that nothing was written: the service has read the request and refused it.
const REFUSED: readonly number[] = [400, 404, 405, 410, 422]

function isRefused({ endpointId }: SentRequest, { delivery }: Exchange, { error }: Verified): boolean {
  // An earlier attempt may have created something, even if another process of the backend refused this one.
  const mayHaveCreated = compiledEndpoint(endpointId).method === 'POST' && delivery === 'in-doubt'
  return isApiError(error) && REFUSED.includes(error.status) && !mayHaveCreated
}

/** Whether a change was accepted without its renamed fields. A change can be repeated; a create cannot. */
const isIgnored = (sent: SentRequest, { result }: Exchange, { error }: Verified): boolean =>
  compiledEndpoint(sent.endpointId).method !== 'POST' &&
  result !== undefined &&
  isSilentDropError(error) &&
  ignoredFields(sent, result).length > 0
