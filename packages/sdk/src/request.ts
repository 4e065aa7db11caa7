import { type EndpointId, endpointOf, type JsonObject } from '@ai-ticket-creator/domain'
import type { CallContext } from './core/context.ts'
import type { WithResponse } from './core/result.ts'
import type { WireGeneration } from './core/wire.ts'
import { isApiError } from './errors/guards.ts'
import { FilterNotSupportedError } from './errors/request-errors.ts'
import { generationForRead, resolveWriteGeneration } from './negotiation/choose-generation.ts'
import { contradicts, otherGeneration } from './negotiation/detect-generation.ts'
import { encodeRequest, type RequestInput } from './negotiation/encode-request.ts'
import { exchange } from './negotiation/exchange.ts'
import { namesOf } from './negotiation/renamed-fields.ts'
import { assertGenerationUnchanged, restartOnMismatch } from './negotiation/restart.ts'
import { sendCreate } from './verification/ambiguous-create.ts'
import { assertFieldsApplied, assertTicketRouted } from './verification/check-write.ts'
import { checkEcho } from './verification/compare-echo.ts'
import { isCreate } from './verification/create-endpoints.ts'
import { readBack } from './verification/read-back.ts'

/** Asks the backend one thing in its own words, and gives its answer in the current ones. */
export async function request<T>(
  call: CallContext,
  endpointId: EndpointId,
  given: RequestInput,
): Promise<WithResponse<T>> {
  const known = endpointOf(endpointId).method === 'GET' ? read(call, endpointId, given) : write(call, endpointId, given)
  // The shape is the contract's; replies are read openly, so it is not checked further.
  return known as Promise<WithResponse<T>>
}

async function read(call: CallContext, endpointId: EndpointId, given: RequestInput): Promise<WithResponse<unknown>> {
  const words = given.generation ?? generationForRead(call)
  const ask = (spoken: WireGeneration) => exchange(call, encodeRequest(call, endpointId, given, spoken))
  if (given.generation !== undefined || !dependsOnWords(endpointId, given.query)) return ask(words)

  const first = await settled(ask(words))
  if (call.settings.generation !== 'auto' || !contradicts(call.observedGeneration, words)) return first()
  // It has read over what it does not know: rows that were not asked for, or none of those that were.
  const second = await ask(otherGeneration(words))
  const [filter = ''] = namesOf(endpointId, given.query)
  if (contradicts(call.observedGeneration, otherGeneration(words)))
    throw new FilterNotSupportedError({ filter, reason: 'not_shown', scanLimit: 0 })
  return second
}

async function write(call: CallContext, endpointId: EndpointId, given: RequestInput): Promise<WithResponse<unknown>> {
  const words = await resolveWriteGeneration(call)
  assertGenerationUnchanged(call, words)

  const { body = {} } = given
  const wire = encodeRequest(call, endpointId, given, words)
  const ask = () => exchange(call, wire)
  try {
    const written = await (isCreate(endpointId) ? sendCreate(call, { endpointId, body, request }, ask) : ask())
    assertTicketRouted({ endpointId, body, names: [given.integrationName, given.ownName] }, written)
    assertFieldsApplied(call, { endpointId, generation: words, body }, written)
    checkEcho(call, { endpointId, body }, written)
    return { ...written, unverified: [...call.unverified] }
  } catch (error) {
    if (!isApiError(error)) throw error
    restartOnMismatch(call, error, wire.method, words)
    // The condition of the write is not one of the read.
    const retrieve = (stored: EndpointId) =>
      read(call, stored, { ...(given.params && { params: given.params }), headers: { 'If-Match': undefined } })
    const stored = await readBack(call, { endpointId, body, before: given.stored }, error, retrieve)
    if (stored === undefined) throw error
    return { ...stored, unverified: [...call.unverified] }
  }
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
