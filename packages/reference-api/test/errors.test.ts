import { type App, createApp, createMemoryStore, type Store } from '@ai-ticket-creator/reference-api'
import { expect, onTestFinished, test, vi } from 'vitest'
import { integrationRow } from './rows.ts'
import { fieldsOf, issuesOf, nthId, send } from './send.ts'

const jira = { name: 'A', platform_name: 'jira' }
const invalidJson = {
  detail: [{ type: 'json_invalid', loc: ['body'], msg: 'the body is not valid JSON', code: 'validation_failed' }],
  code: 'validation_failed',
}

async function post(
  app: App,
  body: string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>,
  headers: Record<string, string> = {},
): Promise<Response> {
  return app.fetch(
    new Request('http://api.example.test/api/v1/integrations/', {
      method: 'POST',
      body,
      headers: { Authorization: 'Bearer test-token', 'Content-Type': 'application/json', ...headers },
      // Node requires it for a stream; the DOM types lack it.
      ...({ duplex: 'half' } as object),
    }),
  )
}

// Authentication

test.each([
  ['no header', {}, 'send `Authorization: Bearer <token>`'],
  ['another scheme', { Authorization: 'Basic dGVzdDp0ZXN0' }, 'send `Authorization: Bearer <token>`'],
  ['a scheme without token', { Authorization: 'Bearer ' }, 'send `Authorization: Bearer <token>`'],
  ['two tokens', { Authorization: 'Bearer test-token test-token' }, 'send `Authorization: Bearer <token>`'],
  ['an unknown token', { Authorization: 'Bearer nobody' }, 'the token is unknown or revoked'],
  ['a token in another case', { Authorization: 'Bearer TEST-TOKEN' }, 'the token is unknown or revoked'],
] as const)('a request with %s is unauthenticated', async (_, headers, detail) => {
  const app = createApp()

  const response = await app.fetch(new Request('http://api.example.test/api/v1/integrations/', { headers }))

  expect([response.status, await response.json()]).toEqual([401, { detail, code: 'unauthenticated' }])
  expect(response.headers.get('WWW-Authenticate')).toBe('Bearer')
})

test.each(['Bearer test-token', 'bearer test-token', 'BEARER   test-token  '])('%j is accepted', async (header) => {
  const app = createApp()

  const reply = await send(app, 'GET /integrations/', undefined, { Authorization: header })

  expect(reply.status).toBe(200)
})

test('malformed JSON is reported before a missing token, a missing token before everything else', async () => {
  const app = createApp()
  const noToken = { Authorization: '' }

  const malformed = await send(app, 'POST /integrations/', '{', noToken)
  const faulty = await send(app, 'POST /integrations/', { name: 7 }, noToken)
  const badQuery = await send(app, 'GET /integrations/?limit=0', undefined, noToken)
  const badPath = await send(app, 'GET /integrations/7', undefined, noToken)
  const unknown = await send(app, `GET /integrations/${nthId(9)}`, undefined, noToken)

  expect([malformed.status, malformed.json]).toEqual([422, invalidJson])
  expect([faulty, badQuery, badPath, unknown].map(({ status }) => status)).toEqual([401, 401, 401, 401])
})

test('issues of the query are reported before issues of the body', async () => {
  const app = createApp()

  const reply = await send(app, 'POST /integrations/?colour=1', {})

  expect([reply.status, issuesOf(reply)]).toEqual([422, ['query.colour unknown_field']])
})

// Bodies

test.each([' ', '{', '{"a":}', 'name=A', '{"name":"A"} x', "{'name':'A'}", '{"name":"A",}', 'NaN', '\ufeff{'])(
  'the text %j is not JSON',
  async (text) => {
    const app = createApp()

    const reply = await send(app, 'POST /integrations/', text)

    expect([reply.status, reply.json]).toEqual([422, invalidJson])
  },
)

test.each([
  ['null', 'the body must be an object, not null'],
  ['[]', 'the body must be an object, not a list'],
  ['7', 'the body must be an object, not an integer'],
  ['7.5', 'the body must be an object, not a number'],
  ['true', 'the body must be an object, not a boolean'],
  ['"{}"', 'the body must be an object, not a string'],
])('the JSON %s is not an object', async (text, msg) => {
  const app = createApp()

  const reply = await send(app, 'POST /integrations/', text)

  expect([reply.status, reply.json]).toEqual([
    422,
    { detail: [{ type: 'dict_type', loc: ['body'], msg, code: 'validation_failed' }], code: 'validation_failed' },
  ])
})

test.each([
  ['POST /integrations/', undefined],
  ['POST /integrations/', ''],
  ['POST /tickets/', undefined],
])('%s without a body (%j) is refused', async (line, body) => {
  const app = createApp()

  const reply = await send(app, line, body)

  expect([reply.status, reply.json]).toEqual([
    422,
    {
      detail: [
        {
          type: 'missing',
          loc: ['body'],
          msg: 'the body is required; send a JSON object',
          code: 'validation_failed',
        },
      ],
      code: 'validation_failed',
    },
  ])
})

test('one reply names every issue of a body', async () => {
  const app = createApp()

  const reply = await send(app, 'POST /integrations/', {
    name: ' ',
    platform_name: 'jira',
    default_priority: 0,
    base_url: 'ftp://x.example.test',
    department_mapping: { it: 7 },
  })

  expect(fieldsOf(reply)['detail']).toEqual(
    [
      { type: 'string_too_short', loc: ['body', 'name'], msg: '`name` must not be blank', code: 'validation_failed' },
      {
        type: 'url_scheme',
        loc: ['body', 'base_url'],
        msg: '`base_url` must start with http:// or https://',
        code: 'validation_failed',
      },
      {
        type: 'greater_than_equal',
        loc: ['body', 'default_priority'],
        msg: '`default_priority` must be at least 1',
        code: 'validation_failed',
      },
      {
        type: 'string_type',
        loc: ['body', 'department_mapping', 'it'],
        msg: '`department_mapping.it` must be a string, not an integer',
        code: 'validation_failed',
      },
    ].toSorted((a, b) => order(reply, a.loc) - order(reply, b.loc)),
  )
})

// The order of the issues is the one of the schema and does not matter here.
function order({ json }: { json: unknown }, loc: readonly string[]): number {
  return JSON.stringify(json).indexOf(JSON.stringify(loc))
}

test.each([
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/jsonp',
  'text/json',
  'application/xml',
])('a body of type %s is refused', async (type) => {
  const app = createApp()

  const reply = await send(app, 'POST /integrations/', jira, { 'Content-Type': type })

  expect([reply.status, reply.json]).toEqual([
    415,
    { detail: 'send the body as `Content-Type: application/json`', code: 'unsupported_media_type' },
  ])
})

test.each([
  'application/json',
  'Application/JSON; charset=utf-8',
  'application/merge-patch+json',
  ' application/json;',
])('a body of type %s is read', async (type) => {
  const app = createApp()

  const reply = await send(app, 'POST /integrations/', jira, { 'Content-Type': type })

  expect(reply.status).toBe(200)
})

test('a body without a type is read', async () => {
  const app = createApp()
  const request = new Request('http://api.example.test/api/v1/integrations/', {
    method: 'POST',
    body: new TextEncoder().encode(JSON.stringify(jira)),
    headers: { Authorization: 'Bearer test-token' },
  })

  const response = await app.fetch(request)

  expect([request.headers.get('Content-Type'), response.status]).toEqual([null, 200])
})

test('a body of the maximum length is read, one byte more is refused', async () => {
  const text = JSON.stringify({ ...jira, description: 'é' })
  const bytes = new TextEncoder().encode(text).length
  const wide = createApp({ bodyLimit: bytes })
  const narrow = createApp({ bodyLimit: bytes - 1 })

  const read = await send(wide, 'POST /integrations/', text)
  const refused = await send(narrow, 'POST /integrations/', text)

  expect(read.status).toBe(200)
  expect([refused.status, refused.json]).toEqual([
    413,
    { detail: `the body is longer than ${bytes - 1} bytes`, code: 'payload_too_large' },
  ])
})

test('the default maximum is one MiB', async () => {
  const app = createApp()
  const text = JSON.stringify({ ...jira, description: '' })
  const filled = (bytes: number) => JSON.stringify({ ...jira, description: 'x'.repeat(bytes - text.length) })

  const read = await send(app, 'POST /integrations/', filled(1_048_576))
  const refused = await send(app, 'POST /integrations/', filled(1_048_577))

  expect([read.status, refused.status]).toEqual([200, 413])
})

test('a streamed body is read completely, and refused above the maximum', async () => {
  const app = createApp({ bodyLimit: 1000 })
  let pulled = 0
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      pulled++
      controller.enqueue(new TextEncoder().encode('x'.repeat(100)))
    },
  })
  const pieces = new ReadableStream<Uint8Array>({
    start(controller) {
      // Chunks may end within a character.
      for (const byte of new TextEncoder().encode(JSON.stringify({ ...jira, name: 'Ä' })))
        controller.enqueue(Uint8Array.of(byte))
      controller.close()
    },
  })

  const refused = await post(app, endless)
  const read = await post(app, pieces)

  expect([refused.status, await refused.json()]).toEqual([
    413,
    { detail: 'the body is longer than 1000 bytes', code: 'payload_too_large' },
  ])
  expect(pulled).toBeLessThan(15)
  expect([read.status, await read.json()]).toMatchObject([200, { name: 'Ä' }])
})

test.each([
  ['half a character', [0x22, 0xc3, 0x22]],
  ['a byte that no character has', [0x22, 0xff, 0x22]],
  ['a surrogate', [0x22, 0xed, 0xa0, 0x80, 0x22]],
])('%s is not UTF-8', async (_, bytes) => {
  const app = createApp()

  const response = await post(app, Uint8Array.from(bytes))

  expect([response.status, await response.json()]).toEqual([422, invalidJson])
})

test('an incomplete body is refused and not reported as a failure', async () => {
  const reported: unknown[] = []
  const app = createApp({ onError: (error) => reported.push(error) })
  const broken = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.error(new Error('connection reset')),
  })

  const response = await post(app, broken)

  expect([response.status, await response.json()]).toEqual([
    422,
    {
      detail: [{ type: 'json_invalid', loc: ['body'], msg: 'the body ended early', code: 'validation_failed' }],
      code: 'validation_failed',
    },
  ])
  expect(reported).toEqual([])
})

test('a body that is too long is refused, also when the request was cloned', async () => {
  const app = createApp({ bodyLimit: 10 })
  const request = new Request('http://api.example.test/api/v1/integrations/', {
    method: 'POST',
    body: JSON.stringify(jira),
    headers: { Authorization: 'Bearer test-token' },
  })

  const response = await app.fetch(request.clone())

  expect([response.status, request.bodyUsed]).toEqual([413, false])
})

test('a byte order mark is ignored', async () => {
  const app = createApp()

  const response = await post(app, `\ufeff${JSON.stringify(jira)}`)

  expect(response.status).toBe(200)
})

test('a body may nest a hundred levels, not more', async () => {
  const app = createApp()
  const nested = (levels: number) =>
    `{"title":"T","description":"D","custom_fields":{"a":${'['.repeat(levels - 2)}${']'.repeat(levels - 2)}}}`

  const read = await send(app, 'POST /tickets/', nested(100))
  const refused = await send(app, 'POST /tickets/', nested(101))
  const bottomless = await send(app, 'POST /tickets/', nested(400_000))

  expect(read.status).toBe(201)
  expect([refused.status, refused.json]).toEqual([
    422,
    {
      detail: [
        {
          type: 'json_invalid',
          loc: ['body'],
          msg: 'the body nests deeper than 100 levels',
          code: 'validation_failed',
        },
      ],
      code: 'validation_failed',
    },
  ])
  expect(bottomless.status).toBe(422)
})

test('a body of an endpoint without one is ignored', async () => {
  const store = createMemoryStore()
  await store.integrations.insert(integrationRow())
  const app = createApp({ store })

  const reply = await send(app, `DELETE /integrations/${integrationRow().id}`, '{')

  expect(reply.status).toBe(200)
})

// Paths

test.each(['/nowhere', '/', '/integrations/a/b/c', `/tickets/${nthId(1)}/comments`, '/integration/', '/users/me'])(
  '%s is an unknown path',
  async (path) => {
    const app = createApp()

    const reply = await send(app, `GET ${path}`)

    expect([reply.status, reply.json]).toEqual([404, { detail: 'Not Found', code: 'not_found' }])
  },
)

test('paths outside /api/v1 are unknown', async () => {
  const app = createApp()

  const responses = await Promise.all(
    ['/', '/integrations/', '/api/v2/integrations/', '/api/v1'].map((path) =>
      app.fetch(new Request(`http://api.example.test${path}`, { headers: { Authorization: 'Bearer test-token' } })),
    ),
  )

  expect(responses.map(({ status }) => status)).toEqual([404, 404, 404, 404])
})

test.each([
  '7',
  'JIRA%20Production',
  `${nthId(1)}x`,
  '%00',
  '%E0%A4%A',
  nthId(1).replaceAll('-', ''),
  '..%2f',
  '%2e%2e%2f',
])('the id %s is not a UUID', async (id) => {
  const app = createApp()

  const reply = await send(app, `GET /integrations/${id}`)

  expect([reply.status, reply.json]).toEqual([
    422,
    {
      detail: [
        {
          type: 'uuid_parsing',
          loc: ['path', 'integration_id'],
          msg: '`integration_id` must be a UUID, such as a0abea7c-a9de-42d2-b63e-71d3ac22d3e4',
          code: 'validation_failed',
        },
      ],
      code: 'validation_failed',
    },
  ])
})

test.each(['status', 'assign'])('current answers 410 on the retired route of a ticket: %s', async (route) => {
  const app = createApp({ generation: 'current' })

  const reply = await send(app, `PATCH /tickets/${nthId(1)}/${route}`, {})
  const other = await send(app, `GET /tickets/${nthId(1)}/${route}`)

  expect([reply.status, reply.json]).toEqual([
    410,
    {
      detail:
        'PATCH /tickets/{ticket_id}/status and /assign are now PATCH /tickets/{ticket_id}; `reason` is `assignment_reason`.',
      code: 'retired_route',
      replacement: 'PATCH /tickets/{ticket_id}',
    },
  ])
  // Other methods never existed there.
  expect([other.status, other.json]).toEqual([404, { detail: 'Not Found', code: 'not_found' }])
})

// Failures

function brokenStore(): Store {
  const store = createMemoryStore()
  const fail = async (): Promise<never> => {
    throw new Error('connection to db.example.test lost, password s3cret')
  }
  return { ...store, integrations: { ...store.integrations, find: fail, insert: fail, list: fail } }
}

test('a failure is reported to onError; the caller gets the request id', async () => {
  const reported: unknown[] = []
  const app = createApp({ store: brokenStore(), onError: (error, about) => reported.push([error, about]) })

  const reply = await send(app, 'POST /integrations/', jira, { 'X-Request-Id': 'my-7' })

  expect([reply.status, reply.json]).toEqual([
    500,
    { detail: 'the service failed; the request id is my-7', code: 'internal' },
  ])
  expect(reply.headers.get('X-Request-Id')).toBe('my-7')
  expect(reported).toEqual([[new Error('connection to db.example.test lost, password s3cret'), { requestId: 'my-7' }]])
})

test('a failure is answered with 500 when there is no onError', async () => {
  const app = createApp({ store: brokenStore() })

  const replies = [await send(app, 'GET /integrations/'), await send(app, `GET /integrations/${nthId(1)}`)]

  expect(replies.map(({ status, json }) => [status, fieldsOf({ json })['code']])).toEqual([
    [500, 'internal'],
    [500, 'internal'],
  ])
})

test('a failure in onError does not change the reply', async () => {
  const app = createApp({
    store: brokenStore(),
    onError: () => {
      throw new Error('the log is full')
    },
  })

  const reply = await send(app, 'GET /integrations/', undefined, { 'X-Request-Id': 'my-7' })

  expect([reply.status, reply.json]).toEqual([
    500,
    { detail: 'the service failed; the request id is my-7', code: 'internal' },
  ])
})

test.each<[string, () => string]>([
  [
    'cannot be made',
    () => {
      throw new Error('password s3cret')
    },
  ],
  ['fit in no header', () => 'req-€'],
])('request ids that %s: the reply is still a valid one', async (_, newRequestId) => {
  const printed = vi.spyOn(console, 'error').mockImplementation(() => {})
  onTestFinished(() => printed.mockRestore())
  const reported: unknown[] = []
  const app = createApp({ newRequestId, onError: (_error, about) => reported.push(about) })

  const reply = await send(app, 'GET /integrations/')

  expect([reply.status, reply.json]).toEqual([500, { detail: 'the service failed', code: 'internal' }])
  expect(reply.headers.get('API-Generation')).toBe('current')
  expect([reported, printed.mock.calls]).toEqual([[{ requestId: 'unknown' }], []])
})

test('a refusal is not reported as a failure', async () => {
  const reported: unknown[] = []
  const app = createApp({ onError: (error) => reported.push(error) })

  await send(app, 'POST /integrations/', {})
  await send(app, 'GET /nowhere')

  expect(reported).toEqual([])
})

test('a store that never accepts a write is a failure, not an endless loop', async () => {
  const store = createMemoryStore()
  await store.integrations.insert(integrationRow())
  const reported: unknown[] = []
  const app = createApp({
    store: { ...store, integrations: { ...store.integrations, replace: async () => false } },
    onError: (error) => reported.push(error),
  })

  const reply = await send(app, `PUT /integrations/${integrationRow().id}`, { name: 'B' })

  expect(reply.status).toBe(500)
  expect(reported).toEqual([new Error('a row was written by others 1000 times in a row')])
})
