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

/** A request as the backend saw it. */
export interface Seen {
  readonly method: string
  /** Path and query. */
  readonly target: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: unknown
}

/** A client and the real API, in process, and what went between them. Nothing is sent twice unless `retry` says so. */
export function connect({
  backend = 'current',
  speaks = backend === 'legacy' ? 'legacy' : 'current',
  app: appOptions = {},
  ...options
}: Partial<ClientOptions> & { backend?: Generation; speaks?: 'current' | 'legacy'; app?: AppOptions } = {}) {
  const store = appOptions.store ?? createMemoryStore()
  const app = createApp({ ...appOptions, store, generation: backend })
  const { seen, fetch } = recording(app.fetch)
  const client = createClient({
    baseUrl,
    token: DEFAULT_USER.token,
    generation: speaks,
    fetch,
    retry: false,
    ...options,
  })
  return { app, store, client, seen }
}

export const baseUrl = 'https://tickets.example.test'

/** A fetch that remembers what it was asked. */
export function recording(answer: (request: Request) => Response | Promise<Response>) {
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

/** A client of a backend that answers as it is told: for what the real one never does. `retry` as above. */
export function told(answer: (request: Request) => Response | Promise<Response>, options: Partial<ClientOptions> = {}) {
  const { seen, fetch } = recording(answer)
  return {
    client: createClient({ baseUrl, token: 'test-token', generation: 'current', fetch, retry: false, ...options }),
    seen,
  }
}

/** What was asked, in short: `POST /tickets/`. */
export const asked = (seen: readonly Seen[]): string[] => seen.map(({ method, target }) => `${method} ${target}`)

/** What a call was rejected with. */
export async function failure(call: Promise<unknown>): Promise<unknown> {
  try {
    await call
  } catch (error) {
    return error
  }
  throw new Error('the call was expected to fail')
}

/** All items, as a loop meets them. */
export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = []
  for await (const item of items) found.push(item)
  return found
}

export const nthId = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`

/** Puts a stored integration into a state that no route leads to. */
export async function amend(store: Store, id: string, fields: Partial<IntegrationRow>): Promise<void> {
  const row = await store.integrations.find(DEFAULT_USER.organization_id, id)
  if (row === undefined) throw new Error(`no integration ${id}`)
  await store.integrations.replace({ ...row, ...fields }, row.version)
}
