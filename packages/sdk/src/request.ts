import { type EndpointId, endpointOf } from '@ai-ticket-creator/domain'
import type { CallContext } from './core/context.ts'
import type { WithResponse } from './core/result.ts'
import type { WireGeneration } from './core/wire.ts'
import { isApiError } from './errors/guards.ts'
import { FilterNotSupportedError } from './errors/request-errors.ts'
import { generationForRead, resolveWriteGeneration } from './negotiation/choose-generation.ts'
import { contradicts } from './negotiation/detect-generation.ts'
import { encodeRequest, type RequestInput } from './negotiation/encode-request.ts'
import { exchange } from './negotiation/exchange.ts'
import { renamedFields } from './negotiation/renamed-fields.ts'
import { assertGenerationUnchanged, readInEitherGeneration, restartOnMismatch } from './negotiation/restart.ts'
import { sendCreate } from './verification/ambiguous-create.ts'
import { assertFieldsApplied, assertTicketRouted } from './verification/check-write.ts'
import { checkEcho } from './verification/compare-echo.ts'
import { isCreate } from './verification/create-endpoints.ts'
import { readBack } from './verification/read-back.ts'

/** Sends a request to an endpoint in the generation of the backend; its result is in the current form. */
export async function request<T>(
  call: CallContext,
  endpointId: EndpointId,
  input: RequestInput,
): Promise<WithResponse<T>> {
  const isRead = endpointOf(endpointId).method === 'GET'
  const result = await (isRead ? read(call, endpointId, input) : write(call, endpointId, input))
  // The type is the contract's. A reply that deviates from it is reported, not changed.
  return result as WithResponse<T>
}

async function read(call: CallContext, endpointId: EndpointId, input: RequestInput): Promise<WithResponse<unknown>> {
  const readIn = (generation: WireGeneration) => exchange(call, encodeRequest(call, endpointId, input, generation))
  if (input.generation !== undefined) return readIn(input.generation)
  const [filter] = renamedFields(endpointId, input.query)
  if (filter === undefined) return readIn(generationForRead(call))

  // A backend of the other generation ignores the filter, and its rows are wrong.
  const reply = await readInEitherGeneration(call, readIn)
  const { requestGeneration = 'current' } = reply.response
  if (call.settings.generation === 'auto' && contradicts(call.observedGeneration, requestGeneration))
    throw new FilterNotSupportedError({ filter, reason: 'not_shown', scanLimit: 0 })
  return reply
}

async function write(call: CallContext, endpointId: EndpointId, input: RequestInput): Promise<WithResponse<unknown>> {
  const generation = await resolveWriteGeneration(call)
  assertGenerationUnchanged(call, generation)

  const { body = {} } = input
  const wire = encodeRequest(call, endpointId, input, generation)
  const send = () => exchange(call, wire)
  try {
    const written = await (isCreate(endpointId) ? sendCreate(call, { endpointId, body, request }, send) : send())
    assertTicketRouted({ endpointId, body, names: [input.integrationName, input.ownName] }, written)
    assertFieldsApplied(call, { endpointId, generation, body }, written)
    checkEcho(call, { endpointId, body }, written)
    return { ...written, unverified: [...call.unverified] }
  } catch (error) {
    if (!isApiError(error)) throw error
    restartOnMismatch(call, error, wire.method, generation)
    // A condition is about the version to write over, not about the version to read.
    const retrieve = (stored: EndpointId) =>
      read(call, stored, { ...(input.params && { params: input.params }), headers: { 'If-Match': undefined } })
    const stored = await readBack(call, { endpointId, body, before: input.stored }, error, retrieve)
    if (stored === undefined) throw error
    return { ...stored, unverified: [...call.unverified] }
  }
}
