import { getEventListeners } from 'node:events'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Client, ClientOptions, RetryOptions } from '../src/index.ts'
import { connect, connectTo, failureOf, nthId, requestLines } from './backend.ts'

beforeEach(() => {
  vi.useFakeTimers()
  vi.spyOn(Math, 'random').mockReturnValue(1)
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

type Step = Response | Error
const status =
  (code: number, body: object = {}, headers: Record<string, string> = {}) =>
  () =>
    Response.json(body, { status: code, headers })
const lost = () => Object.assign(new TypeError('fetch failed'), { code: 'ECONNRESET' })
const refused = () => Object.assign(new TypeError('fetch failed'), { code: 'ECONNREFUSED' })
const ticket = status(200, { id: nthId(1), title: 'a' })
const KEYS = { 'API-Capabilities': 'cursor, idempotency-key' }

/** A client of a backend that answers with each step in turn, and repeats the last one. */
function inTurn(steps: (() => Step)[], options: Partial<ClientOptions> = {}) {
  let turn = 0
  return connectTo(
    () => {
      const step = steps[Math.min(turn++, steps.length - 1)]?.()
      return step instanceof Response ? step : Promise.reject(step)
    },
    { retry: {}, ...options },
  )
}

/** Lets time pass as the call needs it. */
async function settled<T>(call: Promise<T>): Promise<T> {
  call.catch(() => {})
  await vi.advanceTimersByTimeAsync(150_000)
  return call
}

const calls = {
  read: (client: Client) => client.tickets.retrieve('1'),
  delete: (client: Client) => client.tickets.delete('1'),
  write: (client: Client) => client.tickets.update('1', { title: 'b' }),
  conditional: (client: Client) => client.tickets.update('1', { title: 'b' }, { headers: { 'If-Match': '"1"' } }),
  post: (client: Client) => client.integrations.activate('1'),
  path: (client: Client) => client.request({ method: 'PUT', path: '/reports/daily', body: {} }),
}

const outcomes = {
  'no connection': refused,
  'a lost answer': lost,
  408: status(408),
  429: status(429),
  500: status(500),
  502: status(502),
  503: status(503),
  504: status(504),
  599: status(599),
  501: status(501),
  505: status(505),
  '502 of the service itself': status(502, { code: 'external_creation_failed' }),
  '409 with a running call': status(409, { code: 'idempotency_in_flight' }, KEYS),
  400: status(400),
  404: status(404),
  422: status(422),
}

// The expected policy, written by hand: how often a request is sent.
const once = 1
const thrice = 3
test.each<[keyof typeof calls, keyof typeof outcomes, number, withKeys?: number]>([
  ['read', 'no connection', thrice],
  ['read', 'a lost answer', thrice],
  ['read', 408, thrice],
  ['read', 429, thrice],
  ['read', 500, thrice],
  ['read', 502, thrice],
  ['read', 503, thrice],
  ['read', 504, thrice],
  ['read', 599, thrice],
  ['read', 501, once],
  ['read', 505, once],
  ['read', '502 of the service itself', once],
  ['read', 400, once],
  ['read', 404, once],
  ['read', 422, once],
  ['delete', 'no connection', thrice],
  ['delete', 'a lost answer', thrice],
  ['delete', 429, thrice],
  ['delete', 500, thrice],
  ['delete', 503, thrice],
  ['delete', 404, once],
  ['write', 'no connection', thrice],
  ['write', 'a lost answer', thrice],
  ['write', 408, thrice],
  ['write', 429, thrice],
  ['write', 500, once],
  ['write', 502, thrice],
  ['write', 503, thrice],
  ['write', 422, once],
  ['conditional', 'no connection', thrice],
  ['conditional', 429, thrice],
  ['conditional', 'a lost answer', once],
  ['conditional', 502, once],
  ['conditional', 503, once],
  ['post', 'no connection', thrice],
  ['post', 429, thrice],
  ['post', 'a lost answer', once, thrice],
  ['post', 408, once, thrice],
  ['post', 500, once, thrice],
  ['post', 503, once, thrice],
  ['post', 504, once, thrice],
  ['write', '409 with a running call', once],
  ['post', '409 with a running call', thrice],
  ['post', '502 of the service itself', once],
  ['post', 422, once],
  ['path', 'no connection', thrice],
  ['path', 429, thrice],
  ['path', 'a lost answer', once],
  ['path', 503, once],
  ['path', 500, once],
])('%s with the outcome %s is sent %i times', async (kind, outcome, times, withKeys = times) => {
  const { client, seen } = inTurn([outcomes[outcome]])
  const keyed = inTurn([status(200, {}, KEYS), outcomes[outcome]])
  await keyed.client.tickets.retrieve('1')

  const error = await settled(failureOf(calls[kind](client)))
  await settled(failureOf(calls[kind](keyed.client)))

  // After a 500 the stored row is read. That is not a repeat of the write.
  const ofKind = (all: typeof seen): typeof seen => all.filter(({ method }) => kind !== 'write' || method !== 'GET')
  expect(ofKind(seen)).toHaveLength(times)
  expect(ofKind(keyed.seen.slice(1))).toHaveLength(withKeys)
  expect(error).toMatchObject({ attempts: times })
})

test('a call that succeeds after retries is a plain success', async () => {
  const { client, seen } = inTurn([lost, status(503), ticket])

  expect(await settled(client.tickets.retrieve('1'))).toEqual({ id: nthId(1), title: 'a' })
  expect(requestLines(seen)).toEqual(['GET /tickets/1', 'GET /tickets/1', 'GET /tickets/1'])
})

describe('a delete', () => {
  test.each(['a lost answer', 500, 502, 503] as const)('succeeds when the row is gone after %s', async (outcome) => {
    const tickets = inTurn([outcomes[outcome], status(404)])
    const integrations = inTurn([outcomes[outcome], status(404)])

    expect(await settled(tickets.client.tickets.delete('1'))).toBeUndefined()
    expect(await settled(integrations.client.integrations.delete('1'))).toEqual({
      message: 'deleted by an earlier attempt',
    })
  })

  test.each(['no connection', 429] as const)('fails when the row is gone after %s', async (outcome) => {
    const { client, seen } = inTurn([outcomes[outcome], status(404)])

    const error = await settled(failureOf(client.tickets.delete('1')))

    expect(error).toMatchObject({ name: 'ApiError', status: 404, attempts: 2 })
    expect(seen).toHaveLength(2)
  })
})

test('a write other than a delete fails when the row is gone after a lost answer', async () => {
  const { client, seen } = inTurn([lost, status(404)])

  const error = await settled(failureOf(client.tickets.update('1', { title: 'a' })))

  expect(error).toMatchObject({ name: 'ApiError', status: 404, attempts: 2 })
  expect(requestLines(seen)).toEqual(['PATCH /tickets/1', 'PATCH /tickets/1'])
})

describe('the key of a POST', () => {
  const keyOf = (headers: Readonly<Record<string, string>>) => headers['idempotency-key']

  test('is the same for all attempts of a call, and differs from call to call', async () => {
    const { client, seen } = inTurn([
      status(200, {}, KEYS),
      lost,
      lost,
      status(201, { id: nthId(1), title: 'a' }, KEYS),
    ])
    await client.tickets.retrieve('1')

    await settled(client.tickets.create({ title: 'a', description: 'b' }))
    await client.tickets.create({ title: 'a', description: 'b' })

    const [none, ...keys] = seen.map(({ headers }) => keyOf(headers))
    expect(none).toBeUndefined()
    expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/)
    expect(new Set(keys.slice(0, 3)).size).toBe(1)
    expect(keys[3]).toMatch(/^[0-9a-f-]{36}$/)
    expect(keys[3]).not.toBe(keys[0])
  })

  test('is also sent when retries are off', async () => {
    const { client, seen } = inTurn([ticket], { retry: false })

    await client.tickets.create({ title: 'a', description: 'b' })

    expect(seen.map(({ headers }) => keyOf(headers))).toEqual([expect.stringMatching(/^[0-9a-f-]{36}$/)])
  })

  test('is the one that the caller gives', async () => {
    const { client, seen } = inTurn([ticket])

    await client.tickets.create({ title: 'a', description: 'b' }, { idempotencyKey: 'mine' })
    await client.tickets.create({ title: 'a', description: 'b' }, { headers: { 'idempotency-key': 'his' } })

    expect(seen.map(({ headers }) => keyOf(headers))).toEqual(['mine', 'his'])
  })

  test('is missing where the platform cannot create one, and then nothing is sent twice', async () => {
    vi.stubGlobal('crypto', {})
    const { client, seen } = inTurn([status(200, {}, KEYS), lost])
    await client.tickets.retrieve('1')

    await settled(failureOf(client.integrations.activate('1')))

    expect(seen.slice(1).map(({ headers }) => keyOf(headers))).toEqual([undefined])
  })
})

describe('a capability that a backend announces', () => {
  const repeats = async (...before: (() => Step)[]) => {
    const { client, seen } = inTurn([...before, lost])
    for (let n = 0; n < before.length; n += 1) await client.tickets.retrieve('1').catch(() => {})
    seen.length = 0
    await settled(failureOf(client.withOptions({ timeout: 1000, retry: {} }).integrations.activate('1')))
    return seen.length
  }

  test('is cached, also for clients made by withOptions', async () => {
    expect(await repeats(status(200, {}, KEYS))).toBe(3)
    expect(await repeats(status(404, {}, KEYS))).toBe(3)
  })

  test('is dropped when a later reply lacks it: the backend was rolled back', async () => {
    expect(await repeats(status(200, {}, KEYS), status(200))).toBe(1)
    expect(await repeats(status(200, {}, KEYS), status(404, {}, { 'API-Capabilities': 'cursor' }))).toBe(1)
  })

  test('is not used by a client of another backend', async () => {
    const { client, seen } = inTurn([status(200, {}, KEYS), lost])
    await client.tickets.retrieve('1')

    await settled(failureOf(client.withOptions({ token: 'other' }).integrations.activate('1')))

    expect(seen).toHaveLength(2)
  })

  test('is not changed by the reply of a gateway', async () => {
    const { client, seen } = inTurn([status(200, {}, KEYS), status(429), lost, ticket])
    await client.tickets.retrieve('1')

    await settled(client.integrations.activate('1'))

    expect(seen).toHaveLength(4)
  })
})

describe('the waits between attempts', () => {
  /** When the attempts were made, in milliseconds since the first. */
  async function moments(steps: (() => Step)[], retry: RetryOptions = {}) {
    const start = performance.now()
    const at: number[] = []
    const noted = steps.map((step) => () => {
      at.push(performance.now() - start)
      return step()
    })
    const { client } = inTurn(noted, { maxRetries: 5, retry })
    const outcome = await settled(client.tickets.retrieve('1').catch((error: unknown) => error))
    return { at, outcome }
  }

  test('double, up to a limit', async () => {
    const retry = { baseDelay: 100, maxDelay: 500 }

    const { at } = await moments(
      Array.from({ length: 6 }, () => status(503)),
      retry,
    )

    expect(at).toEqual([0, 100, 300, 700, 1200, 1700])
  })

  test('are a random part of that', async () => {
    vi.spyOn(Math, 'random').mockReturnValueOnce(0).mockReturnValueOnce(0.25)

    const { at } = await moments([status(503), status(503), ticket])

    expect(at).toEqual([0, 0, 25])
  })

  test.each([
    ['seconds', status(429, {}, { 'Retry-After': '7' }), 8000],
    ['a date', () => status(429, {}, { 'Retry-After': new Date(Date.now() + 7000).toUTCString() })(), 8000],
    ['a number in the body', status(429, { error: 'x', retry_after: 7 }), 8000],
    ['seconds of a service that is down', status(503, {}, { 'Retry-After': '7' }), 7050],
  ])('are added to what the service asks for: %s', async (_, answer, expected) => {
    vi.setSystemTime('2026-01-01T00:00:00Z')

    const { at, outcome } = await moments([answer, ticket])

    expect(at).toEqual([0, expected])
    expect(outcome).toMatchObject({ id: nthId(1) })
  })

  test.each(['120', '3600', '9'.repeat(400), 'Sat, 06 Sep 2225 12:00:30 GMT'])(
    'are not started when they would exceed the time of the call: Retry-After %s',
    async (hint) => {
      const { client, seen } = inTurn([status(429, {}, { 'Retry-After': hint })])

      const error = await failureOf(client.tickets.retrieve('1'))

      expect(error).toMatchObject({ name: 'ApiError', status: 429, attempts: 1, retryAfter: expect.any(Number) })
      expect(seen).toHaveLength(1)
      expect(vi.getTimerCount()).toBe(0)
    },
  )

  test('end with the last reply when they would exceed the remaining time', async () => {
    const { client, seen } = inTurn([status(429, {}, { 'Retry-After': '5' })], {
      maxRetries: 99,
      totalTimeout: 14_000,
    })

    const error = await settled(failureOf(client.tickets.retrieve('1')))

    expect(error).toMatchObject({ name: 'ApiError', status: 429, retryAfter: 5, attempts: 3 })
    expect(seen).toHaveLength(3)
  })

  test('end at once when the caller aborts', async () => {
    const controller = new AbortController()
    const { client, seen } = inTurn([status(429, {}, { 'Retry-After': '60' })])

    const outcome = failureOf(client.tickets.retrieve('1', { signal: controller.signal }))
    await vi.advanceTimersByTimeAsync(1000)
    controller.abort('enough')

    expect(await outcome).toBe('enough')
    expect(seen).toHaveLength(1)
    expect(vi.getTimerCount()).toBe(0)
    expect(getEventListeners(controller.signal, 'abort')).toEqual([])
  })
})

test('an attempt that takes too long is repeated', async () => {
  const steps = [() => new Promise<Response>(() => {}), async () => Response.json({ id: nthId(1) })]
  const { client } = connectTo(() => (steps.shift() as () => Promise<Response>)(), { retry: {} })

  expect(await settled(client.tickets.retrieve('1'))).toEqual({ id: nthId(1) })
})

test('a token that expires between two attempts is renewed once', async () => {
  const tokens = ['one', 'two', 'three']
  const { client, seen } = inTurn([status(503), status(401), status(503), ticket], {
    token: () => tokens.shift() ?? 'none',
    retry: {},
  })

  await settled(client.tickets.retrieve('1'))

  expect(seen.map(({ headers }) => headers['authorization'])).toEqual([
    'Bearer one',
    'Bearer one',
    'Bearer two',
    'Bearer two',
  ])
})

test('a client whose retries fail stops retrying, and starts again when calls succeed', async () => {
  let down = true
  const { client, seen } = connectTo(() => Response.json({ id: '1' }, { status: down ? 503 : 200 }), { retry: {} })
  const sent = async (): Promise<number> => {
    seen.length = 0
    await settled(client.tickets.retrieve('1').catch(() => {}))
    return seen.length
  }

  // The budget is 500, and a retry costs 14.
  for (let n = 0; n < 17; n += 1) expect(await sent()).toBe(3)
  expect([await sent(), await sent()]).toEqual([2, 1])

  down = false
  for (let n = 0; n < 10; n += 1) await sent()
  down = true
  expect([await sent(), await sent()]).toEqual([2, 1])
})

test('a retry after a 429 costs 5 instead of 14', async () => {
  const { client, seen } = inTurn([status(429)])

  for (let n = 0; n < 51; n += 1) await settled(failureOf(client.tickets.retrieve('1')))

  expect(seen).toHaveLength(3 * 50 + 1)
})

test('a retry that succeeds is free', async () => {
  let turn = 0
  const { client, seen } = connectTo(() => Response.json({ id: '1' }, { status: turn++ % 2 === 0 ? 503 : 200 }), {
    retry: {},
  })

  for (let n = 0; n < 200; n += 1) await settled(client.tickets.retrieve('1'))

  expect(seen).toHaveLength(400)
})

test('1 000 calls with retries leave no listener on the caller’s signal', async () => {
  const { signal } = new AbortController()
  let turn = 0
  const { client } = connectTo(() => Response.json({ id: '1' }, { status: turn++ % 2 === 0 ? 503 : 200 }), {
    retry: { baseDelay: 1 },
  })

  await settled(
    Promise.all(Array.from({ length: 1000 }, () => client.tickets.retrieve('1', { signal }).catch(() => {}))),
  )

  expect(turn).toBeGreaterThan(1000)
  expect(getEventListeners(signal, 'abort')).toEqual([])
  expect(vi.getTimerCount()).toBe(0)
})

test('on the reference API, a create whose replies are lost makes one ticket', async () => {
  vi.useRealTimers()
  const { app, client } = connect({ retry: { baseDelay: 1 } })
  let losses = 0
  const losing = client.withOptions({
    fetch: async (request) => {
      const reply = await app.fetch(request)
      if (request.method === 'POST' && losses++ < 2) throw lost()
      return reply
    },
  })
  await losing.tickets.list()

  const created = await losing.tickets.create({ title: 'a', description: 'b' })

  expect(losses).toBe(3)
  expect((await losing.tickets.list()).items.map(({ id }) => id)).toEqual([created.id])
})
