import type { JsonObject } from '@ai-ticket-creator/domain'
import type { CallContext } from '../../core/call-context.ts'
import type { ApiError } from '../../errors/api-error.ts'
import { formatFields } from '../../errors/format-fields.ts'
import { isApiError, isOutcomeUnknownError } from '../../errors/guards.ts'

/** Adds advice to the message of an error from an existing backend, which leaves out why it refuses a request. */
export function withAdvice(
  { state }: CallContext,
  error: unknown,
  adviceFor: (refusal: ApiError) => string | undefined,
): unknown {
  const refusal = isOutcomeUnknownError(error) ? error.cause : error
  // Existing backends announce no capabilities.
  if (!isApiError(refusal) || state.backend.capabilities.length > 0) return error

  const advice = adviceFor(refusal)
  if (advice === undefined) return error
  // It is an `OutcomeUnknownError` or an `ApiError`, and both extend `Error`.
  const { message } = error as Error
  return Object.assign(error as Error, { message: `${message}; ${advice}` })
}

/** What an existing backend means by its refusal of a ticket (existing backend: error texts, update a ticket). */
export function adviceForTicket({ status, message }: ApiError, body: JsonObject): string | undefined {
  if (status === 500 && typeof body['assigned_to_id'] === 'string')
    return 'existing backends answer 500 if no user has the id in `assigned_to_id`'
  // The backend counts only the fields that it has.
  if (status === 400 && message.includes('At least one field must be provided'))
    return `the backend cannot change ${formatFields(Object.keys(body))} of a ticket`
  return undefined
}

/** Existing backends never draft a ticket (existing backend: create a ticket with AI). */
export const adviceForDraft = ({ status }: ApiError): string | undefined =>
  [400, 500].includes(status)
    ? 'existing backends cannot draft tickets: create the ticket with `tickets.create`'
    : undefined
