import { getEventListeners } from 'node:events'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { connect, connectTo, failureOf, nthId } from './backend.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** Lets time pass and says what a call was rejected with. */
async function failureAfter(ms: number, call: Promise<unknown>): Promise<unknown> {
  const outcome = failureOf(call)
  await vi.advanceTimersByTimeAsync(ms)
  return outcome
}

const never = () => new Promise<Response>(() => {})

test('an attempt ends after 30 seconds, also when fetch ignores its signal', async () => {
  const { client } = connectTo(never)
  let done = false

  const outcome = failureOf(client.tickets.retrieve('1')).finally(() => {
    done = true
  })
  await vi.advanceTimersByTimeAsync(29_999)
  expect(done).toBe(false)
  await vi.advanceTimersByTimeAsync(1)

  expect(await outcome).toMatchObject({
    name: 'TimeoutError',
    message: 'no complete reply within 30000 ms (`timeout`)',
    limit: 'timeout',
    ms: 30_000,
    attempts: 1,
  })
})

test('the timeout of the client or of a call is used instead', async () => {
  const { client } = connectTo(never, { timeout: 500 })

  expect(await failureAfter(500, client.tickets.list())).toMatchObject({ limit: 'timeout', ms: 500 })
  expect(await failureAfter(20, client.tickets.list({}, { timeout: 20 }))).toMatchObject({ limit: 'timeout', ms: 20 })
})

test('fetch is aborted', async () => {
  let signal: AbortSignal | undefined
  const { client } = connectTo((request) => {
    signal = request.signal
    return never()
  })

  await failureAfter(30_000, client.tickets.list())

  expect(signal?.aborted).toBe(true)
})

test('a body that does not end is limited too', async () => {
  const endless = () =>
    new Response(new ReadableStream({ start: (stream) => stream.enqueue(new TextEncoder().encode('{')) }))
  const { client } = connectTo(endless)

  expect(await failureAfter(30_000, client.tickets.retrieve('1'))).toMatchObject({
    name: 'TimeoutError',
    limit: 'timeout',
  })
})

test('the body of an error is limited too', async () => {
  const endless = () => new Response(new ReadableStream({}), { status: 500 })
  const { client } = connectTo(endless)

  expect(await failureAfter(30_000, client.tickets.retrieve('1'))).toMatchObject({ name: 'TimeoutError' })
})

test('a whole call ends after 120 seconds, including look-ups and follow-up requests', async () => {
  let page = 0
  const slow = async () => {
    await new Promise((resolve) => setTimeout(resolve, 25_000))
    page += 1
    return Response.json(Array.from({ length: 100 }, (_, n) => ({ id: nthId(page * 100 + n), name: 'x' })))
  }
  const { client, seen } = connectTo(slow)

  const error = await failureAfter(120_000, client.integrations.findByName('x'))

  expect(error).toMatchObject({
    name: 'TimeoutError',
    message: 'the whole call did not end within 120000 ms (`totalTimeout`)',
    limit: 'totalTimeout',
    ms: 120_000,
    attempts: 1,
  })
  expect(seen).toHaveLength(5)
})

test('totalTimeout of the client is used instead, also during a shared look-up', async () => {
  const { client } = connectTo(never, { totalTimeout: 50 })

  const error = await failureAfter(50, client.tickets.create({ title: 'a', description: 'b', integration_name: 'x' }))

  expect(error).toMatchObject({ name: 'TimeoutError', limit: 'totalTimeout', ms: 50 })
})

test('a token function that never resolves ends with the whole call', async () => {
  const { client } = connectTo(never, { token: () => new Promise<string>(() => {}) })

  expect(await failureAfter(120_000, client.tickets.list())).toMatchObject({ limit: 'totalTimeout', attempts: 0 })
})

test('the second attempt after a 401 has its own timeout, and counts', async () => {
  let requestCount = 0
  const { client } = connectTo(async () => (requestCount++ === 0 ? Response.json({}, { status: 401 }) : never()), {
    token: () => `token-${requestCount}`,
  })

  expect(await failureAfter(30_000, client.tickets.list())).toMatchObject({ limit: 'timeout', attempts: 2 })
})

test.each([
  ['an error', new Error('changed my mind')],
  ['a text', 'enough'],
  ['an object', { code: 7 }],
])('the reason of an abort is thrown unchanged: %s', async (_, reason) => {
  const { client } = connectTo(never)
  const controller = new AbortController()

  const outcome = failureOf(client.tickets.list({}, { signal: controller.signal }))
  await vi.advanceTimersByTimeAsync(10)
  controller.abort(reason)

  expect(await outcome).toBe(reason)
})

test('an abort without a reason is an AbortError', async () => {
  const { client } = connectTo(never)
  const controller = new AbortController()

  const outcome = failureOf(client.tickets.list({}, { signal: controller.signal }))
  controller.abort()

  expect(await outcome).toMatchObject({ name: 'AbortError' })
})

test('with an aborted signal nothing is sent', async () => {
  const { client, seen } = connect()

  expect(await failureOf(client.tickets.list({}, { signal: AbortSignal.abort('no') }))).toBe('no')
  expect(seen).toEqual([])
})

test('after an abort between two requests of a call the second is not sent', async () => {
  const controller = new AbortController()
  const { client, seen } = connectTo(async () => {
    controller.abort('enough')
    return Response.json({ id: nthId(1), status: 'active', enabled: true })
  })

  const error = await failureOf(
    client.integrations.create({ name: 'A', platform_name: 'jira', enabled: false }, { signal: controller.signal }),
  )

  expect(error).toBe('enough')
  expect(seen).toHaveLength(1)
})

test('no listener and no timer is left after any outcome', async () => {
  vi.useRealTimers()
  const controller = new AbortController()
  const { signal } = controller
  const { client } = connect()
  const failing = connectTo(() => Promise.reject(new TypeError('fetch failed')))
  const slow = connectTo(never)
  await client.integrations.create({ name: 'Bugs', platform_name: 'jira' }, { signal })

  for (let n = 0; n < 20; n += 1) {
    await client.tickets.create({ title: 'a', description: 'b', integration_name: 'Bugs' }, { signal })
    await client.tickets.list({}, { signal }).toArray({ limit: 50 })
    await failureOf(client.tickets.retrieve(nthId(99), { signal }))
    await failureOf(failing.client.tickets.list({}, { signal }))
    await failureOf(slow.client.tickets.list({}, { signal, timeout: 1 }))
  }

  expect(getEventListeners(signal, 'abort')).toEqual([])
  expect(process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length).toBeLessThan(5)
})
