import { createApp, DEFAULT_USER } from '@ai-ticket-creator/reference-api'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { readSeed, readSize } from '../../../vitest.sizes.ts'
import { type Client, type ClientOptions, createClient, TicketCreatorError } from '../src/index.ts'
import { baseUrl, outcomeOf, recordRequests, requestLines } from './backend.ts'

// Calls of one client at the same time: requests arrive in any order, their replies return in any order, and something happens
// meanwhile. INTERLEAVINGS_RUNS is the number of runs, INTERLEAVINGS_SEED the seed.
const runs = readSize('INTERLEAVINGS_RUNS', 30)
const seed = readSeed('INTERLEAVINGS_SEED', Date.now() % 2_147_483_647)
console.log(`interleavings: ${runs} runs, seed ${seed}; INTERLEAVINGS_SEED=${seed} repeats them`)

interface Backend {
  readonly app: ReturnType<typeof createApp>
  readonly client: Client
  readonly seen: ReturnType<typeof recordRequests>['seen']
  /** A client whose requests are not delayed. */
  readonly direct: Client
}

type Answer = (request: Request) => Response | undefined

/** The reference API behind a network without an order. `answer` may reply in its place. */
function connect(
  scheduler: fc.Scheduler,
  options: Partial<ClientOptions> & { readonly backend?: 'legacy' | 'current'; readonly answer?: Answer } = {},
): Backend {
  const { backend = 'current', answer, ...more } = options
  const app = createApp({ generation: backend })
  const pass = async () => {}
  const { seen, fetch } = recordRequests(async (request) => {
    await scheduler.schedule(pass(), 'a request arrives')
    const reply = answer?.(request) ?? (await app.fetch(request))
    await scheduler.schedule(pass(), 'a reply returns')
    request.signal.throwIfAborted()
    return reply
  })
  const { token } = DEFAULT_USER
  const common = { baseUrl, token, retry: { baseDelay: 1, throttlingBaseDelay: 1 } }
  return {
    app,
    seen,
    client: createClient({ ...common, fetch, ...more }),
    direct: createClient({ baseUrl, token, fetch: async (request) => app.fetch(request) }),
  }
}

const check = <T>(
  input: fc.Arbitrary<T>,
  property: (scheduler: fc.Scheduler, input: T) => Promise<void>,
): Promise<void> =>
  fc.assert(fc.asyncProperty(fc.scheduler(), input, property), {
    seed,
    numRuns: runs,
    interruptAfterTimeLimit: 500_000,
  })

/** How many tickets have a title. */
async function countTickets(client: Client, title: string): Promise<number> {
  const items = await client.tickets.list().toArray({ limit: 1000 })
  return items.filter((ticket) => ticket.title === title).length
}

const calls = fc.array(fc.record({ name: fc.constantFrom('Bugs', 'Support'), aborts: fc.boolean() }), {
  minLength: 1,
  maxLength: 6,
})

test('a name leads to its integration, whichever calls share the look-up and whoever gives up', () =>
  check(calls, async (scheduler, planned) => {
    const { client, direct, seen } = connect(scheduler)
    const ids: Record<string, string> = {}
    for (const name of ['Bugs', 'Support'])
      ids[name] = (await direct.integrations.create({ name, platform_name: 'jira' })).id

    const outcomes = planned.map(async ({ name, aborts }, index) => {
      const controller = new AbortController()
      if (aborts) void scheduler.schedule(Promise.resolve(), 'a caller gives up').then(() => controller.abort('enough'))
      const input = { title: `ticket ${index}`, description: 'D', integration_name: name }
      return outcomeOf(client.tickets.create(input, { signal: controller.signal }))
    })
    const settled = await scheduler.waitFor(Promise.all(outcomes))

    for (const [index, outcome] of settled.entries()) {
      const { name, aborts } = planned[index] ?? { name: '', aborts: false }
      if (aborts && outcome === 'enough') continue
      expect(outcome).toMatchObject({ title: `ticket ${index}`, integration_id: ids[name] })
      expect(await countTickets(direct, `ticket ${index}`)).toBe(1)
    }
    const lookups = requestLines(seen).filter((line) => line.startsWith('GET /integrations/'))
    const names = new Set(planned.map(({ name }) => name)).size
    // A look-up ends when all its calls are aborted, and a later call starts another one.
    const [fewest, most] = planned.some(({ aborts }) => aborts) ? [0, planned.length] : [names, names]
    expect(lookups.length).toBeGreaterThanOrEqual(fewest)
    expect(lookups.length).toBeLessThanOrEqual(most)
  }))

const switches = fc.record({
  from: fc.constantFrom<'legacy' | 'current'>('legacy', 'current'),
  kinds: fc.array(fc.constantFrom('create', 'disabled', 'list'), { minLength: 1, maxLength: 5 }),
})

test('when the backend is replaced by another generation, nothing is created twice and nothing is lost', () =>
  check(switches, async (scheduler, { from, kinds }) => {
    const { app, client, direct } = connect(scheduler, { backend: from, generation: 'auto' })
    const to = from === 'legacy' ? 'current' : 'legacy'
    void scheduler.schedule(Promise.resolve(), 'the backend is replaced').then(() => app.switchGeneration(to))

    const work = {
      create: (title: string) => client.tickets.create({ title, description: 'D' }),
      disabled: (name: string) => client.integrations.create({ name, platform_name: 'jira', enabled: false }),
      list: () => client.integrations.list(),
    }
    const outcomes = kinds.map((kind, index) => outcomeOf(work[kind](`row ${index}`)))
    const settled = await scheduler.waitFor(Promise.all(outcomes))

    for (const [index, outcome] of settled.entries()) {
      const name = `row ${index}`
      expect(outcome).not.toBeInstanceOf(TicketCreatorError)
      expect(await countTickets(direct, name)).toBe(kinds[index] === 'create' ? 1 : 0)
      const rows = await direct.integrations.list().toArray({ limit: 100 })
      const isDisabled = kinds[index] === 'disabled'
      expect(rows.filter((row) => row.name === name)).toMatchObject(
        isDisabled ? [{ name, platform_name: 'jira', enabled: false }] : [],
      )
    }
  }))

test('when the token is replaced, every call goes on with the new one', () =>
  check(calls, async (scheduler, planned) => {
    let valid = 'token-1'
    const isRefused = (request: Request): boolean => request.headers.get('Authorization') !== `Bearer ${valid}`
    const tokens: string[] = []
    const { client, direct } = connect(scheduler, {
      generation: 'current',
      token: async () => {
        tokens.push(valid)
        const token = valid
        await scheduler.schedule(Promise.resolve(), 'the token arrives')
        return token
      },
      answer: (request) => {
        if (isRefused(request)) return Response.json({ detail: 'expired', code: 'unauthenticated' }, { status: 401 })
        request.headers.set('Authorization', `Bearer ${DEFAULT_USER.token}`)
        return undefined
      },
    })
    for (const name of ['Bugs', 'Support']) await direct.integrations.create({ name, platform_name: 'jira' })
    void scheduler.schedule(Promise.resolve(), 'the token expires').then(() => (valid = 'token-2'))

    const outcomes = planned.map(({ name }, index) =>
      outcomeOf(client.tickets.create({ title: `ticket ${index}`, description: 'D', integration_name: name })),
    )
    const settled = await scheduler.waitFor(Promise.all(outcomes))

    for (const [index, outcome] of settled.entries()) {
      expect(outcome).toMatchObject({ title: `ticket ${index}` })
      expect(await countTickets(direct, `ticket ${index}`)).toBe(1)
    }
    // Once for each call, and once more after a 401.
    expect(tokens.length).toBeLessThanOrEqual(2 * planned.length)
  }))
