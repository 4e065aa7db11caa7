import { createClient } from '@ai-ticket-creator/sdk'
import { createTestApi, type Fetch, type TestApi, type TestApiOptions } from '../src/index.ts'
import { startTestApi } from '../src/node.ts'

/** A test API, and the way in which a caller reaches it. */
interface Opened extends Disposable {
  readonly api: TestApi
  readonly fetch: Fetch
}

interface Face {
  readonly name: string
  readonly open: (options?: TestApiOptions) => Opened
}

/** The two faces of a test API: what holds for one holds for the other. */
export const faces: readonly Face[] = [
  {
    name: 'as a fetch',
    open(options) {
      const api = createTestApi(options)
      return { api, fetch: api.fetch, [Symbol.dispose]() {} }
    },
  },
  {
    name: 'over MSW',
    open(options) {
      const api = startTestApi(options)
      // Looked up at each call: the global one is another while a test API runs.
      return { api, fetch: (input, init) => fetch(input, init), [Symbol.dispose]: api.close }
    },
  },
]

/** The SDK on a test API. */
export const clientOf = ({ api, fetch }: Pick<Opened, 'api' | 'fetch'>, generation: 'legacy' | 'current' = 'current') =>
  // A fault is to be met, not to be overcome.
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

/** What a promise is rejected with; fails when it is not. */
export async function caught(promise: PromiseLike<unknown>): Promise<unknown> {
  const outcome = await promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  )
  if ('error' in outcome) return outcome.error
  throw new Error('expected a rejection')
}
