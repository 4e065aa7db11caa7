import { user } from '../../entities/compiled-types.ts'
import { has, isJsonObject, type JsonObject, ownValue } from '../../schema/json.ts'
import { list, nullable, nullish, number, object, optional, text, timestamp, uuid } from '../../schema/json-type.ts'
import { change } from './change.ts'

const file = object({
  id: uuid,
  filename: optional(text()),
  file_size: optional(number),
  file_type: optional(text()),
  mime_type: optional(text()),
  status: optional(text()),
  created_at: optional(timestamp),
})

const external = ['external_ticket_id', 'external_ticket_url'] as const

/** Old replies show the assignee and files in full, and the external ticket at the top level. Replies now show ids only. */
export const ticketReply = change({
  id: 'ticket-reply',
  kind: 'reply',
  summary:
    'Ticket replies: `assignee` is now `assigned_to_id`, `files` is `attachments`, the external ticket is in `integration_result`.',
  deprecated: '2025-09-06',
  endpoints: {
    reply: [
      'tickets.create',
      'tickets.createWithAi',
      'tickets.list',
      'tickets.retrieve',
      'tickets.replace',
      'tickets.update',
      'tickets.setStatus',
      'tickets.assign',
      'tickets.addAttachments',
    ],
  },
  retired: {
    assignee: { replacement: 'assigned_to_id', type: nullable(user) },
    files: { replacement: 'attachments', type: nullable(list(file)) },
    external_ticket_id: { replacement: 'integration_result', type: nullish(text()) },
    external_ticket_url: { replacement: 'integration_result', type: nullish(text()) },
  },
  current: ['assigned_to_id', 'attachments', 'integration_result'],

  upgrade: (old, { body }) => ({
    fields: { ...assignedTo(old), ...attachments(old), ...integrationResult(old, body) },
  }),

  downgrade(current, { userOf }) {
    const id = ownValue(current, 'assigned_to_id')
    const files = ownValue(current, 'attachments')
    const result = ownValue(current, 'integration_result')
    return {
      ...(id !== undefined && { assignee: typeof id === 'string' ? (userOf?.(id) ?? { id }) : id }),
      ...(files !== undefined && { files: Array.isArray(files) ? files.map(toFile) : files }),
      ...(result !== undefined && {
        external_ticket_id: inside(result, 'external_ticket_id'),
        external_ticket_url: inside(result, 'external_ticket_url'),
        // The field has the same name in every generation.
        integration_result: result,
      }),
    }
  },
})

function assignedTo(old: JsonObject): JsonObject {
  const assignee = ownValue(old, 'assignee')
  if (assignee === undefined) return {}
  return { assigned_to_id: isJsonObject(assignee) ? (ownValue(assignee, 'id') ?? null) : assignee }
}

function attachments(old: JsonObject): JsonObject {
  const files = ownValue(old, 'files')
  if (files === undefined) return {}
  return { attachments: Array.isArray(files) ? files.map(toReference) : files }
}

// An external id proves that the platform accepted the ticket.
function integrationResult(old: JsonObject, body: JsonObject): JsonObject {
  const present = external.filter((key) => ownValue(old, key) !== undefined && ownValue(old, key) !== null)
  if (present.length === 0) return {}
  const ids = Object.fromEntries(present.map((key) => [key, old[key]]))
  return { integration_result: isJsonObject(ownValue(body, 'integration_result')) ? ids : { success: true, ...ids } }
}

const toReference = (file: unknown): unknown =>
  isJsonObject(file) && has(file, 'id') ? { file_id: ownValue(file, 'id') } : file

const toFile = (reference: unknown): unknown =>
  isJsonObject(reference) && has(reference, 'file_id') ? { id: ownValue(reference, 'file_id') } : reference

const inside = (result: unknown, key: string): unknown =>
  isJsonObject(result) ? (ownValue(result, key) ?? null) : null
