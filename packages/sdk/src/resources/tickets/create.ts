import type { CallContext } from '../../core/call-context.ts'
import type { WithResponse } from '../../core/result.ts'
import { isApiError, isOutcomeUnknownError } from '../../errors/guards.ts'
import { request } from '../../request.ts'
import { explainRefusal } from '../integrations/explain-refusal.ts'
import { parseInput } from '../parse-input.ts'

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
        throw endpointId === 'tickets.createWithAi' ? withDraftAdvice(call, explained) : explained
      }),
  )

/** Existing backends never draft a ticket (existing backend: create a ticket with AI). The message names the alternative. */
function withDraftAdvice({ state }: CallContext, error: unknown): unknown {
  const failure = isOutcomeUnknownError(error) ? error.cause : error
  const isRefused = isApiError(failure) && [400, 500].includes(failure.status)
  if (!isRefused || state.backend.capabilities.length > 0) return error
  // Both classes are errors of this package, so they have a message.
  const { message } = error as Error
  return Object.assign(error as Error, { message: `${message}; ${DRAFT_ADVICE}` })
}

const DRAFT_ADVICE = 'deployed backends cannot draft tickets: create the ticket with `tickets.create`'
