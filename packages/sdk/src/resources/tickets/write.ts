import type { JsonObject, Ticket } from '@ai-ticket-creator/domain'
import type { WithResponse } from '../../core/result.ts'
import type { Call } from '../../core/run-call.ts'
import { isSilentDropError } from '../../errors/base.ts'
import { type Given, request } from '../../request.ts'

type Write = 'tickets.update' | 'tickets.replace' | 'tickets.setStatus' | 'tickets.assign'

interface Changes extends Given {
  readonly body: JsonObject
  /** What is sent beside the changes so that it stays as it is. */
  readonly kept?: JsonObject
}

/** Sends a write of a ticket, and keeps in mind what of it is written. */
export async function write(
  call: Call,
  endpointId: Write,
  id: string,
  { body, kept, ...given }: Changes,
): Promise<WithResponse<Ticket>> {
  const isWritten = (lost: readonly string[]): void => {
    call.done.applied = [...call.done.applied, ...Object.keys(body).filter((field) => !lost.includes(field))]
  }
  try {
    const whole = { ...kept, ...body }
    const written = await request<Ticket>(call, endpointId, { ...given, body: whole, params: { ticket_id: id } })
    isWritten([])
    return written
  } catch (error) {
    if (isSilentDropError(error)) isWritten(error.fields)
    throw error
  }
}

/** The ticket as it is stored. A condition of the caller is about what is written, not about what is read. */
export const retrieveTicket = (call: Call, id: string): Promise<WithResponse<Ticket>> =>
  request(call, 'tickets.retrieve', { params: { ticket_id: id }, headers: { 'If-Match': undefined } })

/** The fields of a ticket in the current form. */
export const fieldsIn = ({ data }: WithResponse<Ticket>): JsonObject => ({ ...data })
