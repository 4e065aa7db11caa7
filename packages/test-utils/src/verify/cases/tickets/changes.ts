import { TICKET_STATUSES } from '@ai-ticket-creator/domain'
import type { ContractCase } from '../../model/case.ts'
import { creatorIdOf } from '../../model/case-context.ts'
import { fullTicket, UNKNOWN_ID } from '../../model/request-bodies.ts'
import { SPEC } from '../../model/spec-references.ts'
import { checkIgnoredFields, checkNotBefore } from '../integrations/expectations.ts'
import { checkStatusTimes } from './status-times.ts'

/** Changes of tickets by PUT, PATCH and the retired routes. */
export const changeCases: readonly ContractCase[] = [
  {
    id: 'tickets.replace/integration',
    title: 'PUT sets and clears the integration of a ticket without filing it',
    endpoint: 'tickets.replace',
    specReference: SPEC.platforms,
    since: 'transitional',
    preconditions: ['an integration', 'a ticket'],
    request: ({ integration }) => ({ endpoint: 'tickets.replace', body: { integration_id: integration.id } }),
    expect: ({ integration }) => ({ body: { integration_id: integration.id, integration_result: null } }),
    next: [
      {
        request: { endpoint: 'tickets.replace', body: { urgency: 'critical' } },
        expect: ({ integration }) => ({ body: { integration_id: integration.id, urgency: 'critical' } }),
      },
      {
        request: { endpoint: 'tickets.replace', body: { integration_id: null } },
        expect: ({ integration }, generation) => ({
          body: { integration_id: generation === 'current' ? null : integration.id },
        }),
      },
      {
        request: { endpoint: 'tickets.replace', body: { integration_id: UNKNOWN_ID } },
        expect: { code: 'integration_not_found' },
      },
    ],
  },
  {
    id: 'tickets.replace/null-ignored',
    title: 'PUT of a ticket ignores null and names the field in `Ignored-Fields`',
    endpoint: 'tickets.replace',
    specReference: SPEC.contract,
    until: 'transitional',
    preconditions: ['a full ticket'],
    request: ['department', 'custom_fields', 'title'].map((name) => ({
      endpoint: 'tickets.replace',
      body: { [name]: null },
    })),
    expect: ({ tag }) => ({ body: fullTicket(tag), check: checkIgnoredFields }),
  },
  {
    id: 'tickets.replace/nothing',
    title: 'An empty PUT changes nothing',
    endpoint: 'tickets.replace',
    specReference: SPEC.contract,
    preconditions: ['a full ticket'],
    request: { endpoint: 'tickets.replace', body: {} },
    expect: ({ tag }) => ({ body: fullTicket(tag) }),
  },
  {
    id: 'tickets.replace/updated-at',
    title: '`updated_at` of a ticket is not before its `last_activity_at`',
    endpoint: 'tickets.replace',
    specReference: SPEC.fields,
    preconditions: ['a ticket'],
    request: { endpoint: 'tickets.replace', body: { description: 'changed' } },
    expect: ({ ticket }) => ({
      body: { created_at: ticket['created_at'] },
      check: (reply, context) => checkNotBefore('updated_at', reply.fields['last_activity_at'])(reply, context),
    }),
  },
  {
    id: 'tickets.update/nothing',
    title: 'An empty PATCH is refused',
    endpoint: 'tickets.update',
    specReference: SPEC.refusals,
    preconditions: ['a ticket'],
    request: { endpoint: 'tickets.update', body: {} },
    expect: { code: 'validation_failed', at: 'body' },
  },
  {
    id: 'tickets.update/due-date',
    title: 'A ticket past its due date is overdue until it ends; a time without zone is UTC',
    endpoint: 'tickets.update',
    specReference: SPEC.fields,
    preconditions: ['a ticket'],
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
    title: 'PATCH assigns a ticket with a reason, and null unassigns it',
    endpoint: 'tickets.update',
    specReference: SPEC.migration,
    preconditions: ['a ticket'],
    request: ({ ticket }) => ({
      endpoint: 'tickets.update',
      body: { assigned_to_id: creatorIdOf(ticket), assignment_reason: 'her area' },
    }),
    expect: ({ ticket }) => ({ body: { assigned_to_id: creatorIdOf(ticket) } }),
    next: [
      {
        request: { endpoint: 'tickets.update', body: { assigned_to_id: null } },
        expect: { body: { assigned_to_id: null } },
      },
    ],
  },
  {
    id: 'tickets.assign/assigns',
    title: 'The retired route assigns and unassigns a ticket',
    endpoint: 'tickets.assign',
    specReference: SPEC.migration,
    preconditions: ['a ticket'],
    request: ({ ticket }) => ({
      endpoint: 'tickets.assign',
      body: { assigned_to_id: creatorIdOf(ticket), reason: 'her area' },
    }),
    expect: ({ ticket }) => ({ body: { assigned_to_id: creatorIdOf(ticket) } }),
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
    title: 'The retired route sets each status of a ticket and requires a summary where PATCH does',
    endpoint: 'tickets.setStatus',
    specReference: SPEC.migration,
    preconditions: ['a ticket'],
    request: TICKET_STATUSES.map((status) => ({
      endpoint: 'tickets.setStatus',
      body: { status, resolution_summary: 'found it', internal_notes: 'noted' },
    })),
    expect: { body: { resolution_summary: 'found it', internal_notes: 'noted' }, check: checkStatusTimes },
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
