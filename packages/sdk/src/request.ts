import { downgrade, type EndpointId, endpointOf, fillPath, type JsonObject } from '@ai-ticket-creator/domain'
import type { WithResponse } from './core/result.ts'
import type { Call } from './core/run-call.ts'
import type { WireRequest } from './core/wire.ts'
import { FilterNotSupportedError, InvalidRequestError, type Issue, isApiError, issueAt } from './errors/base.ts'
import { addSecretsOf } from './errors/secret-fields.ts'
import { wordsNow, wordsToWrite } from './negotiation/choose-generation.ts'
import { contradicts, otherWords, type Words } from './negotiation/detect-generation.ts'
import { checkStill } from './negotiation/restart.ts'
import { interpret } from './transport/decode-reply.ts'
import { send } from './transport/send.ts'
import { create, isCreate } from './verification/ambiguous-create.ts'
import { beginAgainAfter, checkFiled, checkKept, namesOf } from './verification/check-write.ts'
import { checkEcho } from './verification/compare-echo.ts'
import { readBack } from './verification/read-back.ts'

/** A request in the current form. */
export interface Given {
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
  readonly words?: Words
}

/** Asks the backend one thing in its own words, and gives its answer in the current ones. */
export async function request<T>(call: Call, endpointId: EndpointId, given: Given): Promise<WithResponse<T>> {
  const known = endpointOf(endpointId).method === 'GET' ? read(call, endpointId, given) : write(call, endpointId, given)
  // The shape is the contract's; replies are read openly, so it is not checked further.
  return known as Promise<WithResponse<T>>
}

async function read(call: Call, endpointId: EndpointId, given: Given): Promise<WithResponse<unknown>> {
  const words = given.words ?? wordsNow(call)
  const ask = (spoken: Words) => exchange(call, toWire(call, endpointId, given, spoken))
  if (given.words !== undefined || !dependsOnWords(endpointId, given.query)) return ask(words)

  const first = await settled(ask(words))
  if (call.settings.generation !== 'auto' || !contradicts(call.shown, words)) return first()
  // It has read over what it does not know: rows that were not asked for, or none of those that were.
  const second = await ask(otherWords(words))
  const [filter = ''] = namesOf(endpointId, given.query)
  if (contradicts(call.shown, otherWords(words)))
    throw new FilterNotSupportedError({ filter, reason: 'not_shown', scanLimit: 0 })
  return second
}

async function write(call: Call, endpointId: EndpointId, given: Given): Promise<WithResponse<unknown>> {
  const words = await wordsToWrite(call)
  checkStill(call, words)

  const { body = {} } = given
  const wire = toWire(call, endpointId, given, words)
  const ask = () => exchange(call, wire)
  try {
    const written = await (isCreate(endpointId) ? create(call, { endpointId, body, request }, ask) : ask())
    checkFiled({ endpointId, body, names: [given.integrationName, given.ownName] }, written)
    checkKept(call, { endpointId, words, body }, written)
    checkEcho(call, { endpointId, body }, written)
    return { ...written, unverified: [...call.unverified] }
  } catch (error) {
    if (!isApiError(error)) throw error
    beginAgainAfter(call, error, wire.method, words)
    // The condition of the write is not one of the read.
    const retrieve = (stored: EndpointId) =>
      read(call, stored, { ...(given.params && { params: given.params }), headers: { 'If-Match': undefined } })
    const stored = await readBack(call, { endpointId, body }, error, retrieve)
    if (stored === undefined) throw error
    return { ...stored, unverified: [...call.unverified] }
  }
}

async function exchange(call: Call, wire: WireRequest): Promise<WithResponse<unknown>> {
  call.shown = undefined
  return interpret(call, wire, await send(call, wire))
}

/** What became of a promise, to be asked for later. */
const settled = <T>(promise: Promise<T>): Promise<() => T> =>
  promise.then(
    (value) => () => value,
    (error: unknown) => () => {
      throw error
    },
  )

/** Whether a query has other names in the other words. */
const dependsOnWords = (endpointId: EndpointId, query: JsonObject = {}): boolean =>
  namesOf(endpointId, query).length > 0

/** A request in the words of the backend. */
export function toWire(call: Call, endpointId: EndpointId, given: Given, words: Words): WireRequest {
  const { params = {}, query = {}, body, headers } = given
  if (body !== undefined) addSecretsOf(body, call.secrets)

  const asItIs = words === 'current'
  const { method, path } = endpointOf(endpointId)
  return {
    endpointId,
    method,
    path,
    target: targetOf(path, params),
    query: asItIs ? query : inOldWords(endpointId, query, 'query'),
    body: asItIs || body === undefined ? body : inOldWords(endpointId, body, 'body', given.integrationName),
    words,
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
