import type { EndpointId, JsonObject, Ticket } from '@ai-ticket-creator/domain'
import { type Given, request } from './call.ts'
import { shownOf } from './echo.ts'
import { SilentDropError } from './errors.ts'
import { inWords } from './fields.ts'
import type { Call } from './perform.ts'
import type { WithResponse } from './result.ts'

type Write = 'tickets.update' | 'tickets.replace' | 'tickets.setStatus' | 'tickets.assign'

interface Changes extends Given {
  readonly body: JsonObject
  /** What is sent beside the changes so that it stays as it is. */
  readonly kept?: JsonObject
}

/** Sends a write of a ticket, and sees to it that what was to be cleared is. */
export async function write(
  call: Call,
  endpointId: Write,
  id: string,
  { body, kept, ...given }: Changes,
): Promise<WithResponse<Ticket>> {
  const whole = { ...kept, ...body }
  const written = await request<Ticket>(call, endpointId, { ...given, body: whole, params: { ticket_id: id } })

  // Backends that take `null` for "not given" leave the field alone (CONTRACT §3.2, G0 and C1; §3.4).
  const shown = fieldsIn(written)
  const fields = Object.keys(body).filter((field) => body[field] === null && isThere(shownOf(shown, field)))
  call.done.applied = [...call.done.applied, ...Object.keys(body).filter((field) => !fields.includes(field))]
  if (fields.length > 0) throw notCleared(endpointId, id, fields, written)
  return written
}

/** The ticket as it is stored. A condition of the caller is about what is written, not about what is read. */
export const retrieveTicket = (call: Call, id: string): Promise<WithResponse<Ticket>> =>
  request(call, 'tickets.retrieve', { params: { ticket_id: id }, headers: { 'If-Match': undefined } })

/** The fields of a ticket in the current form. */
export const fieldsIn = ({ data }: WithResponse<Ticket>): JsonObject => ({ ...data })

const isThere = (value: unknown): boolean =>
  value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0)

function notCleared(
  endpoint: EndpointId,
  id: string,
  fields: readonly string[],
  { response: { requestId } }: WithResponse<Ticket>,
): SilentDropError {
  const message = `the backend accepted null for ${inWords(fields)} and did not clear it`
  return new SilentDropError(message, { endpoint, fields, id, requestId })
}
