import type { CallContext } from '../../core/call-context.ts'
import type { WithResponse } from '../../core/result.ts'
import { request } from '../../request.ts'
import { explainRefusal } from '../integrations/explain-refusal.ts'
import { parseInput } from '../parse-input.ts'
import { adviceForDraft, adviceForTicket, withAdvice } from './advice.ts'

/** Creates a ticket, also from a draft by AI. */
export const createTicket = <T>(
  call: CallContext,
  endpointId: 'tickets.create' | 'tickets.createWithAi',
  input: unknown,
): Promise<WithResponse<T>> =>
  call.dialect.withIntegration(
    call,
    endpointId,
    (known) => parseInput(call, endpointId, input, known),
    (resolved) =>
      request<T>(call, endpointId, resolved).catch(async (error: unknown) => {
        const explained = await explainRefusal(call, resolved.body, error)
        throw withAdvice(call, explained, (refusal) =>
          endpointId === 'tickets.createWithAi' ? adviceForDraft(refusal) : adviceForTicket(refusal, resolved.body),
        )
      }),
  )
