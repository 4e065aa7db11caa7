import { type App, createApp, createMemoryStore, type IntegrationRow } from '@ai-ticket-creator/reference-api'
import { expect, test } from 'vitest'
import { integrationRow } from './rows.ts'
import { type Fields, issuesOf, send } from './send.ts'

const path = '/integrations/aaaaaaaa-0000-4000-8000-000000000001'
const both = ['validate_credentials', 'check_health'] as const

async function stored(
  fields: Partial<IntegrationRow>,
  options: { generation?: 'legacy' | 'transitional' | 'current' } = {},
): Promise<{ app: App; store: ReturnType<typeof createMemoryStore>; due: () => Promise<unknown> }> {
  const store = createMemoryStore()
  await store.integrations.insert(integrationRow(fields))
  const { organization_id, id } = integrationRow(fields)
  const due = async () => (await store.integrations.find(organization_id, id))?.due_checks
  return { app: createApp({ store, ...options }), store, due }
}

const accepted: readonly (readonly ['legacy' | 'transitional' | 'current', Fields, boolean])[] = [
  ['legacy', { status: 'active' }, true],
  ['legacy', { status: 'inactive' }, false],
  ['legacy', { status: ' Inactive ' }, false],
  ['legacy', { is_enabled: true }, true],
  ['legacy', { is_enabled: false }, false],
  ['legacy', { status: 'inactive', is_enabled: false }, false],
  ['transitional', { status: 'inactive' }, false],
  ['transitional', { is_enabled: false }, false],
  ['transitional', { enabled: false }, false],
  ['transitional', { status: 'active', is_enabled: true, enabled: true }, true],
  ['current', { enabled: true }, true],
  ['current', { enabled: false }, false],
]

test.each(accepted)('%s accepts %j', async (generation, body, enabled) => {
  const { app } = await stored({ status: 'error' }, { generation })

  const reply = await send(app, `PATCH ${path}/status`, body)

  const flag = generation === 'legacy' ? { is_enabled: enabled } : { enabled }
  expect(reply.status).toBe(200)
  expect(reply.json).toMatchObject({ ...flag, status: enabled ? 'active' : 'inactive' })
})

const refused: readonly (readonly ['legacy' | 'transitional' | 'current', Fields, readonly string[]])[] = [
  ['legacy', { status: 'error' }, ['body.status status_not_settable']],
  ['legacy', { status: 'aktive' }, ['body.status status_not_settable']],
  ['legacy', { status: null }, ['body.status validation_failed']],
  ['legacy', { enabled: false }, ['body.status validation_failed']],
  ['legacy', { status: 'active', is_enabled: false }, ['body.is_enabled conflicting_fields']],
  ['transitional', { status: 'pending' }, ['body.status status_not_settable -> enabled']],
  ['transitional', { enabled: true, is_enabled: false }, ['body.enabled conflicting_fields -> enabled']],
  ['transitional', {}, ['body.enabled validation_failed']],
  ['current', {}, ['body.enabled validation_failed']],
  ['current', { reason: 'no reason' }, ['body.enabled validation_failed']],
  ['current', { enabled: 'true' }, ['body.enabled validation_failed']],
  ['current', { enabled: null }, ['body.enabled validation_failed']],
  ['current', { status: 'inactive' }, ['body.status retired_field -> enabled']],
  ['current', { is_enabled: false }, ['body.is_enabled retired_field -> enabled']],
  ['current', { enabled: false, reason: 7 }, ['body.reason validation_failed']],
]

test.each(refused)('%s refuses %j, nothing is written', async (generation, body, issues) => {
  const { app, store } = await stored({}, { generation })

  const reply = await send(app, `PATCH ${path}/status`, body)

  expect(reply.status).toBe(422)
  expect(issuesOf(reply)).toEqual(issues)
  const row = await store.integrations.find(integrationRow().organization_id, integrationRow().id)
  expect(row).toEqual(integrationRow())
})

test('a status that cannot be set is named, with what to send', async () => {
  const { app } = await stored({}, { generation: 'legacy' })

  const reply = await send(app, `PATCH ${path}/status`, { status: 'suspended' })

  expect(reply.json).toEqual({
    detail: [
      {
        type: 'enum',
        loc: ['body', 'status'],
        msg: '`status` cannot be set to `suspended`; send `active` or `inactive`',
        code: 'status_not_settable',
      },
    ],
    code: 'validation_failed',
  })
})

test.each([
  ['pending', 'active', both],
  ['active', 'active', []],
  ['inactive', 'active', both],
  ['error', 'active', both],
  ['expired', 'active', both],
  ['suspended', 'active', both],
] as const)('enabling in %s leads to %s', async (status, next, effects) => {
  const { app, due } = await stored({ status, enabled: status !== 'inactive' })

  const reply = await send(app, `PATCH ${path}/status`, { enabled: true })

  expect([reply.status, reply.json]).toMatchObject([200, { status: next, enabled: true }])
  expect(await due()).toEqual(effects)
})

test.each(['pending', 'active', 'inactive', 'error', 'expired', 'suspended'] as const)(
  'disabling in %s leads to inactive without due checks',
  async (status) => {
    const { app, due } = await stored({ status, enabled: status !== 'inactive' })

    const reply = await send(app, `PATCH ${path}/status`, { enabled: false })

    expect([reply.status, reply.json]).toMatchObject([200, { status: 'inactive', enabled: false }])
    expect(await due()).toEqual([])
  },
)

test('the reason of disabling is stored as the last error, the reason of enabling is not', async () => {
  const { app, store } = await stored({})
  const find = () => store.integrations.find(integrationRow().organization_id, integrationRow().id)

  await send(app, `PATCH ${path}/status`, { enabled: true, reason: 'back again' })
  const enabled = await find()
  await send(app, `PATCH ${path}/status`, { enabled: false, reason: '  moved away ' })
  const disabled = await find()
  await send(app, `PATCH ${path}/status`, { enabled: false, reason: ' ' })
  const again = await find()

  expect([enabled?.last_error_message, enabled?.last_error_at]).toEqual([null, null])
  expect([disabled?.last_error_message, disabled?.last_error_at]).toEqual([
    'Disabled: moved away',
    '2025-09-06T12:00:00.001000Z',
  ])
  expect(again?.last_error_message).toBe('Disabled: moved away')
})

test.each([true, false])('an unknown stored status refuses `enabled: %s` and names the status', async (enabled) => {
  // Unknown enum values are branded in the types.
  const status = 'paused' as unknown as IntegrationRow['status']
  const { app, due } = await stored({ status, enabled: !enabled })
  const before = await send(app, `GET ${path}`)

  const viaStatus = await send(app, `PATCH ${path}/status`, { enabled })
  const viaUpdate = await send(app, `PUT ${path}`, { enabled })

  const event = enabled ? 'enable' : 'disable'
  const problem = {
    detail: `\`${event}\` is refused in status \`paused\`; this version does not have the status`,
    code: 'transition_refused',
    reason: 'unknown_status',
  }
  expect([viaStatus.status, viaStatus.json]).toEqual([409, problem])
  expect([viaUpdate.status, viaUpdate.json]).toEqual([409, problem])
  expect((await send(app, `GET ${path}`)).json).toEqual(before.json)
  expect(await due()).toEqual([])
})

test('an update with `enabled` changes the status as the status call does', async () => {
  const { app, due } = await stored({ status: 'error' })

  const off = await send(app, `PUT ${path}`, { enabled: false, name: 'Off' })
  const on = await send(app, `PUT ${path}`, { enabled: true, name: 'On' })

  expect(off.json).toMatchObject({ name: 'Off', enabled: false, status: 'inactive' })
  expect(on.json).toMatchObject({ name: 'On', enabled: true, status: 'active' })
  expect(await due()).toEqual(both)
})

test('an update with the stored value of `enabled` is no event', async () => {
  const { app, due } = await stored({ status: 'error', enabled: true })

  const reply = await send(app, `PUT ${path}`, { enabled: true })

  expect(reply.json).toMatchObject({ enabled: true, status: 'error' })
  expect(await due()).toEqual([])
})

test('new credentials and `enabled` in one update make checks due once', async () => {
  const { app, due } = await stored({ status: 'inactive', enabled: false })

  const reply = await send(app, `PUT ${path}`, {
    enabled: true,
    credentials: { email: 'bot@example.test', api_token: 't' },
  })

  expect(reply.json).toMatchObject({ enabled: true, status: 'active' })
  expect(await due()).toEqual(both)
})

test.each([
  ['pending', 'pending', both],
  ['active', 'active', both],
  ['inactive', 'inactive', []],
  ['error', 'active', both],
  ['expired', 'active', both],
  ['suspended', 'suspended', []],
] as const)('new credentials in %s lead to %s', async (status, next, effects) => {
  const { app, due } = await stored({ status, enabled: status !== 'inactive' })

  const reply = await send(app, `PUT ${path}`, { credentials: { email: 'bot@example.test', api_token: 't' } })

  expect(reply.json).toMatchObject({ status: next, enabled: status !== 'inactive' })
  expect(await due()).toEqual(effects)
})

// The existing backend leaves such rows (existing backend: status and enabled).
test.each([
  ['active', false],
  ['inactive', true],
  ['pending', false],
  ['error', false],
] as const)(
  'a row that is %s with enabled %s is shown as it is, and left so by new credentials',
  async (status, enabled) => {
    const { app } = await stored({ status, enabled })

    const read = await send(app, `GET ${path}`)
    const renamed = await send(app, `PUT ${path}`, { name: 'B', enabled })

    expect(read.json).toMatchObject({ status, enabled })
    expect(renamed.json).toMatchObject({ name: 'B', status, enabled })
  },
)

test('new credentials that change no status leave a contradicting `enabled` alone', async () => {
  const { app } = await stored({ status: 'active', enabled: false })

  const reply = await send(app, `PUT ${path}`, { credentials: { email: 'bot@example.test', api_token: 't' } })

  expect(reply.json).toMatchObject({ status: 'active', enabled: false })
})

test('enabling a row that is active and not enabled sets both', async () => {
  const { app } = await stored({ status: 'active', enabled: false })

  const reply = await send(app, `PUT ${path}`, { enabled: true })

  expect(reply.json).toMatchObject({ status: 'active', enabled: true })
})
