import type { EndpointId } from '../contract/contract.ts'

/**
 * Retired names that callers send to an endpoint that never had them, each with the endpoint that had it: the create of a
 * ticket, or a retired route.
 */
export const crossEndpointAliases: Partial<Record<EndpointId, Readonly<Record<string, EndpointId>>>> = {
  'tickets.replace': { file_ids: 'tickets.create' },
  'tickets.update': { file_ids: 'tickets.create', reason: 'tickets.assign' },
}
