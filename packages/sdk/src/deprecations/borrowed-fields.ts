import type { EndpointId } from '@ai-ticket-creator/domain'

/** Old words that a backend knows elsewhere only, and where: a ticket is changed in the words it was filed in. */

export const crossEndpointAliases: Partial<Record<EndpointId, Readonly<Record<string, EndpointId>>>> = {
  'tickets.replace': { file_ids: 'tickets.create' },
  'tickets.update': { file_ids: 'tickets.create', reason: 'tickets.assign' },
}
