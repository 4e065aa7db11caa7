import { categoryOf, type IntegrationEvent } from '@ai-ticket-creator/domain'
import { REQUEST_DEFAULTS } from '@ai-ticket-creator/domain/internal'
import type { Handler } from '../ports/handler.ts'
import type { IntegrationRow } from '../ports/rows.ts'
import {
  serializeActiveIntegration,
  serializeIntegration,
  serializeIntegrationSummary,
} from '../serializers/entities.ts'
import { toTimestamp } from '../serializers/timestamps.ts'
import { withoutUserInfo } from '../serializers/user-info.ts'
import { applyTransition } from '../services/apply-transition.ts'
import { newIntegration } from '../services/create-rows.ts'
import { cursorConflict, readCursor, writeCursor } from '../store/cursor.ts'
import { definedFields } from '../store/optimistic-update.ts'
import { changeIntegration, findIntegration } from './change-integration.ts'

export const createIntegration: Handler<'integrations.create'> = async (call) => {
  const body = await call.body()
  const { organizationId } = call
  const now = call.clock()
  const category = body.integration_category ?? categoryOf(body.platform_name)
  const row = newIntegration(body, category, { id: call.newId(), organizationId, at: toTimestamp(now) })

  const result = { reply: serializeIntegration(row, now), version: row.revision }
  await call.store.integrations.insert(row, call.claim?.completed(result))
  return result
}

const defaults = REQUEST_DEFAULTS['integrations.list']

export const listIntegrations: Handler<'integrations.list'> = async (call) => {
  const { offset, limit = defaults.limit, cursor, ...filters } = call.query
  if (cursor !== undefined && offset !== undefined) throw cursorConflict('offset')
  const { sort_by = defaults.sort_by, sort_order = defaults.sort_order } = filters
  const order = { sort_by, sort_order }
  const start = cursor === undefined ? undefined : readCursor('integrations', order, cursor)

  const now = call.clock()
  const window = { after: start?.after, offset: offset ?? defaults.offset, limit, now }
  const { rows, next } = await call.store.integrations.list(call.organizationId, { ...filters, ...order }, window)
  return {
    reply: rows.map((row) => serializeIntegrationSummary(row, now)),
    // The reply is a bare array, so the page number is unused.
    ...(next !== undefined && { next: writeCursor('integrations', order, { after: next, page: 2 }) }),
  }
}

export const listActiveIntegrations: Handler<'integrations.listActive'> = async (call) => {
  const { supports_category: wanted, ...filters } = call.query
  const query = { ...filters, integration_status: 'active', sort_by: 'name', sort_order: 'asc' } as const
  // The reply has no pages (existing backend: pagination and sorting).
  const window = { offset: 0, limit: Number.MAX_SAFE_INTEGER, now: call.clock() }
  const { rows } = await call.store.integrations.list(call.organizationId, query, window)

  const supports = ({ supports_categories: supported }: IntegrationRow): boolean =>
    wanted === undefined || supported === null || supported.length === 0 || supported.includes(wanted)
  return { reply: rows.filter(supports).map(serializeActiveIntegration) }
}

export const retrieveIntegration: Handler<'integrations.retrieve'> = async (call) => {
  const row = await findIntegration(call)
  return { reply: serializeIntegration(row, call.clock()), version: row.revision }
}

export const updateIntegration: Handler<'integrations.update'> = (call) =>
  changeIntegration(call, async (row, now) => {
    const stored = { ...serializeIntegration(row, now), base_url: row.base_url, webhook_url: row.webhook_url }
    const { enabled, credentials, ...settings } = await call.body(stored)
    const at = toTimestamp(now)

    const events: IntegrationEvent[] = [
      ...(credentials === undefined ? [] : (['credentials_replaced'] as const)),
      // A caller may send the whole object back, so only a different value is an event.
      ...(enabled === undefined || enabled === row.enabled ? [] : ([enabled ? 'enable' : 'disable'] as const)),
    ]
    return {
      ...events.reduce((changed, event) => applyTransition(changed, event, at), row),
      ...definedFields({
        ...settings,
        base_url: keepUserInfo(settings.base_url, row.base_url),
        webhook_url: keepUserInfo(settings.webhook_url, row.webhook_url),
      }),
      ...(credentials !== undefined && { credentials, credentials_updated_at: at }),
    }
  })

/** Replies show URLs without user and password. A caller who sends such a URL back does not remove them from the row. */
const keepUserInfo = (sent: string | null | undefined, stored: string | null): string | null | undefined =>
  sent === withoutUserInfo(stored) ? stored : sent

export const deleteIntegration: Handler<'integrations.delete'> = async (call) => {
  await changeIntegration(call, async (row, now) => ({ ...row, deleted_at: toTimestamp(now) }))
  return { reply: { message: 'Integration deleted successfully' } }
}
