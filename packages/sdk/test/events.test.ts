import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import type { ClientEvent, ClientOptions } from '../src/index.ts'
import { connect, connectTo, failureOf } from './backend.ts'

/** A client of a backend with a list of replies, and the events of `onEvent`. */
function watched(steps: (() => Response | Promise<Response>)[], options: Partial<ClientOptions> = {}) {
  const events: ClientEvent[] = []
  const { client } = connectTo(() => (steps.shift() as () => Response | Promise<Response>)(), {
    onEvent: (event) => events.push(event),
    retry: { baseDelay: 1 },
    ...options,
  })
  return { client, events }
}

const status =
  (code: number, headers: Record<string, string> = {}) =>
  () =>
    Response.json({ id: '1' }, { status: code, headers })
const lost = () => Promise.reject(Object.assign(new TypeError('fetch failed'), { code: 'ECONNRESET' }))
const ms = expect.any(Number)

test('there is an event for each attempt, and one when the call has ended', async () => {
  const { client, events } = watched([lost, status(503), status(200)], { baseUrl: 'http://localhost:8080/desk' })

  await client.tickets.retrieve('secret-id')

  const common = {
    'http.request.method': 'GET',
    'server.address': 'localhost',
    'server.port': 8080,
    'url.template': '/desk/api/v1/tickets/{ticket_id}',
  }
  expect(events).toEqual([
    {
      type: 'attempt',
      endpoint: 'tickets.retrieve',
      requestGeneration: 'current',
      durationMs: ms,
      attributes: { ...common, 'error.type': 'ECONNRESET' },
      retry: { reason: 'connection_lost', delayMs: ms },
    },
    {
      type: 'attempt',
      endpoint: 'tickets.retrieve',
      requestGeneration: 'current',
      durationMs: ms,
      attributes: {
        ...common,
        'http.request.resend_count': 1,
        'http.response.status_code': 503,
        'error.type': '503',
      },
      retry: { reason: 'unavailable', delayMs: ms },
    },
    {
      type: 'attempt',
      endpoint: 'tickets.retrieve',
      requestGeneration: 'current',
      durationMs: ms,
      attributes: { ...common, 'http.request.resend_count': 2, 'http.response.status_code': 200 },
    },
    { type: 'call', endpoints: ['tickets.retrieve'], attempts: 3, durationMs: ms, attributes: {} },
  ])
})

test('a call with several requests lists them in order', async () => {
  const events: ClientEvent[] = []
  const { client } = connect({ onEvent: (event) => events.push(event) })

  await client.integrations.create({ name: 'Bugs', platform_name: 'jira' })
  await client.tickets.create({ title: 'a', description: 'b', integration_name: 'Bugs' })
  await client.tickets.list()

  expect(events.filter(({ type }) => type === 'call')).toMatchObject([
    { endpoints: ['integrations.create'], attempts: 1 },
    { endpoints: ['integrations.list'], attempts: 1 },
    { endpoints: ['tickets.create'], attempts: 1 },
    { endpoints: ['tickets.list'], attempts: 1 },
  ])
})

test.each<[string, string, () => Response | Promise<Response>]>([
  ['a refusal', '404', status(404)],
  ['a lost connection', 'ECONNRESET', lost],
  ['a failure without a code', 'ConnectionError', () => Promise.reject(new TypeError('x'))],
  ['a redirect', 'ResponseMismatchError', () => new Response(null, { status: 307, headers: { Location: '/x' } })],
  ['silence', 'TimeoutError', () => new Promise<Response>(() => {})],
])('%s has the error type %s, in the attempt and in the call', async (_, type, step) => {
  const { client, events } = watched([step], { retry: false, timeout: 5 })

  await failureOf(client.tickets.delete('1'))

  expect(events.map(({ attributes }) => attributes['error.type'])).toEqual([type, type])
})

test('the reason of an abort is not in an event', async () => {
  const controller = new AbortController()
  const abort = () => {
    controller.abort(new Error('s3cr3t'))
    return new Promise<Response>(() => {})
  }
  const { client, events } = watched([abort])

  await failureOf(client.tickets.retrieve('1', { signal: controller.signal }))
  // The call ends before its attempt.
  await new Promise((resolve) => setImmediate(resolve))

  expect(events.map(({ attributes }) => attributes['error.type'])).toEqual(['_OTHER', '_OTHER'])
})

test('an expired token is a reason for a retry', async () => {
  const tokens = ['one', 'two']
  const { client, events } = watched([status(401), status(200)], { token: () => tokens.shift() ?? '' })

  await client.tickets.retrieve('1')

  expect(events).toMatchObject([
    { type: 'attempt', retry: { reason: 'token', delayMs: 0 } },
    { type: 'attempt', attributes: { 'http.request.resend_count': 1 } },
    { type: 'call', attempts: 2 },
  ])
})

test('a listener that throws does not fail the call', async () => {
  const onEvent = () => {
    throw new Error('broken')
  }
  const { client } = watched([status(200)], { onEvent })

  expect(await client.tickets.retrieve('1')).toEqual({ id: '1' })
})

test('no value of a request or a reply is in an event', async () => {
  const { client, events } = watched([status(409, { 'X-Request-Id': 's3cr3t' }), status(200)], { token: 's3cr3t' })
  const headers = { 'X-Api-Key': 's3cr3t' }

  await failureOf(client.tickets.update('s3cr3t', { title: 's3cr3t' }, { headers }))
  await client.request({ method: 'POST', path: '/reports/s3cr3t', query: { q: 's3cr3t' }, body: { a: 's3cr3t' } })

  expect(events).toHaveLength(4)
  expect(events[3]).toMatchObject({ type: 'call', endpoints: [undefined] })
  expect(inspect(events, { depth: 10, showHidden: true })).not.toContain('s3cr3t')
})

test('an attempt is not longer than its call, and the call is not longer than its caller waited', async () => {
  const { client, events } = watched([status(200)])

  const start = performance.now()
  await client.tickets.retrieve('1')
  const waited = performance.now() - start

  const [attempt, call] = events.map(({ durationMs }) => durationMs)
  expect(attempt).toBeGreaterThanOrEqual(0)
  expect(call).toBeGreaterThanOrEqual(attempt ?? 0)
  expect(call).toBeLessThanOrEqual(waited)
})
