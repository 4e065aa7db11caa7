import type { EndpointId, JsonObject } from '@ai-ticket-creator/domain'
import { entitiesIn, isJsonObject, isUuid, parseTimestamp } from '@ai-ticket-creator/domain/internal'
import type { CallContext } from '../core/context.ts'
import type { WithResponse } from '../core/result.ts'
import { formatFields } from '../errors/format-fields.ts'
import { SilentDropError } from '../errors/write-errors.ts'
import { isCreate } from './create-endpoints.ts'

/**
 * Where a field that was written can be seen: `reply`, in what the write is answered with; `read-back`, by comparing with what
 * was there before; `none`, nowhere.
 */
export type Echo = 'reply' | 'read-back' | 'none'

// The fields that the reply of their write does not show; all others are `reply`. docs/write-verification-field-by-field.md is made from this table.
const echoExceptions: { readonly [Id in EndpointId]?: { readonly [field: string]: Exclude<Echo, 'reply'> } } = {
  'integrations.create': { webhook_secret: 'none' },
  'integrations.update': { credentials: 'read-back', webhook_secret: 'none' },
  'integrations.setStatus': { reason: 'none' },
  'integrations.test': { test_data: 'none', auto_activate_on_success: 'none' },
  'integrations.sync': { filters: 'none' },
  'tickets.createWithAi': {
    user_input: 'none',
    uploaded_files: 'none',
    conversation_context: 'none',
    user_preferences: 'none',
  },
  'tickets.update': { assignment_reason: 'none', tags: 'none' },
  'tickets.assign': { reason: 'none' },
}

/** Where a field of a request is seen again. */
export const echoOf = (endpointId: EndpointId, field: string): Echo => echoExceptions[endpointId]?.[field] ?? 'reply'

type Value = (entity: JsonObject) => unknown

// What the reply shows under another name, or in another form; undefined: it does not show it.
const SHOWN_AS: { readonly [field: string]: Value } = {
  create_externally: ({ integration_result: result }) => (result === undefined ? undefined : result !== null),
  // Whether there are any is all that can be seen of credentials.
  credentials: ({ credentials_updated_at: at }) => at,
  due_date: ({ sla_due_date: at }) => at,
  test_types: ({ test_type: types }) => (typeof types === 'string' ? types.split(', ') : undefined),
}

// What a new ticket was filed with tells its integration. Later it does not: the integration may have been changed.
const SHOWN_BY_CREATE: { readonly [field: string]: Value } = {
  integration_id: ({ integration_id: id, integration_result: result }) =>
    id ?? (isJsonObject(result) ? result['integration_id'] : undefined) ?? undefined,
}

type Agreement = (sent: unknown, shown: unknown) => boolean

const equality: { readonly [field: string]: Agreement } = {
  // Without an integration nothing is filed anyway, and a platform may fail: only what was not to be filed tells.
  create_externally: (sent, filed) => sent !== false || filed === false,
  // The same file twice is there once.
  attachments: (sent, shown) => isAlike(sent, shown) || (isAmong(sent, shown) && isAmong(shown, sent)),
  credentials: (sent, at) => isNothing(sent) || !isNothing(at),
  due_date: (sent, shown) =>
    isAlike(sent, shown) ||
    (typeof sent === 'string' && typeof shown === 'string' && parseTimestamp(sent) === parseTimestamp(shown)),
}

/** Of a request that adds, what is there besides was there before. */
const appendingEndpoints: readonly EndpointId[] = ['tickets.addAttachments']

interface Sent {
  readonly endpointId: EndpointId
  /** In the current form. */
  readonly body: JsonObject
}

/**
 * What a reply shows of the fields that were sent.
 *
 * `lost`: it shows another value. `unseen`: it does not show them.
 */
export function compareEcho({ endpointId, body }: Sent, entity: JsonObject): { lost: string[]; unseen: string[] } {
  const lost: string[] = []
  const unseen: string[] = []
  for (const [field, sent] of Object.entries(body)) {
    if (sent === undefined || isExempt(endpointId, field, body)) continue
    const shown = echoOf(endpointId, field) === 'reply' ? shownOf(endpointId, entity, field) : undefined
    if (shown === undefined) unseen.push(field)
    else if (!agreementOn(endpointId, field)(sent, shown)) lost.push(field)
  }
  return { lost, unseen }
}

/**
 * Holds a write against its reply.
 *
 * @throws SilentDropError when a field that was sent is shown with another value.
 */
export function checkEcho(call: CallContext, sent: Sent, reply: WithResponse<unknown>): void {
  const entity = entityIn(sent.endpointId, reply.data)
  const { lost, unseen } = compareEcho(sent, entity)
  for (const field of unseen) call.unverified.add(field)

  if (lost.length === 0) return
  const wereToBeCleared = lost.every((field) => sent.body[field] === null)
  throw silentDrop(sent.endpointId, lost, entity, reply, wereToBeCleared ? notCleared : undefined)
}

/** `say` makes the message of the fields' names. */
export function silentDrop(
  endpoint: EndpointId,
  fields: readonly string[],
  { id }: JsonObject,
  { response: { requestId } }: WithResponse<unknown>,
  say: (fields: string) => string = notKept,
): SilentDropError {
  const message = say(formatFields(fields))
  return new SilentDropError(message, { endpoint, fields, id: typeof id === 'string' ? id : '', requestId })
}

const notKept = (fields: string): string =>
  `the backend took the write, and its reply shows ${fields} with another value; what else was sent is written`

// Backends that take `null` for "not given" leave the field alone (CONTRACT §3.2, G0 and C1; §3.4).
const notCleared = (fields: string): string => `the backend accepted null for ${fields} and did not clear it`

/** The integration or the ticket that a reply shows. */
export const entityIn = (endpointId: EndpointId, data: unknown): JsonObject => entitiesIn(endpointId, data)?.[0] ?? {}

/** What a reply shows of a field of a request; undefined: nothing. */
const shownOf = (endpointId: EndpointId, entity: JsonObject, field: string): unknown => {
  const value = (isCreate(endpointId) ? SHOWN_BY_CREATE[field] : undefined) ?? SHOWN_AS[field]
  return value === undefined ? entity[field] : value(entity)
}

// A create takes null for "not given", and a call of its own sees to `enabled`. An integration that was retrieved may be sent
// back with its id and its time; and with its status, which new credentials may move.
const isExempt = (endpointId: EndpointId, field: string, body: JsonObject): boolean =>
  isCreate(endpointId)
    ? body[field] === null || (endpointId === 'integrations.create' && field === 'enabled')
    : endpointId === 'integrations.update' &&
      (field === 'id' || field === 'created_at' || (field === 'status' && body['credentials'] !== undefined))

function agreementOn(endpointId: EndpointId, field: string): Agreement {
  return appendingEndpoints.includes(endpointId) ? isAmong : (equality[field] ?? isAlike)
}

const isAmong: Agreement = (sent, shown) =>
  Array.isArray(sent) && Array.isArray(shown) && sent.every((item) => shown.some((other) => isAlike(item, other)))

/** Servers trim, spell ids in small letters, and may show an empty list as none. */
function isAlike(sent: unknown, shown: unknown): boolean {
  if (isNothing(sent) || isNothing(shown)) return isNothing(sent) && isNothing(shown)
  if (typeof sent === 'string' && typeof shown === 'string') return plain(sent) === plain(shown)
  if (Array.isArray(sent) && Array.isArray(shown))
    return sent.length === shown.length && sent.every((item, index) => isAlike(item, shown[index]))
  if (isJsonObject(sent) && isJsonObject(shown))
    return [...new Set([...Object.keys(sent), ...Object.keys(shown)])].every((key) => isAlike(sent[key], shown[key]))
  return sent === shown
}

const isNothing = (value: unknown): boolean =>
  value === undefined || value === null || (Array.isArray(value) && value.length === 0)

function plain(text: string): string {
  const trimmed = text.trim()
  return isUuid(trimmed) ? trimmed.toLowerCase() : trimmed
}
