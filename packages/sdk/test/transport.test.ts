import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createApp } from '@ai-ticket-creator/reference-api'
import { serve } from '@hono/node-server'
import { afterEach, describe, expect, test } from 'vitest'
import { createClient, isConnectionError } from '../src/index.ts'
import { collectAll, connectTo, failureOf, nthId } from './backend.ts'
import { recordUnhandledRejections } from './unhandled-rejections.ts'

const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup()
})

/** The real API behind a real socket. */
async function listening(generation: 'legacy' | 'current') {
  const app = createApp({ generation })
  const { promise, resolve } = promised<number>()
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => resolve(port))
  cleanups.push(() => new Promise((done) => server.close(done)))
  const baseUrl = `http://127.0.0.1:${await promise}/api/v1/`
  return createClient({ baseUrl, token: 'test-token', generation, consumer: 'test@1' })
}

function promised<T>() {
  let resolve: (value: T) => void = () => {}
  const promise = new Promise<T>((done) => {
    resolve = done
  })
  return { promise, resolve }
}

describe.each(['legacy', 'current'] as const)('over a socket, generation %s', (generation) => {
  test('integrations and tickets are managed', async () => {
    const client = await listening(generation)

    const { id } = await client.integrations.create({ name: 'Bugs', platform_name: 'jira', enabled: false })
    const enabled = await client.integrations.update(id, { description: 'ä ✓', enabled: true })
    const ticket = await client.tickets.create({ title: 'a', description: 'b', integration_name: 'Bugs' })
    const { data, response } = await client.tickets.retrieve(ticket.id).withResponse()

    expect(enabled).toMatchObject({ description: 'ä ✓', enabled: true, status: 'active' })
    expect(data).toEqual({ ...ticket, age_in_hours: expect.any(Number) })
    expect(response.status).toBe(200)
    expect(await collectAll(client.tickets.list())).toHaveLength(1)
    expect(await client.integrations.delete(id)).toHaveProperty('message')
  })

  test('a refusal is an error of its own', async () => {
    const client = await listening(generation)

    const error = await failureOf(client.tickets.retrieve(nthId(1)))

    expect(error).toMatchObject({ name: 'ApiError', status: 404, code: 'not_found', attempts: 1 })
  })
})

test('a refused connection has the network’s code', async () => {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  // `address()` returns a text for pipes only.
  const { port } = server.address() as AddressInfo
  await new Promise((done) => server.close(done))
  const baseUrl = `http://127.0.0.1:${port}`
  const client = createClient({ baseUrl, token: 't', generation: 'current', retry: { baseDelay: 1 } })

  const error = await failureOf(client.integrations.create({ name: 'A', platform_name: 'jira' }))

  expect(error).toMatchObject({
    name: 'ConnectionError',
    message: `POST /integrations/ at 127.0.0.1:${port}: not sent (ECONNREFUSED)`,
    host: `127.0.0.1:${port}`,
    endpoint: 'integrations.create',
    code: 'ECONNREFUSED',
    attempts: 3,
    cause: { name: 'Error', code: 'ECONNREFUSED' },
  })
})

test('a connection that breaks during the reply has a message of its own', async () => {
  const server = createServer((_, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': '100' })
    response.write('{"id":')
    setTimeout(() => response.destroy(), 20)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  cleanups.push(() => new Promise((done) => server.close(done)))
  const { port } = server.address() as AddressInfo
  const client = createClient({ baseUrl: `http://127.0.0.1:${port}`, token: 't', generation: 'current' })

  const error = await failureOf(client.tickets.retrieve('1'))

  expect(error).toMatchObject({ name: 'ConnectionError', message: expect.stringContaining('the reply broke off') })
})

test.each([301, 302, 303, 307, 308])('a write that is answered with %s is not redirected', async (status) => {
  const paths: string[] = []
  const server = createServer((request, response) => {
    paths.push(`${request.method} ${request.url}`)
    response.writeHead(status, { Location: '/elsewhere' }).end()
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  cleanups.push(() => new Promise((done) => server.close(done)))
  const { port } = server.address() as AddressInfo
  const client = createClient({ baseUrl: `http://127.0.0.1:${port}`, token: 't', generation: 'current' })

  const error = await failureOf(client.tickets.create({ title: 'a', description: 'b' }))

  expect(error).toMatchObject({
    name: 'ResponseMismatchError',
    message: 'POST /tickets/ was answered with a redirect, which is not followed; check `baseUrl`',
    status,
  })
  expect(paths).toEqual(['POST /api/v1/tickets/'])
})

test('a read follows a redirect', async () => {
  const server = createServer((request, response) => {
    if (request.url === '/there') response.end('{"id":"1"}')
    else response.writeHead(307, { Location: '/there' }).end()
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  cleanups.push(() => new Promise((done) => server.close(done)))
  const { port } = server.address() as AddressInfo
  const client = createClient({ baseUrl: `http://127.0.0.1:${port}`, token: 't', generation: 'current' })

  expect(await client.tickets.retrieve('1')).toEqual({ id: '1' })
})

test('an opaque redirect of a browser is refused as well', async () => {
  const { client } = connectTo(() => {
    const response = new Response(null)
    Object.defineProperties(response, { type: { value: 'opaqueredirect' }, status: { value: 0 } })
    return response
  })

  const error = await failureOf(client.integrations.delete('1'))

  expect(error).toMatchObject({ name: 'ResponseMismatchError', status: 0, endpoint: 'integrations.delete' })
})

test('the network’s code is found in nested causes', async () => {
  const root = Object.assign(new Error('connect'), { code: 'ETIMEDOUT' })
  const several = new AggregateError([root, new Error('other')])
  const { client } = connectTo(() => Promise.reject(new TypeError('fetch failed', { cause: several })))

  const error = await failureOf(client.tickets.list())

  expect(error).toMatchObject({ code: 'ETIMEDOUT', cause: { name: 'Error', code: 'ETIMEDOUT' } })
})

test.each([
  ['an error that is none of the network', new RangeError('boom'), { name: 'RangeError', code: undefined }],
  ['a text', 'boom', { name: undefined, code: undefined }],
  ['nothing', undefined, { name: undefined, code: undefined }],
  [
    'an error with a number for a code',
    Object.assign(new Error('x'), { code: 20 }),
    { name: 'Error', code: undefined },
  ],
])('anything that fetch throws is a ConnectionError: %s', async (_, thrown, cause) => {
  const { client } = connectTo(() => Promise.reject(thrown))

  const error = await failureOf(client.tickets.list())

  expect(isConnectionError(error)).toBe(true)
  expect(error).toMatchObject({ message: 'GET /tickets/ at tickets.example.test: no reply', cause })
})

test('circular causes are handled', async () => {
  const circle = new Error('x')
  circle.cause = circle
  const { client } = connectTo(() => Promise.reject(circle))

  expect(await failureOf(client.tickets.list())).toMatchObject({ name: 'ConnectionError' })
})

test('a fetch that returns no response is a ConnectionError', async () => {
  const { client } = connectTo(() => undefined as never)

  expect(await failureOf(client.tickets.list())).toMatchObject({ name: 'ConnectionError' })
})

test('an error has its status, also when its body breaks off', async () => {
  const broken = new ReadableStream({ start: (stream) => stream.error(new Error('cut')) })
  const { client } = connectTo(() => new Response(broken, { status: 404 }))

  expect(await failureOf(client.tickets.retrieve('1'))).toMatchObject({
    name: 'ApiError',
    status: 404,
    code: 'not_found',
  })
})

test('reading only one view of a result causes no unhandled rejection', async () => {
  const unhandled = recordUnhandledRejections()
  const { client } = connectTo(() => Response.json({}, { status: 404 }))

  await failureOf(client.tickets.retrieve('1').withResponse())
  await failureOf(client.tickets.retrieve('1'))
  await failureOf(collectAll(client.tickets.list()))
  await failureOf(client.tickets.list().toArray({ limit: 1 }))
  await new Promise((resolve) => setTimeout(resolve, 20))

  expect(unhandled).toEqual([])
})
