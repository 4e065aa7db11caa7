import { ENDPOINT_IDS, type EndpointId, endpointOf, GENERATIONS, isAvailable } from '@ai-ticket-creator/domain'
import {
  type App,
  createApp,
  type ExternalOutcome,
  type HealthCheckOutcome,
  type IntegrationRow,
  type Store,
} from '@ai-ticket-creator/reference-api'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Answered, faultsOf } from './compare-with-document.ts'
import { anyStep, type Fuzzed, type Step } from './fuzz-requests.ts'
import { propertyRun } from './property-run.ts'
import { integrationRow, rowId, ticketRow } from './rows.ts'

// Random requests in random order: no failure, and every reply conforms to the OpenAPI document.
// FUZZ_REQUESTS sets the number of requests, FUZZ_SEED the seed; `npm run test:deep -- fuzz` runs 50 000.

const { size: requests, seed, deep } = propertyRun('fuzz', { size: 'FUZZ_REQUESTS', seed: 'FUZZ_SEED' }, 300)
const perApp = 40

/** Tests an API with a store. `createStore` returns an empty one, and is called for each sequence of requests. */
export function describeFuzz(name: string, createStore: () => Store | Promise<Store>): void {
  test(`${requests} requests of all kinds, ${name}: no failure, every reply as documented`, async () => {
    const started = Date.now()
    const statuses = new Map<number, number>()
    const successes = new Set<string>()
    const headers = new Set<string>()

    await fc.assert(
      fc.asyncProperty(
        platformOutcomes,
        fc.array(anyStep, { minLength: perApp, maxLength: perApp }),
        async (outcomes, steps) => {
          const sequence = await startSequence(await createStore(), outcomes)
          for (const step of steps) {
            const [fuzzed, answered] = (await takeStep(step, sequence)) ?? []
            if (fuzzed === undefined || answered === undefined) continue

            const { status, endpointId, generation } = answered
            statuses.set(status, (statuses.get(status) ?? 0) + 1)
            for (const name of answered.headers.keys()) headers.add(name)
            if (status < 300) successes.add(`${endpointId} ${generation}`)
            expect({ fuzzed, faults: faultsOf(answered) }).toEqual({ fuzzed, faults: [] })
          }
          await sequence.app.runDueChecks()
        },
      ),
      { seed, numRuns: Math.ceil(requests / perApp) },
    )

    console.log(
      `fuzz, ${name}: ${JSON.stringify(Object.fromEntries([...statuses].toSorted(([a], [b]) => a - b)))} in ${Date.now() - started} ms`,
    )
    if (!deep) return
    // A deep run must reach the handlers, and not only be refused before them.
    expect(usual.filter((status) => !statuses.has(status))).toEqual([])
    expect(rare.filter((name) => !headers.has(name))).toEqual([])
    expect(endpointsWithoutSuccess(successes)).toEqual([])
  }, 7_200_000)
}

/** The outcomes of the platforms, in turn. */
interface PlatformOutcomes {
  readonly external: readonly ExternalOutcome['outcome'][]
  readonly health: readonly HealthCheckOutcome['outcome'][]
}

const platformOutcomes: fc.Arbitrary<PlatformOutcomes> = fc.record({
  external: fc.array(fc.constantFrom('created', 'created', 'refused', 'not_sent', 'unknown', 'not_supported'), {
    minLength: 1,
    maxLength: 5,
  }),
  health: fc.array(
    fc.constantFrom('passed', 'passed', 'failed', 'unauthorized', 'timeout', 'rate_limited', 'not_checked'),
    {
      minLength: 1,
      maxLength: 5,
    },
  ),
})

/** A running sequence: the rows and replies that later requests refer to. */
interface Sequence {
  readonly app: App
  readonly integrations: string[]
  readonly tickets: string[]
  /** By path: ETag and body of the last reply. */
  readonly seen: Map<string, { readonly tag: string | null; readonly json: unknown }>
  readonly sent: (readonly [Fuzzed, Request])[]
  next: string | undefined
}

async function startSequence(store: Store, { external, health }: PlatformOutcomes): Promise<Sequence> {
  await store.integrations.insert(integrationRow({ id: rowId(1) }))
  await store.integrations.insert(integrationRow({ id: rowId(2), name: 'Twin', status: 'error' }))
  await store.integrations.insert(integrationRow({ id: rowId(3), name: 'Twin', enabled: false, status: 'inactive' }))
  await store.integrations.insert(
    integrationRow({ id: rowId(4), name: 'Gone', deleted_at: '2025-09-06T00:00:00.000000Z' }),
  )
  // A status that this version does not have: no event changes it.
  const newer = 'migrating' as IntegrationRow['status']
  await store.integrations.insert(integrationRow({ id: rowId(6), name: 'Newer', status: newer }))
  await store.tickets.insert(ticketRow({ id: rowId(5) }))
  await store.tickets.insert(ticketRow({ id: rowId(1), resolved_at: '2025-09-06T00:00:00.000000Z' }))
  const [nextExternal, nextHealth] = [inTurns(external), inTurns(health)]
  const app = createApp({
    store,
    bodyLimit: 32_768,
    idempotency: { sleep: async () => {} },
    external: async () => ({ outcome: nextExternal(), id: 'JIRA-1', url: null }),
    health: async () => ({ outcome: nextHealth() }),
  })
  return {
    app,
    integrations: [4, 2, 3, 6, 1].map(rowId),
    tickets: [5, 1].map(rowId),
    seen: new Map(),
    sent: [],
    next: undefined,
  }
}

const inTurns = <T>(list: readonly T[]): (() => T) => {
  let turn = 0
  return () => list[turn++ % list.length] as T
}

/** Fills in placeholders. The newest row is `:0`, so that created rows are used. */
const fill = (text: string, { integrations, tickets, next }: Sequence): string =>
  text
    .replaceAll(/\$integration:(\d+)/g, (_, n: string) => pick(integrations, Number(n)))
    .replaceAll(/\$ticket:(\d+)/g, (_, n: string) => pick(tickets, Number(n)))
    .replaceAll('$cursor', () => new URL(next ?? '?cursor=none', 'http://x').searchParams.get('cursor') ?? '')

const pick = (ids: readonly string[], n: number): string => ids.at(-1 - (n % ids.length)) ?? ''

function toRequest(step: Step, sequence: Sequence): readonly [Fuzzed, Request] | undefined {
  if (step.does === 'repeat') {
    const [fuzzed, request] = sequence.sent.at(-1 - (step.which % Math.max(sequence.sent.length, 1))) ?? []
    return fuzzed && request && [{ ...fuzzed, generation: step.generation }, request]
  }
  if (step.does === 'follow') {
    if (sequence.next === undefined) return undefined
    const endpointId: EndpointId = sequence.next.includes('/tickets/') ? 'tickets.list' : 'integrations.list'
    const url = new URL(sequence.next, 'http://api.example.test')
    const headers = { Authorization: 'Bearer test-token' }
    return [{ ...follow, generation: step.generation, endpointId }, new Request(url, { headers })]
  }
  return [step, build(step, sequence)]
}

const follow: Omit<Fuzzed, 'generation' | 'endpointId'> = {
  does: 'send',
  method: 'GET',
  path: 'next',
  query: [],
  body: undefined,
  echo: false,
  headers: {},
}

function build({ method, path, query, body, echo, headers }: Fuzzed, sequence: Sequence): Request {
  const url = new URL(`http://api.example.test/api/v1${fill(path, sequence)}`)
  for (const [name, value] of query) url.searchParams.append(name, fill(value, sequence))
  const seen = sequence.seen.get(url.pathname)
  const sent = body === undefined ? undefined : fill(body, sequence)
  const tag = seen?.tag ?? '"1"'
  return new Request(url, {
    method,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value.replace('$tag', tag)])),
    ...(sent !== undefined && method !== 'GET' && { body: echo ? sentBack(sent, seen?.json) : sent }),
  })
}

function sentBack(body: string, reply: unknown): string {
  const fields = fieldsIn(body)
  if (fields === undefined || typeof reply !== 'object' || reply === null) return body
  return JSON.stringify(Object.fromEntries([...Object.entries(reply), ...Object.entries(fields)]))
}

/** Undefined for a body that is malformed on purpose, or not an object. */
function fieldsIn(body: string): object | undefined {
  try {
    return body.startsWith('{') ? (JSON.parse(body) as object) : undefined
  } catch {
    return undefined
  }
}

async function takeStep(step: Step, sequence: Sequence): Promise<readonly [Fuzzed, Answered] | undefined> {
  const [fuzzed, request] = toRequest(step, sequence) ?? []
  if (fuzzed === undefined || request === undefined) return undefined

  sequence.app.switchGeneration(fuzzed.generation)
  // A body can be read only once, and a repeat needs it again.
  const { status, headers, ...response } = await answerOf(sequence.app, request.clone())
  sequence.sent.push([fuzzed, request])
  recordReply(sequence, fuzzed, new URL(request.url).pathname, { status, headers, ...response })
  return [
    fuzzed,
    { generation: fuzzed.generation, endpointId: endpointThat(fuzzed, request), status, headers, ...response },
  ]
}

async function answerOf(app: App, request: Request): Promise<Pick<Answered, 'status' | 'headers' | 'text'>> {
  const response = await app.fetch(request)
  return { status: response.status, headers: response.headers, text: await response.text() }
}

// An id such as `active` turns the path into another endpoint.
function endpointThat({ endpointId, method }: Fuzzed, request: Request): EndpointId | undefined {
  if (endpointId === undefined) return undefined
  const path = new URL(request.url).pathname.replace('/api/v1', '')
  const literal = ENDPOINT_IDS.find((id) => endpointOf(id).path === path && endpointOf(id).method === method)
  return literal ?? endpointId
}

/** Records rows and replies for later requests. */
function recordReply(
  sequence: Sequence,
  { endpointId }: Fuzzed,
  path: string,
  { status, headers, text }: Pick<Answered, 'status' | 'headers' | 'text'>,
): void {
  if (status >= 300 || text === '') return
  const json = JSON.parse(text) as Readonly<Record<string, unknown>> & { readonly ticket?: { readonly id?: string } }
  if (endpointId === 'integrations.create') sequence.integrations.push(String(json['id']))
  if (endpointId === 'tickets.create') sequence.tickets.push(String(json['id']))
  if (endpointId === 'tickets.createWithAi') sequence.tickets.push(String(json.ticket?.id))
  if (endpointId?.endsWith('.retrieve')) sequence.seen.set(path, { tag: headers.get('ETag'), json })
  const [, next] = /<([^>]*)>; rel="next"/.exec(headers.get('Link') ?? '') ?? []
  if (endpointId?.endsWith('.list')) sequence.next = next
}

const many = requests >= 20_000
const rare = [
  'etag',
  'link',
  'deprecation',
  'ignored-fields',
  ...(many ? ['preference-applied', 'idempotency-replayed'] : []),
]
const usual = [200, 201, 204, 307, 401, 404, 405, 410, 415, 422, ...(many ? [409, 412, 413, 501, 502] : [])]

/** The endpoints that never succeeded in one of their generations. */
function endpointsWithoutSuccess(successes: ReadonlySet<string>): readonly string[] {
  const places = (id: EndpointId) => GENERATIONS.filter((one) => isAvailable(id, one)).map((one) => `${id} ${one}`)
  if (many) return ENDPOINT_IDS.flatMap(places).filter((place) => !successes.has(place))
  return ENDPOINT_IDS.filter((id) => !places(id).some((place) => successes.has(place)))
}
