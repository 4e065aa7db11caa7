import { TICKET_CATEGORIES, TICKET_PRIORITIES } from '@ai-ticket-creator/domain'
import { isJsonObject, NEW_TICKET, sameJson } from '@ai-ticket-creator/domain/internal'
import type { ContractCase } from '../../model/case.ts'
import { creatorIdOf } from '../../model/case-context.ts'
import { createTicket, FILE_ID, fullTicket, OTHER_FILE_ID, ticketBody, UNKNOWN_ID } from '../../model/request-bodies.ts'
import { SPEC } from '../../model/spec-references.ts'
import { readCreated } from './read-back.ts'

const OWN_KEYS = '{"__proto__":{"a":1},"constructor":"b","toString":null}'

/** Creating tickets. */
export const createCases: readonly ContractCase[] = [
  {
    id: 'tickets.create/minimal',
    title: 'A title and a description are enough; other fields have their defaults',
    endpoint: 'tickets.create',
    specReference: SPEC.fields,
    request: ({ tag }) => createTicket(tag),
    expect: ({ tag }) => ({ body: { ...NEW_TICKET, title: tag, display_title: tag } }),
    next: [readCreated(({ tag }) => ({ body: { ...NEW_TICKET, title: tag } }))],
  },
  {
    id: 'tickets.create/full',
    title: 'A new ticket is returned, and read back, as it was sent',
    endpoint: 'tickets.create',
    specReference: SPEC.fields,
    request: ({ tag }) => ({ endpoint: 'tickets.create', body: fullTicket(tag) }),
    expect: ({ tag }) => ({ body: fullTicket(tag) }),
    next: [readCreated(({ tag }) => ({ body: fullTicket(tag) }))],
  },
  ...(['category', 'priority', 'urgency'] as const).map(
    (field): ContractCase => ({
      id: `tickets.create/${field}`,
      title: `Each value of \`${field}\` is accepted and returned`,
      endpoint: 'tickets.create',
      specReference: SPEC.fields,
      request: ({ tag }) =>
        (field === 'category' ? TICKET_CATEGORIES : TICKET_PRIORITIES).map((value) =>
          createTicket(tag, { [field]: value }),
        ),
      expect: {
        check: ({ fields, request }) => {
          const sent = isJsonObject(request.body) ? request.body[field] : undefined
          return fields[field] === sent
            ? undefined
            : { expected: `\`${field}\`: ${String(sent)}`, actual: 'another value' }
        },
      },
    }),
  ),
  {
    id: 'tickets.create/priority-null',
    title: '`priority: null` creates a ticket with priority `medium`',
    endpoint: 'tickets.create',
    specReference: SPEC.fields,
    request: ({ tag }) => createTicket(tag, { priority: null }),
    expect: { body: { priority: 'medium' } },
  },
  {
    id: 'tickets.create/display-title',
    title: '`display_title` is the title, truncated after 100 characters',
    endpoint: 'tickets.create',
    specReference: SPEC.fields,
    request: ({ tag }) => [
      createTicket(tag.padEnd(100, 'x')),
      createTicket(tag.padEnd(101, '😀'.repeat(100)).slice(0, 150)),
    ],
    expect: {
      check: ({ fields }) => {
        const title = [...String(fields['title'])]
        const cut = title.length > 100 ? `${title.slice(0, 100).join('')}...` : title.join('')
        return fields['display_title'] === cut
          ? undefined
          : { expected: 'the truncated title', actual: 'another string' }
      },
    },
  },
  {
    id: 'tickets.create/creator',
    title: 'The caller is the creator of a new ticket and can be its assignee',
    endpoint: 'tickets.create',
    specReference: SPEC.fields,
    preconditions: ['a ticket'],
    request: ({ tag, ticket }) => createTicket(tag, { assigned_to_id: creatorIdOf(ticket) }),
    expect: ({ ticket }) => ({ body: { creator: ticket['creator'], assigned_to_id: creatorIdOf(ticket) } }),
  },
  {
    id: 'tickets.create/unknown-assignee',
    title: 'A ticket cannot be assigned to an unknown user',
    endpoint: 'tickets.create',
    specReference: SPEC.refusals,
    request: ({ tag }) => createTicket(tag, { assigned_to_id: UNKNOWN_ID }),
    expect: { code: 'validation_failed', at: 'body.assigned_to_id' },
  },
  {
    id: 'tickets.create/attachments-once',
    title: 'A file listed twice is attached once, and files keep their order',
    endpoint: 'tickets.create',
    specReference: SPEC.fields,
    request: ({ tag }) =>
      createTicket(tag, {
        attachments: [{ file_id: OTHER_FILE_ID }, { file_id: FILE_ID.toUpperCase() }, { file_id: FILE_ID }],
      }),
    expect: { body: { attachments: [{ file_id: OTHER_FILE_ID }, { file_id: FILE_ID }] } },
  },
  {
    id: 'tickets.create/files-agree',
    title: '`file_ids` and `attachments` with the same files are accepted',
    endpoint: 'tickets.create',
    specReference: SPEC.migration,
    since: 'transitional',
    until: 'transitional',
    request: ({ tag }) => ({
      endpoint: 'tickets.create',
      body: ticketBody(tag, { file_ids: [FILE_ID], attachments: [{ file_id: FILE_ID }] }),
      verbatim: true,
    }),
    expect: { body: { attachments: [{ file_id: FILE_ID }] } },
  },
  {
    id: 'tickets.create/trims',
    title: 'Strings of a ticket are trimmed',
    endpoint: 'tickets.create',
    specReference: SPEC.fields,
    request: ({ tag }) => createTicket(` ${tag}\n`, { description: '\n described ', department: ' it ' }),
    expect: ({ tag }) => ({ body: { title: tag, description: 'described', department: 'it' } }),
  },
  {
    id: 'tickets.create/own-keys',
    title: 'Keys such as `__proto__` in `custom_fields` are stored unchanged',
    endpoint: 'tickets.create',
    specReference: SPEC.fields,
    request: ({ tag }) => ({
      endpoint: 'tickets.create',
      rawBody: `{"title":"${tag}","description":"keys","custom_fields":${OWN_KEYS}}`,
    }),
    expect: {
      check: ({ fields }) =>
        sameJson(fields['custom_fields'], JSON.parse(OWN_KEYS))
          ? undefined
          : { expected: 'the three keys that were sent', actual: 'other keys' },
    },
  },
]
