import { inspect } from 'node:util'
import { problems } from '@ai-ticket-creator/domain'
import { afterEach, expect, test, vi } from 'vitest'
import * as sdk from '../src/index.ts'
import { connectTo, failureOf } from './backend.ts'

afterEach(() => {
  vi.useRealTimers()
})

const answered = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  connectTo(() => Response.json(body, { status, headers }))

test('an error reply becomes an ApiError with its facts', async () => {
  const { client } = answered(
    422,
    {
      detail: [
        {
          type: 'missing',
          loc: ['body', 'attachments', 0, 'file_id'],
          msg: '`attachments.0.file_id` is required',
          code: 'validation_failed',
          replacement: 'x',
          input: 'left out',
        },
      ],
      code: 'validation_failed',
    },
    { 'X-Request-Id': 'req-7' },
  )

  const error = await failureOf(client.tickets.retrieve('1'))

  expect(JSON.parse(JSON.stringify(error))).toEqual({
    name: 'ApiError',
    message:
      'GET /tickets/{ticket_id} was answered with 422 validation_failed: `attachments.0.file_id` is required (request req-7)',
    endpoint: 'tickets.retrieve',
    status: 422,
    code: 'validation_failed',
    issues: [
      {
        type: 'missing',
        loc: ['body', 'attachments', 0, 'file_id'],
        msg: '`attachments.0.file_id` is required',
        code: 'validation_failed',
        replacement: 'x',
      },
    ],
    requestId: 'req-7',
    attempts: 1,
  })
})

test('the text of a 4xx is in the message, that of a 5xx is not', async () => {
  const refused = await failureOf(answered(400, { detail: 'Missing required field' }).client.tickets.retrieve('1'))
  const failed = await failureOf(answered(500, { detail: 'INSERT INTO x' }).client.tickets.retrieve('1'))
  const plain = await failureOf(
    connectTo(() => new Response('Internal Server Error', { status: 500 })).client.tickets.retrieve('1'),
  )
  const page = await failureOf(
    connectTo(() => new Response('<html>Bad Gateway</html>', { status: 502 })).client.tickets.retrieve('1'),
  )

  expect([refused, failed, plain, page].map((error) => (error as Error).message)).toEqual([
    'GET /tickets/{ticket_id} was answered with 400: Missing required field',
    'GET /tickets/{ticket_id} was answered with 500 internal',
    'GET /tickets/{ticket_id} was answered with 500 internal',
    'GET /tickets/{ticket_id} was answered with 502',
  ])
})

test('the code of a 5xx is on the error', async () => {
  const { client } = answered(502, { detail: 'the platform refused', code: 'external_creation_failed' })

  expect(await failureOf(client.tickets.retrieve('1'))).toMatchObject({ status: 502, code: 'external_creation_failed' })
})

test.each([
  [401, 'unauthenticated'],
  [404, 'not_found'],
  [405, 'method_not_allowed'],
  [413, 'payload_too_large'],
  [415, 'unsupported_media_type'],
  [422, 'validation_failed'],
  [429, 'rate_limited'],
  [500, 'internal'],
  [400, undefined],
  [403, undefined],
  [409, undefined],
  [503, undefined],
])('an error reply with status %s and no code has the code %s', async (status, code) => {
  const { client } = answered(status, { detail: 'x' })

  expect(await failureOf(client.tickets.retrieve('1'))).toMatchObject({ status, code })
})

test('a code that is newer than this version is on the error', async () => {
  const { client } = answered(409, { detail: 'x', code: 'a_code_of_tomorrow' })

  expect(await failureOf(client.tickets.retrieve('1'))).toMatchObject({ code: 'a_code_of_tomorrow' })
})

test.each(['Not a code!', '! a_code', 'a_code !', 'A_code', '1code', '', 'a'.repeat(62)])(
  'an invalid code is ignored: %j',
  async (code) => {
    const { client } = answered(409, { detail: 'x', code })

    expect(await failureOf(client.tickets.retrieve('1'))).toMatchObject({ code: undefined })
  },
)

test.each([
  ['nothing', undefined, []],
  ['a text', 'x', []],
  ['an object', {}, []],
  ['a list with other things in it', ['x', null, { msg: 'm' }], [{ type: 'value_error', loc: [], msg: 'm' }]],
  ['an issue without a text', [{ loc: ['body', true] }], [{ loc: ['body', 'true'], msg: 'is not valid' }]],
])('an error reply whose detail is %s has these issues', async (_, detail, issues) => {
  const { client } = answered(422, { detail })

  expect(await failureOf(client.tickets.retrieve('1'))).toMatchObject({ status: 422, issues })
})

test('a long text is truncated', async () => {
  const { client } = answered(400, { detail: 'x'.repeat(2000) })

  expect(((await failureOf(client.tickets.retrieve('1'))) as Error).message).toHaveLength(
    'GET /tickets/{ticket_id} was answered with 400: '.length + 501,
  )
})

test.each([
  ['seconds', { 'Retry-After': '17' }, {}, 17],
  ['a date', { 'Retry-After': 'Sat, 06 Sep 2025 12:00:30 GMT' }, {}, 30],
  ['a date in the form of RFC 850', { 'Retry-After': 'Saturday, 06-Sep-25 12:00:30 GMT' }, {}, 30],
  ['a date in the form of asctime, which is UTC', { 'Retry-After': 'Sat Sep  6 12:00:30 2025' }, {}, 30],
  ['a text that contains a month', { 'Retry-After': 'Sep 7' }, {}, undefined],
  ['a date that is past', { 'Retry-After': 'Sat, 06 Sep 2025 11:00:00 GMT' }, {}, 0],
  ['in the body only', {}, { error: 'x', retry_after: 9 }, 9],
  ['nonsense in the header, and a number in the body', { 'Retry-After': 'soon' }, { retry_after: 9 }, 9],
  ['nonsense that some would take for a date', { 'Retry-After': '-5' }, {}, undefined],
  ['nonsense in the body', {}, { retry_after: -1 }, undefined],
  ['not at all', {}, {}, undefined],
])('the seconds to wait, sent as %s', async (_, headers, body, seconds) => {
  vi.setSystemTime('2025-09-06T12:00:00Z')
  const { client } = answered(429, body, headers)

  const error = await failureOf(client.tickets.retrieve('1'))

  expect(error).toMatchObject({ name: 'ApiError', status: 429, code: 'rate_limited', retryAfter: seconds })
})

test.each(['req 7', 'x'.repeat(201), '"><script>'])('an invalid request id (%s) is ignored', async (id) => {
  const { client } = answered(404, {}, { 'X-Request-Id': id })

  expect(await failureOf(client.tickets.retrieve('1'))).toMatchObject({ requestId: undefined })
})

test('a request id that the caller chose is on the error', async () => {
  const { client } = connectTo((request) =>
    Response.json({}, { status: 404, headers: { 'X-Request-Id': request.headers.get('X-Request-Id') ?? '' } }),
  )

  const error = await failureOf(client.tickets.retrieve('1', { headers: { 'x-request-id': 'mine-1' } }))

  expect(error).toMatchObject({ requestId: 'mine-1' })
})

test('an integration error of the service has the same class as one of the client', async () => {
  const post = (status: number, body: object) =>
    failureOf(
      connectTo(() => Response.json(body, { status, headers: { 'X-Request-Id': 'req-1' } })).client.tickets.create({
        title: 'a',
        description: 'b',
        integration_id: '00000000-0000-4000-8000-000000000001',
      }),
    )

  const id = '00000000-0000-4000-8000-000000000001'
  expect(await post(422, { detail: 'none', code: 'integration_not_found' })).toMatchObject({
    name: 'IntegrationNotFoundError',
    code: 'integration_not_found',
    message: 'none',
    id,
    requestId: 'req-1',
  })
  expect(await post(422, { detail: 'off', code: 'integration_unusable', reason: 'suspended' })).toMatchObject({
    name: 'IntegrationUnusableError',
    reason: 'suspended',
    id,
  })
  expect(await post(422, { detail: 'off', code: 'integration_unusable' })).toMatchObject({ reason: 'unknown' })
  expect(
    await post(409, { detail: 'two', code: 'ambiguous_integration_name', candidates: [{ id: '1', name: 'A' }, 'x'] }),
  ).toMatchObject({
    name: 'AmbiguousIntegrationError',
    candidates: [{ id: '1', name: 'A', platform_name: '', status: '' }],
  })
  expect(await post(409, { detail: 'two', code: 'ambiguous_integration_name' })).toMatchObject({ candidates: [] })
})

test.each([
  ['an empty reply', '', 'is empty'],
  ['half of a reply', '{"id": "1"', 'is not JSON'],
  ['a page', '<html>Log in</html>', 'is not JSON'],
  ['a list', '[]', 'is of another type than the contract has'],
  ['a text', '"x"', 'is of another type than the contract has'],
  ['null', 'null', 'is of another type than the contract has'],
])('%s instead of a ticket is a ResponseMismatchError', async (_, text, what) => {
  const { client } = connectTo(() => new Response(text, { headers: { 'X-Request-Id': 'req-1' } }))

  expect(await failureOf(client.tickets.retrieve('1'))).toMatchObject({
    name: 'ResponseMismatchError',
    message: `GET /tickets/{ticket_id} was answered with 200, but the reply ${what}`,
    endpoint: 'tickets.retrieve',
    status: 200,
    requestId: 'req-1',
  })
})

test.each(['{}', '{"items":{}}', '[]', '{"items":[1]}', 'null'])(
  '%s instead of a page is a ResponseMismatchError',
  async (text) => {
    const { client } = connectTo(() => new Response(text))

    expect(await failureOf(client.tickets.list())).toMatchObject({ name: 'ResponseMismatchError' })
  },
)

test.each(['{}', '{"items":[]}', '[null]'])('%s instead of a list is a ResponseMismatchError', async (text) => {
  const { client } = connectTo(() => new Response(text))

  expect(await failureOf(client.integrations.list())).toMatchObject({ name: 'ResponseMismatchError' })
})

// One of each class, from the two copies of the package that a program with ESM and CJS parts loads.
const samples = (copy: typeof sdk) => ({
  ApiError: new copy.ApiError('m', { endpoint: 'tickets.list', status: 500, attempts: 1 }),
  ConnectionError: new copy.ConnectionError('m', {
    endpoint: 'tickets.list',
    attempts: 1,
    cause: { name: 'Error', code: 'ECONNRESET' },
  }),
  TimeoutError: new copy.TimeoutError({ limit: 'timeout', ms: 1, attempts: 1 }),
  InvalidRequestError: new copy.InvalidRequestError([]),
  IntegrationNotFoundError: new copy.IntegrationNotFoundError('m', {}),
  AmbiguousIntegrationError: new copy.AmbiguousIntegrationError('m', { candidates: [] }),
  IntegrationUnusableError: new copy.IntegrationUnusableError('m', { reason: 'error' }),
  FilterNotSupportedError: new copy.FilterNotSupportedError({ filter: 'f', reason: 'not_shown', scanLimit: 1 }),
  ResponseMismatchError: new copy.ResponseMismatchError('m', {
    endpoint: 'tickets.list',
    status: 200,
    requestId: undefined,
  }),
})
const guards: Record<string, (value: unknown) => boolean> = {
  ApiError: sdk.isApiError,
  ConnectionError: sdk.isConnectionError,
  TimeoutError: sdk.isTimeoutError,
  InvalidRequestError: sdk.isInvalidRequestError,
  IntegrationNotFoundError: sdk.isIntegrationNotFoundError,
  AmbiguousIntegrationError: sdk.isAmbiguousIntegrationError,
  IntegrationUnusableError: sdk.isIntegrationUnusableError,
  FilterNotSupportedError: sdk.isFilterNotSupportedError,
  ResponseMismatchError: sdk.isResponseMismatchError,
}

test('each guard accepts its class of any copy of the package, and no other', async () => {
  vi.resetModules()
  const copy: typeof sdk = await import('../src/index.ts')
  expect(copy.ApiError).not.toBe(sdk.ApiError)

  for (const made of [samples(sdk), samples(copy)])
    for (const [name, error] of Object.entries(made))
      expect(Object.keys(guards).filter((guard) => guards[guard]?.(error))).toEqual([name])
})

const statusGuards = {
  401: sdk.isAuthenticationError,
  403: sdk.isPermissionError,
  404: sdk.isNotFoundError,
  429: sdk.isRateLimitError,
}

test.each([400, 401, 403, 404, 409, 429, 500])('only the guard of %i accepts an ApiError with it', async (status) => {
  const { client } = answered(status, { detail: 'no' })

  const error = await failureOf(client.tickets.retrieve('1'))

  expect(Object.entries(statusGuards).flatMap(([name, guard]) => (guard(error) ? [Number(name)] : []))).toEqual(
    status in statusGuards ? [status] : [],
  )
})

test('a guard of a status refuses other values that have it', () => {
  const values: unknown[] = [{ status: 404 }, Object.assign(new Error('no'), { status: 404 }), null, undefined, 404]

  expect(values.filter(sdk.isNotFoundError)).toEqual([])
})

test('the guards accept any value', () => {
  for (const value of [undefined, null, 'x', 1, {}, new Error('x'), () => {}])
    for (const guard of Object.values(guards)) expect(guard(value)).toBe(false)
})

test('each error has its name in its stack, in logs and in JSON', () => {
  for (const [name, error] of Object.entries(samples(sdk))) {
    expect(error).toBeInstanceOf(Error)
    expect(error.stack?.startsWith(`${name}: ${error.message}`)).toBe(true)
    expect(String(error).startsWith(name)).toBe(true)
    expect(inspect(error)).toContain(name)
    expect(JSON.parse(JSON.stringify(error))).toMatchObject({ name, message: error.message })
    expect(Object.keys(error)).not.toContain('name')
  }
})

test('the codes that follow from a status are those of the domain', () => {
  expect([problems.unauthenticated.status, problems.rate_limited.status]).toEqual([401, 429])
})

test('the user and the password in a URL of the input are not in an error', async () => {
  const { client } = connectTo(() =>
    Response.json({ detail: 'cannot reach https://s3cr3t-user:s3cr3t-word@jira.example.test' }, { status: 400 }),
  )
  const input = {
    name: 'A',
    platform_name: 'jira',
    base_url: 'https://s3cr3t-user:s3cr3t-word@jira.example.test',
  } as const

  const error = await failureOf(client.integrations.create(input))

  expect(`${String(error)} ${JSON.stringify(error)}`).not.toMatch(/s3cr3t/)
})
