import { categoryOf, type IntegrationEvent } from '@ai-ticket-creator/domain'
import type { Handler } from '../ports/handler.ts'
import type { IntegrationRow } from '../ports/rows.ts'
import { showActiveIntegration, showIntegration, summarizeIntegration } from '../serializers/entities.ts'
import { toWire } from '../serializers/timestamps.ts'
import { move } from '../services/apply-transition.ts'
import { newIntegration } from '../services/create-rows.ts'
import { cursorStandsAlone, readCursor, writeCursor } from '../store/cursor.ts'
import { present } from '../store/optimistic-update.ts'
import { changeIntegration, findIntegration } from './change-integration.ts'

export const createIntegration: Handler<'integrations.create'> = async (call) => {
  const body = await call.body()
  const { organizationId } = call
  const now = call.clock()
  const category = body.integration_category ?? categoryOf(body.platform_name)
  const row = newIntegration(body, category, { id: call.ids(), organizationId, at: toWire(now) })

  await call.store.integrations.insert(row)
  return { reply: showIntegration(row, now), version: row.revision }
}

export const listIntegrations: Handler<'integrations.list'> = async (call) => {
  const { offset, limit = 20, cursor, ...filters } = call.query
  if (cursor !== undefined && offset !== undefined) throw cursorStandsAlone('offset')
  const { sort_by = 'created_at', sort_order = 'desc' } = filters
  const order = { sort_by, sort_order }
  const place = cursor === undefined ? undefined : readCursor('integrations', order, cursor)

  const now = call.clock()
  const window = { after: place?.after, offset: offset ?? 0, limit, now }
  const { rows, next } = await call.store.integrations.list(call.organizationId, { ...filters, ...order }, window)
  return {
    reply: rows.map((row) => summarizeIntegration(row, now)),
    // Without an envelope nobody asks for the number of the page.
    ...(next !== undefined && { next: writeCursor('integrations', order, { after: next, page: 2 }) }),
  }
}

export const listActiveIntegrations: Handler<'integrations.listActive'> = async (call) => {
  const { supports_category: wanted, ...filters } = call.query
  const query = { ...filters, integration_status: 'active', sort_by: 'name', sort_order: 'asc' } as const
  // The reply has no pages (CONTRACT §1.1).
  const window = { offset: 0, limit: Number.MAX_SAFE_INTEGER, now: call.clock() }
  const { rows } = await call.store.integrations.list(call.organizationId, query, window)

  const supports = ({ supports_categories: known }: IntegrationRow): boolean =>
    wanted === undefined || known === null || known.length === 0 || known.includes(wanted)
  return { reply: rows.filter(supports).map(showActiveIntegration) }
}

export const retrieveIntegration: Handler<'integrations.retrieve'> = async (call) => {
  const row = await findIntegration(call)
  return { reply: showIntegration(row, call.clock()), version: row.revision }
}

export const updateIntegration: Handler<'integrations.update'> = (call) =>
  changeIntegration(call, async (row, now) => {
    const { enabled, credentials, ...settings } = await call.body({ ...showIntegration(row, now) })
    const at = toWire(now)

    const events: IntegrationEvent[] = [
      ...(credentials === undefined ? [] : (['credentials_replaced'] as const)),
      // An object that is sent back whole says what is already so: only a change is an event.
      ...(enabled === undefined || enabled === row.enabled ? [] : ([enabled ? 'enable' : 'disable'] as const)),
    ]
    return {
      ...events.reduce((moved, event) => move(moved, event, at), row),
      ...present(settings),
      ...(credentials !== undefined && { credentials, credentials_updated_at: at }),
    }
  })

export const deleteIntegration: Handler<'integrations.delete'> = async (call) => {
  await changeIntegration(call, async (row, now) => ({ ...row, deleted_at: toWire(now) }))
  return { reply: { message: 'Integration deleted successfully' } }
}
