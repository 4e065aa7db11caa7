import { type EndpointId, endpointOf, type JsonObject } from '@ai-ticket-creator/domain'
import { paramNames } from '@ai-ticket-creator/domain/internal'
import type { CaseRequest } from '../model/case-request.ts'
import type { GivenName } from '../model/precondition-names.ts'
import { FILE } from '../model/preconditions.ts'
import { createIntegration, createTicket, integrationBody, NOWHERE, ticketBody } from '../model/request-bodies.ts'

/** A small body that each endpoint takes; undefined where it takes none. */
export function smallBody(endpoint: EndpointId, tag: string): JsonObject | undefined {
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
      return { attachments: [{ file_id: FILE }] }
    case 'tickets.setStatus':
      return { status: 'open' }
    case 'tickets.assign':
      return { assigned_to_id: null }
    default:
      return { description: `${tag} is described` }
  }
}

/** A request that succeeds where its row is there. */
export function smallAsk(endpoint: EndpointId, tag: string): CaseRequest {
  const body = smallBody(endpoint, tag)
  return { endpoint, ...(body !== undefined && { body }) }
}

/** The row that an endpoint is about, as a precondition. */
export function rowOf(endpoint: EndpointId): readonly GivenName[] {
  const [name] = paramNames(endpointOf(endpoint).path)
  if (name === undefined) return []
  return [name === 'ticket_id' ? 'a ticket' : 'an integration']
}

/** Ids that no row has. */
export const nowhere = (endpoint: EndpointId): Readonly<Record<string, string>> => idsOf(endpoint, NOWHERE)

export const idsOf = (endpoint: EndpointId, id: string): Readonly<Record<string, string>> =>
  Object.fromEntries(paramNames(endpointOf(endpoint).path).map((name) => [name, id]))

export const isGet = (endpoint: EndpointId): boolean => endpointOf(endpoint).method === 'GET'

export const newIntegration = (tag: string, fields: JsonObject = {}): CaseRequest =>
  createIntegration(integrationBody(tag, 'jira', fields))
export const newTicket = (tag: string, fields: JsonObject = {}): CaseRequest => createTicket(ticketBody(tag, fields))

/** `GET /integrations/{integration_id}` */
export const lineOf = (endpoint: EndpointId): string => `${endpointOf(endpoint).method} ${endpointOf(endpoint).path}`
