import type { HealthChecks } from '@ai-ticket-creator/reference-api'
import { createApp } from '@ai-ticket-creator/reference-api'
import { expect } from 'vitest'
import { fieldsOf, send } from '../send.ts'
import {
  type Backend,
  insertIntegration,
  integrationPath,
  storedIntegration,
  testDeviation,
  unknownId,
} from './test-deviation.ts'

const runTest = (backend: Backend, body: object = {}) => send(backend.app, `POST ${integrationPath}/test`, body)
const url = { base_url: 'https://one.example.test' }

testDeviation('active-is-shadowed', async (backend) => {
  await insertIntegration(backend)

  const reply = await send(backend.app, 'GET /integrations/active?supports_category=bug')
  const withoutToken = await send(backend.app, 'GET /integrations/active', undefined, { Authorization: '' })

  expect([reply.status, withoutToken.status]).toEqual([422, 401])
  expect(fieldsOf(reply)['detail']).toMatchObject([{ loc: ['path', 'integration_id'], input: 'active' }])
})

testDeviation('sync-always-fails', async (backend) => {
  await insertIntegration(backend)

  const reply = await send(backend.app, `POST ${integrationPath}/sync`, { sync_type: 'full' })
  const wrong = await send(backend.app, `POST ${integrationPath}/sync`, {})
  const lost = await send(backend.app, `POST /integrations/${unknownId}/sync`, { sync_type: 'full' })

  expect([reply.status, reply.json]).toEqual([500, { detail: 'Failed to sync integration' }])
  expect([wrong.status, lost.status]).toEqual([422, 404])
  expect((await storedIntegration(backend))?.last_sync_at).toBe(null)
})

testDeviation('activate-only-from-pending', async (backend) => {
  await insertIntegration(backend, { status: 'pending' })

  const first = await send(backend.app, `POST ${integrationPath}/activate`)
  const again = await send(backend.app, `POST ${integrationPath}/activate`)

  expect(fieldsOf(first)).toMatchObject({
    previous_status: 'pending',
    new_status: 'active',
    activation_method: 'manual',
  })
  expect([again.status, again.json]).toEqual([
    400,
    { detail: 'Integration status is active, can only activate PENDING integrations' },
  ])
  expect((await storedIntegration(backend))?.checks_due_at).toBe(null)
})

testDeviation('fields-of-jira-only', async (backend) => {
  const slack = 'aaaaaaaa-0000-4000-8000-000000000002'
  await insertIntegration(backend)
  await insertIntegration(backend, { id: slack, platform_name: 'slack', integration_category: 'messaging' })

  const jira = await send(backend.app, `GET ${integrationPath}/fields?field_type=custom`)
  const other = await send(backend.app, `GET /integrations/${slack}/fields`)

  expect([jira.status, fieldsOf(jira)['total_fields']]).toEqual([200, 2])
  expect([other.status, other.json]).toEqual([400, { detail: 'Fields are only available for jira integrations' }])
})

testDeviation('test-types-may-be-empty', async (backend) => {
  await insertIntegration(backend, { ...url, status: 'pending' })

  const reply = await runTest(backend, { test_types: [] })

  expect(fieldsOf(reply)).toMatchObject({ test_type: '', success: true, details: {}, new_status: 'active' })
})

testDeviation('test-of-jira-only', async (backend) => {
  const slack = 'aaaaaaaa-0000-4000-8000-000000000002'
  await insertIntegration(backend)
  await insertIntegration(backend, { ...url, id: slack, platform_name: 'slack', status: 'pending' })

  const other = await send(backend.app, `POST /integrations/${slack}/test`, { test_types: ['connection'] })
  const without = await runTest(backend)

  expect([other.status, other.json]).toEqual([
    200,
    {
      test_type: 'connection',
      success: false,
      response_time_ms: 0,
      details: {},
      error_message: 'Unsupported integration type: slack',
      suggestions: null,
      activation_triggered: null,
      previous_status: null,
      new_status: null,
    },
  ])
  expect(fieldsOf(without)['error_message']).toBe('base_url is required for JIRA integrations')
  expect((await storedIntegration(backend, slack))?.status).toBe('pending')
})

const failing: HealthChecks = async () => ({ outcome: 'unauthorized', message: 'wrong password' })

testDeviation(
  'test-reply-is-sparse',
  async (backend) => {
    await insertIntegration(backend, url)

    const reply = await runTest(backend)

    expect(fieldsOf(reply)).toMatchObject({ success: false, response_time_ms: 0, suggestions: null })
  },
  { health: failing },
)

/** The kinds of the checks that got `test_data`, each followed by a space. */
let kindsWithData = ''
const recordKinds: HealthChecks = async (kind, _integration, data) => {
  if (data !== null) kindsWithData += `${kind} `
  return { outcome: 'passed' }
}
const everything = { test_types: ['connection', 'create_ticket', 'project_access'], test_data: { project: 'A' } }

testDeviation(
  'test-data-for-new-tickets-only',
  async (backend) => {
    await insertIntegration(backend, url)
    kindsWithData = ''

    await runTest(backend, everything)

    expect(kindsWithData).toBe('create_ticket ')
  },
  { health: recordKinds },
)

testDeviation(
  'test-data-for-projects-and-new-tickets-only',
  async (backend) => {
    await insertIntegration(backend, url)
    kindsWithData = ''

    await runTest(backend, everything)

    expect(kindsWithData).toBe('create_ticket project_access ')
  },
  { health: recordKinds },
)

testDeviation('test-moves-pending-only', async (backend) => {
  await insertIntegration(backend, { ...url, status: 'pending', enabled: false, consecutive_failures: 2 })
  await insertIntegration(backend, { ...url, id: unknownId, status: 'error' })

  const held = await runTest(backend, { auto_activate_on_success: false })
  const stored = await storedIntegration(backend)
  const moved = await runTest(backend)
  const error = await send(backend.app, `POST /integrations/${unknownId}/test`, {})

  expect(fieldsOf(held)).toMatchObject({ success: true, activation_triggered: false, new_status: 'pending' })
  expect(stored).toMatchObject({ health_check_status: 'healthy', consecutive_failures: 0, enabled: false })
  expect(fieldsOf(moved)).toMatchObject({
    activation_triggered: true,
    previous_status: 'pending',
    new_status: 'active',
  })
  expect(fieldsOf(error)).toMatchObject({ activation_triggered: false, previous_status: 'error', new_status: 'error' })
  expect(await storedIntegration(backend)).toMatchObject({ status: 'active', enabled: true })
})

testDeviation(
  'test-moves-pending-only',
  async (backend) => {
    await insertIntegration(backend, { ...url, auto_disable_on_error: true, consecutive_failures: 5 })

    const reply = await runTest(backend)

    expect(fieldsOf(reply)).toMatchObject({
      success: false,
      error_message: 'wrong password',
      details: { connection: { success: false, message: 'wrong password' } },
      new_status: 'active',
    })
    expect(await storedIntegration(backend)).toMatchObject({
      status: 'active',
      consecutive_failures: 5,
      health_check_status: 'unhealthy',
      health_check_error: null,
    })
  },
  { health: failing },
)

testDeviation('no-checks-by-themselves', async (backend) => {
  const due = { checks_due_at: '2025-09-01T08:00:00.000000Z', due_checks: ['check_health'] as const }
  await insertIntegration(backend, due)

  const checked = await backend.app.runDueChecks()
  const reference = await createApp({ store: backend.store }).runDueChecks()

  expect([checked, reference]).toEqual([0, 1])
})
