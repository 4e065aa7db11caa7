import type { EndpointId } from '@ai-ticket-creator/domain'
import { compiledEndpoint } from '@ai-ticket-creator/domain/internal'
import type { CallContext } from './core/call-context.ts'
import type { Exchange, Verified } from './core/exchange.ts'
import type { WithResponse } from './core/result.ts'
import type { RequestInput, SentRequest } from './core/sent-request.ts'
import { StartAgainError } from './core/start-again.ts'
import type { WireGeneration } from './core/wire.ts'
import { encodeRequest } from './transport/encode-request.ts'
import { exchange, unwrap } from './transport/exchange.ts'
import { assertTicketRouted } from './verification/check-routing.ts'
import { checkEcho } from './verification/compare-echo.ts'
import { readBack } from './verification/read-back.ts'
import { verifyCreate } from './verification/verify-create.ts'

/**
 * Sends a request to an endpoint in the generation of the backend; its result is in the current form.
 *
 * A method of `resources` parses its input and calls this function. `transport` encodes the request, sends it (`exchange.ts` with
 * all retries, `attempt.ts` once, through ky), and decodes the reply. `verification` checks what a write did.
 */
export async function request<T>(
  call: CallContext,
  endpointId: EndpointId,
  input: RequestInput,
): Promise<WithResponse<T>> {
  const choice = chooseGeneration(call, endpointId, input)
  // Nothing is awaited before a read, so that the stack of its first attempt leads to the caller's line.
  const generation = typeof choice === 'string' ? choice : await choice
  const sent: SentRequest = { endpointId, generation, input }

  const wire = encodeRequest(call, sent)
  const exchanged = await exchange(call, wire)
  call.dialect.observe(call, wire, exchanged)
  const verified = verify(call, sent, exchanged)
  const result = await conclude(call, sent, exchanged, verified)
  // The type is the contract's. A reply that deviates from it is reported, not changed.
  return result as WithResponse<T>
}

const isRead = (endpointId: EndpointId): boolean => compiledEndpoint(endpointId).method === 'GET'

function chooseGeneration(
  call: CallContext,
  endpointId: EndpointId,
  { generation }: RequestInput,
): WireGeneration | Promise<WireGeneration> {
  if (generation !== undefined) return generation
  return isRead(endpointId) ? call.dialect.chooseForRead(call) : call.dialect.chooseForWrite(call)
}

/** Checks that a write had its effect, and that the backend did not ignore fields that are renamed in its generation. */
function verify(call: CallContext, sent: SentRequest, exchanged: Exchange): Verified {
  const created = verifyCreate(call, sent, exchanged)
  if (created.result === undefined) return created
  try {
    assertTicketRouted(sent, created.result)
    call.dialect.verify(call, sent, exchanged)
    if (!isRead(sent.endpointId)) checkEcho(call, sent, created.result)
    return created
  } catch (error) {
    return { error }
  }
}

/** Returns the result, sends a read again in the other generation, or throws the error. */
async function conclude(
  call: CallContext,
  sent: SentRequest,
  exchanged: Exchange,
  verified: Verified,
): Promise<WithResponse<unknown>> {
  const { endpointId, input } = sent
  const generation = call.dialect.restart(call, sent, exchanged, verified)
  if (generation !== undefined && isRead(endpointId)) return request(call, endpointId, { ...input, generation })
  // A write was planned for its generation, so the whole call starts again.
  if (generation !== undefined) throw new StartAgainError(generation)

  if (isRead(endpointId)) return unwrap(verified)
  const stored = verified.result ?? (await readBack(call, sent, verified.error)) ?? unwrap(verified)
  return { ...stored, unverified: call.written.unverified }
}
