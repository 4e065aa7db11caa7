import { afterEach, expect, test, vi } from 'vitest'
import { createTestApi, type Fetch } from '../../src/index.ts'
import { verifyContract } from '../../src/verify.ts'
import { ada, bo } from '../people.ts'

// A reply of a gateway or a rate limit shows nothing about the contract.

const CREATE = 'tickets.create/minimal'

afterEach(() => void vi.useRealTimers())

/** Runs the case that creates a ticket. `answer` may answer the nth request of a method in place of the service. */
async function verifyCreate(answer: (method: string, nth: number) => Response | undefined) {
  const api = createTestApi()
  const sent: Record<string, number> = {}
  const sentAt: number[] = []
  const fetch: Fetch = async (input, init) => {
    const { method } = new Request(input, init)
    const nth = (sent[method] ?? 0) + 1
    sent[method] = nth
    if (method === 'POST') sentAt.push(Date.now())
    return answer(method, nth) ?? (await api.fetch(input, init))
  }
  const report = await verifyContract({ baseUrl: api.baseUrl, token: api.token, mode: 'full', filter: [CREATE], fetch })
  return { report, sent, waits: sentAt.slice(1).map((time, index) => time - (sentAt[index] ?? 0)) }
}

const answerWith = (status: number, retryAfter?: string): Response =>
  new Response('<h1>Try again</h1>', {
    status,
    headers: { 'Content-Type': 'text/html', ...(retryAfter !== undefined && { 'Retry-After': retryAfter }) },
  })

/** Runs a verification in fake time, which advances as fast as the run waits. */
async function inFakeTime<T>(run: () => Promise<T>): Promise<T> {
  vi.useFakeTimers({ now: Date.parse('2025-09-06T12:00:00Z') })
  const state = { isDone: false }
  const running = run().finally(() => {
    state.isDone = true
  })
  while (!state.isDone) await vi.advanceTimersByTimeAsync(500)
  return await running
}

test.each([
  ['seconds', '3', [3000]],
  ['a date', 'Sat, 06 Sep 2025 12:00:05 GMT', [5000]],
  ['zero', '0', [0]],
  ['nothing', undefined, [1000]],
  ['no time', 'soon', [1000]],
])('a write that a rate limit refuses is sent again after the time in `Retry-After`: %s', async (_, text, waits) => {
  const result = await inFakeTime(() =>
    verifyCreate((method, nth) => (method === 'POST' && nth === 1 ? answerWith(429, text) : undefined)),
  )

  expect(result.report.outcome).toBe('passed')
  expect(result.waits).toEqual(waits)
})

test('without `Retry-After` the time doubles, and after four repeats the case is inconclusive', async () => {
  const { report, waits } = await inFakeTime(() =>
    verifyCreate((method) => (method === 'POST' ? answerWith(429) : undefined)),
  )

  expect(report.results).toMatchObject([{ id: CREATE, outcome: 'inconclusive', reason: 'POST /tickets/ returned 429' }])
  expect(waits).toEqual([1000, 2000, 4000, 8000])
})

test('a rate limit that lasts longer than a minute is not waited for, and the rows are reported', async () => {
  const { report, sent } = await inFakeTime(() =>
    verifyCreate((method, nth) => (method === 'GET' && nth > 2 ? answerWith(429, '3600') : undefined)),
  )

  const reason = 'the rate limit of the backend lasts for another 3600 s'
  expect(report.results).toMatchObject([{ id: CREATE, outcome: 'inconclusive', reason }])
  expect(report.leftovers).toMatchObject([{ kind: 'ticket', reason }])
  expect(sent).toEqual({ GET: 3, POST: 1 })
})

test('a case whose write a gateway answers is run again, and nothing is left', async () => {
  const { report, sent } = await verifyCreate((method, nth) =>
    method === 'POST' && nth === 1 ? answerWith(503) : undefined,
  )

  expect(report).toMatchObject({ outcome: 'passed', leftovers: [] })
  expect(sent['POST']).toBe(2)
})

test('a run deletes its rows although a gateway answers some of the deletes', async () => {
  const { report, sent } = await verifyCreate((method, nth) =>
    method === 'DELETE' && nth < 4 ? answerWith([429, 503, 504][nth - 1] ?? 503, '0') : undefined,
  )

  expect(report).toMatchObject({ outcome: 'passed', leftovers: [] })
  expect(sent['DELETE']).toBe(4)
})

test('a stopped run waits for a rate limit to delete its rows', async () => {
  const api = createTestApi()
  const stop = new AbortController()
  let refused = 0
  const fetch: Fetch = async (input, init) => {
    const { method } = new Request(input, init)
    if (method === 'POST') {
      const reply = await api.fetch(input, init)
      stop.abort()
      return reply
    }
    return method === 'DELETE' && refused++ === 0 ? answerWith(429, '2') : await api.fetch(input, init)
  }

  const report = await inFakeTime(() =>
    verifyContract({
      baseUrl: api.baseUrl,
      token: api.token,
      mode: 'full',
      filter: [CREATE],
      fetch,
      signal: stop.signal,
    }),
  )

  expect(report).toMatchObject({ outcome: 'inconclusive', leftovers: [] })
  expect(refused).toBe(2)
})

test('a request that waits for a rate limit is not sent after the run was stopped', async () => {
  const api = createTestApi()
  const stop = new AbortController()
  let creates = 0
  const fetch: Fetch = async (input, init) => {
    if (new Request(input, init).method !== 'POST') return await api.fetch(input, init)
    creates += 1
    setTimeout(() => stop.abort(), 1000)
    return answerWith(429, '30')
  }

  const { outcome, reason } = await inFakeTime(() =>
    verifyContract({
      baseUrl: api.baseUrl,
      token: api.token,
      mode: 'full',
      filter: [CREATE],
      fetch,
      signal: stop.signal,
    }),
  )

  expect({ outcome, reason, creates }).toEqual({ outcome: 'inconclusive', reason: 'the run was stopped', creates: 1 })
})

test('the rows of the other organization are deleted too', async () => {
  const api = createTestApi({ users: [ada, bo] })

  const report = await verifyContract({
    baseUrl: api.baseUrl,
    token: ada.token,
    otherTenantToken: bo.token,
    mode: 'full',
    filter: ['integrations.create/key-of-other-organization'],
    fetch: api.fetch,
  })
  const left = await api.fetch(`${api.baseUrl}/api/v1/integrations/`, {
    headers: { Authorization: `Bearer ${bo.token}` },
  })

  expect(report).toMatchObject({ outcome: 'passed', leftovers: [] })
  expect(await left.json()).toEqual([])
})
