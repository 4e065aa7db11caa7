import type { EndpointId, JsonObject } from '@ai-ticket-creator/domain'
import type { CallContext } from '../core/context.ts'
import type { WithResponse } from '../core/result.ts'
import type { ApiError } from '../errors/api-error.ts'
import { compareEcho, entityIn } from './compare-echo.ts'

// Where to look whether a write was done that was answered with 500. Existing backends save integrations and attachments
// and fail then, always (CONTRACT §1.1, §1.2).
const STORED_AT: { readonly [Id in EndpointId]?: 'integrations.retrieve' | 'tickets.retrieve' } = {
  'integrations.update': 'integrations.retrieve',
  'integrations.setStatus': 'integrations.retrieve',
  'tickets.replace': 'tickets.retrieve',
  'tickets.update': 'tickets.retrieve',
  'tickets.addAttachments': 'tickets.retrieve',
}

/** Reads what is stored after a write that was answered with 500; undefined when that does not show all that was sent. */
export async function readBack(
  call: CallContext,
  sent: { readonly endpointId: EndpointId; readonly body: JsonObject },
  { status }: ApiError,
  read: (endpointId: EndpointId) => Promise<WithResponse<unknown>>,
): Promise<WithResponse<unknown> | undefined> {
  const at = STORED_AT[sent.endpointId]
  if (status !== 500 || at === undefined) return undefined

  // What became of the write is not known then, and the 500 says so.
  const stored = await read(at).catch(() => undefined)
  if (stored === undefined) return undefined

  const { lost, unseen } = compareEcho(sent, entityIn(at, stored.data))
  const isEnough = unseen.length === 0 || (call.allowUnverified && unseen.length < Object.keys(sent.body).length)
  if (lost.length > 0 || !isEnough) return undefined
  for (const field of unseen) call.unverified.add(field)
  return stored
}
