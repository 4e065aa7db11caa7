// Each item of the lists in docs/paging-and-filters.md is a test here. PAGING_ROWS is the number of rows of the memory test;
// `npm run test:deep -- paging` reads 100 000.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, test } from 'vitest'
import { readSize } from '../../../vitest.sizes.ts'
import { collectAll, connect, connectTo, failureOf, nthId } from './backend.ts'

const rowsToWalk = readSize('PAGING_ROWS', 5000)

/**
 * A backend with the tickets `T 1` to `T 6`. `walk` iterates over pages of two tickets, and calls `meanwhile` after the second
 * ticket.
 */
async function tickets() {
  const { client } = connect()
  const create = (title: string) => client.tickets.create({ title, description: '…' })
  const ids: string[] = []
  for (let n = 1; n <= 6; n += 1) ids.push((await create(`T ${n}`)).id)

  async function walk(query: Parameters<typeof client.tickets.list>[0], meanwhile: () => Promise<unknown>) {
    const titles: string[] = []
    for await (const { title } of client.tickets.list({ sort_by: 'title', sort_order: 'asc', size: 2, ...query })) {
      titles.push(title)
      if (titles.length === 2) await meanwhile()
    }
    return titles.join()
  }
  return { client, create, ids, walk }
}

const nothing = async () => {}

describe('while nothing changes', () => {
  test('every row appears once, in the requested order', async () => {
    const { walk } = await tickets()

    expect(await walk({}, nothing)).toBe('T 1,T 2,T 3,T 4,T 5,T 6')
    expect(await walk({ sort_order: 'desc' }, nothing)).toBe('T 6,T 5,T 4,T 3,T 2,T 1')
  })

  test('earlier pages are not kept in memory', { timeout: 300_000 }, async () => {
    const collectGarbage = garbageCollector()
    const { client } = manyTickets()
    const heap = () => {
      collectGarbage()
      return process.memoryUsage().heapUsed
    }
    let count = 0
    let before = 0
    let most = 0

    for await (const { id } of client.tickets.list({ size: 100 })) {
      count += id === '' ? 0 : 1
      if (count === 500) before = heap()
      if (count % 2500 === 0) most = Math.max(most, heap())
    }

    const growth = (most - before) / 2 ** 20
    console.log(`${count} tickets walked through: the heap grew by at most ${growth.toFixed(1)} MB`)
    expect(count).toBe(rowsToWalk)
    expect(growth).toBeLessThan(20)
  })

  test('rows with equal sort keys neither repeat nor are missed, or the call throws a SortNotSupportedError', async () => {
    // Rows with equal keys come in another order with each request.
    const rows = ['A', 'B', 'C', 'D'].map((title, n) => ({
      id: title,
      title,
      priority: 'low',
      created_at: `2026-01-01T00:00:0${n}Z`,
    }))
    let requests = 0
    const { client } = connectTo((request) => {
      requests += 1
      const query = new URL(request.url).searchParams
      const [page, size] = [Number(query.get('page')), Number(query.get('size'))]
      const inOrder = query.get('sort_by') === 'created_at' || requests % 2 === 0 ? rows : rows.toReversed()
      const items = inOrder.slice((page - 1) * size, page * size)
      return Response.json({ items, total: 4, has_next: page * size < 4 })
    })

    const found = await collectAll(client.tickets.list({ sort_by: 'priority', sort_order: 'asc', size: 2 }))
    const error = await failureOf(collectAll(client.tickets.list({ sort_by: 'status', size: 2 })))

    expect(found.map(({ title }) => title)).toEqual(['A', 'B', 'C', 'D'])
    expect(error).toMatchObject({ name: 'SortNotSupportedError', sortBy: 'status', reason: 'not_shown' })
  })
})

describe('while others write', () => {
  test('a new row before the current position makes the row at that position repeat', async () => {
    const { create, walk } = await tickets()

    expect(await walk({}, () => create('T 0'))).toBe('T 1,T 2,T 2,T 3,T 4,T 5,T 6')
  })

  test('a row deleted before the current position makes the next row be missed', async () => {
    const { client, ids, walk } = await tickets()

    expect(await walk({}, () => client.tickets.delete(ids[0] ?? ''))).toBe('T 1,T 2,T 4,T 5,T 6')
  })

  test('a new row after the current position appears, and a row deleted there does not', async () => {
    const { client, create, ids, walk } = await tickets()
    const meanwhile = async () => {
      await create('T 7')
      await client.tickets.delete(ids[4] ?? '')
    }

    expect(await walk({}, meanwhile)).toBe('T 1,T 2,T 3,T 4,T 6,T 7')
  })

  test('a row whose sort key changes during the iteration may repeat or be missed', async () => {
    const forward = await tickets()
    const back = await tickets()
    const rename =
      ({ client, ids }: typeof back, n: number, title: string) =>
      () =>
        client.tickets.update(ids[n - 1] ?? '', { title })

    expect(await forward.walk({}, rename(forward, 1, 'T 9'))).toBe('T 1,T 2,T 4,T 5,T 6,T 9')
    expect(await back.walk({}, rename(back, 6, 'T 0'))).toBe('T 1,T 2,T 2,T 3,T 4,T 5')
  })

  test('with the oldest rows first, new rows neither repeat nor hide other rows', async () => {
    const { create, walk } = await tickets()
    const oldestFirst = { sort_by: 'created_at', sort_order: 'asc' } as const

    expect(await walk(oldestFirst, () => create('T 0'))).toBe('T 1,T 2,T 3,T 4,T 5,T 6,T 0')
  })

  test('the same holds where the client applies a filter, because it reads pages too', async () => {
    let rows = ['new', 'open', 'new', 'open', 'new', 'open'].map((status, n) => ({
      id: nthId(n),
      title: `T ${n}`,
      status,
    }))
    const { client } = connectTo((request) => {
      const query = new URL(request.url).searchParams
      const [page, size] = [Number(query.get('page')), Number(query.get('size'))]
      const items = rows.slice((page - 1) * size, page * size)
      return Response.json({ items, total: rows.length, has_next: page * size < rows.length })
    })

    const found: string[] = []
    for await (const { title } of client.tickets.list({ status: ['open'], size: 1 })) {
      found.push(title)
      if (found.length === 1) rows = rows.slice(2)
    }

    expect(found).toEqual(['T 1', 'T 5'])
  })
})

describe('what a page says', () => {
  test('`total` is counted for each page anew, so it changes when the list does', async () => {
    const { client, create } = await tickets()

    const first = await client.tickets.list({ size: 2 })
    await create('T 7')
    const second = await first.next()

    expect([first.total, second.total]).toEqual([6, 7])
  })

  test('`total` is absent for integrations and where the client applies a filter', async () => {
    const { client } = connect({ app: { profile: 'existing-refactored' } })

    const filtered = await client.tickets.list({ status: ['open'] })
    const counted = await client.tickets.list()
    const integrations = await client.integrations.list()

    expect([filtered.total, counted.total, integrations.total]).toEqual([undefined, 0, undefined])
  })

  test('`hasNext` of a full page of integrations may be followed by an empty page', async () => {
    const { client } = connect()
    await client.integrations.create({ name: 'JIRA', platform_name: 'jira' })

    const full = await client.integrations.list({ limit: 1 })
    const empty = await full.next()

    expect([full.hasNext, empty.items, empty.hasNext]).toEqual([true, [], false])
  })
})

describe('what to do', () => {
  test('a set of the ids seen so far detects repeated rows', async () => {
    const { client, create } = await tickets()
    const seen = new Set<string>()
    const titles: string[] = []

    for await (const { id, title } of client.tickets.list({ sort_by: 'title', sort_order: 'asc', size: 2 })) {
      if (!seen.has(id)) titles.push(title)
      seen.add(id)
      if (titles.length === 2) await create('T 0')
    }

    expect(titles.join()).toBe('T 1,T 2,T 3,T 4,T 5,T 6')
  })

  test('to delete everything in a list, read its first page again until it is empty', async () => {
    const { client } = await tickets()

    for (let page = await client.tickets.list({ size: 4 }); page.items.length > 0; ) {
      for (const { id } of page.items) await client.tickets.delete(id)
      page = await client.tickets.list({ size: 4 })
    }

    expect((await client.tickets.list()).total).toBe(0)
  })
})

test('the page lists exactly the behaviours that are tested here', async () => {
  const [page, tests] = await Promise.all([read('../../../docs/paging-and-filters.md'), read('paging.test.ts')])

  const sentences = [...page.matchAll(/^- (.*)$/gm)].map(([, sentence]) => sentence)
  // Only the tests inside a describe.
  const titles = [...tests.matchAll(/^ {2}test\(\s*'(.*)',/gm)].map(([, title]) => title)

  expect(sentences.length).toBeGreaterThan(10)
  expect(sentences).toEqual(titles)
})

const read = (path: string): Promise<string> => readFile(join(import.meta.dirname, path), 'utf8')

/** A backend that makes its rows up, page by page, so that the heap holds what the client keeps. */
function manyTickets() {
  return connectTo((request) => {
    const query = new URL(request.url).searchParams
    const [page, size] = [Number(query.get('page')), Number(query.get('size'))]
    const first = (page - 1) * size
    const items = Array.from({ length: Math.min(size, rowsToWalk - first) }, (_, n) => ({
      id: nthId(first + n),
      title: `T ${first + n}`,
      description: 'x'.repeat(1000),
    }))
    return new Response(JSON.stringify({ items, total: rowsToWalk, has_next: page * size < rowsToWalk }), {
      headers: { 'Content-Type': 'application/json', 'API-Generation': 'current' },
    })
  })
}

function garbageCollector(): () => void {
  setFlagsFromString('--expose-gc')
  // A new context is where the flag shows; V8's own function.
  return runInNewContext('gc') as () => void
}
