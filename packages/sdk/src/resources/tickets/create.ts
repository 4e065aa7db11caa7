import type { CallContext } from '../../core/context.ts'
import type { WithResponse } from '../../core/result.ts'
import { request } from '../../request.ts'
import type { Lookup } from '../integrations/name-lookup.ts'
import { withResolvedIntegration } from '../integrations/resolve-reference.ts'
import { createInputParser } from '../parse-input.ts'

/** Creates a ticket, or has one drafted. */
export const createTicket = <T>(
  call: CallContext,
  lookup: Lookup,
  endpointId: 'tickets.create' | 'tickets.createWithAi',
  input: unknown,
): Promise<WithResponse<T>> =>
  withResolvedIntegration(call, lookup, createInputParser(endpointId, input), (resolved) =>
    request(call, endpointId, resolved),
  )
