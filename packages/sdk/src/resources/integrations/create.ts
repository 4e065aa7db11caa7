import type { CallContext } from '../../core/call-context.ts'
import type { WithResponse } from '../../core/result.ts'
import { request } from '../../request.ts'
import { parseInput } from '../parse-input.ts'
import type { Integration } from '../result-types.ts'
import { sendStatus } from './set-status.ts'

/** Creates an integration, and sets `enabled` by a second request where the first one did not. */
export async function createIntegration(call: CallContext, input: unknown): Promise<WithResponse<Integration>> {
  const { body } = parseInput(call, 'integrations.create', input)
  const created = await request<Integration>(call, 'integrations.create', { body })

  // Existing backends accept `enabled` here and do not store it (existing backend: status and enabled). Legacy replies do not
  // show `enabled`; a new integration is enabled there.
  const { enabled } = body
  const { enabled: isEnabled = true } = created.data
  if (typeof enabled !== 'boolean' || isEnabled === enabled) return created
  call.written.setCreated(created.data.id)
  call.written.addApplied(Object.keys(body).filter((field) => field !== 'enabled'))
  return sendStatus(call, created.data.id, { enabled }, created)
}
