import { CLEARED_BY_PUT, compiledEndpoint } from '@ai-ticket-creator/domain/internal'
import { announces } from '../core/capabilities.ts'
import type { Exchange } from '../core/exchange.ts'
import { pick } from '../core/fields.ts'
import type { WithResponse } from '../core/result.ts'
import type { SentRequest } from '../core/sent-request.ts'
import { formatFields } from '../errors/format-fields.ts'
import { FilterNotSupportedError } from '../errors/request-errors.ts'
import { ResponseMismatchError } from '../errors/response-mismatch-error.ts'
import { compareEcho, entityIn, ignoredFieldMessage, silentDrop } from '../verification/compare-echo.ts'
import { contradicts } from './detect-generation.ts'
import { renamedFields } from './renamed-fields.ts'

/**
 * Checks the renamed fields and filters of a request whose reply shows the other generation: such a backend may have ignored
 * them. `isAuto`: whether the generation is detected instead of given as an option.
 *
 * @throws SilentDropError, ResponseMismatchError, FilterNotSupportedError
 */
export function assertNothingIgnored(sent: SentRequest, { result, evidence }: Exchange, isAuto: boolean): void {
  if (result === undefined || !contradicts(evidence?.generation, sent.generation)) return
  if (compiledEndpoint(sent.endpointId).method === 'GET') {
    if (isAuto) assertFiltersApplied(sent)
    return
  }

  if (isAuto) assertNothingCleared(sent, result)
  const ignored = ignoredFields(sent, result)
  if (ignored.length === 0) return
  const { endpointId, input } = sent
  const entity = entityIn(endpointId, result.data)
  throw silentDrop({ endpointId, body: input.body ?? {} }, ignored, entity, result, ignoredFieldMessage)
}

/** The renamed fields of a write that its reply does not show as they were sent. */
export function ignoredFields(
  { endpointId, input: { body = {} } }: SentRequest,
  reply: WithResponse<unknown>,
): string[] {
  const renamed = renamedFields(endpointId, body, 'body')
  const sent = { endpointId, body: pick(body, (field) => renamed.includes(field)) }
  const { lost, unseen } = compareEcho(sent, entityIn(endpointId, reply.data))
  return [...lost, ...unseen.filter((field) => body[field] !== null)]
}

// A backend of the other generation ignores the filter, and its rows are wrong.
function assertFiltersApplied({ endpointId, input }: SentRequest): void {
  const [filter] = renamedFields(endpointId, input.query)
  if (filter !== undefined && input.filtersOnClient !== true)
    throw new FilterNotSupportedError({ filter, reason: 'not_shown', scanLimit: 0 })
}

// A legacy backend keeps the fields that a PUT of a ticket lacks; later backends clear them (existing backend: replace a ticket).
function assertNothingCleared(
  { endpointId, generation, input: { body = {} } }: SentRequest,
  { response }: WithResponse<unknown>,
): void {
  if (endpointId !== 'tickets.replace' || generation !== 'legacy' || announces(response, 'partial-put')) return
  const absent = CLEARED_BY_PUT.filter((field) => !Object.hasOwn(body, field))
  if (absent.length === 0) return
  const { status, requestId } = response
  throw new ResponseMismatchError(
    `the backend changed its generation: what was sent is written, but ${formatFields(absent)} may have been cleared`,
    { endpoint: endpointId, status, requestId },
  )
}
