import type { CallContext } from '../../core/context.ts'
import type { WithResponse } from '../../core/result.ts'
import { request } from '../../request.ts'
import { parseInput } from '../parse-input.ts'
import type { Integration } from '../types.ts'

/** Enables or disables an integration. */
export async function setStatus(call: CallContext, id: string, change: object): Promise<WithResponse<Integration>> {
  const { body } = parseInput('integrations.setStatus', change)
  return request(call, 'integrations.setStatus', { params: { integration_id: id }, body })
}
