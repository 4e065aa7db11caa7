import { describe, expect, test } from 'vitest'
import { connectTo, failureOf } from './backend.ts'

const unavailable = (options: object) =>
  connectTo(() => Response.json({}, { status: 503 }), { retry: { baseDelay: 1 }, ...options })

describe('the number of requests', () => {
  test.each([
    ['three by default', {}, 3],
    ['one without retries', { maxRetries: 0 }, 1],
    ['one with `retry: false`', { retry: false }, 1],
    ['one with `retry: false`, whatever `maxRetries` is', { retry: false, maxRetries: 4 }, 1],
    ['five with four retries', { maxRetries: 4 }, 5],
  ])('is %s', async (_, options, requests) => {
    const { client, seen } = unavailable(options)

    const error = await failureOf(client.tickets.retrieve('1'))

    expect([seen.length, error]).toMatchObject([requests, { status: 503, attempts: requests }])
  })

  test.each([0, 1])('is that of the call: %i more', async (maxRetries) => {
    const { client, seen } = unavailable({ maxRetries: 4 })

    await failureOf(client.tickets.retrieve('1', { maxRetries }))

    expect(seen).toHaveLength(1 + maxRetries)
  })
})
