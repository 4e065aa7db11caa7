import type { EndpointId, JsonObject } from '@ai-ticket-creator/domain'
import type { CallContext } from '../core/call-context.ts'
import type { WithResponse } from '../core/result.ts'
import type { SentRequest } from '../core/sent-request.ts'
import { isApiError } from '../errors/guards.ts'
import { read } from '../transport/read.ts'
import { compareEcho, entityIn, silentDrop } from './compare-echo.ts'

// Where the result of a write can be read after a 500. Existing backends save integrations and attachments and then always
// fail (existing backend: update an integration; existing backend: attachments of a ticket).
const STORED_AT: { readonly [Id in EndpointId]?: 'integrations.retrieve' | 'tickets.retrieve' } = {
  'integrations.update': 'integrations.retrieve',
  'integrations.setStatus': 'integrations.retrieve',
  'tickets.replace': 'tickets.retrieve',
  'tickets.update': 'tickets.retrieve',
  'tickets.addAttachments': 'tickets.retrieve',
}

interface FailedWrite {
  readonly endpointId: EndpointId
  readonly body: JsonObject
  /** The row before the write, where it is known. */
  readonly before?: JsonObject | undefined
}

/**
 * Reads what is stored after a write was answered with 500. Undefined for other errors, when the write was not carried out,
 * and when that is not known.
 *
 * @throws SilentDropError when only a part of the write was carried out.
 */
export async function readBack(
  call: CallContext,
  { endpointId, input: { body = {}, params = {}, stored: before } }: SentRequest,
  error: unknown,
): Promise<WithResponse<unknown> | undefined> {
  const at = STORED_AT[endpointId]
  if (!isApiError(error) || error.status !== 500 || at === undefined) return undefined

  const sent = { endpointId, body, before }
  // A condition is about the version to overwrite, not about the version to read. If the read fails too, the caller gets the
  // 500, which means that the outcome is not known.
  const stored = await read<unknown>(call, at, { params, headers: { 'If-Match': undefined } }).catch(() => undefined)
  if (stored === undefined) return undefined

  const entity = entityIn(at, stored.data)
  const echo = compareEcho(sent, entity)
  const { lost, unseen } = echo
  const isComplete = lost.length === 0 && unseen.length === 0
  if (!isComplete && !isWritten(sent, entity, echo)) return undefined

  call.written.addUnverified(unseen)
  if (lost.length > 0) throw silentDrop(sent, lost, entity, stored, partlyWrittenMessage)
  return stored
}

/** Whether the row shows that the write was carried out, at least in part. */
function isWritten(
  { endpointId, body, before }: FailedWrite,
  entity: JsonObject,
  { lost, unseen }: ReturnType<typeof compareEcho>,
): boolean {
  const shown = Object.keys(body).filter((field) => !lost.includes(field) && !unseen.includes(field))
  // Without the row before, a field may have had its value already.
  if (before === undefined) return lost.length === 0 && shown.length > 0

  const changed = compareEcho({ endpointId, body }, before).lost
  return before['updated_at'] !== entity['updated_at'] || shown.some((field) => changed.includes(field))
}

const partlyWrittenMessage = (fields: string): string =>
  `the backend answered 500 after it had written a part, and shows ${fields} with another value`
