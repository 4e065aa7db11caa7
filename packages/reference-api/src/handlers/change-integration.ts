import type { EndpointId, Integration, ParamsOf } from '@ai-ticket-creator/domain'
import { integrationNotFound } from '../errors/problem-error.ts'
import type { HandlerCall, Ports } from '../ports/handler.ts'
import type { IntegrationRow } from '../ports/rows.ts'
import { serializeIntegration } from '../serializers/entities.ts'
import { toTimestamp } from '../serializers/timestamps.ts'
import { optimisticUpdate } from '../store/optimistic-update.ts'

/** The endpoints of one integration. */
type IntegrationEndpoint = {
  [Id in EndpointId]: 'integration_id' extends keyof ParamsOf<Id> ? Id : never
}[EndpointId]

export type IntegrationCall = Pick<
  HandlerCall<IntegrationEndpoint>,
  keyof Ports | 'organizationId' | 'params' | 'expectVersion'
>

/** Changes the integration of a call at a caller's request, which makes a new revision. */
export async function changeIntegration(
  call: IntegrationCall,
  change: (row: IntegrationRow, now: Date) => Promise<IntegrationRow>,
): Promise<{ reply: Integration; version: number }> {
  const { store, organizationId, params } = call
  let now: Date | undefined
  const after = await optimisticUpdate(
    store.integrations,
    { organizationId, id: params.integration_id },
    async (before) => {
      call.expectVersion(before.revision)
      now = call.clock()
      return { ...(await change(before, now)), revision: before.revision + 1, updated_at: toTimestamp(now) }
    },
  )
  if (after === undefined || now === undefined) throw integrationNotFound()
  return { reply: serializeIntegration(after, now), version: after.revision }
}

/** The integration of a call; 404 when it does not exist or is deleted. */
export async function findIntegration({ store, organizationId, params }: IntegrationCall): Promise<IntegrationRow> {
  const row = await store.integrations.find(organizationId, params.integration_id)
  if (row === undefined || row.deleted_at !== null) throw integrationNotFound()
  return row
}
