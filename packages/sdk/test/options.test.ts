import { afterEach, expect, test, vi } from 'vitest'
import { createClient } from '../src/index.ts'
import { connect, connectTo, failureOf, recordRequests } from './backend.ts'

afterEach(() => {
  vi.unstubAllGlobals()
})

const options = { baseUrl: 'https://tickets.example.test', token: 't', generation: 'current' } as const

test.each([
  ['https://tickets.example.test', 'https://tickets.example.test/api/v1/tickets/1'],
  ['https://tickets.example.test/', 'https://tickets.example.test/api/v1/tickets/1'],
  ['https://tickets.example.test/api/v1', 'https://tickets.example.test/api/v1/tickets/1'],
  ['https://tickets.example.test/api/v1/', 'https://tickets.example.test/api/v1/tickets/1'],
  ['http://localhost:8080/desk//', 'http://localhost:8080/desk/api/v1/tickets/1'],
  ['https://tickets.example.test/api/v1/eu', 'https://tickets.example.test/api/v1/eu/api/v1/tickets/1'],
  ['https://tickets.example.test/my-api/v1', 'https://tickets.example.test/my-api/v1/api/v1/tickets/1'],
  [' https://tickets.example.test ', 'https://tickets.example.test/api/v1/tickets/1'],
  [new URL('https://tickets.example.test/api/v1'), 'https://tickets.example.test/api/v1/tickets/1'],
])('the base URL %s gives %s', async (baseUrl, url) => {
  const urls: string[] = []
  const client = createClient({
    ...options,
    baseUrl,
    fetch: async (request) => {
      urls.push(request.url)
      return Response.json({ id: '1' })
    },
  })

  await client.tickets.retrieve('1')

  expect(urls).toEqual([url])
})

test.each([
  [
    'no address',
    { baseUrl: 'tickets.example.test' },
    '`baseUrl` must be a complete address, such as https://tickets.example.test',
  ],
  ['another protocol', { baseUrl: 'ftp://tickets.example.test' }, '`baseUrl` must start with https:// or http://'],
  [
    'a query',
    { baseUrl: 'https://tickets.example.test/?key=s3cr3t' },
    '`baseUrl` must have neither query nor fragment',
  ],
  ['an empty query', { baseUrl: 'https://tickets.example.test/?' }, '`baseUrl` must have neither query nor fragment'],
  ['a fragment', { baseUrl: 'https://tickets.example.test/#s3cr3t' }, '`baseUrl` must have neither query nor fragment'],
  [
    'credentials',
    { baseUrl: 'https://bot:s3cr3t@tickets.example.test' },
    '`baseUrl` must not contain credentials; pass them as `token`',
  ],
  [
    'a user',
    { baseUrl: 'https://s3cr3t@tickets.example.test' },
    '`baseUrl` must not contain credentials; pass them as `token`',
  ],
  ['a retry that is a number', { retry: 3 as never }, '`retry` must be an object or false'],
  ['a retry that is null', { retry: null as never }, '`retry` must be an object or false'],
  [
    'the former name of the retries',
    { retry: { attempts: 3 } },
    '`attempts` is not an option of `retry`; use `maxRetries`',
  ],
  ['less than no retry', { maxRetries: -1 }, '`maxRetries` must be a whole number, 0 or more'],
  ['half a retry', { maxRetries: 1.5 }, '`maxRetries` must be a whole number, 0 or more'],
  [
    'an address that is undefined',
    { baseUrl: undefined },
    '`baseUrl` is undefined: is the variable that it comes from set?',
  ],
  [
    'a header with a line break',
    { headers: { 'X-A': 's3cr3t\n' } },
    'the header `X-A` must be a string that is valid in a header',
  ],
  [
    'headers whose entries would be lost',
    { headers: new Headers({ 'X-A': 's3cr3t' }) },
    '`headers` must be a plain object from header names to strings',
  ],
  ['headers that are null', { headers: null }, '`headers` must be a plain object from header names to strings'],
  [
    'a log level that does not exist',
    { logLevel: 'all' },
    "`logLevel` must be 'off', 'error', 'warn', 'info' or 'debug'",
  ],
  ['a logger without methods', { logger: {} }, '`logger` must have the methods `debug`, `info`, `warn` and `error`'],
  [
    'a delay below 0',
    { retry: { baseDelay: -1 } },
    '`retry.baseDelay` must be a number of milliseconds above 0 and at most 2147483647 (24.8 days)',
  ],
  [
    'no limit',
    { retry: { maxDelay: Infinity } },
    '`retry.maxDelay` must be a number of milliseconds above 0 and at most 2147483647 (24.8 days)',
  ],
  ['an old word', { retry: { retries: 3 } as never }, '`retries` is not an option of `retry`'],
  ['a token that is undefined', { token: undefined }, '`token` is undefined: is the variable that it comes from set?'],
  ['an empty token', { token: ' ' }, '`token` must be a string that is valid in a header, or a function'],
  [
    'a token with a line break',
    { token: 's3cr3t\nX-Evil: 1' },
    '`token` must be a string that is valid in a header, or a function',
  ],
  ['a generation to come', { generation: 's3cr3t' }, "`generation` must be 'auto', 'current' or 'legacy'"],
  ['a consumer with a line break', { consumer: 'a\r\nb' }, '`consumer` must be a string that is valid in a header'],
  ['no time', { timeout: 0 }, '`timeout` must be a number of milliseconds above 0 and at most 2147483647 (24.8 days)'],
  [
    'too much time for a timer',
    { totalTimeout: 2 ** 31 },
    '`totalTimeout` must be a number of milliseconds above 0 and at most 2147483647 (24.8 days)',
  ],
  [
    'time as a text',
    { nameCacheTtl: '5' },
    '`nameCacheTtl` must be a number of milliseconds above 0 and at most 2147483647 (24.8 days)',
  ],
  ['a fetch that is none', { fetch: {} }, '`fetch` must be a function'],
  ['an option that does not exist', { retries: 3 }, '`retries` is not an option of createClient'],
])('%s is refused at once, and the message does not quote the value', (_, wrong, message) => {
  const make = () => createClient({ ...options, ...(wrong as object) })

  expect(make).toThrow(new TypeError(message))
  expect(make).not.toThrow(/s3cr3t/)
})

test.each([
  ['no time', { timeout: 0 }, ['options', 'timeout']],
  ['an idempotency key with a line break', { idempotencyKey: 'a\nb' }, ['options', 'idempotencyKey']],
  ['a header with a line break', { headers: { 'X-A': 'a\nb' } }, ['options', 'headers', 'X-A']],
  ['a header that is no Latin text', { headers: { 'X-A': '✓' } }, ['options', 'headers', 'X-A']],
  ['a header whose name is none', { headers: { 'X A': 'a' } }, ['options', 'headers']],
  ['headers whose entries would be lost', { headers: new Headers({ 'X-A': 'a' }) }, ['options', 'headers']],
  ['retries that are no number', { maxRetries: '2' }, ['options', 'maxRetries']],
  ['headers that are null', { headers: null }, ['options', 'headers']],
  ['no rows to look at', { scanLimit: 0 }, ['options', 'scanLimit']],
  ['rows that are no number', { scanLimit: Number.NaN }, ['options', 'scanLimit']],
  ['an option that does not exist', { idempotencykey: 'a' }, ['options', 'idempotencykey']],
])('%s is refused before a request is sent', async (_, wrong, loc) => {
  const { client, seen } = connect()

  const error = await failureOf(client.tickets.list({}, wrong as object))

  expect(error).toMatchObject({ name: 'InvalidRequestError', issues: [{ loc, code: 'validation_failed' }] })
  expect(seen).toEqual([])
})

test('`consumer` is sent in two headers', async () => {
  const { client, seen } = connect({ consumer: 'billing@1.4' })

  await client.tickets.list()

  expect(seen[0]?.headers).toMatchObject({
    'x-client': 'billing@1.4',
    'user-agent': 'billing@1.4 ai-ticket-creator-sdk',
    authorization: 'Bearer test-token',
    accept: 'application/json',
  })
  expect(seen[0]?.headers).not.toHaveProperty('content-type')
})

test.each(['Mozilla/5.0 (X11; Linux x86_64)'])('no User-Agent is sent from a browser', async (userAgent) => {
  vi.stubGlobal('navigator', { userAgent })
  const { client, seen } = connect({ consumer: 'billing@1.4' })

  await client.tickets.list()

  expect(seen[0]?.headers).toMatchObject({ 'x-client': 'billing@1.4' })
  expect(seen[0]?.headers).not.toHaveProperty('user-agent')
})

test('User-Agent is sent where there is no navigator', async () => {
  vi.stubGlobal('navigator', undefined)
  const { client, seen } = connect({ consumer: 'billing@1.4' })

  await client.tickets.list()

  expect(seen[0]?.headers).toHaveProperty('user-agent')
})

test('without `consumer`, no header names the client', async () => {
  const { client, seen } = connect()

  await client.tickets.list()

  expect(Object.keys(seen[0]?.headers ?? {})).toEqual(['accept', 'authorization'])
})

test('the headers of a call win over those of the client', async () => {
  const { client, seen } = connect({ consumer: 'billing@1.4' })

  await client.tickets.list({}, { headers: { 'x-client': 'other', Prefer: 'handling=strict' } })

  expect(seen[0]?.headers).toMatchObject({ 'x-client': 'other', prefer: 'handling=strict' })
})

test('an idempotency key is sent with the POST of a call only', async () => {
  const { client, seen } = connect()

  await client.integrations.create({ name: 'Bugs', platform_name: 'jira' }, { idempotencyKey: 'key-1' })
  const bug = { title: 'a', description: 'b', integration_name: 'Bugs' }
  const { id } = await client.tickets.create(bug, { idempotencyKey: 'key-2' })
  await client.tickets.update(id, { title: 'c' }, { idempotencyKey: 'key-3' })
  await client.tickets.delete(id, { idempotencyKey: 'key-4' })

  expect(seen.map(({ method, headers }) => [method, headers['idempotency-key']])).toEqual([
    ['POST', 'key-1'],
    ['GET', undefined],
    ['POST', 'key-2'],
    ['PATCH', undefined],
    ['DELETE', undefined],
  ])
})

test('a token function is called before each request', async () => {
  let count = 0
  const { client, seen } = connectTo(() => Response.json([]), {
    token: async () => {
      count += 1
      return `token-${count}`
    },
  })

  await client.integrations.list()
  await client.integrations.list()

  expect(seen.map(({ headers }) => headers['authorization'])).toEqual(['Bearer token-1', 'Bearer token-2'])
})

test('after a 401 the token function is called once more, also for a write', async () => {
  const tokens = ['stale', 'test-token']
  const { client, seen } = connect({ token: () => tokens.shift() ?? 'none' })

  const created = await client.integrations.create({ name: 'A', platform_name: 'jira' })

  expect(created.name).toBe('A')
  expect(seen.map(({ headers }) => headers['authorization'])).toEqual(['Bearer stale', 'Bearer test-token'])
})

test('a second 401 is the result', async () => {
  const tokens = ['stale', 'stale too', 'test-token']
  const { client, seen } = connect({ token: () => tokens.shift() ?? 'none' })

  const error = await failureOf(client.integrations.list())

  expect(error).toMatchObject({ name: 'ApiError', status: 401, code: 'unauthenticated', attempts: 2 })
  expect(seen).toHaveLength(2)
})

test.each([
  ['as a text', 'stale'],
  ['by a function that has no other', () => 'stale'],
])('after a 401 a token that is given %s is not sent again', async (_, token) => {
  const { client, seen } = connect({ token })

  const error = await failureOf(client.integrations.list())

  expect(error).toMatchObject({ status: 401, attempts: 1 })
  expect(seen).toHaveLength(1)
})

test('an error of the token function is thrown unchanged', async () => {
  const reason = new Error('the vault is closed')
  const { client, seen } = connect({ token: () => Promise.reject(reason) })

  expect(await failureOf(client.tickets.list())).toBe(reason)
  expect(seen).toEqual([])
})

test('a token function that returns no token is an InvalidRequestError', async () => {
  const { client, seen } = connect({ token: () => undefined as never })

  expect(await failureOf(client.tickets.list())).toMatchObject({
    name: 'InvalidRequestError',
    issues: [{ loc: ['options', 'token'] }],
  })
  expect(seen).toEqual([])
})

test('without the option `fetch` the current global fetch is used', async () => {
  const client = createClient(options)
  const { seen, fetch } = recordRequests(() => Response.json([]))
  vi.stubGlobal('fetch', fetch)

  await client.integrations.list()

  expect(seen).toHaveLength(1)
})

test('the token is not visible in a client', async () => {
  const { inspect } = await import('node:util')
  const client = createClient({ ...options, token: 'a-secret-token' })

  expect(inspect(client, { depth: 10, showHidden: true })).not.toContain('a-secret-token')
  expect(JSON.stringify(client)).toBe(
    '{"integrations":{},"tickets":{"attachments":{}},"deprecations":{"version":1,"entries":[]}}',
  )
})
