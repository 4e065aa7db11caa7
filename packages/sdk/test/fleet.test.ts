import { createApp, createMemoryStore, DEFAULT_USER } from '@ai-ticket-creator/reference-api'
import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { readSeed } from '../../../vitest.sizes.ts'
import { createClient, isOutcomeUnknownError } from '../src/index.ts'
import { baseUrl, failureOf } from './backend.ts'

// During a deployment some processes of a backend recognize idempotency keys and others ignore them.

type Process = 'old' | 'new'
/** Which process gets a request, and whether its reply is lost. */
interface Step {
  readonly process: Process
  readonly isLost: boolean
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** A client of two processes with one store. Each request follows the next step; without one the new process gets it. */
function fleet(steps: Step[] = []) {
  const store = createMemoryStore()
  const app = createApp({ store })
  async function send(request: Request): Promise<Response> {
    const { process, isLost } = steps.shift() ?? { process: 'new', isLost: false }
    if (process === 'old') request.headers.delete('Idempotency-Key')
    const reply = await app.fetch(request)
    if (process === 'old') reply.headers.set('API-Capabilities', 'if-match')
    if (isLost) throw Object.assign(new TypeError('fetch failed'), { code: 'ECONNRESET' })
    return reply
  }
  const client = createClient({
    baseUrl,
    token: DEFAULT_USER.token,
    generation: 'current',
    fetch: send,
    retry: { baseDelay: 1 },
  })
  const stored = async () => {
    const fetch = async (request: Request) => app.fetch(request)
    return (await createClient({ baseUrl, token: DEFAULT_USER.token, fetch }).tickets.list()).items
  }
  return { client, steps, stored }
}

const ticket = { title: 'T', description: 'D' }
const answered = (process: Process): Step => ({ process, isLost: false })
const lost = (process: Process): Step => ({ process, isLost: true })

async function settled<T>(call: Promise<T>): Promise<T> {
  call.catch(() => {})
  await vi.advanceTimersByTimeAsync(10_000)
  return call
}

describe('a create whose reply is lost', () => {
  test.each<[string, seenBefore: Step[], attempts: Step[]]>([
    ['the new process, then the old one', [answered('new')], [lost('new'), answered('old')]],
    [
      'the old process, then the new one, which answers for itself',
      [answered('old'), answered('new')],
      [lost('old'), answered('new')],
    ],
    ['the old process twice', [answered('new')], [lost('old'), answered('old')]],
  ])('by %s: the outcome is unknown, and the error has the id of the last row', async (_order, before, attempts) => {
    const { client, steps, stored } = fleet()
    for (const step of before) {
      steps.push(step)
      await client.tickets.stats()
    }
    steps.push(...attempts)

    const error = await settled(failureOf(client.tickets.create(ticket)))

    const rows = await stored()
    expect(rows).toHaveLength(2)
    expect(error).toMatchObject({ name: 'OutcomeUnknownError', attempts: 2 })
    expect(rows.map(({ id }) => id)).toContain((error as { id: string }).id)
    expect(isOutcomeUnknownError(error) && (await error.resolve())).toMatchObject({ found: 'many', items: [{}, {}] })
  })

  test('by the new process alone: the row is created once', async () => {
    const { client, steps, stored } = fleet([answered('new')])
    await client.tickets.stats()
    steps.push(lost('new'), answered('new'))

    const created = await settled(client.tickets.create(ticket))

    expect((await stored()).map(({ id }) => id)).toEqual([created.id])
  })

  test('ten minutes after the last reply of an old process: the row is created once', async () => {
    const { client, steps, stored } = fleet([answered('old')])
    await client.tickets.stats()
    await vi.advanceTimersByTimeAsync(10 * 60_000 + 1)
    await client.tickets.stats()
    steps.push({ process: 'new', isLost: false })

    const created = await settled(client.tickets.create(ticket))

    expect((await stored()).map(({ id }) => id)).toEqual([created.id])
  })
})

test('in any order of processes and losses, a success is one row and a refusal is none', async () => {
  const step = fc.record({ process: fc.constantFrom<Process>('old', 'new'), isLost: fc.boolean() })
  const seed = readSeed('FLEET_SEED', Date.now() % 2_147_483_647)
  console.log(`fleet: FLEET_SEED=${seed} repeats the steps`)

  await fc.assert(
    // The client has seen both processes before, the old one last or first.
    fc.asyncProperty(
      fc.constantFrom<Process>('old', 'new'),
      fc.array(step, { minLength: 3, maxLength: 3 }),
      async (first, steps) => {
        const { client, steps: queue, stored } = fleet([answered(first), answered('new')])
        await client.tickets.stats()
        await client.tickets.stats()
        queue.push(...steps)

        const outcome = await settled(client.tickets.create(ticket).catch((error: unknown) => error))

        queue.length = 0
        const rows = await stored()
        expect(allowedRows(outcome, first, steps)).toContain(rows.length)
      },
    ),
    { seed, numRuns: 200 },
  )
})

/** How many rows may exist after an outcome. */
function allowedRows(
  outcome: unknown,
  first: Process,
  steps: readonly { process: Process; isLost: boolean }[],
): number[] {
  if (isOutcomeUnknownError(outcome)) return [0, 1, 2, 3]
  if (outcome instanceof Error) return [0]
  // Only an old process that the client could not know of can have created another row.
  const isNewFleet = first === 'new' && steps.every(({ process, isLost }) => process === 'new' || !isLost)
  return isNewFleet || first === 'old' ? [1] : [1, 2, 3]
}
