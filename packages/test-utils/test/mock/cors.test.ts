// Simulated browsers enforce CORS: their `fetch` sends preflights through node:http, where MSW intercepts them.
import { createClient } from '@ai-ticket-creator/sdk'
import { Window } from 'happy-dom'
import { setupServer } from 'msw/node'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { createTestApi, type TestApi } from '../../src/index.ts'
import { startTestApi, unhandledIsError } from '../../src/node.ts'

const page = new Window({ url: 'http://localhost:3000' })
afterAll(() => page.happyDOM.close())

/** Attaches a test API as `setupServer(...api.handlers)` does in a consumer's test. */
function overMsw(): TestApi & Disposable {
  const api = createTestApi()
  const server = setupServer(...api.handlers)
  server.listen({ onUnhandledFrame: unhandledIsError })
  return Object.assign(api, { [Symbol.dispose]: () => server.close() })
}

/** Replaces globals with those of the page until the test has finished, as Vitest's environment happy-dom does. */
function useGlobalsOfPage(): void {
  const globals = {
    fetch: page.fetch.bind(page),
    Request: page.Request,
    Headers: page.Headers,
    document: page.document,
  }
  const before = Object.keys(globals).map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)] as const)
  for (const [name, value] of Object.entries(globals))
    Object.defineProperty(globalThis, name, { get: () => value, configurable: true })
  onTestFinished(() => {
    for (const [name, descriptor] of before)
      if (descriptor === undefined) Reflect.deleteProperty(globalThis, name)
      else Object.defineProperty(globalThis, name, descriptor)
  })
}

const headers = { Authorization: 'Bearer test-token', 'Content-Type': 'application/json' }

test('a page of another origin reads a response and its headers', async () => {
  using api = overMsw()

  const reply = await page.fetch(`${api.baseUrl}/api/v1/tickets/`, { headers })

  expect([reply.status, reply.headers.get('API-Generation')]).toEqual([200, 'current'])
})

test('a page of another origin writes, and the preflight is not recorded as a request', async () => {
  using api = overMsw()
  const body = JSON.stringify({ title: 'One', description: 'Two' })

  const reply = await page.fetch(`${api.baseUrl}/api/v1/tickets/`, { method: 'POST', headers, body })

  expect(reply.status).toBe(201)
  expect(api.requests.map(({ method }) => method)).toEqual(['POST'])
})

test('the SDK writes in a page whose classes hide the headers of CORS', async () => {
  useGlobalsOfPage()
  using api = overMsw()
  const client = createClient({ baseUrl: api.baseUrl, token: api.token, generation: 'current' })

  const { title } = await client.tickets.create({ title: 'One', description: 'Two' })

  expect([title, api.requests.map(({ method }) => method)]).toEqual(['One', ['POST']])
})

test('a started API is reached in a page', async () => {
  useGlobalsOfPage()
  using api = startTestApi()
  const client = createClient({ baseUrl: api.baseUrl, token: api.token, generation: 'current' })

  expect((await client.tickets.list()).total).toBe(0)
})

test('outside of a page nothing is added to the response', async () => {
  using api = overMsw()

  const reply = await fetch(`${api.baseUrl}/api/v1/tickets/`, { headers })

  expect([...reply.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
})

test('an OPTIONS request that is not a preflight is handled by the API', async () => {
  using api = overMsw()

  const reply = await fetch(`${api.baseUrl}/api/v1/tickets/`, { method: 'OPTIONS', headers })

  expect(reply.status).toBe(405)
})
