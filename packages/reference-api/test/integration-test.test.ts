import { GENERATIONS } from '@ai-ticket-creator/domain'
import {
  type AppOptions,
  createApp,
  createMemoryStore,
  type HealthCheckKind,
  type HealthCheckOutcome,
  type IntegrationRow,
} from '@ai-ticket-creator/reference-api'
import { expect, test } from 'vitest'
import { handClock } from './hand-clock.ts'
import { integrationRow, rowId } from './rows.ts'
import { fieldsOf, issuesOf, send } from './send.ts'

const path = `/integrations/${rowId(1)}`

type Outcomes = Partial<Record<HealthCheckKind, HealthCheckOutcome>>

/** An app with one integration. Checks have the given outcomes; the others pass. */
async function withStored(fields: Partial<IntegrationRow>, outcomes: Outcomes = {}, options: AppOptions = {}) {
  const store = createMemoryStore()
  await store.integrations.insert(integrationRow({ id: rowId(1), ...fields }))
  const checked: unknown[] = []
  const app = createApp({
    store,
    clock: handClock().clock,
    health: async (kind, _row, data) => {
      checked.push([kind, data])
      return outcomes[kind] ?? { outcome: 'passed' }
    },
    ...options,
  })
  const row = async () => store.integrations.find(integrationRow().organization_id, rowId(1))
  return { app, checked, row }
}

test.each(GENERATIONS)('%s: all pass, and the integration becomes active', async (generation) => {
  const { app, row } = await withStored({ status: 'pending', consecutive_failures: 2 }, {}, { generation })

  const reply = await send(app, `POST ${path}/test`, {})

  expect([reply.status, reply.json]).toEqual([
    200,
    {
      test_type: 'connection, authentication',
      success: true,
      response_time_ms: 0,
      details: {
        connection: { success: true, message: 'passed' },
        authentication: { success: true, message: 'passed' },
      },
      error_message: null,
      suggestions: null,
      activation_triggered: true,
      previous_status: 'pending',
      new_status: 'active',
    },
  ])
  expect(await row()).toMatchObject({
    status: 'active',
    consecutive_failures: 0,
    health_check_status: 'healthy',
    last_health_check_at: '2025-09-06T12:00:00.000000Z',
  })
})

test.each([
  ['error', {}, 'active', true],
  ['pending', { auto_activate_on_success: false }, 'pending', false],
  ['error', { auto_activate_on_success: false }, 'error', false],
  ['active', {}, 'active', false],
  ['inactive', {}, 'inactive', false],
  ['expired', {}, 'expired', false],
  ['suspended', {}, 'suspended', false],
] as const)('a test that passes in %s with %j leads to %s', async (status, body, next, triggered) => {
  const { app } = await withStored({ status, enabled: status !== 'inactive' })

  const { json } = await send(app, `POST ${path}/test`, body)

  expect(json).toMatchObject({
    success: true,
    previous_status: status,
    new_status: next,
    activation_triggered: triggered,
  })
})

test('a failed test is a 200 reply, counts once, and names the most severe failure', async () => {
  const { app, row } = await withStored(
    { consecutive_failures: 1, auto_disable_on_error: true },
    {
      connection: { outcome: 'timeout' },
      search: { outcome: 'failed', message: 'the project is archived' },
      webhook: { outcome: 'rate_limited' },
    },
  )

  const reply = await send(app, `POST ${path}/test`, {
    test_types: ['connection', 'search', 'webhook', 'create_ticket'],
  })

  expect([reply.status, reply.json]).toMatchObject([
    200,
    {
      test_type: 'connection, search, webhook, create_ticket',
      success: false,
      details: {
        connection: { success: false, message: 'the platform did not answer' },
        search: { success: false, message: 'the project is archived' },
        webhook: { success: false, message: 'the rate limit of the platform is reached' },
        create_ticket: { success: true, message: 'passed' },
      },
      error_message: 'the project is archived',
      activation_triggered: false,
      previous_status: 'active',
      new_status: 'active',
    },
  ])
  expect(await row()).toMatchObject({ consecutive_failures: 2, health_check_error: 'the project is archived' })
})

test('a test that was not possible is no success and counts no failure', async () => {
  const { app, row } = await withStored(
    { consecutive_failures: 1 },
    { connection: { outcome: 'not_checked', message: 'the credentials have no `url`' } },
  )

  const reply = await send(app, `POST ${path}/test`, {})

  expect(reply.json).toMatchObject({ success: false, error_message: 'the credentials have no `url`' })
  expect(await row()).toMatchObject({ consecutive_failures: 1, health_check_status: 'unknown' })
})

test('the failure that reaches the threshold leads to error, refused credentials to expired', async () => {
  const failing = await withStored(
    { consecutive_failures: 2, auto_disable_on_error: true },
    { search: { outcome: 'failed' } },
  )
  const refused = await withStored(
    {},
    { connection: { outcome: 'failed' }, authentication: { outcome: 'unauthorized' } },
  )

  const replies = [
    await send(failing.app, `POST ${path}/test`, { test_types: ['search'] }),
    await send(refused.app, `POST ${path}/test`, {}),
  ]

  expect(replies.map(({ json }) => json)).toMatchObject([
    { success: false, previous_status: 'active', new_status: 'error', suggestions: null },
    { success: false, previous_status: 'active', new_status: 'expired', suggestions: ['send new `credentials`'] },
  ])
})

test('each type is checked with test_data', async () => {
  const { app, checked } = await withStored({})

  await send(app, `POST ${path}/test`, { test_types: ['project_access'], test_data: { project_key: 'ABC' } })

  expect(checked).toEqual([['project_access', { project_key: 'ABC' }]])
})

test('no types, unknown types and no body are refused without a check', async () => {
  const { app, checked, row } = await withStored({})

  const replies = [
    await send(app, `POST ${path}/test`, { test_types: [] }),
    await send(app, `POST ${path}/test`, { test_types: ['ping'] }),
    await send(app, `POST ${path}/test`),
  ]

  expect(replies.map(({ status }) => status)).toEqual([422, 422, 422])
  expect(replies.map(issuesOf)).toEqual([
    ['body.test_types validation_failed'],
    ['body.test_types.0 validation_failed'],
    ['body validation_failed'],
  ])
  expect([checked, await row()]).toEqual([[], integrationRow({ id: rowId(1) })])
})

test('response_time_ms comes from the clock', async () => {
  const { clock, pass } = handClock()
  const slow = async (): Promise<HealthCheckOutcome> => {
    pass(70)
    return { outcome: 'passed' }
  }
  const { app } = await withStored({}, {}, { clock, health: slow })

  expect(fieldsOf(await send(app, `POST ${path}/test`, {}))['response_time_ms']).toBe(140)
})

test('a test of an integration that is changed meanwhile reports its outcome and changes nothing', async () => {
  const { app, row } = await withStored(
    { status: 'pending' },
    {},
    {
      health: async () => {
        await send(app, `PATCH ${path}/status`, { enabled: false })
        return { outcome: 'passed' }
      },
    },
  )

  const { json } = await send(app, `POST ${path}/test`, { test_types: ['search'] })

  expect(json).toMatchObject({ success: true, activation_triggered: false, new_status: 'inactive' })
  expect(await row()).toMatchObject({ status: 'inactive', health_check_status: null })
})

test('an integration deleted during its test is a 404', async () => {
  const { app } = await withStored(
    {},
    {},
    {
      health: async () => {
        await send(app, `DELETE ${path}`)
        return { outcome: 'passed' }
      },
    },
  )

  expect((await send(app, `POST ${path}/test`, { test_types: ['search'] })).status).toBe(404)
})

test('a test with another version in If-Match is refused', async () => {
  const { app, checked } = await withStored({})

  const refused = await send(app, `POST ${path}/test`, {}, { 'If-Match': '"2"' })
  const tested = await send(app, `POST ${path}/test`, {}, { 'If-Match': '"1"' })

  expect([refused.status, tested.status, tested.headers.get('ETag')]).toEqual([412, 200, '"1"'])
  expect(checked).toHaveLength(2)
})
