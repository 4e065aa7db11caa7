import type { Ticket } from '@ai-ticket-creator/domain'
import type { CallContext } from '../../core/call-context.ts'
import type { WithResponse } from '../../core/result.ts'
import type { Lookup } from '../../legacy/names/name-lookup.ts'
import { parseInput } from '../parse-input.ts'
import { updateTicket } from './update.ts'
import { writeTicket } from './write.ts'

/** Changes a ticket by a route that only legacy backends have. On others, the same change is an update of the ticket. */
export async function changeByRoute(
  call: CallContext,
  lookup: Lookup,
  route: 'tickets.setStatus' | 'tickets.assign',
  id: string,
  input: object,
): Promise<WithResponse<Ticket>> {
  const { body } = parseInput(route, input)
  return (await call.dialect.chooseForWrite(call)) === 'legacy'
    ? writeTicket(call, route, id, { body })
    : updateTicket(call, lookup, id, body)
}
