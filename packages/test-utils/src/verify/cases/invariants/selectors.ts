import { changesOf, type EndpointId, type JsonObject } from '@ai-ticket-creator/domain'
import type { Mismatch } from '../../model/case.ts'
import { entitiesOf, type Reply } from '../../model/observed-reply.ts'

// Functions that select the replies that an invariant checks.

export const succeeded = ({ status }: Reply): boolean => status < 300
export const refused = ({ status }: Reply): boolean => status >= 400

export const showsIntegrations = (reply: Reply): boolean =>
  succeeded(reply) && INTEGRATION_ENDPOINTS.includes(reply.endpoint)

const INTEGRATION_ENDPOINTS: readonly EndpointId[] = [
  'integrations.create',
  'integrations.list',
  'integrations.listActive',
  'integrations.retrieve',
  'integrations.update',
  'integrations.setStatus',
]

// The change `ticket-reply` is listed for every endpoint that returns tickets.
export const showsTickets = (reply: Reply): boolean =>
  succeeded(reply) && changesOf(reply.endpoint, 'reply').some(({ id }) => id === 'ticket-reply')

/** The first mismatch among the rows of a reply. */
export function each(reply: Reply, check: (row: JsonObject) => Mismatch | undefined): Mismatch | undefined {
  return entitiesOf(reply)
    .map(check)
    .find((mismatch) => mismatch !== undefined)
}
