import type { EndpointId, JsonObject } from '@ai-ticket-creator/domain'
import type { CallContext } from '../core/context.ts'
import type { WithResponse } from '../core/result.ts'
import type { ApiError } from '../errors/api-error.ts'
import { compareEcho, entityIn } from './compare-echo.ts'

// Where the result of a write can be read after a 500. Existing backends save integrations and attachments and then always
// fail (existing backend: update an integration; existing backend: attachments of a ticket).
const STORED_AT: { readonly [Id in EndpointId]?: 'integrations.retrieve' | 'tickets.retrieve' } = {
  'integrations.update': 'integrations.retrieve',
  'integrations.setStatus': 'integrations.retrieve',
  'tickets.replace': 'tickets.retrieve',
  'tickets.update': 'tickets.retrieve',
  'tickets.addAttachments': 'tickets.retrieve',
}

/** Reads what is stored after a write was answered with 500. Undefined when that does not show everything that was sent. */
export async function readBack(
  call: CallContext,
  sent: { readonly endpointId: EndpointId; readonly body: JsonObject },
  { status }: ApiError,
  read: (endpointId: EndpointId) => Promise<WithResponse<unknown>>,
): Promise<WithResponse<unknown> | undefined> {
  const at = STORED_AT[sent.endpointId]
  if (status !== 500 || at === undefined) return undefined

  // When the read fails too, the caller gets the 500: it says that the outcome is not known.
  const stored = await read(at).catch(() => undefined)
  if (stored === undefined) return undefined

  const { lost, unseen } = compareEcho(sent, entityIn(at, stored.data))
  const isEnough = unseen.length === 0 || (call.allowUnverified && unseen.length < Object.keys(sent.body).length)
  if (lost.length > 0 || !isEnough) return undefined
  for (const field of unseen) call.unverified.add(field)
  return stored
}
