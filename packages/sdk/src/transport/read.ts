import type { EndpointId } from '@ai-ticket-creator/domain'
import type { CallContext } from '../core/call-context.ts'
import type { WithResponse } from '../core/result.ts'
import type { RequestInput } from '../core/sent-request.ts'
import { encodeRequest } from './encode-request.ts'
import { exchangeUnverified } from './exchange.ts'

/** Reads what is stored, to see what became of a write: with a query, if any, that is the same in every generation. */
export async function read<T>(
  call: CallContext,
  endpointId: EndpointId,
  input: Pick<RequestInput, 'params' | 'query' | 'headers'>,
): Promise<WithResponse<T>> {
  const generation = call.dialect.chooseForRead(call)
  const result = await exchangeUnverified(call, encodeRequest(call, { endpointId, generation, input }))
  // The type is the contract's. A reply that deviates from it is reported, not changed.
  return result as WithResponse<T>
}
