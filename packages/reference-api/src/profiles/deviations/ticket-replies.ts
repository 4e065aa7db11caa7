import type { EndpointId, JsonObject, Ticket } from '@ai-ticket-creator/domain'
import { isJsonObject } from '@ai-ticket-creator/domain/internal'
import type { Ports } from '../../ports/handler.ts'
import { omit, onEntities } from '../hook-builders.ts'
import { ALL, C1, L, L_C1, type Row } from '../hooks.ts'

const showing = [
  'tickets.create',
  'tickets.createWithAi',
  'tickets.list',
  'tickets.retrieve',
  'tickets.replace',
  'tickets.update',
  'tickets.setStatus',
  'tickets.assign',
  'tickets.addAttachments',
] as const satisfies readonly EndpointId[]

const creating = ['tickets.create', 'tickets.createWithAi'] as const

/** What replies show of a ticket. */
export const ticketReplies: readonly Row[] = [
  {
    id: 'no-integration-id',
    profiles: ALL,
    contract: '§3.6',
    summary: 'No reply has the `integration_id` of a ticket.',
    reply: onEntities(showing, (ticket) => omit(ticket, ['integration_id', 'integration_name'])),
  },
  {
    id: 'older-form-of-replies',
    profiles: C1,
    contract: '§3.6',
    summary:
      'Tickets have `assignee`, `files` and the external ticket on top, not yet `assigned_to_id` and `attachments`.',
    replyGeneration: (endpointId) => (showing.some((id) => id === endpointId) ? 'legacy' : undefined),
  },
  {
    id: 'empty-routing',
    profiles: L_C1,
    contract: '§3.6',
    assumed: true,
    summary: 'Tickets have `integration_routing`, always null.',
    reply: onEntities(showing, (ticket) => ({ ...ticket, integration_routing: null })),
  },
  {
    id: 'files-never-null',
    profiles: L_C1,
    contract: '§3.6',
    summary: '`files` is a list, also where there are none.',
    reply: onEntities(showing, (ticket) => ({ ...ticket, files: ticket['files'] ?? [] })),
  },
  {
    id: 'result-on-create-only',
    profiles: L_C1,
    contract: '§8',
    summary: '`integration_result` is shown by the create only, later it is null; the external ticket stays on top.',
    reply: onEntities(
      showing.filter((id) => !creating.some((one) => one === id)),
      (ticket) => ({ ...ticket, integration_result: null }),
    ),
  },
  {
    id: 'result-without-platform',
    profiles: C1,
    contract: '§8',
    summary: '`integration_result` has no `platform_name`.',
    reply: onEntities(creating, (ticket) => ({ ...ticket, integration_result: without(ticket, ['platform_name']) })),
  },
  {
    id: 'result-with-name',
    profiles: L,
    contract: '§8',
    summary: '`integration_result` tells the integration by `integration_name`, not by id and platform.',
    around: {
      'tickets.create': async (call, next) => ({ reply: await withName(call, (await next(call)).reply) }),
      'tickets.createWithAi': async (call, next) => {
        const { reply } = await next(call)
        return { reply: { ...reply, ticket: await withName(call, reply.ticket) } }
      },
    },
    reply: onEntities(creating, (ticket) => ({
      ...ticket,
      integration_result: without(ticket, ['integration_id', 'platform_name']),
    })),
  },
  {
    id: 'never-overdue',
    profiles: ALL,
    contract: '§3.6',
    assumed: true,
    summary: '`is_overdue` is always false.',
    reply: onEntities(showing, (ticket) => ({ ...ticket, is_overdue: false })),
  },
  {
    id: 'no-analysis-on-tickets',
    profiles: ALL,
    contract: '§3.6',
    assumed: true,
    summary: '`ai_analysis` of a ticket is always null; only the reply of `ai-create` has one, beside the ticket.',
    reply: onEntities(showing, (ticket) => ({ ...ticket, ai_analysis: null })),
  },
]

function without(ticket: JsonObject, names: readonly string[]): unknown {
  const result = ticket['integration_result']
  return isJsonObject(result) ? omit(result, names) : result
}

async function withName(
  { store, organizationId }: Pick<Ports, 'store'> & { readonly organizationId: string },
  ticket: Ticket,
): Promise<Ticket> {
  const result = ticket.integration_result
  const id = result?.integration_id
  if (!result || typeof id !== 'string') return ticket

  const integration = await store.integrations.find(organizationId, id)
  const named = { ...result, integration_name: integration?.name ?? null }
  return { ...ticket, integration_result: named }
}
