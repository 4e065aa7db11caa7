import { createClient } from '@ai-ticket-creator/sdk'
import type { TestApi } from '@ai-ticket-creator/test-utils'
import { afterAll, describe, expect, test } from 'vitest'
import { type Age, ages } from '../src/detection/backends.ts'
import { type Condition, conditions } from '../src/detection/conditions.ts'
import { duplicates, giveRows, type Operation, operations } from '../src/detection/operations.ts'

// `npm run test:deep -- detection` sets more of them.
const seeds = Number(process.env['DETECTION_SEEDS'] ?? 1)
const firstSeed = Number(process.env['DETECTION_SEED'] ?? 1)

let cells = 0
let done = 0
afterAll(() => {
  console.log(`detection: ${cells} cells (seeds ${firstSeed} to ${firstSeed + seeds - 1}), ${done} calls done`)
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
  readonly failed: readonly string[]
  /** Requests that reached the API. */
  readonly asked: number
}

/** The first call of a client is the one, and all others follow when the trouble is over. */
async function meet(age: Age, condition: Condition, first: Operation, seed: number): Promise<Outcome> {
  const api = age.open(seed)
  const client = open(api)
  await condition.begin?.(client)
  const rows = await giveRows(api)
  await condition.prepare({ api, age, client, random: seededRandom(seed) })
  const before = api.requests.length

  const wrong: string[] = []
  const failed: string[] = []
  const [result] = await Promise.allSettled([first.run(client, rows)])
  if (result?.status === 'fulfilled') {
    const what = await first.wrong(api, rows, result.value)
    if (what !== undefined) wrong.push(`${first.name}: ${what}`)
    done += 1
  } else failed.push(`${first.name}: ${String(result?.reason)}`)
  wrong.push(...(await duplicates(api)).map((name) => `${name} twice`))

  return { wrong, failed, asked: api.requests.length - before }
}

/** What the same costs a client that is told what to speak, on a quiet day. */
async function needed(age: Age, first: Operation, seed: number): Promise<number> {
  const api = age.open(seed)
  const rows = await giveRows(api)
  await first.run(open(api, age.words), rows).catch(() => {})
  return api.requests.length
}

describe.each(ages)('$name', (age) => {
  test.each(conditions)('$name', async (condition) => {
    const wrong: string[] = []
    const closed: string[] = []
    const costly: string[] = []
    for (let seed = firstSeed; seed < firstSeed + seeds; seed += 1) {
      for (const first of operations) {
        cells += 1
        const outcome = await meet(age, condition, first, seed)
        wrong.push(...outcome.wrong)
        if (condition.harmless && first.doneBy?.(age.name) !== false) closed.push(...outcome.failed)
        const extra = outcome.asked - (await needed(age, first, seed))
        if (condition.steady && extra > 2) costly.push(`${first.name}: ${extra} more`)
      }
    }

    expect({ wrong, closed, costly }).toEqual({ wrong: [], closed: [], costly: [] })
  })
})
