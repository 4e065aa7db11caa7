import type { EndpointId } from '@ai-ticket-creator/domain'
import type { Handler } from '../ports/handler.ts'
import * as status from './integration-status.ts'
import { testIntegration } from './integration-test.ts'
import * as integrations from './integrations.ts'
import * as platform from './sync-and-fields.ts'
import * as attachments from './ticket-attachments.ts'
import * as creation from './ticket-creation.ts'
import * as writes from './ticket-writes.ts'
import * as tickets from './tickets.ts'

export type Handlers = { readonly [Id in EndpointId]: Handler<Id> }

/** The handlers of all endpoints. A missing one does not compile. */
export const handlers: Handlers = {
  'integrations.create': integrations.createIntegration,
  'integrations.list': integrations.listIntegrations,
  'integrations.listActive': integrations.listActiveIntegrations,
  'integrations.retrieve': integrations.retrieveIntegration,
  'integrations.update': integrations.updateIntegration,
  'integrations.delete': integrations.deleteIntegration,
  'integrations.setStatus': status.setIntegrationStatus,
  'integrations.activate': status.activateIntegration,
  'integrations.test': testIntegration,
  'integrations.sync': platform.syncIntegration,
  'integrations.fields': platform.listIntegrationFields,

  'tickets.list': tickets.listTickets,
  'tickets.stats': tickets.countTickets,
  'tickets.retrieve': tickets.retrieveTicket,
  'tickets.create': creation.createTicket,
  'tickets.createWithAi': creation.createTicketWithAi,
  'tickets.replace': writes.replaceTicket,
  'tickets.update': writes.updateTicket,
  'tickets.setStatus': writes.setTicketStatus,
  'tickets.assign': writes.assignTicket,
  'tickets.delete': writes.deleteTicket,
  'tickets.addAttachments': attachments.addAttachments,
  'tickets.listAttachments': attachments.listAttachments,
}
