import type { JsonObject, Ticket } from '@ai-ticket-creator/domain'
import type { CallContext } from '../../core/call-context.ts'
import type { WithResponse } from '../../core/result.ts'
import type { RequestInput } from '../../core/sent-request.ts'
import { isSilentDropError } from '../../errors/guards.ts'
import { request } from '../../request.ts'
import { explainRefusal } from '../integrations/explain-refusal.ts'
import { adviceForTicket, withAdvice } from './advice.ts'
import { assertNotRounded, hasLongNumber } from './rounded-numbers.ts'

type TicketWrite = 'tickets.update' | 'tickets.replace' | 'tickets.setStatus' | 'tickets.assign'

interface TicketWriteInput extends RequestInput {
  readonly body: JsonObject
  /** Stored fields that are sent beside the changes, so that PUT does not clear them. */
  readonly unchanged?: JsonObject
}

/** Sends a write of a ticket, and records the written fields: a later error of the call lists them. */
export async function writeTicket(
  call: CallContext,
  endpointId: TicketWrite,
  id: string,
  { body, unchanged, ...input }: TicketWriteInput,
): Promise<WithResponse<Ticket>> {
  const { custom_fields: customFields } = body
  if (hasLongNumber(customFields)) {
    const { custom_fields: stored } = input.stored ?? fieldsIn(await retrieveTicket(call, id))
    assertNotRounded('custom_fields', customFields, stored)
  }
  try {
    const complete = { ...unchanged, ...body }
    const written = await request<Ticket>(call, endpointId, { ...input, body: complete, params: { ticket_id: id } })
    call.written.addApplied(Object.keys(body))
    return written
  } catch (error) {
    if (isSilentDropError(error)) {
      const { fields: lost, unverified } = error
      call.written.addApplied(Object.keys(body).filter((field) => ![...lost, ...unverified].includes(field)))
    }
    const explained = await explainRefusal(call, body, error)
    throw withAdvice(call, explained, (refusal) => adviceForTicket(refusal, body))
  }
}

/** The ticket as it is stored. The `If-Match` of the caller is for the write, not for this read. */
export const retrieveTicket = (call: CallContext, id: string): Promise<WithResponse<Ticket>> =>
  request(call, 'tickets.retrieve', { params: { ticket_id: id }, headers: { 'If-Match': undefined } })

/** The fields of a ticket in the current form. */
export const fieldsIn = ({ data }: WithResponse<Ticket>): JsonObject => ({ ...data })
