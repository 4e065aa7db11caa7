import {
  type AppOptions,
  createApp,
  createMemoryStore,
  type ExternalOutcome,
  type IntegrationRow,
  type Store,
} from '@ai-ticket-creator/reference-api'
import { expect, test } from 'vitest'
import { handClock } from './hand-clock.ts'
import { integrationRow, rowId } from './rows.ts'
import { fieldsOf, nthId, send } from './send.ts'

const at = '2025-09-06T12:00:00.000000Z'
const bug = { title: 'T', description: 'D', integration_id: rowId(1) }
const created: ExternalOutcome = { outcome: 'created', id: 'A-1', url: null }

async function withStored(fields: Partial<IntegrationRow>, external: AppOptions['external'], options: AppOptions = {}) {
  const { clock, pass } = handClock()
  const store: Store = createMemoryStore()
  await store.integrations.insert(integrationRow({ id: rowId(1), ...fields }))
  const app = createApp({ store, clock, ...(external !== undefined && { external }), ...options })
  const row = async () => store.integrations.find(integrationRow().organization_id, rowId(1))
  return { app, store, row, pass }
}

// Effects of a filed ticket on its integration (existing backend: status and enabled)

const refused = { outcome: 'refused' } as const
const cases: readonly (readonly [ExternalOutcome, Partial<IntegrationRow>, object])[] = [
  [
    created,
    { consecutive_failures: 2 },
    { status: 'active', successful_requests: 1, last_success_at: at, consecutive_failures: 0, last_error_at: null },
  ],
  [
    refused,
    {},
    {
      status: 'active',
      failed_requests: 1,
      consecutive_failures: 1,
      last_error_message: 'the platform reports a failure',
    },
  ],
  [refused, { auto_disable_on_error: true, consecutive_failures: 2 }, { status: 'error', consecutive_failures: 3 }],
  [{ ...refused, reason: 'unauthorized' }, {}, { status: 'expired', enabled: true, failed_requests: 1 }],
  [
    { ...refused, reason: 'rate_limited' },
    { auto_disable_on_error: true, consecutive_failures: 2 },
    { status: 'active', consecutive_failures: 3 },
  ],
  [
    { outcome: 'unknown' },
    { auto_disable_on_error: true, consecutive_failures: 2 },
    {
      status: 'active',
      failed_requests: 1,
      consecutive_failures: 3,
      last_error_message: 'the platform did not answer',
    },
  ],
  [
    { outcome: 'not_sent', message: 'the platform cannot be reached' },
    { auto_disable_on_error: true, consecutive_failures: 2 },
    {
      status: 'active',
      failed_requests: 1,
      consecutive_failures: 3,
      last_error_message: 'the platform cannot be reached',
    },
  ],
]

test.each(cases)('%j on %j leaves %j', async (outcome, before, after) => {
  const { app, row } = await withStored(before, async () => outcome)

  await send(app, 'POST /tickets/', bug)

  expect(await row()).toMatchObject({ total_requests: 1, last_request_at: at, current_hour_requests: 1, ...after })
})

test('a ticket of a platform without support counts no request', async () => {
  const { app, row } = await withStored({}, async () => ({ outcome: 'not_supported' }))

  await send(app, 'POST /tickets/', bug)

  expect(await row()).toEqual(integrationRow({ id: rowId(1) }))
})

test('an internal ticket counts no request', async () => {
  const { app, row } = await withStored({}, async () => created)

  await send(app, 'POST /tickets/', { ...bug, create_externally: false })

  expect(await row()).toEqual(integrationRow({ id: rowId(1) }))
})

test('replies show the counts', async () => {
  const outcomes: ExternalOutcome[] = [created, created, refused]
  const { app } = await withStored({}, async () => outcomes.shift() ?? created)
  for (let n = 0; n < 3; n++) await send(app, 'POST /tickets/', bug)

  const { json, headers } = await send(app, `GET /integrations/${rowId(1)}`)

  expect(json).toMatchObject({
    usage_stats: {
      total_requests: 3,
      successful_requests: 2,
      failed_requests: 1,
      success_rate: 66.67,
      last_request_at: at,
      last_success_at: at,
      last_error_at: at,
    },
    consecutive_failures: 1,
  })
  // Counters do not change the ETag.
  expect(headers.get('ETag')).toBe('"1"')
})

test('twenty parallel tickets count twenty requests', async () => {
  const { app, row } = await withStored({}, async () => created)

  await Promise.all(Array.from({ length: 20 }, () => send(app, 'POST /tickets/', bug)))

  expect(await row()).toMatchObject({ total_requests: 20, successful_requests: 20 })
})

test('requests and the rate limit are counted by the hour', async () => {
  const { app, pass } = await withStored({ rate_limit_per_hour: 2 }, async () => created)
  const hour = async () => {
    const { current_hour_requests: count, is_rate_limited: limited } = fieldsOf(
      await send(app, `GET /integrations/${rowId(1)}`),
    )
    return [count, limited]
  }
  const seen: unknown[] = []

  await send(app, 'POST /tickets/', bug)
  seen.push(await hour())
  pass(1_800_000)
  await send(app, 'POST /tickets/', bug)
  seen.push(await hour())
  pass(1_799_999)
  seen.push(await hour())
  pass(1)
  seen.push(await hour())
  await send(app, 'POST /tickets/', bug)
  seen.push(await hour())

  expect(seen).toEqual([
    [1, false],
    [2, true],
    [2, true],
    [0, false],
    [1, false],
  ])
})

// What is stored

test('the message of the platform is stored with the integration and not part of the error', async () => {
  const { app, row } = await withStored({}, async () => ({ outcome: 'refused', message: 'project ABC is archived' }))

  const reply = await send(app, 'POST /tickets/', bug)

  expect([reply.status, reply.json]).toEqual([
    502,
    { detail: 'the platform refused the ticket; nothing was stored', code: 'external_creation_failed' },
  ])
  expect((await row())?.last_error_message).toBe('project ABC is archived')
})

test('a ticket that was not sent is removed, and the reply contains the reason', async () => {
  const outcomes: ExternalOutcome[] = [
    { outcome: 'not_sent', message: 'the credentials have no `project_key`' },
    { outcome: 'not_sent', message: 'cannot connect with s3cret-token' },
  ]
  const { app } = await withStored({ credentials: { token: 's3cret-token' } }, async () => outcomes.shift() ?? created)

  const replies = [await send(app, 'POST /tickets/', bug), await send(app, 'POST /tickets/', bug)]

  const code = 'external_creation_failed'
  expect(replies.map(({ status, json }) => [status, json])).toEqual([
    [502, { detail: `the credentials have no \`project_key\`; nothing was sent to the platform or stored`, code }],
    [502, { detail: 'the platform did not answer; nothing was sent to the platform or stored', code }],
  ])
  expect((await send(app, 'GET /tickets/')).json).toMatchObject({ total: 0 })
})

test('the refusal of a platform without support names the platforms that have it', async () => {
  const outcomes: ExternalOutcome[] = [{ outcome: 'not_supported', supported: ['jira', 'webhook'] }]
  const { app } = await withStored({}, async () => outcomes.shift() ?? { outcome: 'not_supported' })

  const replies = [await send(app, 'POST /tickets/', bug), await send(app, 'POST /tickets/', bug)]

  const detail = 'the platform of this integration does not support tickets; nothing was stored'
  expect(replies.map(({ status, json }) => [status, json])).toEqual([
    [501, { detail: `${detail}. Platforms with support: jira, webhook`, code: 'not_supported' }],
    [501, { detail, code: 'not_supported' }],
  ])
})

test('a change of the ticket during filing is stored, and so is the result', async () => {
  const { app } = await withStored({}, async () => {
    await send(app, `PATCH /tickets/${nthId(1)}`, { department: 'it' })
    return created
  })

  const { json } = await send(app, 'POST /tickets/', bug)

  expect(json).toMatchObject({ department: 'it', integration_result: { external_ticket_id: 'A-1' } })
  expect((await send(app, `GET /tickets/${nthId(1)}`)).json).toMatchObject({
    department: 'it',
    integration_result: { external_ticket_id: 'A-1' },
  })
})

test('a ticket deleted during filing is answered with its result', async () => {
  const { app } = await withStored({}, async () => {
    await send(app, `DELETE /tickets/${nthId(1)}`)
    return created
  })

  const reply = await send(app, 'POST /tickets/', bug)

  expect([reply.status, reply.json]).toMatchObject([201, { integration_result: { external_ticket_id: 'A-1' } }])
  expect((await send(app, `GET /tickets/${nthId(1)}`)).status).toBe(404)
})

test('for an integration changed during filing the request is counted without further effects', async () => {
  const { app, row } = await withStored({}, async () => {
    await send(app, `PUT /integrations/${rowId(1)}`, { credentials: { email: 'a@example.test', api_token: 'new' } })
    return { outcome: 'refused', reason: 'unauthorized' }
  })

  await send(app, 'POST /tickets/', bug)

  expect(await row()).toMatchObject({ status: 'active', failed_requests: 1, consecutive_failures: 0 })
})

test('a counter that cannot be written does not remove the ticket', async () => {
  const reported: unknown[] = []
  const store = createMemoryStore()
  await store.integrations.insert(integrationRow({ id: rowId(1) }))
  const replace = async (): Promise<boolean> => {
    throw new Error('disk full')
  }
  const app = createApp({
    store: { ...store, integrations: { ...store.integrations, replace } },
    onError: (error) => reported.push(error),
  })

  const reply = await send(app, 'POST /tickets/', bug)

  expect([reply.status, reported]).toEqual([201, [new Error('disk full')]])
})

test('a result that cannot be written is still in the reply', async () => {
  const reported: unknown[] = []
  const store = createMemoryStore()
  await store.integrations.insert(integrationRow({ id: rowId(1) }))
  const replace = async (): Promise<boolean> => {
    throw new Error('disk full')
  }
  const app = createApp({
    store: { ...store, tickets: { ...store.tickets, replace } },
    external: async () => created,
    onError: (error) => reported.push(error),
  })

  const reply = await send(app, 'POST /tickets/', bug)

  expect([reply.status, reply.json]).toMatchObject([
    201,
    { integration_result: { success: true, external_ticket_id: 'A-1' } },
  ])
  expect([reported, reply.headers.get('ETag')]).toEqual([[new Error('disk full')], '"1"'])
})
