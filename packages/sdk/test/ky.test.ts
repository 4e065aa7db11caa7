import { inspect } from 'node:util'
import { createApp } from '@ai-ticket-creator/reference-api'
import ky, { type Options } from 'ky'
import ky1 from 'ky-1'
import { describe, expect, test, vi } from 'vitest'
import { createClient, isConnectionError, isOutcomeUnknownError } from '../src/index.ts'
import { baseUrl, connect, failureOf, recordRequests, requestLines } from './backend.ts'
import { recordUnhandledRejections } from './unhandled-rejections.ts'

const bug = { title: 'Bug Report', description: 'It breaks' }

/** A client of the reference API through an instance of ky. */
function connectBy(
  options: Options,
  answer: (request: Request) => Response | Promise<Response> = createApp({ generation: 'current' }).fetch,
) {
  const { seen, fetch } = recordRequests(answer)
  // ky passes a Request.
  const instance = ky.create({ fetch: (request) => fetch(request as Request), ...options })
  const client = createClient({
    baseUrl,
    token: 'test-token',
    generation: 'current',
    ky: instance,
    retry: { baseDelay: 1 },
  })
  return { client, seen }
}

describe('an instance of ky', () => {
  test('sends every request, and its hooks see request, reply and the data of the call', async () => {
    const lines: unknown[] = []
    const { client } = connectBy({
      context: { service: 'billing' },
      hooks: {
        beforeRequest: [({ request }) => request.headers.set('X-Trace', 'trace-1')],
        afterResponse: [
          ({ request, response, options }) => {
            lines.push([request.method, response.status, options.context, request.headers.get('x-trace')])
          },
        ],
      },
    })

    await client.tickets.create(bug, { context: { job: 7 } })
    await client.tickets.list()

    expect(lines).toEqual([
      ['POST', 201, { service: 'billing', job: 7, endpoint: 'tickets.create' }, 'trace-1'],
      ['GET', 200, { service: 'billing', endpoint: 'tickets.list' }, 'trace-1'],
    ])
  })

  test('has its hooks called for each attempt', async () => {
    const hooked: number[] = []
    const { client, seen } = connectBy({ hooks: { beforeRequest: [() => void hooked.push(1)] } }, () =>
      Response.json({}, { status: 503 }),
    )

    const error = await failureOf(client.tickets.list())

    expect(error).toMatchObject({ status: 503, attempts: 3 })
    expect([hooked.length, seen.length]).toEqual([3, 3])
  })

  test.each<[string, Options]>([
    ['options', { retry: 5, timeout: 1, totalTimeout: 1, throwHttpErrors: true }],
    ['init hooks', { hooks: { init: [(options) => void Object.assign(options, { retry: 5, timeout: 1 })] } }],
  ])('decides neither about retries nor about time limits and statuses: %s', async (_, options) => {
    const { client, seen } = connectBy(options, async () => {
      await new Promise((resolve) => setTimeout(resolve, 20))
      return Response.json({ detail: 'gone' }, { status: 404 })
    })

    const error = await failureOf(client.tickets.retrieve('1'))

    expect(error).toMatchObject({ name: 'ApiError', status: 404, attempts: 1 })
    expect(seen).toHaveLength(1)
  })

  test('does not change the address: base URLs and prefixes are those of the client', async () => {
    const { client, seen } = connectBy({
      prefix: 'https://other.example.test/v2',
      baseUrl: 'https://other.example.test',
    })

    await client.tickets.list({ size: 1 })

    expect(requestLines(seen)).toEqual(['GET /tickets/?page=1&size=1'])
  })

  test('may add parameters and headers', async () => {
    const { client, seen } = connectBy(
      { searchParams: { key: 'gateway' }, headers: { 'X-Gateway': 'a', Accept: 'x' } },
      () => Response.json({ id: '1' }),
    )

    await client.tickets.retrieve('1')

    expect(requestLines(seen)).toEqual(['GET /tickets/1?key=gateway'])
    expect(seen[0]?.headers).toMatchObject({ 'x-gateway': 'a', accept: 'application/json' })
  })

  test('passes the options of a runtime on to fetch', async () => {
    const inits: unknown[] = []
    const dispatcher = { name: 'proxy' }
    const { client } = connectBy({
      ...({ dispatcher, next: { revalidate: 60 } } as object),
      fetch: async (_request, init) => {
        inits.push(init)
        return Response.json({ items: [] })
      },
    })

    await client.tickets.list()

    expect(inits).toEqual([{ dispatcher, next: { revalidate: 60 } }])
  })

  test('may reply itself', async () => {
    const { client, seen } = connectBy({ hooks: { beforeRequest: [() => Response.json({ id: 'cached' })] } })

    expect(await client.tickets.retrieve('1')).toEqual({ id: 'cached' })
    expect(seen).toEqual([])
  })

  test('does not share the detected generation with another instance', async () => {
    const current = connectBy({})
    await current.client.tickets.list()
    const legacy = ky.create({ fetch: createApp({ generation: 'legacy' }).fetch as typeof fetch })
    const client = current.client.withOptions({ generation: 'auto', ky: legacy })

    expect(await client.diagnose()).toMatchObject({ detectedBy: { generation: 'legacy' } })
  })

  test('does not share looked-up names with another instance', async () => {
    const app = createApp({ generation: 'current' })
    const { client, seen } = connectBy({}, app.fetch)
    await client.integrations.create({ name: 'JIRA', platform_name: 'jira' })
    await client.tickets.create({ ...bug, integration_name: 'JIRA' })
    const before = seen.length
    const other = recordRequests(app.fetch)

    await client.tickets.create({ ...bug, integration_name: 'JIRA' })
    await client
      .withOptions({ ky: ky.create({ fetch: (request) => other.fetch(request as Request) }) })
      .tickets.create({ ...bug, integration_name: 'JIRA' })

    expect(requestLines(seen.slice(before))).toEqual(['POST /tickets/'])
    expect(requestLines(other.seen).map((line) => line.split('?')[0])).toEqual(['GET /integrations/', 'POST /tickets/'])
  })
})

describe('what createClient refuses', () => {
  const create = (options: object) => () => createClient({ baseUrl, token: 't', ...options })

  test('an instance together with fetch', () => {
    expect(create({ ky, fetch: async () => Response.json({}) })).toThrow(
      new TypeError('`ky` and `fetch` cannot be given together; use `ky.extend({ fetch })`'),
    )
  })

  test.each([
    ['ky 1', ky1],
    ['a fetch', async () => Response.json({})],
    ['null', null],
    ['a module', { default: ky }],
    ['a library that has only `create`', { create: ky.create }],
    ['an object whose properties cannot be read', new Proxy(ky, { get: () => expect.fail('test-token') })],
  ])('something that is no instance of ky 2: %s', (_, value) => {
    expect(create({ ky: value })).toThrow(new TypeError('`ky` must be an instance of ky 2 or later'))
  })

  test('an instance of another library, without sending a request', () => {
    const send = vi.fn<() => Promise<never>>(async () => {
      throw new Error('the request was sent')
    })
    const axios = Object.assign(send, { create: () => send })

    expect(create({ ky: axios })).toThrow('`ky` must be an instance of ky 2 or later')
    expect(send).not.toHaveBeenCalled()
  })

  test('a copy of ky that rejects, without an unhandled rejection', async () => {
    const unhandled = recordUnhandledRejections()
    const rejecting = () => Promise.reject(new Error('no network'))

    expect(create({ ky: Object.assign(rejecting, ky, { create: () => rejecting }) })).toThrow(TypeError)
    await new Promise((resolve) => setTimeout(resolve))

    expect(unhandled).toEqual([])
  })

  test('a context that is no object', async () => {
    const { client } = connect()

    const error = await failureOf(client.tickets.list({}, { context: 'a' as never }))

    expect(error).toMatchObject({
      name: 'InvalidRequestError',
      message: expect.stringContaining('`context` must be an object'),
    })
  })
})

describe('an error before the request is sent', () => {
  const failing = (error: unknown) =>
    connectBy({
      hooks: {
        beforeRequest: [
          () => {
            throw error
          },
        ],
      },
    })

  test('means that nothing was sent, and has class, code and message of its cause', async () => {
    const { client, seen } = failing(Object.assign(new RangeError('no proxy for this host'), { code: 'NO_PROXY' }))

    const error = await failureOf(client.tickets.create(bug))

    expect(error).toMatchObject({
      name: 'ConnectionError',
      message: 'POST /tickets/ at tickets.example.test: not sent (NO_PROXY)',
      sent: 'no',
      attempts: 1,
      cause: { name: 'RangeError', code: 'NO_PROXY', message: 'no proxy for this host' },
    })
    expect(seen).toEqual([])
  })

  test('is shown without credentials and addresses', async () => {
    const { client } = failing(new Error('test-token was refused by https://user:pass@proxy.example.test/?key=1'))

    const error = await failureOf(client.tickets.create(bug))

    expect(error).toMatchObject({
      message: 'POST /tickets/ at tickets.example.test: not sent ([redacted] was refused by [url])',
    })
  })

  test('is not in doubt after a time limit either', async () => {
    const { client } = connectBy({ hooks: { beforeRequest: [() => new Promise(() => {})] } })
    const limited = client.withOptions({ timeout: 5 })

    expect(await failureOf(limited.tickets.create(bug))).toMatchObject({
      name: 'ConnectionError',
      message: 'POST /tickets/ at tickets.example.test: not sent (no complete reply within 5 ms (`timeout`))',
      sent: 'no',
    })
    expect(await failureOf(client.withOptions({ totalTimeout: 5 }).tickets.create(bug))).toMatchObject({
      name: 'TimeoutError',
      limit: 'totalTimeout',
    })
  })

  test('leaves the reason of an abort as it is', async () => {
    const controller = new AbortController()
    const { client } = connectBy({ hooks: { beforeRequest: [() => controller.abort('changed my mind')] } })

    expect(await failureOf(client.tickets.create(bug, { signal: controller.signal }))).toBe('changed my mind')
  })
})

describe('an error of a hook after the reply', () => {
  const failing = (toResult: () => never | ReturnType<typeof ky.retry>) =>
    connectBy({ hooks: { afterResponse: [toResult] } })

  test.each([
    ['an error', new Error('no disk')],
    ['one that looks like a refused connection', Object.assign(new Error('x'), { code: 'ECONNREFUSED' })],
  ])('leaves a create in doubt: %s', async (_, thrown) => {
    const { client, seen } = failing(() => {
      throw thrown
    })

    const error = await failureOf(client.tickets.create(bug, { maxRetries: 0 }))

    expect(error).toSatisfy(isOutcomeUnknownError)
    expect(error).toMatchObject({ cause: { name: 'ConnectionError', sent: 'unknown' } })
    expect(requestLines(seen)).toEqual(['POST /tickets/'])
  })

  test('is shown with its message', async () => {
    const { client } = failing(() => {
      throw new Error('no disk')
    })

    const error = await failureOf(client.tickets.list({}, { maxRetries: 0 }))

    expect(error).toSatisfy(isConnectionError)
    expect(error).toMatchObject({
      message: 'GET /tickets/ at tickets.example.test: a hook failed after the request was sent (no disk)',
    })
  })

  test('is what ky.retry() of a hook becomes: only the client repeats a request', async () => {
    const { client, seen } = failing(() => ky.retry())

    const error = await failureOf(client.tickets.create(bug, { maxRetries: 0 }))

    expect(error).toSatisfy(isOutcomeUnknownError)
    expect(requestLines(seen)).toEqual(['POST /tickets/'])
  })
})

test('no message shows what a hook or an instance has added to a request', async () => {
  const secrets = ['header-s3cret', 'bearer-s3cret', 'query-s3cret']
  const { client } = connectBy(
    {
      headers: { 'X-Key': 'header-s3cret' },
      searchParams: { key: 'query-s3cret' },
      hooks: { beforeRequest: [({ request }) => request.headers.set('Authorization', 'Bearer bearer-s3cret')] },
    },
    () => Response.json({ detail: `unknown: ${secrets.join(', ')}` }, { status: 403 }),
  )

  const error = await failureOf(client.tickets.list())

  expect(error).toHaveProperty('message', expect.stringContaining('unknown: [redacted], [redacted], [redacted]'))
})

describe('an error of a hook does not show what was added to the request', () => {
  const fail = ({ request }: { readonly request: Request }): never => {
    const { searchParams } = new URL(request.url)
    throw new Error(`refused: ${request.headers.get('X-Key')} ${searchParams.get('key')}`)
  }
  const setKey = ({ request }: { readonly request: Request }): void => request.headers.set('X-Key', 'header-s3cret')
  const setAndFail = (state: { readonly request: Request }): never => {
    setKey(state)
    return fail(state)
  }
  const replace = ({ request }: { readonly request: Request }): Request =>
    new Request(request, { headers: { 'X-Key': 'header-s3cret' } })

  test.each<[string, Options]>([
    ['the instance', { headers: { 'X-Key': 'header-s3cret' }, hooks: { beforeRequest: [fail] } }],
    ['another hook', { hooks: { beforeRequest: [setKey, fail] } }],
    ['a hook that replaces the request', { hooks: { beforeRequest: [replace, fail] } }],
    ['the hook itself', { hooks: { beforeRequest: [setAndFail] } }],
    ['another hook, after the reply', { hooks: { beforeRequest: [setKey], afterResponse: [fail] } }],
  ])('by %s', async (_, options) => {
    const { client } = connectBy({ searchParams: { key: 'query-s3cret' }, ...options })

    const error = await failureOf(client.tickets.list({}, { maxRetries: 0 }))

    expect(error).toMatchObject({ cause: { message: 'refused: [redacted] [redacted]' } })
    expect(inspect(error, { depth: 9 })).not.toContain('s3cret')
  })
})
