import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { baseUrl, connect, connectTo, failureOf, nthId, requestLines } from './backend.ts'

const bug = { title: 'Bug Report', description: 'It breaks' }

describe('an endpoint of the contract', () => {
  test.each(['current', 'legacy'] as const)('is sent in the generation of a %s backend', async (backend) => {
    const { client, seen } = connect({ backend })

    const created = await client.request('integrations.create', { body: { name: 'A', platform_name: 'jira' } })
    const { data, response } = await client
      .request('integrations.retrieve', { params: { integration_id: created.id } })
      .withResponse()
    const page = await client.request('tickets.list', { query: { status: ['open', 'new'], size: 1 } })

    expect(seen[0]?.body).toEqual(
      backend === 'legacy' ? { name: 'A', integration_type: 'jira' } : { name: 'A', platform_name: 'jira' },
    )
    expect(data).toMatchObject({ platform_name: 'jira', enabled: true })
    expect(response.status).toBe(200)
    expect(page).toMatchObject({ items: [], total: 0, pages: 0 })
    expect(requestLines(seen)[2]).toBe('GET /tickets/?status=open&status=new&size=1')
  })

  test('resolves to undefined when the reply is empty', async () => {
    const { client } = connect()
    const { id } = await client.tickets.create(bug)

    expect(await client.request('tickets.delete', { params: { ticket_id: id } })).toBe(undefined)
  })

  test.each([
    ['an old word', { body: { name: 'A', integration_type: 'jira' } }, ['body', 'integration_type'], 'retired_field'],
    ['an unknown field', { body: { name: 'A', platform_name: 'jira', nme: 'B' } }, ['body', 'nme'], 'unknown_field'],
    ['no body', {}, ['body'], 'validation_failed'],
    ['a query', { body: { name: 'A', platform_name: 'jira' }, query: { a: 1 } }, ['query'], 'validation_failed'],
  ])('refuses %s before a request is sent', async (_, given, loc, code) => {
    const { client, seen } = connect()

    const error = await failureOf(client.request('integrations.create', given as never))

    expect((error as { issues: object[] }).issues[0]).toMatchObject({ loc, code })
    expect(seen).toEqual([])
  })

  test('refuses a body that it does not accept, an invalid filter, an empty filter, and a missing id', async () => {
    const { client, seen } = connect()

    const errors = [
      await failureOf(client.request('tickets.stats', { body: {} } as never)),
      await failureOf(client.request('tickets.list', { query: { size: 1000 } })),
      await failureOf(client.request('tickets.list', { query: { status: [] } })),
      await failureOf(client.request('tickets.retrieve', { params: {} } as never)),
    ]

    expect(errors).toMatchObject([
      { issues: [{ loc: ['body'], msg: 'this endpoint takes no body' }] },
      { issues: [{ loc: ['query', 'size'] }] },
      { issues: [{ loc: ['query', 'status'] }] },
      { issues: [{ loc: ['path', 'id'] }] },
    ])
    expect(seen).toEqual([])
  })

  test.each(['tickets.find', 'constructor', ''])('is refused when it does not exist: %j', async (id) => {
    const { client, seen } = connect()

    const error = await failureOf(client.request(id as never, {}))

    expect(error).toMatchObject({
      name: 'InvalidRequestError',
      message: 'no endpoint has this id; see `EndpointId`',
      issues: [{ loc: ['endpoint'] }],
    })
    expect(seen).toEqual([])
  })

  test('can be called without input when it needs none', async () => {
    const { client } = connect()

    expect(await Reflect.apply(client.request, undefined, ['tickets.stats'])).toMatchObject({ total_tickets: 0 })
  })

  test('names the fields that a legacy backend has no name for', async () => {
    const { client, seen } = connect({ backend: 'legacy' })

    const error = await failureOf(client.request('tickets.create', { body: { ...bug, integration_id: nthId(1) } }))

    expect(error).toMatchObject({ name: 'InvalidRequestError', issues: [{ loc: ['body', 'integration_id'] }] })
    expect(seen).toEqual([])
  })

  test('that is a retired route is sent as it is', async () => {
    const { client, seen } = connect({ backend: 'transitional' })
    const { id } = await client.tickets.create(bug)
    const me = '10000000-0000-4000-8000-000000000001'

    const ticket = await client.request('tickets.assign', {
      params: { ticket_id: id },
      body: { assigned_to_id: me, reason: 'on call' },
    })

    expect(ticket.assigned_to_id).toBe(me)
    expect(seen.at(-1)?.body).toEqual({ assigned_to_id: me, reason: 'on call' })
  })

  test('fails with the same errors as a method', async () => {
    const { client } = connect()

    const error = await failureOf(client.request('tickets.retrieve', { params: { ticket_id: nthId(9) } }))

    expect(error).toMatchObject({ name: 'ApiError', endpoint: 'tickets.retrieve', status: 404, code: 'not_found' })
  })

  test('a write clears the cached names', async () => {
    const { client, seen } = connect()
    const { id } = await client.integrations.create({ name: 'JIRA', platform_name: 'jira' })
    const file = () => client.tickets.create({ ...bug, integration_name: 'JIRA' })
    const lookups = () => requestLines(seen).filter((line) => line.startsWith('GET /integrations/?')).length

    await file()
    await client.request('integrations.retrieve', { params: { integration_id: id } })
    await file()
    expect(lookups()).toBe(1)

    await client.request('integrations.update', { params: { integration_id: id }, body: { description: 'x' } })
    await file()
    expect(lookups()).toBe(2)
  })
})

describe('a path that the contract does not have', () => {
  test('is sent with the same token, options and limits', async () => {
    const { client, seen } = connectTo(() => Response.json({ rows: 3 }), { consumer: 'billing@1.4' })

    const { data, response } = await client
      .request(
        { method: 'POST', path: '/reports/ä b/run', query: { day: '2026-01-01', tag: ['a', 'b'] }, body: [1] },
        { idempotencyKey: 'key-1', headers: { 'X-Trace': 't' } },
      )
      .withResponse()

    expect([data, response.status]).toEqual([{ rows: 3 }, 200])
    expect(seen).toMatchObject([
      {
        method: 'POST',
        target: '/reports/%C3%A4%20b/run?day=2026-01-01&tag=a&tag=b',
        body: [1],
        headers: {
          authorization: 'Bearer test-token',
          'x-client': 'billing@1.4',
          'content-type': 'application/json',
          'idempotency-key': 'key-1',
          'x-trace': 't',
        },
      },
    ])
  })

  test('may have an empty reply, and its reply is not changed', async () => {
    const { client } = connectTo((request) =>
      request.method === 'DELETE' ? new Response(null, { status: 204 }) : Response.json([{ is_enabled: true }]),
    )

    expect(await client.request({ method: 'DELETE', path: '/reports/1' })).toBe(undefined)
    expect(await client.request({ method: 'GET', path: '/reports/' })).toEqual([{ is_enabled: true }])
  })

  test.each([
    'https://evil.example.test/x',
    'evil.example.test',
    '@evil.example.test/x',
    ':8080/x',
    '',
    '/../x',
    '/..',
    '/reports/../../../x',
    '/reports/..\\..\\..\\x',
    '\\..\\x',
    '/%2e%2e/x',
    '/.%2E/%2e./x',
    '/../v1evil/reports',
    '/reports/..%2f..%2fx',
    '/reports/%2e%2E%2Fx',
    '/reports/x%5c..%5cy',
    '/.\t./x',
    '/.\n./.\r./x',
    undefined,
  ])('that leads outside the service is refused: %j', async (path) => {
    const { client, seen } = connectTo(() => Response.json({}))

    const error = await failureOf(client.request({ method: 'GET', path: path as string }))

    expect(error).toMatchObject({ name: 'InvalidRequestError', code: 'validation_failed', issues: [{ loc: ['path'] }] })
    expect(seen).toEqual([])
  })

  test.each(['/.well-known/desk', '/..reports', '/reports/...', '/a..b/%2e1', '/reports/1..'])(
    'may have dots in a name: %j',
    async (path) => {
      const { client, seen } = connectTo(() => Response.json({}))

      await client.request({ method: 'GET', path })

      expect(requestLines(seen)).toEqual([`GET ${path}`])
    },
  )

  test('stays in the service when it begins with two slashes', async () => {
    const urls: string[] = []
    const { client } = connectTo((request) => {
      urls.push(request.url)
      return Response.json({})
    })

    await client.request({ method: 'GET', path: '//evil.example.test/x' })

    expect(urls).toEqual([`${baseUrl}/api/v1//evil.example.test/x`])
  })

  test.each([
    ['a query in the path', { method: 'GET', path: '/reports?day=1' }, 'path'],
    ['a fragment in the path', { method: 'GET', path: '/reports#1' }, 'path'],
    ['another method', { method: 'TRACE', path: '/reports' }, 'method'],
    ['a method in small letters', { method: 'get', path: '/reports' }, 'method'],
    ['a body with GET', { method: 'GET', path: '/reports', body: {} }, 'body'],
  ])('%s is refused', async (_, route, field) => {
    const { client, seen } = connectTo(() => Response.json({}))

    const error = await failureOf(client.request(route as never))

    expect(error).toMatchObject({ name: 'InvalidRequestError', issues: [{ loc: [field] }] })
    expect(seen).toEqual([])
  })

  test('redirects are followed for reads of the contract only, so a path stays within the service', async () => {
    const modes: string[] = []
    const { client } = connectTo((request) => {
      modes.push(`${request.method} ${request.redirect}`)
      return Response.json({ items: [], id: nthId(1) })
    })

    await client.tickets.list()
    await client.tickets.create(bug)
    await client.request({ method: 'GET', path: '/reports' })

    expect(modes).toEqual(['GET follow', 'POST manual', 'GET manual'])
  })

  test.each(['GET', 'POST'] as const)('a redirect of %s is not followed', async (method) => {
    const { client, seen } = connectTo(() => Response.redirect('https://evil.example.test/', 307))

    const error = await failureOf(client.request({ method, path: '/reports' }))

    expect(error).toMatchObject({
      name: 'ResponseMismatchError',
      endpoint: undefined,
      message: `${method} /reports was answered with a redirect, which is not followed; check \`baseUrl\``,
    })
    expect(seen).toHaveLength(1)
  })

  test('its errors name the request, and contain nothing that was sent', async () => {
    const { client } = connectTo(async (request) =>
      Response.json(
        { detail: `${await request.clone().text()} ${request.url} ${request.headers.get('authorization')}` },
        { status: 400 },
      ),
    )

    const error = await failureOf(
      client.request({
        method: 'POST',
        path: '/hooks/canary-path/canary-body',
        query: { key: 'canary-query' },
        body: { deep: [{ secret: 'canary-body' }] },
      }),
    )

    expect(error).toMatchObject({ name: 'ApiError', endpoint: undefined, status: 400 })
    expect(inspect(error, { depth: 10 })).toContain('POST /hooks/canary-path/[redacted] was answered with 400')
    expect(inspect(error, { depth: 10 })).not.toMatch(/canary-(body|query)|test-token/)
  })

  test('a failed connection is a ConnectionError', async () => {
    const { client } = connectTo(() => Promise.reject(new TypeError('fetch failed')))

    const error = await failureOf(client.request({ method: 'GET', path: '/reports' }))

    expect(error).toMatchObject({
      name: 'ConnectionError',
      message: 'GET /reports at tickets.example.test: no reply',
      endpoint: undefined,
    })
  })

  test('a reply that is not JSON is a ResponseMismatchError', async () => {
    const { client } = connectTo(() => new Response('<html>'))

    const error = await failureOf(client.request({ method: 'GET', path: '/reports' }))

    expect(error).toMatchObject({
      name: 'ResponseMismatchError',
      message: 'GET /reports was answered with 200, but the reply is not JSON',
    })
  })
})

test.each([
  ['tickets.list', { status: ['open'] }, 'status'],
  ['tickets.list', { q: '100%' }, 'q'],
  ['integrations.list', { platform_name: 'jira' }, 'integration_category'],
  ['integrations.listActive', { platform_name: 'jira' }, 'integration_category'],
] as const)('a list that the backend may not have filtered is refused: %s %j', async (endpoint, query, filter) => {
  const rows = endpoint === 'tickets.list' ? { items: [], total: 7, has_next: false } : []
  const { client } = connectTo(() => Response.json(rows))
  const { client: announced } = connectTo(() => Response.json(rows, { headers: { 'API-Generation': 'current' } }))

  const error = await failureOf(client.request(endpoint, { query } as never))
  const reply = await announced.request(endpoint, { query } as never)

  expect(error).toMatchObject({ name: 'FilterNotSupportedError', filter, reason: 'raw_request' })
  expect(reply).toEqual(rows)
})
