import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Client, isOutcomeUnknownError } from '../src/index.ts'
import { connectTo, nthId } from './backend.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

// A create has one of four outcomes. `created` and `refused` need a proof; without one the outcome is unknown.
type Expected = 'created' | 'refused' | 'unknown' | 'unknown, with the id'
type Answer = (request: Request) => Response | Promise<Response>

const KEYS = { 'API-Generation': 'current', 'API-Capabilities': 'cursor, idempotency-key' }
const NO_KEYS = { 'API-Generation': 'current', 'API-Capabilities': 'cursor' }

const row = { id: nthId(1), name: 'A', platform_name: 'jira', enabled: true, title: 'T', description: 'D' }
const bodyFor = (request: Request): object => (request.url.includes('/ai-create') ? { ticket: row } : row)

const created =
  (headers: object, status = 201): Answer =>
  (request) =>
    Response.json(bodyFor(request), { status, headers: { ...headers } })
const service =
  (status: number, code?: string, headers: object = KEYS): Answer =>
  () =>
    Response.json({ detail: 'no', ...(code !== undefined && { code }) }, { status, headers: { ...headers } })
const gateway =
  (status: number): Answer =>
  () =>
    new Response('<html>', { status, headers: { 'Content-Type': 'text/html' } })
const fails =
  (code: string): Answer =>
  () =>
    Promise.reject(Object.assign(new TypeError('fetch failed'), { code }))
const never: Answer = () => new Promise<Response>(() => {})

/** Answers to the first attempt after which it may have been executed. */
const LOSSES: Readonly<Record<string, Answer>> = {
  'a reset connection': fails('ECONNRESET'),
  'a timeout': never,
  'a 408': service(408),
  'a 409 for a running attempt': service(409, 'idempotency_in_flight'),
  'a 500 of the service': service(500, 'internal'),
  'a 500 without a code': service(500),
  'a 502 of a gateway': gateway(502),
  'a 503 of a gateway': gateway(503),
  'a 504 of a gateway': gateway(504),
  'a 524 of a gateway': gateway(524),
}

/** Answers to the first attempt after which it was certainly not executed. */
const NOT_EXECUTED: Readonly<Record<string, Answer>> = {
  'a refused connection': fails('ECONNREFUSED'),
  'an unknown host': fails('ENOTFOUND'),
  'a 429': service(429, 'rate_limited'),
}

/** The second answer, and the outcome: after a loss, and after an attempt that was not executed. */
const SECOND_ANSWERS: Readonly<Record<string, [Answer, afterLoss: Expected, afterNothing: Expected]>> = {
  'a replayed 201': [created({ ...KEYS, 'Idempotency-Replayed': 'true' }), 'created', 'created'],
  'a replayed 200': [created({ ...KEYS, 'Idempotency-Replayed': 'true' }, 200), 'created', 'created'],
  'a 201': [created(KEYS), 'created', 'created'],
  'a 201 of a process that does not announce keys': [created(NO_KEYS), 'unknown, with the id', 'created'],
  'a 201 without headers': [created({}), 'unknown, with the id', 'created'],
  'a 201 without a row': [() => Response.json({}, { status: 201, headers: KEYS }), 'unknown', 'unknown'],
  'a 200 of a gateway': [() => Response.json({ detail: 'please wait' }), 'unknown', 'unknown'],
  'a 200 with a page': [gateway(200), 'unknown', 'unknown'],

  'a 400 with a code': [service(400, 'validation_failed'), 'refused', 'refused'],
  'a 403 with a code': [service(403, 'not_found'), 'refused', 'refused'],
  'a 404 with a code': [service(404, 'not_found'), 'refused', 'refused'],
  'a 409 with a code': [service(409, 'ambiguous_integration_name'), 'refused', 'refused'],
  'a 422 with a code': [service(422, 'integration_unusable'), 'refused', 'refused'],
  'a 422 without a code': [service(422), 'unknown', 'refused'],
  'a 422 of a process that does not announce keys': [service(422, 'validation_failed', NO_KEYS), 'unknown', 'refused'],
  'a 422 without headers': [service(422, 'validation_failed', {}), 'unknown', 'refused'],
  'a 400 of a gateway': [gateway(400), 'unknown', 'refused'],
  'a 403 of a gateway': [gateway(403), 'unknown', 'refused'],
  'a 404 of a gateway': [gateway(404), 'unknown', 'refused'],
  'a 405 of a gateway': [gateway(405), 'unknown', 'refused'],
  'a 410 of a gateway': [gateway(410), 'unknown', 'refused'],
  'a 413 of a gateway': [gateway(413), 'unknown', 'refused'],
  'a 421 of a gateway': [gateway(421), 'unknown', 'refused'],

  'a 401 with a code': [service(401, 'unauthenticated'), 'unknown', 'refused'],
  'a 408': [service(408), 'unknown', 'unknown'],
  'a 409 for a running attempt': [service(409, 'idempotency_in_flight'), 'unknown', 'unknown'],
  'a 429': [service(429, 'rate_limited'), 'unknown', 'refused'],

  'a 500 of the service': [service(500, 'internal'), 'unknown', 'unknown'],
  'a 500 without a code': [service(500), 'unknown', 'unknown'],
  'a 501 of the service': [service(501, 'not_supported'), 'unknown', 'refused'],
  'a 502 of the service': [service(502, 'external_creation_failed'), 'unknown', 'refused'],
  'a 501 of a gateway': [gateway(501), 'unknown', 'unknown'],
  'a 502 of a gateway': [gateway(502), 'unknown', 'unknown'],
  'a 503 of a gateway': [gateway(503), 'unknown', 'unknown'],
  'a 504 of a gateway': [gateway(504), 'unknown', 'unknown'],
  'a 505 of a gateway': [gateway(505), 'unknown', 'unknown'],
  'a 524 of a gateway': [gateway(524), 'unknown', 'unknown'],

  'a redirect': [() => new Response(null, { status: 307, headers: { Location: '/login' } }), 'unknown', 'refused'],
  'a reset connection': [fails('ECONNRESET'), 'unknown', 'unknown'],
  'a timeout': [never, 'unknown', 'unknown'],
  'a refused connection': [fails('ECONNREFUSED'), 'unknown', 'refused'],
  'a bad certificate': [fails('CERT_HAS_EXPIRED'), 'unknown', 'refused'],
}

const creates = {
  'a ticket': (client: Client) => client.tickets.create({ title: 'T', description: 'D' }),
  'an integration': (client: Client) => client.integrations.create({ name: 'A', platform_name: 'jira' }),
  'an AI ticket': (client: Client) => client.tickets.createWithAi({ user_input: 'T' }),
}

describe.each(Object.entries(creates))('the create of %s', (_entity, create) => {
  test.each(Object.entries(LOSSES))('after %s: the outcome of each second answer', async (_loss, loss) => {
    expect(await outcomesOf(create, [loss])).toEqual(expectedOutcomes('afterLoss'))
  })

  test.each(Object.entries(NOT_EXECUTED))('after %s: the outcome of each second answer', async (_reason, first) => {
    expect(await outcomesOf(create, [first])).toEqual(expectedOutcomes('afterNothing'))
  })

  test('the outcome of each answer alone', async () => {
    expect(await outcomesOf(create, [])).toEqual(expectedOutcomes('afterNothing'))
  })
})

const expectedOutcomes = (column: 'afterLoss' | 'afterNothing') =>
  Object.fromEntries(
    Object.entries(SECOND_ANSWERS).map(([name, [, afterLoss, afterNothing]]) => [
      name,
      column === 'afterLoss' ? afterLoss : afterNothing,
    ]),
  )

/** The outcome of a create for each of the last answers, after these first ones. The creates run at the same time. */
async function outcomesOf(create: Create, first: readonly Answer[]): Promise<Readonly<Record<string, Expected>>> {
  const started = await Promise.all(
    Object.entries(SECOND_ANSWERS).map(async ([name, [answer]]) => ({
      name,
      outcome: await startCreate(create, [...first, answer]),
    })),
  )
  await vi.advanceTimersByTimeAsync(10_000)
  const outcomes = await Promise.all(started.map(async ({ name, outcome }) => [name, await outcome()] as const))
  return Object.fromEntries(outcomes)
}

type Create = (client: Client) => Promise<unknown>

/** Starts a create whose attempts get these answers. The backend has announced keys before. */
async function startCreate(create: Create, answers: readonly Answer[]): Promise<() => Promise<Expected>> {
  const queue = answers.values()
  const { client, seen } = connectTo(
    (request) =>
      (request.method === 'GET' ? service(200)(request) : queue.next().value?.(request)) ?? fails('X')(request),
    { timeout: 1000, maxRetries: answers.length - 1, retry: { baseDelay: 1 } },
  )
  await client.tickets.stats()

  const call = create(client).then(
    () => 'created' as const,
    (error: unknown) => error,
  )
  return async () => {
    const outcome = await call

    expect(seen.filter(({ method }) => method === 'POST')).toHaveLength(answers.length)
    if (outcome === 'created') return 'created'
    if (!isOutcomeUnknownError(outcome)) return 'refused'
    return outcome.id === undefined ? 'unknown' : 'unknown, with the id'
  }
}
