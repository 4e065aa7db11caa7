import {
  categoryOf,
  type Integration,
  type IntegrationEffect,
  type IntegrationEvent,
  transition,
} from '@ai-ticket-creator/domain'
import type { Call, Handler, Ports } from '../call.ts'
import { toWire } from '../moment.ts'
import { newIntegration } from '../new-rows.ts'
import { cursorNotServed, integrationNotFound, Refusal } from '../refusal.ts'
import type { IntegrationRow } from '../rows.ts'
import { showIntegration, summarizeIntegration } from '../show.ts'

export const createIntegration: Handler<'integrations.create'> = async (call) => {
  const body = await call.body()
  const { organizationId } = call
  const now = call.clock()
  const row = newIntegration(body, categoryOf(body.platform_name), { id: call.ids(), organizationId, at: toWire(now) })

  await call.store.integrations.insert(row)
  if (row.enabled) announce(call, row, ['validate_credentials', 'check_health'])
  return { reply: showIntegration(row, now), version: row.version }
}

export const listIntegrations: Handler<'integrations.list'> = async (call) => {
  const { offset = 0, limit = 20, cursor, ...filters } = call.query
  if (cursor !== undefined) throw cursorNotServed('offset')

  const now = call.clock()
  const { rows } = await call.store.integrations.list(call.organizationId, filters, { offset, limit, now })
  return { reply: rows.map((row) => summarizeIntegration(row, now)) }
}

export const retrieveIntegration: Handler<'integrations.retrieve'> = async (call) => {
  const row = await findIntegration(call)
  return { reply: showIntegration(row, call.clock()), version: row.version }
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
    const moved = events.reduce<Moving>(move, { ...row, effects: [] })
    return {
      row: {
        ...row,
        ...present(settings),
        ...(credentials !== undefined && { credentials, credentials_updated_at: at }),
        status: moved.status,
        enabled: moved.enabled,
      },
      effects: moved.effects,
    }
  })

export const setIntegrationStatus: Handler<'integrations.setStatus'> = (call) =>
  changeIntegration(call, async (row, now) => {
    const { enabled, reason } = await call.body()
    const moved = move({ ...row, effects: [] }, enabled ? 'enable' : 'disable')
    const disabledBecause = !enabled && typeof reason === 'string' && reason !== ''
    return {
      row: {
        ...row,
        status: moved.status,
        enabled: moved.enabled,
        ...(disabledBecause && { last_error_message: `Disabled: ${reason}`, last_error_at: toWire(now) }),
      },
      effects: moved.effects,
    }
  })

export const deleteIntegration: Handler<'integrations.delete'> = async (call) => {
  await changeIntegration(call, async (row, now) => ({ row: { ...row, deleted_at: toWire(now) }, effects: [] }))
  return { reply: { message: 'Integration deleted successfully' } }
}

type Changing = Call<'integrations.update'> | Call<'integrations.delete'> | Call<'integrations.setStatus'>

interface Changed {
  readonly row: IntegrationRow
  readonly effects: readonly IntegrationEffect[]
}

/** Reads a row, changes it and writes it back; when another writer came first, it starts again from the new row. */
async function changeIntegration(
  call: Changing,
  change: (row: IntegrationRow, now: Date) => Promise<Changed>,
): Promise<{ reply: Integration; version: number }> {
  for (let attempt = 0; attempt < WRITE_ATTEMPTS; attempt++) {
    const before = await findIntegration(call)
    call.expectVersion(before.version)
    const now = call.clock()

    const { row, effects } = await change(before, now)
    const after = { ...row, version: before.version + 1, updated_at: toWire(now) }
    if (await call.store.integrations.replace(after, before.version)) {
      announce(call, after, effects)
      return { reply: showIntegration(after, now), version: after.version }
    }
  }
  throw new Error(`an integration was written by others ${WRITE_ATTEMPTS} times in a row`)
}

// Every attempt that fails is a write of somebody else that went through: only a broken store gets here.
const WRITE_ATTEMPTS = 1000

async function findIntegration(call: Changing | Call<'integrations.retrieve'>): Promise<IntegrationRow> {
  const row = await call.store.integrations.find(call.organizationId, call.params.integration_id)
  if (row === undefined || row.deleted_at !== null) throw integrationNotFound()
  return row
}

function announce(
  { afterCommit }: Pick<Ports, 'afterCommit'>,
  row: IntegrationRow,
  effects: readonly IntegrationEffect[],
) {
  if (effects.length > 0) void afterCommit({ organizationId: row.organization_id, integrationId: row.id, effects })
}

// JSON has no undefined, the type of an optional field does.
const present = <T extends object>(fields: T) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Key in keyof T]?: Exclude<T[Key], undefined>
  }

type Moving = Pick<IntegrationRow, 'status' | 'enabled'> & { readonly effects: readonly IntegrationEffect[] }

function move({ status, enabled, effects }: Moving, event: IntegrationEvent): Moving {
  const next = transition(status, event)
  if (next.code !== undefined) throw new Refusal(next.code, next.message, { reason: next.reason })

  // Rows of the existing backend may be active and disabled at once; an event that moves nothing leaves that alone.
  const asked = event === 'enable' || event === 'disable' || next.status !== status
  return {
    status: next.status,
    enabled: asked ? next.enabled : enabled,
    effects: [...new Set([...effects, ...next.effects])],
  }
}
