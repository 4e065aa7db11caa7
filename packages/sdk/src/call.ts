import { downgrade, type EndpointId, type JsonObject } from '@ai-ticket-creator/domain'
import { InvalidRequestError, type Issue } from './errors.ts'
import { interpret } from './interpret.ts'
import type { Call } from './perform.ts'
import type { WithResponse } from './result.ts'
import { send, type WireRequest } from './send.ts'

/** A request in the current form. */
export interface Given {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: JsonObject
  readonly body?: JsonObject
  /** The name of the integration whose id is in the body, for a legacy backend. */
  readonly integrationName?: string | undefined
}

/** Asks the backend one thing in its own words, and gives its answer in the current ones. */
export async function request<T>(call: Call, endpointId: EndpointId, given: Given): Promise<WithResponse<T>> {
  const wire = toWire(call, endpointId, given)
  const reply = await send(call, wire)

  // The shape is the contract's; replies are read openly, so it is not checked further.
  return interpret(call, wire, reply) as WithResponse<T>
}

function toWire(call: Call, endpointId: EndpointId, given: Given): WireRequest {
  const { params = {}, query = {}, body } = given
  if (body !== undefined) call.secrets.add([body['credentials'], body['webhook_secret'], body['webhook_url']])
  if (call.settings.generation === 'current') return { endpointId, params, query, body }

  return {
    endpointId,
    params,
    query: inOldWords(endpointId, query, 'query'),
    body: body === undefined ? undefined : inOldWords(endpointId, body, 'body', given.integrationName),
  }
}

function inOldWords(endpointId: EndpointId, value: JsonObject, part: 'query' | 'body', name?: string): JsonObject {
  const { body, kept } = downgrade(endpointId, value, { part, nameOf: () => name })
  const fields = kept.flatMap(({ current }) => current.filter((field) => Object.hasOwn(value, field)))
  if (fields.length > 0) throw new InvalidRequestError(fields.map((field) => noOldWord(part, field)))

  // What servers and clients of several ages call it: the one case of two words for one value.
  return 'integration_name' in body ? { ...body, integration: body['integration_name'] } : body
}

const noOldWord = (part: string, field: string): Issue => ({
  type: 'value_error',
  loc: [part, field],
  msg: `\`${field}\` can not be said with this value to a legacy backend`,
  code: 'validation_failed',
})
