import type { ActiveIntegration, JsonObject } from '@ai-ticket-creator/domain'
import type { CallContext } from '../../core/call-context.ts'
import type { WithResponse } from '../../core/result.ts'
import { isApiError } from '../../errors/guards.ts'
import { readFiltered } from '../../pagination/filtered-request.ts'
import { listAllIntegrations } from '../../pagination/list-all.ts'
import { sortRows } from '../../pagination/sort-rows.ts'
import type { Integration, IntegrationSummary } from '../result-types.ts'
import { retrieveIntegrationOr } from './retrieve.ts'

/** All active integrations: from their own route, or from the list where the backend lacks that route. */
export async function listActive(call: CallContext, filters: JsonObject): Promise<WithResponse<ActiveIntegration[]>> {
  try {
    return await readFiltered(call, 'integrations.listActive', filters)
  } catch (error) {
    if (!isShadowedRoute(error)) throw error
    return readFromList(call, filters)
  }
}

// The existing backend takes `active` for the id of an integration (existing backend: active integrations).
const isShadowedRoute = (error: unknown): boolean =>
  isApiError(error) && error.status === 422 && error.issues.some(({ loc }) => loc[0] === 'path')

async function readFromList(call: CallContext, filters: JsonObject): Promise<WithResponse<ActiveIntegration[]>> {
  const { data: listed, response } = await listAllIntegrations<IntegrationSummary>(call, {
    integration_status: 'active',
  })
  const rows = sortRows({ endpointId: 'integrations.list' }, listed, 'name', false)

  const active: ActiveIntegration[] = []
  for (const row of rows.filter((one) => canFile(one) && fitsFilters(one, filters))) {
    // Undefined if the integration was deleted after it was listed.
    const integration = await retrieveIntegrationOr(call, row.id, () => undefined)
    if (integration !== undefined && canFile(integration) && supports(integration, filters['supports_category']))
      active.push(toActive(integration))
  }
  // A dialect may add accessors for old names; the fields stay the same.
  const data = call.dialect.present('integrations.listActive', active, []) as ActiveIntegration[]
  return { data, response, unverified: [] }
}

// A legacy backend shows the status but not `enabled`.
const canFile = ({ status, enabled }: IntegrationSummary | Integration): boolean =>
  status === 'active' && enabled !== false

const fitsFilters = (row: IntegrationSummary, filters: JsonObject): boolean =>
  (['integration_category', 'platform_name'] as const).every(
    (field) => filters[field] === undefined || filters[field] === row[field],
  )

// An integration without a list of categories supports all of them.
const supports = ({ supports_categories: supported }: Integration, wanted: unknown): boolean =>
  wanted === undefined || !supported?.length || supported.some((category) => category === wanted)

function toActive(integration: Integration): ActiveIntegration {
  return {
    id: integration.id,
    name: integration.name,
    integration_category: integration.integration_category,
    platform_name: integration.platform_name,
    status: integration.status,
    description: integration.description,
    supports_categories: integration.supports_categories ?? [],
    supports_priorities: integration.supports_priorities ?? [],
    default_priority: integration.default_priority,
    health_status: integration.health_info.status === 'unhealthy' ? 'error' : 'healthy',
    success_rate: integration.usage_stats.success_rate,
    last_successful_creation: integration.usage_stats.last_success_at,
  }
}
