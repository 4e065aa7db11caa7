import type { JsonObject, Ticket } from '@ai-ticket-creator/domain'
import type { CallContext, ChangedTicket, TicketChange } from '../../core/call-context.ts'
import { announces } from '../../core/capabilities.ts'
import type { ParseInput } from '../../core/parsed-input.ts'
import type { ReplacedResponse, WithResponse } from '../../core/result.ts'
import { isEmptyValue } from '../../verification/same-value.ts'
import { parseInput } from '../parse-input.ts'
import { clearedBy, clearingNulls, updateByPut } from './merge-put.ts'
import { parseChanges } from './parse-changes.ts'
import { needsPut } from './plan-update.ts'
import { fieldsIn, writeTicket } from './write.ts'

/** Changes some fields of a ticket: by PATCH where it can express the change, otherwise by PUT. */
export const updateTicket = (
  call: CallContext,
  id: string,
  input: unknown,
  endpointId: TicketChange['endpointId'] = 'tickets.update',
): Promise<WithResponse<Ticket>> =>
  call.dialect.changeTicket(call, {
    id,
    endpointId,
    input,
    parse: (changes, known) => parseChanges(call, changes, known),
    write: (body, parse) => patchOrPut(call, id, body, parse),
  })

/** Changes the status or the assignment. `input`: its fields have the names of the options of the method. */
export function changeByRoute(
  call: CallContext,
  endpointId: 'tickets.setStatus' | 'tickets.assign',
  id: string,
  input: object,
): Promise<WithResponse<Ticket>> {
  const { reason, ...body } = parseInput(call, endpointId, input).body
  return updateTicket(call, id, reason === undefined ? body : { ...body, assignment_reason: reason }, endpointId)
}

/** Writes a ticket by PUT, and reports the fields that the PUT may have cleared. */
export async function replaceTicket(call: CallContext, id: string, input: unknown): Promise<ReplacedResponse<Ticket>> {
  const written = await call.dialect.changeTicket(call, {
    id,
    endpointId: 'tickets.replace',
    input,
    parse: (ticket, known) => parseInput(call, 'tickets.replace', ticket, known),
    write: (body) => put(call, id, body),
  })
  return { cleared: [], ...written }
}

function patchOrPut(call: CallContext, id: string, body: JsonObject, parse: ParseInput): Promise<WithResponse<Ticket>> {
  if (!needsPut(body)) return writeTicket(call, 'tickets.update', id, { body })
  return updateByPut(call, id, (stored) => parse({ stored }).body)
}

async function put(call: CallContext, id: string, body: JsonObject): Promise<ChangedTicket> {
  const written = await writeTicket(call, 'tickets.replace', id, { body, headers: clearingNulls(body) })
  const cleared = announces(written.response, 'partial-put') ? [] : clearedBy(body)
  // A field that the reply shows was not cleared.
  return { ...written, cleared: cleared.filter((field) => isEmptyValue(fieldsIn(written)[field])) }
}
