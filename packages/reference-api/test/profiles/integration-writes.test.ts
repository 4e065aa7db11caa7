import { expect, test } from 'vitest'
import { fieldsOf, send } from '../send.ts'
import {
  type Backend,
  createBackend,
  insertIntegration,
  integrationPath,
  storedIntegration,
  testDeviation,
  unknownId,
} from './test-deviation.ts'

const put = (backend: Backend, body: object) => send(backend.app, `PUT ${integrationPath}`, body)
const setStatus = (backend: Backend, body: object) => send(backend.app, `PATCH ${integrationPath}/status`, body)

testDeviation('update-fails-after-saving', async (backend) => {
  await insertIntegration(backend)

  const reply = await put(backend, { name: 'Renamed', region: null })
  const lost = await send(backend.app, `PUT /integrations/${unknownId}`, { name: 'Renamed' })
  const wrong = await put(backend, { name: '' })

  expect([reply.status, reply.json]).toEqual([500, { detail: 'Failed to update integration' }])
  expect((await storedIntegration(backend))?.name).toBe('Renamed')
  expect([lost.status, wrong.status]).toEqual([404, 422])
})

testDeviation('update-drops-secrets', async (backend) => {
  await insertIntegration(backend, { credentials: { email: 'old' }, webhook_secret: 'old' })

  await put(backend, { credentials: { email: 'new', api_token: 'new' }, webhook_secret: 'new', name: 'B' })

  expect(await storedIntegration(backend)).toMatchObject({
    name: 'B',
    credentials: { email: 'old' },
    webhook_secret: 'old',
    credentials_updated_at: null,
    checks_due_at: null,
  })
})

testDeviation('update-keeps-status', async (backend) => {
  await insertIntegration(backend)

  await put(backend, { enabled: false })
  const disabled = await storedIntegration(backend)
  await put(backend, { name: 'B' })
  const renamed = await storedIntegration(backend)

  expect([disabled?.status, disabled?.enabled]).toEqual(['active', false])
  expect([renamed?.enabled, renamed?.name]).toEqual([false, 'B'])
})

testDeviation('update-takes-null', async (backend) => {
  await insertIntegration(backend)

  const nullable = await put(backend, { credentials: null, description: null, name: 'B' })
  const stored = await storedIntegration(backend)
  const not = await put(backend, { environment: null, name: 'C' })
  const wrong = await put(backend, { environment: null, name: 7 })

  expect([nullable.status, stored?.name]).toEqual([500, 'B'])
  expect([not.status, (await storedIntegration(backend))?.name]).toEqual([500, 'B'])
  expect(wrong.status).toBe(422)
})

testDeviation('status-call-without-enabled', async (backend) => {
  await insertIntegration(backend)

  const empty = await setStatus(backend, {})
  const legacy = await setStatus(backend, { status: 'inactive' })
  const nothing = await setStatus(backend, { enabled: null, reason: null })
  const alone = await setStatus(backend, { reason: 'Because' })
  const wrong = await setStatus(backend, { enabled: 'perhaps' })

  expect([empty, legacy, nothing].map((reply) => [reply.status, fieldsOf(reply)['status']])).toEqual([
    [200, 'active'],
    [200, 'active'],
    [200, 'active'],
  ])
  expect([alone.status, alone.json]).toEqual([500, { detail: 'Failed to update integration status' }])
  expect(wrong.status).toBe(422)
  expect((await storedIntegration(backend))?.updated_at).not.toBe('2025-09-01T08:00:00.000000Z')
})

testDeviation('enabling-is-not-activating', async (backend) => {
  const statusAfter = async (fields: Parameters<typeof insertIntegration>[1], n: number) => {
    const id = `aaaaaaaa-0000-4000-8000-00000000000${n}`
    await insertIntegration(backend, { ...fields, id })
    const reply = await send(backend.app, `PATCH /integrations/${id}/status`, { enabled: true })
    const { checks_due_at: due } = (await storedIntegration(backend, id)) ?? {}
    return [fieldsOf(reply)['status'], fieldsOf(reply)['enabled'], due]
  }

  const outcomes = [
    await statusAfter({ status: 'active', health_check_status: 'healthy', enabled: false }, 1),
    await statusAfter({ status: 'active', health_check_status: 'unhealthy' }, 2),
    await statusAfter({ status: 'inactive', health_check_status: 'healthy', enabled: false }, 3),
    await statusAfter({ status: 'suspended' }, 4),
  ]
  const disabled = await send(backend.app, 'PATCH /integrations/aaaaaaaa-0000-4000-8000-000000000004/status', {
    enabled: false,
  })

  expect(outcomes).toEqual([
    ['active', true, null],
    ['pending', true, null],
    ['pending', true, null],
    ['pending', true, null],
  ])
  expect(fieldsOf(disabled)).toMatchObject({ status: 'inactive', enabled: false })
})

testDeviation('status-set-directly', async (backend) => {
  await insertIntegration(backend)

  const statuses = []
  for (const status of ['pending', 'error', 'expired', 'suspended', 'inactive', 'active'])
    statuses.push(fieldsOf(await setStatus(backend, { status }))['status'])
  const none = await setStatus(backend, { is_enabled: false })
  const shouted = await setStatus(backend, { status: 'ACTIVE' })
  const unknown = await setStatus(backend, { status: 'asleep' })

  expect(statuses).toEqual(['pending', 'error', 'expired', 'suspended', 'inactive', 'active'])
  expect([none.status, shouted.status, unknown.status]).toEqual([422, 422, 422])
  expect(await storedIntegration(backend)).toMatchObject({ status: 'active', enabled: true, checks_due_at: null })
})

test('existing-legacy stores the reason of disabling', async () => {
  const legacy = await createBackend('existing-legacy')
  await insertIntegration(legacy)

  await setStatus(legacy, { status: 'inactive', reason: 'Moved' })

  expect(await storedIntegration(legacy)).toMatchObject({ enabled: false, last_error_message: 'Disabled: Moved' })
})
