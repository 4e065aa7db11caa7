import { createClient } from '../packages/sdk/dist/index.js'
import { createTestApi } from '../packages/test-utils/dist/index.js'
import { quartiles } from './quartiles.mjs'

const TICKETS = 1000
const INTEGRATIONS = 10

/**
 * Compares creating tickets by integration name with creating them by id: the ratio of the times, and how many more reads
 * the names need. A round is so short that a few garbage collections can distort its ratio. Use `ratio`, which is computed
 * from the sums of all rounds.
 */
export async function compareNamesWithIds(seconds) {
  const ratios = []
  const total = { byName: 0, byId: 0 }
  let reads = 0
  const end = performance.now() + seconds * 1000
  while (performance.now() < end || ratios.length < 3) {
    const { byName, byId } = await runRound()
    ratios.push(byName.ms / byId.ms)
    total.byName += byName.ms
    total.byId += byId.ms
    reads = byName.reads - byId.reads
  }
  return { ...quartiles(ratios), ratio: total.byName / total.byId, reads, rounds: ratios.length }
}

/**
 * Creates 1 000 tickets by name and 1 000 by id, in alternating groups of ten, so that a temporary slowdown of the machine
 * affects both.
 */
async function runRound() {
  const byName = await setUp(({ name }) => ({ integration_name: name }))
  const byId = await setUp(({ id }) => ({ integration_id: id }))
  for (let index = 0; index < TICKETS; index += INTEGRATIONS)
    for (const side of (index / INTEGRATIONS) % 2 === 0 ? [byName, byId] : [byId, byName]) await side.createTen()
  return { byName: costOf(byName), byId: costOf(byId) }
}

async function setUp(fieldsOf) {
  const api = createTestApi()
  const { baseUrl, token, fetch, seed } = api
  const names = Array.from({ length: INTEGRATIONS }, (_, index) => `Team ${index}`)
  const integrations = await Promise.all(names.map((name) => seed.integration({ name })))
  const client = createClient({ baseUrl, token, fetch, consumer: 'bench@1' })
  const create = (integration) =>
    client.tickets.create({ title: 'Printer on fire', description: 'In room 12.', ...fieldsOf(integration) })

  const timer = { ms: 0 }
  const createTen = async () => {
    const start = performance.now()
    const created = await Promise.all(integrations.map(create))
    timer.ms += performance.now() - start
    if (created.some(({ integration_id }, index) => integration_id !== integrations[index].id))
      throw new Error('a ticket was filed with the wrong integration')
  }
  return { timer, api, createTen }
}

const costOf = ({ timer, api }) => ({
  ms: timer.ms,
  reads: api.requests.filter(({ method }) => method === 'GET').length,
})
