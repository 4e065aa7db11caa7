import type { Generation } from '@ai-ticket-creator/domain'
import {
  type AppOptions,
  createApp,
  createMemoryStore,
  DEFAULT_USER,
  type IntegrationRow,
  type Store,
} from '@ai-ticket-creator/reference-api'
import { type ClientOptions, createClient } from '../src/index.ts'

/** A request as the backend received it. */
export interface Seen {
  readonly method: string
  /** Path and query. */
  readonly target: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: unknown
}

/** A client of the reference API in process, and the requests between them. There are no retries unless `retry` allows them. */
export function connect({
  backend = 'current',
  generation = backend === 'legacy' ? 'legacy' : 'current',
  app: appOptions = {},
  ...options
}: Partial<ClientOptions> & { backend?: Generation; app?: AppOptions } = {}) {
  const store = appOptions.store ?? createMemoryStore()
  const app = createApp({ ...appOptions, store, generation: backend })
  const { seen, fetch } = recordRequests(app.fetch)
  const client = createClient({
    baseUrl,
    token: DEFAULT_USER.token,
    generation,
    fetch,
    retry: false,
    ...options,
  })
  return { app, store, client, seen }
}

export const baseUrl = 'https://tickets.example.test'

/** A fetch that records its requests. */
export function recordRequests(answer: (request: Request) => Response | Promise<Response>) {
  const seen: Seen[] = []
  const fetch = async (request: Request): Promise<Response> => {
    const { pathname, search } = new URL(request.url)
    const text = await request.clone().text()
    seen.push({
      method: request.method,
      target: `${pathname.replace('/api/v1', '')}${search}`,
      headers: Object.fromEntries(request.headers),
      body: text === '' ? undefined : JSON.parse(text),
    })
    return answer(request)
  }
  return { seen, fetch }
}

/** A client of a backend that is a function: for replies that the reference API never sends. No retries, as above. */
export function connectTo(
  answer: (request: Request) => Response | Promise<Response>,
  options: Partial<ClientOptions> = {},
) {
  const { seen, fetch } = recordRequests(answer)
  return {
    client: createClient({ baseUrl, token: 'test-token', generation: 'current', fetch, retry: false, ...options }),
    seen,
  }
}

/** Method and target of each request, such as `POST /tickets/`. */
export const requestLines = (seen: readonly Seen[]): string[] => seen.map(({ method, target }) => `${method} ${target}`)

/** The value of a call, or the error that it rejects with. */
export async function outcomeOf(call: Promise<unknown>): Promise<unknown> {
  try {
    return await call
  } catch (error) {
    return error
  }
}

/** The error that a call rejects with. Throws if the call succeeds. */
export async function failureOf(call: Promise<unknown>): Promise<unknown> {
  try {
    await call
  } catch (error) {
    return error
  }
  throw new Error('the call was expected to fail')
}

/** All items of an iterable. */
export async function collectAll<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = []
  for await (const item of items) found.push(item)
  return found
}

/** A UUID that is easy to recognize. */
export const nthId = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`

/** Changes fields of a stored integration, for states that no route leads to. */
export async function setStoredFields(store: Store, id: string, fields: Partial<IntegrationRow>): Promise<void> {
  const row = await store.integrations.find(DEFAULT_USER.organization_id, id)
  if (row === undefined) throw new Error(`no integration ${id}`)
  await store.integrations.replace({ ...row, ...fields }, row.version)
}
