import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { all, failure, nthId, told } from './backend.ts'

/** Existing backends: tickets page by page, every filter ignored. */
const ignoring = (rows: readonly object[]) =>
  told((request) => {
    const query = new URL(request.url).searchParams
    const [page, size] = [Number(query.get('page')), Number(query.get('size'))]
    return Response.json({
      items: rows.slice((page - 1) * size, page * size),
      total: rows.length,
      has_next: page * size < rows.length,
    })
  }).client

const statuses = fc.array(fc.constantFrom('new', 'open', 'closed'), { maxLength: 350 })

test('whatever the rows and the size of a page, each row that fits comes once and in order', async () => {
  await fc.assert(
    fc.asyncProperty(statuses, fc.integer({ min: 1, max: 100 }), async (words, size) => {
      const rows = words.map((status, n) => ({ id: nthId(n), status }))

      const open = await all(ignoring(rows).tickets.list({ status: ['open'], size }))

      expect(open.map(({ id }) => id)).toEqual(rows.filter(({ status }) => status === 'open').map(({ id }) => id))
    }),
    { numRuns: 200 },
  )
})

test('a page that is asked for by its number is the one that walking there gives', async () => {
  await fc.assert(
    fc.asyncProperty(
      statuses,
      fc.integer({ min: 1, max: 30 }),
      fc.integer({ min: 1, max: 5 }),
      async (words, size, n) => {
        const rows = [{ id: 'first', status: 'new' }, ...words.map((status, index) => ({ id: nthId(index), status }))]
        const client = ignoring(rows)
        const fitting = rows.filter(({ status }) => status !== 'new').map(({ id }) => id)

        const page = await client.tickets.list({ status: ['open', 'closed'], size, page: n })

        expect(page.items.map(({ id }) => id)).toEqual(fitting.slice((n - 1) * size, n * size))
        // On the first page nothing may betray that the backend counts rows that do not fit.
        expect(page.hasNext || fitting.length <= n * size).toBe(true)
      },
    ),
    { numRuns: 200 },
  )
})

test('no credential of four characters or more is left in the text of an error, whatever it looks like', async () => {
  const secret = fc.string({ unit: 'grapheme', minLength: 4, maxLength: 40 }).filter((text) => text.trim().length > 3)
  await fc.assert(
    fc.asyncProperty(secret, fc.string({ maxLength: 20 }), async (key, text) => {
      const { client } = told(() => Response.json({ detail: `${text}${key}${text}${key.trim()}` }, { status: 400 }))

      const error = await failure(
        client.integrations.create({ name: 'A', platform_name: 'sms', credentials: { api_key: key } }),
      )

      const said = (error as Error).message.slice('POST /integrations/ was answered with 400: '.length)
      expect(said.replaceAll('[redacted]', '\u0000')).not.toContain(key.trim())
      expect(said).toContain('[redacted]')
    }),
    { numRuns: 300 },
  )
})
