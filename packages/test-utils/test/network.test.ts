import { once } from 'node:events'
import { createServer, get } from 'node:http'
import { get as getSecurely } from 'node:https'
import { syncBuiltinESMExports } from 'node:module'
import { HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createTestApi } from '../src/index.ts'
import { startTestApi, unhandledIsError } from '../src/node.ts'
import { caught, faces } from './faces.ts'

/** A true server that says how often somebody connected. */
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

// What is not served is told on the console.
const told: string[] = []
beforeEach(() => {
  told.length = 0
  vi.spyOn(console, 'error').mockImplementation((error: unknown) => void told.push(String(error)))
})
afterEach(() => {
  vi.restoreAllMocks()
})

test('a request to somewhere else is told with the places that are served', async () => {
  using api = startTestApi({ baseUrl: 'https://shop.example.test' })

  await caught(fetch(`${api.baseUrl.replace('shop', 'shops')}/api/v1/tickets/`))

  expect(told).toEqual([
    'TestApiError: GET https://shops.example.test/api/v1/tickets/ is served by no handler, and may not leave; ' +
      'test APIs run at https://shop.example.test, and `allow` says what else may be reached',
  ])
})

describe.each(faces)('$name', ({ open }) => {
  test('a request to somewhere else is an error and no connection', async () => {
    await using socket = await openSocket()
    using opened = open()

    // MSW would let pass what looks like a file.
    for (const path of ['/api/v1/tickets/', '/logo.png', '/main.js'])
      expect(await caught(opened.fetch(`${socket.url}${path}`))).toBeInstanceOf(TypeError)

    expect(socket.connections).toBe(0)
    expect(told).toHaveLength(3)
    expect(told[0]).toContain(`TestApiError: GET ${socket.url}`)
  })

  test('what lies beside the API is an error that says where the API is', async () => {
    using opened = open({ baseUrl: 'https://tickets.example.test/api/v1/' })

    const error = await caught(opened.fetch('https://tickets.example.test/health?token=secret'))

    expect(error).toBeInstanceOf(TypeError)
    expect(told).toEqual([
      'TestApiError: GET https://tickets.example.test/health is not served: the test API lives below https://tickets.example.test/api/v1',
    ])
    expect(opened.api.requests).toMatchObject([{ path: '/health', status: 'no answer' }])
  })
})

test('the base URL of a real server is served by the test API, not by the server', async () => {
  await using socket = await openSocket()
  using api = startTestApi({ baseUrl: socket.url })

  const reply = await fetch(`${api.baseUrl}/api/v1/tickets/`)

  expect([reply.status, socket.connections]).toEqual([401, 0])
})

test('other clients than fetch are caught as well', async () => {
  await using socket = await openSocket()
  using api = startTestApi()

  const [served] = await once(getSecurely(`${api.baseUrl}/api/v1/tickets/`), 'response')
  served.resume()
  const error = await caught(once(get(`${socket.url}/`), 'response'))

  expect([served.statusCode, error instanceof Error, socket.connections]).toEqual([401, true, 0])
})

test('a WebSocket is refused like the rest', async () => {
  await using socket = await openSocket()
  using api = startTestApi()

  await once(new WebSocket(socket.url.replace('http', 'ws')), 'error')

  expect([socket.connections, api.requests]).toEqual([0, []])
  expect(told).toEqual([
    `TestApiError: WebSocket ${socket.url}/ is served by no handler, and may not leave; ` +
      `test APIs run at ${api.baseUrl}, and \`allow\` says what else may be reached`,
  ])
})

test('what is allowed may leave, and own handlers serve other services', async () => {
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

test('after the last one is closed the network is as before', async () => {
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

test('two APIs can not run at one base URL', () => {
  using api = startTestApi()

  expect(() => startTestApi({ baseUrl: api.baseUrl })).toThrow(/a test API runs at .* already/)
})

test('an MSW server of your own refuses what no handler serves, with `unhandledIsError`', async () => {
  await using socket = await openSocket()
  const api = createTestApi()
  const server = setupServer(...api.handlers)
  server.listen({ onUnhandledFrame: unhandledIsError })

  const served = await fetch(`${api.baseUrl}/api/v1/tickets/`)
  const refused = await caught(fetch(`${socket.url}/logo.png`))
  server.close()

  expect([served.status, refused instanceof Error, socket.connections]).toEqual([401, true, 0])
})

test('without the sync a named import of `node:http` gets past MSW, which is why the start does it', async () => {
  await using socket = await openSocket()
  const server = setupServer()
  server.listen({ onUnhandledFrame: unhandledIsError })

  const [past] = await once(get(socket.url), 'response')
  past.resume()
  syncBuiltinESMExports()
  const refused = await caught(once(get(socket.url), 'response'))
  server.close()
  syncBuiltinESMExports()

  expect([past.statusCode, refused instanceof Error, socket.connections]).toEqual([200, true, 1])
})

test("MSW's own strategies let requests leave, which is why they are not used", async () => {
  await using socket = await openSocket()
  const server = setupServer()
  server.listen({ onUnhandledFrame: 'error' })

  const file = await fetch(`${socket.url}/logo.png`)
  server.close()

  expect([await file.text(), socket.connections]).toEqual(['real', 1])
})
