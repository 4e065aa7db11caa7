import * as fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { readSeed } from '../../../vitest.sizes.ts'
import { createClient } from '../src/index.ts'
import { baseUrl, connectTo, failureOf, nthId, outcomeOf } from './backend.ts'

/** A client of a backend that answers a request only when the test calls `answer`. */
function connectWithManualReplies(maxConcurrency: number | undefined) {
  const arrived: { readonly id: string; readonly answer: (status: number) => void }[] = []
  const { client } = connectTo(
    (request) =>
      new Promise((resolve) => {
        const id = new URL(request.url).pathname.split('/').at(-1) ?? ''
        arrived.push({ id, answer: (status) => resolve(Response.json({ id }, { status })) })
      }),
    { ...(maxConcurrency !== undefined && { maxConcurrency }) },
  )
  const waitFor = (count: number) => vi.waitUntil(() => arrived.length >= count)
  return {
    client,
    /** Waits for the given number of requests, and returns the ids of all that have arrived. */
    arrivals: async (count: number) => {
      await waitFor(count)
      return arrived.map(({ id }) => id)
    },
    /** Answers the nth request, counted from 1. */
    answer: async (nth: number, status = 200) => {
      await waitFor(nth)
      arrived[nth - 1]?.answer(status)
    },
  }
}

test('no more requests are under way than allowed, and the others follow in their order', async () => {
  const { client, arrivals, answer } = connectWithManualReplies(2)

  const calls = ['a', 'b', 'c', 'd'].map((id) => client.tickets.retrieve(id))
  expect(await arrivals(2)).toEqual(['a', 'b'])
  await answer(2)
  expect(await arrivals(3)).toEqual(['a', 'b', 'c'])
  for (const nth of [1, 3, 4]) await answer(nth)

  expect((await Promise.all(calls)).map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd'])
})

test('without the option there is no limit', async () => {
  const { client, arrivals, answer } = connectWithManualReplies(undefined)

  const calls = Array.from({ length: 50 }, (_, n) => client.tickets.retrieve(nthId(n)))

  expect(await arrivals(50)).toHaveLength(50)
  for (let nth = 1; nth <= 50; nth += 1) await answer(nth)
  await Promise.all(calls)
})

test('a request that fails lets the next one start', async () => {
  const { client, arrivals, answer } = connectWithManualReplies(1)

  const failing = failureOf(client.tickets.retrieve('a'))
  const next = client.tickets.retrieve('b')
  await answer(1, 404)
  await answer(2)

  expect(await failing).toMatchObject({ status: 404 })
  expect(await next).toMatchObject({ id: 'b' })
  expect(await arrivals(2)).toEqual(['a', 'b'])
})

test('an aborted call that waits is never sent, and the next one takes its place', async () => {
  const { client, arrivals, answer } = connectWithManualReplies(1)
  const controller = new AbortController()

  const first = client.tickets.retrieve('a')
  const aborted = outcomeOf(client.tickets.retrieve('b', { signal: controller.signal }))
  const last = client.tickets.retrieve('c')
  await arrivals(1)
  controller.abort('enough')
  expect(await aborted).toBe('enough')
  await answer(1)
  await answer(2)

  expect([(await first).id, (await last).id]).toEqual(['a', 'c'])
  expect(await arrivals(2)).toEqual(['a', 'c'])
})

test('a create that waits until totalTimeout is over was not sent', async () => {
  const { client, arrivals, answer } = connectWithManualReplies(1)

  const first = client.tickets.retrieve('a')
  await arrivals(1)
  const create = client.withOptions({ totalTimeout: 5 }).tickets.create({ title: 'T', description: 'D' })

  expect(await failureOf(create)).toMatchObject({ name: 'TimeoutError', limit: 'totalTimeout' })
  await answer(1)
  expect(await first).toMatchObject({ id: 'a' })
  expect(await arrivals(1)).toEqual(['a'])
})

test('clients made by withOptions count their requests together, and each has its own limit', async () => {
  const { client, arrivals, answer } = connectWithManualReplies(1)
  const wider = client.withOptions({ maxConcurrency: 2 })

  const calls = [client.tickets.retrieve('a'), wider.tickets.retrieve('b'), wider.tickets.retrieve('c')]
  expect(await arrivals(2)).toEqual(['a', 'b'])
  for (const nth of [1, 2, 3]) await answer(nth)

  expect((await Promise.all(calls)).map(({ id }) => id)).toEqual(['a', 'b', 'c'])
})

test.each([0, -1, 1.5, Number.NaN, '2'])('%s is not a limit', (maxConcurrency) => {
  expect(() => createClient({ baseUrl, token: 't', maxConcurrency: maxConcurrency as number })).toThrow(
    new TypeError('`maxConcurrency` must be a whole number above 0'),
  )
})

test('in any order of replies and aborts the limit holds, and every call ends', async () => {
  const seed = readSeed('CONCURRENCY_SEED', Date.now() % 2_147_483_647)
  console.log(`max concurrency: CONCURRENCY_SEED=${seed} repeats the calls`)
  const calls = fc.array(fc.boolean(), { minLength: 1, maxLength: 12 })

  await fc.assert(
    fc.asyncProperty(fc.scheduler(), fc.integer({ min: 1, max: 4 }), calls, async (scheduler, limit, aborts) => {
      const underWay = new Set<AbortSignal>()
      let most = 0
      const { client } = connectTo(
        async ({ signal }) => {
          // The client may have given up before the request arrives.
          if (!signal.aborted) underWay.add(signal)
          most = Math.max(most, underWay.size)
          // An aborted request is no longer under way for the client, although this backend still works on it.
          signal.addEventListener('abort', () => underWay.delete(signal))
          await scheduler.schedule(Promise.resolve(), 'a reply')
          underWay.delete(signal)
          return Response.json({ id: '1' })
        },
        { maxConcurrency: limit },
      )

      const ended = aborts.map((isAborted) => {
        const controller = new AbortController()
        if (isAborted) void scheduler.schedule(Promise.resolve(), 'an abort').then(() => controller.abort('enough'))
        return outcomeOf(client.tickets.retrieve('1', { signal: controller.signal }))
      })
      const outcomes = await scheduler.waitFor(Promise.all(ended))

      expect(most).toBeLessThanOrEqual(limit)
      const answered = outcomes.filter((outcome, index) => !(aborts[index] === true && outcome === 'enough'))
      expect(answered).toEqual(answered.map(() => expect.objectContaining({ id: '1' })))
    }),
    { seed, numRuns: 100 },
  )
})
