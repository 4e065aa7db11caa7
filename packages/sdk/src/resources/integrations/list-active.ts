import type { ActiveIntegration, JsonObject } from '@ai-ticket-creator/domain'
import type { CallContext } from '../../core/context.ts'
import type { WithResponse } from '../../core/result.ts'
import { withLegacyFields } from '../../deprecations/legacy-accessors.ts'
import { isApiError } from '../../errors/guards.ts'
import { readWhole } from '../../pagination/filtered-request.ts'
import { listAll } from '../../pagination/list-all.ts'
import type { Integration, IntegrationSummary } from '../types.ts'
import { findIntegration } from './retrieve.ts'

/** All active integrations, from their own route, or from the list where that route can not be reached. */
export async function listActive(call: CallContext, filters: JsonObject): Promise<WithResponse<ActiveIntegration[]>> {
  try {
    return await readWhole(call, 'integrations.listActive', filters)
  } catch (error) {
    if (!isShadowed(error)) throw error
    return fromTheList(call, filters)
  }
}

// The existing backend takes `active` for the id of an integration (CONTRACT §1.1).
const isShadowed = (error: unknown): boolean =>
  isApiError(error) && error.status === 422 && error.issues.some(({ loc }) => loc[0] === 'path')

async function fromTheList(call: CallContext, filters: JsonObject): Promise<WithResponse<ActiveIntegration[]>> {
  const order = { sort_by: 'name', sort_order: 'asc' }
  const { data: rows, response } = await listAll(call, { integration_status: 'active', ...order })

  const found: ActiveIntegration[] = []
  for (const row of rows.filter((one) => canFile(one) && isWanted(one, filters))) {
    // Undefined: it was deleted after it was listed.
    const whole = await findIntegration(call, row.id)
    if (whole !== undefined && canFile(whole) && supports(whole, filters['supports_category']))
      found.push(toActive(call, whole))
  }
  return { data: found, response, unverified: [] }
}

// `enabled` may be missing on a legacy backend, which shows the status alone.
const canFile = ({ status, enabled }: IntegrationSummary | Integration): boolean =>
  status === 'active' && enabled !== false

const isWanted = (row: IntegrationSummary, filters: JsonObject): boolean =>
  (['integration_category', 'platform_name'] as const).every(
    (field) => filters[field] === undefined || filters[field] === row[field],
  )

// None named means all.
const supports = ({ supports_categories: known }: Integration, wanted: unknown): boolean =>
  wanted === undefined || !known?.length || known.some((category) => category === wanted)

function toActive({ settings }: CallContext, row: Integration): ActiveIntegration {
  const active: ActiveIntegration = {
    id: row.id,
    name: row.name,
    integration_category: row.integration_category,
    platform_name: row.platform_name,
    status: row.status,
    description: row.description,
    supports_categories: row.supports_categories ?? [],
    supports_priorities: row.supports_priorities ?? [],
    default_priority: row.default_priority,
    health_status: row.health_info.status === 'unhealthy' ? 'error' : 'healthy',
    success_rate: row.usage_stats.success_rate,
    last_successful_creation: row.usage_stats.last_success_at,
  }
  withLegacyFields(settings, 'integrations.listActive', [active], [])
  return active
}
