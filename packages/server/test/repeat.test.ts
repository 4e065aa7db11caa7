import { beforeEach, expect, test, vi } from 'vitest'
import { repeat } from '../src/runtime/repeat.ts'

beforeEach(() => {
  vi.useFakeTimers()
})

test('a task runs after each pause, until it is stopped', async () => {
  let runs = 0
  const stop = repeat(async () => runs++, { pause: () => 2000, onError: () => {} })

  await vi.advanceTimersByTimeAsync(1999)
  expect(runs).toBe(0)
  await vi.advanceTimersByTimeAsync(2001)
  expect(runs).toBe(2)
  await stop()
  await vi.advanceTimersByTimeAsync(10_000)
  expect(runs).toBe(2)
})

test('a failure is reported, and the task runs again', async () => {
  const errors: unknown[] = []
  const stop = repeat(() => Promise.reject(new Error(`run ${errors.length}`)), {
    pause: () => 10,
    onError: (error) => errors.push(error),
  })

  await vi.advanceTimersByTimeAsync(20)
  await stop()

  expect(errors).toEqual([new Error('run 0'), new Error('run 1')])
})

test('a stop waits for the run in progress, and none follows it', async () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  let runs = 0
  const stop = repeat(
    () => {
      runs++
      return promise
    },
    { pause: () => 10, onError: () => {} },
  )
  await vi.advanceTimersByTimeAsync(10)

  const stopped = stop()
  resolve()
  await stopped
  await vi.advanceTimersByTimeAsync(100)

  expect(runs).toBe(1)
})
