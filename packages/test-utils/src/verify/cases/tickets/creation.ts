import { type JsonObject, TICKET_CATEGORIES, TICKET_PRIORITIES } from '@ai-ticket-creator/domain'
import { NEW_TICKET } from '@ai-ticket-creator/domain/internal'
import type { ContractCase, Expect, Step } from '../../model/case.ts'
import { FILE, fullTicket } from '../../model/preconditions.ts'
import { NOWHERE, ticketBody } from '../../model/request-bodies.ts'
import { SOURCES } from '../../model/spec-references.ts'
import { newTicket } from '../sample-requests.ts'
import { idOf, OTHER_FILE } from './values.ts'

/** The ticket that the first reply shows, read again. */
const readFirst = (expect: Step['expect']): Step => ({
  request: ({ replies: [first] }) => ({
    endpoint: 'tickets.retrieve',
    params: { ticket_id: String(first?.fields['id']) },
  }),
  expect,
})

/** New tickets, by whatever names their integration. */
export const creation: readonly ContractCase[] = [
  {
    id: 'tickets.create/least',
    title: 'A title and a description are enough; all else has its default',
    endpoint: 'tickets.create',
    source: SOURCES.fields,
    request: ({ tag }) => newTicket(tag),
    expect: ({ tag }) => ({ body: { ...NEW_TICKET, title: tag, display_title: tag } }),
    next: [readFirst(({ tag }) => ({ body: { ...NEW_TICKET, title: tag } }))],
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
    id: 'tickets.create/files-agree',
    title: '`file_ids` and `attachments` that mean the same files agree',
    endpoint: 'tickets.create',
    source: SOURCES.moving,
    since: 'transitional',
    until: 'transitional',
    request: ({ tag }) => ({
      endpoint: 'tickets.create',
      body: ticketBody(tag, { file_ids: [FILE], attachments: [{ file_id: FILE }] }),
      words: 'as written',
    }),
    expect: { body: { attachments: [{ file_id: FILE }] } },
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
    id: 'tickets.create/counts-within-the-hour',
    title: 'Each ticket that is filed counts towards the hour of its integration',
    endpoint: 'tickets.create',
    source: SOURCES.platforms,
    given: ['an integration'],
    request: ({ tag, integration }) => [
      newTicket(tag, { integration_id: integration.id }),
      newTicket(tag, { integration_id: integration.id }),
    ],
    expect: {},
    next: [{ request: { endpoint: 'integrations.retrieve' }, expect: { body: { current_hour_requests: 2 } } }],
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
]

function isFiled(integrationId: string): NonNullable<Expect['holds']> {
  return ({ fields }) => {
    const result = fields['integration_result'] as JsonObject | null | undefined
    const named = result?.['integration_id'] === undefined || result['integration_id'] === integrationId
    const fits = result?.['success'] === true && typeof result['external_ticket_id'] === 'string' && named
    return fits ? undefined : { expected: '`integration_result` of a success, with its id', actual: 'another one' }
  }
}
