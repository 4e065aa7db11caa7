import type { EndpointId, JsonObject, Ticket } from '@ai-ticket-creator/domain'
import { entitiesIn } from '@ai-ticket-creator/domain/internal'
import type { CallContext } from '../core/context.ts'
import type { WithResponse } from '../core/result.ts'
import type { TicketCreatorError } from '../errors/base.ts'
import { isOutcomeUnknownError, isResponseMismatchError, isTicketCreatorError } from '../errors/guards.ts'
import { OutcomeUnknownError } from '../errors/outcome-unknown-error.ts'
import { ResponseMismatchError } from '../errors/response-mismatch-error.ts'
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
  call.outcomeUnknown = (cause) => outcomeUnknown(call, creation, cause)
  try {
    const created = await send()
    assertCreatedOnce(call, creation, created)
    assertFilingKnown(call, creation, created)
    return created
  } catch (error) {
    if (isOutcomeUnknownError(error) || !isTicketCreatorError(error)) throw error
    throw call.isInDoubt || isUnreadableSuccess(error) ? call.outcomeUnknown(error) : error
  } finally {
    call.outcomeUnknown = undefined
  }
}

// A gateway may have sent it. Under strict validation a reply with a row that does not match is readable.
const isUnreadableSuccess = (error: TicketCreatorError): boolean =>
  isResponseMismatchError(error) && error.status >= 200 && error.status <= 299 && error.mismatches.length === 0

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

/** A reply without a row does not prove a create. With a row, an earlier attempt may have created another one. */
function assertCreatedOnce(
  call: CallContext,
  creation: Creation,
  { data, response: { status, requestId } }: WithResponse<unknown>,
): void {
  const { endpointId: endpoint } = creation
  const id = entitiesIn(endpoint, data)?.[0]?.['id']
  if (typeof id !== 'string' || id === '')
    throw new ResponseMismatchError('the reply to the create shows no row', { endpoint, status, requestId })
  if (!call.isInDoubt) return

  throw new OutcomeUnknownError(
    'the last attempt created a row, and it is not known whether an earlier one created another: `resolve()` searches for both',
    {
      endpoint,
      attempts: call.attempts,
      requestId,
      id,
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
