import {
  type EndpointId,
  type Integration,
  type IntegrationEffect,
  type IntegrationEvent,
  type ParamsOf,
  transition,
} from '@ai-ticket-creator/domain'
import type { Call, Ports } from '../call.ts'
import { toWire } from '../moment.ts'
import { integrationNotFound, Refusal } from '../refusal.ts'
import { rewrite } from '../rewrite.ts'
import type { IntegrationRow } from '../rows.ts'
import { showIntegration } from '../show.ts'

/** The endpoints of one integration. */
type IntegrationEndpoint = {
  [Id in EndpointId]: 'integration_id' extends keyof ParamsOf<Id> ? Id : never
}[EndpointId]

export type IntegrationCall = Pick<
  Call<IntegrationEndpoint>,
  keyof Ports | 'organizationId' | 'params' | 'expectVersion'
>

export interface Changed {
  readonly row: IntegrationRow
  readonly effects: readonly IntegrationEffect[]
}

/** Changes the integration of a call, as somebody asked for it. */
export async function changeIntegration(
  call: IntegrationCall,
  change: (row: IntegrationRow, now: Date) => Promise<Changed>,
): Promise<{ reply: Integration; version: number }> {
  const { store, organizationId, params } = call
  let done: { readonly now: Date; readonly effects: readonly IntegrationEffect[] } | undefined
  const after = await rewrite(store.integrations, { organizationId, id: params.integration_id }, async (before) => {
    call.expectVersion(before.version)
    const now = call.clock()
    const { row, effects } = await change(before, now)
    done = { now, effects }
    return { ...row, updated_at: toWire(now) }
  })
  if (after === undefined || done === undefined) throw integrationNotFound()

  announce(call, after, done.effects)
  return { reply: showIntegration(after, done.now), version: after.version }
}

/** The live integration of a call. */
export async function findIntegration({ store, organizationId, params }: IntegrationCall): Promise<IntegrationRow> {
  const row = await store.integrations.find(organizationId, params.integration_id)
  if (row === undefined || row.deleted_at !== null) throw integrationNotFound()
  return row
}

export function announce(
  { afterCommit }: Pick<Ports, 'afterCommit'>,
  row: IntegrationRow,
  effects: readonly IntegrationEffect[],
) {
  if (effects.length > 0) void afterCommit({ organizationId: row.organization_id, integrationId: row.id, effects })
}

export type Moving = Pick<IntegrationRow, 'status' | 'enabled'> & { readonly effects: readonly IntegrationEffect[] }

/** Where an event leads; refused with 409 where the status does not allow it. */
export function move({ status, enabled, effects }: Moving, event: IntegrationEvent): Moving {
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
