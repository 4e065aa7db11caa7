import type { Ticket } from '@ai-ticket-creator/domain'
import type { CallContext } from '../../core/call-context.ts'
import { announces } from '../../core/capabilities.ts'
import { isEmpty, pick } from '../../core/fields.ts'
import type { ParseInput, ResolvedBody } from '../../core/parsed-input.ts'
import type { WithResponse } from '../../core/result.ts'
import { type Issue, issueAt } from '../../errors/issue.ts'
import { InvalidRequestError } from '../../errors/request-errors.ts'
import { changedFields, clearsByPatch, isPatchOnly } from '../../resources/tickets/plan-update.ts'
import { fieldsIn, retrieveTicket, writeTicket } from '../../resources/tickets/write.ts'
import type { LegacyContext } from '../legacy-context.ts'
import { withResolvedIntegration } from '../names/resolve-reference.ts'

/** Writes fields of a ticket to a legacy backend, whose PUT keeps absent fields. */
export async function updateOnLegacy(
  legacy: LegacyContext,
  call: CallContext,
  id: string,
  parse: ParseInput,
): Promise<WithResponse<Ticket>> {
  const { body: given } = parse({})
  refuse(Object.keys(given).filter(isMissingOnLegacy))

  // A retrieved ticket may be sent back: fields that equal the stored ones are no change.
  const before = isEmpty(pick(given, (field) => needsComparison(field, given[field])))
    ? undefined
    : await retrieveTicket(call, id)
  // A legacy reply without `files` shows a ticket without attachments.
  const stored = before && { attachments: null, ...fieldsIn(before) }
  const parseChanged: ParseInput = (known) => {
    const { body, name } = parse({ ...known, stored })
    return { name, body: stored === undefined ? body : changedFields(body, stored) }
  }

  return withResolvedIntegration(legacy, call, 'tickets.replace', parseChanged, async (resolved) => {
    refuse(Object.keys(resolved.body).filter((field) => field === 'attachments'))
    if (before !== undefined && isEmpty(resolved.body)) return before
    return before !== undefined && announces(before.response, 'patch-null')
      ? putAndPatchNulls(call, id, resolved)
      : putAndAssign(call, id, resolved)
  })
}

const isMissingOnLegacy = (field: string): boolean => isPatchOnly(field) && field !== 'assignment_reason'

// A legacy PUT ignores attachments and null. It accepts an integration by name only, and the name may not be unique.
const needsComparison = (field: string, value: unknown): boolean =>
  field === 'attachments' || field === 'integration_id' || value === null

/** Clears fields of a transitional backend by PATCH, whose fields have the same names in both generations. */
async function putAndPatchNulls(call: CallContext, id: string, resolved: ResolvedBody): Promise<WithResponse<Ticket>> {
  const forPatch = pick(resolved.body, (field) => clearsByPatch(field, resolved.body[field]))
  const rest = pick(resolved.body, (field) => !Object.hasOwn(forPatch, field))
  if (isEmpty(forPatch)) return putAndAssign(call, id, resolved)
  if (isEmpty(rest)) return writeTicket(call, 'tickets.update', id, { body: forPatch })

  await putAndAssign(call, id, { ...resolved, body: rest })
  // The `If-Match` of the caller was for the first write.
  return writeTicket(call, 'tickets.update', id, { body: forPatch, headers: { 'If-Match': undefined } })
}

/** A legacy PUT has no field for the reason of an assignment, and cannot unassign; the route for assignments can. */
async function putAndAssign(
  call: CallContext,
  id: string,
  { body, sentIntegrationName }: ResolvedBody,
): Promise<WithResponse<Ticket>> {
  const usesRoute = Object.hasOwn(body, 'assignment_reason') || body['assigned_to_id'] === null
  const forAssign = usesRoute ? pick(body, isOfAssign) : {}
  const forPut = pick(body, (field) => !Object.hasOwn(forAssign, field))
  if (isEmpty(forAssign)) return writeTicket(call, 'tickets.replace', id, { body: forPut, sentIntegrationName })
  if (isEmpty(forPut)) return writeTicket(call, 'tickets.assign', id, { body: forAssign })

  await writeTicket(call, 'tickets.replace', id, { body: forPut, sentIntegrationName })
  // The `If-Match` of the caller was for the first write.
  return writeTicket(call, 'tickets.assign', id, { body: forAssign, headers: { 'If-Match': undefined } })
}

const isOfAssign = (field: string): boolean => ['assigned_to_id', 'assignment_reason'].includes(field)

function refuse(fields: readonly string[]): void {
  if (fields.length > 0) throw new InvalidRequestError(fields.map(notChangeable))
}

const notChangeable = (field: string): Issue =>
  issueAt(['body', field], `\`${field}\` cannot be changed on a legacy backend; leave it out`)
