import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Client } from '../src/index.ts'
import { connectTo } from './backend.ts'

// The cases that AWS publishes for the standard retry mode of 2026, as far as they do not concern `Retry-After` or long
// polling: the statuses, the waits without jitter, and how many tokens the bucket has after each reply.

beforeEach(() => {
  vi.useFakeTimers()
  vi.spyOn(Math, 'random').mockReturnValue(1)
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
})

/** The waits of the calls in milliseconds, the number of tokens at the end, and what each call ended with. */
interface Vector {
  readonly tokens?: number
  readonly maxRetries?: number
  readonly maxDelay?: number
  /** The statuses that each call is answered with. */
  readonly calls: readonly (readonly number[])[]
  readonly waits: readonly number[]
  readonly left: number
}

test.each<[string, Vector]>([
  ['a retry succeeds', { calls: [[500, 500, 200]], waits: [50, 100], left: 486 }],
  ['no attempt is left', { calls: [[502, 502, 502]], waits: [50, 100], left: 472 }],
  ['the tokens are used up after a retry', { tokens: 14, calls: [[500, 500]], waits: [50], left: 0 }],
  ['there are no tokens', { tokens: 0, calls: [[500]], waits: [], left: 0 }],
  ['the waits double', { maxRetries: 4, calls: [[500, 500, 503, 502, 500]], waits: [50, 100, 200, 400], left: 444 }],
  [
    'the waits have a maximum',
    { maxRetries: 4, maxDelay: 200, calls: [[500, 500, 500, 500, 500]], waits: [50, 100, 200, 200], left: 444 },
  ],
  ['too few tokens are left', { tokens: 20, maxRetries: 4, calls: [[500, 502]], waits: [50], left: 6 }],
  [
    'a success returns the tokens of the last retry',
    {
      tokens: 30,
      maxRetries: 4,
      calls: [
        [500, 502, 200],
        [500, 200],
      ],
      waits: [50, 100, 50],
      left: 16,
    },
  ],
  ['a 429 costs less and waits longer', { calls: [[429, 200]], waits: [1000], left: 500 }],
])('%s', async (_, { tokens = 500, maxRetries = 2, maxDelay = 20_000, calls, waits, left }) => {
  const waited: number[] = []
  const answers: number[] = []
  const { client } = connectTo(() => Response.json({ id: '1' }, { status: answers.shift() ?? 503 }), {
    maxRetries,
    retry: { maxDelay },
  })
  await removeTokens(client, 500 - tokens)
  const observed = client.withOptions({
    onEvent: (event) => {
      if (event.type === 'attempt' && event.retry !== undefined) waited.push(event.retry.delayMs)
    },
  })

  for (const statuses of calls) {
    answers.push(...statuses)
    await settled(observed.tickets.retrieve('1').catch(() => {}))
    expect(answers).toEqual([])
  }

  expect(waited).toEqual(waits)
  expect(await countTokens(client)).toBe(Math.floor(left / 5) * 5)

  /** Fails as often as needed: a retry costs 14, or 5 after a 429. */
  async function removeTokens(of: Client, count: number): Promise<void> {
    const throttled = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13].find(
      (n) => count >= 5 * n && (count - 5 * n) % 14 === 0,
    )
    if (throttled === undefined) throw new Error(`no retries cost ${count}`)
    await failAfter(of, 429, throttled)
    await failAfter(of, 503, (count - 5 * throttled) / 14)
  }

  /** The tokens that are left, in steps of 5. */
  async function countTokens(of: Client): Promise<number> {
    return (await failAfter(of, 429, 1000)) * 5
  }

  async function failAfter(of: Client, status: number, retries: number): Promise<number> {
    answers.push(...Array.from({ length: retries + 1 }, () => status))
    const withShortWaits = of.withOptions({ retry: { baseDelay: 1, throttlingBaseDelay: 1, maxDelay: 1 } })
    await settled(withShortWaits.tickets.retrieve('1', { maxRetries: retries }).catch(() => {}))
    return retries + 1 - answers.splice(0).length - 1
  }
})

/** Lets time pass as the call needs it. */
async function settled<T>(call: Promise<T>): Promise<T> {
  await vi.advanceTimersByTimeAsync(110_000)
  return call
}
