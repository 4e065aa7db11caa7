import type { CallContext } from '../../core/call-context.ts'
import { isAnnounced } from '../../core/capabilities.ts'
import type { WithResponse } from '../../core/result.ts'
import { request } from '../../request.ts'
import { parseInput } from '../parse-input.ts'
import type { Integration } from '../result-types.ts'
import { retrieveStored } from './retrieve.ts'

/** A change of `enabled`. */
export interface StatusChange {
  readonly enabled: boolean
  readonly reason?: string | undefined
}

/** Enables or disables an integration. Writes nothing when the integration is in that state already. */
export async function setStatus(
  call: CallContext,
  id: string,
  change: StatusChange,
): Promise<WithResponse<Integration>> {
  // An invalid reason is refused before anything is sent.
  parseInput(call, 'integrations.setStatus', change)
  const stored = await retrieveStored(call, id)
  return isInState(stored.data, change) ? stored : sendStatus(call, id, change, stored)
}

/** Sends a change of `enabled` in the way that leads to the expected status. */
export async function sendStatus(
  call: CallContext,
  id: string,
  change: StatusChange,
  stored: WithResponse<Integration>,
): Promise<WithResponse<Integration>> {
  const params = { integration_id: id }
  if (change.enabled && isDemotedByStatusCall(stored))
    return request(call, 'integrations.update', { params, body: { enabled: true }, stored: { ...stored.data } })

  const { body } = parseInput(call, 'integrations.setStatus', change)
  return request(call, 'integrations.setStatus', { params, body })
}

// A reason is stored even when the integration is disabled already.
const isInState = ({ status, enabled }: Integration, { enabled: wanted, reason }: StatusChange): boolean =>
  wanted ? status === 'active' && enabled === true : status === 'inactive' && enabled === false && reason === undefined

// On existing backends the status call makes an active integration pending unless it is healthy, so that it cannot file
// tickets any more. PUT keeps the status (existing backend: status and enabled).
const isDemotedByStatusCall = ({ data, response }: WithResponse<Integration>): boolean =>
  !isAnnounced(response) && data.status === 'active' && data.enabled === false && !data.is_healthy
