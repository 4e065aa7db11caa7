import type { EndpointId } from '@ai-ticket-creator/domain'

/** Old names that an update accepts although its endpoint never had them: those of the endpoint that created the ticket. */
export const crossEndpointAliases: Partial<Record<EndpointId, Readonly<Record<string, EndpointId>>>> = {
  'tickets.replace': { file_ids: 'tickets.create' },
  'tickets.update': { file_ids: 'tickets.create', reason: 'tickets.assign' },
}
