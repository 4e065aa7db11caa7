// Lookups of integrations by name under concurrency. LOOKUP_TICKETS, LOOKUP_RACES and LOOKUP_SEED set the size and the seed;
// `npm run test:deep -- lookups` runs 1000 tickets and 10 000 races.
import { createClient } from '@ai-ticket-creator/sdk'
import { createTestApi } from '@ai-ticket-creator/test-utils'
import { expect, test } from 'vitest'
import { readSeed, readSize } from '../../../vitest.sizes.ts'
import { type RaceBackend, race } from '../src/lookup-race.ts'
import { createSeededRandom } from '../src/seeded-random.ts'

const tickets = readSize('LOOKUP_TICKETS', 100)
const races = readSize('LOOKUP_RACES', 50)
const seed = readSeed('LOOKUP_SEED', 1)

const backends: readonly (readonly [name: string, RaceBackend])[] = [
  ['a current backend', { generation: 'current' }],
  ['a legacy backend', { generation: 'legacy' }],
  ['existing-legacy', { generation: 'legacy', profile: 'existing-legacy' }],
  ['existing-refactored', { generation: 'current', profile: 'existing-refactored' }],
  ['existing-latest', { generation: 'current', profile: 'existing-latest' }],
]

test.each(backends)('many tickets by ten names need ten lookups on %s', { timeout: 120_000 }, async (_, backend) => {
  const api = createTestApi(backend)
  const { baseUrl, token, fetch } = api
  const client = createClient({ baseUrl, token, fetch, generation: backend.generation })
  const names = Array.from({ length: 10 }, (_, n) => `Queue ${n}`)
  for (const name of names) await api.seed.integration({ name })

  const calls = Array.from({ length: tickets }, (_, n) => {
    const name = `Queue ${n % 10}`
    const integration_name = n % 20 < 10 ? name : ` ${name}`
    return client.tickets.create({ title: `Ticket ${n}`, description: '…', integration_name })
  })
  await Promise.all(calls)

  const count = (endpoint: string) => api.requests.filter((request) => request.endpoint === endpoint).length
  expect([count('integrations.list'), count('tickets.create'), api.requests.length]).toEqual([
    10,
    tickets,
    tickets + 10,
  ])
})

test.each(backends)(
  'a ticket never goes to an integration that did not have its name, on %s',
  { timeout: 1_800_000 },
  async (name, backend) => {
    const share = Math.ceil(races / backends.length)
    const sum = { created: 0, failed: 0 }

    for (let n = 0; n < share; n += 1) {
      const { created, failed, ...mistakes } = await race(backend, createSeededRandom(seed + n))
      sum.created += created
      sum.failed += failed
      const none = { misrouted: [], contradictions: [], unexpectedErrors: [] }
      expect(mistakes, `race ${n} with seed ${seed}`).toEqual(none)
    }

    console.log(`${share} races on ${name}, seed ${seed}: ${sum.created} tickets created, ${sum.failed} failed`)
    expect(sum.created).toBeGreaterThan(share)
    expect(sum.failed).toBeGreaterThan(0)
  },
)
