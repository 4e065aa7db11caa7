import type { EndpointId } from '@ai-ticket-creator/domain'
import type { CallContext } from '../core/call-context.ts'
import type { WithResponse } from '../core/result.ts'
import type { RequestInput } from '../core/sent-request.ts'
import { encodeRequest } from './encode-request.ts'
import { exchangeUnverified } from './exchange.ts'

/** Reads what is stored after a write whose outcome is unknown. The query must be the same in every generation. */
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
