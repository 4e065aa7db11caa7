import { once } from 'node:events'
import { createServer, get } from 'node:http'
import { get as getSecurely } from 'node:https'
import { syncBuiltinESMExports } from 'node:module'
import { Socket } from 'node:net'
import { HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { createTestApi } from '../../src/index.ts'
import { startTestApi, unhandledIsError } from '../../src/node.ts'
import { caught, transports } from './transports.ts'

/** A real server that counts connections. */
async function openSocket() {
  const server = createServer((_, response) => response.end('real'))
  let connections = 0
  server.on('connection', () => {
    connections++
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    get connections() {
      return connections
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

// Unhandled requests are logged.
const logged: string[] = []
beforeEach(() => {
  logged.length = 0
  vi.spyOn(console, 'error').mockImplementation((error: unknown) => void logged.push(String(error)))
})
afterEach(() => {
  vi.restoreAllMocks()
})

test('the error for an unhandled request names the hosts of the running APIs', async () => {
  using api = startTestApi({ baseUrl: 'https://shop.example.test' })

  await caught(fetch(`${api.baseUrl.replace('shop', 'shops')}/api/v1/tickets/`))

  expect(logged).toEqual([
    'TestApiError: GET https://shops.example.test/api/v1/tickets/ has no handler, and may not leave; ' +
      'test APIs run at https://shop.example.test, and `allow` permits other requests',
  ])
})

describe.each(transports)('$name', ({ open }) => {
  test('a request to another host fails without a connection', async () => {
    await using socket = await openSocket()
    using opened = open()

    // MSW would let requests through that look like files.
    for (const path of ['/api/v1/tickets/', '/logo.png', '/main.js'])
      expect(await caught(opened.fetch(`${socket.url}${path}`))).toBeInstanceOf(TypeError)

    expect(socket.connections).toBe(0)
    expect(logged).toHaveLength(3)
    expect(logged[0]).toContain(`TestApiError: GET ${socket.url}`)
  })

  test('a path outside of the API is an error that names the path of the API', async () => {
    using opened = open({ baseUrl: 'https://tickets.example.test/api/v1/' })

    const error = await caught(opened.fetch('https://tickets.example.test/health?token=secret'))

    expect(error).toBeInstanceOf(TypeError)
    expect(logged).toEqual([
      'TestApiError: GET https://tickets.example.test/health does not exist: the paths of the test API start with https://tickets.example.test/api/v1',
    ])
    expect(opened.api.requests).toMatchObject([{ path: '/health', status: 'no answer' }])
  })
})

test('a test API can have the base URL of a real server', async () => {
  await using socket = await openSocket()
  using api = startTestApi({ baseUrl: socket.url })

  const reply = await fetch(`${api.baseUrl}/api/v1/tickets/`)

  expect([reply.status, socket.connections]).toEqual([401, 0])
})

test('the global fetch reaches the API without a socket', async () => {
  using api = startTestApi()
  const connect = vi.spyOn(Socket.prototype, 'connect')

  const reply = await fetch(`${api.baseUrl}/api/v1/tickets/`, { headers: { Authorization: `Bearer ${api.token}` } })

  expect([reply.status, connect.mock.calls, api.requests.length]).toEqual([200, [], 1])
})

test('clients of node:http are intercepted too', async () => {
  await using socket = await openSocket()
  using api = startTestApi()

  const [served] = await once(getSecurely(`${api.baseUrl}/api/v1/tickets/`), 'response')
  served.resume()
  const error = await caught(once(get(`${socket.url}/`), 'response'))

  expect([served.statusCode, error instanceof Error, socket.connections]).toEqual([401, true, 0])
})

test('a WebSocket to another host fails without a connection', async () => {
  await using socket = await openSocket()
  using api = startTestApi()

  await once(new WebSocket(socket.url.replace('http', 'ws')), 'error')

  expect([socket.connections, api.requests]).toEqual([0, []])
  expect(logged).toEqual([
    `TestApiError: WebSocket ${socket.url}/ has no handler, and may not leave; ` +
      `test APIs run at ${api.baseUrl}, and \`allow\` permits other requests`,
  ])
})

test('allowed requests leave, and additional handlers serve other services', async () => {
  await using socket = await openSocket()
  using api = startTestApi({
    allow: ({ origin }) => origin === socket.url,
    handlers: [http.get('https://billing.example.test/', () => HttpResponse.text('mocked'))],
  })

  const real = await fetch(socket.url)
  const mocked = await fetch('https://billing.example.test/')

  expect([await real.text(), await mocked.text()]).toEqual(['real', 'mocked'])
  expect([socket.connections, api.requests]).toEqual([1, []])
})

test('after the last API is closed the network is as before', async () => {
  await using socket = await openSocket()
  const [one, two] = [startTestApi(), startTestApi()]
  one.close()
  one.close()

  const still = await caught(fetch(socket.url))
  const closed = await caught(fetch(`${one.baseUrl}/api/v1/tickets/`))
  two.close()
  const real = await fetch(socket.url)

  expect([still instanceof Error, closed instanceof Error, await real.text()]).toEqual([true, true, 'real'])
})

test('two APIs cannot run at one base URL', () => {
  using api = startTestApi()

  expect(() => startTestApi({ baseUrl: api.baseUrl })).toThrow(/a test API already runs at /)
})

test('with `unhandledIsError` an MSW server refuses requests without a handler', async () => {
  await using socket = await openSocket()
  const api = createTestApi()
  const server = setupServer(...api.handlers)
  server.listen({ onUnhandledFrame: unhandledIsError })
  onTestFinished(() => server.close())

  const served = await fetch(`${api.baseUrl}/api/v1/tickets/`)
  const refused = await caught(fetch(`${socket.url}/logo.png`))

  expect([served.status, refused instanceof Error, socket.connections]).toEqual([401, true, 0])
})

test('without syncBuiltinESMExports a named import of node:http bypasses MSW', async () => {
  await using socket = await openSocket()
  const server = setupServer()
  server.listen({ onUnhandledFrame: unhandledIsError })
  onTestFinished(() => {
    server.close()
    syncBuiltinESMExports()
  })

  const [bypassed] = await once(get(socket.url), 'response')
  bypassed.resume()
  syncBuiltinESMExports()
  const refused = await caught(once(get(socket.url), 'response'))

  expect([bypassed.statusCode, refused instanceof Error, socket.connections]).toEqual([200, true, 1])
})

test("MSW's own strategy 'error' lets a request for a file leave", async () => {
  await using socket = await openSocket()
  const server = setupServer()
  server.listen({ onUnhandledFrame: 'error' })
  onTestFinished(() => server.close())

  const file = await fetch(`${socket.url}/logo.png`)

  expect([await file.text(), socket.connections]).toEqual(['real', 1])
})
