// Existing backends search with LIKE: %, _ and \ are part of the pattern (existing backend: list tickets).
import { describe, expect, test } from 'vitest'
import { collectAll, connectTo, failureOf, nthId, requestLines } from './backend.ts'

const matches = (text: string, pattern: string): boolean => {
  const source = [...pattern.matchAll(/\\(.)|(.)/gs)].map(([, escaped, plain = '']) => {
    if (escaped !== undefined) return literal(escaped)
    if (plain === '%') return '.*'
    return plain === '_' ? '.' : literal(plain)
  })
  return new RegExp(source.join(''), 'is').test(text)
}

const literal = (character: string): string => character.replace(/[^\w\s]/, '\\$&')

interface Ticket {
  readonly id: string
  readonly title: string
  readonly description?: string
}

function withLike(rows: readonly Ticket[]) {
  return connectTo((request) => {
    const query = new URL(request.url).searchParams
    const q = query.get('q')
    const found = rows.filter(
      ({ title, description = '' }) => q === null || matches(title, q) || matches(description, q),
    )
    const [page, size] = [Number(query.get('page')), Number(query.get('size'))]
    const items = found.slice((page - 1) * size, page * size)
    return Response.json({ items, total: found.length, has_next: page * size < found.length })
  })
}

const titles = ['100% done', 'a_b', 'axb', 'C:\\temp', 'C:/temp', 'plain', 'back\\slash at the end\\']
const tickets = titles.map((title, n) => ({ id: nthId(n), title, description: `about ${n}` }))

describe('a search for', () => {
  test.each([
    ['%', ['100% done']],
    ['_', ['a_b']],
    ['A_B', ['a_b']],
    ['C:\\temp', ['C:\\temp']],
    ['\\', ['C:\\temp', 'back\\slash at the end\\']],
    ['end\\', ['back\\slash at the end\\']],
    ['0% d', ['100% done']],
    ['temp', ['C:\\temp', 'C:/temp']],
    ['\\_', []],
  ])('%j finds what contains it, and nothing else', async (q, expected) => {
    const { client } = withLike(tickets)

    const found = await collectAll(client.tickets.list({ q, size: 2 }))

    expect(found.map(({ title }) => title)).toEqual(expected)
  })

  test('a text in the description finds the ticket', async () => {
    const { client } = withLike([{ id: nthId(1), title: 'A', description: 'it is 50%_' }])

    expect(await collectAll(client.tickets.list({ q: '%_' }))).toHaveLength(1)
  })

  test('a text without wildcards is sent as it is, and the total is that of the backend', async () => {
    const { client, seen } = withLike(tickets)

    const page = await client.tickets.list({ q: 'temp', size: 1 })

    expect(page.total).toBe(2)
    expect(requestLines(seen)).toEqual(['GET /tickets/?q=temp&page=1&size=1'])
  })

  test('a text with wildcards is refused where the rows do not show their description', async () => {
    const { client } = withLike([{ id: nthId(1), title: 'A' }])

    const error = await failureOf(client.tickets.list({ q: '%' }))

    expect(error).toMatchObject({ name: 'FilterNotSupportedError', filter: 'q', reason: 'not_shown' })
  })
})
