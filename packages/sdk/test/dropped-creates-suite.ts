// Creates over real sockets that break anywhere. The result of the client must agree with the stored rows.
// DROPS_RUNS is the number of runs, DROPS_SEED the seed; `npm run test:deep` runs 10 000.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { readSeed, readSize } from '../../../vitest.sizes.ts'
import { type Client, createClient, isOutcomeUnknownError } from '../src/index.ts'

const runs = readSize('DROPS_RUNS', 60)
const seed = readSeed('DROPS_SEED', Date.now() % 2_147_483_647)
// The retry budget of a client and one page of the list are large enough for this many.
const RUNS_WITH_ONE_CLIENT = 40

/** Where the connection breaks. */
const POINTS = [
  'no connection',
  'after the request',
  'after the commit',
  'in the head',
  'in the body',
  'nowhere',
] as const
type Point = (typeof POINTS)[number]

/** Seeded random numbers from 0 to 1 (mulberry32). */
function chance(from: number): () => number {
  let state = from
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** A backend whose connections are broken. */
export interface Backend {
  readonly name: string
  /** An API without rows. */
  readonly open: () => Promise<OpenedApi>
  /** Whether idempotency keys reach it and are announced. The profiles of the existing backend have none. */
  readonly keys: boolean
}

interface OpenedApi {
  readonly fetch: (request: Request) => Promise<Response>
  readonly token: string
}

/** The API behind a socket that breaks at a given place. */
async function breaking(random: () => number, { open, keys }: Backend) {
  const place = { api: await open(), point: 'nowhere' as Point }

  const server = createServer((incoming, response) => {
    answer(incoming, response).catch(() => response.destroy())
  })
  async function answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await toRequest(incoming)
    const point = request.method === 'POST' ? place.point : 'nowhere'
    if (point === 'after the request') return cut(response, '')

    if (!keys) request.headers.delete('Idempotency-Key')
    const reply = await place.api.fetch(request)
    if (!keys) reply.headers.delete('API-Capabilities')
    const [head, body] = await toBytes(reply)
    const part = (text: string): string => text.slice(0, Math.floor(random() * text.length))
    if (point === 'after the commit') return cut(response, '')
    if (point === 'in the head') return cut(response, part(head))
    if (point === 'in the body') return cut(response, head + part(body))
    response.socket?.end(head + body, 'latin1')
  }
  function cut(response: ServerResponse, text: string): void {
    const { socket } = response
    if (text === '' && random() < 0.5) socket?.resetAndDestroy()
    else socket?.end(text, 'latin1')
  }

  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  // `address()` returns a string for pipes only.
  const { port } = server.address() as AddressInfo
  return { place, baseUrl: `http://127.0.0.1:${port}`, close: () => new Promise((done) => server.close(done)) }
}

// Headers about one connection. They must not be passed on to another one.
const OF_CONNECTION = new Set(['connection', 'host', 'keep-alive', 'transfer-encoding'])

async function toRequest(message: IncomingMessage): Promise<Request> {
  const chunks: Uint8Array[] = []
  for await (const chunk of message) chunks.push(chunk as Uint8Array)
  const { method = 'GET', url = '/', headers } = message
  return new Request(`http://127.0.0.1${url}`, {
    method,
    headers: Object.entries(headers).flatMap(([name, value]): [string, string][] =>
      OF_CONNECTION.has(name) ? [] : [[name, String(value)]],
    ),
    ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
  })
}

async function toBytes(reply: Response): Promise<[head: string, body: string]> {
  const body = Buffer.from(await reply.arrayBuffer()).toString('latin1')
  const headers = new Headers(reply.headers)
  for (const name of OF_CONNECTION) headers.delete(name)
  headers.set('Content-Length', String(body.length))
  headers.set('Connection', 'close')
  const lines = [...headers].map(([name, value]) => `${name}: ${value}\r\n`)
  return [`HTTP/1.1 ${reply.status} x\r\n${lines.join('')}\r\n`, body]
}

export function describeDroppedCreates(backend: Backend): void {
  test(`dropped connections, ${backend.name}: no duplicate and no false success`, { timeout: 7_200_000 }, async () => {
    const random = chance(seed)
    const closed = await breaking(random, backend)
    await closed.close()
    const { place, baseUrl, close } = await breaking(random, backend)
    const points: Point[] = []
    let isDown = false
    const options = {
      baseUrl,
      generation: 'current',
      maxRetries: 3,
      retry: { baseDelay: 1 },
    } as const
    const breakSomewhere = (request: Request): Promise<Response> => {
      if (request.method !== 'POST') return fetch(request)
      const drawn = POINTS[Math.floor(random() * POINTS.length)] ?? 'nowhere'
      place.point = isDown ? 'no connection' : drawn
      points.push(place.point)
      const target = place.point === 'no connection' ? closed.baseUrl : baseUrl
      return fetch(new Request(request.url.replace(baseUrl, target), request))
    }
    console.log(`drops: ${runs} creates, ${backend.name}, seed ${seed}; DROPS_SEED=${seed} repeats them`)

    const wrong: string[] = []
    const count = { success: 0, unknown: 0, failure: 0 }
    for (let first = 0; first < runs; first += RUNS_WITH_ONE_CLIENT) {
      place.api = await backend.open()
      const { token } = place.api
      const sound = createClient({ ...options, token, fetch: (request) => place.api.fetch(request) })
      const client = createClient({ ...options, token, fetch: breakSomewhere })
      // The client learns the capabilities.
      await client.tickets.list()

      for (let run = first; run < Math.min(runs, first + RUNS_WITH_ONE_CLIENT); run += 1) {
        const resource = run % 2 === 0 ? 'tickets' : 'integrations'
        points.length = 0
        // Not by chance: a small run has each outcome of both resources too.
        isDown = Math.floor(run / 2) % 10 === 9
        const outcome: unknown = await create(client, resource, `run ${run}`).catch((error: unknown) => error)

        const stored = await idsOf(sound, resource, `run ${run}`)
        const verdict = await judge(outcome, stored)
        count[verdict.kind] += 1
        if (!verdict.isRight)
          wrong.push(`run ${run}: ${stored.length} stored, ${points.join(', ')}: ${String(outcome)}`)
      }
    }
    await close()

    console.log(`drops: ${JSON.stringify(count)}`)
    expect(wrong).toEqual([])
    expect(Math.min(count.success, count.unknown, count.failure)).toBeGreaterThan(0)
  })
}

type Resource = 'tickets' | 'integrations'

// Existing backends refuse an integration without credentials.
const credentials = { base_url: 'https://tracker.example.test', email: 'bot@example.test', api_token: 'not-a-secret' }

const create = (client: Client, resource: Resource, name: string): Promise<{ id: string }> =>
  resource === 'tickets'
    ? client.tickets.create({ title: name, description: 'b' })
    : client.integrations.create({ name, platform_name: 'jira', credentials })

async function idsOf(client: Client, resource: Resource, name: string): Promise<string[]> {
  if (resource === 'integrations') {
    const { items } = await client.integrations.list({ limit: 100 })
    return items.filter((row) => row.name === name).map(({ id }) => id)
  }
  const { items } = await client.tickets.list({ size: 100 })
  return items.filter(({ title }) => title === name).map(({ id }) => id)
}

/** Whether the client's result agrees with the stored rows, also after `resolve()`. */
async function judge(outcome: unknown, stored: readonly string[]) {
  if (isOutcomeUnknownError(outcome)) {
    const { items } = await outcome.resolve()
    const found = items.map(({ id }) => id)
    return { kind: 'unknown', isRight: stored.length <= 1 && found.join() === stored.join() } as const
  }
  if (outcome instanceof Error) return { kind: 'failure', isRight: stored.length === 0 } as const
  const { id } = outcome as { id: string }
  return { kind: 'success', isRight: stored.join() === id } as const
}
