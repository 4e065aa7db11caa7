import { changesOf, type EndpointId, type Generation, upgrade } from '@ai-ticket-creator/domain'
import { entitiesIn, isJsonObject } from '@ai-ticket-creator/domain/internal'
import type { CallContext } from '../core/context.ts'
import { keepText, type ResponseMetadata, type WithResponse } from '../core/result.ts'
import type { WireRequest } from '../core/wire.ts'
import { withLegacyFields } from '../deprecations/legacy-accessors.ts'
import { toError } from './decode-error.ts'
import { isSuccess, type ParsedReply, replyMismatch } from './parse-reply.ts'
import { reportDrift } from './validate-reply.ts'

/** The data of a reply in the current form; throws the error that an error reply describes. */
export function decodeReply(
  call: Pick<CallContext, 'settings' | 'secrets'>,
  request: WireRequest,
  reply: ParsedReply,
  generation: Generation | undefined,
): WithResponse<unknown> {
  if (!isSuccess(reply)) throw toError(request, reply, call.secrets)

  const { endpointId } = request
  const { status, headers, requestId, body } = reply
  const response = { status, headers, requestId, requestGeneration: request.generation, generation }
  keepText(response, reply.text)
  if (endpointId === undefined || body === undefined) return { data: body, response, unverified: [] }

  const data = upgrade(endpointId, body, { part: 'reply' }).body
  const entities = entitiesIn(endpointId, data)
  if (entities === undefined) throw replyMismatch(request, reply, 'is of another type than the contract has')

  if (hasEnabled(endpointId)) for (const entity of entities) deriveEnabled(request, response, entity)
  if (endpointId === 'tickets.listAttachments') for (const entity of entities) deriveFileId(entity)
  reportDrift(call, request, endpointId, { data, entities }, response)

  withLegacyFields(call.settings, endpointId, entities, entitiesIn(endpointId, body) ?? [])
  return { data, response, unverified: [] }
}

const hasEnabled = (endpointId: EndpointId): boolean =>
  changesOf(endpointId, 'reply').some(({ current }) => current.includes('enabled'))

/** Legacy replies have no `enabled`. It follows from the filter that was sent and from two statuses, else it is unknown. */
function deriveEnabled(
  { query }: WireRequest,
  { generation }: ResponseMetadata,
  entity: Record<string, unknown>,
): void {
  if (typeof entity['enabled'] === 'boolean') return
  // A current backend ignores the filter `is_enabled`, so its rows may be of either kind.
  const filter = isJsonObject(query) && generation !== 'current' ? query['is_enabled'] : undefined
  if (typeof filter === 'boolean') entity['enabled'] = filter
  else if (entity['status'] === 'active') entity['enabled'] = true
  else if (entity['status'] === 'inactive') entity['enabled'] = false
}

// The existing backend lists files with their id as `id` (existing backend: attachments of a ticket).
function deriveFileId(file: Record<string, unknown>): void {
  if (file['file_id'] === undefined && file['id'] !== undefined) file['file_id'] = file['id']
}
