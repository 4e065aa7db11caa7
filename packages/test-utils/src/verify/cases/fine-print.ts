import { isJsonObject } from '@ai-ticket-creator/domain'
import { ticketBody } from '../bodies.ts'
import type { ContractCase, Fault } from '../case.ts'
import { FILE } from '../given.ts'
import type { Reply } from '../reply.ts'
import { itemsOf } from '../say.ts'
import { SOURCES } from '../sources.ts'
import { newIntegration, newTicket } from './bodies-of.ts'

/** Rules that are easily passed over: each was written because a defect got away. */
export const finePrint: readonly ContractCase[] = [
  {
    id: 'tickets.create/repeated-in-another-order',
    title: 'A body whose fields stand in another order is the same body for its `Idempotency-Key`',
    endpoint: 'tickets.create',
    source: SOURCES.repeats,
    request: ({ tag }) => ({
      endpoint: 'tickets.create',
      body: { ...ticketBody(tag), custom_fields: { a: 1, b: 2 } },
      headers: { 'Idempotency-Key': tag },
    }),
    expect: {},
    next: [
      {
        request: ({ tag }) => ({
          endpoint: 'tickets.create',
          body: Object.fromEntries(Object.entries({ ...ticketBody(tag), custom_fields: { b: 2, a: 1 } }).toReversed()),
          headers: { 'Idempotency-Key': tag },
        }),
        expect: { headers: { 'Idempotency-Replayed': 'true' } },
      },
    ],
  },
  {
    id: 'integrations.sync/directions',
    title: 'An integration can be synchronised in each direction',
    endpoint: 'integrations.sync',
    source: SOURCES.fields,
    given: ['an integration'],
    request: () =>
      ['inbound', 'outbound', 'bidirectional'].map((direction) => ({
        endpoint: 'integrations.sync',
        body: { sync_type: 'test', dry_run: true, direction },
      })),
    expect: {},
  },
  {
    id: 'integrations.create/empty-description',
    title: 'An empty text is a value where no length is asked for',
    endpoint: 'integrations.create',
    source: SOURCES.fields,
    request: ({ tag }) => newIntegration(tag, { description: '', region: '' }),
    expect: { body: { description: '', region: '' } },
  },
  {
    id: 'integrations.list/both-links',
    title: 'The link to the next page stands beside the one to the guide',
    endpoint: 'integrations.list',
    source: SOURCES.headers,
    since: 'transitional',
    until: 'transitional',
    given: ['five integrations'],
    request: ({ tag }) => ({
      endpoint: 'integrations.list',
      query: { is_enabled: true, name: tag, limit: 1 },
      words: 'as written',
    }),
    expect: { headers: { Link: /rel="next".*rel="deprecation"|rel="deprecation".*rel="next"/ } },
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
    id: 'integrations.setStatus/no-reason',
    title: 'Disabling without a reason is no error of the integration',
    endpoint: 'integrations.setStatus',
    source: SOURCES.status,
    given: ['an integration'],
    request: { endpoint: 'integrations.setStatus', body: { enabled: false } },
    expect: { holds: hasNoError },
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
    id: 'refusals/too-large',
    title: 'A number above its limit is refused as one that is too large',
    endpoint: 'integrations.create',
    source: SOURCES.refusals,
    request: ({ tag }) => newIntegration(tag, { default_priority: 1001 }),
    expect: { code: 'validation_failed', at: 'body.default_priority', holds: hasType('less_than_equal') },
  },
  {
    id: 'refusals/a-hundred',
    title: 'Of a long list of faults a hundred are told',
    endpoint: 'tickets.create',
    source: SOURCES.refusals,
    since: 'transitional',
    request: ({ tag }) => newTicket(tag, { attachments: Array.from({ length: 150 }, () => ({ file_id: 'no id' })) }),
    expect: {
      code: 'validation_failed',
      holds: ({ json }) =>
        itemsOf(json).length <= 100 ? undefined : { expected: 'at most 100', actual: `${itemsOf(json).length}` },
    },
  },
]

function hasNoError({ fields }: Reply): Fault | undefined {
  const { usage_stats: usage } = fields
  const at = isJsonObject(usage) ? usage['last_error_at'] : undefined
  return at === null ? undefined : { expected: '`usage_stats.last_error_at`: null', actual: 'a time' }
}

function hasType(type: string) {
  return ({ json }: Reply): Fault | undefined =>
    itemsOf(json).some((item) => item['type'] === type)
      ? undefined
      : { expected: `an issue of type \`${type}\``, actual: 'another type' }
}
