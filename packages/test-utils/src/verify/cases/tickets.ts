import {
  endpointOf,
  type JsonObject,
  TICKET_CATEGORIES,
  TICKET_PRIORITIES,
  TICKET_STATUSES,
} from '@ai-ticket-creator/domain'
import { NOWHERE, ticketBody } from '../bodies.ts'
import type { ContractCase, Expect, Step } from '../case.ts'
import { FILE, fullTicket } from '../given.ts'
import { SOURCES } from '../sources.ts'
import { newTicket } from './bodies-of.ts'
import { notBefore, otherValue } from './integrations.ts'

/** What a new ticket has that nothing else is said of. */
const defaults: JsonObject = {
  category: 'general',
  subcategory: null,
  priority: 'medium',
  urgency: 'medium',
  status: 'new',
  department: null,
  source_channel: 'web',
  assigned_to_id: null,
  integration_id: null,
  integration_result: null,
  attachments: null,
  custom_fields: null,
  internal_notes: null,
  resolution_summary: null,
  escalation_reason: null,
  satisfaction_feedback: null,
  satisfaction_rating: null,
  first_response_at: null,
  resolved_at: null,
  closed_at: null,
  sla_due_date: null,
  escalated_at: null,
  communication_count: 0,
  escalation_level: 0,
  resolution_time_minutes: null,
  resolution_time_hours: null,
  sla_breached: false,
  is_overdue: false,
  is_high_priority: false,
  can_be_closed: false,
  ai_analysis: null,
}

const OTHER_FILE = 'a0000000-0000-4000-8000-0000000000f2'

const readTicket = (expect: Step['expect']): Step => ({ request: { endpoint: 'tickets.retrieve' }, expect })

/** The ticket that the first reply shows, read again. */
const readFirst = (expect: Step['expect']): Step => ({
  request: ({ replies: [first] }) => ({
    endpoint: 'tickets.retrieve',
    params: { ticket_id: String(first?.fields['id']) },
  }),
  expect,
})

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

/** Creating and changing tickets. */
export const tickets: readonly ContractCase[] = [
  {
    id: 'tickets.create/least',
    title: 'A title and a description are enough; all else has its default',
    endpoint: 'tickets.create',
    source: SOURCES.fields,
    request: ({ tag }) => newTicket(tag),
    expect: ({ tag }) => ({ body: { ...defaults, title: tag, display_title: tag } }),
    next: [readFirst(({ tag }) => ({ body: { ...defaults, title: tag } }))],
  },
  {
    id: 'tickets.create/full',
    title: 'A ticket is shown, and read again, as it was written',
    endpoint: 'tickets.create',
    source: SOURCES.fields,
    request: ({ tag }) => ({ endpoint: 'tickets.create', body: fullTicket(tag) }),
    expect: ({ tag }) => ({ body: fullTicket(tag) }),
    next: [readFirst(({ tag }) => ({ body: fullTicket(tag) }))],
  },
  ...(['category', 'priority', 'urgency'] as const).map(
    (field): ContractCase => ({
      id: `tickets.create/${field}`,
      title: `Each word of \`${field}\` is taken and shown`,
      endpoint: 'tickets.create',
      source: SOURCES.fields,
      request: ({ tag }) =>
        (field === 'category' ? TICKET_CATEGORIES : TICKET_PRIORITIES).map((word) => newTicket(tag, { [field]: word })),
      expect: {
        holds: ({ fields, ask }) => {
          const sent = (ask.body as JsonObject)[field]
          return fields[field] === sent
            ? undefined
            : { expected: `\`${field}\`: ${String(sent)}`, actual: 'another word' }
        },
      },
    }),
  ),
  {
    id: 'tickets.create/priority-null',
    title: '`priority: null` is `medium`',
    endpoint: 'tickets.create',
    source: SOURCES.fields,
    request: ({ tag }) => newTicket(tag, { priority: null }),
    expect: { body: { priority: 'medium' } },
  },
  {
    id: 'tickets.create/display-title',
    title: '`display_title` is the title, cut after 100 characters',
    endpoint: 'tickets.create',
    source: SOURCES.fields,
    request: ({ tag }) => [newTicket(tag.padEnd(100, 'x')), newTicket(tag.padEnd(101, '😀'.repeat(100)).slice(0, 150))],
    expect: {
      holds: ({ fields }) => {
        const title = [...String(fields['title'])]
        const cut = title.length > 100 ? `${title.slice(0, 100).join('')}...` : title.join('')
        return fields['display_title'] === cut ? undefined : { expected: 'the title, cut', actual: 'another text' }
      },
    },
  },
  {
    id: 'tickets.create/creator',
    title: 'Who made a ticket is its creator, and can be its assignee',
    endpoint: 'tickets.create',
    source: SOURCES.fields,
    given: ['a ticket'],
    request: ({ tag, ticket }) => newTicket(tag, { assigned_to_id: idOf(ticket['creator']) }),
    expect: ({ ticket }) => ({ body: { creator: ticket['creator'], assigned_to_id: idOf(ticket['creator']) } }),
  },
  {
    id: 'tickets.create/unknown-assignee',
    title: 'A ticket can not be assigned to whom nobody knows',
    endpoint: 'tickets.create',
    source: SOURCES.refusals,
    request: ({ tag }) => newTicket(tag, { assigned_to_id: NOWHERE }),
    expect: { code: 'validation_failed', at: 'body.assigned_to_id' },
  },
  {
    id: 'tickets.create/attachments-once',
    title: 'A file that is named twice is attached once, in the order in which the files came',
    endpoint: 'tickets.create',
    source: SOURCES.fields,
    request: ({ tag }) =>
      newTicket(tag, { attachments: [{ file_id: OTHER_FILE }, { file_id: FILE.toUpperCase() }, { file_id: FILE }] }),
    expect: { body: { attachments: [{ file_id: OTHER_FILE }, { file_id: FILE }] } },
  },
  {
    id: 'tickets.create/trims',
    title: 'Texts of a ticket are trimmed on their way in',
    endpoint: 'tickets.create',
    source: SOURCES.fields,
    request: ({ tag }) => newTicket(` ${tag}\n`, { description: '\n described ', department: ' it ' }),
    expect: ({ tag }) => ({ body: { title: tag, description: 'described', department: 'it' } }),
  },

  // On platforms
  {
    id: 'tickets.create/filed',
    title: 'A ticket with an integration is filed on its platform, and tells where',
    endpoint: 'tickets.create',
    source: SOURCES.platforms,
    given: ['an integration'],
    request: ({ tag, integration }) => newTicket(tag, { integration_id: integration.id }),
    expect: ({ integration }) => ({ body: { integration_id: integration.id }, holds: isFiled(integration.id) }),
    next: [
      readFirst(({ replies: [first] }) => ({
        body: {
          integration_id: first?.fields['integration_id'],
          integration_result: first?.fields['integration_result'],
        },
      })),
      {
        request: { endpoint: 'integrations.retrieve' },
        expect: {
          holds: ({ fields }) => {
            const { total_requests: total, successful_requests: done } = fields['usage_stats'] as JsonObject
            return total === 1 && done === 1 ? undefined : { expected: 'one request counted', actual: 'another number' }
          },
        },
      },
    ],
  },
  {
    id: 'tickets.create/not-filed',
    title: '`create_externally: false` keeps the integration and files nothing',
    endpoint: 'tickets.create',
    source: SOURCES.platforms,
    given: ['an integration'],
    request: ({ tag, integration }) => newTicket(tag, { integration_id: integration.id, create_externally: false }),
    expect: ({ integration }) => ({ body: { integration_id: integration.id, integration_result: null } }),
  },
  {
    id: 'tickets.create/inactive-integration',
    title: 'A ticket for an integration that is inactive is refused, with the reason, and not written',
    endpoint: 'tickets.create',
    source: SOURCES.names,
    given: ['a disabled integration'],
    request: ({ tag, integration }) => newTicket(tag, { integration_id: integration.id }),
    expect: { code: 'integration_unusable', reason: 'inactive' },
    next: [{ request: ({ tag }) => ({ endpoint: 'tickets.list', query: { q: tag } }), expect: { body: { total: 0 } } }],
  },
  {
    id: 'tickets.create/deleted-integration',
    title: 'A ticket for an integration that was deleted is refused, with that reason',
    endpoint: 'tickets.create',
    source: SOURCES.names,
    given: ['a deleted integration'],
    request: ({ tag, integration }) => newTicket(tag, { integration_id: integration.id }),
    expect: { code: 'integration_unusable', reason: 'deleted' },
  },
  {
    id: 'tickets.create/unknown-integration',
    title: 'A ticket for an integration that is not there is refused',
    endpoint: 'tickets.create',
    source: SOURCES.names,
    since: 'transitional',
    request: ({ tag }) => newTicket(tag, { integration_id: NOWHERE }),
    expect: { code: 'integration_not_found' },
  },
  {
    id: 'tickets.create/by-name',
    title: 'An integration is found by its exact name, blanks around it aside, and shown by its id',
    endpoint: 'tickets.create',
    source: SOURCES.names,
    until: 'transitional',
    given: ['an integration'],
    request: ({ tag, integration }) =>
      [String(integration['name']), ` ${String(integration['name'])} `].map((name) => ({
        endpoint: 'tickets.create',
        words: 'as written',
        body: ticketBody(tag, { integration_name: name }),
      })),
    expect: (rows, generation) => ({
      ...(generation === 'transitional' && { body: { integration_id: rows.integration.id } }),
      holds: isFiled(rows.integration.id),
    }),
  },
  {
    id: 'tickets.create/by-part-of-a-name',
    title: 'A part of a name, or another case, is not the name',
    endpoint: 'tickets.create',
    source: SOURCES.names,
    until: 'transitional',
    given: ['an integration'],
    request: ({ tag, integration }) =>
      [String(integration['name']).slice(0, -1), String(integration['name']).toUpperCase()].map((name) => ({
        endpoint: 'tickets.create',
        words: 'as written',
        body: ticketBody(tag, { integration_name: name }),
      })),
    expect: { code: 'integration_not_found' },
  },
  {
    id: 'tickets.create/ambiguous-name',
    title: 'A name that two integrations have is refused, with both as candidates',
    endpoint: 'tickets.create',
    source: SOURCES.names,
    until: 'transitional',
    given: ['two integrations of one name'],
    request: ({ tag, integration }) => ({
      endpoint: 'tickets.create',
      words: 'as written',
      body: ticketBody(tag, { integration_name: integration['name'] }),
    }),
    expect: {
      code: 'ambiguous_integration_name',
      holds: ({ fields }, { integrations }) => {
        const candidates = (fields['candidates'] ?? []) as readonly JsonObject[]
        const ids = candidates.map(({ id }) => String(id)).toSorted()
        const whole = candidates.every(
          ({ name, platform_name: on, status }) =>
            name === integrations[0]?.['name'] && on === 'jira' && status === 'active',
        )
        return whole &&
          ids.join() ===
            integrations
              .map(({ id }) => id)
              .toSorted()
              .join()
          ? undefined
          : { expected: 'both integrations', actual: `${ids.length} candidates` }
      },
    },
  },
  {
    id: 'tickets.create/names-disagree',
    title: 'Two old words with two names are refused',
    endpoint: 'tickets.create',
    source: SOURCES.moving,
    until: 'transitional',
    given: ['an integration'],
    request: ({ tag, integration }) => ({
      endpoint: 'tickets.create',
      words: 'as written',
      body: ticketBody(tag, { integration_name: integration['name'], integration: 'another' }),
    }),
    expect: { code: 'conflicting_fields', at: 'body.integration_name' },
  },
  {
    id: 'tickets.create/name-and-id-disagree',
    title: 'A name and an id that mean two integrations are refused',
    endpoint: 'tickets.create',
    source: SOURCES.moving,
    since: 'transitional',
    until: 'transitional',
    given: ['an integration'],
    request: ({ tag, integration }) => ({
      endpoint: 'tickets.create',
      body: ticketBody(tag, { integration_name: integration['name'], integration_id: NOWHERE }),
    }),
    expect: { code: 'conflicting_fields', at: 'body.integration_id' },
  },
  {
    id: 'tickets.create/unusable-name',
    title: 'The name of an integration that is inactive is refused with the reason, and nothing else is guessed',
    endpoint: 'tickets.create',
    source: SOURCES.names,
    until: 'transitional',
    given: ['a disabled integration'],
    request: ({ tag, integration }) => ({
      endpoint: 'tickets.create',
      words: 'as written',
      body: ticketBody(tag, { integration_name: integration['name'] }),
    }),
    expect: { code: 'integration_unusable', reason: 'inactive' },
  },
  {
    id: 'tickets.createWithAi/drafts',
    title: "A ticket is drafted from a user's words, with its reading and its files",
    endpoint: 'tickets.createWithAi',
    source: SOURCES.contract,
    request: ({ tag }) => ({
      endpoint: 'tickets.createWithAi',
      body: { user_input: `${tag}: the export is empty`, uploaded_files: [FILE] },
    }),
    expect: {
      holds: ({ fields }) => {
        const ticket = fields['ticket'] as JsonObject | undefined
        const fits =
          ticket?.['status'] === 'new' &&
          JSON.stringify(ticket['attachments']) === JSON.stringify([{ file_id: FILE }]) &&
          JSON.stringify(ticket['ai_analysis']) === JSON.stringify(fields['ai_analysis'])
        return fits ? undefined : { expected: 'a new ticket with its file and its analysis', actual: 'another one' }
      },
    },
  },
  {
    id: 'tickets.createWithAi/unusable-integration',
    title: 'A draft for an integration that is inactive is refused',
    endpoint: 'tickets.createWithAi',
    source: SOURCES.names,
    given: ['a disabled integration'],
    request: ({ tag, integration }) => ({
      endpoint: 'tickets.createWithAi',
      body: { user_input: tag, integration_id: integration.id },
    }),
    expect: { code: 'integration_unusable', reason: 'inactive' },
  },
  {
    id: 'tickets.createWithAi/filed',
    title: 'A draft with an integration is filed on its platform',
    endpoint: 'tickets.createWithAi',
    source: SOURCES.platforms,
    given: ['an integration'],
    request: ({ tag, integration }) => ({
      endpoint: 'tickets.createWithAi',
      body: { user_input: tag, integration_id: integration.id },
    }),
    expect: ({ integration }) => ({
      holds: (reply, rows) =>
        isFiled(integration.id)({ ...reply, fields: (reply.fields['ticket'] ?? {}) as JsonObject }, rows),
    }),
  },

  // PUT and PATCH
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
  {
    id: 'tickets.addAttachments/adds',
    title: 'Attachments are added to those that are there, each once, and listed',
    endpoint: 'tickets.addAttachments',
    source: SOURCES.contract,
    given: ['a full ticket'],
    request: {
      endpoint: 'tickets.addAttachments',
      body: { attachments: [{ file_id: FILE }, { file_id: OTHER_FILE.toUpperCase() }] },
    },
    expect: { body: { attachments: [{ file_id: FILE }, { file_id: OTHER_FILE }] } },
    next: [
      { request: { endpoint: 'tickets.listAttachments' }, expect: listsFiles([FILE, OTHER_FILE]) },
      {
        request: { endpoint: 'tickets.addAttachments', body: { attachments: [] } },
        expect: { code: 'validation_failed', at: 'body.attachments' },
      },
      {
        request: { endpoint: 'tickets.addAttachments', body: { attachments: [{ file_id: 'a-file' }] } },
        expect: { code: 'validation_failed', at: 'body.attachments.0.file_id' },
      },
    ],
  },
  {
    id: 'tickets.listAttachments/none',
    title: 'A ticket without attachments lists none',
    endpoint: 'tickets.listAttachments',
    source: SOURCES.contract,
    given: ['a ticket'],
    request: { endpoint: 'tickets.listAttachments' },
    expect: listsFiles([]),
  },
  {
    id: 'tickets.delete/gone',
    title: 'A deleted ticket is answered with nothing, and is in no list',
    endpoint: 'tickets.delete',
    source: SOURCES.contract,
    given: ['a ticket'],
    request: { endpoint: 'tickets.delete' },
    expect: {},
    next: [
      {
        request: ({ tag }) => ({ endpoint: 'tickets.list', query: { q: tag } }),
        expect: { body: { total: 0, pages: 0 } },
      },
    ],
  },
  {
    id: 'tickets.retrieve/flags',
    title: '`include_ai_data` and `include_internal` change nothing',
    endpoint: 'tickets.retrieve',
    source: SOURCES.fields,
    reads: true,
    given: ['a ticket'],
    request: [{ include_ai_data: false }, { include_internal: true }].map((query) => ({
      endpoint: 'tickets.retrieve',
      query,
    })),
    expect: ({ ticket }) => ({
      body: { id: ticket.id, ai_analysis: ticket['ai_analysis'], internal_notes: ticket['internal_notes'] },
    }),
  },
  {
    id: 'tickets.stats/sums',
    title: 'The counts of tickets add up, by status, by priority and by category',
    endpoint: 'tickets.stats',
    source: SOURCES.fields,
    reads: true,
    request: { endpoint: 'tickets.stats' },
    expect: { holds: ({ fields }) => statsAddUp(fields) },
  },
  {
    id: 'tickets.stats/counts',
    title: 'A new ticket is counted: in all, as open, by its status, its priority and its category',
    endpoint: 'tickets.stats',
    source: SOURCES.fields,
    alone: true,
    request: { endpoint: 'tickets.stats' },
    expect: {},
    next: [
      { request: ({ tag }) => newTicket(tag, { priority: 'critical', category: 'security' }), expect: {} },
      {
        request: { endpoint: 'tickets.stats' },
        expect: ({ replies: [before] }) => ({
          holds: ({ fields }) =>
            differBy(before?.fields, fields, {
              total_tickets: 1,
              open_tickets: 1,
              resolved_tickets: 0,
              high_priority_tickets: 1,
              'status_distribution.new': 1,
              'priority_distribution.critical': 1,
              'category_distribution.security': 1,
            }),
        }),
      },
      {
        request: ({ replies }) => ({
          endpoint: 'tickets.replace',
          params: { ticket_id: String(replies[1]?.fields['id']) },
          body: { status: 'resolved', resolution_summary: 'found it', priority: 'low' },
        }),
        expect: {},
      },
      {
        request: { endpoint: 'tickets.stats' },
        expect: ({ replies: [before] }) => ({
          holds: ({ fields }) =>
            differBy(before?.fields, fields, {
              total_tickets: 1,
              open_tickets: 0,
              resolved_tickets: 1,
              high_priority_tickets: 0,
              'status_distribution.resolved': 1,
              'priority_distribution.low': 1,
            }) ??
            (typeof fields['avg_resolution_time_hours'] === 'number'
              ? undefined
              : { expected: '`avg_resolution_time_hours`: a number', actual: 'none' }),
        }),
      },
    ],
  },
]

function idOf(person: unknown): unknown {
  return (person as JsonObject | undefined)?.['id']
}

const OLD_NAMES = ['assignee', 'files', 'external_ticket_id', 'external_ticket_url']

function withoutOldNames(row: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(row).filter(([name]) => !OLD_NAMES.includes(name)))
}

function isFiled(integrationId: string): NonNullable<Expect['holds']> {
  return ({ fields }) => {
    const result = fields['integration_result'] as JsonObject | null | undefined
    const named = result?.['integration_id'] === undefined || result['integration_id'] === integrationId
    const fits = result?.['success'] === true && typeof result['external_ticket_id'] === 'string' && named
    return fits ? undefined : { expected: '`integration_result` of a success, with its id', actual: 'another one' }
  }
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

function listsFiles(ids: readonly string[]): Expect {
  const expected = JSON.stringify(ids.map((file_id) => ({ file_id })))
  return {
    holds: ({ current }) => (JSON.stringify(current) === expected ? undefined : { expected, actual: 'another list' }),
  }
}

const sum = (counts: Readonly<Record<string, number>> = {}, words?: readonly string[]): number =>
  (words ?? Object.keys(counts)).reduce((all, word) => all + (counts[word] ?? 0), 0)

function statsAddUp(fields: JsonObject): ReturnType<NonNullable<Expect['holds']>> {
  const [byStatus, byPriority, byCategory] = ['status', 'priority', 'category'].map(
    (name) => (fields[`${name}_distribution`] ?? {}) as Readonly<Record<string, number>>,
  )
  const fits =
    [byStatus, byPriority, byCategory].every((counts) => sum(counts) === fields['total_tickets']) &&
    sum(byStatus, ['new', 'open', 'in_progress']) === fields['open_tickets'] &&
    sum(byStatus, ['resolved']) === fields['resolved_tickets'] &&
    sum(byPriority, ['high', 'critical']) === fields['high_priority_tickets']
  return fits ? undefined : { expected: 'sums that fit', actual: 'sums that do not' }
}

function differBy(
  before: JsonObject = {},
  after: JsonObject,
  expected: Readonly<Record<string, number>>,
): ReturnType<NonNullable<Expect['holds']>> {
  for (const [path, by] of Object.entries(expected)) {
    const moved = countAt(after, path) - countAt(before, path)
    if (moved !== by) return { expected: `\`${path}\`: ${by} more`, actual: `${moved} more` }
  }
  return undefined
}

function countAt(fields: JsonObject, path: string): number {
  const [name = '', inner] = path.split('.')
  const value = inner === undefined ? fields[name] : (fields[name] as JsonObject | undefined)?.[inner]
  return Number(value ?? 0)
}
