import { createClient } from '@ai-ticket-creator/sdk'
import { stripHeaders, type TestApi } from '@ai-ticket-creator/test-utils'
import { afterAll, describe, expect, test } from 'vitest'
import { type Age, ages } from '../src/detection/backends.ts'
import { type Condition, conditions } from '../src/detection/conditions.ts'
import { duplicates, giveRows, type Operation, operations } from '../src/detection/operations.ts'

// `npm run test:deep -- detection` sets more of them.
const seeds = Number(process.env['DETECTION_SEEDS'] ?? 1)
// How many calls a process makes: each of them is the first once.
const calls = Number(process.env['DETECTION_CALLS'] ?? 2)
const firstSeed = Number(process.env['DETECTION_SEED'] ?? 1)

let cells = 0
let done = 0
afterAll(() => {
  console.log(
    `detection: ${cells} cells (${calls} calls each, seeds ${firstSeed} to ${firstSeed + seeds - 1}), ${done} calls done`,
  )
})

const open = (api: TestApi, generation: 'auto' | 'legacy' | 'current' = 'auto') =>
  createClient({
    baseUrl: api.baseUrl,
    token: api.token,
    generation,
    retry: false,
    fetch: (request) => api.fetch(request),
  })

const seededRandom = (seed: number) => {
  let state = seed * 2_654_435_761
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_507) + 0x6d2b79f5) | 0
    return (state >>> 0) / 2 ** 32
  }
}

interface Outcome {
  readonly wrong: readonly string[]
  /** Why the first call failed. */
  readonly failed: readonly string[]
  /** Requests that were sent. */
  readonly asked: number
  /** The calls that ended with what stood in between: whoever is told what to speak would not have done them either. */
  readonly struck: ReadonlySet<Operation>
}

/** The calls of one process, one after the other, from one on. */
const callsFrom = (first: number): readonly Operation[] =>
  [...operations.slice(first), ...operations.slice(0, first)].slice(0, calls)

async function meet(age: Age, condition: Condition, sequence: readonly Operation[], seed: number): Promise<Outcome> {
  const api = age.open(seed)
  const client = open(api)
  await condition.begin?.(client)
  const rows = await giveRows(api)
  stripIf(condition, api)
  await condition.prepare({ api, age, client, random: seededRandom(seed) })
  const before = api.requests.length

  const wrong: string[] = []
  const failed: string[] = []
  const struck = new Set<Operation>()
  for (const [index, operation] of sequence.entries()) {
    const [result] = await Promise.allSettled([operation.run(client, rows)])
    if (result?.status === 'fulfilled') {
      const what = await operation.wrong(api, rows, result.value)
      if (what !== undefined) wrong.push(`${operation.name}: ${what}`)
      done += 1
    } else {
      if (index === 0) failed.push(`${operation.name}: ${String(result?.reason)}`)
      if (api.requests.at(-1)?.faults.some((name) => name !== STRIPPED)) struck.add(operation)
    }
  }
  wrong.push(...(await duplicates(api)).map((name) => `${name} twice`))

  return { wrong, failed, asked: api.requests.length - before, struck }
}

const stripIf = ({ withoutHeaders = false }: Condition, api: TestApi): unknown =>
  withoutHeaders && api.faults.add({ fault: stripHeaders() })

const STRIPPED = stripHeaders().name

/** What the same costs a client that is told what to speak, on a quiet day. A call that was struck is one request. */
async function needed(
  age: Age,
  condition: Condition,
  sequence: readonly Operation[],
  { struck }: Outcome,
  seed: number,
): Promise<number> {
  const api = age.open(seed)
  const rows = await giveRows(api)
  // Without the headers some calls need a request more, whoever makes them.
  stripIf(condition, api)
  const client = open(api, age.words)
  for (const operation of sequence) if (!struck.has(operation)) await operation.run(client, rows).catch(() => {})
  return api.requests.length + struck.size
}

describe.each(ages)('$name', (age) => {
  test.each(conditions)('$name', { timeout: 600_000 }, async (condition) => {
    const wrong: string[] = []
    const closed: string[] = []
    const costly: string[] = []
    for (let seed = firstSeed; seed < firstSeed + seeds; seed += 1) {
      for (const [first, { name, doneBy }] of operations.entries()) {
        cells += 1
        const sequence = callsFrom(first)
        const outcome = await meet(age, condition, sequence, seed)
        wrong.push(...outcome.wrong)
        if (condition.harmless && doneBy?.(age.name) !== false) closed.push(...outcome.failed)
        const extra = outcome.asked - (await needed(age, condition, sequence, outcome, seed))
        if (condition.steady && extra > 2) costly.push(`${name} and ${calls - 1} more: ${extra} requests more`)
      }
    }

    expect({ wrong, closed, costly }).toEqual({ wrong: [], closed: [], costly: [] })
  })
})
