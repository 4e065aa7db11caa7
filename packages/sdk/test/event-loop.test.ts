import { expect, test, vi } from 'vitest'
import { connectTo, failureOf, nthId } from './backend.ts'

// These backends answer at once, without a turn of the event loop, and their lists never end.

test('a look-up in an endless list ends with totalTimeout', async () => {
  let page = 0
  const { client } = connectTo(
    () => {
      page += 1
      const rows = Array.from({ length: 100 }, (_, n) => ({
        id: nthId(page * 100 + n),
        name: 'Other',
        status: 'active',
      }))
      return Response.json(rows)
    },
    { totalTimeout: 300 },
  )

  const error = await failureOf(client.integrations.findByName('Bugs'))

  expect(error).toMatchObject({ name: 'TimeoutError', limit: 'totalTimeout' })
})

test('timers fire while an endless list is iterated', async () => {
  let page = 0
  const { client } = connectTo(() => {
    page += 1
    return Response.json({ items: [{ id: nthId(page), title: 'T' }], has_next: true })
  })
  let isOver = false
  setTimeout(() => {
    isOver = true
  }, 200)

  for await (const ticket of client.tickets.list({ size: 1 })) if (isOver || ticket.id === '') break

  expect(isOver).toBe(true)
})

test('timers fire after a test with fake timers, whose clock was ahead', async () => {
  const { client } = connectTo(() => Response.json({ id: nthId(1), title: 'T' }))
  vi.useFakeTimers()
  vi.advanceTimersByTime(3_600_000)
  await client.tickets.retrieve(nthId(1))
  vi.useRealTimers()
  const fired: string[] = []
  setTimeout(() => fired.push('timer'), 1)

  for (let calls = 0; fired.length === 0 && calls < 5000; calls++) await client.tickets.retrieve(nthId(1))

  expect(fired).toEqual(['timer'])
})
