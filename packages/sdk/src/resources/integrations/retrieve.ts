import type { CallContext } from '../../core/context.ts'
import type { WithResponse } from '../../core/result.ts'
import { isApiError } from '../../errors/guards.ts'
import { IntegrationNotFoundError } from '../../errors/integration-errors.ts'
import { request } from '../../request.ts'
import type { Integration } from '../types.ts'

/** The integration with this id. */
export const retrieveIntegration = (call: CallContext, id: string): Promise<WithResponse<Integration>> =>
  request(call, 'integrations.retrieve', { params: { integration_id: id } })

/** The integration with this id; undefined if there is none. */
export const findIntegration = (call: CallContext, id: string): Promise<Integration | undefined> =>
  retrieveOr(call, id, () => undefined)

/** @throws IntegrationNotFoundError when there is no integration with this id. */
export const retrieveReferenced = (call: CallContext, id: string): Promise<Integration> =>
  retrieveOr(call, id, (requestId) => {
    throw new IntegrationNotFoundError('no integration has this `integration_id`', { id, requestId })
  })

async function retrieveOr<T>(
  call: CallContext,
  id: string,
  notFound: (requestId: string | undefined) => T,
): Promise<Integration | T> {
  try {
    return (await retrieveIntegration(call, id)).data
  } catch (error) {
    if (isApiError(error) && error.status === 404) return notFound(error.requestId)
    throw error
  }
}
