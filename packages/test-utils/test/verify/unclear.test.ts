import { expect, test } from 'vitest'
import { createTestApi, type Fetch } from '../../src/index.ts'
import { type VerifyReport, verifyContract } from '../../src/verify.ts'

// "Unknown" is neither kept nor broken: what says nothing of the contract fails no case.

const CREATE = 'tickets.create/least'

/** Tries one case that files a ticket; the answer to that comes from `answer`. */
async function fileOne(answer: () => Response | Promise<Response>): Promise<VerifyReport> {
  const api = createTestApi()
  const fetch: Fetch = async (input, init) => {
    const { method, url } = new Request(input, init)
    const isFiling = method === 'POST' && new URL(url).pathname.startsWith('/api/v1/tickets')
    return isFiling ? await answer() : await api.fetch(input, init)
  }
  return await verifyContract({ baseUrl: api.baseUrl, token: api.token, mode: 'full', filter: [CREATE], fetch })
}

const refusal = (status: number, code: string) => () => Response.json({ detail: 'no', code }, { status })

function broken(cause: unknown): () => never {
  return () => {
    throw cause
  }
}

test.each([
  ['too many calls', refusal(429, 'rate_limited'), 'is answered with 429'],
  ['a service that is down', refusal(503, 'unavailable'), 'is answered with 503'],
  ['a gateway that waits in vain', refusal(504, 'timeout'), 'is answered with 504'],
  [
    'a platform that wants real credentials',
    refusal(502, 'external_creation_failed'),
    'the platform does not take tickets with made-up credentials',
  ],
  [
    'a connection that breaks',
    broken(new TypeError('fetch failed', { cause: Object.assign(new Error('reset'), { code: 'ECONNRESET' }) })),
    'it is not reached (ECONNRESET)',
  ],
  ['a failure without a code', broken(new TypeError('fetch failed')), 'it is not reached (TypeError)'],
  ['something that is no error', broken('lost'), 'it is not reached (unknown)'],
])('%s makes the case unknown, and says why', async (_, answer, reason) => {
  const report = await fileOne(answer)

  expect(report.outcome).toBe('inconclusive')
  expect(report.results).toMatchObject([
    { id: CREATE, outcome: 'inconclusive', reason: expect.stringContaining(reason) },
  ])
})

test('what the contract has another answer for fails, although it is a refusal', async () => {
  const report = await fileOne(refusal(404, 'not_found'))

  expect(report.results).toMatchObject([{ id: CREATE, outcome: 'failed', expected: '201', actual: '404 `not_found`' }])
})

/** A backend that closes the connection of a request that reads, so many times. */
async function closing(times: number): Promise<{ report: VerifyReport; sent: number }> {
  const api = createTestApi()
  let sent = 0
  const fetch: Fetch = async (input, init) => {
    const isRead = new Request(input, init).url.endsWith('/tickets/stats/overview')
    if (isRead && ++sent <= times)
      throw new TypeError('fetch failed', { cause: Object.assign(new Error('closed'), { code: 'UND_ERR_SOCKET' }) })
    return await api.fetch(input, init)
  }
  const filter = ['tickets.stats/token']
  return { report: await verifyContract({ baseUrl: api.baseUrl, token: api.token, filter, fetch }), sent }
}

test('a connection that is closed just when it is used again is opened once more for what reads', async () => {
  const { report } = await closing(1)

  expect(report.outcome).toBe('passed')
})

test('one that is closed each time makes the case unknown', async () => {
  const { report, sent } = await closing(Number.POSITIVE_INFINITY)

  expect(report.results).toMatchObject([{ outcome: 'inconclusive', reason: 'it is not reached (UND_ERR_SOCKET)' }])
  expect(sent).toBe(2)
})

test('what writes is not sent again', async () => {
  let sent = 0
  const report = await fileOne(() => {
    sent += 1
    throw new TypeError('fetch failed', { cause: Object.assign(new Error('closed'), { code: 'UND_ERR_SOCKET' }) })
  })

  expect(report.outcome).toBe('inconclusive')
  expect(sent).toBe(1)
})
