import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import ky from 'ky'
import { afterEach, describe, expect, test } from 'vitest'
import { type ClientOptions, createClient, type RequestOptions } from '../src/index.ts'
import { connectTo, failureOf, nthId } from './backend.ts'

const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  await Promise.all(cleanups.splice(0).map((cleanUp) => cleanUp()))
})

async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const seen: IncomingMessage[] = []
  const server = createServer((request, response) => {
    seen.push(request)
    answer(request, response)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  cleanups.push(() => new Promise((done) => server.close(done)))
  return { seen, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

const redirect = (location: string) => (_: IncomingMessage, response: ServerResponse) => {
  response.writeHead(307, { Location: location }).end()
}
const clientOf = (baseUrl: string, options: Partial<ClientOptions> = {}) =>
  createClient({
    baseUrl,
    token: 'test-token',
    generation: 'current',
    consumer: 'billing@1.4',
    retry: false,
    ...options,
  })

const headers = { 'X-Tenant': 's3cr3t' }
const addTenant = ({ request }: { readonly request: Request }) => request.headers.set('X-Tenant', 's3cr3t')

interface Sender {
  readonly client?: Partial<ClientOptions>
  readonly call?: RequestOptions
  /** The header that each request has. */
  readonly tenant?: string
}

describe.each<[string, Sender]>([
  ['without headers of the caller', {}],
  ['with headers of the call', { call: { headers }, tenant: 's3cr3t' }],
  ['with headers of the client', { client: { headers }, tenant: 's3cr3t' }],
  ['with headers of an instance of ky', { client: { ky: ky.create({ headers }) }, tenant: 's3cr3t' }],
  [
    'with headers of a hook',
    { client: { ky: ky.create({ hooks: { beforeRequest: [addTenant] } }) }, tenant: 's3cr3t' },
  ],
])('a read %s', (_name, { client, call, tenant }) => {
  test('that is redirected to another origin fails with its name, and sends it no secret', async () => {
    const elsewhere = await serve((_, response) => response.writeHead(401).end('{"detail":"send Authorization"}'))
    const { origin } = await serve(redirect(`${elsewhere.origin}/api/v1/tickets/1?next=s3cr3t`))

    const error = await failureOf(clientOf(origin, client).tickets.retrieve('1', call))

    expect(error).toMatchObject({
      name: 'ResponseMismatchError',
      message: `GET /tickets/{ticket_id} was redirected to another origin, ${elsewhere.origin}, which gets no credentials; check \`baseUrl\``,
    })
    for (const request of elsewhere.seen) expect(JSON.stringify(request.headers)).not.toMatch(/s3cr3t|test-token/)
  })

  test('that is redirected to another origin does not return what that answers', async () => {
    const elsewhere = await serve((_, response) => response.end(`{"id":"${nthId(7)}"}`))
    const { origin } = await serve(redirect(`${elsewhere.origin}/`))

    expect(await failureOf(clientOf(origin, client).tickets.retrieve('1', call))).toMatchObject({
      name: 'ResponseMismatchError',
    })
  })

  test('follows a redirect within the origin with all its headers', async () => {
    const { origin, seen } = await serve((request, response) => {
      if (request.url === '/there') response.end(`{"id":"${nthId(1)}"}`)
      else redirect('/there')(request, response)
    })

    expect(await clientOf(origin, client).tickets.retrieve('1', call)).toEqual({ id: nthId(1) })
    expect(seen.map((request) => [request.headers.authorization, request.headers['x-tenant']])).toEqual([
      ['Bearer test-token', tenant],
      ['Bearer test-token', tenant],
    ])
  })
})

test('a loop of redirects ends', async () => {
  const { origin, seen } = await serve(redirect('/again'))

  const error = await failureOf(clientOf(origin).tickets.retrieve('1', { headers: { 'X-Tenant': 'a' } }))

  expect(error).toMatchObject({ name: 'ResponseMismatchError', status: 307 })
  expect(seen).toHaveLength(6)
})

test.each([undefined, 'http://[', 'javascript:alert(1)'])(
  'a read with the Location %j is not followed',
  async (location) => {
    const replyHeaders = location === undefined ? {} : { Location: location }
    const { client, seen } = connectTo(() => new Response(null, { status: 302, headers: replyHeaders }))

    const error = await failureOf(client.tickets.retrieve('1', { headers: { 'X-Tenant': 'a' } }))

    expect(error).toMatchObject({ name: 'ResponseMismatchError', status: 302 })
    expect(seen).toHaveLength(1)
  },
)
