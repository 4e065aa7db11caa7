import { endpointOf, type JsonObject, TICKET_STATUSES } from '@ai-ticket-creator/domain'
import type { ContractCase, Expect, Step } from '../../model/case.ts'
import { FILE, fullTicket } from '../../model/preconditions.ts'
import { NOWHERE } from '../../model/request-bodies.ts'
import { SOURCES } from '../../model/spec-references.ts'
import { notBefore, otherValue } from '../integrations/index.ts'
import { idOf } from './values.ts'

const readTicket = (expect: Step['expect']): Step => ({ request: { endpoint: 'tickets.retrieve' }, expect })

/** What PUT and PATCH can clear, with values. */
const clearable: JsonObject = {
  department: 'Accounts',
  custom_fields: { a: { b: 1 } },
  internal_notes: 'between us',
  resolution_summary: 'found it',
  attachments: [{ file_id: FILE }],
}

const nulls = (fields: JsonObject): JsonObject => Object.fromEntries(Object.keys(fields).map((name) => [name, null]))

const updates = ['tickets.replace', 'tickets.update'] as const

const OLD_NAMES = ['assignee', 'files', 'external_ticket_id', 'external_ticket_url']

/** What PUT, PATCH and the old routes change. */
export const ticketChanges: readonly ContractCase[] = [
  ...updates.flatMap((endpoint): readonly ContractCase[] => [
    {
      id: `${endpoint}/only-what-is-sent`,
      title: `${endpointOf(endpoint).method} changes what is sent and leaves all else alone`,
      endpoint,
      source: SOURCES.contract,
      given: ['a full ticket'],
      request: { endpoint, body: { description: 'changed', internal_notes: 'noted' } },
      expect: ({ tag }) => ({ body: { ...fullTicket(tag), description: 'changed', internal_notes: 'noted' } }),
      next: [readTicket(({ tag }) => ({ body: { ...fullTicket(tag), description: 'changed' } }))],
    },
    {
      id: `${endpoint}/null-clears`,
      title: `${endpointOf(endpoint).method} with null clears every field that can be null`,
      endpoint,
      source: SOURCES.contract,
      given: ['a ticket'],
      request: ({ ticket }) => ({ endpoint, body: { ...clearable, assigned_to_id: idOf(ticket['creator']) } }),
      expect: ({ ticket }) => ({ body: { ...clearable, assigned_to_id: idOf(ticket['creator']) } }),
      next: [
        {
          request: { endpoint, body: nulls({ ...clearable, assigned_to_id: '' }) },
          expect: { body: nulls({ ...clearable, assigned_to_id: '' }) },
        },
        readTicket({ body: nulls({ ...clearable, assigned_to_id: '' }) }),
      ],
    },
    {
      id: `${endpoint}/null-refused`,
      title: `${endpointOf(endpoint).method} refuses null for a field that always has a value`,
      endpoint,
      source: SOURCES.fields,
      given: ['a ticket'],
      request: ['title', 'description', 'status', 'priority', 'category'].map((name) => ({
        endpoint,
        body: { [name]: null },
      })),
      expect: { code: 'validation_failed' },
    },
    {
      id: `${endpoint}/statuses`,
      title: `${endpointOf(endpoint).method} moves a ticket to each status, and notes when it was resolved and closed`,
      endpoint,
      source: SOURCES.fields,
      given: ['a ticket'],
      request: [...TICKET_STATUSES, ...TICKET_STATUSES.toReversed()].map((status) => ({
        endpoint,
        body: { status, resolution_summary: 'found it' },
      })),
      expect: { holds: timesFit },
      next: [readTicket({ body: { status: 'new', resolved_at: null, closed_at: null } })],
    },
    {
      id: `${endpoint}/summary`,
      title: `${endpointOf(endpoint).method} neither resolves nor closes a ticket without a summary, nor with a blank one`,
      endpoint,
      source: SOURCES.fields,
      given: ['a ticket'],
      request: ['resolved', 'closed'].flatMap((status) =>
        [{ status }, { status, resolution_summary: ' ' }].map((body) => ({ endpoint, body })),
      ),
      expect: { code: 'validation_failed', at: 'body.resolution_summary' },
      next: [readTicket({ body: { status: 'new', resolved_at: null } })],
    },
    {
      id: `${endpoint}/whole-reply`,
      title: `A reply that is sent back whole by ${endpointOf(endpoint).method} changes nothing, and what the server moves is named`,
      endpoint,
      source: SOURCES.moving,
      since: 'transitional',
      given: ['a full ticket'],
      request: ({ ticket }) => ({ endpoint, body: withoutOldNames(ticket) }),
      expect: ({ tag }) => ({
        body: fullTicket(tag),
        headers: { 'Ignored-Fields': /^(?=.*\bupdated_at\b)(?=.*\bage_in_hours\b)(?!.*\bcreated_at\b)/ },
      }),
    },
    {
      id: `${endpoint}/unknown-assignee`,
      title: `${endpointOf(endpoint).method} does not assign a ticket to whom nobody knows`,
      endpoint,
      source: SOURCES.refusals,
      given: ['a ticket'],
      request: { endpoint, body: { assigned_to_id: NOWHERE } },
      expect: { code: 'validation_failed', at: 'body.assigned_to_id' },
    },
    {
      id: `${endpoint}/times`,
      title: `${endpointOf(endpoint).method} never moves \`updated_at\` or \`last_activity_at\` backwards, and \`created_at\` not at all`,
      endpoint,
      source: SOURCES.fields,
      given: ['a ticket'],
      request: { endpoint, body: { description: 'later' } },
      expect: ({ ticket }) => ({
        body: { created_at: ticket['created_at'] },
        holds: (reply, rows) =>
          notBefore('updated_at', ticket['updated_at'])(reply, rows) ??
          notBefore('last_activity_at', ticket['last_activity_at'])(reply, rows),
      }),
    },
    ...(endpointOf(endpoint).readOnly ?? []).map(
      (field): ContractCase => ({
        id: `${endpoint}/read-only-${field}`,
        title: `${endpointOf(endpoint).method} of a ticket can not change \`${field}\``,
        endpoint,
        source: SOURCES.moving,
        given: ['a ticket'],
        request: { endpoint, body: { [field]: otherValue(field) } },
        expect: { code: 'read_only_field', at: `body.${field}` },
      }),
    ),
  ]),
  {
    id: 'tickets.replace/integration',
    title: 'PUT gives a ticket an integration, takes it away, and files nothing',
    endpoint: 'tickets.replace',
    source: SOURCES.platforms,
    since: 'transitional',
    given: ['an integration', 'a ticket'],
    request: ({ integration }) => ({ endpoint: 'tickets.replace', body: { integration_id: integration.id } }),
    expect: ({ integration }) => ({ body: { integration_id: integration.id, integration_result: null } }),
    next: [
      {
        request: { endpoint: 'tickets.replace', body: { urgency: 'critical' } },
        expect: ({ integration }) => ({ body: { integration_id: integration.id, urgency: 'critical' } }),
      },
      {
        request: { endpoint: 'tickets.replace', body: { integration_id: null } },
        expect: { body: { integration_id: null } },
      },
      {
        request: { endpoint: 'tickets.replace', body: { integration_id: NOWHERE } },
        expect: { code: 'integration_not_found' },
      },
    ],
  },
  {
    id: 'tickets.replace/nothing',
    title: 'PUT of nothing changes nothing',
    endpoint: 'tickets.replace',
    source: SOURCES.contract,
    given: ['a full ticket'],
    request: { endpoint: 'tickets.replace', body: {} },
    expect: ({ tag }) => ({ body: fullTicket(tag) }),
  },
  {
    id: 'tickets.replace/updated-at',
    title: 'A ticket was changed no earlier than something last happened to it',
    endpoint: 'tickets.replace',
    source: SOURCES.fields,
    given: ['a ticket'],
    request: { endpoint: 'tickets.replace', body: { description: 'changed' } },
    expect: ({ ticket }) => ({
      body: { created_at: ticket['created_at'] },
      holds: ({ fields }) =>
        String(fields['updated_at']) >= String(fields['last_activity_at'])
          ? undefined
          : { expected: '`updated_at` of the change', actual: 'one before `last_activity_at`' },
    }),
  },
  {
    id: 'tickets.update/nothing',
    title: 'PATCH of nothing is refused',
    endpoint: 'tickets.update',
    source: SOURCES.refusals,
    given: ['a ticket'],
    request: { endpoint: 'tickets.update', body: {} },
    expect: { code: 'validation_failed', at: 'body' },
  },
  {
    id: 'tickets.update/due-date',
    title: 'A ticket past its due date is overdue until it has ended; without a zone a time is in UTC',
    endpoint: 'tickets.update',
    source: SOURCES.fields,
    given: ['a ticket'],
    request: { endpoint: 'tickets.update', body: { due_date: '2001-02-03T04:05:06' } },
    expect: { body: { sla_due_date: '2001-02-03T04:05:06.000000Z', is_overdue: true, sla_breached: true } },
    next: [
      {
        request: { endpoint: 'tickets.update', body: { due_date: '2901-02-03T04:05:06.5+02:00' } },
        expect: { body: { sla_due_date: '2901-02-03T02:05:06.500000Z', is_overdue: false, sla_breached: false } },
      },
      {
        request: { endpoint: 'tickets.update', body: { due_date: '2001-02-03T04:05:06Z', status: 'cancelled' } },
        expect: { body: { is_overdue: false } },
      },
      { request: { endpoint: 'tickets.update', body: { due_date: null } }, expect: { body: { sla_due_date: null } } },
      {
        request: { endpoint: 'tickets.update', body: { due_date: 'tomorrow' } },
        expect: { code: 'validation_failed', at: 'body.due_date' },
      },
    ],
  },
  {
    id: 'tickets.update/assigns',
    title: 'PATCH assigns a ticket with a reason, and null takes the assignee away',
    endpoint: 'tickets.update',
    source: SOURCES.moving,
    given: ['a ticket'],
    request: ({ ticket }) => ({
      endpoint: 'tickets.update',
      body: { assigned_to_id: idOf(ticket['creator']), assignment_reason: 'knows it' },
    }),
    expect: ({ ticket }) => ({ body: { assigned_to_id: idOf(ticket['creator']) } }),
    next: [
      {
        request: { endpoint: 'tickets.update', body: { assigned_to_id: null } },
        expect: { body: { assigned_to_id: null } },
      },
    ],
  },
  {
    id: 'tickets.assign/assigns',
    title: 'The old route assigns a ticket and takes the assignee away',
    endpoint: 'tickets.assign',
    source: SOURCES.moving,
    given: ['a ticket'],
    request: ({ ticket }) => ({
      endpoint: 'tickets.assign',
      body: { assigned_to_id: idOf(ticket['creator']), reason: 'knows it' },
    }),
    expect: ({ ticket }) => ({ body: { assigned_to_id: idOf(ticket['creator']) } }),
    next: [
      {
        request: { endpoint: 'tickets.assign', body: { assigned_to_id: null } },
        expect: { body: { assigned_to_id: null } },
      },
      { request: { endpoint: 'tickets.assign', body: {} }, expect: { code: 'validation_failed', at: 'body' } },
    ],
  },
  {
    id: 'tickets.setStatus/moves',
    title: 'The old route moves a ticket to each status, and asks for a summary where it has to',
    endpoint: 'tickets.setStatus',
    source: SOURCES.moving,
    given: ['a ticket'],
    request: TICKET_STATUSES.map((status) => ({
      endpoint: 'tickets.setStatus',
      body: { status, resolution_summary: 'found it', internal_notes: 'noted' },
    })),
    expect: { body: { resolution_summary: 'found it', internal_notes: 'noted' }, holds: timesFit },
    next: [
      {
        request: ['resolved', 'closed'].map((status) => ({ endpoint: 'tickets.setStatus', body: { status } })),
        expect: { code: 'validation_failed', at: 'body.resolution_summary' },
      },
      {
        request: { endpoint: 'tickets.setStatus', body: { status: 'done' } },
        expect: { code: 'validation_failed', at: 'body.status' },
      },
    ],
  },
]

function withoutOldNames(row: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(row).filter(([name]) => !OLD_NAMES.includes(name)))
}

/** When a ticket was resolved and closed is noted as long as it is. */
function timesFit({
  fields,
  ask,
}: Parameters<NonNullable<Expect['holds']>>[0]): ReturnType<NonNullable<Expect['holds']>> {
  const { status } = ask.body as JsonObject
  const ended = status === 'resolved' || status === 'closed'
  const fits =
    fields['status'] === status &&
    (fields['resolved_at'] !== null) === ended &&
    (fields['closed_at'] !== null) === (status === 'closed') &&
    (fields['resolution_time_minutes'] !== null) === ended &&
    fields['can_be_closed'] === (status === 'resolved' || status === 'pending')
  return fits ? undefined : { expected: `a ticket that is ${String(status)}, with its times`, actual: 'another one' }
}
