import { describe, expect, test } from 'vitest'
import { errorResponse } from '../../src/index.ts'
import { startTestApi } from '../../src/node.ts'
import { caught, clientOf } from './transports.ts'

// These run concurrently: a row, fault or request that leaked from one API to another would make a test fail.
describe.concurrent('concurrent tests', () => {
  test.concurrent.each([1, 2, 3, 4, 5, 6])('client %i sees only its own rows, faults and requests', async (own) => {
    using api = startTestApi({ generation: own % 2 === 0 ? 'current' : 'transitional' })
    const client = clientOf({ api, fetch: (input, init) => fetch(input, init) })
    await api.seed.integration({ name: `Own ${own}` })
    if (own % 3 === 0) api.faults.add({ endpoint: 'tickets.create', fault: errorResponse(409) })

    const titles: (string | number)[] = []
    for (let nth = 0; nth < own; nth++) {
      const created = client.tickets.create({ title: `Ticket ${own}.${nth}`, description: 'Its own' })
      if (own % 3 === 0) titles.push((await caught(created)) instanceof Error ? 409 : 201)
      else titles.push((await created).title)
    }
    const integrations = await client.integrations.list()

    const expected = Array.from({ length: own }, (_, nth) => (own % 3 === 0 ? 409 : `Ticket ${own}.${nth}`))
    expect(titles).toEqual(expected)
    expect(integrations.items.map(({ name }) => name)).toEqual([`Own ${own}`])
    expect(api.requests.map(({ endpoint }) => endpoint)).toEqual([
      ...Array.from({ length: own }, () => 'tickets.create'),
      'integrations.list',
    ])
    expect(new Set(api.requests.map(({ generation }) => generation))).toEqual(
      new Set([own % 2 === 0 ? 'current' : 'transitional']),
    )
  })
})
