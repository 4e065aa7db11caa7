import type { JsonObject, Ticket } from '@ai-ticket-creator/domain'
import { CLEARED_BY_PUT } from '@ai-ticket-creator/domain/internal'
import type { CallContext } from '../../core/call-context.ts'
import { announces } from '../../core/capabilities.ts'
import { isEmpty, pick } from '../../core/fields.ts'
import type { WithResponse } from '../../core/result.ts'
import type { RequestInput } from '../../core/sent-request.ts'
import { formatFields } from '../../errors/format-fields.ts'
import { isApiError } from '../../errors/guards.ts'
import { ResponseMismatchError } from '../../errors/response-mismatch-error.ts'
import { changedFields, needsPut, splitForPut } from './plan-update.ts'
import { fieldsIn, retrieveTicket, writeTicket } from './write.ts'

// Writers that conflict by chance need fewer attempts.
const MAX_MERGES = 5

/** Reads the ticket, merges the changes and writes it by PUT. After a version conflict it merges again. */
export async function updateByPut(
  call: CallContext,
  id: string,
  parse: (stored: JsonObject) => JsonObject,
): Promise<WithResponse<Ticket>> {
  for (let merges = 1; ; merges += 1) {
    const stored = await retrieveTicket(call, id)
    const changes = changedFields(parse(fieldsIn(stored)), fieldsIn(stored))
    if (isEmpty(changes)) return stored
    if (!needsPut(changes, { nullByPatch: announces(stored.response, 'patch-null') }))
      return writeTicket(call, 'tickets.update', id, { body: changes, stored: fieldsIn(stored) })

    const written = await putAndPatch(call, id, stored, changes).catch((error: unknown) => {
      if (!isConflict(error) || hasOwnCondition(call) || merges === MAX_MERGES) throw error
    })
    if (written !== undefined) return written
  }
}

/**
 * The header with which a transitional backend clears the fields that are `null` in a PUT; without it, the backend ignores
 * them. Other backends ignore the header.
 */
export const clearingNulls = (body: JsonObject): Record<string, string> =>
  Object.values(body).includes(null) ? { Prefer: 'handling=strict' } : {}

/** The fields that a PUT with this body clears. */
export const clearedBy = (body: JsonObject): string[] => CLEARED_BY_PUT.filter((field) => !Object.hasOwn(body, field))

async function putAndPatch(
  call: CallContext,
  id: string,
  stored: WithResponse<Ticket>,
  changes: JsonObject,
): Promise<WithResponse<Ticket>> {
  // PUT comes first, because the stored fields that it sends may be refused. PATCH sends the changes only.
  const { forPut, forPatch } = splitForPut(changes, { nullByPatch: announces(stored.response, 'patch-null') })
  const written = await putMerged(call, id, stored, forPut)
  return isEmpty(forPatch)
    ? written
    : writeTicket(call, 'tickets.update', id, { body: forPatch, headers: unlessChanged(written) })
}

async function putMerged(
  call: CallContext,
  id: string,
  stored: WithResponse<Ticket>,
  changes: JsonObject,
): Promise<WithResponse<Ticket>> {
  const unchanged = pick(fieldsIn(stored), (field) => CLEARED_BY_PUT.some((cleared) => cleared === field))
  const lost = announces(stored.response, 'partial-put') ? [] : clearedBy({ ...unchanged, ...changes })
  if (lost.length > 0) throw fieldsNotShown(lost, stored)

  const headers = { ...clearingNulls(changes), ...(hasOwnCondition(call) ? {} : unlessChanged(stored)) }
  return writeTicket(call, 'tickets.replace', id, {
    body: changes,
    unchanged,
    stored: fieldsIn(stored),
    headers,
  })
}

const fieldsNotShown = (
  fields: readonly string[],
  { response: { status, requestId } }: WithResponse<Ticket>,
): ResponseMismatchError =>
  new ResponseMismatchError(`the reply lacks ${formatFields(fields)}, which PUT might clear; nothing was written`, {
    endpoint: 'tickets.retrieve',
    status,
    requestId,
  })

const isConflict = (error: unknown): boolean => isApiError(error) && error.status === 412

/** Whether the caller set `If-Match`. */
const hasOwnCondition = ({ options }: CallContext): boolean =>
  Object.keys(options.headers ?? {}).some((name) => name.toLowerCase() === 'if-match')

/**
 * The condition that the ticket has not changed since a reply. It replaces the condition of the caller, which was for the first
 * write.
 */
const unlessChanged = ({ response }: WithResponse<Ticket>): RequestInput['headers'] => ({
  'If-Match': announces(response, 'if-match') ? (response.headers.get('ETag') ?? undefined) : undefined,
})
