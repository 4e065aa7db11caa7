import {
  ActiveIntegrationList,
  CreateIntegrationBody,
  DeletedIntegration,
  Integration,
  IntegrationActivation,
  IntegrationFieldList,
  IntegrationList,
  IntegrationSyncResult,
  IntegrationTestResult,
  ListActiveIntegrations,
  ListIntegrationFields,
  ListIntegrations,
  RetrieveIntegration,
  SetIntegrationStatus,
  SyncIntegration,
  TestIntegration,
  UpdateIntegration,
} from '../entities/integration-requests.ts'
import {
  AddAttachments,
  AssignTicket,
  AttachmentList,
  CreateTicket,
  CreateTicketWithAi,
  ListTickets,
  ReplaceTicket,
  RetrieveTicket,
  SetTicketStatus,
  Ticket,
  TicketPage,
  TicketStats,
  TicketWithAnalysis,
  UpdateTicket,
} from '../entities/ticket-requests.ts'
import type { Schema } from '../schema/schema.ts'
import { type Endpoint, endpoint, type Params } from './endpoint.ts'

const naming = ['integration_not_found', 'integration_unusable', 'ambiguous_integration_name'] as const

/** Every endpoint of the API, by id (CONTRACT §1). SDK, server, mock and documents read it. */
export const contract = {
  'integrations.create': endpoint({
    method: 'POST',
    path: '/integrations/',
    summary: 'Create an integration',
    body: CreateIntegrationBody,
    reply: Integration,
    status: 200,
  }),
  'integrations.list': endpoint({
    method: 'GET',
    path: '/integrations/',
    summary: 'List integrations',
    query: ListIntegrations,
    reply: IntegrationList,
    envelope: 'array',
    status: 200,
  }),
  'integrations.listActive': endpoint({
    method: 'GET',
    path: '/integrations/active',
    summary: 'List the integrations that tickets can be filed with',
    query: ListActiveIntegrations,
    reply: ActiveIntegrationList,
    envelope: 'array',
    status: 200,
  }),
  'integrations.retrieve': endpoint({
    method: 'GET',
    path: '/integrations/{integration_id}',
    summary: 'Retrieve an integration',
    query: RetrieveIntegration,
    reply: Integration,
    status: 200,
  }),
  'integrations.update': endpoint({
    method: 'PUT',
    path: '/integrations/{integration_id}',
    summary: 'Change some fields of an integration',
    body: UpdateIntegration,
    reply: Integration,
    entity: Integration,
    readOnly: ['id', 'created_at', 'integration_category', 'platform_name', 'auth_type', 'status'],
    status: 200,
    refusals: ['transition_refused', 'version_conflict'],
  }),
  'integrations.delete': endpoint({
    method: 'DELETE',
    path: '/integrations/{integration_id}',
    summary: 'Delete an integration',
    reply: DeletedIntegration,
    status: 200,
    refusals: ['version_conflict'],
  }),
  'integrations.setStatus': endpoint({
    method: 'PATCH',
    path: '/integrations/{integration_id}/status',
    summary: 'Enable or disable an integration; its status follows',
    body: SetIntegrationStatus,
    reply: Integration,
    status: 200,
    refusals: ['transition_refused', 'version_conflict'],
  }),
  'integrations.test': endpoint({
    method: 'POST',
    path: '/integrations/{integration_id}/test',
    summary: 'Try the connection of an integration',
    body: TestIntegration,
    reply: IntegrationTestResult,
    etag: true,
    status: 200,
    refusals: ['version_conflict'],
  }),
  'integrations.sync': endpoint({
    method: 'POST',
    path: '/integrations/{integration_id}/sync',
    summary: 'Synchronise an integration with its platform',
    body: SyncIntegration,
    reply: IntegrationSyncResult,
    status: 200,
    refusals: ['version_conflict', 'not_supported'],
  }),
  'integrations.activate': endpoint({
    method: 'POST',
    path: '/integrations/{integration_id}/activate',
    summary: 'Enable an integration',
    reply: IntegrationActivation,
    etag: true,
    status: 200,
    refusals: ['version_conflict', 'transition_refused'],
  }),
  'integrations.fields': endpoint({
    method: 'GET',
    path: '/integrations/{integration_id}/fields',
    summary: "List the fields of the platform's tickets",
    query: ListIntegrationFields,
    reply: IntegrationFieldList,
    status: 200,
    refusals: ['not_supported'],
  }),

  'tickets.list': endpoint({
    method: 'GET',
    path: '/tickets/',
    summary: 'List tickets',
    query: ListTickets,
    reply: TicketPage,
    envelope: 'items',
    status: 200,
    refusals: naming,
  }),
  'tickets.create': endpoint({
    method: 'POST',
    path: '/tickets/',
    summary: "Create a ticket and file it on the integration's platform",
    body: CreateTicket,
    reply: Ticket,
    status: 201,
    refusals: [...naming, 'external_creation_failed', 'not_supported'],
  }),
  'tickets.createWithAi': endpoint({
    method: 'POST',
    path: '/tickets/ai-create',
    summary: "Create a ticket from a user's words",
    body: CreateTicketWithAi,
    reply: TicketWithAnalysis,
    envelope: 'ticket',
    status: 201,
    refusals: [...naming, 'external_creation_failed', 'not_supported'],
  }),
  'tickets.stats': endpoint({
    method: 'GET',
    path: '/tickets/stats/overview',
    summary: 'Count tickets',
    reply: TicketStats,
    status: 200,
  }),
  'tickets.retrieve': endpoint({
    method: 'GET',
    path: '/tickets/{ticket_id}',
    summary: 'Retrieve a ticket',
    query: RetrieveTicket,
    reply: Ticket,
    status: 200,
  }),
  'tickets.replace': endpoint({
    method: 'PUT',
    path: '/tickets/{ticket_id}',
    summary: 'Write a ticket; absent fields are left alone',
    body: ReplaceTicket,
    reply: Ticket,
    entity: Ticket,
    readOnly: ['id', 'created_at'],
    status: 200,
    refusals: [...naming, 'version_conflict'],
  }),
  'tickets.update': endpoint({
    method: 'PATCH',
    path: '/tickets/{ticket_id}',
    summary: 'Change some fields of a ticket; null clears',
    body: UpdateTicket,
    reply: Ticket,
    entity: Ticket,
    readOnly: ['id', 'created_at', 'urgency', 'integration_id'],
    status: 200,
    refusals: ['version_conflict'],
    since: 'transitional',
  }),
  'tickets.setStatus': endpoint({
    method: 'PATCH',
    path: '/tickets/{ticket_id}/status',
    summary: 'Change the status of a ticket',
    body: SetTicketStatus,
    reply: Ticket,
    status: 200,
    until: 'transitional',
    refusals: ['version_conflict'],
  }),
  'tickets.assign': endpoint({
    method: 'PATCH',
    path: '/tickets/{ticket_id}/assign',
    summary: 'Assign a ticket',
    body: AssignTicket,
    reply: Ticket,
    status: 200,
    until: 'transitional',
    refusals: ['version_conflict'],
  }),
  'tickets.delete': endpoint({
    method: 'DELETE',
    path: '/tickets/{ticket_id}',
    summary: 'Delete a ticket',
    status: 204,
    refusals: ['version_conflict'],
  }),
  'tickets.addAttachments': endpoint({
    method: 'POST',
    path: '/tickets/{ticket_id}/attachments',
    summary: 'Add attachments to a ticket, by reference',
    body: AddAttachments,
    reply: Ticket,
    status: 200,
    refusals: ['version_conflict'],
  }),
  'tickets.listAttachments': endpoint({
    method: 'GET',
    path: '/tickets/{ticket_id}/attachments',
    summary: 'List the attachments of a ticket',
    reply: AttachmentList,
    envelope: 'array',
    status: 200,
  }),
} as const satisfies Record<string, Endpoint>

type Contract = typeof contract

/** The id of an endpoint, such as `integrations.create`. */
export type EndpointId = keyof Contract

/** The ids of all endpoints. */
// Object.keys is typed string[]; the contract is closed.
export const ENDPOINT_IDS: readonly EndpointId[] = /* @__PURE__ */ Object.keys(contract) as EndpointId[]

/** An entry of the contract with its optional members at hand. */
export const endpointOf = (id: EndpointId): Endpoint => contract[id]

/** The path parameters of an endpoint. */
export type ParamsOf<Id extends EndpointId> = Params<Contract[Id]>

/** The body that an endpoint takes, in the current generation; `undefined` for none. */
export type BodyOf<Id extends EndpointId> = Contract[Id] extends { body: Schema<infer Body> } ? Body : undefined

/** The query that an endpoint takes, in the current generation; `undefined` for none. */
export type QueryOf<Id extends EndpointId> = Contract[Id] extends { query: Schema<infer Query> } ? Query : undefined

/** What an endpoint answers, in the current generation; `undefined` for an empty reply. */
export type ReplyOf<Id extends EndpointId> = Contract[Id] extends { reply: Schema<infer Reply> } ? Reply : undefined
