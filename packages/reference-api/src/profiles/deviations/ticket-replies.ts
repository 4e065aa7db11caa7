import { ENDPOINT_IDS, type JsonObject, type Ticket } from '@ai-ticket-creator/domain'
import { isJsonObject, retiredNamesOf } from '@ai-ticket-creator/domain/internal'
import type { Ports } from '../../ports/handler.ts'
import { omit, onEntities } from '../hook-builders.ts'
import { ALL, BEFORE_LATEST, LEGACY, REFACTORED, type Row } from '../hooks.ts'

// The endpoints whose replies have tickets: in the legacy generation these replies have the field `assignee`.
const ticketEndpoints = ENDPOINT_IDS.filter((id) =>
  retiredNamesOf(id, 'reply').some(({ field }) => field === 'assignee'),
)

const createEndpoints = ['tickets.create', 'tickets.createWithAi'] as const

/** The reply form of tickets. */
export const ticketReplies: readonly Row[] = [
  {
    id: 'no-integration-id',
    profiles: ALL,
    source: 'ticket-replies',
    summary: 'No reply has the `integration_id` of a ticket.',
    reply: onEntities(ticketEndpoints, (ticket) => omit(ticket, ['integration_id', 'integration_name'])),
  },
  {
    id: 'older-form-of-replies',
    profiles: REFACTORED,
    source: 'ticket-replies',
    summary:
      'Tickets have `assignee`, `files`, `external_ticket_id` and `external_ticket_url`, not yet `assigned_to_id` and `attachments`.',
    replyGeneration: (endpointId) => (ticketEndpoints.includes(endpointId) ? 'legacy' : undefined),
  },
  {
    id: 'empty-routing',
    profiles: BEFORE_LATEST,
    source: 'ticket-replies',
    assumed: true,
    summary: 'Tickets have `integration_routing`, always null.',
    reply: onEntities(ticketEndpoints, (ticket) => ({ ...ticket, integration_routing: null })),
  },
  {
    id: 'files-never-null',
    profiles: BEFORE_LATEST,
    source: 'ticket-replies',
    summary: '`files` is a list, also without files.',
    reply: onEntities(ticketEndpoints, (ticket) => ({ ...ticket, files: ticket['files'] ?? [] })),
  },
  {
    id: 'result-on-create-only',
    profiles: BEFORE_LATEST,
    source: 'file-a-ticket-with-an-integration',
    summary: 'Only the reply of a create has `integration_result`; later it is null, and `external_ticket_id` stays.',
    reply: onEntities(
      ticketEndpoints.filter((id) => !createEndpoints.some((createEndpoint) => createEndpoint === id)),
      (ticket) => ({ ...ticket, integration_result: null }),
    ),
  },
  {
    id: 'result-without-platform',
    profiles: REFACTORED,
    source: 'file-a-ticket-with-an-integration',
    summary: '`integration_result` has no `platform_name`.',
    reply: onEntities(createEndpoints, (ticket) => ({
      ...ticket,
      integration_result: resultWithout(ticket, ['platform_name']),
    })),
  },
  {
    id: 'result-with-name',
    profiles: LEGACY,
    source: 'file-a-ticket-with-an-integration',
    summary: '`integration_result` has `integration_name`, not id and platform.',
    handlers: {
      'tickets.create': async (call, next) => ({ reply: await withName(call, (await next(call)).reply) }),
      'tickets.createWithAi': async (call, next) => {
        const { reply } = await next(call)
        return { reply: { ...reply, ticket: await withName(call, reply.ticket) } }
      },
    },
    reply: onEntities(createEndpoints, (ticket) => ({
      ...ticket,
      integration_result: resultWithout(ticket, ['integration_id', 'platform_name']),
    })),
  },
  {
    id: 'never-overdue',
    profiles: ALL,
    source: 'ticket-replies',
    assumed: true,
    summary: '`is_overdue` is always false.',
    reply: onEntities(ticketEndpoints, (ticket) => ({ ...ticket, is_overdue: false })),
  },
  {
    id: 'no-analysis-on-tickets',
    profiles: ALL,
    source: 'ticket-replies',
    assumed: true,
    summary: '`ai_analysis` of a ticket is always null; only the reply of `ai-create` has one, beside the ticket.',
    reply: onEntities(ticketEndpoints, (ticket) => ({ ...ticket, ai_analysis: null })),
  },
]

/** The `integration_result` of a ticket without some keys. */
function resultWithout(ticket: JsonObject, names: readonly string[]): unknown {
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
