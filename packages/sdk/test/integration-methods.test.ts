import { DEFAULT_USER } from '@ai-ticket-creator/reference-api'
import { describe, expect, test } from 'vitest'
import { connect, connectTo, failureOf, nthId, requestLines, setStoredFields } from './backend.ts'

const bug = { title: 'Bug Report', description: 'It breaks' }

const pairs = [
  { backend: 'legacy', generation: 'legacy' },
  { backend: 'transitional', generation: 'legacy' },
  { backend: 'transitional', generation: 'current' },
  { backend: 'current', generation: 'current' },
] as const

describe.each(pairs)('a $generation client of a $backend backend', (pair) => {
  test('tests an integration, which activates a pending one', async () => {
    const { client, store, seen } = connect(pair)
    const { id } = await client.integrations.create({ name: 'JIRA', platform_name: 'jira' })
    await setStoredFields(store, id, { status: 'pending' })

    const careful = await client.integrations.test(id, { test_types: ['search'], auto_activate_on_success: false })
    const plain = await client.integrations.test(id)

    expect(careful).toMatchObject({ success: true, test_type: 'search', new_status: 'pending' })
    expect(plain).toMatchObject({ success: true, test_type: 'connection, authentication', new_status: 'active' })
    expect(seen.at(-1)?.body).toEqual({})
  })

  test('synchronizes an integration', async () => {
    const { client } = connect(pair)
    const { id } = await client.integrations.create({ name: 'JIRA', platform_name: 'jira' })

    const outcome = await client.integrations.sync(id, { sync_type: 'full', dry_run: true })

    expect(outcome).toMatchObject({ sync_type: 'full', direction: 'bidirectional', dry_run: true })
  })

  test('activates an integration and returns its transition', async () => {
    const { client, store } = connect(pair)
    const { id } = await client.integrations.create({ name: 'JIRA', platform_name: 'jira' })
    await setStoredFields(store, id, { status: 'pending' })

    const outcome = await client.integrations.activate(id)

    expect(outcome).toMatchObject({
      integration_id: id,
      integration_name: 'JIRA',
      previous_status: 'pending',
      new_status: 'active',
    })
  })

  test('lists the active integrations, all or by platform, category and support', async () => {
    const { client } = connect(pair)
    await client.integrations.create({ name: 'A', platform_name: 'jira', supports_categories: ['bug'] })
    await client.integrations.create({ name: 'B', platform_name: 'zendesk' })
    await client.integrations.create({ name: 'C', platform_name: 'slack', supports_categories: ['billing'] })
    await client.integrations.create({ name: 'D', platform_name: 'jira', enabled: false })
    const names = async (filters: Parameters<typeof client.integrations.listActive>[0] = {}) =>
      (await client.integrations.listActive(filters)).map(({ name }) => name)

    expect(await names()).toEqual(['A', 'B', 'C'])
    expect(await names({ platform_name: 'jira' })).toEqual(['A'])
    expect(await names({ integration_category: 'ticketing' })).toEqual(['A', 'B'])
    expect(await names({ supports_category: 'bug' })).toEqual(['A', 'B'])
    expect(await names({ integration_type: 'slack' } as object)).toEqual(['C'])
  })

  test('shows active integrations and fields with their old name, but not in copies', async () => {
    const { client } = connect(pair)
    const { id } = await client.integrations.create({ name: 'A', platform_name: 'jira' })

    const [active] = await client.integrations.listActive()
    const fields = await client.integrations.fields(id)

    expect([active?.platform_name, active?.integration_type]).toEqual(['jira', 'jira'])
    expect([fields.platform_name, fields.integration_category, fields.integration_type]).toEqual([
      'jira',
      'ticketing',
      'jira',
    ])
    expect(Object.keys({ ...active, ...fields })).not.toContain('integration_type')
  })

  test('lists the fields of a platform, all or some', async () => {
    const { client } = connect(pair)
    const { id } = await client.integrations.create({ name: 'A', platform_name: 'jira' })

    const all = await client.integrations.fields(id)
    const custom = await client.integrations.fields(id, { field_type: 'custom' })

    expect(all.fields).toHaveLength(all.total_fields)
    expect(custom.total_fields).toBeLessThan(all.total_fields)
  })

  test.each([
    ['an empty list of tests', 'test', { test_types: [] }, ['body', 'test_types']],
    ['an unknown test', 'test', { test_types: ['smoke'] }, ['body', 'test_types', 0]],
    ['an unknown field of a test', 'test', { test_type: ['search'] }, ['body', 'test_type']],
    ['no kind of synchronisation', 'sync', {}, ['body', 'sync_type']],
    ['an unknown direction', 'sync', { sync_type: 'full', direction: 'up' }, ['body', 'direction']],
    ['an unknown filter of fields', 'fields', { serach: 'x' }, ['query', 'serach']],
  ] as const)('refuses %s before the network', async (_, method, input, loc) => {
    const { client, seen } = connect(pair)

    const error = await failureOf(client.integrations[method](nthId(1), input as never))

    expect((error as { issues: object[] }).issues).toMatchObject([{ loc }])
    expect(seen).toEqual([])
  })

  test('refuses an unknown filter of active integrations before the network', async () => {
    const { client, seen } = connect(pair)

    const error = await failureOf(client.integrations.listActive({ platform: 'jira' } as object))

    expect(error).toMatchObject({ issues: [{ loc: ['query', 'platform'], code: 'unknown_field' }] })
    expect(seen).toEqual([])
  })
})

test('filters of active integrations that the backend ignores are applied by the client', async () => {
  const row = { id: nthId(1), integration_category: 'ticketing', platform_name: 'zendesk' }
  const { client } = connectTo(() => Response.json([row, { ...row, platform_name: 'jira' }]))

  const active = await client.integrations.listActive({ platform_name: 'jira' })

  expect(active).toEqual([{ ...row, platform_name: 'jira' }])
})

test('a filter of active integrations that nobody can apply is refused', async () => {
  const { client } = connectTo(() => Response.json([{ id: nthId(1) }]))

  const error = await failureOf(client.integrations.listActive({ platform_name: 'jira' }))

  expect(error).toMatchObject({ name: 'FilterNotSupportedError', reason: 'not_shown' })
})

test.each([
  ['test', (client: Client, id: string) => client.integrations.test(id)],
  ['sync', (client: Client, id: string) => client.integrations.sync(id, { sync_type: 'test' })],
  ['activate', (client: Client, id: string) => client.integrations.activate(id)],
])('%s clears the cached names', async (_, write) => {
  const { client, seen } = connect()
  const { id } = await client.integrations.create({ name: 'JIRA', platform_name: 'jira' })
  const file = () => client.tickets.create({ ...bug, integration_name: 'JIRA' })

  await file()
  await write(client, id)
  await file()

  expect(requestLines(seen).filter((line) => line.startsWith('GET /integrations/?'))).toHaveLength(2)
})
type Client = ReturnType<typeof connect>['client']

test('every method accepts headers, a key and limits', async () => {
  const { client, seen } = connect()
  const { id } = await client.integrations.create({ name: 'JIRA', platform_name: 'jira' })
  const ticket = await client.tickets.create(bug)
  seen.length = 0
  const options = { headers: { 'X-Trace': 'a' }, timeout: 1000, signal: new AbortController().signal }
  const me = DEFAULT_USER.id

  const { integrations, tickets } = client
  const calls = [
    integrations.test(id, {}, options),
    integrations.sync(id, { sync_type: 'test' }, options),
    integrations.activate(id, options),
    integrations.listActive({}, options),
    integrations.fields(id, {}, options),
    tickets.createWithAi({ user_input: 'Fire' }, options),
    tickets.stats(options),
    tickets.attachments.list(ticket.id, options),
    tickets.attachments.add(ticket.id, [{ file_id: nthId(77) }], options),
    tickets.update(ticket.id, { title: 'A' }, options),
    tickets.replace(ticket.id, bug, options),
    tickets.setStatus(ticket.id, 'open', options),
    tickets.assign(ticket.id, me, options),
  ]
  for (const call of calls) expect((await call.withResponse()).response.status).toBeLessThan(300)
  await tickets.delete(ticket.id, options)

  expect(seen).toHaveLength(14)
  expect(seen.filter(({ headers }) => headers['x-trace'] !== 'a')).toEqual([])
})

describe('a backend that reads `active` as an id', () => {
  const existing = { app: { profile: 'existing-refactored' } } as const

  test('has its active integrations read from the list, complete, in the order of their names', async () => {
    const { client, store, seen } = connect(existing)
    const { client: writer } = connect({ app: { store } })
    for (const name of ['B', 'A', 'off', 'other'])
      await writer.integrations.create({
        name,
        platform_name: name === 'other' ? 'slack' : 'jira',
        supports_categories: name === 'B' ? ['bug'] : [],
        enabled: name !== 'off',
      })
    const own = await writer.integrations.listActive()

    const all = await client.integrations.listActive()
    const bugs = await client.integrations.listActive({ supports_category: 'bug', platform_name: 'jira' })
    const billing = await client.integrations.listActive({ supports_category: 'billing' })

    expect(all.map(({ name }) => name)).toEqual(['A', 'B', 'other'])
    expect(all).toEqual(own)
    expect(all[0]?.integration_type).toBe('jira')
    expect(bugs.map(({ name }) => name)).toEqual(['A', 'B'])
    expect(billing.map(({ name }) => name)).toEqual(['A', 'other'])
    expect(requestLines(seen).slice(0, 5)).toEqual([
      'GET /integrations/active',
      'GET /integrations/?sort_by=created_at&sort_order=asc&integration_status=active&offset=0&limit=100',
      `GET /integrations/${nthId(2)}`,
      `GET /integrations/${nthId(1)}`,
      `GET /integrations/${nthId(4)}`,
    ])
  })

  test('does not list a disabled one, nor one that was deleted meanwhile', async () => {
    const { client, store } = connect({ app: { profile: 'existing-refactored' } })
    const { client: writer } = connect({ app: { store } })
    const { id } = await writer.integrations.create({ name: 'A', platform_name: 'jira' })
    await setStoredFields(store, id, { enabled: false })
    const page = (answer: Response) =>
      connectTo((request) => {
        const { pathname } = new URL(request.url)
        if (pathname.endsWith('/active'))
          return Response.json({ detail: [{ loc: ['path', 'integration_id'], msg: 'no UUID' }] }, { status: 422 })
        return pathname.endsWith('/') ? Response.json([{ id: nthId(1), status: 'active', enabled: true }]) : answer
      })

    const off = await client.integrations.listActive()
    const gone = await page(Response.json({ detail: 'no' }, { status: 404 })).client.integrations.listActive()
    const broken = await failureOf(page(Response.json({}, { status: 500 })).client.integrations.listActive())

    expect([off, gone]).toEqual([[], []])
    expect(broken).toMatchObject({ name: 'ApiError', status: 500, endpoint: 'integrations.retrieve' })
  })

  test('does not list one that was disabled after it was listed', async () => {
    const { client } = connectTo((request) => {
      const { pathname } = new URL(request.url)
      if (pathname.endsWith('/active'))
        return Response.json({ detail: [{ loc: ['path', 'integration_id'], msg: 'no UUID' }] }, { status: 422 })
      const row = { id: nthId(1), name: 'A', status: 'active', enabled: true }
      return Response.json(pathname.endsWith('/') ? [row] : { ...row, status: 'inactive', enabled: false })
    })

    const active = await client.integrations.listActive()

    expect(active).toEqual([])
  })

  test('differs from one that refuses the call', async () => {
    const { client, seen } = connectTo(() => Response.json({ detail: 'no' }, { status: 422 }))

    const error = await failureOf(client.integrations.listActive())

    expect(error).toMatchObject({ name: 'ApiError', status: 422 })
    expect(seen).toHaveLength(1)
  })
})
