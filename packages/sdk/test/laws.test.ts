import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { collectAll, connectTo, failureOf, nthId } from './backend.ts'

/** An existing backend: tickets in pages, every filter ignored. */
const ignoring = (rows: readonly object[]) =>
  connectTo((request) => {
    const query = new URL(request.url).searchParams
    const [page, size] = [Number(query.get('page')), Number(query.get('size'))]
    return Response.json({
      items: rows.slice((page - 1) * size, page * size),
      total: rows.length,
      has_next: page * size < rows.length,
    })
  }).client

const statuses = fc.array(fc.constantFrom('new', 'open', 'closed'), { maxLength: 350 })

test('for any rows and page size, each row that fits is listed once and in order', async () => {
  await fc.assert(
    fc.asyncProperty(statuses, fc.integer({ min: 1, max: 100 }), async (values, size) => {
      const rows = values.map((status, n) => ({ id: nthId(n), status }))

      const open = await collectAll(ignoring(rows).tickets.list({ status: ['open'], size }))

      expect(open.map(({ id }) => id)).toEqual(rows.filter(({ status }) => status === 'open').map(({ id }) => id))
    }),
    { numRuns: 200 },
  )
})

test('a page by its number equals the page that next() leads to', async () => {
  await fc.assert(
    fc.asyncProperty(
      statuses,
      fc.integer({ min: 1, max: 30 }),
      fc.integer({ min: 1, max: 5 }),
      async (values, size, n) => {
        const rows = [{ id: 'first', status: 'new' }, ...values.map((status, index) => ({ id: nthId(index), status }))]
        const client = ignoring(rows)
        const fitting = rows.filter(({ status }) => status !== 'new').map(({ id }) => id)

        const page = await client.tickets.list({ status: ['open', 'closed'], size, page: n })

        expect(page.items.map(({ id }) => id)).toEqual(fitting.slice((n - 1) * size, n * size))
        // The first page alone may not show that the backend ignores the filter.
        expect(page.hasNext || fitting.length <= n * size).toBe(true)
      },
    ),
    { numRuns: 200 },
  )
})

test('no credential of four characters or more stays in the text of an error', async () => {
  const secret = fc.string({ unit: 'grapheme', minLength: 4, maxLength: 40 }).filter((text) => text.trim().length > 3)
  await fc.assert(
    fc.asyncProperty(secret, fc.string({ maxLength: 20 }), async (key, text) => {
      const { client } = connectTo(() =>
        Response.json({ detail: `${text}${key}${text}${key.trim()}` }, { status: 400 }),
      )

      const error = await failureOf(
        client.integrations.create({ name: 'A', platform_name: 'sms', credentials: { api_key: key } }),
      )

      const message = (error as Error).message.slice('POST /integrations/ was answered with 400: '.length)
      expect(message.replaceAll('[redacted]', '\u0000')).not.toContain(key.trim())
      expect(message).toContain('[redacted]')
    }),
    { numRuns: 300 },
  )
})
