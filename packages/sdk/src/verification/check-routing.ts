import { isJsonObject } from '@ai-ticket-creator/domain/internal'
import type { WithResponse } from '../core/result.ts'
import type { SentRequest } from '../core/sent-request.ts'
import { entityIn, ignoredFieldMessage, silentDrop } from './compare-echo.ts'

/**
 * Checks that a new ticket shows the integration that it was sent to. A backend that ignored the field shows none
 * (existing backend: file a ticket with an integration).
 *
 * @throws SilentDropError
 */
export function assertTicketRouted({ endpointId, input }: SentRequest, reply: WithResponse<unknown>): void {
  const { body = {}, sentIntegrationName, storedIntegrationName } = input
  const isTicket = endpointId === 'tickets.create' || endpointId === 'tickets.createWithAi'
  if (!isTicket || typeof body['integration_id'] !== 'string' || body['create_externally'] === false) return

  const ticket = entityIn(endpointId, reply.data)
  const { integration_id: id, integration_result: result } = ticket
  // Without both fields, the reply proves nothing.
  if (id === undefined && result === undefined) return
  const isRouted = (id ?? result ?? undefined) !== undefined
  if (isRouted && !hasOtherName(result, [sentIntegrationName, storedIntegrationName])) return
  throw silentDrop({ endpointId, body }, ['integration_id'], ticket, reply, ignoredFieldMessage)
}

/** Whether the result of filing has the name of another integration: legacy backends show the name instead of the id. */
function hasOtherName(result: unknown, names: readonly (string | undefined)[]): boolean {
  const shown = isJsonObject(result) ? result['integration_name'] : undefined
  const expected = names.flatMap((name) => (name === undefined ? [] : [name.trim()]))
  return expected.length > 0 && typeof shown === 'string' && !expected.includes(shown.trim())
}
