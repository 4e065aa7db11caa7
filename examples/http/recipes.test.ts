import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createApp, DEFAULT_USER } from '@ai-ticket-creator/reference-api'
import { type ClientOptions, createClient } from '@ai-ticket-creator/sdk'
import { serve } from '@hono/node-server'
import { context, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici'
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import nodeFetch from 'node-fetch'
import { createProxy } from 'proxy'
import { fetch as undiciFetch } from 'undici'
import { ProxyAgent } from 'undici-8'
import { afterEach, describe, expect, test } from 'vitest'
import { clientOf } from './cloudflare.ts'
import { withLog } from './logging.ts'
import { cachedByNext } from './next.ts'
import { withNodeFetch } from './node-fetch.ts'
import { throughProxy } from './proxy.ts'
import { withSpans } from './tracing.ts'

const bug = { title: 'Bug Report', description: 'It breaks: ä ✓' }

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup()
})

/** The reference API on a port, and a client of it. */
async function connect(options: Partial<ClientOptions>) {
  const app = createApp({ generation: 'current' })
  let requests = 0
  const fetch = (request: Request) => {
    requests += 1
    return app.fetch(request)
  }
  const server = serve({ fetch, port: 0, hostname: '127.0.0.1' })
  const baseUrl = await addressOf(server)
  cleanups.push(() => server.close())
  const client = createClient({ baseUrl, token: DEFAULT_USER.token, generation: 'current', ...options })
  return { client, countRequests: () => requests }
}

async function addressOf(server: ReturnType<typeof serve>): Promise<string> {
  await once(server, 'listening')
  // A server on a port has this kind of address.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function startProxy() {
  const server = createProxy(createServer()).listen(0, '127.0.0.1')
  const address = await addressOf(server)
  let passed = 0
  const count = () => {
    passed += 1
  }
  // Which of them depends on the version of undici: it may open a tunnel.
  server.on('request', count).on('connect', count)
  cleanups.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return { address, countPassed: () => passed }
}

test('requests go through a proxy', async () => {
  const { address, countPassed } = await startProxy()
  const { client } = await connect({ ky: throughProxy(address) })

  const { id } = await client.tickets.create(bug)

  expect(await client.tickets.retrieve(id)).toMatchObject(bug)
  expect(countPassed()).toBeGreaterThan(0)
})

test('a proxy that does not run means that nothing was sent', async () => {
  const { client, countRequests } = await connect({ ky: throughProxy('http://127.0.0.1:9'), maxRetries: 0 })

  await expect(client.tickets.create(bug)).rejects.toMatchObject({
    name: 'ConnectionError',
    code: 'ECONNREFUSED',
    sent: 'no',
  })
  expect(countRequests()).toBe(0)
})

test('requests are sent with node-fetch', async () => {
  const { client } = await connect({ ky: withNodeFetch() })

  const { id } = await client.tickets.create(bug)

  expect(await client.tickets.retrieve(id)).toMatchObject(bug)
})

describe('a fetch that sends nothing', () => {
  test.each<[string, unknown, string]>([
    ['the fetch of undici', undiciFetch, 'ERR_INVALID_URL'],
    [
      'the global fetch with a dispatcher of another version of undici',
      (request: Request) => fetch(request, { dispatcher: new ProxyAgent('http://127.0.0.1:9') } as object),
      'UND_ERR_INVALID_ARG',
    ],
    ['node-fetch', nodeFetch, 'ERR_INVALID_URL'],
  ])('%s causes a ConnectionError with its code', async (_, wrong, code) => {
    const { client, countRequests } = await connect({ fetch: wrong as NonNullable<ClientOptions['fetch']> })

    await expect(client.tickets.create(bug)).rejects.toMatchObject({
      name: 'ConnectionError',
      message: expect.stringContaining(`not sent (${code})`),
      code,
      sent: 'no',
      attempts: 1,
    })
    expect(countRequests()).toBe(0)
  })
})

test('the log has a line for each attempt, and one for a failed one', async () => {
  const lines: string[] = []
  const log = (line: string) => lines.push(line)
  const { client } = await connect({ ky: withLog(log) })

  await client.tickets.create(bug)
  const closed = client.withOptions({ baseUrl: 'http://127.0.0.1:9', maxRetries: 0 })
  await closed.tickets.list().catch(() => {})

  expect(lines).toEqual(['tickets.create POST 201', 'tickets.list GET NetworkError'])
})

test('the span of the client is the parent of the span that an instrumentation of fetch makes', async () => {
  const exporter = new InMemorySpanExporter()
  const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] })
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
  trace.setGlobalTracerProvider(provider)
  const instrumentation = new UndiciInstrumentation()
  cleanups.push(() => instrumentation.disable())
  const { client } = await connect({ ky: withSpans(provider.getTracer('shop')) })

  await client.tickets.create(bug)

  const spans = exporter.getFinishedSpans()
  expect(spans.map(({ name }) => name)).toEqual(['POST', 'tickets.create'])
  expect(spans[0]?.parentSpanContext?.spanId).toBe(spans[1]?.spanContext().spanId)
})

test('Next.js gets its options', async () => {
  const seen: unknown[] = []
  const instance = cachedByNext(60).extend({
    fetch: async (request, init) => {
      seen.push([(request as Request).cache, init])
      return Response.json({ items: [] })
    },
  })
  const { client } = await connect({ ky: instance })

  await client.tickets.list()

  expect(seen).toEqual([['force-cache', { next: { revalidate: 60, tags: ['tickets'] } }]])
})

test('a worker calls another one through its binding', async () => {
  class Service {
    readonly #app = createApp({ generation: 'current' })
    fetch(request: Request) {
      return this.#app.fetch(request)
    }
  }
  const client = clientOf({ TICKETS: new Service(), TOKEN: DEFAULT_USER.token })

  expect(await client.tickets.create(bug)).toMatchObject(bug)
})
