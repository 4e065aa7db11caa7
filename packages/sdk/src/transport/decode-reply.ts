import { entitiesIn } from '@ai-ticket-creator/domain/internal'
import type { CallContext, DecodedReply } from '../core/call-context.ts'
import type { ParsedReply } from '../core/exchange.ts'
import { type WithResponse, withText } from '../core/result.ts'
import type { WireRequest } from '../core/wire.ts'
import { toError } from './decode-error.ts'
import { isSuccess, replyMismatch } from './parse-reply.ts'
import { reportDrift } from './validate-reply.ts'

/** The data of a reply, whose body is in the current form; throws the error that an error reply describes. */
export function decodeReply(
  call: CallContext,
  request: WireRequest,
  reply: ParsedReply,
  { body: data, evidence }: DecodedReply,
): WithResponse<unknown> {
  if (!isSuccess(reply)) throw toError(call, request, reply)

  const { endpointId, generation: requestGeneration } = request
  const { status, headers, requestId, body } = reply
  const metadata = { status, headers, requestId, requestGeneration, generation: evidence?.generation }
  const response = withText(metadata, reply.text)
  if (endpointId === undefined || body === undefined) return { data: body, response, unverified: [] }

  const entities = entitiesIn(endpointId, data)
  if (entities === undefined) throw replyMismatch(request, reply, 'is of another type than the contract has')

  if (endpointId === 'tickets.listAttachments') for (const entity of entities) deriveFileId(entity)
  reportDrift(call, request, endpointId, data, response)

  return { data: call.dialect.present(endpointId, data, body), response, unverified: [] }
}

// The existing backend lists files with their id as `id` (existing backend: attachments of a ticket).
function deriveFileId(file: Record<string, unknown>): void {
  if (file['file_id'] === undefined && file['id'] !== undefined) file['file_id'] = file['id']
}
