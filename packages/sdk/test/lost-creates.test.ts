import { inspect } from 'node:util'
import type { Generation } from '@ai-ticket-creator/domain'
import { describe, expect, test, vi } from 'vitest'
import { isOutcomeUnknownError, type OutcomeUnknownError } from '../src/index.ts'
import { asked, connect, failure, nthId, told } from './backend.ts'

const lost = () => Object.assign(new TypeError('fetch failed'), { code: 'ECONNRESET' })

/** A client of the real API that loses answers of a create: after it was carried out, or before. */
function losing({ carriedOut = true, backend = 'current' }: { carriedOut?: boolean; backend?: Generation } = {}) {
  const { app, client, store } = connect({ backend })
  const fetch = async (request: Request) => {
    if (request.method === 'POST') {
      if (carriedOut) await app.fetch(request)
      throw lost()
    }
    const reply = await app.fetch(request)
    reply.headers.delete('API-Capabilities')
    return reply
  }
  return { store, sound: client, client: client.withOptions({ fetch, retry: { baseDelay: 1 } }) }
}

const unknown = async (call: Promise<unknown>): Promise<OutcomeUnknownError> => {
  const error = await failure(call)
  if (isOutcomeUnknownError(error)) return error
  throw error
}

const titled = { title: 'Lost', description: 'b' }

describe.each(['current', 'legacy'] as const)('a create whose answer is lost by a %s backend', (backend) => {
  test('is neither a success nor a failure, and can be looked for', async () => {
    const { client, sound } = losing({ backend })
    await sound.tickets.create({ ...titled, title: 'Another' })

    const error = await unknown(client.tickets.create(titled))

    expect(error).toMatchObject({
      name: 'OutcomeUnknownError',
      message:
        'POST /tickets/: no reply (ECONNRESET); it is not known whether the row was created: `resolve()` searches for it',
      endpoint: 'tickets.create',
      attempts: 1,
      id: undefined,
      ticket: undefined,
      cause: { name: 'ConnectionError', code: 'ECONNRESET' },
    })
    expect(await error.resolve()).toMatchObject({ found: 'one', items: [{ title: 'Lost' }] })
  })

  test('is told apart from those that are not there, and from those that are alike', async () => {
    const before = losing({ carriedOut: false, backend })
    const none = await unknown(before.client.integrations.create({ name: 'A', platform_name: 'jira' }))
    const after = losing({ backend })
    await after.sound.integrations.create({ name: 'A', platform_name: 'jira' })
    await after.sound.integrations.create({ name: 'A', platform_name: 'slack' })
    await after.sound.integrations.create({ name: 'B', platform_name: 'jira' })
    const many = await unknown(after.client.integrations.create({ name: ' A ', platform_name: 'jira' }))

    expect(await none.resolve()).toEqual({ found: 'none', items: [] })
    expect(await many.resolve()).toMatchObject({ found: 'many', items: [{ name: 'A' }, { name: 'A' }] })
  })
})

test('a drafted ticket is among the newest', async () => {
  const { client } = losing()

  const error = await unknown(client.tickets.createWithAi({ user_input: 'The printer is on fire' }))

  expect(error.endpoint).toBe('tickets.createWithAi')
  expect((await error.resolve()).items).toHaveLength(1)
})

test('looking goes through a thousand rows, each once, and no further', async () => {
  const { client, seen } = told((request) => {
    if (request.method === 'POST') throw lost()
    const page = Number(new URL(request.url).searchParams.get('page'))
    const items = Array.from({ length: 100 }, (_, n) => ({ ...titled, id: nthId((page - 1) * 99 + n) }))
    return Response.json({ items, total: 5000 })
  })

  const { items } = await (await unknown(client.tickets.create(titled))).resolve()

  expect(items).toHaveLength(991)
  expect(asked(seen)).toHaveLength(11)
})

test('looking can be given up, and fails as any call does', async () => {
  let status = 200
  const { client } = told((request) => {
    if (request.method === 'POST') throw lost()
    return Response.json({ items: [] }, { status })
  })
  const error = await unknown(client.tickets.create(titled))

  expect(await failure(error.resolve({ signal: AbortSignal.abort('enough') }))).toBe('enough')
  status = 404
  expect(await failure(error.resolve())).toMatchObject({ name: 'ApiError', endpoint: 'tickets.list', status: 404 })
})

const reset = () => Promise.reject(lost())
const closed = () => Promise.reject(Object.assign(new TypeError('fetch failed'), { code: 'ECONNREFUSED' }))
const answers =
  (status: number, body: object = {}) =>
  () =>
    Promise.resolve(Response.json(body, { status, headers: { 'API-Capabilities': 'idempotency-key' } }))
const running = { code: 'idempotency_in_flight' }

test.each<[string, string, (() => Promise<Response>)[]]>([
  ['a refusal', 'ApiError', [answers(422)]],
  ['a failure', 'ApiError', [answers(500)]],
  ['too many requests', 'ApiError', [answers(429)]],
  ['no connection', 'ConnectionError', [closed]],
  ['a refusal after a lost answer: the first attempt was not carried out', 'ApiError', [reset, answers(422)]],
  ['a gateway that waited in vain', 'OutcomeUnknownError', [answers(504)]],
  ['a gateway that got no answer', 'OutcomeUnknownError', [answers(502)]],
  ['a vendor that refused', 'ApiError', [answers(502, { code: 'external_creation_failed' })]],
  ['a lost answer', 'OutcomeUnknownError', [reset]],
  ['a lost answer, then no connection', 'OutcomeUnknownError', [reset, closed]],
  ['a lost answer, then too many requests', 'OutcomeUnknownError', [reset, answers(429)]],
  ['a lost answer, then a failure', 'OutcomeUnknownError', [reset, answers(500)]],
  ['a lost answer, then a token that ran out', 'OutcomeUnknownError', [reset, answers(401)]],
  ['a lost answer, then an attempt that is running', 'OutcomeUnknownError', [reset, answers(409, running)]],
])('a create, known by its key: after %s it is a %s', async (_, name, steps) => {
  let turn = 0
  const { client } = told(
    ({ method }) => (method === 'GET' ? answers(200) : (steps[Math.min(turn++, steps.length - 1)] ?? reset))(),
    { retry: { baseDelay: 1 } },
  )
  await client.tickets.retrieve('1')

  expect(await failure(client.tickets.create(titled))).toMatchObject({ name })
})

test.each(['timeout', 'totalTimeout'] as const)('a create that is cut off by %s', async (limit) => {
  vi.useFakeTimers()
  const { client } = told(() => new Promise<Response>(() => {}), { [limit]: 500 })

  const outcome = failure(client.tickets.create(titled))
  await vi.advanceTimersByTimeAsync(500)
  vi.useRealTimers()

  expect(await outcome).toMatchObject({
    name: 'OutcomeUnknownError',
    attempts: 1,
    cause: { name: 'TimeoutError', limit },
  })
})

test('a look-up before a create that is cut off is a matter of time only', async () => {
  vi.useFakeTimers()
  const { client } = told(() => new Promise<Response>(() => {}), { totalTimeout: 500 })

  const outcome = failure(client.tickets.create({ ...titled, integration_name: 'Bugs' }))
  await vi.advanceTimersByTimeAsync(500)
  vi.useRealTimers()

  expect(await outcome).toMatchObject({ name: 'TimeoutError', limit: 'totalTimeout' })
})

test('an abort throws its own reason, also of a create', async () => {
  const controller = new AbortController()
  const { client } = told(() => {
    controller.abort('enough')
    return new Promise<Response>(() => {})
  })

  expect(await failure(client.tickets.create(titled, { signal: controller.signal }))).toBe('enough')
})

test.each(['create', 'createWithAi'] as const)('%s: the platform may or may not have the ticket', async (method) => {
  const { client } = connect({ app: { external: async () => ({ outcome: 'unknown' }) } })
  const { id: integration_id } = await client.integrations.create({ name: 'Bugs', platform_name: 'jira' })
  const call = {
    create: () => client.tickets.create({ ...titled, integration_id }),
    createWithAi: () => client.tickets.createWithAi({ user_input: 'Lost', integration_id }),
  }

  const error = await unknown(call[method]())

  const [stored] = (await client.tickets.list()).items
  expect(error).toMatchObject({ endpoint: `tickets.${method}`, id: stored?.id, attempts: 1, requestId: 'req-2' })
  expect(error.ticket?.integration_result).toMatchObject({ success: false, outcome: 'unknown' })
  expect(await error.resolve()).toMatchObject({ found: 'one', items: [{ id: stored?.id }] })
  expect(JSON.stringify(error) + inspect(error, { showHidden: true, depth: 10 })).not.toContain('display_title')
})
