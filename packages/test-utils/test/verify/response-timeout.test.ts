import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createResponseTimeout } from '../../src/verify/engine/response-timeout.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A request that ends after `milliseconds`, or when it is aborted. */
const request = (milliseconds: number) => (silence: AbortSignal) =>
  new Promise<string>((resolve) => {
    setTimeout(() => resolve('answered'), milliseconds)
    silence.addEventListener('abort', () => resolve('aborted'))
  })

test('a request is aborted when the backend is silent for the whole limit', async () => {
  const { guard } = createResponseTimeout(1000)

  const silent = guard(request(5000))
  await vi.advanceTimersByTimeAsync(999)
  const quick = guard(request(0))
  await vi.advanceTimersByTimeAsync(1)
  await quick
  await vi.advanceTimersByTimeAsync(1000)

  expect(await silent).toBe('aborted')
})

test('any reply restarts the limit for all requests', async () => {
  const { guard } = createResponseTimeout(1000)

  const slow = guard(request(1500))
  const other = guard(request(600))
  await vi.advanceTimersByTimeAsync(1500)

  expect(await Promise.all([slow, other])).toEqual(['answered', 'answered'])
})

test('time in which this process is busy does not count', async () => {
  const { guard } = createResponseTimeout(1000)
  let outcome: string | undefined

  void (async () => {
    outcome = await guard(request(60_000))
  })()
  await vi.advanceTimersByTimeAsync(500)
  // The clock moves while the event loop is blocked, so no timer fires.
  vi.setSystemTime(Date.now() + 50_000)
  await vi.advanceTimersByTimeAsync(499)
  const before = outcome
  await vi.advanceTimersByTimeAsync(1)

  expect([before, outcome]).toEqual([undefined, 'aborted'])
})

test('no timer is left when no request is pending', async () => {
  const { guard } = createResponseTimeout(1000)

  const done = guard(request(10))
  await vi.advanceTimersByTimeAsync(10)
  await done

  expect(vi.getTimerCount()).toBe(0)
})
