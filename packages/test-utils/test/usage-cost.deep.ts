// Why this exists: a recording that slows tests down is switched off. It compares the same tests of a consumer with and
// without one, in turns within one run, and fails from 5 % on.
//   npm run test:deep -- usage
import { createClient } from '@ai-ticket-creator/sdk'
import { aTicketInput, createTestApi, recordUsage } from '../src/index.ts'

const ROUNDS = Number(process.env['USAGE_ROUNDS'] ?? 200)
const AT_MOST = 1.05

/** A test as consumers have them: an API of its own, a client, some ten requests. */
async function consumerTest(isRecorded: boolean): Promise<number> {
  const start = performance.now()
  const api = createTestApi({ generation: 'transitional' })
  const { baseUrl, token, fetch } = api
  const client = createClient({ baseUrl, token, fetch, generation: 'current' })
  if (isRecorded) recordUsage(api, { deprecations: client.deprecations })

  const { id } = await client.integrations.create({ name: 'Jira', platform_name: 'jira' })
  for (let nth = 0; nth < 3; nth++) {
    const ticket = await client.tickets.create(aTicketInput({ integration_id: id }))
    await client.tickets.update(ticket.id, { priority: 'high' })
    await client.tickets.retrieve(ticket.id)
  }
  await client.integrations.retrieve('00000000-0000-4000-8000-00000000dead').catch(() => {})
  return performance.now() - start
}

const [without, withIt]: [number[], number[]] = [[], []]
for (let round = 0; round < ROUNDS; round++) {
  // In turns, and in both orders: what else the machine does strikes both.
  const first = round % 2 === 0
  const [a, b] = [await consumerTest(first), await consumerTest(!first)]
  withIt.push(first ? a : b)
  without.push(first ? b : a)
}

const ratio = median(withIt) / median(without)
console.log(
  `${ROUNDS} rounds: ${median(without).toFixed(2)} ms without, ${median(withIt).toFixed(2)} ms with, ratio ${ratio.toFixed(3)}`,
)
if (ratio > AT_MOST) {
  console.error(`FAILED: recording costs more than ${((AT_MOST - 1) * 100).toFixed(0)} %`)
  process.exitCode = 1
}

function median(times: readonly number[]): number {
  const sorted = times.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
