import { inspect } from 'node:util'
import type { Generation } from '@ai-ticket-creator/domain'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { isOutcomeUnknownError, type OutcomeUnknownError } from '../src/index.ts'
import { connect, connectTo, failureOf, nthId, requestLines } from './backend.ts'

afterEach(() => {
  vi.useRealTimers()
})

const lost = () => Object.assign(new TypeError('fetch failed'), { code: 'ECONNRESET' })

/** A client of the reference API that loses replies to a create: after it was executed, or before. */
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
  const error = await failureOf(call)
  if (isOutcomeUnknownError(error)) return error
  throw error
}

const titled = { title: 'Lost', description: 'b' }

describe.each(['current', 'legacy'] as const)('a create whose reply is lost by a %s backend', (backend) => {
  test('has an unknown outcome, and resolve() finds the row', async () => {
    const { client, sound } = losing({ backend })
    await sound.tickets.create({ ...titled, title: 'Another' })

    const error = await unknown(client.tickets.create(titled))

    expect(error).toMatchObject({
      name: 'OutcomeUnknownError',
      message:
        'POST /tickets/ at tickets.example.test: no reply (ECONNRESET); it is not known whether the row was created: `resolve()` searches for it',
      endpoint: 'tickets.create',
      attempts: 1,
      id: undefined,
      ticket: undefined,
      cause: { name: 'ConnectionError', code: 'ECONNRESET' },
    })
    expect(await error.resolve()).toMatchObject({ found: 'one', items: [{ title: 'Lost' }] })
  })

  test('has no candidates if nothing was created, and several if rows are equal', async () => {
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

test('resolve() finds a drafted ticket among the newest', async () => {
  const { client } = losing()

  const error = await unknown(client.tickets.createWithAi({ user_input: 'The printer is on fire' }))

  expect(error.endpoint).toBe('tickets.createWithAi')
  expect((await error.resolve()).items).toHaveLength(1)
})

test('resolve() searches a thousand rows, each once, and no more', async () => {
  const { client, seen } = connectTo((request) => {
    if (request.method === 'POST') throw lost()
    const page = Number(new URL(request.url).searchParams.get('page'))
    const items = Array.from({ length: 100 }, (_, n) => ({ ...titled, id: nthId((page - 1) * 99 + n) }))
    return Response.json({ items, total: 5000 })
  })

  const { items } = await (await unknown(client.tickets.create(titled))).resolve()

  expect(items).toHaveLength(991)
  expect(requestLines(seen)).toHaveLength(11)
})

test('resolve() can be aborted, and fails as any call', async () => {
  let status = 200
  const { client } = connectTo((request) => {
    if (request.method === 'POST') throw lost()
    return Response.json({ items: [] }, { status })
  })
  const error = await unknown(client.tickets.create(titled))

  expect(await failureOf(error.resolve({ signal: AbortSignal.abort('enough') }))).toBe('enough')
  status = 404
  expect(await failureOf(error.resolve())).toMatchObject({ name: 'ApiError', endpoint: 'tickets.list', status: 404 })
})

test.each(['timeout', 'totalTimeout'] as const)('a create that exceeds %s has an unknown outcome', async (limit) => {
  vi.useFakeTimers()
  const { client } = connectTo(() => new Promise<Response>(() => {}), { [limit]: 500 })

  const outcome = failureOf(client.tickets.create(titled))
  await vi.advanceTimersByTimeAsync(500)

  expect(await outcome).toMatchObject({
    name: 'OutcomeUnknownError',
    attempts: 1,
    cause: { name: 'TimeoutError', limit },
  })
})

test('a look-up before a create that exceeds totalTimeout is a TimeoutError', async () => {
  vi.useFakeTimers()
  const { client } = connectTo(() => new Promise<Response>(() => {}), { totalTimeout: 500 })

  const outcome = failureOf(client.tickets.create({ ...titled, integration_name: 'Bugs' }))
  await vi.advanceTimersByTimeAsync(500)

  expect(await outcome).toMatchObject({ name: 'TimeoutError', limit: 'totalTimeout' })
})

test('an abort rejects with its own reason, also during a create', async () => {
  const controller = new AbortController()
  const { client } = connectTo(() => {
    controller.abort('enough')
    return new Promise<Response>(() => {})
  })

  expect(await failureOf(client.tickets.create(titled, { signal: controller.signal }))).toBe('enough')
})

test.each(['create', 'createWithAi'] as const)(
  '%s: it is unknown whether the platform has the ticket',
  async (method) => {
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
  },
)
