import type { EndpointId, Integration, ParamsOf } from '@ai-ticket-creator/domain'
import { integrationNotFound } from '../errors/problem-error.ts'
import type { HandlerCall, Ports } from '../ports/handler.ts'
import type { IntegrationRow } from '../ports/rows.ts'
import { serializeIntegration } from '../serializers/entities.ts'
import { toTimestamp } from '../serializers/timestamps.ts'
import { optimisticUpdate } from '../store/optimistic-update.ts'

/** The endpoints whose path has the id of an integration. */
type IntegrationEndpoint = {
  [Id in EndpointId]: 'integration_id' extends keyof ParamsOf<Id> ? Id : never
}[EndpointId]

/** The parts of a call that a change of an integration uses. */
export type IntegrationCall = Pick<
  HandlerCall<IntegrationEndpoint>,
  keyof Ports | 'claim' | 'organizationId' | 'params' | 'expectVersion'
>

/** Stores a change that a caller requests, as a new revision of the integration. Replies with the integration. */
export const changeIntegration = (
  call: IntegrationCall,
  change: (row: IntegrationRow, now: Date) => Promise<IntegrationRow>,
): Promise<Result<Integration>> => changeAndReply(call, change, (integration) => integration)

/** As `changeIntegration`, with another reply. */
export async function changeAndReply<Reply>(
  call: IntegrationCall,
  change: (row: IntegrationRow, now: Date) => Promise<IntegrationRow>,
  toReply: (integration: Integration) => Reply,
): Promise<Result<Reply>> {
  const { store, organizationId, params } = call
  const toResult = (row: IntegrationRow) => ({
    reply: toReply(serializeIntegration(row, new Date(row.updated_at))),
    version: row.revision,
  })
  const after = await optimisticUpdate(
    store.integrations,
    { organizationId, id: params.integration_id },
    async (before) => {
      call.expectVersion(before.revision)
      const now = call.clock()
      return { ...(await change(before, now)), revision: before.revision + 1, updated_at: toTimestamp(now) }
    },
    async (row) => call.claim?.completed(toResult(row)),
  )
  if (after === undefined) throw integrationNotFound()
  return toResult(after)
}

interface Result<Reply> {
  readonly reply: Reply
  readonly version: number
}

/** The integration of a call; 404 when it does not exist or is deleted. */
export async function findIntegration({ store, organizationId, params }: IntegrationCall): Promise<IntegrationRow> {
  const row = await store.integrations.find(organizationId, params.integration_id)
  if (row === undefined || row.deleted_at !== null) throw integrationNotFound()
  return row
}
