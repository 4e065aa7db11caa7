import { changesOf, type EndpointId, endpointOf, type JsonObject, TICKET_STATUSES } from '@ai-ticket-creator/domain'
import type { ContractCase } from '../../model/case.ts'
import { creatorIdOf } from '../../model/case-context.ts'
import { FILE_ID, fullTicket, UNKNOWN_ID } from '../../model/request-bodies.ts'
import { SPEC } from '../../model/spec-references.ts'
import { checkNotBefore, otherValue } from '../integrations/expectations.ts'
import { nulls } from '../sample-requests.ts'
import { readTicket } from './read-back.ts'
import { checkStatusTimes } from './status-times.ts'

/** The nullable fields, each with a value. The cases add `assigned_to_id`, which needs the id of a user. */
const clearableFields: JsonObject = {
  department: 'Accounts',
  custom_fields: { a: { b: 1 } },
  internal_notes: 'between us',
  resolution_summary: 'found it',
  attachments: [{ file_id: FILE_ID }],
}

type UpdateEndpoint = 'tickets.replace' | 'tickets.update'

// Before the current generation, PUT ignores null.
const SINCE_NULL_CLEARS = { 'tickets.replace': { since: 'current' }, 'tickets.update': {} } as const

/** Rules that PUT and PATCH of a ticket share. */
export const updateCases: readonly ContractCase[] = (['tickets.replace', 'tickets.update'] as const).flatMap(
  (endpoint) => [
    ...fieldCases(endpoint),
    ...statusCases(endpoint),
    unknownAssignee(endpoint),
    ...maintainedFieldCases(endpoint),
  ],
)

function methodOf(endpoint: EndpointId): string {
  return endpointOf(endpoint).method
}

function fieldCases(endpoint: UpdateEndpoint): readonly ContractCase[] {
  return [
    {
      id: `${endpoint}/only-what-is-sent`,
      title: `${methodOf(endpoint)} of a ticket changes only the sent fields`,
      endpoint,
      specReference: SPEC.contract,
      preconditions: ['a full ticket'],
      request: { endpoint, body: { description: 'changed', internal_notes: 'noted' } },
      expect: ({ tag }) => ({ body: { ...fullTicket(tag), description: 'changed', internal_notes: 'noted' } }),
      next: [readTicket(({ tag }) => ({ body: { ...fullTicket(tag), description: 'changed' } }))],
    },
    {
      id: `${endpoint}/null-clears`,
      title: `${methodOf(endpoint)} of a ticket clears every nullable field that is sent as null`,
      endpoint,
      specReference: SPEC.contract,
      ...SINCE_NULL_CLEARS[endpoint],
      preconditions: ['a ticket'],
      request: ({ ticket }) => ({ endpoint, body: { ...clearableFields, assigned_to_id: creatorIdOf(ticket) } }),
      expect: ({ ticket }) => ({ body: { ...clearableFields, assigned_to_id: creatorIdOf(ticket) } }),
      next: [
        {
          request: { endpoint, body: nulls({ ...clearableFields, assigned_to_id: '' }) },
          expect: { body: nulls({ ...clearableFields, assigned_to_id: '' }) },
        },
        readTicket({ body: nulls({ ...clearableFields, assigned_to_id: '' }) }),
      ],
    },
    {
      id: `${endpoint}/null-refused`,
      title: `${methodOf(endpoint)} of a ticket refuses null for a field that is not nullable`,
      endpoint,
      specReference: SPEC.fields,
      ...SINCE_NULL_CLEARS[endpoint],
      preconditions: ['a ticket'],
      request: ['title', 'description', 'status', 'priority', 'category'].map((name) => ({
        endpoint,
        body: { [name]: null },
      })),
      expect: { code: 'validation_failed' },
    },
    {
      id: `${endpoint}/whole-reply`,
      title: `Sending a whole ticket back by ${methodOf(endpoint)} changes nothing, and \`Ignored-Fields\` names the fields that the server maintains`,
      endpoint,
      specReference: SPEC.migration,
      since: 'transitional',
      preconditions: ['a full ticket'],
      request: ({ ticket }) => ({ endpoint, body: withoutRetiredNames(ticket) }),
      expect: ({ tag }) => ({
        body: fullTicket(tag),
        // Maintained fields, in any order. `created_at` is read-only, not maintained: a request may repeat its value.
        headers: { 'Ignored-Fields': /^(?=.*\bupdated_at\b)(?=.*\bage_in_hours\b)(?!.*\bcreated_at\b)/ },
      }),
    },
  ]
}

function statusCases(endpoint: EndpointId): readonly ContractCase[] {
  return [
    {
      id: `${endpoint}/statuses`,
      title: `${methodOf(endpoint)} sets each status of a ticket, with the times of resolution and closing`,
      endpoint,
      specReference: SPEC.fields,
      preconditions: ['a ticket'],
      request: [...TICKET_STATUSES, ...TICKET_STATUSES.toReversed()].map((status) => ({
        endpoint,
        body: { status, resolution_summary: 'found it' },
      })),
      expect: { check: checkStatusTimes },
      next: [readTicket({ body: { status: 'new', resolved_at: null, closed_at: null } })],
    },
    {
      id: `${endpoint}/summary`,
      title: `${methodOf(endpoint)} refuses to resolve or close a ticket without a summary, or with a blank one`,
      endpoint,
      specReference: SPEC.fields,
      preconditions: ['a ticket'],
      request: ['resolved', 'closed'].flatMap((status) =>
        [{ status }, { status, resolution_summary: ' ' }].map((body) => ({ endpoint, body })),
      ),
      expect: { code: 'validation_failed', at: 'body.resolution_summary' },
      next: [readTicket({ body: { status: 'new', resolved_at: null } })],
    },
  ]
}

function unknownAssignee(endpoint: EndpointId): ContractCase {
  return {
    id: `${endpoint}/unknown-assignee`,
    title: `${methodOf(endpoint)} of a ticket refuses an unknown assignee`,
    endpoint,
    specReference: SPEC.refusals,
    preconditions: ['a ticket'],
    request: { endpoint, body: { assigned_to_id: UNKNOWN_ID } },
    expect: { code: 'validation_failed', at: 'body.assigned_to_id' },
  }
}

/** Rules for the fields that the server maintains. */
function maintainedFieldCases(endpoint: EndpointId): readonly ContractCase[] {
  return [
    {
      id: `${endpoint}/times`,
      title: `${methodOf(endpoint)} of a ticket never moves \`updated_at\` or \`last_activity_at\` back and never changes \`created_at\``,
      endpoint,
      specReference: SPEC.fields,
      preconditions: ['a ticket'],
      request: { endpoint, body: { description: 'later' } },
      expect: ({ ticket }) => ({
        body: { created_at: ticket['created_at'] },
        check: (reply, context) =>
          checkNotBefore('updated_at', ticket['updated_at'])(reply, context) ??
          checkNotBefore('last_activity_at', ticket['last_activity_at'])(reply, context),
      }),
    },
    ...(endpointOf(endpoint).readOnly ?? []).map(
      (field): ContractCase => ({
        id: `${endpoint}/read-only-${field}`,
        title: `${methodOf(endpoint)} of a ticket refuses another \`${field}\``,
        endpoint,
        specReference: SPEC.migration,
        preconditions: ['a ticket'],
        request: { endpoint, body: { [field]: otherValue(field) } },
        expect: { code: 'read_only_field', at: `body.${field}` },
      }),
    ),
  ]
}

const RETIRED_NAMES = changesOf('tickets.retrieve', 'reply').flatMap(({ retired }) => Object.keys(retired))

function withoutRetiredNames(row: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(row).filter(([name]) => !RETIRED_NAMES.includes(name)))
}
