import { type EndpointId, endpointOf, type JsonObject } from '@ai-ticket-creator/domain'
import { CLEARED_BY_PUT, isJsonObject } from '@ai-ticket-creator/domain/internal'
import type { CallContext } from '../core/call-context.ts'
import { pick } from '../core/fields.ts'
import type { WithResponse } from '../core/result.ts'
import type { WireGeneration } from '../core/wire.ts'
import { formatFields } from '../errors/format-fields.ts'
import { ResponseMismatchError } from '../errors/response-mismatch-error.ts'
import { announces } from '../negotiation/capabilities.ts'
import { contradicts } from '../negotiation/detect-generation.ts'
import { renamedFields } from '../negotiation/renamed-fields.ts'
import { canRestart, GenerationMismatch } from '../negotiation/restart.ts'
import { compareEcho, entityIn, silentDrop } from './compare-echo.ts'

interface TicketCreation {
  readonly endpointId: EndpointId
  readonly body: JsonObject
  /** The names that the integration may have. */
  readonly names: readonly (string | undefined)[]
}

/**
 * Checks that a new ticket shows the integration that it was sent to. A backend that ignored the field shows none
 * (existing backend: file a ticket with an integration).
 *
 * @throws SilentDropError
 */
export function assertTicketRouted({ endpointId, body, names }: TicketCreation, reply: WithResponse<unknown>): void {
  const isTicket = endpointId === 'tickets.create' || endpointId === 'tickets.createWithAi'
  if (!isTicket || typeof body['integration_id'] !== 'string' || body['create_externally'] === false) return

  const ticket = entityIn(endpointId, reply.data)
  const { integration_id: id, integration_result: result } = ticket
  // Neither field is in the reply, so it shows nothing.
  if (id === undefined && result === undefined) return
  const isRouted = (id ?? result ?? undefined) !== undefined
  if (isRouted && !hasOtherName(result, names)) return
  throw silentDrop({ endpointId, body }, ['integration_id'], ticket, reply, ignoredFieldMessage)
}

/** Whether the result of filing has the name of another integration: legacy backends show the name instead of the id. */
function hasOtherName(result: unknown, names: readonly (string | undefined)[]): boolean {
  const shown = isJsonObject(result) ? result['integration_name'] : undefined
  const expected = names.flatMap((name) => (name === undefined ? [] : [name.trim()]))
  return expected.length > 0 && typeof shown === 'string' && !expected.includes(shown.trim())
}

interface Write {
  readonly endpointId: EndpointId
  readonly generation: WireGeneration
  /** In the current form. */
  readonly body: JsonObject
}

/**
 * Checks the renamed fields of a write when the reply shows the other generation: such a backend may have ignored them.
 *
 * @throws SilentDropError, ResponseMismatchError
 */
export function assertFieldsApplied(call: CallContext, write: Write, reply: WithResponse<unknown>): void {
  const { endpointId, generation, body } = write
  if (!contradicts(call.observedGeneration, generation)) return

  if (call.settings.generation === 'auto') assertNothingCleared(write, reply)
  const entity = entityIn(endpointId, reply.data)
  const renamed = renamedFields(endpointId, body, 'body')
  const { lost, unseen } = compareEcho({ endpointId, body: pick(body, (field) => renamed.includes(field)) }, entity)
  const ignored = [...lost, ...unseen.filter((field) => body[field] !== null)]
  if (ignored.length === 0) return
  if (endpointOf(endpointId).method !== 'POST' && canRestart(call))
    throw new GenerationMismatch(call.observedGeneration)
  throw silentDrop(write, ignored, entity, reply, ignoredFieldMessage)
}

const ignoredFieldMessage = (fields: string): string =>
  `the backend accepted the write but ignored ${fields}, as a backend of another generation does`

// A legacy PUT leaves absent fields of a ticket alone; a later one clears them (existing backend: replace a ticket).
function assertNothingCleared({ endpointId, generation, body }: Write, { response }: WithResponse<unknown>): void {
  if (endpointId !== 'tickets.replace' || generation !== 'legacy' || announces(response, 'partial-put')) return
  const absent = CLEARED_BY_PUT.filter((field) => !Object.hasOwn(body, field))
  if (absent.length === 0) return
  const { status, requestId } = response
  throw new ResponseMismatchError(
    `the backend changed its generation: what was sent is written, but ${formatFields(absent)} may have been cleared`,
    { endpoint: endpointId, status, requestId },
  )
}
