import { type EndpointId, endpointOf, type JsonObject } from '@ai-ticket-creator/domain'
import { CLEARED_BY_PUT, isJsonObject } from '@ai-ticket-creator/domain/internal'
import type { CallContext } from '../core/context.ts'
import { pick } from '../core/fields.ts'
import type { WithResponse } from '../core/result.ts'
import type { WireGeneration } from '../core/wire.ts'
import { formatFields } from '../errors/format-fields.ts'
import { ResponseMismatchError } from '../errors/response-mismatch-error.ts'
import { announces } from '../negotiation/capabilities.ts'
import { contradicts } from '../negotiation/detect-generation.ts'
import { namesOf } from '../negotiation/renamed-fields.ts'
import { canRestart, GenerationMismatch } from '../negotiation/restart.ts'
import { compareEcho, entityIn, silentDrop } from './compare-echo.ts'

interface Written {
  readonly endpointId: EndpointId
  readonly words: WireGeneration
  /** In the current form. */
  readonly body: JsonObject
}

/**
 * Holds a new ticket against its reply: one that was to be filed shows where, or it was filed nowhere. That is all there is to
 * see of a backend that did not read the word for its integration (CONTRACT §8).
 *
 * @throws SilentDropError
 */
export function assertTicketRouted(
  {
    endpointId,
    body,
    names,
  }: Pick<Written, 'endpointId' | 'body'> & { readonly names: readonly (string | undefined)[] },
  reply: WithResponse<unknown>,
): void {
  const isFiled = endpointId === 'tickets.create' || endpointId === 'tickets.createWithAi'
  if (!isFiled || typeof body['integration_id'] !== 'string' || body['create_externally'] === false) return

  const ticket = entityIn(endpointId, reply.data)
  const { integration_id: id, integration_result: result } = ticket
  // Legacy backends tell the integration by its name.
  const told = isJsonObject(result) ? result['integration_name'] : undefined
  const known = names.flatMap((name) => (name === undefined ? [] : [name.trim()]))
  const isOther = known.length > 0 && typeof told === 'string' && !known.includes(told.trim())
  // A reply that has neither of the fields tells nothing.
  if (!isOther && ((id ?? result ?? undefined) !== undefined || (id === undefined && result === undefined))) return
  throw silentDrop(endpointId, ['integration_id'], ticket, reply, ignoredFieldMessage)
}

/**
 * Holds a write against its reply, when that shows that the backend speaks other words than it was sent in: what has
 * another name there was not read.
 *
 * @throws SilentDropError, ResponseMismatchError
 */
export function assertFieldsApplied(call: CallContext, written: Written, reply: WithResponse<unknown>): void {
  const { endpointId, words, body } = written
  if (!contradicts(call.observedGeneration, words)) return

  if (call.settings.generation === 'auto') checkNotCleared(written, reply)
  const shown = entityIn(endpointId, reply.data)
  const renamed = namesOf(endpointId, body, 'body')
  const { lost, unseen } = compareEcho({ endpointId, body: pick(body, (field) => renamed.includes(field)) }, shown)
  const unread = [...lost, ...unseen.filter((field) => body[field] !== null)]
  if (unread.length === 0) return
  if (endpointOf(endpointId).method !== 'POST' && canRestart(call))
    throw new GenerationMismatch(call.observedGeneration)
  throw silentDrop(endpointId, unread, shown, reply, ignoredFieldMessage)
}

const ignoredFieldMessage = (fields: string): string =>
  `the backend took the write and did not read ${fields}, as one of another generation does; what else was sent is written`

// A legacy PUT leaves absent fields of a ticket alone; the existing backend that came after it clears them (CONTRACT §3.2).
function checkNotCleared({ endpointId, words, body }: Written, { response }: WithResponse<unknown>): void {
  if (endpointId !== 'tickets.replace' || words !== 'legacy' || announces(response, 'partial-put')) return
  const absent = CLEARED_BY_PUT.filter((field) => !Object.hasOwn(body, field))
  if (absent.length === 0) return
  const { status, requestId } = response
  throw new ResponseMismatchError(
    `the backend changed its generation: what was sent is written, but ${formatFields(absent)} may be cleared by it`,
    { endpoint: endpointId, status, requestId },
  )
}
