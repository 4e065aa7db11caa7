import type { CoreEndpointId } from '@ai-ticket-creator/domain'
import type { Handler } from '../call.ts'
import * as integrations from './integrations.ts'
import * as tickets from './tickets.ts'

/** The handler of every endpoint; one that is missing does not compile. */
export const handlers: { readonly [Id in CoreEndpointId]: Handler<Id> } = {
  'integrations.create': integrations.createIntegration,
  'integrations.list': integrations.listIntegrations,
  'integrations.retrieve': integrations.retrieveIntegration,
  'integrations.update': integrations.updateIntegration,
  'integrations.delete': integrations.deleteIntegration,
  'integrations.setStatus': integrations.setIntegrationStatus,
  'tickets.list': tickets.listTickets,
  'tickets.create': tickets.createTicket,
  'tickets.retrieve': tickets.retrieveTicket,
}
