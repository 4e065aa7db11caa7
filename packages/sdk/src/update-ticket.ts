import {
  acceptedChangesOf,
  type EndpointId,
  fieldsOf,
  isJsonObject,
  type JsonObject,
  ReplaceTicket,
  sameJson,
  type Ticket,
  UpdateTicket,
} from '@ai-ticket-creator/domain'
import { type Given, request } from './call.ts'
import {
  afterWriting,
  InvalidRequestError,
  type Issue,
  isApiError,
  isInvalidRequestError,
  ResponseMismatchError,
  SilentDropError,
} from './errors.ts'
import type { Lookup } from './lookup.ts'
import { type Named, sendNaming } from './naming.ts'
import type { Call } from './perform.ts'
import { type Known, type ReadInput, readInput } from './read-input.ts'
import { announces, type ReplacedResponse, type WithResponse } from './result.ts'

// How existing backends write a ticket (CONTRACT §3.2, §3.3); ours has none of these traps.

/** The fields that PUT of an existing backend clears when they are absent. */
export const WIPEABLE = [
  'assigned_to_id',
  'department',
  'resolution_summary',
  'internal_notes',
  'custom_fields',
  'attachments',
] as const satisfies readonly (keyof ReplaceTicket & keyof Ticket)[]

/** The lengths beyond which PATCH of an existing backend refuses what PUT takes. */
const PATCH_AT_MOST: ReadonlyMap<string, number> = new Map([
  ['title', 200],
  ['description', 10_000],
])

const putFields = fieldsOf(ReplaceTicket)
const patchFields = fieldsOf(UpdateTicket)
const isPatchOnly = (field: string): boolean => patchFields.includes(field) && !putFields.includes(field)
const isPutOnly = (field: string): boolean => putFields.includes(field) && !patchFields.includes(field)

/** Changes some fields of a ticket, by whatever its backend needs for them. */
export async function updateTicket(
  call: Call,
  lookup: Lookup,
  id: string,
  input: unknown,
): Promise<WithResponse<Ticket>> {
  const read = (known: Known): ReadInput => readChanges(input, known)
  if (call.settings.generation === 'legacy') return writeOnLegacy(call, lookup, id, input, read)

  const stored = saysTwice(input) ? fieldsIn(await retrieveTicket(call, id)) : undefined
  return sendNaming(
    call,
    lookup,
    (known) => read({ ...known, stored }),
    async ({ body }) => {
      if (!needsPut(body)) return write(call, 'tickets.update', id, { body })
      const integrationId = textIn(body, 'integration_id')
      return updateByPut(call, id, (now) => read({ integrationId, stored: now }).body)
    },
  )
}

/** Writes a ticket as it is given, and tells which fields that may have cleared. */
export async function replaceTicket(
  call: Call,
  lookup: Lookup,
  id: string,
  input: unknown,
): Promise<ReplacedResponse<Ticket>> {
  const read = (known: Known): ReadInput => readInput('tickets.replace', input, known)
  if (call.settings.generation === 'legacy')
    return { ...(await writeOnLegacy(call, lookup, id, input, read)), cleared: [] }

  return sendNaming(call, lookup, read, async ({ body }) => {
    const written = await write(call, 'tickets.replace', id, { body })
    const leavesAlone = announces(written.response, 'partial-put')
    return { ...written, cleared: leavesAlone ? [] : WIPEABLE.filter((field) => !Object.hasOwn(body, field)) }
  })
}

/** Sends a write of a ticket, and sees to it that what was to be cleared is. */
export async function write(
  call: Call,
  endpointId: 'tickets.update' | 'tickets.replace' | 'tickets.setStatus' | 'tickets.assign',
  id: string,
  { body, ...given }: Given & { readonly body: JsonObject },
): Promise<WithResponse<Ticket>> {
  const written = await request<Ticket>(call, endpointId, { ...given, body, params: { ticket_id: id } })

  // Backends that take `null` for "not given" leave the field alone (CONTRACT §3.2, G0 and C1; §3.4).
  const fields = Object.keys(body).filter((field) => body[field] === null && isThere(field, fieldsIn(written)))
  if (fields.length === 0) return written
  throw notCleared(endpointId, id, fields, Object.keys(body), written)
}

function notCleared(
  endpoint: EndpointId,
  id: string,
  fields: readonly string[],
  sent: readonly string[],
  { response: { requestId } }: WithResponse<Ticket>,
): unknown {
  const error = new SilentDropError(`the backend accepted null for ${inWords(fields)} and did not clear it`, {
    endpoint,
    fields,
    id,
    requestId,
  })
  const applied = sent.filter((field) => !fields.includes(field))
  return applied.length === 0 ? error : afterWriting(error, applied)
}

const isThere = (field: string, ticket: JsonObject): boolean => {
  const value = ticket[field]
  return value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0)
}

// Current backends

/** The change in the current form. PATCH knows most of it, PUT alone the urgency and the integration. */
function readChanges(input: unknown, known: Known): ReadInput {
  if (!isJsonObject(input)) return readInput('tickets.update', input, known)

  const old = acceptedChangesOf('tickets.replace', 'body').flatMap(({ retired }) => Object.entries(retired))
  const byPut = (field: string): boolean =>
    isPutOnly(field) || old.some(([name, { use }]) => name === field && isPutOnly(use))
  const [forPut, forPatch] = [pick(input, byPut), pick(input, (field) => !byPut(field))]
  if (isEmpty(forPut)) return readInput('tickets.update', input, known)

  const put = readInput('tickets.replace', forPut, known)
  return { body: { ...readRest(forPatch, known), ...put.body }, name: put.name }
}

function readRest(input: JsonObject, known: Known): JsonObject {
  try {
    return isEmpty(input) ? {} : readInput('tickets.update', input, known).body
  } catch (error) {
    // That it says nothing by itself is no fault beside what PUT says.
    const issues = isInvalidRequestError(error) ? error.issues.filter(({ loc }) => loc.length > 1) : []
    if (issues.length > 0) throw new InvalidRequestError(issues)
    if (isInvalidRequestError(error)) return {}
    throw error
  }
}

const needsPut = (changes: JsonObject): boolean =>
  Object.entries(changes).some(
    ([field, value]) =>
      isPutOnly(field) || (value === null && putFields.includes(field)) || isTooLongForPatch(field, value),
  )

function isTooLongForPatch(field: string, value: unknown): boolean {
  const most = PATCH_AT_MOST.get(field)
  return most !== undefined && typeof value === 'string' && [...value].length > most
}

// Enough for writers that meet by chance; with more of them somebody has to wait.
const MERGES_AT_MOST = 5

/** Reads, merges and writes the whole, so that nothing is lost that was not to be changed. */
async function updateByPut(
  call: Call,
  id: string,
  read: (stored: JsonObject) => JsonObject,
): Promise<WithResponse<Ticket>> {
  for (let merges = 1; ; merges += 1) {
    const stored = await retrieveTicket(call, id)
    const changes = differing(read(fieldsIn(stored)), fieldsIn(stored))
    if (isEmpty(changes)) return stored
    if (!needsPut(changes)) return write(call, 'tickets.update', id, { body: changes })

    const [forPut, forPatch] = split(changes)
    const written = await putMerged(call, id, stored, forPut).catch((error: unknown) => {
      if (!isConflict(error) || ownCondition(call) !== undefined || merges === MERGES_AT_MOST) throw error
    })
    if (written === undefined) continue
    if (isEmpty(forPatch)) return written

    // PUT comes first: it is the one that may be refused for what is stored. What follows is PATCH's alone.
    const headers = unlessChanged(call, written, true)
    return write(call, 'tickets.update', id, { body: forPatch, headers }).catch((error: unknown) => {
      throw afterWriting(error, Object.keys(forPut))
    })
  }
}

// The condition of the caller is about what is written, not about what is read.
const retrieveTicket = (call: Call, id: string): Promise<WithResponse<Ticket>> =>
  request(call, 'tickets.retrieve', { params: { ticket_id: id }, headers: { 'If-Match': undefined } })

function putMerged(
  call: Call,
  id: string,
  stored: WithResponse<Ticket>,
  changes: JsonObject,
): Promise<WithResponse<Ticket>> {
  const kept = pick(fieldsIn(stored), (field) => WIPEABLE.some((wipeable) => wipeable === field))
  const body = { ...kept, ...changes }
  const unknown = WIPEABLE.filter((field) => !Object.hasOwn(body, field))
  if (unknown.length > 0 && !announces(stored.response, 'partial-put')) throw notShown(unknown, stored)
  return write(call, 'tickets.replace', id, { body, headers: unlessChanged(call, stored) })
}

function notShown(fields: readonly string[], { response }: WithResponse<Ticket>): ResponseMismatchError {
  return new ResponseMismatchError(
    `the ticket is shown without ${inWords(fields)}, which PUT might clear; nothing was written`,
    {
      endpoint: 'tickets.retrieve',
      status: response.status,
      requestId: response.requestId,
    },
  )
}

/** A reason belongs to its assignment, so both go where the reason can be said; else PUT says all that it can. */
function split(changes: JsonObject): [forPut: JsonObject, forPatch: JsonObject] {
  const withReason = [textIn(changes, 'assignment_reason'), textIn(changes, 'assigned_to_id')].every(Boolean)
  const byPatch = (field: string): boolean => isPatchOnly(field) || (withReason && field === 'assigned_to_id')
  return [pick(changes, (field) => !byPatch(field)), pick(changes, byPatch)]
}

const isConflict = (error: unknown): boolean => isApiError(error) && error.status === 412

const ownCondition = ({ options }: Call): string | undefined =>
  Object.entries(options.headers ?? {}).find(([name]) => name.toLowerCase() === 'if-match')?.[1]

/** The condition that nobody wrote since: that of the caller, if there is one, for the first write. */
function unlessChanged(call: Call, { response }: WithResponse<Ticket>, again = false): Given['headers'] {
  if (ownCondition(call) !== undefined && !again) return undefined
  const tag = announces(response, 'if-match') ? response.headers.get('ETag') : null
  return { 'If-Match': tag ?? undefined }
}

// Legacy backends

async function writeOnLegacy(
  call: Call,
  lookup: Lookup,
  id: string,
  input: unknown,
  read: (known: Known) => ReadInput,
): Promise<WithResponse<Ticket>> {
  const { body: given } = read({})
  refuse(Object.keys(given).filter(isUnknownToLegacy))

  // A retrieved ticket may be sent back: what is as stored is no change.
  const compares = saysTwice(input) || !isEmpty(pick(given, needsComparing))
  const before = compares ? await retrieveTicket(call, id) : undefined
  const stored = before && fieldsIn(before)
  const readDifferent = (known: Known): ReadInput => {
    const { body, name } = read({ ...known, stored })
    return { name, body: stored === undefined ? body : differing(body, stored) }
  }

  return sendNaming(call, lookup, readDifferent, async (named) => {
    refuse(Object.hasOwn(named.body, 'attachments') ? ['attachments'] : [])
    return before !== undefined && isEmpty(named.body) ? before : putAndAssign(call, id, named)
  })
}

const isUnknownToLegacy = (field: string): boolean => isPatchOnly(field) && field !== 'assignment_reason'

// Its PUT ignores attachments, and takes an integration by name only, which not every integration has for itself.
const needsComparing = (field: string): boolean => field === 'attachments' || field === 'integration_id'

async function putAndAssign(call: Call, id: string, { body, integrationName }: Named): Promise<WithResponse<Ticket>> {
  const forAssign = Object.hasOwn(body, 'assignment_reason') ? pick(body, isOfAssign) : {}
  const forPut = pick(body, (field) => !Object.hasOwn(forAssign, field))
  if (isEmpty(forAssign)) return write(call, 'tickets.replace', id, { body: forPut, integrationName })
  if (isEmpty(forPut)) return write(call, 'tickets.assign', id, { body: forAssign })

  await write(call, 'tickets.replace', id, { body: forPut, integrationName })
  // The condition of the caller was about the ticket before.
  const headers = { 'If-Match': undefined }
  return write(call, 'tickets.assign', id, { body: forAssign, headers }).catch((error: unknown) => {
    throw afterWriting(error, Object.keys(forPut))
  })
}

const isOfAssign = (field: string): boolean => ['assigned_to_id', 'assignment_reason'].includes(field)

function refuse(fields: readonly string[]): void {
  if (fields.length > 0) throw new InvalidRequestError(fields.map(notOnLegacy))
}

const notOnLegacy = (field: string): Issue => ({
  type: 'value_error',
  loc: ['body', field],
  msg: `\`${field}\` can not be changed on a legacy backend; leave it out`,
  code: 'validation_failed',
})

const fieldsIn = ({ data }: WithResponse<Ticket>): JsonObject => ({ ...data })

const differing = (changes: JsonObject, stored: JsonObject): JsonObject =>
  pick(changes, (field) => !Object.hasOwn(stored, field) || !sameJson(changes[field], stored[field]))

const pick = (object: JsonObject, wanted: (field: string) => boolean): JsonObject =>
  Object.fromEntries(Object.entries(object).filter(([field, value]) => value !== undefined && wanted(field)))

const isEmpty = (object: JsonObject): boolean => Object.keys(object).length === 0

const inWords = (fields: readonly string[]): string => fields.map((field) => `\`${field}\``).join(', ')

function textIn(object: JsonObject, field: string): string | undefined {
  const value = object[field]
  return typeof value === 'string' ? value : undefined
}

/** Whether a field is there in both its spellings: if they disagree, only the stored one tells which was meant. */
function saysTwice(input: unknown): boolean {
  const words = isJsonObject(input) ? pick(input, () => true) : {}
  const changes = ['tickets.create', 'tickets.replace'] as const
  return changes
    .flatMap((endpointId) => acceptedChangesOf(endpointId, 'body'))
    .flatMap(({ retired }) => Object.entries(retired))
    .some(([old, { use }]) => Object.hasOwn(words, old) && Object.hasOwn(words, use))
}
