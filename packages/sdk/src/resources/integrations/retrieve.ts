import type { CallContext } from '../../core/call-context.ts'
import type { WithResponse } from '../../core/result.ts'
import type { ApiError } from '../../errors/api-error.ts'
import { isApiError } from '../../errors/guards.ts'
import { request } from '../../request.ts'
import type { Integration } from '../result-types.ts'

export const retrieveIntegration = (call: CallContext, id: string): Promise<WithResponse<Integration>> =>
  request(call, 'integrations.retrieve', { params: { integration_id: id } })

/** The integration as it is stored before a write. The `If-Match` of the caller is for the write, not for this read. */
export const retrieveStored = (call: CallContext, id: string): Promise<WithResponse<Integration>> =>
  request(call, 'integrations.retrieve', { params: { integration_id: id }, headers: { 'If-Match': undefined } })

/** The integration, or the result of `onMissing` if the reply is a 404. */
export async function retrieveIntegrationOr<T>(
  call: CallContext,
  id: string,
  onMissing: (error: ApiError) => T,
): Promise<Integration | T> {
  try {
    return (await retrieveIntegration(call, id)).data
  } catch (error) {
    if (isApiError(error) && error.status === 404) return onMissing(error)
    throw error
  }
}
