import { GENERATIONS } from '@ai-ticket-creator/domain'
import {
  type AppOptions,
  createApp,
  createMemoryStore,
  type IntegrationRow,
  type Store,
  type Sync,
} from '@ai-ticket-creator/reference-api'
import { expect, test } from 'vitest'
import { handClock } from './hand-clock.ts'
import { integrationRow, rowId } from './rows.ts'
import { column, issuesOf, nthId, send } from './send.ts'

const path = `/integrations/${rowId(1)}`

async function withStored(fields: Partial<IntegrationRow>, options: AppOptions = {}) {
  const store: Store = createMemoryStore()
  await store.integrations.insert(integrationRow({ id: rowId(1), ...fields }))
  const row = async () => store.integrations.find(integrationRow().organization_id, rowId(1))
  return { app: createApp({ store, clock: handClock().clock, ...options }), store, row }
}

// Synchronization

test.each(GENERATIONS)('%s: the reply of a synchronization has counts and times', async (generation) => {
  const sync: Sync = async () => ({
    outcome: 'completed',
    processed: 7,
    created: 4,
    updated: 2,
    failed: 1,
    errors: ['the assignee of ABC-1 is not known'],
  })
  const { app, row } = await withStored({}, { generation, sync })

  const reply = await send(app, `POST ${path}/sync`, { sync_type: 'full' })

  const at = '2025-09-06T12:00:00.000000Z'
  expect([reply.status, reply.json]).toEqual([
    200,
    {
      sync_id: nthId(1),
      sync_type: 'full',
      direction: 'bidirectional',
      started_at: at,
      completed_at: at,
      status: 'completed',
      records_processed: 7,
      records_created: 4,
      records_updated: 2,
      records_failed: 1,
      errors: [{ message: 'the assignee of ABC-1 is not known' }],
      dry_run: false,
    },
  ])
  expect(await row()).toMatchObject({ last_sync_at: at, revision: 1, updated_at: '2025-09-01T08:00:00.000000Z' })
})

test('the port gets the request of the synchronization', async () => {
  const calls: unknown[] = []
  const sync: Sync = async (request, { name }) => {
    calls.push([request, name])
    return { outcome: 'completed', processed: 0, created: 0, updated: 0, failed: 0 }
  }
  const { app } = await withStored({}, { sync })
  const body = { sync_type: 'incremental', direction: 'inbound', dry_run: true, filters: { project: 'ABC' } }

  await send(app, `POST ${path}/sync`, body)

  expect(calls).toEqual([[body, 'Stored']])
})

test('a dry run leaves the integration as it is', async () => {
  const { app, row } = await withStored({})

  const { json } = await send(app, `POST ${path}/sync`, { sync_type: 'test', dry_run: true })

  expect(json).toMatchObject({ dry_run: true, status: 'completed', records_processed: 0 })
  expect(await row()).toEqual(integrationRow({ id: rowId(1) }))
})

test('a synchronization that throws has failed and is reported', async () => {
  const reported: unknown[] = []
  const { app, row } = await withStored(
    {},
    {
      sync: async () => {
        throw new Error('no network')
      },
      onError: (error) => reported.push(error),
    },
  )

  const reply = await send(app, `POST ${path}/sync`, { sync_type: 'full' })

  expect([reply.status, reply.json]).toMatchObject([200, { status: 'failed', completed_at: null, errors: [] }])
  expect([reported, (await row())?.last_sync_at]).toEqual([[new Error('no network')], null])
})

test('a platform without synchronization is a 501', async () => {
  const { app, row } = await withStored({}, { sync: async () => ({ outcome: 'not_supported' }) })

  const reply = await send(app, `POST ${path}/sync`, { sync_type: 'full' })

  expect([reply.status, reply.json]).toEqual([
    501,
    { detail: 'the platform of this integration does not support synchronization', code: 'not_supported' },
  ])
  expect((await row())?.last_sync_at).toBeNull()
})

test('a synchronization without a type, of an unknown, deleted or changed integration is refused', async () => {
  let calls = 0
  const { app } = await withStored(
    {},
    {
      sync: async () => {
        calls++
        await send(app, `DELETE ${path}`)
        return { outcome: 'completed', processed: 0, created: 0, updated: 0, failed: 0 }
      },
    },
  )
  const full = { sync_type: 'full' }

  const untyped = await send(app, `POST ${path}/sync`, {})
  const conflict = await send(app, `POST ${path}/sync`, full, { 'If-Match': '"7"' })
  const unknown = await send(app, `POST /integrations/${rowId(2)}/sync`, full)
  const before = calls
  const gone = await send(app, `POST ${path}/sync`, full)

  expect([untyped.status, issuesOf(untyped)]).toEqual([422, ['body.sync_type validation_failed']])
  expect([conflict.status, unknown.status, before, gone.status]).toEqual([412, 404, 0, 404])
})

// Fields

test.each([
  ['', ['Summary', 'Description', 'Priority', 'Labels', 'Team', 'Story Points']],
  ['?field_type=custom', ['Team', 'Story Points']],
  ['?field_type=system', ['Summary', 'Description', 'Priority', 'Labels']],
  ['?field_type=other', ['Summary', 'Description', 'Priority', 'Labels', 'Team', 'Story Points']],
  ['?search=RI', ['Description', 'Priority']],
  ['?search=%25', []],
  ['?field_type=custom&search=po', ['Story Points']],
] as const)('the fields of Jira with %j are %j', async (query, names) => {
  const { app } = await withStored({})

  const { json } = await send(app, `GET ${path}/fields${query}`)

  expect(json).toMatchObject({
    integration_name: 'Stored',
    integration_category: 'ticketing',
    platform_name: 'jira',
    total_fields: names.length,
    fields: names.map((name) => ({ name })),
  })
})

test.each([
  ['legacy', { integration_type: 'jira' }, ['integration_category', 'platform_name']],
  ['transitional', { integration_type: 'jira', integration_category: 'ticketing', platform_name: 'jira' }, []],
  ['current', { integration_category: 'ticketing', platform_name: 'jira' }, ['integration_type']],
] as const)('%s: the list of fields has %j', async (generation, fields, absent) => {
  const { app } = await withStored({}, { generation })

  const { json } = await send(app, `GET ${path}/fields`)

  expect(json).toMatchObject(fields)
  for (const name of absent) expect(json).not.toHaveProperty(name)
})

test('a platform without fields is a 501', async () => {
  const { app } = await withStored({ platform_name: 'slack', integration_category: 'messaging' })

  const reply = await send(app, `GET ${path}/fields`)

  expect([reply.status, reply.json]).toEqual([
    501,
    { detail: 'the platform of this integration does not list the fields of its tickets', code: 'not_supported' },
  ])
})

test('a failure to read fields is reported and answered with 500', async () => {
  const reported: unknown[] = []
  const { app } = await withStored(
    {},
    {
      fields: async () => {
        throw new Error('no network')
      },
      onError: (error) => reported.push(error),
    },
  )

  const reply = await send(app, `GET ${path}/fields`)

  expect([reply.status, reply.text.includes('network'), reported]).toEqual([500, false, [new Error('no network')]])
})

// Active integrations

async function withSeveral(generation: 'legacy' | 'transitional' | 'current') {
  const { app, store } = await withStored({ name: 'Delta' }, { generation })
  const rows: readonly Partial<IntegrationRow>[] = [
    { name: 'Beta', platform_name: 'slack', integration_category: 'messaging', supports_categories: ['bug'] },
    { name: 'Alpha', supports_categories: ['billing'], supports_priorities: ['low'], health_check_status: 'unhealthy' },
    { name: 'Gamma', platform_name: 'zendesk', supports_categories: [] },
    { name: 'Off', status: 'inactive', enabled: false },
    { name: 'Broken', status: 'error' },
    { name: 'Gone', deleted_at: '2025-09-06T00:00:00.000000Z' },
    { name: 'Theirs', organization_id: '20000000-0000-4000-8000-000000000002' },
  ]
  for (const [index, row] of rows.entries())
    await store.integrations.insert(integrationRow({ id: rowId(index + 2), ...row }))
  return app
}

test.each([
  ['current', '', 'Alpha Beta Delta Gamma'],
  ['current', '?supports_category=bug', 'Beta Delta Gamma'],
  ['current', '?integration_category=ticketing', 'Alpha Delta Gamma'],
  ['current', '?platform_name=jira', 'Alpha Delta'],
  ['current', '?platform_name=jira&supports_category=bug', 'Delta'],
  ['transitional', '?integration_type=slack', 'Beta'],
  ['legacy', '?integration_type=jira', 'Alpha Delta'],
  ['legacy', '', 'Alpha Beta Delta Gamma'],
] as const)('%s: GET /integrations/active%s lists %s, sorted by name', async (generation, query, names) => {
  const app = await withSeveral(generation)

  const reply = await send(app, `GET /integrations/active${query}`)

  expect([reply.status, column(reply, 'name').join(' ')]).toEqual([200, names])
})

test('the list of active integrations has no pages', async () => {
  const { app, store } = await withStored({})
  for (let n = 2; n <= 130; n++) await store.integrations.insert(integrationRow({ id: rowId(n), name: `N${n}` }))

  expect(column(await send(app, 'GET /integrations/active'), 'name')).toHaveLength(130)
})

test('an active integration has the fields for a form', async () => {
  const app = await withSeveral('transitional')

  const { json } = await send(app, 'GET /integrations/active?supports_category=billing&platform_name=jira')

  expect(json).toEqual([
    {
      id: rowId(3),
      name: 'Alpha',
      integration_category: 'ticketing',
      platform_name: 'jira',
      integration_type: 'jira',
      status: 'active',
      description: null,
      supports_categories: ['billing'],
      supports_priorities: ['low'],
      default_priority: 100,
      health_status: 'error',
      success_rate: 0,
      last_successful_creation: null,
    },
    expect.objectContaining({ name: 'Delta', supports_categories: [], health_status: 'healthy' }),
  ])
})

test('an old filter is refused in current', async () => {
  const reply = await send(await withSeveral('current'), 'GET /integrations/active?integration_type=jira')

  expect([reply.status, issuesOf(reply)]).toEqual([422, ['query.integration_type retired_field -> platform_name']])
})

// Activation

test.each([
  ['legacy', 'pending', 'active'],
  ['transitional', 'inactive', 'active'],
  ['current', 'expired', 'active'],
  ['current', 'suspended', 'active'],
  ['current', 'active', 'active'],
] as const)('%s: an activation in %s leads to %s', async (generation, status, next) => {
  const { app, row } = await withStored({ status, enabled: status !== 'inactive' }, { generation })

  const reply = await send(app, `POST ${path}/activate`)

  expect([reply.status, reply.json]).toEqual([
    200,
    {
      message: 'Integration activated successfully',
      integration_id: rowId(1),
      integration_name: 'Stored',
      previous_status: status,
      new_status: next,
      activation_method: 'manual',
    },
  ])
  expect(await row()).toMatchObject({
    status: next,
    enabled: true,
    due_checks: status === 'active' ? [] : ['validate_credentials', 'check_health'],
  })
})

test('an unknown status cannot be activated', async () => {
  // A newer version may have written it.
  const { app, row } = await withStored({ status: 'paused' as IntegrationRow['status'] })

  const reply = await send(app, `POST ${path}/activate`)

  expect([reply.status, reply.json]).toMatchObject([409, { code: 'transition_refused', reason: 'unknown_status' }])
  expect((await row())?.status).toBe('paused')
})

test('activation with another version in If-Match is refused', async () => {
  const { app } = await withStored({ status: 'pending' })

  const refused = await send(app, `POST ${path}/activate`, undefined, { 'If-Match': '"7"' })
  const done = await send(app, `POST ${path}/activate`, undefined, { 'If-Match': '"1"' })

  expect([refused.status, done.status, done.headers.get('ETag')]).toEqual([412, 200, '"2"'])
})
