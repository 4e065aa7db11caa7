import { compiledEndpoint, fillPath } from '@ai-ticket-creator/domain/internal'
import type { CallContext } from '../core/call-context.ts'
import type { SentRequest } from '../core/sent-request.ts'
import type { WireRequest } from '../core/wire.ts'
import { issueAt } from '../errors/issue.ts'
import { InvalidRequestError } from '../errors/request-errors.ts'
import { addSecretsOf } from '../errors/secret-fields.ts'

/**
 * The request as its generation expects it.
 *
 * @throws InvalidRequestError for a value that the generation cannot express.
 */
export function encodeRequest(call: CallContext, sent: SentRequest): WireRequest {
  const { endpointId, generation, input } = sent
  if (input.body !== undefined) addSecretsOf(input.body, call.secrets)

  const { method, path } = compiledEndpoint(endpointId)
  const { query, body } = call.dialect.encode(sent)
  return {
    endpointId,
    method,
    path,
    target: targetOf(path, input.params ?? {}),
    query,
    body: input.deployedBody ?? body,
    generation,
    headers: input.headers,
  }
}

function targetOf(path: string, params: Readonly<Record<string, string>>): string {
  try {
    return fillPath(path, params)
  } catch {
    const [name = 'id'] = Object.keys(params)
    throw new InvalidRequestError([issueAt(['path', name], `\`${name}\` must be a non-empty id`)])
  }
}
