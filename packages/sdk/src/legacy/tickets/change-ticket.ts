import type { JsonObject } from '@ai-ticket-creator/domain'
import { changesAccepting, isJsonObject } from '@ai-ticket-creator/domain/internal'
import type { CallContext, ChangedTicket, TicketChange } from '../../core/call-context.ts'
import { isEmpty, pick } from '../../core/fields.ts'
import type { ParseInput } from '../../core/parsed-input.ts'
import { type Issue, issueAt } from '../../errors/issue.ts'
import { InvalidRequestError } from '../../errors/request-errors.ts'
import { fieldsIn, retrieveTicket, writeTicket } from '../../resources/tickets/write.ts'
import type { LegacyContext } from '../legacy-context.ts'
import { withResolvedIntegration } from '../names/resolve-reference.ts'
import { isNotGiven } from '../not-given.ts'
import { updateOnLegacy } from './update-on-legacy.ts'

/**
 * Changes a ticket, given with old or new names. A legacy backend gets a PUT, or a request to the route for the status or the
 * assignment.
 */
export async function changeTicket(
  legacy: LegacyContext,
  call: CallContext,
  { id, endpointId, input, parse, write }: TicketChange,
): Promise<ChangedTicket> {
  const changes = dropNullNames(input)
  const parseChanges: ParseInput = (known) => parse(changes, known)
  if ((await call.dialect.chooseForWrite(call)) === 'legacy')
    return isRoute(endpointId)
      ? writeTicket(call, endpointId, id, { body: parseChanges({}).body })
      : updateOnLegacy(legacy, call, id, parseChanges)

  const parseWithStored = await withStored(call, id, changes, parseChanges)
  return withResolvedIntegration(legacy, call, endpointId, parseWithStored, ({ body }) => {
    const known = typeof body['integration_id'] === 'string' ? { integrationId: body['integration_id'] } : {}
    return write(body, (more) => parseWithStored({ ...known, ...more }))
  })
}

const isRoute = (endpointId: TicketChange['endpointId']): endpointId is 'tickets.setStatus' | 'tickets.assign' =>
  endpointId === 'tickets.setStatus' || endpointId === 'tickets.assign'

/** Reads the stored ticket if the input has both names of a field: only the stored value shows which one was changed. */
async function withStored(call: CallContext, id: string, input: unknown, parse: ParseInput): Promise<ParseInput> {
  if (!hasBothSpellings(input)) return parse
  const stored = fieldsIn(await retrieveTicket(call, id))
  return (known) => parse({ stored, ...known })
}

/** Whether the input has a field under its old and its new name. If they disagree, the stored ticket decides. */
const hasBothSpellings = (input: unknown): boolean =>
  isJsonObject(input) &&
  (['tickets.create', 'tickets.replace'] as const)
    .flatMap(oldNamesIn)
    .some(([old, replacement]) => input[old] !== undefined && input[replacement] !== undefined)

/**
 * Removes null under an old name of `integration_id`, which means "not given" (existing backend: ticket replies).
 *
 * @throws InvalidRequestError when the input has no other fields.
 */
function dropNullNames(input: unknown): unknown {
  if (!isJsonObject(input)) return input
  const nullNames = oldNamesIn('tickets.replace')
    .filter(([old, replacement]) => input[old] === null && isNotGiven(replacement, null))
    .map(([old]) => old)
  if (nullNames.length === 0) return input

  const others: JsonObject = pick(input, (field) => !nullNames.includes(field))
  if (isEmpty(others)) throw new InvalidRequestError(nullNames.map(notClearing))
  return others
}

const notClearing = (field: string): Issue =>
  issueAt(
    ['body', field],
    `null in \`${field}\` changes nothing; to clear the integration, send \`integration_id: null\``,
  )

const oldNamesIn = (
  endpointId: 'tickets.create' | 'tickets.replace',
): (readonly [old: string, replacement: string])[] =>
  changesAccepting(endpointId, 'body').flatMap(({ retired }) =>
    Object.entries(retired).map(([old, { replacement }]) => [old, replacement] as const),
  )
