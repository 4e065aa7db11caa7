import type { EndpointId, JsonObject } from '@ai-ticket-creator/domain'
import { isJsonObject, parseTimestamp } from '@ai-ticket-creator/domain/internal'
import { isCreate } from './create-endpoints.ts'
import { containsAll, isEmptyValue, isSameValue } from './same-value.ts'

/**
 * Where a written field is shown again. `reply`: in the reply to the write. `read-back`: by a comparison with the row before
 * the write. `none`: nowhere.
 */
export type Echo = 'reply' | 'read-back' | 'none'

// The fields that the reply does not show; all others are `reply`. docs/write-verification-field-by-field.md is generated from
// this table.
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

/** Where a field of a request is shown again. */
export const echoOf = (endpointId: EndpointId, field: string): Echo => echoExceptions[endpointId]?.[field] ?? 'reply'

type Value = (entity: JsonObject) => unknown

// Fields that the reply shows under another name or in another form. Undefined: it does not show them.
const shownAs: { readonly [field: string]: Value } = {
  create_externally: ({ integration_result: result }) => (result === undefined ? undefined : result !== null),
  // Credentials are never shown; the time of their last change shows that there are some.
  credentials: ({ credentials_updated_at: at }) => at,
  due_date: ({ sla_due_date: at }) => at,
  test_types: ({ test_type: types }) => (typeof types === 'string' ? types.split(', ') : undefined),
}

// The result of filing shows the integration of a new ticket only. Later the ticket's integration may have been changed.
const shownByCreate: { readonly [field: string]: Value } = {
  integration_id: ({ integration_id: id, integration_result: result }) =>
    id ?? (isJsonObject(result) ? result['integration_id'] : undefined) ?? undefined,
}

/** The value of a requested field in an entity; undefined if the entity does not have it. */
export function shownValue(endpointId: EndpointId, entity: JsonObject, field: string): unknown {
  const value = (isCreate(endpointId) ? shownByCreate[field] : undefined) ?? shownAs[field]
  return value === undefined ? entity[field] : value(entity)
}

type Equality = (sent: unknown, shown: unknown) => boolean

const equality: { readonly [field: string]: Equality } = {
  // A ticket may stay unfiled for other reasons, so only `false` can be contradicted.
  create_externally: (sent, isFiled) => sent !== false || isFiled === false,
  // A file that is sent twice is stored once.
  attachments: (sent, shown) => isSameValue(sent, shown) || (containsAll(shown, sent) && containsAll(sent, shown)),
  credentials: (sent, at) => isEmptyValue(sent) || !isEmptyValue(at),
  due_date: (sent, shown) =>
    isSameValue(sent, shown) ||
    (typeof sent === 'string' && typeof shown === 'string' && parseTimestamp(sent) === parseTimestamp(shown)),
}

/** Endpoints that add to a list: the reply shows earlier items as well. */
const appendingEndpoints: readonly EndpointId[] = ['tickets.addAttachments']

/** How a field of a request is compared with the reply. */
export function equalityOf(endpointId: EndpointId, field: string): Equality {
  if (appendingEndpoints.includes(endpointId)) return (sent, shown) => containsAll(shown, sent)
  return equality[field] ?? isSameValue
}

/**
 * Whether a field is not compared. A create treats null as "not given", and `enabled` is checked separately. An
 * update may send back `id` and `created_at` of a retrieved integration, and its `status`, which new credentials change.
 */
export const isExempt = (endpointId: EndpointId, field: string, body: JsonObject): boolean =>
  isCreate(endpointId)
    ? body[field] === null || (endpointId === 'integrations.create' && field === 'enabled')
    : endpointId === 'integrations.update' &&
      (field === 'id' || field === 'created_at' || (field === 'status' && body['credentials'] !== undefined))
