import type { JsonObject, Ticket } from '@ai-ticket-creator/domain'
import { CLEARED_BY_PUT } from '@ai-ticket-creator/domain/internal'
import type { CallContext } from '../../core/context.ts'
import { isEmpty, pick } from '../../core/fields.ts'
import type { ReplacedResponse, WithResponse } from '../../core/result.ts'
import { formatFields } from '../../errors/format-fields.ts'
import { isApiError } from '../../errors/guards.ts'
import { ResponseMismatchError } from '../../errors/response-mismatch-error.ts'
import { announces } from '../../negotiation/capabilities.ts'
import { resolveWriteGeneration } from '../../negotiation/choose-generation.ts'
import type { RequestInput } from '../../negotiation/encode-request.ts'
import type { Lookup } from '../integrations/name-lookup.ts'
import { withResolvedIntegration } from '../integrations/resolve-reference.ts'
import { type KnownFacts, type ParsedInput, parseInput } from '../parse-input.ts'
import { changedFields, dropNullRouting, hasBothSpellings, isPatchOnly, needsPut, readChanges } from './plan-update.ts'
import { updateOnLegacy } from './update-legacy.ts'
import { fieldsIn, retrieveTicket, write } from './write.ts'

/** Changes some fields of a ticket, by whatever its backend needs for them. */
export async function updateTicket(
  call: CallContext,
  lookup: Lookup,
  id: string,
  input: unknown,
): Promise<WithResponse<Ticket>> {
  const given = dropNullRouting(input)
  const read = (known: KnownFacts): ParsedInput => readChanges(given, known)
  if ((await resolveWriteGeneration(call)) === 'legacy') return updateOnLegacy(call, lookup, id, read)

  return withResolvedIntegration(call, lookup, await decided(call, id, given, read), async ({ body }) => {
    if (!needsPut(body)) return write(call, 'tickets.update', id, { body })
    const integrationId = textIn(body, 'integration_id')
    return updateByPut(call, id, (stored) => read({ integrationId, stored }).body)
  })
}

/** Writes a ticket as it is given, and tells which fields that may have cleared. */
export async function replaceTicket(
  call: CallContext,
  lookup: Lookup,
  id: string,
  input: unknown,
): Promise<ReplacedResponse<Ticket>> {
  const given = dropNullRouting(input)
  const read = (known: KnownFacts): ParsedInput => parseInput('tickets.replace', given, known)
  if ((await resolveWriteGeneration(call)) === 'legacy')
    return { ...(await updateOnLegacy(call, lookup, id, read)), cleared: [] }

  return withResolvedIntegration(call, lookup, await decided(call, id, given, read), async ({ body }) => {
    const written = await write(call, 'tickets.replace', id, { body })
    return { ...written, cleared: announces(written.response, 'partial-put') ? [] : absentOf(body) }
  })
}

/** Reads with the stored ticket where both spellings of a field are there, which only that can decide between. */
async function decided(
  call: CallContext,
  id: string,
  input: unknown,
  read: (known: KnownFacts) => ParsedInput,
): Promise<typeof read> {
  if (!hasBothSpellings(input)) return read
  const stored = fieldsIn(await retrieveTicket(call, id))
  return (known) => read({ ...known, stored })
}

const absentOf = (body: JsonObject): string[] => CLEARED_BY_PUT.filter((field) => !Object.hasOwn(body, field))

// Enough for writers that meet by chance; with more of them somebody has to wait.
const MERGES_AT_MOST = 5

/** Reads, merges and writes the whole, so that nothing is lost that was not to be changed. */
async function updateByPut(
  call: CallContext,
  id: string,
  read: (stored: JsonObject) => JsonObject,
): Promise<WithResponse<Ticket>> {
  for (let merges = 1; ; merges += 1) {
    const stored = await retrieveTicket(call, id)
    const changes = changedFields(read(fieldsIn(stored)), fieldsIn(stored))
    if (isEmpty(changes)) return stored
    if (!needsPut(changes)) return write(call, 'tickets.update', id, { body: changes })

    const written = await putAndPatch(call, id, stored, changes).catch((error: unknown) => {
      if (!isConflict(error) || hasOwnCondition(call) || merges === MERGES_AT_MOST) throw error
    })
    if (written !== undefined) return written
  }
}

async function putAndPatch(
  call: CallContext,
  id: string,
  stored: WithResponse<Ticket>,
  changes: JsonObject,
): Promise<WithResponse<Ticket>> {
  // PUT comes first: it is the one that may be refused for what is stored. What follows is PATCH's alone.
  const [forPut, forPatch] = split(changes)
  const written = await putMerged(call, id, stored, forPut)
  return isEmpty(forPatch)
    ? written
    : write(call, 'tickets.update', id, { body: forPatch, headers: unlessChanged(written) })
}

/** A reason belongs to its assignment, so both go where the reason can be said; else PUT says all that it can. */
function split(changes: JsonObject): [forPut: JsonObject, forPatch: JsonObject] {
  const withReason = ['assignment_reason', 'assigned_to_id'].every((field) => textIn(changes, field) !== undefined)
  const byPatch = (field: string): boolean => isPatchOnly(field) || (withReason && field === 'assigned_to_id')
  return [pick(changes, (field) => !byPatch(field)), pick(changes, byPatch)]
}

async function putMerged(
  call: CallContext,
  id: string,
  stored: WithResponse<Ticket>,
  changes: JsonObject,
): Promise<WithResponse<Ticket>> {
  const kept = pick(fieldsIn(stored), (field) => CLEARED_BY_PUT.some((wipeable) => wipeable === field))
  const lost = announces(stored.response, 'partial-put') ? [] : absentOf({ ...kept, ...changes })
  if (lost.length > 0) throw notShown(lost, stored)

  const condition = hasOwnCondition(call) ? {} : { headers: unlessChanged(stored) }
  return write(call, 'tickets.replace', id, { body: changes, kept, ...condition })
}

const notShown = (
  fields: readonly string[],
  { response: { status, requestId } }: WithResponse<Ticket>,
): ResponseMismatchError =>
  new ResponseMismatchError(
    `the ticket is shown without ${formatFields(fields)}, which PUT might clear; nothing was written`,
    { endpoint: 'tickets.retrieve', status, requestId },
  )

const isConflict = (error: unknown): boolean => isApiError(error) && error.status === 412

/** Whether the caller has said himself which version is to be written over. */
const hasOwnCondition = ({ options }: CallContext): boolean =>
  Object.keys(options.headers ?? {}).some((name) => name.toLowerCase() === 'if-match')

/** The condition that nobody has written since. It takes the place of the caller's, which was about the first write. */
const unlessChanged = ({ response }: WithResponse<Ticket>): RequestInput['headers'] => ({
  'If-Match': announces(response, 'if-match') ? (response.headers.get('ETag') ?? undefined) : undefined,
})

function textIn(object: JsonObject, field: string): string | undefined {
  const value = object[field]
  return typeof value === 'string' ? value : undefined
}
