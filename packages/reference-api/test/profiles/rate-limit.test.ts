import { expect, test } from 'vitest'
import { send } from '../send.ts'
import { createBackend, testDeviation } from './test-deviation.ts'

/** A clock that is set by hand, in seconds. */
function secondsByHand() {
  const clock = { second: 0, now: () => new Date(1_700_000_000_000 + clock.second * 1000) }
  return clock
}

const time = secondsByHand()

testDeviation(
  'rate-limit-of-its-own-shape',
  async ({ app }) => {
    time.second = 0
    const noToken = { Authorization: '' }

    const first = await send(app, 'GET /integrations/')
    time.second = 1
    const second = await send(app, 'GET /nowhere', undefined, noToken)
    time.second = 2
    const refused = await send(app, 'POST /integrations/', '{', noToken)

    expect([first.status, second.status, refused.status]).toEqual([200, 404, 429])
    expect(refused.json).toEqual({
      error: 'Rate limit exceeded',
      message: 'Too many requests; try again in 60 seconds',
      limit: 2,
      remaining: 0,
      reset_time: 1_700_000_062,
      retry_after: 60,
    })
    expect(Object.fromEntries(refused.headers)).toEqual({
      'content-type': 'application/json',
      'retry-after': '60',
      'x-ratelimit-limit': '2',
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': '1700000062',
    })
    expect(first.headers.get('X-RateLimit-Remaining')).toBe('1')
  },
  { rateLimit: { limit: 2, window: 60 }, clock: time.now },
)

test('calls within a second count once, clients count separately, and old calls expire', async () => {
  const clock = secondsByHand()
  const { app } = await createBackend('existing-latest', { rateLimit: { limit: 1, window: 60 }, clock: clock.now })
  const statusFor = async (client: string): Promise<number> =>
    (await send(app, 'GET /integrations/', undefined, { 'X-Forwarded-For': `${client}, 10.0.0.1` })).status

  const first = await statusFor('192.0.2.1')
  clock.second = 1
  const later = await statusFor('192.0.2.1')
  const other = await statusFor('192.0.2.2')
  clock.second = 60
  const over = await statusFor('192.0.2.1')

  expect([first, later, other, over]).toEqual([200, 429, 200, 200])
})

test('the default is 1000 calls per hour', async () => {
  const clock = secondsByHand()
  const { app } = await createBackend('existing-legacy', { rateLimit: {}, clock: clock.now })

  const { headers } = await send(app, 'GET /integrations/')

  expect([headers.get('X-RateLimit-Limit'), headers.get('X-RateLimit-Remaining')]).toEqual(['1000', '999'])
  expect(headers.get('X-RateLimit-Reset')).toBe('1700003600')
})

test('calls within one second count once', async () => {
  const clock = secondsByHand()
  const { app } = await createBackend('existing-refactored', { rateLimit: { limit: 5 }, clock: clock.now })

  const remaining = []
  for (const second of [0, 0, 0, 1]) {
    clock.second = second
    remaining.push((await send(app, 'GET /integrations/')).headers.get('X-RateLimit-Remaining'))
  }

  expect(remaining).toEqual(['4', '4', '4', '3'])
})

test('without the option calls are not counted', async () => {
  const { app } = await createBackend('existing-refactored')

  const reply = await send(app, 'GET /integrations/')

  expect(reply.headers.has('X-RateLimit-Limit')).toBe(false)
})
