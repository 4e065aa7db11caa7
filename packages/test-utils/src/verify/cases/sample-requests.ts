import { type EndpointId, endpointOf, type JsonObject } from '@ai-ticket-creator/domain'
import { paramNames } from '@ai-ticket-creator/domain/internal'
import type { CaseRequest } from '../model/case-request.ts'
import type { PreconditionName } from '../model/precondition-names.ts'
import { FILE_ID, integrationBody, ticketBody, UNKNOWN_ID } from '../model/request-bodies.ts'

/** A minimal valid body of an endpoint; undefined if the endpoint takes no body. */
export function minimalBody(endpoint: EndpointId, tag: string): JsonObject | undefined {
  if (endpointOf(endpoint).body === undefined) return undefined
  switch (endpoint) {
    case 'integrations.create':
      return integrationBody(tag)
    case 'tickets.create':
      return ticketBody(tag)
    case 'tickets.createWithAi':
      return { user_input: `${tag}: the export ends with an empty file` }
    case 'integrations.setStatus':
      return { enabled: false }
    case 'integrations.sync':
      return { sync_type: 'test', dry_run: true }
    case 'integrations.test':
      return { auto_activate_on_success: false }
    case 'tickets.addAttachments':
      return { attachments: [{ file_id: FILE_ID }] }
    case 'tickets.setStatus':
      return { status: 'open' }
    case 'tickets.assign':
      return { assigned_to_id: null }
    default:
      return { description: `${tag} is described` }
  }
}

/** A request that succeeds if the row in its path exists. */
export function minimalRequest(endpoint: EndpointId, tag: string): CaseRequest {
  const body = minimalBody(endpoint, tag)
  return { endpoint, ...(body !== undefined && { body }) }
}

/** The row in the path of an endpoint, as a precondition. */
export function preconditionsOf(endpoint: EndpointId): readonly PreconditionName[] {
  const [name] = paramNames(endpointOf(endpoint).path)
  if (name === undefined) return []
  return [name === 'ticket_id' ? 'a ticket' : 'an integration']
}

/** Whether the path of an endpoint names a row. */
export const hasRow = (endpoint: EndpointId): boolean => preconditionsOf(endpoint).length > 0

export const isTicketEndpoint = (endpoint: EndpointId): boolean => preconditionsOf(endpoint)[0] === 'a ticket'

/** GET of the row that an endpoint creates or changes. */
export const retrieveRequest = (endpoint: EndpointId, id: string): CaseRequest =>
  endpoint.startsWith('tickets.')
    ? { endpoint: 'tickets.retrieve', params: { ticket_id: id } }
    : { endpoint: 'integrations.retrieve', params: { integration_id: id } }

/** Path parameters that match no row. */
export const unknownIds = (endpoint: EndpointId): Readonly<Record<string, string>> => idsOf(endpoint, UNKNOWN_ID)

/** The path parameters of an endpoint, each with this id. */
export const idsOf = (endpoint: EndpointId, id: string): Readonly<Record<string, string>> =>
  Object.fromEntries(paramNames(endpointOf(endpoint).path).map((name) => [name, id]))

export const isGet = (endpoint: EndpointId): boolean => endpointOf(endpoint).method === 'GET'

/** `GET /integrations/{integration_id}` */
export const routeOf = (endpoint: EndpointId): string => `${endpointOf(endpoint).method} ${endpointOf(endpoint).path}`

/** The same fields with the value null. */
export const nulls = (fields: JsonObject): JsonObject =>
  Object.fromEntries(Object.keys(fields).map((name) => [name, null]))
