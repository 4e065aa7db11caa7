import { createClient } from '@ai-ticket-creator/sdk'
import { setupServer } from 'msw/node'
import { createTestApi, type Fetch, type TestApi, type TestApiOptions } from '../../src/index.ts'
import { unhandledIsError } from '../../src/node.ts'

/** A test API, and the `fetch` that reaches it. */
interface Opened extends Disposable {
  readonly api: TestApi
  readonly fetch: Fetch
}

interface Transport {
  readonly name: string
  readonly open: (options?: TestApiOptions) => Opened
}

/** The two ways to attach a test API. What holds for one holds for the other. */
export const transports: readonly Transport[] = [
  {
    name: 'api.fetch',
    open(options) {
      const api = createTestApi(options)
      return { api, fetch: api.fetch, [Symbol.dispose]() {} }
    },
  },
  {
    name: 'over MSW',
    open(options) {
      const api = createTestApi(options)
      const server = setupServer(...api.handlers)
      server.listen({ onUnhandledFrame: unhandledIsError })
      // The global fetch is read at each call, because MSW replaces it.
      return { api, fetch: (input, init) => fetch(input, init), [Symbol.dispose]: () => server.close() }
    },
  },
]

/** An SDK client without retries, so that each fault is visible to the test. */
export const clientOf = ({ api, fetch }: Pick<Opened, 'api' | 'fetch'>, generation: 'legacy' | 'current' = 'current') =>
  createClient({ baseUrl: api.baseUrl, token: api.token, generation, fetch, retry: false })

/** Sends one request, written as its first line: `send(opened, 'POST /tickets/', { title: '…' })`. */
export async function send(
  { api, fetch }: Pick<Opened, 'api' | 'fetch'>,
  line: string,
  body?: unknown,
  init: RequestInit = {},
): Promise<Response> {
  const [method = '', path = ''] = line.split(' ')
  return fetch(`${api.baseUrl}/api/v1${path}`, {
    method,
    headers: { Authorization: `Bearer ${api.token}`, 'Content-Type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...init,
  })
}

/** The reason of a rejected promise; fails when it resolves. */
export async function caught(promise: PromiseLike<unknown>): Promise<unknown> {
  const outcome = await promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  )
  if ('error' in outcome) return outcome.error
  throw new Error('expected a rejection')
}
