import {
  ENDPOINT_IDS,
  type EndpointId,
  endpointOf,
  GENERATIONS,
  type Generation,
  isAvailable,
} from '@ai-ticket-creator/domain'
import { checkSchema, wireSchema } from '@ai-ticket-creator/domain/internal'
import { createApp, createMemoryStore, DEFAULT_USER } from '@ai-ticket-creator/reference-api'
import { expect, test } from 'vitest'
import { integrationRow, rowId, ticketRow } from './rows.ts'
import { fieldsOf, itemsOf, nthId, type Reply, send } from './send.ts'

const full = {
  description: 'd',
  region: 'eu',
  base_url: 'https://acme.example.test',
  api_version: '3',
  oauth_scopes: ['read'],
  supports_categories: ['bug'],
  supports_priorities: ['low'],
  department_mapping: { it: 'IT' },
  custom_fields_mapping: { a: 'b' },
  routing_rules: { a: 1 },
  webhook_url: 'https://hooks.example.test',
  rate_limit_per_hour: 5,
  notification_events: ['created'],
  notification_channels: { mail: [] },
  last_sync_at: '2025-09-01T08:00:00.000000Z',
  rate_limit_reset_at: '2025-09-01T08:00:00.000000Z',
  health_check_status: 'unhealthy',
  health_check_error: 'timeout',
  last_health_check_at: '2025-09-01T08:00:00.000000Z',
  expires_at: '2026-09-01T08:00:00.000000Z',
  maintenance_window_start: '01:00',
  maintenance_window_end: '02:00',
  credentials_updated_at: '2025-09-01T08:00:00.000000Z',
}

/** A valid call of every endpoint, on rows with few and with all fields. */
async function callAll(generation: Generation): Promise<readonly (readonly [EndpointId, Reply])[]> {
  const store = createMemoryStore()
  await store.integrations.insert(integrationRow({ id: rowId(1), name: 'Bare' }))
  await store.integrations.insert(integrationRow({ id: rowId(2), name: 'Full', ...full }))
  await store.tickets.insert(ticketRow({ id: rowId(3) }))
  const app = createApp({ store, generation })
  const old = generation === 'legacy'
  const bug = { title: 'T', description: 'D', assigned_to_id: DEFAULT_USER.id, custom_fields: { a: 1 } }

  return [
    [
      'integrations.create',
      await send(app, 'POST /integrations/', {
        name: 'A',
        ...(old ? { integration_type: 'sms' } : { platform_name: 'sms' }),
      }),
    ],
    ['integrations.list', await send(app, 'GET /integrations/')],
    ['integrations.retrieve', await send(app, `GET /integrations/${rowId(1)}`)],
    ['integrations.retrieve', await send(app, `GET /integrations/${rowId(2)}`)],
    ['integrations.update', await send(app, `PUT /integrations/${rowId(2)}`, { name: 'B' })],
    [
      'integrations.setStatus',
      await send(app, `PATCH /integrations/${rowId(2)}/status`, old ? { status: 'active' } : { enabled: true }),
    ],
    ['tickets.create', await send(app, 'POST /tickets/', bug)],
    [
      'tickets.create',
      await send(app, 'POST /tickets/', {
        ...bug,
        ...(old
          ? { integration_name: 'Bare', file_ids: [rowId(7)] }
          : { integration_id: rowId(1), attachments: [{ file_id: rowId(7) }] }),
      }),
    ],
    ['tickets.retrieve', await send(app, `GET /tickets/${rowId(3)}`)],
    ['tickets.retrieve', await send(app, `GET /tickets/${nthId(3)}`)],
    ['tickets.list', await send(app, 'GET /tickets/')],
    ['integrations.listActive', await send(app, 'GET /integrations/active')],
    ['integrations.test', await send(app, `POST /integrations/${rowId(2)}/test`, {})],
    ['integrations.sync', await send(app, `POST /integrations/${rowId(2)}/sync`, { sync_type: 'full' })],
    ['integrations.activate', await send(app, `POST /integrations/${rowId(2)}/activate`)],
    ['integrations.fields', await send(app, `GET /integrations/${rowId(2)}/fields`)],
    ['tickets.createWithAi', await send(app, 'POST /tickets/ai-create', { user_input: 'It is broken' })],
    ['tickets.stats', await send(app, 'GET /tickets/stats/overview')],
    ['tickets.replace', await send(app, `PUT /tickets/${rowId(3)}`, { title: 'U' })],
    ...(old ? [] : ([['tickets.update', await send(app, `PATCH /tickets/${rowId(3)}`, { title: 'V' })]] as const)),
    ...(generation === 'current'
      ? []
      : ([
          ['tickets.setStatus', await send(app, `PATCH /tickets/${rowId(3)}/status`, { status: 'open' })],
          ['tickets.assign', await send(app, `PATCH /tickets/${rowId(3)}/assign`, { assigned_to_id: null })],
        ] as const)),
    [
      'tickets.addAttachments',
      await send(app, `POST /tickets/${rowId(3)}/attachments`, { attachments: [{ file_id: rowId(7) }] }),
    ],
    ['tickets.listAttachments', await send(app, `GET /tickets/${rowId(3)}/attachments`)],
    ['tickets.delete', await send(app, `DELETE /tickets/${rowId(3)}`)],
    ['integrations.delete', await send(app, `DELETE /integrations/${rowId(2)}`)],
  ]
}

test.each(GENERATIONS)('%s: every reply of every endpoint fits its schema', async (generation) => {
  const replies = await callAll(generation)

  const faults = replies.flatMap(([id, { json }]) => {
    const schema = wireSchema(id, 'reply', generation)
    if (endpointOf(id).reply === undefined) return json === undefined ? [] : [`${id} has a body`]
    return schema === undefined
      ? [`${id} has no schema`]
      : checkSchema(schema, json, 'reply').map(({ msg }) => `${id}: ${msg}`)
  })
  expect(faults).toEqual([])
  expect(replies.filter(([, { status }]) => status >= 300)).toEqual([])
  expect([...new Set(replies.map(([id]) => id))].toSorted()).toEqual(
    ENDPOINT_IDS.filter((id) => isAvailable(id, generation)).toSorted(),
  )
})

const olds = ['integration_type', 'is_enabled', 'assignee', 'files', 'external_ticket_id', 'external_ticket_url']
const news = ['integration_category', 'platform_name', 'enabled', 'assigned_to_id', 'attachments']

test.each([
  ['legacy', olds, []],
  ['transitional', olds, news],
  ['current', [], news],
] as const)('%s replies have the old fields %j and the new ones %j', async (generation, oldFields, newFields) => {
  const replies = await callAll(generation)

  const entities = replies
    .filter(([id]) => ['create', 'list', 'retrieve', 'update', 'replace'].some((verb) => id.endsWith(`.${verb}`)))
    .flatMap(([id, reply]) => (id.endsWith('.list') ? itemsOf(reply) : [fieldsOf(reply)]))
  const seen = new Set(entities.flatMap((entity) => Object.keys(entity)))
  expect(olds.filter((field) => seen.has(field))).toEqual(oldFields)
  expect(news.filter((field) => seen.has(field))).toEqual(newFields)
})

test('a strict reply is a current one', async () => {
  const transitional = createApp({ generation: 'transitional' })
  const current = createApp({ generation: 'current' })
  const body = { name: 'A', platform_name: 'jira' }

  const strict = await send(transitional, 'POST /integrations/', body, { Prefer: 'handling=strict' })
  const plain = await send(current, 'POST /integrations/', body)

  expect(strict.json).toEqual(plain.json)
})
