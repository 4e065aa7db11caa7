import { isApiError, isOutcomeUnknownError, isResponseMismatchError, isTimeoutError } from '@ai-ticket-creator/sdk'
import { describe, expect, test } from 'vitest'
import {
  aTicketInput,
  connectionReset,
  delayResponse,
  dropResponse,
  errorResponse,
  htmlResponse,
  type RateLimit,
  type RetryAfterEdgeCase,
  rateLimited,
  stripHeaders,
  switchGeneration,
  truncateJson,
  unknownEnumValue,
  unknownField,
} from '../../src/index.ts'
import { caught, clientOf, send, transports } from './transports.ts'

describe.each(transports)('$name', ({ open }) => {
  test('an error response has a problem as its body and the headers of every reply', async () => {
    using opened = open({ generation: 'transitional' })
    opened.api.faults.add({ fault: errorResponse('version_conflict') })

    const reply = await send(opened, 'GET /tickets/', undefined, {
      headers: { 'X-Request-Id': 'mine' },
    })

    expect([reply.status, await reply.json()]).toEqual([
      412,
      { detail: 'injected: version_conflict', code: 'version_conflict' },
    ])
    expect(reply.headers.get('API-Generation')).toBe('transitional')
    expect(reply.headers.get('X-Request-Id')).toBe('mine')
    expect(reply.headers.get('Content-Type')).toBe('application/json')
  })

  test('a request with an error response is not executed, and the SDK reads the error', async () => {
    using opened = open()
    opened.api.faults.add({ fault: errorResponse('not_supported') })

    const error = await caught(clientOf(opened).tickets.create(aTicketInput()))

    expect(isApiError(error) && [error.status, error.code]).toEqual([501, 'not_supported'])
    opened.api.faults.clear()
    expect((await clientOf(opened).tickets.list()).total).toBe(0)
  })

  test('a request with a reset connection is not executed', async () => {
    using opened = open()
    opened.api.faults.add({ endpoint: 'tickets.create', fault: connectionReset(), times: 1 })
    const client = clientOf(opened)

    const error = await caught(client.tickets.create(aTicketInput()))

    expect(isOutcomeUnknownError(error) && (await error.resolve()).found).toBe('none')
    expect((await client.tickets.list()).total).toBe(0)
    expect(opened.api.requests[0]).toMatchObject({ status: 'no answer', faults: ['connectionReset()'] })
  })

  test('a request with a dropped response is executed', async () => {
    using opened = open()
    opened.api.faults.add({ endpoint: 'tickets.create', fault: dropResponse(), times: 1 })
    const client = clientOf(opened)

    const error = await caught(client.tickets.create(aTicketInput()))

    expect(isOutcomeUnknownError(error) && (await error.resolve()).found).toBe('one')
    expect((await client.tickets.list()).total).toBe(1)
  })

  test('a delayed response arrives when the clock is advanced, not before', async () => {
    using opened = open()
    const { api } = opened
    api.faults.add({ endpoint: 'tickets.list', fault: delayResponse(60_000, api.clock) })
    let done = false
    const waiting = send(opened, 'GET /tickets/').finally(() => {
      done = true
    })
    await expect.poll(() => api.clock.waiting).toBe(1)

    api.clock.advance(59_999)
    await send(opened, 'GET /integrations/')
    const before = done
    api.clock.advance(1)

    expect([before, (await waiting).status]).toEqual([false, 200])
  })

  test('a response can be delayed in real time, and an aborted request rejects at once', async () => {
    using opened = open()
    const { api } = opened
    api.faults.add({ endpoint: 'tickets.list', fault: delayResponse(1) })
    api.faults.add({ endpoint: 'tickets.create', fault: delayResponse(60_000) })
    const reply = await send(opened, 'GET /tickets/')
    const controller = new AbortController()
    const waiting = send(opened, 'POST /tickets/', aTicketInput(), { signal: controller.signal })
    await expect.poll(() => api.requests.length).toBe(2)

    controller.abort()

    expect(reply.status).toBe(200)
    expect(await caught(waiting)).toHaveProperty('name', 'AbortError')
    await expect.poll(() => api.requests[1]?.status).toBe('no answer')
  })

  test('a connection can break after a delay', async () => {
    using opened = open()
    const { api } = opened
    api.faults.add({ fault: delayResponse(60_000, api.clock) })
    api.faults.add({ fault: dropResponse() })
    const waiting = caught(send(opened, 'POST /tickets/', aTicketInput()))
    await expect.poll(() => api.clock.waiting).toBe(1)
    const before = api.requests[0]?.status

    api.clock.advance(60_000)

    expect([before, await waiting]).toEqual(['pending', expect.any(TypeError)])
    expect(api.requests[0]?.status).toBe('no answer')
  })

  test('the SDK times out on a delayed response', async () => {
    using opened = open()
    opened.api.faults.add({ fault: delayResponse(60_000) })

    const error = await caught(clientOf(opened).tickets.stats({ timeout: 20 }))

    expect(isTimeoutError(error)).toBe(true)
  })

  test('truncated JSON ends in the middle', async () => {
    using opened = open()
    opened.api.faults.add({ fault: truncateJson() })

    const reply = await send(opened, 'GET /tickets/')

    expect([reply.status, await reply.text()]).toEqual([200, '{"items":[],"total":0,"page":1,"size":20,"'])
    const error = await caught(clientOf(opened).tickets.list())
    expect(isResponseMismatchError(error)).toBe(true)
  })

  test('an HTML response is not JSON', async () => {
    using opened = open()
    opened.api.faults.add({ fault: htmlResponse(), times: 1 })
    opened.api.faults.add({ fault: htmlResponse(504) })

    const replies = [await send(opened, 'GET /tickets/'), await send(opened, 'GET /tickets/')]

    expect(replies.map(({ status, headers }) => [status, headers.get('Content-Type')])).toEqual([
      [502, 'text/html; charset=utf-8'],
      [504, 'text/html; charset=utf-8'],
    ])
    expect(await replies[0]?.text()).toMatch(/^<!DOCTYPE html>/)
  })

  test.each<[RateLimit | RetryAfterEdgeCase, string | null]>([
    [{}, '1'],
    [{ retryAfter: 30 }, '30'],
    ['far future', '4102444800'],
    ['negative', '-30'],
    ['zero', '0'],
    ['fraction', '1.5'],
    ['unparsable', 'soon'],
    ['empty', ''],
    ['date', 'Thu, 31 Dec 2099 23:59:59 GMT'],
    ['past date', 'Mon, 01 Jan 2001 00:00:00 GMT'],
    ['body only', null],
    [{ retryAfter: 'später', bodyOnly: true }, null],
  ])('a rate limit sends its Retry-After as given: %j', async (limit, header) => {
    using opened = open()
    opened.api.faults.add({ fault: rateLimited(limit) })

    const reply = await send(opened, 'GET /tickets/')

    expect([reply.status, reply.headers.get('Retry-After')]).toEqual([429, header])
    expect(await reply.json()).toMatchObject({ code: 'rate_limited', remaining: 0, detail: expect.any(String) })
  })

  test('an unknown enum value is in each entity, and the SDK returns it', async () => {
    using opened = open()
    const { api } = opened
    await api.seed.integration()
    await api.seed.integration({ platform_name: 'slack' })
    api.faults.add({ fault: unknownEnumValue('status', 'paused') })

    const { items } = await clientOf(opened).integrations.list()

    expect(items.map(({ status, platform_name }) => [status, platform_name])).toEqual([
      ['paused', 'slack'],
      ['paused', 'jira'],
    ])
  })

  test.each([
    ['in a single reply', 'POST /tickets/', aTicketInput(), ['status']],
    ['in a page', 'GET /tickets/', undefined, ['items', 0, 'status']],
    ['in an envelope', 'POST /tickets/ai-create', { user_input: 'It breaks' }, ['ticket', 'status']],
  ])('an unknown enum value is inserted %s', async (_, line, body, path) => {
    using opened = open()
    await opened.api.seed.ticket()
    opened.api.faults.add({ fault: unknownEnumValue('status') })

    const reply = await send(opened, line, body)

    expect(await reply.json()).toHaveProperty(path, 'added_later')
  })

  test('an unknown field is in each entity', async () => {
    using opened = open()
    const { id } = await opened.api.seed.integration()
    opened.api.faults.add({ fault: unknownField('quota', { left: 3 }) })

    const one = await send(opened, `GET /integrations/${id}`)
    const all = await send(opened, 'GET /integrations/')

    expect([await one.json(), await all.json()]).toMatchObject([{ quota: { left: 3 } }, [{ quota: { left: 3 } }]])
  })

  test('a fault that finds nothing to change has not fired', async () => {
    using opened = open()
    const { api } = opened
    const { id } = await api.seed.ticket()
    api.faults.add({ fault: unknownEnumValue('colour'), times: 1 })
    api.faults.add({ fault: unknownField(), times: 1 })
    api.faults.add({ fault: truncateJson(), times: 1 })

    const missing = await send(opened, 'GET /integrations/00000000-0000-4000-8000-000000000099')
    const empty = await send(opened, `DELETE /tickets/${id}`)

    expect([missing.status, empty.status]).toEqual([404, 204])
    expect(api.faults.unused().map(({ fault }) => fault)).toEqual([
      'unknownEnumValue(colour, added_later)',
      'unknownField(added_later)',
    ])
    expect(api.requests.map(({ faults }) => faults)).toEqual([['truncateJson()'], []])
  })

  test('a reply that is not an entity is not changed', async () => {
    using opened = open()
    const { id } = await opened.api.seed.integration({ platform_name: 'slack' })
    opened.api.faults.add({ fault: unknownField() })

    const refused = await send(opened, `GET /integrations/${id}/fields`)
    const counts = await send(opened, 'GET /tickets/stats/overview')
    const nowhere = await send(opened, 'GET /nowhere')

    expect([await refused.json(), await nowhere.json()]).toEqual([
      { detail: expect.any(String), code: 'not_supported' },
      { detail: 'Not Found', code: 'not_found' },
    ])
    expect(await counts.json()).toMatchObject({ total_tickets: 0, added_later: true })
  })

  test('an HTML response is not changed by faults for JSON', async () => {
    using opened = open()
    opened.api.faults.add({ fault: unknownField() })
    opened.api.faults.add({ fault: stripHeaders('Content-Type') })
    opened.api.faults.add({ fault: htmlResponse() })

    const reply = await send(opened, 'GET /tickets/')

    expect([reply.status, reply.headers.get('Content-Type')]).toEqual([502, null])
    expect(opened.api.requests[0]?.faults).toEqual(['stripHeaders(Content-Type)', 'htmlResponse(502)'])
  })

  test('a switch of the generation applies to the matching request and to those after it', async () => {
    using opened = open({ generation: 'current' })
    const { api } = opened
    api.faults.add({ endpoint: 'tickets.create', fault: switchGeneration('legacy'), times: 1 })

    const replies = [
      await send(opened, 'GET /tickets/'),
      await send(opened, 'POST /tickets/', aTicketInput()),
      await send(opened, 'GET /tickets/'),
    ]

    expect(replies.map(({ headers }) => headers.get('API-Generation'))).toEqual(['current', 'legacy', 'legacy'])
    expect(api.requests.map(({ generation }) => generation)).toEqual(['current', 'legacy', 'legacy'])
    expect(api.generation).toBe('legacy')
  })

  test('named headers are stripped, or all except the content type', async () => {
    using opened = open()
    opened.api.faults.add({ endpoint: 'tickets.list', fault: stripHeaders('api-capabilities') })
    opened.api.faults.add({ endpoint: 'integrations.list', fault: stripHeaders() })

    const some = await send(opened, 'GET /tickets/')
    const none = await send(opened, 'GET /integrations/')

    expect([some.headers.get('API-Generation'), some.headers.get('API-Capabilities')]).toEqual(['current', null])
    expect([...none.headers.keys()]).toEqual(['content-type'])
  })

  test('a fault applies to the requests that its rule names, as often as it says', async () => {
    using opened = open()
    const { api } = opened
    api.faults.add({
      endpoint: ['tickets.list', 'tickets.create'],
      when: ({ query }) => query['page'] === '2',
      fault: errorResponse(500),
      times: 2,
    })
    const lines = ['GET /tickets/?page=2', 'GET /tickets/', 'GET /integrations/?page=2', 'GET /tickets/?page=2']

    const statuses = []
    for (const line of [...lines, 'GET /tickets/?page=2']) statuses.push((await send(opened, line)).status)

    expect(statuses).toEqual([500, 200, 422, 500, 200])
  })

  test('of two simultaneous requests a fault with `times: 1` applies to one', async () => {
    using opened = open()
    opened.api.faults.add({ fault: dropResponse(), times: 1 })

    const outcomes = await Promise.allSettled([send(opened, 'GET /tickets/'), send(opened, 'GET /tickets/')])

    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  })

  test('several matching faults are applied together, the first one outermost', async () => {
    using opened = open()
    const { api } = opened
    api.faults.add({ fault: stripHeaders() })
    api.faults.add({ fault: errorResponse(503), times: 1 })
    api.faults.add({ fault: switchGeneration('legacy') })

    const reply = await send(opened, 'GET /tickets/')

    expect([reply.status, reply.headers.get('API-Generation')]).toEqual([503, null])
    expect(api.requests[0]?.faults).toEqual(['stripHeaders()', 'errorResponse(503)'])
    expect(api.faults.unused()).toEqual([
      { fault: 'switchGeneration(legacy)', endpoint: 'any', times: Number.POSITIVE_INFINITY, probability: 1, fired: 0 },
    ])
  })

  test('the seed decides when a fault with a probability fires, independent of other faults', async () => {
    const pattern = async (seed: number, others: number) => {
      using opened = open({ seed })
      opened.api.faults.add({ fault: errorResponse(503), probability: 0.5 })
      for (let other = 0; other < others; other++) opened.api.faults.add({ fault: errorResponse(503), probability: 0 })
      const statuses = []
      for (let sent = 0; sent < 12; sent++) statuses.push((await send(opened, 'GET /tickets/')).status)
      return statuses.map((status) => (status === 503 ? 'x' : '.')).join('')
    }

    expect([await pattern(1, 0), await pattern(1, 2), await pattern(7, 0)]).toEqual([
      'xxx.........',
      'xxx.........',
      '.x.....xx...',
    ])
  })
})
