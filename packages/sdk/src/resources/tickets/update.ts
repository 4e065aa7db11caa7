import type { Ticket } from '@ai-ticket-creator/domain'
import type { CallContext } from '../../core/call-context.ts'
import { announces } from '../../core/capabilities.ts'
import type { ReplacedResponse, WithResponse } from '../../core/result.ts'
import { isEmptyValue } from '../../verification/same-value.ts'
import type { Lookup } from '../../legacy/names/name-lookup.ts'
import { withResolvedIntegration } from '../../legacy/names/resolve-reference.ts'
import { type KnownFacts, type ParsedInput, parseInput } from '../parse-input.ts'
import { clearedBy, clearingNulls, updateByPut } from './merge-put.ts'
import { dropNullNames, hasBothSpellings, parseChanges } from './parse-changes.ts'
import { needsPut } from './plan-update.ts'
import { updateOnLegacy } from '../../legacy/tickets/update-ticket.ts'
import { fieldsIn, retrieveTicket, writeTicket } from './write.ts'

/** Changes some fields of a ticket: by PATCH where it can express the change, otherwise by PUT. */
export async function updateTicket(
  call: CallContext,
  lookup: Lookup,
  id: string,
  input: unknown,
): Promise<WithResponse<Ticket>> {
  const changes = dropNullNames(input)
  const parse = (known: KnownFacts): ParsedInput => parseChanges(changes, known)
  if ((await call.dialect.chooseForWrite(call)) === 'legacy') return updateOnLegacy(call, lookup, id, parse)

  return withResolvedIntegration(call, lookup, await withStored(call, id, changes, parse), async ({ body }) => {
    if (!needsPut(body)) return writeTicket(call, 'tickets.update', id, { body })
    const known = typeof body['integration_id'] === 'string' ? { integrationId: body['integration_id'] } : {}
    return updateByPut(call, id, (stored) => parse({ ...known, stored }).body)
  })
}

/** Writes a ticket by PUT, and reports which fields that may have cleared. */
export async function replaceTicket(
  call: CallContext,
  lookup: Lookup,
  id: string,
  input: unknown,
): Promise<ReplacedResponse<Ticket>> {
  const ticket = dropNullNames(input)
  const parse = (known: KnownFacts): ParsedInput => parseInput('tickets.replace', ticket, known)
  if ((await call.dialect.chooseForWrite(call)) === 'legacy')
    return { ...(await updateOnLegacy(call, lookup, id, parse)), cleared: [] }

  return withResolvedIntegration(call, lookup, await withStored(call, id, ticket, parse), async ({ body }) => {
    const written = await writeTicket(call, 'tickets.replace', id, { body, headers: clearingNulls(body) })
    const cleared = announces(written.response, 'partial-put') ? [] : clearedBy(body)
    // A field that the reply shows was not cleared.
    return { ...written, cleared: cleared.filter((field) => isEmptyValue(fieldsIn(written)[field])) }
  })
}

/** Gives the parser the stored ticket if the input has both spellings of a field: only that shows which one was changed. */
async function withStored(
  call: CallContext,
  id: string,
  input: unknown,
  parse: (known: KnownFacts) => ParsedInput,
): Promise<typeof parse> {
  if (!hasBothSpellings(input)) return parse
  const stored = fieldsIn(await retrieveTicket(call, id))
  return (known) => parse({ ...known, stored })
}
