import { createClient } from '../packages/sdk/dist/index.js'
import { createTestApi } from '../packages/test-utils/dist/index.js'
import { quartiles } from './quartiles.mjs'

const CREATES = 1000
const NAMES = 10

/**
 * What creating tickets by name costs beside creating them by id: the ratio, and how many reads the names cost. A round is
 * as long as a few pauses of the garbage collector, which strike either side: the sum of many rounds is what tells.
 */
export async function namesBesideIds(seconds) {
  const ratios = []
  const sum = { byName: 0, byId: 0 }
  let reads = 0
  const end = performance.now() + seconds * 1000
  while (performance.now() < end || ratios.length < 3) {
    const taken = await createBothWays()
    ratios.push(taken.byName.ms / taken.byId.ms)
    sum.byName += taken.byName.ms
    sum.byId += taken.byId.ms
    reads = taken.byName.reads - taken.byId.reads
  }
  return { ...quartiles(ratios), ratio: sum.byName / sum.byId, reads, rounds: ratios.length }
}

/** 1 000 tickets by name and as many by id, ten and ten in turn: a slow moment of the machine strikes both. */
async function createBothWays() {
  const byName = await start(({ name }) => ({ integration_name: name }))
  const byId = await start(({ id }) => ({ integration_id: id }))
  for (let index = 0; index < CREATES; index += NAMES)
    for (const way of (index / NAMES) % 2 === 0 ? [byName, byId] : [byId, byName]) await way.createTen()
  return { byName: costOf(byName), byId: costOf(byId) }
}

async function start(fieldsOf) {
  const api = createTestApi()
  const { baseUrl, token, fetch, seed } = api
  const names = Array.from({ length: NAMES }, (_, index) => `Team ${index}`)
  const integrations = await Promise.all(names.map((name) => seed.integration({ name })))
  const client = createClient({ baseUrl, token, fetch, consumer: 'bench@1' })
  const create = (one) =>
    client.tickets.create({ title: 'Printer on fire', description: 'In room 12.', ...fieldsOf(one) })

  const state = { ms: 0 }
  const createTen = async () => {
    const since = performance.now()
    const created = await Promise.all(integrations.map(create))
    state.ms += performance.now() - since
    if (created.some(({ integration_id }, index) => integration_id !== integrations[index].id))
      throw new Error('filed elsewhere')
  }
  return { state, api, createTen }
}

const costOf = ({ state, api }) => ({
  ms: state.ms,
  reads: api.requests.filter(({ method }) => method === 'GET').length,
})
