import { GENERATIONS, type Generation } from '@ai-ticket-creator/domain'
import { type App, createApp, createMemoryStore } from '@ai-ticket-creator/reference-api'
import { expect, test } from 'vitest'
import { integrationRow } from './rows.ts'
import { type Fields, nthId, send } from './send.ts'

const path = '/integrations/aaaaaaaa-0000-4000-8000-000000000001'
const old = { name: 'A', integration_type: 'jira', is_enabled: true }
const strict = { Prefer: 'handling=strict' }

async function withStored(generation: Generation): Promise<App> {
  const store = createMemoryStore()
  await store.integrations.insert(integrationRow())
  return createApp({ store, generation })
}

test.each([
  ['legacy', 'cursor, if-match, idempotency-key, integration-id-echo, partial-put, stable-order'],
  [
    'transitional',
    'cursor, if-match, idempotency-key, integration-id-echo, partial-put, stable-order, platform-filter, patch-null',
  ],
  [
    'current',
    'cursor, if-match, idempotency-key, integration-id-echo, partial-put, stable-order, platform-filter, patch-null',
  ],
] as const)('every reply of %s has the generation and the capabilities', async (generation, capabilities) => {
  const app = await withStored(generation)

  const replies = [
    await send(app, 'GET /integrations/'),
    await send(app, `GET ${path}`),
    await send(app, `GET /tickets/${nthId(1)}`),
    await send(app, 'GET /nowhere'),
    await send(app, 'DELETE /integrations/'),
    await send(app, 'GET /integrations'),
    await send(app, 'GET /tickets/stats/overview'),
    await send(app, 'POST /tickets/', '{'),
    await send(app, 'GET /integrations/', undefined, { Authorization: 'none' }),
  ]

  expect(replies.map(({ status }) => status)).toEqual([200, 200, 404, 404, 405, 307, 200, 422, 401])
  for (const { headers } of replies) {
    expect(headers.get('API-Generation')).toBe(generation)
    expect(headers.get('API-Capabilities')).toBe(capabilities)
    expect(headers.get('X-Request-Id')).toMatch(/^req-\d+$/)
  }
})

test('replies are JSON', async () => {
  const app = createApp()

  const replies = [await send(app, 'GET /integrations/'), await send(app, 'GET /nowhere')]

  expect(replies.map(({ headers }) => headers.get('Content-Type'))).toEqual(['application/json', 'application/json'])
})

test('only transitional replies depend on `Prefer`', async () => {
  const varying = await Promise.all(
    GENERATIONS.map(async (generation) => (await send(createApp({ generation }), 'GET /tickets/')).headers.get('Vary')),
  )

  expect(varying).toEqual([null, 'Prefer', null])
})

const deprecation = (headers: Headers) => ({
  Deprecation: headers.get('Deprecation'),
  Link: headers.get('Link'),
  'Deprecated-Fields': headers.get('Deprecated-Fields'),
  Sunset: headers.get('Sunset'),
})
const silent = { Deprecation: null, Link: null, 'Deprecated-Fields': null, Sunset: null }

test('a body with old names gets headers with the deprecated fields, the date and the guide', async () => {
  const app = createApp({ generation: 'transitional' })

  const { headers } = await send(app, 'POST /integrations/', old)

  expect(deprecation(headers)).toEqual({
    // 2025-09-06T00:00:00Z
    Deprecation: '@1757116800',
    Link: '</docs/migration#is-enabled-to-enabled>; rel="deprecation", </docs/migration#integration-type-to-category-and-platform>; rel="deprecation"',
    'Deprecated-Fields': 'is_enabled;use=enabled, integration_type;use=platform_name',
    Sunset: null,
  })
})

test('options set the guide and the sunset date', async () => {
  const app = createApp({
    generation: 'transitional',
    guide: ({ id, deprecated }) => `https://docs.example.test/${deprecated}/${id}`,
    sunset: new Date('2026-03-31T22:00:00Z'),
  })

  const { headers } = await send(app, 'POST /integrations/', { name: 'A', platform_name: 'sms', is_enabled: true })

  expect(deprecation(headers)).toEqual({
    Deprecation: '@1757116800',
    Link: '<https://docs.example.test/2025-09-06/is-enabled-to-enabled>; rel="deprecation"',
    'Deprecated-Fields': 'is_enabled;use=enabled',
    Sunset: 'Tue, 31 Mar 2026 22:00:00 GMT',
  })
})

test.each([
  ['GET', '/integrations/?is_enabled=true', undefined, 'is_enabled;use=enabled'],
  ['GET', '/integrations/?integration_type=jira', undefined, 'integration_type;use=platform_name'],
  ['PUT', path, { is_enabled: true }, 'is_enabled;use=enabled'],
  ['PATCH', `${path}/status`, { status: 'active' }, 'status;use=enabled'],
  ['PATCH', `${path}/status`, { is_enabled: true }, 'is_enabled;use=enabled'],
  [
    'POST',
    '/tickets/',
    { title: 'T', description: 'D', integration: 'jira', integration_name: 'jira', file_ids: [] },
    'integration;use=integration_id, integration_name;use=integration_id, file_ids;use=attachments',
  ],
  ['GET', '/tickets/?integration_name=Stored', undefined, 'integration_name;use=integration_id'],
] as const)('%s %s %j uses %4$s', async (method, target, body, fields) => {
  const app = await withStored('transitional')

  const { status, headers } = await send(app, `${method} ${target}`, body)

  expect(status).toBeLessThan(300)
  expect(headers.get('Deprecated-Fields')).toBe(fields)
  expect(headers.get('Deprecation')).toBe('@1757116800')
})

test.each([
  ['a refused body', 'POST /integrations/', { ...old, platform_name: 'slack' }, {}, 422],
  ['strict handling', 'POST /integrations/', old, strict, 422],
  ['an ambiguous name', 'POST /tickets/', { title: 'T', description: 'D', integration: 'nobody' }, {}, 422],
])('%s has deprecation headers too', async (_, line, body, headers, status) => {
  const app = await withStored('transitional')

  const reply = await send(app, line, body, headers)

  expect(reply.status).toBe(status)
  expect(reply.headers.get('Deprecated-Fields')).not.toBeNull()
})

test('a retired route has deprecation headers without fields', async () => {
  const app = createApp({ generation: 'transitional' })

  const { headers } = await send(app, `PATCH /tickets/${nthId(1)}/status`, { status: 'open' })

  expect(deprecation(headers)).toEqual({
    // 2025-09-07T00:00:00Z
    Deprecation: '@1757203200',
    Link: '</docs/migration#ticket-status-and-assign-routes>; rel="deprecation"',
    'Deprecated-Fields': null,
    Sunset: null,
  })
})

test.each([
  ['transitional', 'POST /integrations/', { name: 'A', platform_name: 'jira', enabled: true }],
  ['transitional', `GET ${path}`, undefined],
  ['transitional', 'GET /integrations/?enabled=true', undefined],
  ['legacy', 'POST /integrations/', old],
  ['legacy', 'GET /integrations/?is_enabled=true', undefined],
  ['current', 'POST /integrations/', old],
] as const)('%s sends no deprecation headers to %s %j', async (generation, line, body) => {
  const app = createApp({ generation, sunset: new Date('2026-03-31T22:00:00Z') })

  const { headers } = await send(app, line, body)

  expect(deprecation(headers)).toEqual(silent)
})

test('deprecation headers are about their own request only', async () => {
  const app = createApp({ generation: 'transitional' })

  await send(app, 'POST /integrations/', old)
  const { headers } = await send(app, 'GET /integrations/')

  expect(deprecation(headers)).toEqual(silent)
})

// Ignored-Fields

test.each([
  ['legacy', { colour: 1, is_enabled: true, enabled: true }, 'enabled, colour'],
  ['transitional', { colour: 1, 'X-y.z*': 2 }, 'colour, X-y.z*'],
  ['transitional', { 'a b': 1, _c: 2, '1d': 3, '"': 4, Ünal: 5, '': 6 }, '"a%20b", "_c", "1d", "%22", "%C3%9Cnal", ""'],
  ['transitional', { '\ud800': 1, 'ok\udc00': 2 }, '"%EF%BF%BD", "ok%EF%BF%BD"'],
  ['transitional', { 'a\r\nSet-Cookie: b=c': 1 }, '"a%0D%0ASet-Cookie%3A%20b%3Dc"'],
] as const)('%s names what it ignored of %j', async (generation, extra, named) => {
  const app = createApp({ generation })
  const fields: Fields = extra

  const { status, headers } = await send(app, 'POST /integrations/', {
    name: 'A',
    integration_type: 'jira',
    ...fields,
  })

  expect([status, headers.get('Ignored-Fields')]).toEqual([200, named])
})

test('ignored query parameters are named, each once', async () => {
  const app = createApp({ generation: 'legacy' })

  const { headers } = await send(app, 'PUT /integrations/?colour=1')
  const listed = await send(app, 'GET /integrations/?colour=1&colour=2&size=3')

  expect(headers.get('Ignored-Fields')).toBeNull()
  expect(listed.headers.get('Ignored-Fields')).toBe('colour, size')
})

test('fields of a reply that are sent back without effect are named', async () => {
  const app = await withStored('current')
  const { json } = await send(app, `GET ${path}`)

  const { headers } = await send(app, `PUT ${path}`, json)

  expect(headers.get('Ignored-Fields')).toBe(
    'updated_at, is_healthy, health_info, usage_stats, last_sync_at, current_hour_requests, rate_limit_reset_at, maintenance_window_start, maintenance_window_end, auto_disable_on_error, failure_threshold, consecutive_failures, expires_at, is_rate_limited, is_expired, in_maintenance_window, credentials_updated_at',
  )
})

test('without ignored fields there is no Ignored-Fields header', async () => {
  const app = createApp({ generation: 'transitional' })

  const { headers } = await send(app, 'POST /integrations/', old)

  expect(headers.get('Ignored-Fields')).toBeNull()
})

test('many and long names do not exceed the header length of proxies', async () => {
  const app = createApp({ generation: 'transitional' })
  const many = Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`k${n}`, n]))
  const long = { ['x'.repeat(100_000)]: 1 }
  const wide = Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`${'ü'.repeat(60)}${n}`, n]))

  const [ofMany, ofLong, ofWide] = await Promise.all(
    [many, long, wide].map(async (extra) => {
      const { status, headers } = await send(app, 'POST /integrations/', { name: 'A', platform_name: 'sms', ...extra })
      return [status, headers.get('Ignored-Fields') ?? '']
    }),
  )

  expect(ofMany).toEqual([200, Array.from({ length: 50 }, (_, n) => `k${n}`).join(', ')])
  expect(ofLong).toEqual([200, 'x'.repeat(64)])
  expect(String(ofWide?.[1]).length).toBeLessThan(4097)
  expect(String(ofWide?.[1]).length).toBeGreaterThan(3700)
})

// Prefer

test.each([
  'handling=strict',
  'Handling = Strict',
  'handling="strict"',
  'respond-async, handling=strict',
  'return=minimal; x=y; handling=strict, wait=1',
])('`Prefer: %s` is applied, and Preference-Applied is sent', async (prefer) => {
  const app = createApp({ generation: 'transitional' })

  const refused = await send(app, 'POST /integrations/', old, { Prefer: prefer })
  const read = await send(app, 'GET /integrations/', undefined, { Prefer: prefer })

  expect([refused.status, read.status]).toEqual([422, 200])
  expect(refused.headers.get('Preference-Applied')).toBe('handling=strict')
  expect(read.headers.get('Preference-Applied')).toBe('handling=strict')
})

test.each(['handling=lenient', 'xhandling=strict', 'handling=stricter', 'strict', 'x="handling=strict y"'])(
  '`Prefer: %s` is ignored',
  async (prefer) => {
    const app = createApp({ generation: 'transitional' })

    const reply = await send(app, 'POST /integrations/', old, { Prefer: prefer })

    expect([reply.status, reply.headers.get('Preference-Applied')]).toEqual([200, null])
  },
)

// Request ids

test.each(['abc', 'A-1_b.c:d', 'x'.repeat(128)])('the request id %j is returned', async (id) => {
  const app = createApp()

  const reply = await send(app, 'GET /nowhere', undefined, { 'X-Request-Id': id })

  expect(reply.headers.get('X-Request-Id')).toBe(id)
})

test.each(['', 'a b', '<script>', 'a,b', 'x'.repeat(129), 'ü'])('the request id %j is replaced', async (id) => {
  const app = createApp()

  const reply = await send(app, 'GET /nowhere', undefined, { 'X-Request-Id': id })

  expect(reply.headers.get('X-Request-Id')).toBe('req-1')
})

test('the option `newRequestId` makes request ids', async () => {
  const app = createApp({ newRequestId: () => 'r-7' })

  const reply = await send(app, 'GET /tickets/')

  expect(reply.headers.get('X-Request-Id')).toBe('r-7')
})

// Versions

test('every write changes the ETag of an integration', async () => {
  const app = createApp()
  const target = `/integrations/${nthId(1)}`

  const tags = [
    await send(app, 'POST /integrations/', { name: 'A', platform_name: 'jira' }),
    await send(app, `GET ${target}`),
    await send(app, `PUT ${target}`, {}),
    await send(app, `PATCH ${target}/status`, { enabled: false }),
    await send(app, `GET ${target}`),
    await send(app, `DELETE ${target}`),
    await send(app, 'GET /integrations/'),
  ].map(({ headers }) => headers.get('ETag'))

  expect(tags).toEqual(['"1"', '"1"', '"2"', '"3"', '"3"', null, null])
})

test('a ticket has an ETag', async () => {
  const app = await withStored('current')

  const internal = await send(app, 'POST /tickets/', { title: 'T', description: 'D' })
  const filed = await send(app, 'POST /tickets/', {
    title: 'T',
    description: 'D',
    integration_id: integrationRow().id,
  })
  const read = await send(app, `GET /tickets/${nthId(2)}`)

  expect([internal, filed, read].map(({ headers }) => headers.get('ETag'))).toEqual(['"1"', '"2"', '"2"'])
})

const writes = [
  ['PUT', path, { name: 'B' }],
  ['PATCH', `${path}/status`, { enabled: false }],
  ['DELETE', path, undefined],
] as const

test.each(writes)('%s %s with another version in If-Match is refused with the present ETag', async (...write) => {
  const app = await withStored('current')
  const [method, target, body] = write

  for (const expected of ['"2"', 'W/"2"', '"7", "8"', '""']) {
    const reply = await send(app, `${method} ${target}`, body, { 'If-Match': expected })

    expect([reply.status, reply.json]).toEqual([
      412,
      { detail: 'it has changed since it was read; read it again, then write', code: 'version_conflict' },
    ])
    expect(reply.headers.get('ETag')).toBe('"1"')
  }
  expect((await send(app, `GET ${path}`)).json).toMatchObject({ name: 'Stored', enabled: true })
})

test('a weak tag never matches, and the message gives this reason', async () => {
  const app = await withStored('current')

  const reply = await send(app, `DELETE ${path}`, undefined, { 'If-Match': '"9", W/"1"' })

  expect([reply.status, reply.headers.get('ETag'), reply.json]).toEqual([
    412,
    '"1"',
    {
      detail: 'the tag in `If-Match` is weak and never matches; send it without `W/`',
      code: 'version_conflict',
    },
  ])
})

test.each(['1', '"1', '', '"1";', '"1", 2'])('the If-Match header %j is malformed', async (expected) => {
  const app = await withStored('current')

  const reply = await send(app, `PUT ${path}`, { name: 'B' }, { 'If-Match': expected })

  expect([reply.status, reply.json]).toEqual([
    422,
    {
      detail: [
        {
          type: 'value_error',
          loc: ['header', 'If-Match'],
          msg: '`If-Match` must be the `ETag` of a reply with its quotes, such as "7"',
          code: 'validation_failed',
        },
      ],
      code: 'validation_failed',
    },
  ])
})

test.each(writes)(
  '%s %s with the present version in If-Match, one of several, or any, is accepted',
  async (...write) => {
    const [method, target, body] = write

    for (const expected of ['"1"', '"3", "1"', '*', ' * ']) {
      const app = await withStored('current')
      const reply = await send(app, `${method} ${target}`, body, { 'If-Match': expected })

      expect(reply.status).toBe(200)
    }
  },
)

test('If-Match on an unknown row is a 404', async () => {
  const app = createApp()

  const reply = await send(app, `PUT ${path}`, {}, { 'If-Match': '*' })

  expect(reply.status).toBe(404)
})

test.each([
  [404, `PUT /integrations/${nthId(99)}`, {}],
  [412, `PUT /integrations/${nthId(1)}`, { 'If-Match': '"9"' }],
  [422, `PUT /integrations/${nthId(1)}?colour=1`, { Prefer: 'handling=strict' }],
] as const)(
  'a response of status %d names the deprecated fields, also if the handler never read them',
  async (status, line, headers) => {
    const app = createApp({ generation: 'transitional' })
    await send(app, 'POST /integrations/', { name: 'A', platform_name: 'jira' })

    const reply = await send(app, line, { is_enabled: false }, headers)

    expect([reply.status, reply.headers.get('Deprecated-Fields')]).toEqual([status, 'is_enabled;use=enabled'])
  },
)

// Routes

test.each([
  ['DELETE', '/integrations/', 'POST, GET'],
  ['POST', path, 'GET, PUT, DELETE'],
  ['GET', `${path}/status`, 'PATCH'],
  ['GET', `${path}/activate`, 'POST'],
  ['OPTIONS', '/tickets/', 'GET, POST'],
  ['POST', '/tickets/stats/overview', 'GET'],
  // Fixed paths that match a path with an id
  ['PUT', '/integrations/active', 'GET'],
  ['DELETE', '/integrations/active', 'GET'],
  ['GET', '/tickets/ai-create', 'POST'],
  ['PATCH', '/tickets/ai-create', 'POST'],
])('%s %s is not allowed; %s is', async (method, target, allowed) => {
  const app = createApp()

  const reply = await send(app, `${method} ${target}`)

  expect([reply.status, reply.headers.get('Allow'), reply.json]).toEqual([
    405,
    allowed,
    { detail: `this path accepts ${allowed}`, code: 'method_not_allowed' },
  ])
})

test.each([
  ['legacy', 405, 'GET, PUT, DELETE'],
  ['transitional', 404, null],
  ['current', 404, null],
] as const)('PATCH of a ticket exists in every generation but legacy: %s', async (generation, status, allowed) => {
  const app = createApp({ generation })

  const reply = await send(app, `PATCH /tickets/${nthId(1)}`, { title: 'B' })

  expect([reply.status, reply.headers.get('Allow')]).toEqual([status, allowed])
})

test.each([
  ['GET', '/integrations', '/integrations/'],
  ['POST', '/integrations?a=b%20c', '/integrations/?a=b%20c'],
  ['GET', `${path}/`, path],
  ['PATCH', `${path}/status/`, `${path}/status`],
  ['DELETE', '/tickets', '/tickets/'],
])('%s %s redirects to %s with 307', async (method, from, to) => {
  const app = createApp()

  const reply = await send(app, `${method} ${from}`)

  expect([reply.status, reply.headers.get('Location'), reply.text]).toEqual([307, `/api/v1${to}`, ''])
})

test('HEAD answers as GET does, without the body', async () => {
  const app = await withStored('current')

  const reply = await send(app, `HEAD ${path}`)

  expect([reply.status, reply.headers.get('ETag'), reply.text]).toEqual([200, '"1"', ''])
})
