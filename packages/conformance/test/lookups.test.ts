// Names that change hands while tickets are filed by them. LOOKUP_RACES says how many races over all backends,
// LOOKUP_SEED which; `npm run test:deep -- lookups` runs 10 000.
import { createClient } from '@ai-ticket-creator/sdk'
import { createTestApi } from '@ai-ticket-creator/test-utils'
import { expect, test } from 'vitest'
import { createChance } from '../src/chance.ts'
import { race, type Track } from '../src/look-up-race.ts'

const races = Number(process.env['LOOKUP_RACES'] ?? 300)
const seed = Number(process.env['LOOKUP_SEED'] ?? Date.now() % 2_147_483_647)

const tracks: readonly (readonly [name: string, Track])[] = [
  ['a current backend', { generation: 'current' }],
  ['a legacy backend', { generation: 'legacy' }],
  ['existing-legacy', { generation: 'legacy', profile: 'existing-legacy' }],
  ['existing-refactored', { generation: 'current', profile: 'existing-refactored' }],
  ['existing-latest', { generation: 'current', profile: 'existing-latest' }],
]

test.each(tracks)('a thousand tickets by ten names cost ten look-ups on %s', { timeout: 60_000 }, async (_, track) => {
  const api = createTestApi(track)
  const { baseUrl, token, fetch } = api
  const client = createClient({ baseUrl, token, fetch, generation: track.generation })
  const names = Array.from({ length: 10 }, (_, n) => `Queue ${n}`)
  for (const name of names) await api.seed.integration({ name })

  const ways = [(name: string) => name, (name: string) => ` ${name}`]
  const calls = names.flatMap((name) =>
    Array.from({ length: 100 }, (_, n) => {
      const integration_name = ways[n % 2]?.(name) ?? name
      return client.tickets.create({ title: `${name} ${n}`, description: '…', integration_name })
    }),
  )
  await Promise.all(calls)

  const asked = (endpoint: string) => api.requests.filter((request) => request.endpoint === endpoint).length
  expect([asked('integrations.list'), asked('tickets.create'), api.requests.length]).toEqual([10, 1000, 1010])
})

test.each(tracks)('a ticket never goes where its name was not, on %s', { timeout: 1_800_000 }, async (name, track) => {
  const share = Math.ceil(races / tracks.length)
  const sum = { filed: 0, refused: 0 }

  for (let n = 0; n < share; n += 1) {
    const { filed, refused, ...wrong } = await race(track, createChance(seed + n))
    sum.filed += filed
    sum.refused += refused
    expect(wrong, `race ${n} with the seed ${seed}`).toEqual({ misrouted: [], untrue: [], strange: [] })
  }

  console.log(
    `${share} races on ${name}, seed ${seed}: ${sum.filed} tickets filed, ${sum.refused} refused, 0 misrouted`,
  )
  expect(sum.filed).toBeGreaterThan(share)
  expect(sum.refused).toBeGreaterThan(0)
})
