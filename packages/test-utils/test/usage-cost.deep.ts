// Why this exists: a recording that slows tests down is not used. This compares the same consumer tests with and without a
// recording, alternating within one run, and fails above 5 %.
//   npm run test:deep -- usage
import { createClient } from '@ai-ticket-creator/sdk'
import { readSize } from '../../../vitest.sizes.ts'
import { aTicketInput, createTestApi, recordUsage } from '../src/index.ts'

const ROUNDS = readSize('USAGE_ROUNDS', 200)
const MAX_RATIO = 1.05

/** A typical consumer test: its own API, a client, eleven requests. */
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
  // Alternating order, so that other load on the machine affects both.
  const first = round % 2 === 0
  const [one, other] = [await consumerTest(first), await consumerTest(!first)]
  withIt.push(first ? one : other)
  without.push(first ? other : one)
}

const ratio = median(withIt) / median(without)
console.log(
  `${ROUNDS} rounds: ${median(without).toFixed(2)} ms without, ${median(withIt).toFixed(2)} ms with, ratio ${ratio.toFixed(3)}`,
)
if (ratio > MAX_RATIO) {
  console.error(`FAILED: recording costs more than ${((MAX_RATIO - 1) * 100).toFixed(0)} %`)
  process.exitCode = 1
}

function median(times: readonly number[]): number {
  const sorted = times.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
