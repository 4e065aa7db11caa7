import { createApp, createMemoryStore, createUserDirectory, type UserDirectory } from '@ai-ticket-creator/reference-api'
import { expect, test } from 'vitest'
import { integrationRow, rowId } from './rows.ts'
import { ada, bearer, bob, column, fieldsOf, idOf, send } from './send.ts'

const bug = { title: 'T', description: 'D' }

test('an integration of another organization is a 404 on every route and stays as it was', async () => {
  const app = createApp({ users: [ada, bob] })
  const created = await send(app, 'POST /integrations/', { name: 'A', platform_name: 'jira' }, bearer(ada))
  const path = `/integrations/${idOf(created)}`

  const replies = [
    await send(app, `GET ${path}`, undefined, bearer(bob)),
    await send(app, `PUT ${path}`, { name: 'B' }, bearer(bob)),
    await send(app, `PATCH ${path}/status`, { enabled: false }, bearer(bob)),
    await send(app, `DELETE ${path}`, undefined, bearer(bob)),
  ]

  for (const reply of replies)
    expect([reply.status, reply.json]).toEqual([404, { detail: 'Integration not found', code: 'not_found' }])
  expect((await send(app, `GET ${path}`, undefined, bearer(ada))).json).toEqual(created.json)
  expect((await send(app, 'GET /integrations/', undefined, bearer(bob))).json).toEqual([])
})

test('a ticket of another organization is a 404', async () => {
  const app = createApp({ users: [ada, bob] })
  const created = await send(app, 'POST /tickets/', bug, bearer(ada))

  const read = await send(app, `GET /tickets/${idOf(created)}`, undefined, bearer(bob))
  const listed = await send(app, 'GET /tickets/', undefined, bearer(bob))

  expect([read.status, read.json]).toEqual([404, { detail: 'Ticket not found', code: 'not_found' }])
  expect(listed.json).toMatchObject({ total: 0, items: [] })
})

test('an integration of another organization files no tickets, by id, name or platform', async () => {
  const app = createApp({ users: [ada, bob], generation: 'transitional' })
  const created = await send(
    app,
    'POST /integrations/',
    { name: 'JIRA Production', platform_name: 'jira' },
    bearer(ada),
  )

  const replies = [
    await send(app, 'POST /tickets/', { ...bug, integration_id: idOf(created) }, bearer(bob)),
    await send(app, 'POST /tickets/', { ...bug, integration_name: 'JIRA Production' }, bearer(bob)),
    await send(app, 'POST /tickets/', { ...bug, integration_name: 'jira' }, bearer(bob)),
    await send(app, 'GET /tickets/?integration_name=jira', undefined, bearer(bob)),
  ]

  expect(replies.map(({ status, json }) => [status, fieldsOf({ json })['code']])).toEqual([
    [422, 'integration_not_found'],
    [422, 'integration_not_found'],
    [422, 'integration_not_found'],
    [422, 'integration_not_found'],
  ])
})

test('a name is resolved among integrations of the own organization only', async () => {
  const app = createApp({ users: [ada, bob], generation: 'legacy' })
  await send(app, 'POST /integrations/', { name: 'Same', integration_type: 'jira' }, bearer(ada))
  const own = await send(app, 'POST /integrations/', { name: 'Same', integration_type: 'jira' }, bearer(bob))

  const reply = await send(app, 'POST /tickets/', { ...bug, integration: 'Same' }, bearer(bob))

  expect([reply.status, fieldsOf(reply)['integration_id']]).toEqual([201, idOf(own)])
})

test('users of another organization cannot be assigned', async () => {
  const app = createApp({ users: [ada, bob] })

  const reply = await send(app, 'POST /tickets/', { ...bug, assigned_to_id: ada.id }, bearer(bob))

  expect([reply.status, fieldsOf(reply)['code']]).toEqual([422, 'validation_failed'])
})

test('two users of one organization see the same rows, with their creators', async () => {
  const eve = { ...ada, id: '10000000-0000-4000-8000-00000000000E', token: 'token-of-eve', display_name: 'Eve' }
  const app = createApp({ users: [ada, eve] })
  await send(app, 'POST /tickets/', bug, bearer(ada))
  await send(app, 'POST /tickets/', { ...bug, assigned_to_id: eve.id }, bearer(eve))

  const listed = await send(app, 'GET /tickets/?sort_order=asc', undefined, bearer(eve))

  expect(column(listed, 'creator').map((creator) => fieldsOf({ json: creator })['display_name'])).toEqual([
    'Ada',
    'Eve',
  ])
  expect(column(listed, 'assigned_to_id')).toEqual([null, '10000000-0000-4000-8000-00000000000e'])
})

test('a user directory authenticates callers and can revoke tokens', async () => {
  const revoked = new Set<string>()
  const directory = createUserDirectory([ada])
  const users: UserDirectory = {
    ...directory,
    authenticate: async (token) => (revoked.has(token) ? undefined : directory.authenticate(token)),
  }
  const app = createApp({ users })

  const before = await send(app, 'GET /tickets/', undefined, bearer(ada))
  revoked.add(ada.token)
  const after = await send(app, 'GET /tickets/', undefined, bearer(ada))

  expect([before.status, after.status]).toEqual([200, 401])
})

test('a user directory that fails is a 500, not a 401', async () => {
  const reported: unknown[] = []
  const authenticate = async (): Promise<never> => {
    throw new Error('directory is down')
  }
  const app = createApp({ users: { authenticate, find: authenticate }, onError: (error) => reported.push(error) })

  const reply = await send(app, 'GET /tickets/')

  expect([reply.status, fieldsOf(reply)['code']]).toEqual([500, 'internal'])
  expect(reported).toEqual([new Error('directory is down')])
})

test('an app without the option users has one user', async () => {
  const app = createApp()

  const known = await send(app, 'GET /tickets/', undefined, { Authorization: 'Bearer test-token' })
  const unknown = await send(app, 'GET /tickets/', undefined, bearer(ada))

  expect([known.status, unknown.status]).toEqual([200, 401])
})

test('a store does not return rows of another organization', async () => {
  const store = createMemoryStore()
  await store.integrations.insert(integrationRow({ id: rowId(1), organization_id: ada.organization_id }))

  const found = await store.integrations.find(bob.organization_id, rowId(1))

  expect(found).toBeUndefined()
})
