import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { type Client, createClient, isConnectionError, isOutcomeUnknownError } from '../src/index.ts'
import { connectTo, failureOf } from './backend.ts'

afterEach(() => {
  vi.unstubAllGlobals()
})

// Errors of `fetch` as the runtimes throw them.

const node = (cause: object, message = 'fetch failed') =>
  Object.assign(new TypeError(message), { cause: Object.assign(new Error('…'), cause) })
const bun = (code: string, more: object = {}) => Object.assign(new TypeError('…'), { code, ...more })
const deno = (message: string) => Object.assign(new TypeError('fetch failed'), { cause: new Error(message) })
const denoConnect = (text: string) =>
  deno(`error sending request for url (https://tickets.example.test/): client error (Connect): ${text}`)

// These may pass: the request is sent again, also a create.
const unreachable: [string, Error, code: string][] = [
  ['Node: refused', node({ code: 'ECONNREFUSED', syscall: 'connect' }), 'ECONNREFUSED'],
  ['Node: refused at every address', node({ errors: [{ code: 'ECONNREFUSED' }] }), 'ECONNREFUSED'],
  ['Node: unknown host', node({ code: 'ENOTFOUND', syscall: 'getaddrinfo' }), 'ENOTFOUND'],
  ['Node: no name server', node({ code: 'EAI_AGAIN', syscall: 'getaddrinfo' }), 'EAI_AGAIN'],
  ['Node: connect timeout', node({ code: 'UND_ERR_CONNECT_TIMEOUT' }), 'UND_ERR_CONNECT_TIMEOUT'],
  ['Node: no route', node({ code: 'EHOSTUNREACH', syscall: 'connect' }), 'EHOSTUNREACH'],
  ['Node: no network', node({ code: 'ENETUNREACH', syscall: 'connect' }), 'ENETUNREACH'],
  ['Node: connect timeout of the system', node({ code: 'ETIMEDOUT', syscall: 'connect' }), 'ETIMEDOUT'],
  ['Bun: refused', bun('ECONNREFUSED'), 'ECONNREFUSED'],
  ['Bun: unknown host', bun('ENOTFOUND', { syscall: 'getaddrinfo' }), 'ENOTFOUND'],
  ['Deno: refused', denoConnect('tcp connect error: Connection refused (os error 111)'), 'ECONNREFUSED'],
  ['Deno: unknown host', denoConnect('dns error: failed to lookup address information'), 'ENOTFOUND'],
  ['Deno: no route', denoConnect('tcp connect error: No route to host (os error 113)'), 'EHOSTUNREACH'],
  ['Deno: no network', denoConnect('tcp connect error: Network is unreachable (os error 101)'), 'ENETUNREACH'],
]

// These do not pass by themselves: the call fails at once.
const notSent: [string, Error, code: string][] = [
  ['Node: self-signed', node({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }), 'DEPTH_ZERO_SELF_SIGNED_CERT'],
  ['Node: own authority', node({ code: 'SELF_SIGNED_CERT_IN_CHAIN' }), 'SELF_SIGNED_CERT_IN_CHAIN'],
  ['Node: unknown authority', node({ code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }), 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
  ['Node: expired', node({ code: 'CERT_HAS_EXPIRED' }), 'CERT_HAS_EXPIRED'],
  ['Node: other host', node({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' }), 'ERR_TLS_CERT_ALTNAME_INVALID'],
  [
    'Node: blocked port',
    Object.assign(new TypeError('fetch failed'), { cause: new Error('bad port') }),
    'ERR_BLOCKED_PORT',
  ],
  [
    'Node: a Request of another library',
    node({ code: 'ERR_INVALID_URL' }, 'Failed to parse URL from [object Request]'),
    'ERR_INVALID_URL',
  ],
  ['undici: wrong argument', bun('UND_ERR_INVALID_ARG'), 'UND_ERR_INVALID_ARG'],
  ['node-fetch: wrong argument', bun('ERR_INVALID_ARG_TYPE'), 'ERR_INVALID_ARG_TYPE'],
  ['Bun: expired', bun('CERT_HAS_EXPIRED'), 'CERT_HAS_EXPIRED'],
  ['Bun: wrong argument', bun('ERR_INVALID_ARG_VALUE'), 'ERR_INVALID_ARG_VALUE'],
  ['Deno: bad certificate', denoConnect('invalid peer certificate: Expired'), 'CERT_REJECTED'],
  ['Deno: blocked port', new TypeError('Fetch failed: Requests to port 6000 are blocked'), 'ERR_BLOCKED_PORT'],
]

// The service may have received the request.
const lost: [string, unknown][] = [
  ['Node: reset', node({ code: 'ECONNRESET', syscall: 'read' })],
  ['Node: closed', node({ code: 'UND_ERR_SOCKET' })],
  ['Node: a read timeout of the system', node({ code: 'ETIMEDOUT', syscall: 'read' })],
  ['Node: the route was lost', node({ code: 'EHOSTUNREACH', syscall: 'read' })],
  ['Node: a broken pipe', node({ code: 'EPIPE', syscall: 'write' })],
  ['Node: garbage instead of a reply', node({})],
  ['Bun: reset', bun('ECONNRESET')],
  ['Deno: reset', deno('Connection reset by peer (os error 104)')],
  ['Deno: closed', deno('client error (SendRequest): connection closed before message completed')],
  ['Deno: an unknown failure of the connection', denoConnect('operation timed out')],
  ['a browser', new TypeError('Failed to fetch')],
  ['a worker', new Error('Network connection lost.')],
  ['a text', 'client error (Connect): Connection refused'],
  ['nothing', undefined],
]

const creates = {
  'a ticket': (client: Client) => client.tickets.create({ title: 'T', description: 'D' }),
  'an integration': (client: Client) => client.integrations.create({ name: 'A', platform_name: 'jira' }),
  'an AI ticket': (client: Client) => client.tickets.createWithAi({ user_input: 'T' }),
}

function failing(error: unknown) {
  async function fail(): Promise<Response> {
    throw error
  }
  return connectTo(fail, { retry: { baseDelay: 1 } })
}

describe.each(unreachable)('%s', (_name, error, code) => {
  test('a read is retried, and fails with the code', async () => {
    const { client } = failing(error)

    expect(await failureOf(client.tickets.retrieve('1'))).toMatchObject({
      name: 'ConnectionError',
      code,
      sent: 'no',
      attempts: 3,
    })
  })

  test.each(Object.entries(creates))(
    'the create of %s is retried, and nothing is in doubt',
    async (_entity, create) => {
      const { client } = failing(error)

      expect(await failureOf(create(client))).toMatchObject({ name: 'ConnectionError', code, sent: 'no', attempts: 3 })
    },
  )
})

describe.each(notSent)('%s', (_name, error, code) => {
  test('a read fails at once with the code', async () => {
    const { client } = failing(error)

    expect(await failureOf(client.tickets.retrieve('1'))).toMatchObject({
      name: 'ConnectionError',
      message: `GET /tickets/{ticket_id} at tickets.example.test: not sent (${code})`,
      code,
      sent: 'no',
      attempts: 1,
    })
  })

  test.each(Object.entries(creates))(
    'the create of %s fails at once, and nothing is in doubt',
    async (_entity, create) => {
      const { client } = failing(error)

      expect(await failureOf(create(client))).toMatchObject({ name: 'ConnectionError', code, sent: 'no', attempts: 1 })
    },
  )
})

describe.each(lost)('%s', (_name, error) => {
  test('a read is retried', async () => {
    const { client } = failing(error)

    const failure = await failureOf(client.tickets.retrieve('1'))

    expect(failure).toSatisfy(isConnectionError)
    expect(failure).toMatchObject({ sent: 'unknown', attempts: 3 })
  })

  test.each(Object.entries(creates))('the create of %s is in doubt', async (_entity, create) => {
    const { client } = failing(error)

    const failure = await failureOf(create(client))

    expect(failure).toSatisfy(isOutcomeUnknownError)
    expect(failure).toMatchObject({ attempts: 1, cause: { name: 'ConnectionError', sent: 'unknown' } })
  })
})

test('an update of a row that was not sent is not in doubt either', async () => {
  const { client } = failing(node({ code: 'CERT_HAS_EXPIRED' }))

  expect(await failureOf(client.tickets.replace('1', { title: 'a' }))).toMatchObject({ sent: 'no', attempts: 1 })
})

test('a Request that cannot be made was not sent', async () => {
  vi.stubGlobal('Request', function Request() {
    throw new TypeError('not in this runtime')
  })
  const { client } = failing(undefined)

  const failure = await failureOf(client.tickets.create({ title: 'T', description: 'D' }))

  expect(failure).toMatchObject({
    name: 'ConnectionError',
    message: 'POST /tickets/ at tickets.example.test: not sent (not in this runtime)',
    sent: 'no',
    attempts: 1,
  })
})

test.each([
  [new TypeError('Promise.withResolvers is not a function'), 'TypeError'],
  [new ReferenceError('proxyAgent is not defined'), 'ReferenceError'],
  [new TypeError("Cannot read properties of undefined (reading 'dispatcher')"), 'TypeError'],
])('a mistake in the fetch of the caller is shown: %s', async (mistake, name) => {
  const { client } = failing(mistake)

  const failure = await failureOf(client.tickets.retrieve('1'))

  expect(failure).toMatchObject({
    name: 'ConnectionError',
    message: `GET /tickets/{ticket_id} at tickets.example.test: no reply (${mistake.message})`,
    sent: 'unknown',
    cause: { name, message: mistake.message },
  })
})

test.each(['test-token is not a function', 'failed for https://a.example.test/?key=1', 'x is not a function: test'])(
  'another message is not shown, as it may contain the request: %s',
  async (message) => {
    const { client } = failing(new TypeError(message))

    const failure = await failureOf(client.tickets.retrieve('1'))

    expect(failure).toHaveProperty('message', 'GET /tickets/{ticket_id} at tickets.example.test: no reply')
    expect(JSON.stringify(failure)).not.toContain(message)
  },
)

test('a mistake whose message contains the token is not shown', async () => {
  const token = 'tokenOfTheCaller'
  const { client } = connectTo(() => Promise.reject(new TypeError(`${token} is not a function`)), { token })

  const failure = await failureOf(client.tickets.retrieve('1'))

  expect(failure).toMatchObject({
    name: 'ConnectionError',
    message: 'GET /tickets/{ticket_id} at tickets.example.test: no reply',
  })
  expect(JSON.stringify(failure)).not.toContain(token)
})

describe('with the fetch of this runtime', () => {
  const create = (baseUrl: string) =>
    createClient({ baseUrl, token: 't', generation: 'current', maxRetries: 1, retry: { baseDelay: 1 } }).tickets.create(
      {
        title: 'T',
        description: 'D',
      },
    )

  test('a closed port is unreachable', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    server.close()
    await once(server, 'close')

    const failure = await failureOf(create(`http://127.0.0.1:${port}`))

    expect(failure).toMatchObject({ code: 'ECONNREFUSED', sent: 'no', attempts: 2 })
  })

  test('a blocked port is not sent', async () => {
    const failure = await failureOf(create('http://127.0.0.1:6000'))

    expect(failure).toMatchObject({ code: 'ERR_BLOCKED_PORT', sent: 'no', attempts: 1 })
  })
})
