// A simulated browser enforces CORS: its `fetch` sends preflights through node:http, where MSW intercepts them.
import { Window } from 'happy-dom'
import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { createTestApi } from '../../src/index.ts'
import { unhandledIsError } from '../../src/node.ts'

const window = new Window({ url: 'http://localhost:3000' })
const api = createTestApi()
const server = setupServer(...api.handlers)

beforeAll(() => server.listen({ onUnhandledFrame: unhandledIsError }))
afterEach(() => api.reset())
afterAll(async () => {
  server.close()
  await window.happyDOM.close()
})

const headers = { Authorization: `Bearer ${api.token}`, 'Content-Type': 'application/json' }

test('a page of another origin reads a response and its headers', async () => {
  const reply = await window.fetch(`${api.baseUrl}/api/v1/tickets/`, { headers })

  expect([reply.status, reply.headers.get('API-Generation')]).toEqual([200, 'current'])
})

test('a page of another origin writes, and the preflight is not recorded as a request', async () => {
  const body = JSON.stringify({ title: 'One', description: 'Two' })

  const reply = await window.fetch(`${api.baseUrl}/api/v1/tickets/`, { method: 'POST', headers, body })

  expect(reply.status).toBe(201)
  expect(api.requests.map(({ method }) => method)).toEqual(['POST'])
})

test('without an origin nothing is added to the response', async () => {
  const reply = await fetch(`${api.baseUrl}/api/v1/tickets/`, { headers })

  expect([...reply.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
})

test('an OPTIONS request that is not a preflight is handled by the API', async () => {
  const reply = await fetch(`${api.baseUrl}/api/v1/tickets/`, { method: 'OPTIONS', headers })

  expect(reply.status).toBe(405)
})
