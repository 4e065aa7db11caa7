import { LEGACY_INTEGRATION_TYPES, parseCreateIntegration } from '@ai-ticket-creator/domain'
import { describe, expect, test } from 'vitest'
import { type CreateIntegration, categoryOf } from '../src/index.ts'
import { connect, connectTo, failureOf, nthId, requestLines, setStoredFields } from './backend.ts'

// The three backends, and the generations of a client that each accepts.
const pairs = [
  { backend: 'legacy', generation: 'legacy' },
  { backend: 'transitional', generation: 'legacy' },
  { backend: 'transitional', generation: 'current' },
  { backend: 'current', generation: 'current' },
] as const

describe.each(pairs)('a $generation client of a $backend backend', (pair) => {
  test.each(LEGACY_INTEGRATION_TYPES)('creates an integration on %s and reads it back', async (platform) => {
    const { client } = connect(pair)

    const created = await client.integrations.create(
      parseCreateIntegration({ name: `On ${platform}`, platform_name: platform }),
    )
    const retrieved = await client.integrations.retrieve(created.id)

    expect(retrieved).toMatchObject({
      name: `On ${platform}`,
      integration_category: categoryOf(platform),
      platform_name: platform,
      status: 'active',
      enabled: true,
    })
    expect(retrieved).toEqual(created)
  })

  test('old input does the same as new input', async () => {
    const { client } = connect(pair)

    const fromOld = await client.integrations.create({ name: 'A', integration_type: 'slack', is_enabled: false })
    const fromNew = await client.integrations.create({ name: 'A', platform_name: 'slack', enabled: false })

    const { id, created_at, updated_at } = fromNew
    expect(fromNew).toEqual({ ...fromOld, id, created_at, updated_at })
    expect(fromNew).toMatchObject({ platform_name: 'slack', enabled: false, status: 'inactive' })
  })

  test('old keys are found in variables and spreads', async () => {
    const { client } = connect(pair)
    const settings = { integration_type: 'jira' as const, is_enabled: false }
    const input = { name: 'From a spread', ...settings }
    const changes = { ...settings, is_enabled: true, description: 'on' }

    const created = await client.integrations.create(input)
    const updated = await client.integrations.update(created.id, changes)

    expect(created.enabled).toBe(false)
    expect(updated).toMatchObject({ enabled: true, status: 'active', description: 'on' })
  })

  test('an update changes the given fields and leaves the others', async () => {
    const { client } = connect(pair)
    const created = await client.integrations.create({ name: 'A', platform_name: 'jira', region: 'eu' })

    const updated = await client.integrations.update(created.id, { description: 'Files bugs', default_priority: 5 })

    expect(updated).toMatchObject({ name: 'A', region: 'eu', description: 'Files bugs', default_priority: 5 })
    expect(updated.enabled).toBe(true)
  })

  test('an update clears with null', async () => {
    const { client } = connect(pair)
    const created = await client.integrations.create({ name: 'A', platform_name: 'jira', description: 'old' })

    const updated = await client.integrations.update(created.id, { description: null })

    expect(updated.description).toBeNull()
  })

  test('a retrieved integration can be sent back with one field changed', async () => {
    const { client } = connect(pair)
    const { id } = await client.integrations.create({ name: 'A', platform_name: 'jira' })
    const retrieved = await client.integrations.retrieve(id)

    const updated = await client.integrations.update(id, { ...retrieved, name: 'B', enabled: false })

    expect(updated).toMatchObject({ name: 'B', enabled: false, status: 'inactive' })
  })

  test('an old program sets the old flag on a result and sends all of it back', async () => {
    const { client } = connect(pair)
    const { id } = await client.integrations.create({ name: 'A', platform_name: 'jira' })
    const retrieved = await client.integrations.retrieve(id)
    retrieved.is_enabled = false

    const updated = await client.integrations.update(id, retrieved)

    expect(updated).toMatchObject({ enabled: false, status: 'inactive' })
  })

  test('enabling and disabling moves the status', async () => {
    const { client } = connect(pair)
    const { id } = await client.integrations.create({ name: 'A', platform_name: 'jira' })

    const off = await client.integrations.disable(id, { reason: 'maintenance' })
    const on = await client.integrations.enable(id)

    expect(off).toMatchObject({ enabled: false, status: 'inactive' })
    expect(on).toMatchObject({ enabled: true, status: 'active' })
  })

  test('a deleted integration is gone', async () => {
    const { client } = connect(pair)
    const { id } = await client.integrations.create({ name: 'A', platform_name: 'jira' })

    const message = await client.integrations.delete(id)
    const error = await failureOf(client.integrations.retrieve(id))

    expect(message).toEqual({ message: expect.any(String) })
    expect(error).toMatchObject({ name: 'ApiError', status: 404, code: 'not_found' })
  })

  test('an unknown platform and an unknown status are returned unchanged', async () => {
    const { client, store } = connect(pair)
    const { id } = await client.integrations.create({ name: 'A', platform_name: 'jira' })
    await setStoredFields(store, id, { platform_name: 'acme' as never, status: 'paused' as never })

    const retrieved = await client.integrations.retrieve(id)

    expect(retrieved).toMatchObject({ platform_name: 'acme', status: 'paused' })
    expect(retrieved.integration_type).toBe('acme')
  })
})

test('a current backend gets current fields only', async () => {
  const { client, seen } = connect({ backend: 'current' })

  await client.integrations.create({ name: 'A', integration_type: 'jira', is_enabled: true })
  await client.integrations.update(nthId(1), { name: 'B', is_enabled: false })
  await client.integrations.enable(nthId(1))

  expect(seen.map(({ method, target, body }) => ({ [`${method} ${target}`]: body }))).toEqual([
    {
      'POST /integrations/': { name: 'A', integration_category: 'ticketing', platform_name: 'jira', enabled: true },
    },
    { [`PUT /integrations/${nthId(1)}`]: { name: 'B' } },
    { [`PATCH /integrations/${nthId(1)}/status`]: { enabled: false } },
    { [`GET /integrations/${nthId(1)}`]: undefined },
    { [`PATCH /integrations/${nthId(1)}/status`]: { enabled: true } },
  ])
})

test('a legacy backend gets legacy fields only', async () => {
  const { client, seen } = connect({ backend: 'legacy' })

  await client.integrations.create({ name: 'A', platform_name: 'jira', enabled: true })
  await client.integrations.update(nthId(1), { name: 'B', enabled: false })
  await client.integrations.enable(nthId(1))

  expect(seen.map(({ method, target, body }) => ({ [`${method} ${target}`]: body }))).toEqual([
    { 'POST /integrations/': { name: 'A', integration_type: 'jira', is_enabled: true } },
    { [`PUT /integrations/${nthId(1)}`]: { name: 'B' } },
    { [`PATCH /integrations/${nthId(1)}/status`]: { status: 'inactive' } },
    { [`GET /integrations/${nthId(1)}`]: undefined },
    { [`PATCH /integrations/${nthId(1)}/status`]: { status: 'active' } },
  ])
})

test('an update of `enabled` alone reads the integration and changes its status', async () => {
  const { client, seen } = connect()
  await client.integrations.create({ name: 'A', platform_name: 'jira' })

  const updated = await client.integrations.update(nthId(1), { enabled: false })

  expect(updated.enabled).toBe(false)
  expect(requestLines(seen).slice(1)).toEqual([
    `GET /integrations/${nthId(1)}`,
    `PATCH /integrations/${nthId(1)}/status`,
  ])
})

test('an empty update is sent, so that the backend decides', async () => {
  const { client, seen } = connect()
  await client.integrations.create({ name: 'A', platform_name: 'jira' })

  await client.integrations.update(nthId(1), { enabled: undefined })

  expect(seen[1]).toMatchObject({ method: 'PUT', body: {} })
})

test('when two spellings of the flag disagree, the one that differs from the stored row wins', async () => {
  const { client, seen } = connect()
  const created = await client.integrations.create({ name: 'A', platform_name: 'jira' })

  const updated = await client.integrations.update(created.id, { enabled: true, is_enabled: false } as object)

  expect(updated.enabled).toBe(false)
  expect(requestLines(seen).slice(1)).toEqual([
    `GET /integrations/${nthId(1)}`,
    `PATCH /integrations/${nthId(1)}/status`,
  ])
})

test('two spellings that disagree in a new integration are refused', async () => {
  const { client, seen } = connect()

  const error = await failureOf(
    client.integrations.create({ name: 'A', platform_name: 'jira', enabled: true, is_enabled: false }),
  )

  expect(error).toMatchObject({
    name: 'InvalidRequestError',
    message: '`enabled` disagrees with `is_enabled`; send only `enabled`',
    issues: [{ loc: ['body', 'enabled'], code: 'conflicting_fields' }],
  })
  expect(seen).toEqual([])
})

test('read-only fields are sent, so that the backend compares them', async () => {
  const { client } = connect()
  const created = await client.integrations.create({ name: 'A', platform_name: 'jira' })

  const error = await failureOf(
    client.integrations.update(created.id, { ...created, platform_name: 'slack' } as object),
  )

  expect(error).toMatchObject({
    name: 'ApiError',
    status: 422,
    issues: [{ loc: ['body', 'platform_name'], code: 'read_only_field' }],
  })
})

test('fields that the backend changes by itself are left out of an update', async () => {
  const { client, seen } = connect()
  const created = await client.integrations.create({ name: 'A', platform_name: 'jira' })

  await client.integrations.update(created.id, { ...created, description: 'B' })

  expect(seen[1]?.body).toHaveProperty('created_at')
  expect(seen[1]?.body).not.toHaveProperty('updated_at')
  expect(seen[1]?.body).not.toHaveProperty('usage_stats')
  expect(seen[1]?.body).not.toHaveProperty('enabled')
})

test('unknown keys are refused before the network, with a suggestion', async () => {
  const { client, seen } = connect()

  const error = await failureOf(
    client.integrations.create({ name: 'A', platform_name: 'jira', descripton: 'x' } as never),
  )

  expect(error).toMatchObject({
    name: 'InvalidRequestError',
    message: '`descripton` is not a field; did you mean `description`?',
    issues: [{ loc: ['body', 'descripton'], code: 'unknown_field', replacement: 'description' }],
  })
  expect(seen).toEqual([])
})

test('an unknown key in an update differs from a field that the backend changes by itself', async () => {
  const { client } = connect()

  const error = await failureOf(client.integrations.update(nthId(1), { updated_at: 'x', nme: 'B' } as object))

  expect(error).toMatchObject({ issues: [{ loc: ['body', 'nme'], code: 'unknown_field', replacement: 'name' }] })
})

test('an own key with the value undefined counts as absent', async () => {
  const { client } = connect()

  const created = await client.integrations.create({
    name: 'A',
    platform_name: 'jira',
    integration_type: undefined,
    nonsense: undefined,
  } as never)

  expect(created.name).toBe('A')
})

test.each([
  ['a wrong category', { name: 'A', platform_name: 'jira', integration_category: 'crm' }, 'category_mismatch'],
  ['a missing platform', { name: 'A', integration_category: 'crm' }, 'platform_required'],
  ['an unknown platform', { name: 'A', platform_name: 'jria' }, 'unknown_platform'],
  ['an unknown old type', { name: 'A', integration_type: 'jria' }, 'unknown_platform'],
  [
    'half of the credentials',
    { name: 'A', platform_name: 'jira', credentials: { email: 'a' } },
    'credentials_incomplete',
  ],
  ['a blank name', { name: ' ', platform_name: 'jira' }, 'validation_failed'],
  ['a list instead of an object', [], 'validation_failed'],
  ['nothing', undefined, 'validation_failed'],
])('%s is refused before the network', async (_, input, code) => {
  const { client, seen } = connect()

  const error = await failureOf(client.integrations.create(input as never))

  expect(error).toMatchObject({ name: 'InvalidRequestError', issues: [{ code }] })
  expect(seen).toEqual([])
})

test('a value that a legacy backend cannot express is refused', async () => {
  const { client, seen } = connect({ backend: 'legacy' })
  const { id } = await client.integrations.create({ name: 'A', platform_name: 'jira' })

  const error = await failureOf(client.integrations.update(id, { platform_name: 'acme', name: 'B' } as object))

  expect(error).toMatchObject({
    name: 'InvalidRequestError',
    message: 'a legacy backend does not support this value of `platform_name`',
    issues: [{ loc: ['body', 'platform_name'] }],
  })
  expect(requestLines(seen)).toEqual(['POST /integrations/'])
})

test('a body that is not JSON is refused', async () => {
  const { client, seen } = connect()
  const circle: Record<string, unknown> = {}
  circle['self'] = circle

  const circular = await failureOf(
    client.integrations.create({ name: 'A', platform_name: 'sms', credentials: { api_key: 'k', circle } } as never),
  )

  expect(circular).toMatchObject({
    name: 'InvalidRequestError',
    issues: [{ loc: ['body', 'credentials', 'circle', 'self'] }],
  })
  expect(seen).toEqual([])
})

test.each(['', '.', '..', undefined, '\ud800'])('an invalid id (%j) is refused', async (id) => {
  const { client, seen } = connect()

  const error = await failureOf(client.integrations.retrieve(id as string))

  expect(error).toMatchObject({ name: 'InvalidRequestError', issues: [{ loc: ['path', 'integration_id'] }] })
  expect(seen).toEqual([])
})

test('an id cannot lead to another route', async () => {
  const { client, seen } = connect()

  await failureOf(client.integrations.retrieve('../tickets/?x=1#'))

  expect(requestLines(seen)).toEqual(['GET /integrations/..%2Ftickets%2F%3Fx%3D1%23'])
})

// What existing backends do with `enabled: false` in a create (existing backend: status and enabled).
test('a backend that ignores the flag on create gets a status call', async () => {
  const { client, seen } = connectTo(async (request) =>
    Response.json({
      id: nthId(1),
      status: request.method === 'POST' ? 'pending' : 'inactive',
      enabled: request.method === 'POST',
    }),
  )

  const created = await client.integrations.create({ name: 'A', platform_name: 'jira', enabled: false })

  expect(created).toMatchObject({ enabled: false, status: 'inactive' })
  expect(requestLines(seen)).toEqual(['POST /integrations/', `PATCH /integrations/${nthId(1)}/status`])
})

test('a create whose reply shows no id is in doubt, and no second request is sent', async () => {
  const { client, seen } = connectTo(() => Response.json({ status: 'pending' }))

  const error = await failureOf(client.integrations.create({ name: 'A', platform_name: 'jira', enabled: false }))

  expect(error).toMatchObject({
    name: 'OutcomeUnknownError',
    message:
      'the reply to the create shows no row; it is not known whether the row was created: `resolve()` searches for it',
    endpoint: 'integrations.create',
    cause: { name: 'ResponseMismatchError', status: 200 },
  })
  expect(seen).toHaveLength(1)
})

test('a legacy backend that does not show the flag gets a status call', async () => {
  const { client, seen } = connectTo(
    async (request) => Response.json({ id: nthId(1), status: request.method === 'POST' ? 'pending' : 'inactive' }),
    { generation: 'legacy' },
  )

  const created = await client.integrations.create({ name: 'A', integration_type: 'jira', is_enabled: false })

  expect(created.enabled).toBe(false)
  expect(seen.map(({ body }) => body)).toEqual([
    { name: 'A', integration_type: 'jira', is_enabled: false },
    { status: 'inactive' },
  ])
})

test.each([
  ['active', true],
  ['inactive', false],
  ['pending', undefined],
  ['error', undefined],
  ['a_future_status', undefined],
])('from a legacy reply with status %s, enabled is %s', async (status, enabled) => {
  const { client } = connectTo(async () => Response.json({ id: nthId(1), status, integration_type: 'jira' }), {
    generation: 'legacy',
  })

  const retrieved = await client.integrations.retrieve(nthId(1))

  expect(retrieved.enabled).toBe(enabled)
  expect('enabled' in retrieved).toBe(enabled !== undefined)
})

test.each([
  ['active', false],
  ['inactive', true],
  ['pending', false],
  ['error', true],
])('a status and a flag that contradict each other (%s, %s) are returned unchanged', async (status, enabled) => {
  const { client } = connectTo(async () => Response.json({ id: nthId(1), status, enabled }))

  const retrieved = await client.integrations.retrieve(nthId(1))

  expect(retrieved).toEqual({ id: nthId(1), status, enabled })
})

test('unknown fields are kept, also those with unusual names', async () => {
  const { client } = connectTo(
    async () => new Response('{"id":"1","status":"active","__proto__":{"x":1},"tomorrow":[1]}'),
  )

  const retrieved = await client.integrations.retrieve('1')

  expect(Object.keys(retrieved)).toEqual(['id', 'status', '__proto__', 'tomorrow', 'enabled'])
})

test('findByName returns the one integration with that name, also a disabled one', async () => {
  const { client } = connect()
  await client.integrations.create({ name: 'JIRA Production EU', platform_name: 'jira' })
  await client.integrations.create({ name: 'JIRA Production', platform_name: 'jira', enabled: false })

  const { data, response } = await client.integrations.findByName(' JIRA Production ').withResponse()

  expect(data).toMatchObject({ id: nthId(2), name: 'JIRA Production', enabled: false })
  expect(response.status).toBe(200)
})

test('findByName does not read a name as a platform', async () => {
  const { client } = connect()
  await client.integrations.create({ name: 'jira EU', platform_name: 'jira' })

  const error = await failureOf(client.integrations.findByName('jira'))

  expect(error).toMatchObject({ name: 'IntegrationNotFoundError', integrationName: 'jira' })
})

test('findByName refuses an ambiguous name, with the candidates', async () => {
  const { client } = connect()
  await client.integrations.create({ name: 'Bugs', platform_name: 'jira' })
  await client.integrations.create({ name: 'Bugs', platform_name: 'zendesk', enabled: false })

  const error = await failureOf(client.integrations.findByName('Bugs'))

  expect(error).toMatchObject({
    name: 'AmbiguousIntegrationError',
    candidates: [
      { id: nthId(1), name: 'Bugs', platform_name: 'jira', status: 'active' },
      { id: nthId(2), name: 'Bugs', platform_name: 'zendesk', status: 'inactive' },
    ],
  })
})

test('an input with an explicit type can be passed on', async () => {
  const { client } = connect()
  const make = (input: CreateIntegration) => client.integrations.create(input)

  await expect(make({ name: 'A', platform_name: 'sms' })).resolves.toMatchObject({ name: 'A' })
})

test('an integration that is created disabled needs no second request where the backend honors that', async () => {
  const { client, seen } = connect()

  const { enabled, status } = await client.integrations.create({ name: 'A', platform_name: 'sms', enabled: false })

  expect([enabled, status]).toEqual([false, 'inactive'])
  expect(requestLines(seen)).toEqual(['POST /integrations/'])
})

test.each(['current', 'legacy'] as const)(
  'when the second request of a create fails, the error has the id: %s',
  async (generation) => {
    const { client } = connectTo(
      (request) =>
        request.method === 'POST'
          ? Response.json({ id: nthId(1), status: 'pending', name: 'A' })
          : Response.json({ detail: 'no', code: 'transition_refused' }, { status: 409 }),
      { generation },
    )

    const error = await failureOf(client.integrations.create({ name: 'A', platform_name: 'sms', enabled: false }))

    expect(error).toMatchObject({
      name: 'ApiError',
      endpoint: 'integrations.setStatus',
      created: nthId(1),
      applied: ['name'],
      message: expect.stringMatching(/: no; already created: 00000000-0000-4000-8000-000000000001$/),
    })
  },
)

test('when a whole integration is sent back, only writable fields are reported as written', async () => {
  const { client } = connectTo((request) =>
    request.method === 'PATCH'
      ? Response.json({ detail: 'no' }, { status: 409 })
      : Response.json({ id: nthId(1), enabled: true, name: 'A' }),
  )
  const whole = { id: nthId(1), status: 'active', name: 'A', created_at: '2026-01-01T00:00:00Z' }

  const error = await failureOf(client.integrations.update(nthId(1), { ...whole, enabled: false }))

  expect(error).toMatchObject({ applied: ['name'] })
})

test('when the status call of an update fails, the error lists the written fields', async () => {
  const { client } = connectTo((request) =>
    request.method === 'PATCH'
      ? Response.json({ detail: 'no', code: 'transition_refused' }, { status: 409 })
      : Response.json({ id: nthId(1), enabled: false, description: 'x', region: 'eu' }),
  )

  const error = await failureOf(client.integrations.update(nthId(1), { description: 'x', region: 'eu', enabled: true }))
  const alone = await failureOf(client.integrations.update(nthId(1), { enabled: true }))

  expect(error).toMatchObject({
    endpoint: 'integrations.setStatus',
    applied: ['description', 'region'],
    message: expect.stringMatching(/: no; these fields were written: `description`, `region`$/),
  })
  expect(alone).not.toHaveProperty('applied')
})
