import { downgrade, type EndpointId, endpointOf, type JsonObject } from '@ai-ticket-creator/domain'
import { fillPath } from '@ai-ticket-creator/domain/internal'
import type { CallContext } from '../core/context.ts'
import type { WireGeneration, WireRequest } from '../core/wire.ts'
import { type Issue, issueAt } from '../errors/issue.ts'
import { InvalidRequestError } from '../errors/request-errors.ts'
import { addSecretsOf } from '../errors/secret-fields.ts'

/** A request in the current form. */

export interface RequestInput {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: JsonObject
  readonly body?: JsonObject
  /** The name of the integration whose id is in the body, for a legacy backend. */
  readonly integrationName?: string | undefined
  /** What the integration is called itself, where that may be another name. */
  readonly ownName?: string | undefined
  /** Headers of this request alone. They win over the caller's; undefined takes one of those away. */
  readonly headers?: WireRequest['headers']
  /** The words of a read whose caller looks himself whether they were understood. */
  readonly generation?: WireGeneration
}
/** A request in the words of the backend. */

export function encodeRequest(
  call: CallContext,
  endpointId: EndpointId,
  given: RequestInput,
  words: WireGeneration,
): WireRequest {
  const { params = {}, query = {}, body, headers } = given
  if (body !== undefined) addSecretsOf(body, call.secrets)

  const asItIs = words === 'current'
  const { method, path } = endpointOf(endpointId)
  return {
    endpointId,
    method,
    path,
    target: targetOf(path, params),
    query: asItIs ? query : downgradePart(endpointId, query, 'query'),
    body: asItIs || body === undefined ? body : downgradePart(endpointId, body, 'body', given.integrationName),
    generation: words,
    headers,
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
function downgradePart(endpointId: EndpointId, value: JsonObject, part: 'query' | 'body', name?: string): JsonObject {
  const { body, unmapped } = downgrade(endpointId, value, { part, nameOf: () => name })
  const fields = unmapped.flatMap(({ current }) => current.filter((field) => Object.hasOwn(value, field)))
  if (fields.length > 0) throw new InvalidRequestError(fields.map((field) => notExpressible(part, field)))

  // What servers and clients of several ages call it: the one case of two words for one value.
  return 'integration_name' in body ? { ...body, integration: body['integration_name'] } : body
}
const notExpressible = (part: string, field: string): Issue =>
  issueAt([part, field], `\`${field}\` can not be said with this value to a legacy backend`)
