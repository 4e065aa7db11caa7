// @vitest-environment happy-dom
// A simulated browser enforces CORS. Its `fetch` sends preflights through node:http, where MSW intercepts them.
import { createClient } from '@ai-ticket-creator/sdk'
import { setupServer } from 'msw/node'
import { afterEach, expect, test } from 'vitest'
import { createTestApi } from '../../src/index.ts'
import { startTestApi, unhandledIsError } from '../../src/node.ts'

let close = () => {}
afterEach(() => close())

/** A test API for an MSW server of the test's own, whose requests take the way through happy-dom. */
function overMsw() {
  const api = createTestApi()
  const server = setupServer(...api.handlers)
  server.listen({ onUnhandledFrame: unhandledIsError })
  close = () => server.close()
  return api
}

test('a preflight is allowed, and the response shows all of its headers', async () => {
  const api = overMsw()

  const reply = await fetch(`${api.baseUrl}/api/v1/tickets/`, { headers: { Authorization: `Bearer ${api.token}` } })

  expect([reply.status, reply.headers.get('API-Generation')]).toEqual([200, 'current'])
  expect(api.requests.map(({ method }) => method)).toEqual(['GET'])
})

test('the SDK writes from a simulated browser', async () => {
  const { baseUrl, token, requests } = overMsw()
  const client = createClient({ baseUrl, token, generation: 'current' })

  const ticket = await client.tickets.create({ title: 'One', description: 'Two' })

  expect([ticket.title, requests.map(({ method }) => method)]).toEqual(['One', ['POST']])
})

test('a started API is reached from a simulated browser', async () => {
  using api = startTestApi()
  const client = createClient({ baseUrl: api.baseUrl, token: api.token })

  const { total } = await client.tickets.list()

  expect(total).toBe(0)
})

test('an OPTIONS request that is not a preflight is answered by the API', async () => {
  const api = createTestApi()

  const reply = await api.fetch(`${api.baseUrl}/api/v1/tickets/`, { method: 'OPTIONS' })

  expect(reply.status).toBe(405)
})
