import type { EndpointId, JsonObject } from '@ai-ticket-creator/domain'
import { sameJson } from '@ai-ticket-creator/domain/internal'
import type { Check, ContractCase } from '../model/case.ts'
import { writtenRow } from '../model/observed-reply.ts'
import { fullTicket, OTHER_FILE_ID } from '../model/request-bodies.ts'
import { SPEC } from '../model/spec-references.ts'
import { clearableFields } from './integrations/clearable-fields.ts'
import { MAINTAINED_BY_CHECKS } from './integrations/expectations.ts'
import { minimalBody, preconditionsOf, retrieveRequest, routeOf } from './sample-requests.ts'

const ENDPOINTS = [
  'integrations.create',
  'integrations.update',
  'integrations.setStatus',
  'tickets.create',
  'tickets.createWithAi',
  'tickets.replace',
  'tickets.update',
  'tickets.addAttachments',
  'tickets.setStatus',
  'tickets.assign',
] as const

/** GET returns the row that a write returned, so the write was stored. */
export const stored: readonly ContractCase[] = ENDPOINTS.map((endpoint) => ({
  id: `${endpoint}/stored`,
  title: `GET returns the row as ${routeOf(endpoint)} returned it`,
  endpoint,
  specReference: SPEC.contract,
  preconditions: preconditionsOf(endpoint),
  request: ({ tag }) => ({ endpoint, body: bodyOf(endpoint, tag) }),
  expect: {},
  next: [
    {
      request: ({ replies: [first] }) => retrieveRequest(endpoint, String(writtenRow(first)['id'])),
      expect: ({ replies: [first] }) => ({ check: checkSameRow(writtenRow(first)) }),
    },
  ],
}))

/** A body with most fields of the endpoint. */
function bodyOf(endpoint: EndpointId, tag: string): JsonObject {
  const minimal = minimalBody(endpoint, tag) ?? {}
  switch (endpoint) {
    case 'integrations.create':
    case 'integrations.update':
      return { ...minimal, ...clearableFields, default_priority: 7, sync_enabled: true, environment: 'staging' }
    case 'tickets.create':
      return { ...minimal, ...fullTicket(tag) }
    case 'tickets.createWithAi':
      return { ...minimal, uploaded_files: [OTHER_FILE_ID] }
    case 'tickets.replace':
    case 'tickets.update':
      return changesOf(endpoint, tag)
    case 'tickets.setStatus':
      return { status: 'resolved', resolution_summary: 'found it', internal_notes: 'noted' }
    default:
      return minimal
  }
}

function changesOf(endpoint: EndpointId, tag: string): JsonObject {
  // Only a new ticket and PUT set the urgency.
  const { urgency, ...full } = fullTicket(tag)
  return {
    ...full,
    ...(endpoint === 'tickets.replace' && { urgency }),
    title: `${tag} changed`,
    internal_notes: 'noted',
    status: 'closed',
    resolution_summary: 'found it',
  }
}

function checkSameRow(written: JsonObject): Check {
  const ignored = 'title' in written ? ['age_in_hours'] : MAINTAINED_BY_CHECKS
  return ({ fields }) => {
    const differing = Object.keys(written).filter(
      (name) => !ignored.includes(name) && !sameJson(fields[name], written[name]),
    )
    return differing.length === 0
      ? undefined
      : { expected: 'the row as the write returned it', actual: `other values of ${differing.join(', ')}` }
  }
}
