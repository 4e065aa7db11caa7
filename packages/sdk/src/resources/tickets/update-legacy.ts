import type { Ticket } from '@ai-ticket-creator/domain'
import { isEmpty, pick } from '../../core/fields.ts'
import type { WithResponse } from '../../core/result.ts'
import type { Call } from '../../core/run-call.ts'
import { InvalidRequestError, type Issue, issueAt } from '../../errors/base.ts'
import type { Lookup } from '../integrations/name-lookup.ts'
import { type Named, sendNaming } from '../integrations/resolve-reference.ts'
import type { Known, ReadInput } from '../parse-input.ts'
import { isPatchOnly, notStored } from './plan-update.ts'
import { fieldsIn, retrieveTicket, write } from './write.ts'

/** Writes some or all fields of a ticket to a legacy backend, whose PUT leaves absent ones alone. */
export async function writeOnLegacy(
  call: Call,
  lookup: Lookup,
  id: string,
  read: (known: Known) => ReadInput,
): Promise<WithResponse<Ticket>> {
  const { body: given } = read({})
  refuse(Object.keys(given).filter(isUnknown))

  // A retrieved ticket may be sent back: what is as stored is no change.
  const before = isEmpty(pick(given, needsComparing)) ? undefined : await retrieveTicket(call, id)
  const stored = before && fieldsIn(before)
  const readDifferent = (known: Known): ReadInput => {
    const { body, name } = read({ ...known, stored })
    return { name, body: stored === undefined ? body : notStored(body, stored) }
  }

  return sendNaming(call, lookup, readDifferent, async (named) => {
    refuse(Object.keys(named.body).filter((field) => field === 'attachments'))
    return before !== undefined && isEmpty(named.body) ? before : putAndAssign(call, id, named)
  })
}

const isUnknown = (field: string): boolean => isPatchOnly(field) && field !== 'assignment_reason'

// Its PUT ignores attachments, and takes an integration by name only, which not every integration has for itself.
const needsComparing = (field: string): boolean => field === 'attachments' || field === 'integration_id'

/** PUT has no word for the reason of an assignment; the old route has. */
async function putAndAssign(call: Call, id: string, { body, integrationName }: Named): Promise<WithResponse<Ticket>> {
  const forAssign = Object.hasOwn(body, 'assignment_reason') ? pick(body, isOfAssign) : {}
  const forPut = pick(body, (field) => !Object.hasOwn(forAssign, field))
  if (isEmpty(forAssign)) return write(call, 'tickets.replace', id, { body: forPut, integrationName })
  if (isEmpty(forPut)) return write(call, 'tickets.assign', id, { body: forAssign })

  await write(call, 'tickets.replace', id, { body: forPut, integrationName })
  // A condition of the caller was about the first write.
  return write(call, 'tickets.assign', id, { body: forAssign, headers: { 'If-Match': undefined } })
}

const isOfAssign = (field: string): boolean => ['assigned_to_id', 'assignment_reason'].includes(field)

function refuse(fields: readonly string[]): void {
  if (fields.length > 0) throw new InvalidRequestError(fields.map(noWord))
}

const noWord = (field: string): Issue =>
  issueAt(['body', field], `\`${field}\` can not be changed on a legacy backend; leave it out`)
