import type { EndpointId, JsonObject, Ticket } from '@ai-ticket-creator/domain'
import { entitiesIn } from '@ai-ticket-creator/domain/internal'
import type { CallContext } from '../core/context.ts'
import type { WithResponse } from '../core/result.ts'
import { isApiError, isConnectionError, isTimeoutError } from '../errors/guards.ts'
import { OutcomeUnknownError } from '../errors/outcome-unknown-error.ts'
import type { CreateId } from './create-endpoints.ts'
import { findCreated, type RequestFunction, rereadTicket } from './find-created.ts'

/** What is to be created, and how to read what exists. */
interface Creation {
  readonly endpointId: CreateId
  readonly body: JsonObject
  readonly request: RequestFunction
}

/**
 * Sends a create. When it is not known whether the row was created, that is an error of its own.
 *
 * @throws OutcomeUnknownError
 */
export async function sendCreate<T>(
  call: CallContext,
  creation: Creation,
  send: () => Promise<WithResponse<T>>,
): Promise<WithResponse<T>> {
  call.lost = (cause) => outcomeUnknown(call, creation, cause)
  try {
    const created = await send()
    assertFilingKnown(call, creation, created)
    return created
  } catch (error) {
    const isSdkError = isConnectionError(error) || isTimeoutError(error) || isApiError(error)
    throw call.unsure && isSdkError ? call.lost(error) : error
  } finally {
    call.lost = undefined
  }
}

function outcomeUnknown(call: CallContext, creation: Creation, cause: unknown): OutcomeUnknownError {
  // Always an error of the SDK, so its message is safe to repeat.
  const { message } = cause as Error
  return new OutcomeUnknownError(
    `${message}; it is not known whether the row was created: \`resolve()\` searches for it`,
    {
      endpoint: creation.endpointId,
      attempts: call.attempts,
      cause,
      find: (signal) => findCreated(call, creation, signal),
    },
  )
}

/** The service created the ticket but does not know whether the platform did: its answer was lost. */
function assertFilingKnown(
  call: CallContext,
  { endpointId, request }: Creation,
  { data, response }: WithResponse<unknown>,
): void {
  const ticket = ticketIn(endpointId, data)
  if (ticket?.integration_result?.outcome !== 'unknown') return

  const message = 'the ticket was created, but it is not known whether it reached its platform; see `ticket`'
  throw new OutcomeUnknownError(message, {
    endpoint: endpointId,
    attempts: call.attempts,
    requestId: response.requestId,
    ticket,
    find: (signal) => rereadTicket(call, request, ticket.id, signal),
  })
}

// The fields of replies are not checked; the type is the contract's.
const ticketIn = (endpointId: EndpointId, data: unknown): Ticket | undefined =>
  entitiesIn(endpointId, data)?.[0] as unknown as Ticket | undefined
