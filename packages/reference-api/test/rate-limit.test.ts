import { type AppOptions, createApp } from '@ai-ticket-creator/reference-api'
import { expect, test } from 'vitest'
import { send } from './send.ts'

const START = 1_700_000_040
let second = 0
const limitedApp = (limit = 2) => {
  second = 0
  return createApp({ rateLimit: { limit, window: 60 }, clock: () => new Date((START + second) * 1000) })
}

test('a call over the limit is refused until the window ends, with headers that say so', async () => {
  const app = limitedApp()

  const first = await send(app, 'GET /integrations/')
  second = 20
  await send(app, 'GET /tickets/')
  const refused = await send(app, 'GET /integrations/')
  second = 60
  const next = await send(app, 'GET /integrations/')

  expect([first.status, refused.status, next.status]).toEqual([200, 429, 200])
  expect(refused.json).toEqual({
    detail: 'too many calls; try again in 40 s',
    code: 'rate_limited',
    error: 'Rate limit exceeded',
    message: 'too many calls; try again in 40 s',
    limit: 2,
    remaining: 0,
    reset_time: 1_700_000_100,
    retry_after: 40,
  })
  expect(Object.fromEntries(refused.headers)).toMatchObject({
    'api-generation': 'current',
    'retry-after': '40',
    'x-ratelimit-limit': '2',
    'x-ratelimit-remaining': '0',
    'x-ratelimit-reset': '1700000100',
    'x-request-id': expect.any(String),
  })
  expect(first.headers.get('X-RateLimit-Remaining')).toBe('1')
  expect(next.headers.get('X-RateLimit-Reset')).toBe('1700000160')
})

test('tokens count separately, also wrong ones, and refused calls have the headers too', async () => {
  const app = limitedApp(1)

  const wrong = await send(app, 'GET /integrations/', undefined, { Authorization: 'Bearer wrong' })
  const right = await send(app, 'GET /integrations/')
  const again = await send(app, 'GET /integrations/', undefined, { Authorization: 'Bearer wrong' })

  expect([wrong.status, right.status, again.status]).toEqual([401, 200, 429])
  expect(wrong.headers.get('X-RateLimit-Limit')).toBe('1')
})

const callAs = (app: ReturnType<typeof createApp>, token: string) =>
  send(app, 'GET /integrations/', undefined, { Authorization: `Bearer ${token}` })

test('of the tokens that never succeed the last 10 000 are counted, and those that do are always counted', async () => {
  const app = limitedApp(1)
  await callAs(app, 'test-token')
  await callAs(app, 'first-wrong')
  for (let n = 1; n < 10_000; n++) await callAs(app, `wrong-${n}`)

  const counted = (await callAs(app, 'first-wrong')).status
  await callAs(app, 'one-more')
  const dropped = (await callAs(app, 'first-wrong')).status

  expect([counted, dropped, (await callAs(app, 'test-token')).status]).toEqual([429, 401, 429])
})

test('long tokens count separately by their end', async () => {
  const app = limitedApp(1)
  const start = 'x'.repeat(5000)

  const replies = [await callAs(app, `${start}1`), await callAs(app, `${start}2`), await callAs(app, `${start}1`)]

  expect(replies.map(({ status }) => status)).toEqual([401, 401, 429])
})

test('a token has one count, however its header is spelled', async () => {
  const app = limitedApp(1)

  const replies = [
    await send(app, 'GET /integrations/', undefined, { Authorization: 'Bearer test-token' }),
    await send(app, 'GET /integrations/', undefined, { Authorization: 'BEARER  test-token' }),
  ]

  expect(replies.map(({ status }) => status)).toEqual([200, 429])
})

test('an option without a value has its default', async () => {
  // Callers without `exactOptionalPropertyTypes` can pass undefined.
  const options = { rateLimit: { limit: undefined, window: undefined } } as unknown as AppOptions

  const { headers } = await send(createApp(options), 'GET /integrations/')

  expect([headers.get('X-RateLimit-Limit'), headers.get('X-RateLimit-Remaining')]).toEqual(['1000', '999'])
})

test.each([null, 5, [1000]])('the rate limit %j is refused', (rateLimit) => {
  expect(() => createApp({ rateLimit } as AppOptions)).toThrow(
    new TypeError('`rateLimit` must be an object such as { limit: 1000, window: 3600 }'),
  )
})

test('without the option no reply has rate limit headers', async () => {
  const { headers } = await send(createApp(), 'GET /integrations/')

  expect(headers.has('X-RateLimit-Limit')).toBe(false)
})
