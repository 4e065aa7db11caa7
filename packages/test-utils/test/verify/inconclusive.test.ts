import { afterEach, expect, test, vi } from 'vitest'
import { createTestApi, type Fetch } from '../../src/index.ts'
import { type VerifyReport, verifyContract } from '../../src/verify.ts'

// An inconclusive case counts neither as passed nor as failed.

const CREATE = 'tickets.create/minimal'

afterEach(() => void vi.useRealTimers())

/** Runs the case that creates a ticket; the reply to the create comes from `answer`. */
async function verifyCreate(answer: (init?: RequestInit) => Response | Promise<Response>): Promise<VerifyReport> {
  const api = createTestApi()
  const fetch: Fetch = async (input, init) => {
    const { method, url } = new Request(input, init)
    const isCreate = method === 'POST' && new URL(url).pathname.startsWith('/api/v1/tickets')
    return isCreate ? await answer(init) : await api.fetch(input, init)
  }
  return await verifyContract({ baseUrl: api.baseUrl, token: api.token, mode: 'full', filter: [CREATE], fetch })
}

const refusal = (status: number, code: string) => () =>
  Response.json({ detail: 'no', code }, { status, headers: { 'Retry-After': '0' } })

const connectionError = (code: string): TypeError =>
  new TypeError('fetch failed', { cause: Object.assign(new Error('closed'), { code }) })

function failing(cause: unknown): () => never {
  return () => {
    throw cause
  }
}

test.each([
  ['a rate limit', refusal(429, 'rate_limited'), 'returned 429'],
  ['an outage', refusal(503, 'unavailable'), 'returned 503'],
  ['a gateway timeout', refusal(504, 'timeout'), 'returned 504'],
  ['a bad gateway', () => new Response('<h1>Bad gateway</h1>', { status: 502 }), 'returned 502'],
  [
    'a platform that rejects made-up credentials',
    refusal(502, 'external_creation_failed'),
    'the platform rejects tickets with made-up credentials',
  ],
  ['a lost connection', failing(connectionError('ECONNRESET')), 'the backend is unreachable (ECONNRESET)'],
  ['a connection error without a code', failing(new TypeError('fetch failed')), 'unreachable (TypeError)'],
  ['a thrown value that is not an error', failing('lost'), 'unreachable (unknown)'],
])('%s makes a case inconclusive, with the reason', async (_, answer, reason) => {
  const report = await verifyCreate(answer)

  expect(report.outcome).toBe('inconclusive')
  expect(report.results).toMatchObject([
    { id: CREATE, outcome: 'inconclusive', reason: expect.stringContaining(reason) },
  ])
})

test('a platform that cannot be reached makes the case of its fields inconclusive, and is no 500 of the backend', async () => {
  const api = createTestApi()
  const fetch: Fetch = async (input, init) =>
    new URL(new Request(input, init).url).pathname.endsWith('/fields')
      ? Response.json({ detail: 'no' }, { status: 500 })
      : await api.fetch(input, init)

  const report = await verifyContract({
    baseUrl: api.baseUrl,
    token: api.token,
    mode: 'full',
    filter: ['integrations.fields/counts', 'replies/no-500'],
    fetch,
  })

  expect(report.results).toMatchObject([
    {
      id: 'integrations.fields/counts',
      outcome: 'inconclusive',
      reason: expect.stringContaining('the platform cannot be reached, or rejects made-up credentials'),
    },
    { id: 'replies/no-500', outcome: 'passed' },
  ])
})

test('a refusal that contradicts the contract fails the case', async () => {
  const report = await verifyCreate(refusal(404, 'not_found'))

  expect(report.results).toMatchObject([{ id: CREATE, outcome: 'failed', expected: '201', actual: '404 `not_found`' }])
})

test('a backend that does not answer for 10 s makes a case inconclusive', async () => {
  vi.useFakeTimers()
  let waiting = (): void => {}
  const isWaiting = new Promise<void>((resolve) => {
    waiting = resolve
  })

  const report = verifyCreate(
    (init) =>
      new Promise((_, reject) => {
        init?.signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')))
        waiting()
      }),
  )
  await isWaiting
  await vi.advanceTimersByTimeAsync(10_000)

  expect((await report).results).toMatchObject([{ outcome: 'inconclusive', reason: 'the backend does not answer' }])
})

/** A backend that closes the connection of GET …/stats/overview the first `times` times. */
async function verifyWithClosing(times: number): Promise<{ report: VerifyReport; sent: number }> {
  const api = createTestApi()
  let sent = 0
  const fetch: Fetch = async (input, init) => {
    const isStats = new Request(input, init).url.endsWith('/tickets/stats/overview')
    if (isStats && ++sent <= times) throw connectionError('UND_ERR_SOCKET')
    return await api.fetch(input, init)
  }
  const filter = ['tickets.stats/token']
  return { report: await verifyContract({ baseUrl: api.baseUrl, token: api.token, filter, fetch }), sent }
}

test('a GET on a connection that the server just closed is sent again', async () => {
  const { report } = await verifyWithClosing(1)

  expect(report.outcome).toBe('passed')
})

test('a GET that fails twice makes a case inconclusive', async () => {
  const { report, sent } = await verifyWithClosing(Number.POSITIVE_INFINITY)

  expect(report.results).toMatchObject([
    { outcome: 'inconclusive', reason: 'the backend is unreachable (UND_ERR_SOCKET)' },
  ])
  expect(sent).toBe(2)
})

test('a write is not sent again', async () => {
  let sent = 0
  const report = await verifyCreate(() => {
    sent += 1
    throw connectionError('UND_ERR_SOCKET')
  })

  expect(report.outcome).toBe('inconclusive')
  expect(sent).toBe(1)
})
