import { downgrade, type EndpointId, endpointOf, fillPath, type JsonObject } from '@ai-ticket-creator/domain'
import { create, isCreate } from './create.ts'
import { InvalidRequestError, type Issue, issueAt } from './errors.ts'
import { interpret } from './interpret.ts'
import type { Call } from './perform.ts'
import type { WithResponse } from './result.ts'
import { addSecretsOf } from './secret-fields.ts'
import { send } from './send.ts'
import type { WireRequest } from './wire.ts'

/** A request in the current form. */
export interface Given {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: JsonObject
  readonly body?: JsonObject
  /** The name of the integration whose id is in the body, for a legacy backend. */
  readonly integrationName?: string | undefined
  /** Headers of this request alone. They win over the caller's; undefined takes one of those away. */
  readonly headers?: WireRequest['headers']
}

/** Asks the backend one thing in its own words, and gives its answer in the current ones. */
export async function request<T>(call: Call, endpointId: EndpointId, given: Given): Promise<WithResponse<T>> {
  const wire = toWire(call, endpointId, given)
  // The shape is the contract's; replies are read openly, so it is not checked further.
  const ask = async () => interpret(call, wire, await send(call, wire)) as WithResponse<T>

  return isCreate(endpointId) ? create(call, { endpointId, body: given.body ?? {}, request }, ask) : ask()
}

function toWire(call: Call, endpointId: EndpointId, given: Given): WireRequest {
  const { params = {}, query = {}, body, headers } = given
  addSecretsOf(body ?? {}, call.secrets)

  const asItIs = call.settings.generation === 'current'
  const { method, path } = endpointOf(endpointId)
  return {
    endpointId,
    method,
    path,
    target: targetOf(path, params),
    query: asItIs ? query : inOldWords(endpointId, query, 'query'),
    body: asItIs || body === undefined ? body : inOldWords(endpointId, body, 'body', given.integrationName),
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

function inOldWords(endpointId: EndpointId, value: JsonObject, part: 'query' | 'body', name?: string): JsonObject {
  const { body, kept } = downgrade(endpointId, value, { part, nameOf: () => name })
  const fields = kept.flatMap(({ current }) => current.filter((field) => Object.hasOwn(value, field)))
  if (fields.length > 0) throw new InvalidRequestError(fields.map((field) => noOldWord(part, field)))

  // What servers and clients of several ages call it: the one case of two words for one value.
  return 'integration_name' in body ? { ...body, integration: body['integration_name'] } : body
}

const noOldWord = (part: string, field: string): Issue =>
  issueAt([part, field], `\`${field}\` can not be said with this value to a legacy backend`)
