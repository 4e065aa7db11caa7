// Detection of the generation on every version of the backend, under every condition: no call may report a success that
// did not happen. By default each combination runs a third of the operations; `npm run test:deep -- detection` runs all
// of them, with more seeds and longer sequences.
import { createClient } from '@ai-ticket-creator/sdk'
import { stripHeaders, type TestApi } from '@ai-ticket-creator/test-utils'
import { afterAll, describe, expect, test } from 'vitest'
import { readSeed, readSize } from '../../../vitest.sizes.ts'
import { type BackendVersion, backendVersions } from '../src/detection/backend-versions.ts'
import { type Condition, conditions } from '../src/detection/conditions.ts'
import { duplicates, type Operation, operations, seedRows } from '../src/detection/operations.ts'
import { createSeededRandom } from '../src/seeded-random.ts'

const seeds = readSize('DETECTION_SEEDS', 1)
const firstSeed = readSeed('DETECTION_SEED', 1)
// The number of calls of one client. The sequence starts with each operation once.
const calls = readSize('DETECTION_CALLS', 2)
const runsAll = process.env['DETECTION_OPERATIONS'] === 'all'

let sequences = 0
let successes = 0
afterAll(() => {
  const size = `${calls} calls each, seeds ${firstSeed} to ${firstSeed + seeds - 1}`
  console.log(`detection: ${sequences} sequences (${size}), ${successes} successful calls`)
})

describe.each(backendVersions.map((version, index) => ({ ...version, index })))('$name', ({ index, ...version }) => {
  test.each(conditions.map((condition, column) => ({ ...condition, column })))(
    '$name',
    { timeout: 600_000 },
    async ({ column, ...condition }) => {
      const mistakes: string[] = []
      const failures: string[] = []
      const costs: string[] = []
      for (let seed = firstSeed; seed < firstSeed + seeds; seed += 1) {
        for (const sequence of sequencesFor(index + column)) {
          const [{ name, isSupportedBy } = { name: '' }] = sequence
          const outcome = await runSequence(version, condition, sequence, seed)
          mistakes.push(...outcome.mistakes)
          if (condition.firstCallSucceeds && isSupportedBy?.(version.name) !== false) failures.push(...outcome.failures)
          const extra = outcome.requests - (await requestsWithoutDetection(version, condition, sequence, outcome, seed))
          if (condition.isCounted && extra > 2)
            costs.push(`${name} and ${calls - 1} more: ${extra} additional requests`)
        }
      }

      expect({ mistakes, failures, costs }).toEqual({ mistakes: [], failures: [], costs: [] })
    },
  )
})

interface Outcome {
  readonly mistakes: readonly string[]
  /** Why the first call failed. */
  readonly failures: readonly string[]
  readonly requests: number
  /** Calls that failed because of a fault. They would have failed without detection too. */
  readonly faulty: ReadonlySet<Operation>
}

/** Sequences of operations that start with each operation once, or with a third of them. */
function sequencesFor(offset: number): readonly (readonly Operation[])[] {
  const starts = [...operations.keys()].filter((start) => runsAll || start % 3 === offset % 3)
  return starts.map((start) => [...operations.slice(start), ...operations.slice(0, start)].slice(0, calls))
}

async function runSequence(
  version: BackendVersion,
  condition: Condition,
  sequence: readonly Operation[],
  seed: number,
): Promise<Outcome> {
  sequences += 1
  const api = version.open(seed)
  const client = clientOf(api)
  await condition.beforeRows?.(client)
  const rows = await seedRows(api)
  stripHeadersIf(condition, api)
  await condition.beforeCalls({ api, version, client, random: createSeededRandom(seed).number })
  const before = api.requests.length

  const mistakes: string[] = []
  const failures: string[] = []
  const faulty = new Set<Operation>()
  for (const [index, operation] of sequence.entries()) {
    const [result] = await Promise.allSettled([operation.run(client, rows)])
    if (result?.status === 'fulfilled') {
      const mistake = await operation.findMistake(api, rows, result.value)
      if (mistake !== undefined) mistakes.push(`${operation.name}: ${mistake}`)
      successes += 1
    } else {
      if (index === 0) failures.push(`${operation.name}: ${String(result?.reason)}`)
      if (api.requests.at(-1)?.faults.some((name) => name !== STRIPPED)) faulty.add(operation)
    }
  }
  mistakes.push(...(await duplicates(api)).map((name) => `${name} exists twice`))

  return { mistakes, failures, requests: api.requests.length - before, faulty }
}

/** The number of requests of a client whose generation is set, without faults. A faulty call counts as one request. */
async function requestsWithoutDetection(
  version: BackendVersion,
  condition: Condition,
  sequence: readonly Operation[],
  { faulty }: Outcome,
  seed: number,
): Promise<number> {
  const api = version.open(seed)
  const rows = await seedRows(api)
  // Without the headers some calls need another request, with or without detection.
  stripHeadersIf(condition, api)
  const client = clientOf(api, version.generation)
  for (const operation of sequence) if (!faulty.has(operation)) await operation.run(client, rows).catch(() => {})
  return api.requests.length + faulty.size
}

const stripHeadersIf = ({ withoutHeaders = false }: Condition, api: TestApi): unknown =>
  withoutHeaders && api.faults.add({ fault: stripHeaders() })

const STRIPPED = stripHeaders().name

const clientOf = (api: TestApi, generation: 'auto' | 'legacy' | 'current' = 'auto') =>
  createClient({
    baseUrl: api.baseUrl,
    token: api.token,
    generation,
    retry: false,
    fetch: (request) => api.fetch(request),
  })
