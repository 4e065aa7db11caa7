import type { CallContext } from '../../core/call-context.ts'
import type { ParseInput, ResolvedBody } from '../../core/parsed-input.ts'
import type { WithResponse } from '../../core/result.ts'
import { request } from '../../request.ts'
import { explainRefusal } from '../integrations/explain-refusal.ts'
import { parseInput } from '../parse-input.ts'
import { adviceForDraft, adviceForTicket, withAdvice } from './advice.ts'

/** Creates a ticket, also from a draft by AI. */
export function createTicket<T>(
  call: CallContext,
  endpointId: 'tickets.create' | 'tickets.createWithAi',
  input: unknown,
): Promise<WithResponse<T>> {
  const parse: ParseInput = (known) => parseInput(call, endpointId, input, known)
  const send = async (resolved: ResolvedBody): Promise<WithResponse<T>> => {
    try {
      return await request<T>(call, endpointId, resolved)
    } catch (error) {
      const explained = await explainRefusal(call, resolved.body, error)
      throw withAdvice(call, explained, (refusal) =>
        endpointId === 'tickets.createWithAi' ? adviceForDraft(refusal) : adviceForTicket(refusal, resolved.body),
      )
    }
  }
  return call.dialect.withIntegration(call, endpointId, parse, send)
}
