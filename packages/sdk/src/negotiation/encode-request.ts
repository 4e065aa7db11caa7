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
  /** The name of the integration whose id is in the body: a legacy backend takes names only. */
  readonly integrationName?: string | undefined
  /** The integration's own name. `integrationName` may be the name of its platform instead. */
  readonly ownName?: string | undefined
  /** Headers of this request alone. They override the caller's; undefined removes one of those. */
  readonly headers?: WireRequest['headers']
  /** The body as this backend reads it, where that is not what the contract says. */
  readonly deployedBody?: JsonObject
  /** The row before a write, where it is known: after a 500 it shows what was written. */
  readonly stored?: JsonObject
  /** Set by a caller that checks itself whether the reply is of this generation; for reads. */
  readonly generation?: WireGeneration
}

/**
 * The request as a generation expects it.
 *
 * @throws InvalidRequestError for a value that the generation cannot express.
 */
export function encodeRequest(
  call: CallContext,
  endpointId: EndpointId,
  input: RequestInput,
  generation: WireGeneration,
): WireRequest {
  const { params = {}, query = {}, body, headers } = input
  if (body !== undefined) addSecretsOf(body, call.secrets)

  const isCurrent = generation === 'current'
  const { method, path } = endpointOf(endpointId)
  const encodedBody =
    isCurrent || body === undefined ? body : downgradePart(endpointId, body, 'body', input.integrationName)
  return {
    endpointId,
    method,
    path,
    target: targetOf(path, params),
    query: isCurrent ? query : downgradePart(endpointId, query, 'query'),
    body: input.deployedBody ?? encodedBody,
    generation,
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

  // Legacy backends of different versions read different fields for the integration's name, so it is sent in both.
  return 'integration_name' in body ? { ...body, integration: body['integration_name'] } : body
}

const notExpressible = (part: string, field: string): Issue =>
  issueAt([part, field], `a legacy backend does not support this value of \`${field}\``)
