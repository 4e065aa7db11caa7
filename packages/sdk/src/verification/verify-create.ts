import type { EndpointId, JsonObject, Ticket } from '@ai-ticket-creator/domain'
import { entitiesIn } from '@ai-ticket-creator/domain/internal'
import type { CallContext } from '../core/call-context.ts'
import type { Exchange, Verified } from '../core/exchange.ts'
import type { WithResponse } from '../core/result.ts'
import type { SentRequest } from '../core/sent-request.ts'
import { isResponseMismatchError, isTicketCreatorError } from '../errors/guards.ts'
import { OutcomeUnknownError } from '../errors/outcome-unknown-error.ts'
import { ResponseMismatchError } from '../errors/response-mismatch-error.ts'
import { type CreateId, isCreate } from './create-endpoints.ts'
import { findCreated, rereadTicket } from './find-created.ts'

interface Creation {
  readonly endpointId: CreateId
  readonly body: JsonObject
}

/**
 * Checks that a create has created one row. When it is not known whether the row was created, the error is an
 * `OutcomeUnknownError`. The outcome of other requests is returned unchanged.
 */
export function verifyCreate(
  call: CallContext,
  { endpointId, input: { body = {} } }: SentRequest,
  exchanged: Exchange,
): Verified {
  if (!isCreate(endpointId)) return exchanged
  const creation = { endpointId, body }
  const { result } = exchanged
  const error =
    result === undefined
      ? exchanged.error
      : (findMissingRow(creation, result) ??
        findDoubleCreation(call, creation, exchanged, result) ??
        findUnknownFiling(call, creation, exchanged, result))
  if (error === undefined) return exchanged
  return { error: mayHaveCreated(exchanged, error) ? outcomeUnknown(call, creation, exchanged, error) : error }
}

function mayHaveCreated({ delivery }: Exchange, error: unknown): boolean {
  if (error instanceof OutcomeUnknownError || !isTicketCreatorError(error)) return false
  // A gateway may have sent a success that cannot be read. A reply with a row that does not match is readable.
  const isUnreadableSuccess =
    isResponseMismatchError(error) &&
    error.status >= 200 &&
    error.status <= 299 &&
    error.mismatches.length === 0 &&
    error.created === undefined
  return delivery === 'in-doubt' || isUnreadableSuccess
}

function outcomeUnknown(
  call: CallContext,
  creation: Creation,
  { attempts }: Exchange,
  cause: unknown,
): OutcomeUnknownError {
  // Always an error of the SDK, so its message is safe to repeat.
  const { message } = cause as Error
  return new OutcomeUnknownError(
    `${message}; it is not known whether the row was created: \`resolve()\` searches for it`,
    { endpoint: creation.endpointId, attempts, cause, find: (signal) => findCreated(call, creation, signal) },
  )
}

/** A reply without a row does not prove a create. */
function findMissingRow(
  { endpointId: endpoint }: Creation,
  { data, response: { status, requestId } }: WithResponse<unknown>,
): ResponseMismatchError | undefined {
  const id = entitiesIn(endpoint, data)?.[0]?.['id']
  if (typeof id === 'string' && id !== '') return undefined
  return new ResponseMismatchError('the reply to the create shows no row', { endpoint, status, requestId })
}

/** The reply shows a row, and an earlier attempt may have created another one. */
function findDoubleCreation(
  call: CallContext,
  creation: Creation,
  { delivery, attempts }: Exchange,
  { data, response: { requestId } }: WithResponse<unknown>,
): OutcomeUnknownError | undefined {
  if (delivery !== 'in-doubt') return undefined
  return new OutcomeUnknownError(
    'the last attempt created a row, and it is not known whether an earlier one created another: `resolve()` searches for both',
    {
      endpoint: creation.endpointId,
      attempts,
      requestId,
      id: String(entitiesIn(creation.endpointId, data)?.[0]?.['id']),
      find: (signal) => findCreated(call, creation, signal),
    },
  )
}

/** The service created the ticket, but the response of the platform was lost, so that the outcome there is unknown. */
function findUnknownFiling(
  call: CallContext,
  { endpointId }: Creation,
  { attempts }: Exchange,
  { data, response }: WithResponse<unknown>,
): OutcomeUnknownError | undefined {
  const ticket = ticketIn(endpointId, data)
  if (ticket?.integration_result?.outcome !== 'unknown') return undefined

  const message = 'the ticket was created, but it is not known whether it reached its platform; see `ticket`'
  return new OutcomeUnknownError(message, {
    endpoint: endpointId,
    attempts,
    requestId: response.requestId,
    ticket,
    find: (signal) => rereadTicket(call, ticket.id, signal),
  })
}

// The fields of replies are not checked; the type is the contract's.
const ticketIn = (endpointId: EndpointId, data: unknown): Ticket | undefined =>
  entitiesIn(endpointId, data)?.[0] as unknown as Ticket | undefined
